"""Phenomena of real files, drawn: each in some examples of its own, and what looks like it and is none."""

from __future__ import annotations

import pytest
from paper import Paper, pdf
from sheets import MIXED, page, paragraph, paragraphs, typeset, wrong

from pipeline.clean import clean
from pipeline.read import read_bytes
from pipeline.repair import repair


@pytest.mark.parametrize("full", [18, 17])
def test_a_paragraph_of_one_full_line_before_another_first_line(full: int) -> None:
    """Both are indented, and nothing but that tells them apart."""
    texts = [paragraph(58), paragraph(47, 5), paragraph(full, 11), paragraph(18, 25), paragraph(55, 31)]
    assert paragraphs(page(typeset(texts))) == texts


def test_a_quotation_set_in_on_the_left_is_one_paragraph() -> None:
    """Its lines stand where first lines do, but they stop in mid-sentence."""
    texts = [paragraph(58), paragraph(50, 5), paragraph(64, 11), paragraph(55, 31)]
    lines = typeset(texts[:2]) + typeset([texts[2]], first=2, hang=2) + typeset(texts[3:])
    assert paragraphs(page(lines)) == texts


@pytest.mark.parametrize("inset", [3, 4])
def test_a_box_is_narrower_than_its_column(inset: int) -> None:
    texts = [paragraph(95), paragraph(75, 5), paragraph(34, 11), paragraph(90, 21)]
    paper, y = Paper(), 60.0
    for text, left, width in zip(texts, (0, inset, inset, 0), (26, 19, 19, 26), strict=True):
        for indent, line, _ in typeset([text], width, 0):
            paper.write(60 + 10 * (left + indent), y, line)
            y += 16
        y += 8
    assert paragraphs(paper) == texts


def test_an_address_set_in_is_no_box() -> None:
    """Its lines happen to be of one length."""
    address = ["地址：屏東縣東港鎮豐漁街六十六號", "電話：（○八）八三三—七八一二轉九", "傳真：（○八）八三三—七八一三及四"]
    paper = Paper().lines(60, 60, [x for _, x, _ in typeset([paragraph(95)], 26, 0)])
    paper.lines(90, 140, address)
    assert paragraphs(paper)[1:] == address


@pytest.mark.parametrize("rows", [
    [("實驗室", "助理"), ("圖書館", "館員")], [("淨零學院", "講師"), ("氣候變遷署", "科長"), ("水利署", "技正")],
])
def test_rows_of_two_parts_stand_apart(rows: list[tuple[str, str]]) -> None:
    """Though each reaches the edge of the column."""
    paper = page(typeset(MIXED[:2]))
    for k, (left, right) in enumerate(rows):
        paper.write(60, 200 + 16 * k, left).write(270 - 10 * len(right), 200 + 16 * k, right)
    assert paragraphs(paper)[2:] == [" ".join(row) for row in rows]


def test_the_words_of_a_justified_line_are_no_cells() -> None:
    """A long word did not fit; what was left was spread between the words."""
    paper = Paper().write(60, 60, "意見請寄").write(160, 60, "或電洽").write(60, 76, "coordination@example.org，")
    paper.lines(60, 92, ["分機二八，逾期恕不受理。", "　　各分署應於月底前完成。"]).write(190, 40, "")
    assert paragraphs(paper)[0].startswith("意見請寄")
    assert "或電洽coordination@example.org，分機二八" in paragraphs(paper)[0].replace(" ", "")


def test_the_cells_of_a_score_table() -> None:
    paper = page(typeset(MIXED[:2]))
    for k, row in enumerate((["題號", "一", "二", "三", "四", "總分"], ["得分"], ["評閱人"])):
        for n, cell in enumerate(row):
            paper.write(60 + 36 * n, 200 + 18 * k, cell)
    assert paragraphs(paper)[2:] == ["題號 一 二 三 四 總分", "得分", "評閱人"]


def test_numbers_of_sections_are_labels() -> None:
    paper = Paper()
    for k, text in enumerate(["3.2.1 編寫", "3.2.1.1 確認學位", "3.2.2 測試"]):
        paper.write(60, 60 + 18 * k, text, 14)
    for k, (indent, text, _) in enumerate(typeset(MIXED[:2])):
        paper.write(60 + 10 * indent, 120 + 16 * k, text)
    assert paragraphs(paper)[:3] == ["3.2.1 編寫", "3.2.1.1 確認學位", "3.2.2 測試"]


def two_columns(gutter: float, top: float = 60) -> tuple[Paper, list[str]]:
    """Two columns of 15 characters, whose points hang out into the gutter; the second one begins in mid-sentence."""
    lines = typeset([paragraph(95), paragraph(143, 5), paragraph(66, 11)], width=15)
    paper, half = Paper(), (len(lines) + 1) // 2
    for k, (indent, text, _) in enumerate(lines):
        column, row = divmod(k, half)
        paper.write(40 + (150 + gutter) * column + 10 * indent, top + 16 * row, text)
    return paper, [paragraph(95), paragraph(143, 5), paragraph(66, 11)]


@pytest.mark.parametrize("gutter", [20, 12, 8])
def test_a_gutter_into_which_points_hang(gutter: float) -> None:
    paper, texts = two_columns(gutter)
    assert paragraphs(paper) == texts


@pytest.mark.parametrize("block", [
    ["流域調適社區參與研究", "林書瑜¹　張博鈞²", "¹國立海岸科技大學環境工程學系", "²水利規劃試驗所"],
    ["內陸水運考察報告", "計畫編號：乙一一三—〇二", "定稿"],
    ["公共圖書館夜間開放時段試辦計畫期末報告", "（續）", "三月二十日"],
])
def test_a_centred_block_over_two_columns(block: list[str]) -> None:
    """It is no wider than its longest line, which is no line that was full."""
    paper, texts = two_columns(14, 160)
    for k, text in enumerate(block):
        paper.write(197 - 5 * len(text), 60 + 20 * k, text, 10)
    found = paragraphs(paper)
    assert found == [*block, *texts]


@pytest.mark.parametrize("label", ["甲、", "(a)", "C7", "R-02"])
def test_a_paragraph_under_an_item_that_ends_in_a_full_line(label: str) -> None:
    """What hung under the label no longer does."""
    paper, y, truth = Paper(), 60.0, []
    for item, after in ((paragraph(54), paragraph(45, 7)), (paragraph(34, 3), paragraph(60, 9)), (paragraph(17, 5), paragraph(35))):
        for k, (_, text, _) in enumerate(typeset([item], 17, 0)):
            if k == 0:
                paper.write(60, y, label)
            paper.write(90, y, text)
            y += 16
        for _, text, _ in typeset([after], 20, 0):
            paper.write(60, y, text)
            y += 16
        truth += [item, after]
    assert [x.removeprefix(label).strip() for x in paragraphs(paper)] == truth


@pytest.mark.parametrize("label", ["(12)", "A1.", "1-3", "（三）"])
def test_a_label_that_is_shown_sign_by_sign(label: str) -> None:
    """Justified, a line is often one text object a character."""
    paper, y, texts = Paper(), 60.0, [paragraph(34), paragraph(51, 7), paragraph(17, 3), paragraph(68, 9)]
    for text in texts:
        at = 60.0
        for c in label:
            paper.write(at, y, c)
            at += 5 if c < "\x7f" else 10
        for _, line, _ in typeset([text], 17, 0):
            for k, c in enumerate(line):
                paper.write(100 + 10 * k, y, c)
            y += 16
    assert [x.removeprefix(label).strip() for x in paragraphs(paper)] == texts


@pytest.mark.parametrize("lengths", [(33,), (36,), (30, 39)])
def test_short_quotations_set_in_on_both_sides(lengths: tuple[int, ...]) -> None:
    texts = [paragraph(95), *(paragraph(n, n) for n in lengths), paragraph(80, 5)]
    paper, y = Paper(), 60.0
    for k, text in enumerate(texts):
        inner = 0 < k < len(texts) - 1
        for _, line, _ in typeset([text], 20 if inner else 26, 0):
            paper.write(90 if inner else 60, y, line)
            y += 16
        y += 6
    assert paragraphs(paper) == texts


def test_two_lines_set_in_on_one_side_are_two() -> None:
    lines = ["地點：本署第一會議室（臨海路七號）", "主席：副署長許維真，紀錄：林書瑜"]
    paper = Paper().lines(60, 60, [x for _, x, _ in typeset([paragraph(95)], 26, 0)]).lines(90, 140, lines)
    assert paragraphs(paper)[1:] == lines


def test_a_caption_alone_at_the_head_of_a_page_is_no_running_head() -> None:
    """The figure over it has no text."""
    texts = [paragraph(70), paragraph(94, 9)]
    second = page(typeset(texts[1:])).write(100, 24, "圖 2　加蓋前的水圳", 8)
    found = paragraphs(page(typeset(texts[:1])), second)
    assert [x.replace(" ", "") for x in found] == [texts[0], "圖2　加蓋前的水圳", texts[1]]


@pytest.mark.parametrize("first", [1, 7, 12])
def test_footnotes_at_the_foot_of_a_page_need_not_begin_at_one(first: int) -> None:
    """Nor come in their order: those of two columns stand side by side. A page number stands below them."""
    notes = ["詳見附錄二的訪談紀錄。", "依該署去年的統計。", "作者自行整理。"]
    texts = [paragraph(50 + 7 * k, 7 * k)[:-1] + f"{first + k}。" for k in range(3)]
    paper = page(typeset(texts))
    for row, k in enumerate((1, 0, 2)):
        paper.write(60, 480 + 12 * row, f"{first + k}{notes[k]}", 8)
    found = paragraphs(paper.write(155, 560, "1", 10))
    assert found == [x for k, text in enumerate(texts) for x in (text, f"{first + k} {notes[k]}")]


def test_small_type_with_larger_below_it_is_no_footnote() -> None:
    texts = [paragraph(50)[:-1] + "7。", paragraph(61, 9)]
    paper = page(typeset(texts[:1])).write(60, 160, "7成以上的堤防年久失修", 8)
    for k, (indent, text, _) in enumerate(typeset(texts[1:])):
        paper.write(60 + 10 * indent, 190 + 16 * k, text)
    assert paragraphs(paper) == [texts[0], "7成以上的堤防年久失修", texts[1]]


def interrupted(drawn: list[tuple[float, str, float]], text: str, at: int) -> list[Paper]:
    """A paragraph on two pages; at the head of the second, parts of a figure or table (place, text, size) come between."""
    lines = typeset([paragraph(70), text])
    sheets = [page(lines[:at]), Paper()]
    for k, (x, part, size) in enumerate(drawn):
        sheets[1].write(x, 60 + 14 * (k if len({x for x, _, _ in drawn}) == 1 else k // 3), part, size)
    for k, (indent, line, _) in enumerate(lines[at:]):
        sheets[1].write(60 + 10 * indent, 160 + 16 * k, line)
    return sheets


FIGURE = [(110.0, "圖 3　加蓋前的水圳與聚落", 8.0)]
TABLE = [
    (100.0, "", 8.0), (110.0, "表 2　各館得分", 8.0), (220.0, "", 8.0), (80.0, "館別", 8.0), (160.0, "結構", 8.0), (220.0, "總分", 8.0),
    (80.0, "文化館", 8.0), (160.0, "4.2", 8.0), (220.0, "12.5", 8.0),
]
PLATE = [(70.0, "北岸堤頂", 6.0), (70.0, "南岸堤頂", 6.0), (70.0, "圖 4-1　堤頂高程", 8.0)]


@pytest.mark.parametrize("drawn", [FIGURE, TABLE, PLATE], ids=["figure", "table", "figure with words in it"])
def test_a_paragraph_that_a_figure_interrupts(drawn: list[tuple[float, str, float]]) -> None:
    """The figure follows it."""
    text = paragraph(110, 9)
    found = paragraphs(*interrupted(drawn, text, 6))
    assert found[:2] == [paragraph(70), text]
    assert len(found) == 2 + len({k // 3 if drawn is TABLE else k for k, (_, x, _) in enumerate(drawn) if x})


def test_a_figure_between_two_paragraphs_stays_there() -> None:
    text = paragraph(110, 9)
    found = paragraphs(*interrupted(FIGURE, text, 4))
    assert [found[0], found[2]] == [paragraph(70), text]


def form(names: list[list[str]], lengths: list[int], middle: bool) -> tuple[list[str], list[str]]:
    """What a form of two columns gives, and what it should; each name stands beside the middle or the head of its text."""
    paper, y, wanted = Paper().write(60, 40, "研究計畫申請表", 14), 70.0, ["研究計畫申請表"]
    for k, (name, length) in enumerate(zip(names, lengths, strict=True)):
        text = paragraph(length, 7 * k)
        lines = typeset([text], 24)
        top = y + (8.0 * (len(lines) - len(name)) if middle else 0.0)
        for n, part in enumerate(name):
            paper.write(60, top + 16 * n + (3 if middle else 0), part)
        for indent, line, _ in lines:
            paper.write(120 + 10 * indent, y, line)
            y += 16
        y += 8
        wanted += ["".join(name), text] if middle else ["".join(name) + " " + text]
    return paragraphs(paper), wanted


@pytest.mark.parametrize(("names", "lengths"), [
    ([["研究目"], ["預期成"]], [90, 70]),
    ([["研究的目", "的和意義"], ["預期成果", "及其運用"]], [110, 90]),
    ([["申請單位", "的意見"], ["主管", "機關", "審核"]], [90, 130]),
], ids=["one line", "two lines", "three lines"])
def test_the_names_in_a_form_stand_beside_the_middle_of_their_texts(names: list[list[str]], lengths: list[int]) -> None:
    found, wanted = form(names, lengths, middle=True)
    assert found == wanted


def test_names_beside_the_heads_of_their_texts_are_labels() -> None:
    found, wanted = form([["目的："], ["成果："]], [90, 70], middle=False)
    assert [x.replace(" ", "") for x in found] == [x.replace(" ", "") for x in wanted]


def headed(heads: list[tuple[str, ...]]) -> tuple[list[Paper], list[str]]:
    """A page for each head, whose parts stand at the left and right edge in the type of the text, and the paragraphs."""
    texts = [paragraph(62 + 9 * k, 7 * k) for k in range(len(heads))]
    out = []
    for parts, text in zip(heads, texts, strict=True):
        sheet = page(typeset([text] * 2))
        for part, x in zip(parts, (60, 260 - 10 * len(parts[-1])), strict=False):
            sheet.write(x, 28, part)
        out.append(sheet)
    return out, [t for t in texts for _ in range(2)]


@pytest.mark.parametrize("heads", [
    [("46", "海岸調適季報"), ("潮汐與堤岸", "47"), ("48", "海岸調適季報"), ("濕地復育", "49")],
    [("第二章", "潮汐與堤岸"), ("第二章", "潮汐的觀測"), ("第三章", "濕地"), ("第三章", "復育成效")],
    [("海岸調適季報",), ("潮汐與堤岸",), ("海岸調適季報",), ("濕地復育",)],
], ids=["number outside", "chapter and section", "one part"])
def test_running_heads_that_differ_from_page_to_page(heads: list[tuple[str, ...]]) -> None:
    pages, texts = headed(heads)
    assert paragraphs(*pages) == texts


def test_headings_at_the_head_of_their_pages_keep_their_numbers() -> None:
    """They stand at one height, and differ in nothing but the number and what it numbers."""
    headings = ["2.6.2 快取的錯誤", "2.6.3 設定不相容", "2.6.4 修復"]
    out = []
    for k, heading in enumerate(headings):
        number, _, text = heading.partition(" ")
        sheet = Paper().write(60, 60, number, 12, "bold").write(100, 60, text, 12, "bold")
        for n, (indent, line, _) in enumerate(typeset([paragraph(70 + 9 * k, 7 * k)] * 2)):
            sheet.write(60 + 10 * indent, 100 + 16 * n, line)
        out.append(sheet)
    found = paragraphs(*out)
    assert [x for x in found if x[0] == "2"] == headings


def test_what_a_printer_writes_beside_the_page_is_no_text() -> None:
    texts = [paragraph(70), paragraph(52, 9)]
    sheet = page(typeset(texts)).write(60, -12, "海岸季報第八期　校樣二", 12).write(480, 90, "裁切")
    document = repair(clean(read_bytes(pdf(sheet), "x")))
    assert document.text.split("\n") == texts
    assert len(document.furniture) == 2


def test_a_page_may_inherit_its_size() -> None:
    """Then what stands far on the right or low on a large page is on the page."""
    sheet = Paper(1190, 842)
    texts = [paragraph(150), paragraph(84, 9)]
    for x in (60, 700):
        for k, (indent, line, _) in enumerate(typeset(texts, 40)):
            sheet.write(x + 10 * indent, 730 + 16 * k, line)
    document = read_bytes(pdf(sheet, inherited=True), "x")
    assert (document.pages[0].width, document.pages[0].height) == (1190, 842)
    assert repair(clean(document)).text.split("\n") == texts * 2


# -- tagged files ----------------------------------------------------------------------------------------------------------

# Paragraphs that the print does not tell apart: no indent, no distance, last lines that are full.
FULL = [paragraph(40), paragraph(60, 7), paragraph(40, 19)]


def tagged(parts: list[int]) -> list[Paper]:
    """The lines of FULL on two pages, each with a running head; the parts are those of the lines."""
    lines = [text for p in FULL for text in (p[:20], p[20:40], p[40:]) if text]
    sheets = [Paper().write(60, 30, "海岸季報", 10, part=-1), Paper().write(60, 30, "流域調適專題", 10, part=-1)]
    for k, (text, part) in enumerate(zip(lines, parts, strict=True)):
        sheets[k // 4].write(60, 60 + 16 * (k % 4), text, part=part)
    return sheets


def test_the_tags_of_a_file_tell_its_paragraphs() -> None:
    """Over the page too; and what is tagged as an artifact at the edge of a page is a running head."""
    document = repair(clean(read_bytes(pdf(*tagged([1, 1, 2, 2, 2, 3, 3])), "x")))
    assert document.text.split("\n") == FULL
    assert [f.kind for f in document.furniture] == ["running head"] * 2


def test_tags_that_make_every_line_a_paragraph_are_not_believed() -> None:
    lines = typeset(MIXED)
    paper = Paper()
    for k, (indent, text, _) in enumerate(lines):
        paper.write(60 + 10 * indent, 60 + 16 * k, text, part=k)
    document = read_bytes(pdf(paper), "x")
    assert len({x.part for x in document.lines}) == len(lines)
    assert wrong(lines, document) == []


def test_tags_that_make_a_page_one_paragraph_are_not_believed() -> None:
    lines = typeset(MIXED)
    paper = Paper().write(60, 30, "壹、辦理情形", 14, part=1)
    for k, (indent, text, _) in enumerate(lines):
        paper.write(60 + 10 * indent, 60 + 16 * k, text, part=1)
    document = read_bytes(pdf(paper), "x")
    assert wrong([(0, "壹、辦理情形", True), *lines], document) == []


@pytest.mark.parametrize("end", [" ", "\u3000", "  "])
def test_the_space_that_a_word_processor_prints_at_the_end_of_a_paragraph(end: str) -> None:
    """It hides neither where the line ends on the page nor, here, that the next one is indented."""
    paper = Paper()
    lines = typeset([paragraph(38), paragraph(38, 9), paragraph(58, 21)])
    for k, (indent, text, ends) in enumerate(lines):
        paper.write(60 + 10 * indent, 60 + 16 * k, text)
        if ends:
            paper.write(60 + 10 * (indent + len(text)), 60 + 16 * k, end)
    document = repair(clean(read_bytes(pdf(paper), "x")))
    assert document.text.split("\n") == [paragraph(38), paragraph(38, 9), paragraph(58, 21)]
