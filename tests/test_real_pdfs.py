"""Reports set by LibreOffice, Chromium, WeasyPrint, XeLaTeX and ReportLab give their paragraphs back to the letter.

The files are made by tests/typesetters, from texts of which the true paragraphs are known.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from fuzz import attempt, cases, corpus
from real_pdfs import FOLDER, compare, files, truth

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import read
from pipeline.repair import repair

UNREADABLE = {"draft.weasyprint-unmapped"}
# what is known not to come back, and why
KNOWN = {
    "paper.xelatex": "xeCJK sets curly quotes on the em square: the white half of a closing one hides the space behind it",
}
READABLE = [f for f in files() if f.stem not in UNREADABLE]


@cache
def _repaired(file: Path) -> Document:
    return repair(clean(read(file)))


@pytest.mark.parametrize("file", [
    pytest.param(f, id=f.stem, marks=[pytest.mark.xfail(reason=KNOWN[f.stem], strict=True)] if f.stem in KNOWN else [])
    for f in READABLE
])
def test_paragraphs_come_back(file: Path) -> None:
    document = _repaired(file)
    assert set(document.account()) == {1}
    missing, _ = compare(document.text, file)
    assert not missing


def test_floor_over_all_files() -> None:
    """The known failures are a paragraph or two of a file, never the file."""
    wanted = sum(len(truth(f)) for f in READABLE)
    missing = sum(len(compare(_repaired(f).text, f)[0]) for f in READABLE)
    assert 1 - missing / wanted >= 0.995


# what is in the text beside the true paragraphs and the rows of tables
LEFT = {"letter": {"校長紀文雄"}}  # a stamp that is not turned looks like a line of text
FEW_CELLS = 3


@pytest.mark.parametrize("file", READABLE, ids=[f.stem for f in READABLE])
def test_furniture_does_not_stay(file: Path) -> None:
    """Running heads, page numbers, line numbers, watermarks, dates and addresses of print-outs."""
    _, others = compare(_repaired(file).text, file)
    rows = [line for line in others if len(line.split()) > FEW_CELLS]
    assert set(others) - set(rows) - LEFT.get(file.name.partition(".")[0], set()) == set() or file.stem in KNOWN


@pytest.mark.parametrize("producer", ["libreoffice", "chromium", "weasyprint", "xelatex", "reportlab"])
def test_rows_of_a_table_stay_whole(producer: str) -> None:
    """Also where the first column, of long names, looks like a column of text."""
    lines = _repaired(FOLDER / f"scores.{producer}.pdf").text.split("\n")
    rows = ["鹽鄉文化館 4.2 3.8 2.5 2.0 12.5", "林業生活館 3.1 2.9 4.0 3.7 13.7", "港口記憶館 3.9 4.1 3.8 4.4 16.2"]
    assert [line for line in lines if line in rows] == rows


def test_no_compatibility_characters_are_left() -> None:
    text = _repaired(FOLDER / "minutes.weasyprint-compatible.pdf").text
    assert not [c for c in text if "\u2f00" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff"]


def test_order_of_a_page_whose_headings_are_drawn_last() -> None:
    plain, late = (_repaired(FOLDER / f"minutes.reportlab{x}.pdf").text for x in ("", "-late"))
    assert plain == late


def test_fonts_that_do_not_say_what_they_show() -> None:
    with pytest.raises(InputError, match="do not say which characters"):
        read(FOLDER / "draft.weasyprint-unmapped.pdf")


def test_damaged_files_are_read_or_refused() -> None:
    """No other error, no character lost. Longer: tests/fuzz.py --seconds 60."""
    case = cases(7, corpus())
    outcomes = {attempt(data, name) for name, data in (case() for _ in range(300))}
    assert outcomes == {"read", "refused"}


def test_damaged_files_in_a_child(tmp_path: Path) -> None:
    script = Path(__file__).parent / "fuzz.py"
    done = subprocess.run([sys.executable, script, "--files", "20", "--seed", "11"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert not list(tmp_path.iterdir())
