"""Labels at the head of a line: which style they are of, and which number they carry."""

from __future__ import annotations

import re

from msgspec import Struct


class Label(Struct, frozen=True, array_like=True, gc=False):
    """``text`` of the label, the name of its ``style``, its ``value`` (0: none), and where what follows it begins."""

    text: str
    style: str
    value: int
    end: int


_HAN_NUMBER = "一二三四五六七八九十"
_FORMAL = "壹貳參肆伍陸柒捌玖拾"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BULLETS = "•●○◎■□◆◇▪▫※★☆▲△►▶➢➤❖⬧✓✔➔➪▸◦⦁‣·"

_UNITS = "公[尺里斤頃噸分升]|[元萬億兆倍度年月日個次人分秒天歲％]|平方|立方|小時|[A-Za-z]{1,3}(?![A-Za-z])"

# From the outermost to the innermost, as official writing in Taiwan nests them (壹、 一、 （一） 1. (1)), others beside them.
STYLES: tuple[tuple[str, str], ...] = (
    ("chapter", rf"第[ ]?(?P<chapter>[{_HAN_NUMBER}百零〇0-9]+)[ ]?[章編编篇部]"),
    ("section", rf"第[ ]?(?P<section>[{_HAN_NUMBER}百零〇0-9]+)[ ]?[節节]"),
    ("article", rf"第[ ]?(?P<article>[{_HAN_NUMBER}百零〇0-9]+)[ ]?[條条](?:之[{_HAN_NUMBER}0-9]+)?"),
    ("formal", rf"(?P<formal>[{_FORMAL}贰叁陆]+)[、.．]"),
    ("han", rf"(?P<han>[{_HAN_NUMBER}]{{1,3}})[、.．]"),
    ("han bracket", rf"[（(][ ]?(?P<han_bracket>[{_HAN_NUMBER}]{{1,3}})[ ]?[）)]、?"),
    ("stem", rf"(?P<stem>[{_STEMS}])[、.．]"),
    ("decimal", r"(?P<decimal>[0-9]{1,2}(?:\.[0-9]{1,2})+)\.?(?=[ \u3000\u4e00-\u9fffA-Z])(?![ \u3000]?(?:" + _UNITS + "))"),
    ("number", r"(?P<number>[0-9]{1,2})(?:[.．](?![0-9])|、|[)）])"),
    ("number bracket", r"[（(][ ]?(?P<number_bracket>[0-9]{1,2})[ ]?[）)]"),
    ("letter", r"(?P<letter>[A-Za-z])(?:[.．](?= |[\u4e00-\u9fff])|[)）])"),
    ("letter bracket", r"[（(](?P<letter_bracket>[A-Za-z])[）)]"),
    ("circled", rf"(?P<circled>[{_CIRCLED}])"),
    ("square", r"[\[［](?P<square>[0-9]{1,3})[\]］]"),
    ("named", rf"[\u4e00-\u9fff]{{2,4}}[ ]?(?P<named>[0-9{_HAN_NUMBER}]{{1,2}})[：:]"),
    ("bullet", rf"(?P<bullet>[{_BULLETS}\ue000-\uf8ff])"),
    ("dash", r"(?P<dash>[-–—*＊])(?= +\S)"),
)
_LABEL = re.compile(r"[ \u3000]*(?:" + "|".join(pattern for _, pattern in STYLES) + ")")
_NAMES = {name.replace(" ", "_"): name for name, _ in STYLES}
# Nearly all lines of running text fail this first look.
FIRST = frozenset(
    "第" + _FORMAL + "贰叁陆" + _HAN_NUMBER + _STEMS + _CIRCLED + _BULLETS + "（([［-–—*＊ \u3000"
    + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
# Of these, what is a label only with a sign soon after it.
_PLAIN = frozenset(_HAN_NUMBER + _STEMS + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_CLOSERS = frozenset(".．、)）")
_NAMED_END = frozenset(" 0123456789一二三四五六七八九十")  # 建議 1：, 附件一：
_DIGIT_OF = {c: k + 1 for row in (_HAN_NUMBER, _FORMAL, _STEMS, _CIRCLED) for k, c in enumerate(row)}
_DIGIT_OF |= {"贰": 2, "叁": 3, "陆": 6}


def value(text: str) -> int:
    """The number that a label's core stands for: 十二 and 12 are 12, 乙 and b are 2, 2.3 is 3; 0 for a bullet."""
    if text.isascii() and text.replace(".", "").isdigit():
        return int(text.rpartition(".")[2])
    if len(text) == 1 and text.isascii() and text.isalpha():
        return ord(text.lower()) - 96
    total, unit = 0, 0
    for c in text:
        d = _DIGIT_OF.get(c, 0)
        if d == 10 and c in "十拾":
            total += (unit or 1) * 10
            unit = 0
        elif c == "百":
            total += (unit or 1) * 100
            unit = 0
        else:
            unit = d
    return total + unit


def label(line: str) -> Label | None:
    """The label that ``line`` begins with, or None."""
    first = line[:1]
    if first not in FIRST or (first in _PLAIN and _CLOSERS.isdisjoint(line[1:4])):
        named = line[2:3] in _NAMED_END or line[3:4] in _NAMED_END
        if not named or ("：" not in (head := line[:8]) and ":" not in head):
            return None
    m = _LABEL.match(line)
    if not m:
        return None
    name = m.lastgroup or ""
    return Label(m.group().strip(), _NAMES[name], value(m[name]), m.end())


_NAMED_FIRST = frozenset(" \u3000前緒绪序導导引中英文摘關关結结論论小附錄录參参目致AaIiCcRrKk")
NAMED = re.compile(
    r"[ \u3000]*(?:前言|緒言|绪言|序言?|導言|导言|引言|[中英]?文?摘要|關鍵[字詞]|关键[字词]|結語|结语|結論|结论|小結|小结"
    r"|結論與建議|附錄|附录|參考[資文][料獻]|参考[资文][料献]|目錄|目录|致謝|致谢"
    r"|Abstract|Introduction|Conclusions?|References|Acknowledge?ments?|Keywords?|Appendix)[ \u3000]*$",
    re.I,
)
_LEAD_FIRST = frozenset("關关Kk中資资附備註注主說说辦案決决作聯發SN問答问QA")
# What a paragraph begins with that belongs to none before it.
LEAD = re.compile(
    r"(?:關鍵[字詞]|关键[字词]|[Kk]ey ?[Ww]ords?|中圖分類號|中图分类号|資料來源|资料来源|附註|備註|註|注"
    r"|主旨|說明|说明|辦法|案由|決議|决议|作者簡介|聯絡人|發稿單位"
    r"|Source|Note|問|答|问|Q[0-9]*|A[0-9]*)[ \u3000]*[：:]"
)
_CAPTION_FIRST = frozenset(" \u3000附表圖图TtFf")
CAPTION = re.compile(
    r"[ \u3000]*(?:附?[表圖图]|[Tt]able|[Ff]ig(?:ure|\.)?)[ \u3000]*"
    r"(?:[0-9]+(?:[-.–－][0-9]+)*|[一二三四五六七八九十]+)[ \u3000:：.．]"
)
FOOTNOTE = re.compile(r"(?:[0-9]{1,2} |[註注][0-9一二三四五六七八九十]*[：: ]|\*+ ?)(?=[\u3400-\u9fffA-Z「《（])")
CAPTION_ALONE = re.compile(r"[表圖图] ?[0-9]+(?:[-.–－][0-9]+)*$")


def is_named(text: str) -> bool:
    """Whether ``text`` is the name of a part (前言, Abstract)."""
    return text[:1] in _NAMED_FIRST and NAMED.match(text) is not None


def leads(text: str) -> bool:
    """Whether ``text`` begins with what a paragraph begins with that belongs to none before it."""
    return text[:1] in _LEAD_FIRST and LEAD.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether ``text`` begins like the caption of a table or figure."""
    return text[:1] in _CAPTION_FIRST and CAPTION.match(text) is not None
