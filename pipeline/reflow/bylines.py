"""Bylines: 姓名｜機關　職稱, and the same parted by slashes or full-width spaces."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate, islice
from typing import Literal

from msgspec import Struct

from pipeline.document import Author

# The surnames that most people in Taiwan, Hong Kong and the mainland bear, in both scripts, and the common double ones.
SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬"
    "董唐溫藍蔣石古紀姚連馮歐程湯黎田康姜白汪鄒尤巫鐘涂龔嚴韓袁金童陸夏柳凃邵錢伍倪溫于譚駱熊任甘秦顧毛章史官萬俞雷粘饒闕"
    "凌崔尹孔辛武陶易段龍韋葛池孟褚殷麥賀莫文關向包丘梅利華裴樊房全佘左花魯安鮑郝穆畢常喬賈聶申岳管盛祝"
    "陈黄张吴刘杨许郑谢赖叶苏庄吕萧罗简钟卢赵颜孙邓冯马欧汤蒋龚严韩陆钱谭骆顾龙韦贺关"
)
DOUBLE_SURNAMES = ("歐陽", "司徒", "上官", "諸葛", "司馬", "張簡", "范姜", "欧阳", "诸葛", "司马")
_PLACE_END = "會会部署局處处院室所校系組组團团社館馆司室心府台臺隊队"
_ROLE_END = "員员長长任師师授士工理家佐問问人席輯辑者生監监事官"

_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})"
_NAMES = rf"(?P<name>{_NAME}(?:[、，,] ?{_NAME})*)"
_BAR = re.compile(rf"[ \u3000]*{_NAMES}[ \u3000]*[｜∣│|／/][ \u3000]*(?P<rest>[^，。；：！？「」\n]{{2,60}}?)[ \u3000]*$")
_FIELDS = re.compile(rf"[ \u3000]*{_NAMES}\u3000+(?P<rest>[^，。；：！？「」\n]{{2,60}}?)[ \u3000]*$")
_CLEAR = r"[^，。；：！？「」、 \u3000\n]"
_SPACED = re.compile(rf"[ \u3000]*{_NAMES} +(?P<rest>{_CLEAR}{{3,40}} +{_CLEAR}{{2,12}})[ \u3000]*$")
_BAR_SIGNS = re.compile("[｜∣│|]")


def is_name(text: str) -> bool:
    """Whether ``text`` can be the Chinese name of a person, by its surname and length; Latin names pass."""
    if text[:1].isascii():
        return True
    return (text[:1] in SURNAMES and 2 <= len(text) <= 3) or (text.startswith(DOUBLE_SURNAMES) and 3 <= len(text) <= 4) \
        or (text[:1] in SURNAMES and len(text) == 4 and text[1] in SURNAMES)


def byline(line: str) -> list[Author]:
    """The authors that ``line`` names if it is a byline, else none. Their spans are left empty."""
    if len(line) > 90:
        return []
    bar = _BAR.match(line)
    m = bar or _FIELDS.match(line) or _SPACED.match(line)
    if not m:
        return []
    names = [n for n in re.split("[、，,] ?", m["name"]) if n]
    fields = [f for f in re.split(r"[\u3000]+|  +", m["rest"].strip()) if f]
    if len(fields) == 1 and " " in fields[0] and not fields[0].isascii():
        head, _, tail = fields[0].rpartition(" ")
        if tail[-1:] in _ROLE_END and len(tail) <= 10:
            fields = [head, tail]
    affiliation = fields[0]
    role = " ".join(fields[1:])
    if not affiliation and role:
        affiliation, role = role, ""
    certain = bar is not None and _BAR_SIGNS.search(line) is not None
    if not all(map(is_name, names)):
        return []
    if not certain and affiliation[-1:] not in _PLACE_END and role[-1:] not in set(_ROLE_END):
        return []
    return [Author(n, affiliation, role) for n in names]


_ONLY_NAMES = re.compile(r"[ \u3000]*[\u4e00-\u9fff]{2,4}(?:[、， \u3000]+[\u4e00-\u9fff]{2,4})*[ \u3000]*$")
_MARKS = re.compile(r"(?<=[\u4e00-\u9fff])[0-9¹²³*＊†,]+(?=[、， \u3000]|$)")  # of the authors' affiliations
_CREDIT = re.compile(
    r"[ \u3000]*(?:撰?文|作者|撰稿人?|[採采][訪访]|[報报][導道告]人?)[ \u3000]*[｜／/:：][ \u3000]*"
    rf"{_NAMES}(?:[（(](?P<rest>[^（）()]{{2,40}})[）)])?[ \u3000]*$"
)
ORGANISATION = re.compile(
    r"[^，。；：]{2,24}(?:[會会署局處处部院室所校系組组團团社館馆司隊队]|中心|小組|大學|大学|公司|協會|协会)$"
)


def names_only(line: str) -> list[Author]:
    """The authors of a line right under the title that holds nothing but names (簡某、杜某某)."""
    line = _MARKS.sub("", line)
    if not _ONLY_NAMES.match(line):
        return []
    names = [n for n in re.split("[、， \u3000]+", line.strip()) if n]
    return [Author(n) for n in names] if len(names) > 1 and all(map(is_name, names)) else []


def credit(line: str) -> list[Author]:
    """The authors of a line that says so itself (文／某某某, 作者：某某某（某大學教授）)."""
    m = _CREDIT.match(line)
    return [Author(n, m["rest"] or "") for n in re.split("[、，,] ?", m["name"]) if n] if m else []


class Byline(Struct, frozen=True):
    """Line number ``line`` up to character ``end`` is a byline; ``place``: under the title (``"head"``), at the foot of the
    first page, or inside a sentence of the text, on no first page that is known."""

    line: int
    end: int
    authors: list[Author]
    place: Literal["head", "foot", "inside"]


HEAD_LINES = 6
_BARS = re.compile("[｜\u3000／|]")
_OPEN_END = re.compile(r"[^。！？：；!?:;」』）)…]$")


def find(lines: Sequence[str], first_page: int, taken: dict[int, int], last_of_column: Collection[int] = ()) -> list[Byline]:
    """The bylines among ``lines`` (none of them blank), of which the first ``first_page`` stand on the first page. ``taken``
    gives, for lines with furniture in them, from which character on; ``last_of_column`` lines end a column of print."""
    out: list[Byline] = []
    heads = list(islice((i for i in range(len(lines)) if taken.get(i) != 0), HEAD_LINES))
    low = {i for k in taken for i in (k - 1, k)} | ({first_page - 1} if first_page < len(lines) else set())
    feet = {i for i in low.union(last_of_column) if 0 <= i < first_page}.difference(heads)
    for i in sorted(feet.union(heads, _with_bars(lines))):
        line = lines[i]
        head, foot = i in heads, i in feet
        if taken.get(i) == 0 or not (head or foot or len(line) < 91):
            continue
        if found := _byline_at(line, taken.get(i, len(line)), i in heads[1:4], foot, i in low):
            end, authors = found
            following = lines[i + 1] if i + 1 < len(lines) else ""
            before = next((lines[k] for k in range(i - 1, -1, -1) if taken.get(k) != 0), "")
            if head or foot or (_OPEN_END.search(before) and not byline(before) and not byline(following)):
                foot = foot or i < first_page < len(lines)
                out.append(Byline(i, end, authors, "head" if head else "foot" if foot else "inside"))
    return out


def _with_bars(lines: Sequence[str]) -> set[int]:
    """The lines that have a sign in them which may part the fields of a byline."""
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return {bisect_right(starts, m.start()) - 1 for m in _BARS.finditer("\n".join(lines))}


def _byline_at(line: str, end: int, under_title: bool, foot: bool, low: bool) -> tuple[int, list[Author]] | None:
    text = line[:end].rstrip()
    authors = byline(text) or credit(text)
    if not authors and (foot or under_title):
        authors = names_only(text)
    if not authors and foot and (low or text[-1] in "室組组") and ORGANISATION.match(text):
        authors = [Author(text)]
    return (len(text), authors) if authors else None


def goes_on(line: str, following: str) -> bool:
    """Whether a byline that was too long for its line has its end on the next one (…副研究 / 員)."""
    if not 0 < len(following) < 12 or (not byline(line) and not byline(line + following)):
        return False
    if line.count("(") > line.count(")") or line.count("（") > line.count("）"):
        return ")" in following or "）" in following
    return line[-1] not in _ROLE_END and following[-1] in _ROLE_END and len(following) < 4 and bool(byline(line + following))
