"""What the printed page says of line breaks, on pages drawn for the purpose."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Paper, pdf
from pypdfium2 import PdfDocument
from sheets import MIXED, SENTENCE, page, paragraph, typeset, verdicts, wrong

from pipeline.document import Document
from pipeline.read import read_bytes
from pipeline.reflow.geometry import between, breaks, traits


@pytest.mark.parametrize(
    ("first", "hang", "after", "pitch"),
    [(2, 0, 0, 16), (0, 0, 10, 16), (0, 0, 0, 16), (2, 0, 0, 30), (0, 2, 0, 16), (2, 0, 8, 20)],
    ids=["indented", "spaced", "neither", "pitch of three", "hanging", "both"],
)
def test_paragraphs_of_every_style(first: int, hang: int, after: float, pitch: float) -> None:
    lines = typeset(MIXED, first=first, hang=hang)
    document = read_bytes(pdf(page(lines, pitch, after)), "x")
    assert wrong(lines, document) == []
    assert verdicts(document).count("unknown") <= 1


@pytest.mark.parametrize("labels", ["甲、 乙、 丙、", "B18 B19 B20", "(a) (b) (c)", "[3] [4] [5]"])
def test_hanging_indents_under_labels_that_no_list_knows(labels: str) -> None:
    paper, truth, y = Paper(), [], 60.0
    for label, length in zip(labels.split(), (54, 34, 37), strict=True):  # the first two end in full lines
        for k, (_, text, ends) in enumerate(typeset([paragraph(length)], 17, 0)):
            if k == 0:
                paper.write(60, y, label)
            paper.write(90, y, text)
            truth.append(ends)
            y += 16
    document = read_bytes(pdf(paper), "x")
    found = breaks(document)
    scores = [found[line.end].score for line in document.lines[:-1]]
    inside = [s for s, ends in zip(scores, truth, strict=False) if not ends]
    assert max(inside) < -1
    assert min(s for s, ends in zip(scores, truth, strict=False) if ends) > max(inside)


def test_a_paragraph_goes_on_over_a_column_and_a_page() -> None:
    lines = typeset([paragraph(95), paragraph(143), paragraph(66)], width=15)
    paper = [Paper(), Paper()]
    for k, (indent, text, _) in enumerate(lines):
        sheet, rest = divmod(k, 12)
        column, row = divmod(rest, 6)
        paper[sheet].write(50 + 180 * column + 10 * indent, 60 + 16 * row, text)
    document = read_bytes(pdf(*paper), "x")
    assert [document.raw[x.start : x.end] for x in document.lines] == [text for _, text, _ in lines]
    found = breaks(document)
    crossings = {k: found[line.end] for k, line in enumerate(document.lines[:-1]) if found[line.end].crossing}
    assert {k: b.crossing for k, b in crossings.items()} == {5: "column", 11: "page", 17: "column"}
    assert wrong(lines, document) == []


def test_what_is_set_aside_is_passed_over() -> None:
    lines = typeset([paragraph(70), paragraph(70)])
    first = page(lines[:3]).write(200, 560, "- 7 -", 8)
    document = read_bytes(pdf(first, page(lines[3:])), "x")
    number = next(x for x in document.lines if x.size < 9)
    aside = document.set_aside([(number.start, number.end, "page number")])
    for found in (breaks(aside), breaks(document, aside={3})):
        assert (found[document.lines[2].end].lower, found[document.lines[2].end].verdict) == (4, "join")
        assert number.end not in found
    assert between(document, 2, 4).verdict == "join"


def test_another_size_or_weight_ends_a_paragraph() -> None:
    paper = Paper().write(60, 60, "壹、辦理情形及後續規劃方向與分工", 14)
    for k, (indent, text, _) in enumerate(typeset([paragraph(50)])):
        paper.write(60 + 10 * indent, 90 + 16 * k, text)
    paper.write(60, 138, "貳、預期成果", font="bold")
    document = read_bytes(pdf(paper), "x")
    found = breaks(document)
    assert found[document.lines[0].end].verdict == "break"
    assert found[document.lines[-2].end].verdict == "break"


def test_centred_lines_are_joined_only_where_they_had_to_be_broken() -> None:
    broken, rest = "全國流域調適計畫推動委員會第三次", "擴大會議紀錄"
    paper = Paper(400, 600)
    for y, text in ((60, broken), (80, rest), (100, "時間：民國一一四年五月"), (120, "地點：本署會議室")):
        paper.write(150 - 5 * len(text), y, text)
    for k, (indent, text, _) in enumerate(typeset([paragraph(50), paragraph(30)], 18)):
        paper.write(60 + 10 * indent, 160 + 16 * k, text)
    document = read_bytes(pdf(paper), "x")
    found = breaks(document)
    assert found[document.lines[0].end].score < 0
    assert [found[line.end].verdict for line in document.lines[1:4]] == ["break"] * 3
    assert [t.centred for t in traits(document)][1:5] == [True] * 3 + [False]


# -- traits ----------------------------------------------------------------------------------------------------------------


def report(pages: int, heads: list[str]) -> Document:
    sheets = []
    for number in range(1, pages + 1):
        body = [paragraph(61 + 9 * number, 3 * number), paragraph(40 + number, 7 * number)]
        sheet = page(typeset(body)).write(60, 25, heads[number % len(heads)], 8)
        sheets.append(sheet.write(150, 570, f"第 {number} 頁", 8))
    return read_bytes(pdf(*sheets), "x")


@pytest.mark.parametrize(("heads", "repeated"), [(["海岸季報　第 9 期"], 4), (["海岸季報", "流域調適專題"], 2)])
def test_running_heads_and_page_numbers_are_known_by_their_place(heads: list[str], repeated: int) -> None:
    document = report(4, heads)
    found = {document.raw[x.start : x.end]: t for x, t in zip(document.lines, traits(document), strict=True)}
    for head in heads:
        assert (found[head].edge, found[head].repeated, found[head].placed) == ("top", repeated, 4)
    assert [(found[f"第 {n} 頁"].edge, found[f"第 {n} 頁"].repeated) for n in range(1, 5)] == [("bottom", 4)] * 4
    assert not any(t.edge for text, t in found.items() if not re.match("海岸季報|流域調適專題|第 [0-9]", text))


def test_heads_that_differ_on_two_pages_are_known_by_their_place_alone() -> None:
    document = report(2, ["海岸季報", "流域調適專題"])
    edges = [(t.edge, t.repeated, t.placed) for t in traits(document) if t.edge == "top"]
    assert edges == [("top", 1, 2)] * 2


def test_roles() -> None:
    paper = Paper().write(90, 50, "流域調適年報", 20).write(60, 90, "一、緣起", 13)
    for k, (indent, text, _) in enumerate(typeset([paragraph(70), paragraph(50)])):
        paper.write(60 + 10 * indent, 120 + 16 * k, text)
    paper.write(60, 520, "註：資料由各縣市提供，截至五月底。", 8).write(20, 500, "內部參考資料", 20, turn=3)
    document = read_bytes(pdf(paper), "x")
    roles = [(t.role, t.level) for t in traits(document)]
    assert roles[:2] == [("title", 1), ("heading", 2)]
    assert set(roles[2:-2]) == {("", 0)}
    assert [role for role, _ in roles[-2:]] == ["footnote", "watermark"]


def test_a_text_has_no_geometry() -> None:
    document = Document.of("一行\n兩行")
    assert (breaks(document), traits(document)) == ({}, [])


PLACES = st.tuples(st.integers(0, 300), st.integers(20, 570), st.integers(1, 20), st.sampled_from([6, 10, 10, 14]))


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES), st.booleans())
def test_any_page_keeps_its_characters_and_gives_an_answer_for_every_line(
    places: list[tuple[int, int, int, int]], two: bool
) -> None:
    paper = Paper().write(60, 60, "甲")
    for x, y, n, size in places:
        paper.write(x, y, SENTENCE[:n], size)
    data = pdf(paper, *([paper] if two else []))
    document = read_bytes(data, "x")
    delivered = Counter(c for sheet in PdfDocument(data) for c in sheet.get_textpage().get_text_range() if not c.isspace())
    assert not delivered - Counter(document.raw)
    assert len(traits(document)) == len(document.lines)
    assert sorted(breaks(document)) == [line.end for line in document.lines[:-1]]


@pytest.mark.parametrize("step", [1, 5])
def test_the_line_numbers_of_a_draft_stand_apart(step: int) -> None:
    lines = typeset([paragraph(130), paragraph(140)])
    paper = page(lines, x=80)
    for k in range(step - 1, len(lines) if step == 1 else 25, step):
        paper.write(45, 60 + 16 * k, str(k + 1), 7)
    for k in range(len(lines), 25):
        paper.write(80, 60 + 16 * k, SENTENCE[k : k + 18])
    document = read_bytes(pdf(paper), "x")
    numbers = [x for x, t in zip(document.lines, traits(document), strict=True) if t.role == "line number"]
    assert [document.raw[x.start : x.end] for x in numbers] == [str(k + 1) for k in range(step - 1, 25 if step > 1 else len(lines), step)]
    assert document.lines[: len(lines)] == tuple(x for x in document.lines if x.size > 8)[: len(lines)]


def test_a_numbered_table_keeps_its_numbers() -> None:
    paper = Paper().write(60, 60, "序號").write(110, 60, "地區")
    for k in range(8):
        paper.write(60, 80 + 16 * k, str(k + 1)).write(110, 80 + 16 * k, SENTENCE[k : k + 6])
    document = read_bytes(pdf(paper), "x")
    assert [document.raw[x.start : x.end].split(" ")[0] for x in document.lines] == ["序號", *"12345678"]


def test_lines_of_a_table_of_contents_end_where_their_numbers_stand() -> None:
    paper = Paper().write(60, 40, "目錄", 14)
    for k, entry in enumerate(["壹、緣起", "貳、辦理情形及成果", "參、檢討與建議事項"]):
        dots = "." * (40 - 2 * len(entry))
        paper.write(60, 70 + 16 * k, entry).write(60 + 10 * len(entry), 70 + 16 * k, dots + str(3 * k + 1))
    for k, (indent, text, _) in enumerate(typeset([paragraph(66), paragraph(50)], 21)):
        paper.write(60 + 10 * indent, 200 + 16 * k, text)
    document = read_bytes(pdf(paper), "x")
    assert verdicts(document)[:4] == ["break"] * 4


def test_sizes_that_waver_as_in_recognised_scans_break_nothing() -> None:
    lines = typeset(MIXED)
    paper = Paper()
    for k, (indent, text, _) in enumerate(lines):
        paper.write(60 + 10 * indent, 60 + 16 * k, text, 9.2 + 0.37 * (k * 7 % 5))
    assert wrong(lines, read_bytes(pdf(paper), "x")) == []


def test_bullets_of_a_symbol_font_are_labels() -> None:
    paper, y = Paper(), 60.0
    for length in (36, 29, 30):
        paper.write(60, y, "\uf06c")
        for _, text, _ in typeset([paragraph(length)], 17, 0):
            paper.write(78, y, text)
            y += 16
    document = read_bytes(pdf(paper), "x")
    assert verdicts(document) == ["join", "join", "break", "join", "break", "join"]
