"""A stage's fingerprint covers all that decides what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import freshness, stages


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of three modules and a table, which stands in for this one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").write_text("def table(name): ...\n")
    (tmp_path / "data" / "heads.tsv").write_text("署\tagency\n")
    (tmp_path / "stage.py").write_text("from pipeline.leaf import f\n\ndef stage():\n    import msgspec\n    return f\n")
    (tmp_path / "leaf.py").write_text("from .data import table\nfrom . import twig\nf = table('heads.tsv')\n")
    (tmp_path / "twig.py").write_text("x = 1\n")
    (tmp_path / "other.py").write_text("x = 1\n")
    monkeypatch.setattr(freshness, "PACKAGE", tmp_path)
    return tmp_path


def current() -> str:
    freshness.fingerprint.cache_clear()
    freshness._mentions.cache_clear()
    return freshness.fingerprint("pipeline.stage")


def test_dependencies_are_found_at_any_depth(package: Path) -> None:
    freshness._mentions.cache_clear()
    sources, tables, libraries = freshness.dependencies("pipeline.stage")
    assert {p.relative_to(package).as_posix() for p in sources} == {"stage.py", "leaf.py", "twig.py", "data/__init__.py"}
    assert {p.name for p in tables} == {"heads.tsv"}
    assert libraries == {"msgspec"}


@pytest.mark.parametrize("changed", ["stage.py", "leaf.py", "twig.py", "data/heads.tsv"])
def test_a_change_in_what_it_uses_changes_it(package: Path, changed: str) -> None:
    before = current()
    (package / changed).write_text((package / changed).read_text() + "# changed\n")
    assert current() != before


def test_a_change_elsewhere_does_not(package: Path) -> None:
    before = current()
    (package / "other.py").write_text("x = 2\n")
    assert current() == before


def test_a_library_version_changes_it(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current()
    monkeypatch.setattr(freshness, "version", lambda name: "99")
    assert current() != before


@pytest.mark.parametrize("stage", stages.STAGES, ids=lambda s: s.name)
def test_stages_import_no_other_stage(stage: stages.Stage) -> None:
    freshness._mentions.cache_clear()
    sources, _, _ = freshness.dependencies(stage.function.__module__)
    others = {other.function.__module__ for other in stages.STAGES if other is not stage}
    modules = {"pipeline." + ".".join(p.relative_to(freshness.PACKAGE).with_suffix("").parts).removesuffix(".__init__")
               for p in sources}
    assert not modules & others
