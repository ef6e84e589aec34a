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
from paper import Paper, pdf
from real_pdfs import FOLDER, compare, files, truth

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import read, read_bytes
from pipeline.reflow.geometry import between
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


CLEARLY = 4  # above it, words do not overrule the page
_BODY = ["正本分送各鄉鎮公所，副本送交水利組及各圳區管理委員會，", "請於文到十日內彙整所轄灌溉渠道的巡查紀錄回傳本會備查，", "逾期未回傳者視為無異狀，後續的責任均由各圳區自行負擔。"]


@pytest.mark.parametrize("last", ["會長　白敬文", "中華民國一一三年五月", "理事長許維真敬啟"])
def test_a_line_set_flush_right_begins_a_paragraph(last: str) -> None:
    """Also after a line that happens to be full and ends without a full stop."""
    width = 10 * len(_BODY[0])
    paper = Paper().write(120, 30, "灌溉渠道巡查通知", 16).lines(60, 60, [*_BODY, "副本：水利組、各圳區管理委員會、各級學校及全體農戶知照"])
    paper.write(60 + width - 10 * len(last), 60 + 16 * (len(_BODY) + 1), last)
    document = read_bytes(pdf(paper), "letter.pdf")
    last_line = len(document.lines) - 1
    assert between(document, last_line - 1, last_line).score > CLEARLY
    assert repair(clean(document)).text.endswith("\n" + last)


def test_a_last_line_that_is_not_flush_right_goes_on() -> None:
    paper = Paper().write(120, 30, "灌溉渠道巡查通知", 16).lines(60, 60, [*_BODY[:-1], _BODY[-1][:-1] + "之", "事後責任，不得要求補助。"])
    assert len(repair(clean(read_bytes(pdf(paper), "letter.pdf"))).text.split("\n")) == 2


@pytest.mark.parametrize("number", ["1", "- 1 -", "第 1 頁"])
def test_a_page_number_under_the_first_of_two_columns(number: str) -> None:
    """The other column follows it in reading order, so that it is not the last line of the page."""
    left = ["灌溉渠道的巡查紀錄以電子表單", "填報，表單由水利組每季檢討一", "次，並公布填報率最高的圳區。", "各圳區得依實際需要增列項目，", "惟不得刪除既有的必填欄位，以", "免各季的資料無法前後比較，影"]
    right = ["響後續的分析。此外，巡查人員", "應隨身攜帶識別證件，遇有居民", "詢問時說明巡查的目的與方式。"]
    paper = Paper().lines(40, 60, left).lines(220, 60, right).write(105, 560, number)
    text = repair(clean(read_bytes(pdf(paper), "columns.pdf"))).text
    assert "影響後續的分析。" in text
    assert number not in text


def test_a_number_that_is_not_that_of_the_page_stays() -> None:
    paper = Paper().lines(60, 60, [*_BODY, "本季共收到的件數如下："]).write(150, 300, "862")
    assert "862" in repair(clean(read_bytes(pdf(paper), "count.pdf"))).text


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
