"""People named in Latin letters beside a Chinese title: 主席 Ana Ruiz, Ana Ruiz 主席, 三名部落客（Ana Ruiz、Tom Lee）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from pipeline.data import table
from pipeline.document import Candidate, Document, Evidence
from pipeline.scripts.detect import fold
from pipeline.terms.affiliations import organisation_end
from pipeline.terms.behind import behind_name
from pipeline.terms.heads import english_kind, head_of_name
from pipeline.terms.latin import HONORIFICS, LATIN, PARTICLES, like_person
from pipeline.terms.lexicon import surnames
from pipeline.terms.mentions import Mention, squeeze
from pipeline.terms.roles import Role, before_name, title_at_start
from pipeline.terms.spans import HAN, back, covered, within

_CAPITAL = re.compile("[A-ZÀ-ÖØ-ÞĀ-Ž]")
_TOKEN = rf"{_CAPITAL.pattern}[{LATIN}'’\-‐]*\.?"
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_NAME = re.compile(
    rf"(?<![{LATIN}0-9@/.])(?:C[EFOTIM]O )?"
    rf"(?:(?:{'|'.join(re.escape(h) for h in sorted(HONORIFICS, key=len, reverse=True))})\s)?"
    rf"{_TOKEN}(?:(?:[ \n]+|(?<=\.))(?:(?:{_PARTICLE})[ \n]+)*{_TOKEN}){{0,5}}(?![{LATIN}0-9@/])"
)
_SPACES = re.compile(r"\s+")
_OFFICE = re.compile("(?:(?:.* )?C[EFOTIM]O )?")  # a title in Latin letters: Acme CEO Ann Lee
HONOURED = tuple(h + " " for h in HONORIFICS)
_INITIAL_LAST = re.compile(r"\b[A-Z]\.$")
_CAPITALS = re.compile(r"[A-Z0-9.\-]+")
# What joins two people who share a title: a conjunction or a list comma, behind a remark in brackets perhaps.
AND = re.compile(r"(?:\s?[（(][^（）()\n]{1,60}[）)])?\s*(?:和|與|与|及|、|以及|跟|,|，)\s*")
_IN_BRACKET = re.compile(rf"\s?(?:博士|教授|先生|女士|小姐|醫師|医师|律師|律师)?\s?[（(]([{HAN}、暨兼\s]{{3,40}})[）)]")
_TITLED = re.compile(f"(?:[{HAN}].?|C[EFOTIM]O)$")
# What leads a name in a byline or a programme.
_LABEL = re.compile(
    rf"(?:^|[^{HAN}])(作者|譯者|译者|編者|编者|講者|讲者|主講人|主讲人|主持人|與談人|与谈人|引言人|報告人|报告人|記者|记者|攝影|摄影|撰文|編譯|编译|採訪|采访|主講|主讲|主持)\s?[：:／/|｜]\s?$"
)
# Titles that stand behind a family name alone; others would make people of companies: Greenpeace 主任, Intel 經理.
_PERSONAL = re.compile(
    "\\s?(?:博士|教授|先生|女士|小姐|夫人|太太|爵士|律师|医师|医生|法官|牧师|神父|修女|老师|同学|将军|上校|上尉|议员|参议员|众议员)(?!们)"
)
_LIST = re.compile(
    rf"{_TOKEN}(?:[ ][{LATIN}'’.\-]+)+(?:\s?(?:、|，|,|和|與|与|及|以及|and|&)\s?{_TOKEN}(?:[ ][{LATIN}'’.\-]+)+)*\s?等?[）)]"
)
_THING = re.compile(
    "\\s?(?:讲席|讲座|公司|平台|系统|计划|服务|集团|基金|专案|项目|大学|学院|研究所|研究院|中心|协会|学会|号|版|专区|大奖|奖|银行|实验室|博物馆|酒店|饭店|机场|车站|"
    "杂志|期刊|报告|一书|软件|软体|程序|应用|品牌|[A-Z0-9])"
)
_DEEDS = frozenset(
    map(fold, ("主持", "翻譯", "代表", "指揮", "編輯", "評審", "領導", "統籌", "督導", "主編", "主講", "報告", "講座", "編審"))
)
# Universities whose name is one word: Stanford 教授 is no person.
_SCHOOLS = frozenset(
    (
        "Stanford",
        "Harvard",
        "Yale",
        "Princeton",
        "Oxford",
        "Cambridge",
        "Cornell",
        "Columbia",
        "Berkeley",
        "Duke",
        "Waseda",
        "Keio",
    )
)

# How often such names were right where they were counted by hand, by Laplace's rule of succession: 42 of 42, 15 of 15, 7 of 7.
RIGHT = {"latin": 0.97, "chinese": 0.94, "byline": 0.9}


def latin_people(document: Document, found: list[Candidate], mentions: list[Mention]) -> list[Candidate]:
    """The people whom a document names in Latin letters only. Those of ``found`` that a title leads elsewhere are given too."""
    text = document.text
    glossed = {c.en: c.kind for c in found if c.en and c.zh}
    taken = covered((m.gloss.start, m.gloss.end) for m in mentions)
    ends = {m.gloss.end: m for m in mentions}
    people: dict[str, tuple[Role, list[Evidence]]] = {}
    last: tuple[int, Role] | None = None
    for m in _names(text):
        start, end = m.start(), m.end()
        start += len(_OFFICE.match(m.group()).group())  # type: ignore[union-attr]
        at = start
        if within(taken, start):
            continue
        if text.startswith(HONOURED, start):
            start += next(len(h) for h in HONOURED if text.startswith(h, start))
        name = text[start:end]
        if not _INITIAL_LAST.search(name):
            name = _SPACES.sub(" ", name).rstrip(".")
        words = name.split(" ")
        honoured = start > at
        if glossed.get(name, "person") != "person" or _CAPITALS.fullmatch(name) or not _spelled(words):
            continue
        if not honoured and is_thing(name):
            continue
        if len(words) < 2 and not honoured:
            role = _of_family_name(text, start, end, _before(text, at, ends))
        else:
            role = _role_of(text, at, end, ends)
        if role is None and last and (len(words) > 1 or honoured) and AND.fullmatch(text, last[0], at):
            role = last[1]
        if role is None:
            if not honoured or (len(words) < 2 and name not in people):  # Dr. Hokyung Bang
                continue
            role = Role("", "", start)
        last = (end, role)
        full = _full(name, people) if len(words) < 2 else name
        evidence = Evidence(start, end, end, end)
        if full in people:
            known, places = people[full]
            places.append(evidence)
            if role.affiliation and not known.affiliation:
                people[full] = (role, places)
        else:
            people[full] = (role, [evidence])
    return [
        Candidate(
            kind="person",
            en=name,
            role=role.role or None,
            affiliation=role.affiliation or None,
            confidence=RIGHT["latin"] if role.role else 0.6,
            reasons=("a Latin name beside a title",),
            evidence=tuple(evidence),
        )
        for name, (role, evidence) in people.items()
    ]


def _names(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``_NAME``, tried at capitals only: it looks back first, which a search would do at every character."""
    capital = _CAPITAL.search(text)
    while capital:
        name = _NAME.match(text, capital.start())
        if name:
            yield name
        capital = _CAPITAL.search(text, (name or capital).end())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row[0] for row in table("notnames.tsv"))


def is_thing(name: str) -> bool:
    """Whether a word of a Latin name stands in names of things and hardly ever of people: Power BI."""
    return any(w.lower() in _not_names() for w in name.split())


@cache
def _romanised() -> frozenset[str]:
    return frozenset(name for names in surnames().values() for name in names)


def _spelled(words: list[str]) -> bool:
    """Whether the words are written as in a name: a family name may stand in capitals, other words may not."""
    capital = [w for w in words if len(w) > 2 and w.isupper()]
    return not capital or (
        len(capital) == 1 < len(words)
        and capital[0] in (words[0], words[-1])
        and (len(capital[0]) > 4 or capital[0].lower() in _romanised())
    )


def _full(name: str, people: dict[str, tuple[Role, list[Evidence]]]) -> str:
    """The one person named before in full who has this family name; else the name itself."""
    fuller = [n for n in people if n.endswith(" " + name)]
    return fuller[0] if len(fuller) == 1 else name


def _before(text: str, start: int, ends: dict[int, Mention]) -> Role | None:
    """What the Chinese right before a name says of it; before the bracket, where the name stands in a list in brackets."""
    at = back(text, start)
    if at and text[at - 1] in "（(" and _LIST.match(text, start):
        at -= 1
        while at and text[at - 1] == " ":
            at -= 1
    return before_name(text, at, parted(text, at, ends)) if at and _TITLED.search(text, max(0, at - 3), at) else None


def _of_family_name(text: str, start: int, end: int, role: Role | None) -> Role | None:
    """The role of a name of one word: a title before it with an affiliation, or a personal title behind it."""
    if _THING.match(fold(text[end : end + 6])) or re.match(r"\s?[A-Za-z(（]", text[end : end + 2]):
        return None
    if role and role.affiliation:
        return role
    rest = text[end : end + 8]
    title = _PERSONAL.match(fold(rest))
    word = text[start:end]
    if not title or word in _SCHOOLS or not word[1:].islower() or len(word) < 3:
        return None
    after = fold(text[end + title.end() : end + title.end() + 4])
    if re.match(r"\s?[A-Z]", after) or (after[:1] in surnames() and title_at_start(after) == "" and _more(after)):
        return None  # the name stands behind the title
    return Role(rest[: title.end()].strip(), "", end)


def _more(after: str) -> bool:
    return not re.match("[和与及、在于则说]", after) and len(after) > 2


def _role_of(text: str, start: int, end: int, ends: dict[int, Mention]) -> Role | None:
    role = _before(text, start, ends)
    if _THING.match(fold(text[end : end + 6])) and not re.match(" ?[A-Z]", text[end : end + 2]):
        return None
    bracketed = _IN_BRACKET.match(text, end)
    if bracketed:  # the name（affiliation and title）
        inside = bracketed.group(1)
        said = before_name(inside, len(inside))
        if said and (role is None or not role.affiliation):
            return replace(said, start=start)
        known = role or Role(title_behind(text, end), "", end)
        if known.role and not known.affiliation and organisation_end(fold(inside), len(inside)) == len(inside):
            return replace(known, affiliation=inside)
    if role:
        return role
    affiliation = _before_of(text, back(text, start))
    title = title_behind(text, end)
    said = behind_name(text, start, end) if not title or _PERSONAL.fullmatch(fold(title)) else None
    if said:
        return replace(said, affiliation=said.affiliation or affiliation)
    if title:
        return Role(title, affiliation, end)
    said = labelled(text, start) if " " in text[start:end] else None
    return replace(said, affiliation=affiliation) if said else None


def labelled(text: str, start: int) -> Role | None:
    """The label of a byline or a programme as a title: 主持人：Ana Ruiz."""
    label = _LABEL.search(text[max(0, start - 8) : start])
    return Role(label.group(1), "", start) if label else None


def parted(text: str, at: int, ends: dict[int, Mention]) -> str:
    """The name whose gloss stands shortly before ``at``: 國際勞工組織（…）專家."""
    close = max(text.rfind("）", max(0, at - 24), at), text.rfind(")", max(0, at - 24), at))
    m = ends.get(close + 1) if close >= 0 else None
    name = squeeze(text, m.zh) if m and m.gloss.sort != "short" else ""
    body = m and (not like_person(m.english) or english_kind(m.english) or head_of_name(fold(name)))
    return name if body else ""


def title_behind(text: str, end: int) -> str:
    """The title right behind a name, as printed; not what is a verb there: Ann Lee 代表本會出席."""
    rest = text[end : end + 12].lstrip(" \u3000")
    title = title_at_start(fold(rest))
    return "" if title in _DEEDS or rest[len(title) : len(title) + 1] in ("：", ":") else rest[: len(title)]


def _before_of(text: str, at: int) -> str:
    """The organisation before a name's 的: 歐洲太空總署的 Samantha …"""
    if not at or text[at - 1] != "的":
        return ""
    chunk = text[max(0, at - 30) : at - 1].rstrip()
    m = re.search(rf"(?:[{HAN}]{{2,16}}|[A-Z][{LATIN}0-9&.\-]*)$", re.split("[。！？；：，、\\n（）()「和與与及]", chunk)[-1])
    if not m:
        return ""
    name = m.group()
    return (
        name
        if re.match("[A-Z]", name)
        or fold(name)[-1] in "署会局部院所司社校队"
        or fold(name)[-2:] in ("公司", "中心", "大学", "组织", "机构", "集团", "总署")
        else ""
    )
