"""What the documentation shows is what happens: its Python runs, and prints what stands below it."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from pipeline.glossary.build import build
from pipeline.glossary.entries import entries
from pipeline.stages import process

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "library.md"
README = ROOT / "README.md"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<shown>.*?)^```\n)?", re.DOTALL | re.MULTILINE)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the project's, to write into."""
    for folder in ("glossary/built", "raw"):
        (tmp_path / folder).mkdir(parents=True)
    for file in [*(ROOT / "raw").iterdir(), ROOT / "glossary" / "curated.yaml"]:
        (tmp_path / file.relative_to(ROOT)).symlink_to(file)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def played(file: Path) -> str:
    """The document as it would be if below each block stood what it prints."""
    text = file.read_text("utf-8")
    names: dict[str, Any] = {"__name__": file.stem}

    def play(block: re.Match[str]) -> str:
        printed = io.StringIO()
        line = text.count("\n", 0, block.start("code"))
        with redirect_stdout(printed):
            exec(compile("\n" * line + block["code"], str(file), "exec"), names)
        shown = f"\n```text\n{printed.getvalue()}```\n" if printed.getvalue() else ""
        return f"```python\n{block['code']}```\n{shown}"

    assert len(BLOCK.findall(text)) == text.count("```python")
    return BLOCK.sub(play, text)


def test_the_tutorial_shows_what_it_prints(project: Path, request: pytest.FixtureRequest) -> None:
    found = played(TUTORIAL)
    if request.config.getoption("--approve"):
        TUTORIAL.write_text(found, "utf-8")
    assert found.splitlines() == TUTORIAL.read_text("utf-8").splitlines()


def test_the_python_of_the_readme_runs(project: Path) -> None:
    report = process(project / "raw" / "2023-offshore-wind-safety.txt")
    (project / "glossary" / "built" / "glossary.json").write_bytes(build([entries(report)]).to_json())
    found = played(README)
    assert "全球风能组织 organisation" in found  # what the component marks
    assert "organisation" in found.split("import pipeline")[1]  # what the library finds
