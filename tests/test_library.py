"""The library's face: a few names, each of them what it says."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.document import Document

RAW = Path(__file__).parent.parent / "raw"


def test_public_names() -> None:
    assert pipeline.__all__ == sorted(
        ["Document", "InputError", "clean", "normalise", "process", "read", "repair", "segment", "terms"])
    assert all(callable(getattr(pipeline, name)) for name in pipeline.__all__)


def test_type_checkers_may_read_its_annotations() -> None:
    assert (Path(pipeline.__file__).parent / "py.typed").is_file()  # PEP 561


def test_stages_are_functions_whatever_was_imported_before() -> None:
    code = """
import pipeline.clean, pipeline.terms.rows, pipeline.read.text, pipeline
from pipeline.clean import Options
from pipeline import repair
document = pipeline.clean(pipeline.Document.of("甲"), Options())
print(repair(document).text, pipeline.repair is repair, callable(pipeline.read), callable(pipeline.terms))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "甲 True True True\n"


def test_one_call_does_what_the_stages_do() -> None:
    path = RAW / "2024-nordic-elderly-care.txt"
    d = pipeline.read(path)
    for stage in (pipeline.clean, pipeline.repair, pipeline.normalise, pipeline.segment, pipeline.terms):
        before, d = d, stage(d)
        assert isinstance(d, Document)
        assert before.raw == d.raw
    assert d == pipeline.process(path)
    assert pipeline.process(str(path), "clean") == pipeline.clean(pipeline.read(path))


def test_files_are_named_by_strings_or_paths() -> None:
    path = RAW / "2024-nordic-elderly-care.txt"
    assert pipeline.read(str(path)) == pipeline.read(path)


@pytest.mark.parametrize("name", ["__doc__", *pipeline.__all__])
def test_every_public_name_shows_how_it_is_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(RAW.parent)
    examples = doctest.DocTestParser().get_doctest(
        pipeline.__doc__ if name == "__doc__" else getattr(pipeline, name).__doc__, {}, name, None, None)
    assert examples.examples
    told: list[str] = []
    doctest.DocTestRunner().run(examples, out=told.append)
    assert not told, "".join(told)
