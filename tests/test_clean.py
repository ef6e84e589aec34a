"""Cases as data, and what must hold for any text, for the stage that mends characters and sets furniture aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import Options, clean
from pipeline.document import Document
from pipeline.reflow.characters import mend_characters
from pipeline.reflow.furniture import find
from pipeline.reflow.pagenumbers import page_number, trailing

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "clean.yaml").read_text("utf-8"))


def _cases(kind: str) -> list[Any]:
    return [pytest.param(c, id=f"{k}-{c['text'][:12]!r}") for k, c in enumerate(CASES[kind])]


def _check(case: dict[str, Any]) -> None:
    document = clean(Document.of(case["text"]), Options(spacing=case.get("spacing", "habit")))
    assert document.text == case.get("expect", case["text"])
    assert document.account() == [1] * len(document.raw)
    if "furniture" in case:
        assert sorted([f.kind, f.text] for f in document.furniture) == sorted(case["furniture"])
    if "authors" in case:
        assert [[a.name, a.affiliation, a.role] for a in document.authors] == case["authors"]
        assert all(document.raw[a.start : a.end].startswith(case["authors"][0][0]) or a.end > a.start for a in document.authors)
    assert len(document.notices) == case.get("notices", 0)


@pytest.mark.parametrize("case", _cases("wild"))
def test_wild(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.parametrize("case", _cases("negative"))
def test_negative(case: dict[str, Any]) -> None:
    _check(case)


def test_a_radical_table_holds_ideographs_only() -> None:
    for radical in [chr(c) for c in range(0x2F00, 0x2FD6)]:
        (mended,) = mend_characters(Document.of(radical)).text
        assert "\u4e00" <= mended <= "\u9fff", radical


def test_furniture_keeps_its_page_and_its_place() -> None:
    raw = "山村簡訊\n開頭\n1\f山村簡訊\n結尾\n2"
    document = clean(Document.of(raw))
    assert [(f.kind, f.page) for f in sorted(document.furniture, key=lambda f: f.start)] == [
        ("running head", 1), ("page number", 1), ("running head", 2), ("page number", 2),
    ]
    assert all(raw[f.start : f.end] == f.text for f in document.furniture)


@pytest.mark.parametrize(("line", "number"), [
    ("12", 12), ("- 7 -", 7), ("第 3 頁，共 9 頁", -1), ("3/9", -1), ("Page 4 of 8", -1), ("p. 4", -1), ("· 5 ·", 5), ("第十二頁", -1),
    ("共 9 頁", None), ("共 9 頁，第 3 頁", -1), ("共3页第1页", -1), ("共三頁，詳見附件", None), ("2024 年", None), ("3.5", None), ("第三條", None), ("", None),
])
def test_page_numbers(line: str, number: int | None) -> None:
    found = page_number(line)
    assert (found is None) == (number is None)
    assert number in (None, -1) or found in (number, -1)


BROKEN = """本處自 2021 年起在 18 個測站試辦水質
自動監測，由 NB-IoT 模組每 30 分鐘回傳
一次資料，至 112 年底共累積 86 萬筆，其
中有效資料占 {seam}，較人工採樣提高
兩倍以上，並由 AI 模型篩出 214 筆異常值
供 5 位技師複核，平均 3 天內完成回覆，
並將結果登錄於 GIS 平台，供 22 個縣市
查詢，惟仍有 4 個縣市未介接，預計於 113
年底前完成。另為降低維護成本，擬自明年
起將其中 6 站改採太陽能供電。"""


@pytest.mark.parametrize(("seam", "kept"), [
    ("91%的筆數", False), ("91.5%以上", False), ("7.5%，也就是 1.2%左右", False),  # no typist leaves spaces everywhere but there
    ("91% 的筆數", True), ("91%，並未下降", True), ("75% 以上，較前年的 60%高", True),
])
def test_spaces_of_the_typesetter_and_spaces_that_were_typed(seam: str, kept: bool) -> None:
    text = clean(Document.of(BROKEN.format(seam=seam))).text
    assert ("本處自 2021 年起" in text, "由 NB-IoT 模組" in text) == (kept, kept)


@pytest.mark.parametrize(("end", "kept"), [("", False), (" ", True)])
def test_a_typed_space_stands_at_a_line_end_too(end: str, kept: bool) -> None:
    """Where those between Latin words do."""
    lines = ["本處自 2021 年起在 18 個測站試辦自動監測，由", "NB-IoT 模組每 30 分鐘回傳一次資料，並依 Water ", "Quality Index 於 24",
             "小時內公布，另由 AI 模型篩出異常值約", "214 筆，供技師複核，詳見 Annual Report of the ", "Network 第 3 章，並請各站於 5 天內回覆。",
             "各測站之經費由 112 年度預算支應，共計約", "1,260 萬元，其中 40 萬元為維護費用，由廠商", "辦理後續保固及教育訓練等各項工作事宜。",
             "以上說明，謹請各單位於會後三日內惠示意見。"]
    seams = [x + end if y[0].isascii() != x[-1:].isascii() else x for x, y in zip(lines, [*lines[1:], "。"], strict=True)]
    assert ("本處自 2021 年起" in clean(Document.of("\n".join(seams))).text) == kept


@pytest.mark.parametrize("line", [
    "09:00–10:20 主題演講：收音機旁的女人 國際會議廳", "承辦人：技士 侯佩瑤 分機三一七", "指導教師 李冬梅 職稱 教授", "灣潭社區發展協會 敬上",
])
def test_spaces_of_a_line_that_nobody_broke(line: str) -> None:
    """The text stands a paragraph a line, as pasted from elsewhere; in running text a space between ideographs is a stray one."""
    whole = ["本處自去年起在十八個測站試辦水質自動監測，每三十分鐘回傳一次資料，至年底共累積八十六萬筆，其中有效資料占九成一。", "一、緣起",
             "計畫由三個單位共同執行，並邀請 居民參與調查。"]
    text = clean(Document.of("\n".join([*whole, line]))).text
    assert text == "\n".join([*whole, line]).replace("邀請 居民", "邀請居民")


def test_a_page_number_at_the_end_of_a_byline() -> None:
    assert trailing("沈以嵐｜研究中心 1") == (8, 1)
    assert trailing("編輯室 第 2 頁，共 3 頁") == (3, -1)
    assert trailing("沒有頁碼") is None


def test_page_numbers_of_five_digits_count_with_the_pages() -> None:
    text = "\f".join(f"本頁的內文第{k % 10}段。\n- {k} -\n" for k in range(12_344, 12_350))
    assert [f.kind for f in clean(Document.of(text)).furniture] == ["page number"] * 6
    assert not find(["聯絡地址", "臺北市信義路四段", "10617"], [0])  # a postal code
    assert not find([*["一行內文"] * 20, "10617"], [0])


def test_many_pages_with_the_same_head_leave_only_the_text() -> None:
    lines = [x for k in range(300) for x in ("港埠專刊", f"內容{k * 7 % 300}甲", f"{k + 1}")]
    found = find(lines, range(0, 900, 3))
    assert {lines[f.line] for f in found if f.kind == "running head"} == {"港埠專刊"}
    assert len(found) == 600


_TEXTS = st.text(alphabet=st.sampled_from(
    list("計畫以青年為主的，。、；：「」（）《》｜　 \n\n\f\t\r-–12390abcXYZ.%/第頁章一二•\u200b\ufffe⾧\uf0b7\ufffd\x02")
), max_size=120)


@given(st.one_of(_TEXTS, st.text(max_size=80)))
@settings(deadline=None)
def test_nothing_is_lost_and_spans_lead_back(raw: str) -> None:
    document = clean(Document.of(raw))
    assert document.account() == [1] * len(raw)
    for k in range(len(document.text)):
        start, end = document.raw_span(k, k + 1)
        assert 0 <= start <= end <= len(raw)


@given(_TEXTS)
def test_mended_characters_stay_mended(raw: str) -> None:
    once = mend_characters(Document.of(raw)).text
    assert mend_characters(Document.of(once)).text == once
