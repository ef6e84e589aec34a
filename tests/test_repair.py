"""Cases as data, and what must hold for any text, for the stage that makes paragraphs of lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.clean import Options as CleanOptions
from pipeline.clean import clean
from pipeline.document import Document
from pipeline.reflow.headings import label, value
from pipeline.reflow.joints import joint
from pipeline.reflow.measure import OPENERS, first_unit, measure, read_lines, width
from pipeline.reflow.paragraph import State
from pipeline.reflow.spacing import Habit
from pipeline.repair import Options, repair

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "repair.yaml").read_text("utf-8"))
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.expected.txt"))


def _cases(kind: str) -> list[Any]:
    return [pytest.param(c, id=f"{k}-{c['why'][:30]}") for k, c in enumerate(CASES[kind])]


def _run(raw: str, spacing: Any = "habit") -> Document:
    return repair(clean(Document.of(raw), CleanOptions(spacing)), Options(spacing))


def _lines(text: str) -> list[str]:
    return [x for x in text.split("\n") if x.strip()]


@pytest.mark.parametrize("case", _cases("wild"))
def test_wild(case: dict[str, Any]) -> None:
    document = _run(case["text"], case.get("spacing", "habit"))
    assert document.text.split("\n") == _lines(case["expect"])
    assert document.account() == [1] * len(document.raw)
    assert [document.text[p.start : p.end] for p in document.paragraphs] == _lines(case["expect"])
    for key, found in (("kinds", "kind"), ("labels", "label"), ("levels", "level")):
        if key in case:
            assert [getattr(p, found) for p in document.paragraphs] == case[key]
    if "title" in case:
        assert document.title == case["title"]


@pytest.mark.parametrize("case", _cases("wild"))
def test_what_was_repaired_stays(case: dict[str, Any]) -> None:
    repaired = "\n".join(_lines(case["expect"]))
    assert _run(repaired, case.get("spacing", "habit")).text == repaired


@pytest.mark.parametrize("case", _cases("negative"))
def test_negative(case: dict[str, Any]) -> None:
    document = _run(case["text"])
    assert document.text.split("\n") == _lines(case["text"])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.name)
def test_the_truth_of_the_samples_stays(path: Path) -> None:
    text = path.read_text("utf-8").rstrip("\n")
    assert _run(text).text == text


@pytest.mark.parametrize("raw", [
    "價\n目表（\nII\n）與運費\n另計",
    "表列項目如下（詳見附錄\n二）：\n名稱\n（\n甲\n乙）\n數量", "共有\n\n118 人參加，其中\n\n22 人來自離島，經費由縣府支應，不足之處由鄉公所補助。",
    "結果並不一致\n，仍須追蹤", "the committee asked the villages to report what they had seen\n\nand to send samples of the water",
])
def test_what_comes_out_stays_when_fed_in_again(raw: str) -> None:
    once = _run(raw).text
    assert _run(once).text == once


def test_the_log_says_why_lines_were_joined() -> None:
    document = _run(CASES["wild"][0]["text"])
    rules = {c.rule for c in document.changes}
    assert "join lines: end of the line" in rules
    assert not any(c.new == "\n" and c.rule.startswith("join") for c in document.changes)


def test_interleaved_columns_are_named_and_left_alone() -> None:
    left = ("巡守隊的成員大多是附近的漁民，與退休教", "師他們每週兩次沿著堤防步行記錄水位與", "鳥況，把照片上傳到共同的資料庫供研究",
            "人員使用，三年來累積了超過一萬筆的紀", "錄，是這一帶最完整的觀測資料也成為地方", "政府規劃保護區時最重要的參考依據之一",
            "不過志工的年齡漸長，招募新血並不容", "易，將來希望與學校合作讓學生參與調查並")
    right = ("港口的電力設備去年完成更新，容量增加", "一倍，但使用率仍然偏低航商認為費率過", "高，而且停泊太短，來不及接上電纜因",
             "此多數船舶仍舊自行發電造成空氣污染與", "噪音，問題管理單位正在研究新的費率結", "構，期望以時段計價的方式吸引業者採用另",
             "外，也考慮設置移動式的供電車輛先從拖船", "與交通船開始試辦再逐步推廣到其他類型")
    raw = "\n\n".join(x for pair in zip(left, right, strict=True) for x in pair)
    document = _run(raw)
    (notice,) = [n for n in document.notices if n.rule == "interleaved columns"]
    assert "lines 1 to" in notice.message
    assert document.raw[notice.start :].startswith(left[0])
    assert len(document.paragraphs) >= 14


REPORTS = (
    "本處去年委託大學調查山區聯外道路的邊坡，發現將近三成的排水設施已經淤塞，雨季來臨時積水無法宣洩，容易引發土石滑動。調查小組建議優先清理通往學校與醫療站的路段，"
    "並在坡頂裝設位移感測器，一旦數值超過警戒就通知村長疏散居民。經費方面由中央補助六成，其餘自籌。",
    "圖書館自三月起試辦夜間開放，平均每晚有兩百多名讀者入館，其中以準備考試的學生最多，也有不少下班後前來查閱資料的上班族。館方觀察到座位周轉率比白天低，"
    "因此調整自習區的預約方式，逾時未報到者取消資格。志工協助巡視閱覽室，維持秩序並提醒讀者保管財物。",
    "漁會與水產試驗所合作推廣箱網養殖的自動投餌設備，操作人員可以透過手機觀看水下攝影機傳回的畫面，依照魚群攝食的情形調整餌量。試驗顯示飼料用量減少一成五，"
    "水質也比過去穩定。不過設備價格偏高，小型業者負擔不起，主管機關正在研議租賃與分期付款的辦法。",
    "訪視人員在偏鄉發現，許多獨居長者並不知道可以申請送餐服務，即使知道也不清楚如何填寫表格。社工於是改變宣導的方法，利用廟會與市集設攤說明，"
    "並請鄰長陪同到府協助辦理。半年來申請人數成長一倍，廚房的量能反而成為新的瓶頸，需要增聘人手才能維持每日供應。",
)
ABSTRACT = ("The survey covers four villages in the", "upper valley, where most households still", "depend on wells that run dry in the early",
            "spring. Storage tanks built by the county", "are used by fewer than half of them, since", "the pipes were never connected to the",
            "houses and carrying water uphill takes an", "hour each way. We recommend that pumps be", "installed before new tanks are planned,",
            "and that residents be trained to repair", "them without waiting for the contractor.")


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of ``width`` characters, the point that would begin one hung on the line before."""
    out, at = [], 0
    while at < len(text):
        end = at + width + (text[at + width : at + width + 1] in tuple("，。、"))
        out.append(text[at:end])
        at = end
    return out


def _in_turn(left: list[str], right: list[str], steps: tuple[int, ...]) -> str:
    """The lines of two columns as an extractor takes them that reads across: some of the one, some of the other."""
    out: list[str] = []
    k = 0
    while left or right:
        side = left if (k % 2 == 0 and left) or not right else right
        n = steps[k % len(steps)]
        out += side[:n]
        del side[:n]
        k += 1
    return "\n".join(out)


@pytest.mark.parametrize(("left", "right", "width", "steps"), [
    ("01", "23", 18, (1,)), ("12", "03", 16, (1,)), ("23", "10", 20, (1, 1, 2, 1)), ("30", "12", 17, (1, 1, 1, 2)),
    ("02", "31", 22, (2, 1, 1, 1)), ("13", "02", 19, (1,)),
])
def test_columns_read_across_are_noticed(left: str, right: str, width: int, steps: tuple[int, ...]) -> None:
    columns = [_wrapped("".join(REPORTS[int(k)] for k in side), width) for side in (left, right)]
    document = _run(_in_turn(*columns, steps))
    assert [n.rule for n in document.notices] == ["interleaved columns"]


def test_an_abstract_beside_the_text_is_noticed() -> None:
    document = _run(_in_turn(_wrapped(REPORTS[0] + REPORTS[3], 18), list(ABSTRACT), (1,)))
    assert [n.rule for n in document.notices] == ["interleaved columns"]


VERSES = ("遠山含笑春水綠", "孤舟一葉過前灣", "漁人撒網歌聲起", "白鷺雙飛入翠煙", "老屋門前三棵樹", "童年往事上心頭", "母親縫衣燈影暗", "窗外蟲聲伴夜長",
          "曉來市集人聲沸", "賣菜阿婆笑語多", "一把青蔥添兩片", "鄰家小犬繞攤行", "午後雷聲驚瓦雀", "庭中積水映晴天", "讀罷閒書無別事", "且將新茗待友人")
NAMES = ("東昇里多功能活動中心改建工程案", "西湖國小通學步道鋪面更新計畫書", "南勢溪親水公園植栽養護採購案號", "北埔老街立面整修第二期補助申請",
         "中山地下道抽水機組汰換評估報告", "港邊路自行車道夜間照明改善提案", "舊穀倉轉作青年創業基地委託設計", "環保科資源回收車輛租賃契約草稿",
         "消防分隊廳舍耐震補強成果說明會", "衛生所候診空間無障礙設施檢視表", "體育場跑道重新鋪設材料抽驗紀錄", "農會供銷部冷藏庫節電改造設備單")


@pytest.mark.parametrize("text", [
    "\n".join("\n".join(_wrapped(t, 18)) for t in REPORTS), "\n".join("\n".join(_wrapped(t, 25)) for t in REPORTS),
    "\n".join([*_wrapped(REPORTS[1], 20), *ABSTRACT, *_wrapped(REPORTS[2], 20)]),
    "\n".join(VERSES), "\n".join(f"{a}　{b}" for a, b in zip(VERSES[::2], VERSES[1::2], strict=True)), "\n".join(NAMES),
    "\n".join(f"{k}. {name}" for k, name in enumerate(NAMES, 1)), "\n".join(f"{name} {k * 37} {k * 5}%" for k, name in enumerate(NAMES)),
    "\n".join([*_wrapped(REPORTS[0], 16), *NAMES, *_wrapped(REPORTS[3], 16), *VERSES]),
], ids=["one column", "a wider one", "with an abstract", "verses", "verses in pairs", "names", "a list", "a table", "all of it"])
def test_other_text_is_not_taken_for_columns(text: str) -> None:
    assert not [n for n in _run(text).notices if n.rule == "interleaved columns"]


def test_a_document_without_text() -> None:
    for raw in ("", "\n\n\n", " \u3000\n", "\f\f"):
        document = _run(raw)
        assert document.text == ""
        assert document.paragraphs == ()


@pytest.mark.parametrize(("a", "b", "between"), [
    ("實踐經", "驗", ""), ("Human Resources", "Development", " "), ("能力建構分組（Capacity", "Building", " "), ("由APEC", "同意", ""),
    ("du Louvre à", "Liévin", " "), ("低碳（Low-", "Carbon", ""), ("1,", "2", " "), ("（", "Regional", ""), ("見 a/", "b", ""),
    ("約 1", "2", ""), ("國際標準 Port —", "Part 1", " "),
])
def test_joints(a: str, b: str, between: str) -> None:
    assert joint(a, b, Habit(False, False), "habit") == (0, between)


def test_joints_follow_the_habit() -> None:
    assert joint("共有", "14", Habit(latin=False, digit=True), "habit") == (0, " ")
    assert joint("使用", "AI", Habit(latin=False, digit=True), "habit") == (0, "")
    assert joint("使用", "AI", Habit(latin=False, digit=True), "space") == (0, " ")
    assert joint("共有", "14", Habit(latin=True, digit=True), "none") == (0, "")


@pytest.mark.parametrize(("line", "style", "number"), [
    ("壹、前言", "formal", 1), ("一、緣起", "han", 1), ("十二、附則", "han", 12), ("（三）交通", "han bracket", 3), ("1. 驗收", "number", 1),
    ("(2) 受訓", "number bracket", 2), ("第三章 方法", "chapter", 3), ("第二節 樣本", "section", 2), ("第十條 罰則", "article", 10),
    ("2.1 配置", "decimal", 1), ("甲、總則", "stem", 1), ("③ 離場", "circled", 3), ("[4] A. Author", "square", 4), ("• 甲", "bullet", 0),
    ("a. 項目", "letter", 1), ("建議 2：改善", "named", 2), ("(a) item", "letter bracket", 1),
])
def test_labels(line: str, style: str, number: int) -> None:
    found = label(line)
    assert found is not None
    assert (found.style, found.value) == (style, number)


@pytest.mark.parametrize("line", ["一方面、另一方面", "3.5 公尺", "2024 年", "A 型", "第三方", "十分、滿意", "（以下簡稱本會）", "1,200 元", "一般而言"])
def test_no_labels(line: str) -> None:
    assert label(line) is None


def test_the_numbers_of_labels() -> None:
    assert [value(x) for x in ("一", "十", "十一", "二十", "二十三", "壹", "拾", "丙", "⑤", "c", "12", "2.3", "百")] == [
        1, 10, 11, 20, 23, 1, 10, 3, 5, 3, 12, 3, 100,
    ]


def test_widths() -> None:
    assert width("計畫") == 2
    assert width("（計）") == 3
    assert 2 < width("Forum") < 3
    assert first_unit("計畫") == 1
    assert first_unit("元，") == 2
    assert first_unit("Development Working") > 4


def test_lines_that_were_never_broken_have_no_width() -> None:
    assert measure(read_lines("壹、前言\n本計畫選定十二所國小，自去年起試辦，午餐改由農戶供應，期間共供餐八十六天。\n貳、建議")).full == 0
    assert measure(read_lines(CASES["wild"][0]["text"])).full == 18


@given(st.lists(st.text("（）「」『』“”計", max_size=12), min_size=1, max_size=4))
def test_a_closing_sign_closes_what_was_opened_behind_its_own(texts: list[str]) -> None:
    lines = read_lines("\n".join(f"計{text}" for text in texts))
    state = State()
    state.begin(lines[0])
    state.go_on(lines)
    waiting: list[str] = []
    for c in "".join(texts):
        if c in OPENERS:
            waiting.append(OPENERS[c])
        elif c in waiting:
            del waiting[len(waiting) - 1 - waiting[::-1].index(c) :]
    assert state.opened == waiting
    state.begin(lines[0])
    assert not state.opened


_TEXTS = st.text(alphabet=st.sampled_from(
    list("計畫以青年為主的訓練，。、；：「」（）《》｜　 \n\n\n\f-–12390abcXYZ.%/第頁章一二•\\u2010壹註")
), max_size=150)


@given(st.one_of(_TEXTS, st.text(max_size=60)))
@settings(deadline=None)
def test_nothing_is_lost_and_spans_lead_back(raw: str) -> None:
    document = _run(raw)
    assert document.account() == [1] * len(raw)
    assert "\n\n" not in document.text
    for p in document.paragraphs:
        assert document.text[p.start : p.end].strip() != ""
        start, end = document.raw_span(p.start, p.end)
        assert 0 <= start <= end <= len(raw)


_SENTENCES = (
    "工作坊邀集各地的訓練機構，分享綠色技能的課程。", "講者指出，企業不知道要添購哪些船。", "計畫於2024年3月1日核定，期程兩年。",
    "該標準（Common Port Training Standard, CPTS）已由八國採認。", "與會者約150人，其中45人來自民間團體。",
    "第二階段將擴大到三個漁港，並追蹤兩年。", "濕地的面積在三十年間縮減了將近一半，候鳥的棲地也隨之破碎。", "志工每季走訪四十處海灘，記錄垃圾的種類。",
    "館方把閉館的時間延後到午夜，使夜歸的人能有去處讀書。", "坡道是長者最需要的設施。", "使用率仍然偏低，主要受到費率的影響。",
    "巡守隊以手機拍照回報，分署在三日之內回覆。", "樹冠遮蔽率每增加10%，最大陣風大約減少1.4度。", "漁民因此願意自費更換網具。",
    "草案經三次討論，終於在秋季定稿，並送交議會審議。", "學分最長可以保留五年，適合在職人員分段學習。", "她提醒，光減免車資卻不增加班次，效果有限。",
    "總經費1,275萬元，平均每家15萬元。", "感測區的用水量較定時區節省兩成以上。", "這段話後來被印在成果手冊的封底。",
    "雙方同意每年輪流主辦，費用各自負擔。", "調查資料已經公開，歡迎各界使用。", "由Ingrid Solvang主持的討論長達兩個小時。", "未來將與大學合作，培育新一代的調查員。",
)


@given(st.lists(st.sampled_from(_SENTENCES), unique=True, min_size=9, max_size=20), st.integers(2, 4), st.integers(17, 34))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_paragraphs_broken_at_a_width_come_back(sentences: list[str], size: int, full: int) -> None:
    """Set in, broken at a width without cutting Latin words, and joined again: the characters are the same, and so is a
    second pass."""
    whole = ["".join(sentences[k : k + size]) for k in range(0, len(sentences), size)]
    assume(not any(line.endswith("。") for p in whole for line in _broken("\u3000\u3000" + p, full)[:-1]))
    document = _run("\n".join(line for p in whole for line in _broken("\u3000\u3000" + p, full)))
    assert document.text == "\n".join(whole)
    assert _run(document.text).text == document.text


def _broken(text: str, full: int) -> list[str]:
    lines, line = [], ""
    for unit in _units(text):
        if line and width(line + unit) > full:
            lines.append(line.rstrip(" "))
            line = ""
        line += unit if line or unit != " " else ""
    return [*lines, line]


def _units(text: str) -> list[str]:
    out: list[str] = []
    for c in text:
        if out and (c in "，。、；：」）》" or (c.isascii() and c.isalnum() and out[-1][-1].isascii() and out[-1][-1].isalnum())
                    or out[-1][-1] in "（「《"):
            out[-1] += c
        else:
            out.append(c)
    return out
