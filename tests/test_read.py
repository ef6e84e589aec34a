"""Reading PDFs: lines in reading order, and one clear line for what cannot be read."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Paper, pdf
from test_encodings import attempt

from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import read_bytes

# -- what is read ----------------------------------------------------------------------------------------------------------

BODY = [
    "\u3000\u3000流域調適的成敗取決於地方。去年",
    "秋天，三個縣市首度共同模擬潰堤時",
    "的疏散路線，結果有兩處收容所位在",
    "淹水範圍內。",
]
OTHER = [
    "\u3000\u3000第二欄從這裡開始，說明兩處收容",
    "所遷移的經過，以及居民在搬遷期間",
    "得到的協助。經費由中央補助七成，",
    "其餘由縣府自籌。",
]


def texts(document: Document) -> list[str]:
    return [document.raw[line.start : line.end] for line in document.lines]


def bare(lines: list[str]) -> list[str]:
    return [line.strip("\u3000") for line in lines]


def test_lines_pages_and_places() -> None:
    document = read_bytes(pdf(Paper().lines(40, 60, BODY), Paper().lines(40, 60, OTHER)), "x.pdf")
    assert texts(document) == bare(BODY + OTHER)
    assert document.raw == "\f".join("\n".join(bare(page)) for page in (BODY, OTHER))
    assert [line.page for line in document.lines] == [1] * 4 + [2] * 4
    assert document.raw[document.pages[1].start - 1] == "\f"
    first, second = document.lines[:2]
    assert (first.x0, second.x0, first.size) == pytest.approx((60, 40, 10), abs=0.2)
    assert second.y1 - first.y1 == pytest.approx(16, abs=0.1)
    assert {round(line.right) for line in document.lines[:4]} == {round(max(line.x1 for line in document.lines[:4]))}


@pytest.mark.parametrize("gutter", [14, 40])
@pytest.mark.parametrize("by_rows", [False, True])
def test_columns_are_read_one_after_the_other(gutter: float, by_rows: bool) -> None:
    """Whether the file writes column by column, or line by line across both."""
    left, right = bare(BODY) * 3, bare(OTHER) * 3
    page = Paper().write(90, 40, "兩欄之上的標題橫跨整個版面直到右緣為止", 14)
    columns = [(40.0, left), (40 + 160 + gutter, right)]
    if by_rows:
        for k in range(len(left)):
            for x, lines in columns:
                page.write(x, 80 + 16 * k, lines[k])
    else:
        for x, lines in columns:
            page.lines(x, 80, lines)
    assert texts(read_bytes(pdf(page), "x.pdf"))[1:] == left + right


def test_columns_of_ragged_lines_at_a_wide_pitch() -> None:
    """The lines of one stand between those of the other, and a heading is drawn last."""
    page = Paper()
    for x, y, lines in ((40, 80, bare(BODY)), (230, 92, bare(OTHER))):
        page.lines(x, y, [line[: 16 - 3 * (k % 3)] for k, line in enumerate(lines * 2)], pitch=30)
    page.write(40, 50, "壹、緣起")
    found = texts(read_bytes(pdf(page), "x.pdf"))
    assert found[0] == "壹、緣起"
    assert [any(line in full for full in bare(BODY)) for line in found[1:]] == [True] * 8 + [False] * 8


def test_three_columns_on_a_wide_page() -> None:
    page = Paper(width=600, height=400)
    for k in range(3):
        page.lines(30 + 190 * k, 60, [f"第{'一二三'[k]}欄的第{'一二三四五'[n]}行在這裡寫滿" for n in range(5)])
    document = read_bytes(pdf(page), "x.pdf")
    assert [t[1] for t in texts(document)] == [*"一" * 5, *"二" * 5, *"三" * 5]


def test_a_column_that_ends_early_and_a_note_under_both() -> None:
    page = Paper().lines(40, 60, bare(BODY) * 3).lines(230, 60, bare(OTHER)).write(40, 500, "註：資料由各縣市提供。", 8)
    document = read_bytes(pdf(page), "x.pdf")
    assert texts(document) == [*bare(BODY) * 3, *bare(OTHER), "註：資料由各縣市提供。"]


def test_running_heads_do_not_part_columns() -> None:
    pages = []
    for number in (1, 2, 3):
        page = Paper().write(300, 30, "海岸季報　第 9 期", 8)
        for x, lines in ((40, BODY), (230, OTHER)):
            page.lines(x, 60, (bare(lines)[number:] + bare(lines)[:number]) * 2)
        pages.append(page.write(205, 560, str(number), 8))
    found = texts(read_bytes(pdf(*pages), "x.pdf"))
    assert found[0] == "海岸季報　第 9 期"
    assert [line in bare(BODY) for line in found[1:17]] == [True] * 8 + [False] * 8
    assert found[17] == "1"


def test_table_rows_stay_together() -> None:
    page = Paper().lines(40, 60, bare(BODY))
    rows = [("地區", "戶數", "受災面積（公頃）"), ("上游", "31", "4.5"), ("下游", "208", "61.2")]
    for k, row in enumerate(rows):
        for x, cell in zip((50, 110, 170), row, strict=True):
            page.write(x, 150 + 20 * k, cell)
    document = read_bytes(pdf(page), "x.pdf")
    assert texts(document)[4:] == [" ".join(row) for row in rows]
    assert [line.cells for line in document.lines] == [1] * 4 + [3] * 3


def test_a_justified_line_with_wide_gaps_is_no_table_row() -> None:
    page = Paper().write(60, 60, "攔查通報。")
    for x, word in ((72, "2024"), (108, "年"), (134, "6"), (155, "月"), (181, "日寄出通知書")):
        page.write(x, 76, word)
    page.write(60, 92, "予各縣市政府，請於期限內回覆。")
    found = texts(read_bytes(pdf(page), "x.pdf"))
    assert (found[0], found[2]) == ("攔查通報。", "予各縣市政府，請於期限內回覆。")


def test_a_table_of_names_and_figures_is_no_pair_of_columns() -> None:
    page = Paper().lines(40, 60, bare(BODY))
    for k in range(8):
        for x, cell in ((40, OTHER[k % 3].strip("\u3000")[: 4 + k % 2]), (190, f"4.{k}"), (250, f"3.{k}"), (310, f"1{k}.5")):
            page.write(x, 150 + 18 * k, cell)
    page.lines(40, 320, bare(OTHER))
    found = texts(read_bytes(pdf(page), "x.pdf"))
    assert [line.split(" ")[1:] for line in found[4:12]] == [[f"4.{k}", f"3.{k}", f"1{k}.5"] for k in range(8)]


def test_a_title_over_three_columns_that_is_narrower_than_the_middle_one() -> None:
    page = Paper(width=600, height=400).write(255, 40, "流域通訊", 16)
    for k in range(3):
        page.lines(30 + 190 * k, 62, [f"第{'一二三'[k]}欄的第{'一二三四五'[n]}行在這裡寫滿" for n in range(5)])
    assert texts(read_bytes(pdf(page), "x.pdf"))[0] == "流域通訊"


@pytest.mark.parametrize("angle", [-0.4, 0.1, 0.5])
def test_what_is_written_aslant_comes_last_and_whole(angle: float) -> None:
    page = Paper()
    for k, char in enumerate("內部審查"):  # each character a run of its own, as some programs have it
        x, y = 120 + 40 * k * cos(angle * pi / 2), 300 + 40 * k * sin(angle * pi / 2)
        page.write(x, y, char, 40, turn=angle)
    page.lines(40, 60, bare(BODY))
    document = read_bytes(pdf(page), "x.pdf")
    assert texts(document) == [*bare(BODY), "內部審查"]
    assert document.lines[-1].y1 - document.lines[-1].y0 > 100


def test_cells_of_several_lines_make_one_row() -> None:
    page = Paper()
    for y, row in ((60, (["受災", "地區"], ["戶數"], ["受災面積", "（公頃）"])), (100, (["上游"], ["31"], ["4.5"]))):
        for x, cell in zip((50, 110, 170), row, strict=True):
            page.lines(x, y, cell, pitch=13)
    assert texts(read_bytes(pdf(page), "x.pdf")) == ["受災地區 戶數 受災面積（公頃）", "上游 31 4.5"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_pages_read_like_upright_ones(rotate: int) -> None:
    width, height = 420, 595
    page = Paper(width, height, rotate)
    for k, text in enumerate(BODY):
        x, y = 60 if k == 0 else 40, 60 + 16 * k
        place = {90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}[rotate]
        page.write(*place, text.strip("\u3000"), turn=(-rotate // 90) % 4)
    document = read_bytes(pdf(page), "x.pdf")
    assert texts(document) == bare(BODY)
    assert [(round(line.x0), round(line.y1)) for line in document.lines] == [(60, 61), (40, 77), (40, 93), (40, 109)]


def test_what_is_written_upwards_comes_after_the_page() -> None:
    page = Paper().lines(40, 60, bare(BODY)).write(20, 400, "內部參考", 24, turn=3)
    assert texts(read_bytes(pdf(page), "x.pdf")) == [*bare(BODY), "內部參考"]


def test_vertical_columns_are_read_from_right_to_left() -> None:
    page = Paper()
    for k, text in enumerate(bare(BODY)):
        page.write(300 - 20 * k, 60, text, font="vertical")
    assert texts(read_bytes(pdf(page), "x.pdf")) == bare(BODY)


def test_a_stamp_upon_the_text_does_not_part_its_lines() -> None:
    page = Paper().lines(40, 60, bare(BODY)[:2]).write(70, 84, "核定本", 30).lines(40, 92, bare(BODY)[2:])
    assert texts(read_bytes(pdf(page), "x.pdf")) == [*bare(BODY), "核定本"]


def test_a_note_number_off_its_baseline_stays_with_its_note() -> None:
    page = Paper().lines(40, 60, bare(BODY)).write(40, 495, "2", 5).write(45, 500, "資料由各縣市提供。", 8)
    assert texts(read_bytes(pdf(page), "x.pdf"))[-1] == "2資料由各縣市提供。"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(0, "「淨零人才 共創未來」", 0)], "「淨零人才 共創未來」"),  # a typed space
        ([(0, "計畫以三年為期分階段推動", 4)], "計畫以三年為期分階段推動"),  # spread by justification
        ([(0, "計畫", 0), (60, "經費", 0)], "計畫 經費"),  # set apart
        ([(0, "民國", 0), (22.5, "113", 0), (40, "年度", 0)], "民國113年度"),  # the quarter em at a seam is no space
        ([(0, "(1)", 0), (18.5, "擴大試辦範圍", 0)], "(1) 擴大試辦範圍"),  # behind a Latin label it is
        ([(0, "一、", 0), (28, "擴大試辦範圍", 0)], "一、擴大試辦範圍"),  # behind a Chinese label never
        ([(0, "shore", 0), (28, "power", 0)], "shore power"),  # words set by position alone
        ([(0, "J., “Timetables and ‘tides,’ ”", 0)], "J., “Timetables and ‘tides,’ ”"),  # curly quotes among Latin letters
        ([(0, "（Hartwell, 2009;", 0), (94, "田中）", 0)], "（Hartwell, 2009; 田中）"),  # behind Latin punctuation
    ],
)  # fmt: skip
def test_spaces_are_those_that_the_page_shows(parts: list[tuple[float, str, float]], expected: str) -> None:
    page = Paper().lines(40, 60, bare(BODY))
    for x, text, spread in parts:
        page.write(40 + x, 200, text, spread=spread)
    assert texts(read_bytes(pdf(page), "x.pdf"))[-1] == expected


@pytest.mark.parametrize(("producer", "expected"), [("Skia/PDF m120", "民國 113 年度"), ("LibreOffice 7.4", "民國113年度")])
def test_a_quarter_em_is_a_space_where_the_program_sets_none_by_itself(producer: str, expected: str) -> None:
    page = Paper().write(40, 60, "民國").write(62.5, 60, "113").write(80, 60, "年度")
    assert texts(read_bytes(pdf(page, producer=producer), "x.pdf")) == [expected]


def test_a_raised_note_mark_stays_in_its_line() -> None:
    page = Paper().write(40, 60, "研商分工").write(80, 56, "3", 6).write(84, 60, "。與會者多為實務人員。")
    assert texts(read_bytes(pdf(page), "x.pdf")) == ["研商分工3。與會者多為實務人員。"]


def test_a_single_character_in_a_font_that_is_not_there() -> None:
    page = Paper().write(40, 60, "表").write(50, 60, "1").write(55, 60, "為").write(65, 60, "3").write(70, 60, "處示範點的成果")
    assert texts(read_bytes(pdf(page), "x.pdf")) == ["表1為3處示範點的成果"]


def test_bold_is_known() -> None:
    document = read_bytes(pdf(Paper().write(40, 60, "壹、緣起", font="bold").lines(40, 80, bare(BODY))), "x.pdf")
    assert [line.weight for line in document.lines][:2] == [700, 400]


# -- what cannot be read ---------------------------------------------------------------------------------------------------


def test_an_empty_password_opens() -> None:
    assert texts(read_bytes(pdf(Paper().lines(40, 60, BODY), password=""), "x.pdf")) == bare(BODY)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf(Paper().lines(40, 60, BODY), password="secret"), "encrypted"),
        (pdf(Paper().image()), "only images"),
        (pdf(Paper()), "no text"),
        (pdf(Paper().write(40, 60, "流域調適", font="nameless")), "fonts that do not say"),
        (b"%PDF-1.7\nnothing else", "broken"),
    ],
)
def test_a_pdf_without_text_gives_one_line(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_bytes(data, "報告.pdf")
    assert "\n" not in str(caught.value)


def test_pages_that_cannot_be_read_are_told() -> None:
    good = Paper().lines(40, 60, BODY)
    document = read_bytes(pdf(good, Paper().image(), Paper().write(40, 60, "流域調適", font="nameless")), "x.pdf")
    assert [n.message.split(":")[0] for n in document.notices] == ["page 2 is an image without text", "page 3 cannot be read"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_pdf_gives_a_document_or_one_line(data: st.DataObject) -> None:
    whole = bytearray(pdf(Paper().lines(40, 60, BODY).write(200, 300, "甲", 14), Paper().lines(40, 60, OTHER)))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(0, len(whole))) :]
    if document := attempt(bytes(whole)):
        document.to_json()
        assert document.account() == [1] * len(document.raw)


def test_a_page_of_nothing_but_numbers() -> None:
    page = Paper()
    for k in range(60):
        page.write(40 + 30 * (k % 6), 60 + 16 * (k // 6), str(100 + k))
    assert " ".join(texts(read_bytes(pdf(page), "x.pdf"))).split() == [str(100 + k) for k in range(60)]
