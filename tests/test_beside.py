"""What stands beside the text, and text that is set narrower for it; lists, notes and titles that look like something else."""

from __future__ import annotations

import pytest
from paper import Paper, pdf
from sheets import paragraph, paragraphs, typeset

from pipeline.clean import clean
from pipeline.read import read_bytes
from pipeline.repair import repair

WIDTH, EM, PITCH = 30, 10, 16


def round_figure(side: str, narrow: tuple[int, int, int], texts: list[str]) -> tuple[Paper, float]:
    """The texts in lines of 30 characters, of which those from the first to the second number hold that many fewer as the
    third, as a figure stands at their ``side``. Gives the height of the first line beside it, too."""
    first, last, less = narrow
    paper, y, k, top = Paper(width=500), 60.0, 0, 0.0
    for text in texts:
        indent = 2
        while text:
            inside = first <= k < last
            width = WIDTH - less * inside - indent
            line, text = text[:width], text[width:]
            while text and text[0] in "，。":
                line, text = line + text[0], text[1:]
            paper.write(60 + EM * (indent + (less * inside if side == "left" else 0)), y, line)
            top = y if k == first else top
            y, k, indent = y + PITCH, k + 1, 0
    return paper, top


TEXTS = [paragraph(140), paragraph(163, 7), paragraph(98, 15)]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("narrow", [(2, 7, 12), (1, 6, 16), (6, 12, 10)])
def test_text_that_flows_round_a_figure(side: str, narrow: tuple[int, int, int]) -> None:
    paper, _ = round_figure(side, narrow, TEXTS)
    assert paragraphs(paper) == TEXTS


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("off", [0, 1.0])
def test_a_caption_on_one_line_with_the_text_beside_it(side: str, off: float) -> None:
    paper, top = round_figure(side, (2, 7, 12), TEXTS)
    paper.write(60 if side == "left" else 258, top + 3 * PITCH + off, "圖 1　舊渡船頭的石階", 7.5)
    assert paragraphs(paper) == [*TEXTS, "圖 1　舊渡船頭的石階"]


@pytest.mark.parametrize("entries", [
    ["甲河川分署第一會議室", "乙河川分署第二會議室", "丙河川分署第三會議室", "丁河川分署第四會議室"],
    ["水位站三座，流量站兩座；", "雨量站五座，含沙量站無；", "地下水位井七口，均正常；", "攝影機十二部，兩部待修；"],
    ["初一十五雙流水", "初八廿三鹵花開", "有影無影看雲尾", "也著手骨撥出來"],
], ids=["names", "clauses", "verse"])
def test_short_lines_of_one_length_are_no_text_beside_a_figure(entries: list[str]) -> None:
    paper, y = Paper(width=500), 60.0
    for lines in (typeset(TEXTS[:1], WIDTH), [(0, x, True) for x in entries], typeset(TEXTS[1:], WIDTH)):
        for indent, line, _ in lines:
            paper.write(60 + EM * indent, y, line)
            y += PITCH
    found = paragraphs(paper)
    assert found[:1] + found[-2:] == TEXTS
    assert len(found) == 3 + len(entries)


REFERENCES = [
    "古孟勳，〈水門與水鬼：平原聚落的水圳禁忌〉，《民俗與地方》第七期，頁三三至五八，二〇一八年。",
    "田中昭彥，《用水的社會史》，東京：青藍書房，二〇一四年。",
    "范姜采蓁、劉以安，〈坡地保育耕作的農民接受度：以東岸三個鄉鎮為例〉，《農業推廣文彙》第六四期，頁一〇一至一二六，二〇二〇年。",
    "葉承翰，〈渡船停駛以後〉，《地方學刊》第三期，頁一至二四，二〇一六年，收入氏著《河岸的時間》，臺中：溪流出版社。",
]


@pytest.mark.parametrize("size", [10, 8])
def test_entries_that_hang_without_a_label(size: float) -> None:
    """After paragraphs whose first lines are indented by as much."""
    texts = [paragraph(58), paragraph(75, 5), paragraph(49, 11), paragraph(66, 23)]
    paper, y = Paper(), 60.0
    for indent, line, _ in typeset(texts):
        paper.write(60 + 10 * indent, y, line)
        y += 16
    for indent, line, _ in typeset(REFERENCES, int(200 // size), 0, 2):
        paper.write(60 + size * indent, y, line, size)
        y += 1.6 * size
    assert paragraphs(paper) == texts + REFERENCES


def test_a_few_full_paragraphs_do_not_hang() -> None:
    """Their last lines are full by chance; their first ones are indented all the same."""
    texts = [paragraph(n, n) for n in (58, 38, 58, 38, 75, 33, 61)]
    paper = Paper()
    for k, (indent, line, _) in enumerate(typeset(texts)):
        paper.write(60 + 10 * indent, 60 + 16 * k, line)
    assert paragraphs(paper) == texts


HEADINGS = ["1　資料與方法", "2 結果", "3　討論與建議"]


@pytest.mark.parametrize("size", [12, 10.5])
def test_a_heading_with_the_number_of_an_affiliation_is_no_footnote(size: float) -> None:
    texts = [paragraph(70), paragraph(91, 7), paragraph(64, 15)]
    paper, y = Paper().write(100, 50, "內澇治理中的社區參與", 16).write(110, 76, "沈若溪1，賀明哲2", 10), 110.0
    wanted = ["內澇治理中的社區參與", "沈若溪1，賀明哲2"]
    for heading, text in zip(HEADINGS, texts, strict=True):
        paper.write(60, y, heading, size)
        y += 20
        for indent, line, _ in typeset([text]):
            paper.write(60 + 10 * indent, y, line)
            y += 16
        y += 6
        wanted += [heading, text]
    assert [x.replace("　", " ") for x in paragraphs(paper)] == [x.replace("　", " ") for x in wanted]


def test_the_numbers_of_lines_are_no_running_heads_nor_is_the_line_beside_them() -> None:
    """A judgment: each page has its lines numbered from one, in small type."""
    texts = [paragraph(150), paragraph(133, 7)]
    lines = typeset(texts, 20)
    sheets = [Paper(), Paper()]
    for k, (indent, line, _) in enumerate(lines):
        page, row = divmod(k, 8)
        sheets[page].write(90 + 10 * indent, 60 + 34 * row, line).write(60, 60 + 34 * row, f"{row + 1:02}", 6.5)
    document = repair(clean(read_bytes(pdf(*sheets), "x")))
    assert document.text.split("\n") == texts
    assert {f.kind for f in document.furniture} == {"line number"}


@pytest.mark.parametrize("authors", [("范姜采蓁１", "古孟勳２"), ("葉以晴", "Marco Lin"), ("曾維倫", "潘郁婷")])
def test_authors_over_the_gutter_are_one_line(authors: tuple[str, str]) -> None:
    """Beside each other in the middle of the page, as though each stood over a column."""
    paper = Paper(width=500)
    paper.write(250 - 8 * 11, 50, "覆土深度對坡地土壤之影響", 16)
    widths = [5 * sum(2 if c > "\x7f" else 1 for c in name) for name in authors]
    paper.write(242 - widths[0], 80, authors[0]).write(258, 80, authors[1])
    lines = typeset([paragraph(95), paragraph(143, 5), paragraph(66, 11)], 19)
    half = (len(lines) + 1) // 2
    for k, (indent, line, _) in enumerate(lines):
        column, row = divmod(k, half)
        paper.write(50 + 210 * column + 10 * indent, 110 + 16 * row, line)
    assert paragraphs(paper)[1] == f"{authors[0]} {authors[1]}"


def test_small_print_at_the_other_end_of_the_page_is_no_part_of_the_title() -> None:
    paper = Paper().write(110, 60, "新港縣政府　函", 20).write(345, 56, "保存年限：", 8)
    for k, (indent, line, _) in enumerate(typeset([paragraph(90), paragraph(70, 9)])):
        paper.write(60 + 10 * indent, 100 + 16 * k, line)
    assert set(paragraphs(paper)[:2]) == {"新港縣政府　函", "保存年限："}


def test_a_foot_that_the_page_sets_apart_goes_whole() -> None:
    """There is one page, and nothing repeats."""
    paper = Paper()
    texts = [paragraph(90), paragraph(75, 9)]
    for k, (indent, line, _) in enumerate(typeset(texts)):
        paper.write(60 + 10 * indent, 60 + 16 * k, line)
    document = repair(clean(read_bytes(pdf(paper.write(120, 560, "河岸社區報 3", 7)), "x")))
    assert document.text.split("\n") == texts
    assert [(f.kind, f.text) for f in document.furniture] == [("running head", "河岸社區報 3")]


def in_rows(rows: list[tuple[str, ...]], at: list[float], width: int, apart: float) -> Paper:
    """Rows of texts beside each other, each set in lines of that width and written one after the other."""
    paper, y = Paper(width=520), 60.0
    for row in rows:
        deepest = y
        for x, text in zip(at, row, strict=True):
            for k, (_, line, _) in enumerate(typeset([text], width, 0)):
                paper.write(x, y + PITCH * k, line)
                deepest = max(deepest, y + PITCH * k)
        y = deepest + PITCH + apart
    return paper


LONG = [paragraph(n, n) for n in (64, 40, 83, 61, 35, 58, 47, 72)]


@pytest.mark.parametrize("apart", [0, 6, 20])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_rows_of_two_long_texts(count: int, apart: float) -> None:
    """The cells of a table, or columns that begin anew under each heading: the next row begins below all of the one before."""
    rows = [(LONG[2 * k], LONG[2 * k + 1]) for k in range(count)]
    assert paragraphs(in_rows(rows, [50, 290], 18, apart)) == LONG[: 2 * count]


@pytest.mark.parametrize("count", [2, 3])
def test_rows_of_three_long_texts_are_rows_of_a_table(count: int) -> None:
    rows = [(LONG[k], LONG[k + 1], note) for k, note in enumerate(("提高罰鍰。", "增訂第二款。", "文字修正。")[:count])]
    paper = in_rows([("修正條文", "現行條文", "說明"), *rows], [50, 215, 380], 13, 4)
    assert paragraphs(paper) == ["修正條文 現行條文 說明", *(" ".join(row) for row in rows)]


def test_notes_in_the_margin_are_no_cells() -> None:
    """Each is written when the line is, beside which it stands."""
    texts = [paragraph(110), paragraph(90, 7), paragraph(120, 15)]
    notes = ["入滲：水進入土壤的過程", "想一想：柏油路面呢？", "參看第四章"]
    paper, k = Paper(width=520), 0
    for text, note in zip(texts, notes, strict=True):
        for n, (indent, line, _) in enumerate(typeset([text])):
            paper.write(60 + 10 * indent, 60 + 16 * k, line)
            k += 1
            if n == 2:
                paper.write(300, 60 + 16 * (k - 1), note, 7.5)
    assert [x for x in paragraphs(paper) if x not in notes] == texts


@pytest.mark.parametrize(("high", "low"), [("−", "3"), ("3−", "4"), ("2", "i"), ("12", "n")])
def test_an_index_over_another(high: str, low: str) -> None:
    """Both begin where the word before them ends."""
    text = paragraph(70)
    paper = Paper()
    for k, (indent, line, _) in enumerate(typeset([text])):
        paper.write(60 + 10 * indent, 60 + 16 * k, line)
    y, end = 60 + 16 * 5, 60 + 50
    paper.write(60, y, "水中硝酸鹽").write(end, y, "NO").write(end + 10, y - 4, high, 7).write(end + 10, y + 3, low, 7)
    paper.write(end + 10 + 3.5 * max(len(high), len(low)), y, "的濃度逐年下降。")
    assert paragraphs(paper)[1] == f"水中硝酸鹽NO{high}{low}的濃度逐年下降。"


@pytest.mark.parametrize(("over", "first"), [
    (["四、現金及約當現金"], "項目"), (["表 3　各館得分"], "館別"), (["一、緣起", "（一）經費"], "分項"),
], ids=["heading", "caption", "two headings"])
def test_what_stands_over_the_first_column_is_no_cell(over: list[str], first: str) -> None:
    paper = Paper()
    for k, text in enumerate(over):
        paper.write(60, 60 + 18 * k, text)
    y = 60 + 18 * len(over)
    for k, row in enumerate(([first, "預算數", "執行數"], ["步道", "46,500", "33,018"], ["浮島", "12,300", "9,977"])):
        for x, cell in zip((62, 150, 240), row, strict=True):
            paper.write(x, y + 18 * k, cell)
    found = paragraphs(paper)
    assert [x.replace(" ", "") for x in found[: len(over)]] == [x.replace(" ", "") for x in over]
    assert found[len(over) :] == [f"{first} 預算數 執行數", "步道 46,500 33,018", "浮島 12,300 9,977"]


def test_a_name_of_three_lines_beside_the_middle_of_its_row_is_one_cell() -> None:
    paper = Paper().write(60, 40, "分項").write(150, 40, "預算數").write(240, 40, "執行數")
    for k, (name, numbers) in enumerate(((("水岸步", "道及照", "明工程"), ("46,500", "33,018")), (("生態浮", "島與棧", "橋維護"), ("12,300", "9,977")))):
        for n, part in enumerate(name):
            paper.write(60, 60 + 60 * k + 16 * n, part)
        for x, number in zip((150, 240), numbers, strict=True):
            paper.write(x, 76 + 60 * k, number)
    assert paragraphs(paper) == ["分項 預算數 執行數", "水岸步道及照明工程 46,500 33,018", "生態浮島與棧橋維護 12,300 9,977"]


BOTH = [
    ("一、雙方為促進港口歷史建築的保存，爰簽訂本備忘錄", "The Parties conclude this Memorandum in order to promote the reuse of port buildings."),
    ("二、每年互派館員兩名，期間三個月", "Each year they exchange two curators for three months."),
    ("三、自簽署之日起生效，為期五年，並得經雙方書面同意延長", "It enters into force upon signature for five years and may be extended by consent."),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (2, 0, 0, 2)])
def test_two_languages_beside_each_other(order: tuple[int, ...]) -> None:
    """Rows of two or three lines, few of which fill their cell."""
    paper, y = Paper(width=520), 60.0
    for han, latin in (BOTH[k] for k in order):
        left = [line for _, line, _ in typeset([han + "。"], 18, 0)]
        right, line = [], ""
        for word in latin.split():
            if len(line) + len(word) > 36:
                right.append(line.strip())
                line = ""
            line += word + " "
        right.append(line.strip())
        for x, lines in ((50, left), (290, right)):
            for k, text in enumerate(lines):
                paper.write(x, y + 16 * k, text)
        y += 16 * max(len(left), len(right)) + 6
    assert paragraphs(paper) == [text for han, latin in (BOTH[k] for k in order) for text in (han + "。", latin)]


@pytest.mark.parametrize("length", [64, 73, 92])
def test_first_lines_far_from_the_edge_of_a_block_with_names_in_its_margin(length: int) -> None:
    """They end at the edge, but they are not set flush right: the next line begins two ems before them."""
    texts = [paragraph(length), paragraph(length + 7, 9), paragraph(length - 5, 15)]
    paper, y = Paper(width=560), 60.0
    for k, text in enumerate(texts):
        paper.write(60, y, f"範例{'甲乙丙'[k]}：圖徽的用法", 9.5)
        y += 18
        for indent, line, _ in typeset([text], 30):
            paper.write(130 + 10 * indent, y, line)
            y += 16
        y += 18
    assert [x for x in paragraphs(paper) if not x.startswith("範例")] == texts


def test_a_date_set_flush_right_ends_its_paragraph() -> None:
    texts = [paragraph(95), paragraph(80, 9)]
    paper = Paper(width=560)
    for k, (indent, line, _) in enumerate(typeset(texts[:1], 30)):
        paper.write(60 + 10 * indent, 60 + 16 * k, line)
    paper.write(230, 140, "新港縣河川巡守隊隊長林書瑜").write(220, 156, "一一三年十一月八日謹誌於灣潭")
    for k, (indent, line, _) in enumerate(typeset(texts[1:], 30)):
        paper.write(60 + 10 * indent, 188 + 16 * k, line)
    assert len(paragraphs(paper)) == 4


@pytest.mark.parametrize("parts", [("山海季刊 45", "7"), ("河岸社區報", "二〇二四年冬"), ("第三章", "濕地", "3-12")])
def test_a_foot_in_parts_goes_whole(parts: tuple[str, ...]) -> None:
    """Each stands beside the others, alone under the text; there is one page."""
    texts = [paragraph(90), paragraph(75, 9)]
    paper = Paper()
    for k, (indent, line, _) in enumerate(typeset(texts)):
        paper.write(60 + 10 * indent, 60 + 16 * k, line)
    for k, part in enumerate(parts):
        paper.write(60 + 80 * k, 560, part, 7)
    assert paragraphs(paper) == texts
