"""People: Latin names with a Chinese title and affiliation, and Chinese names with a title or in a byline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import msgspec

from pipeline.document import Author, Candidate, Document, Evidence
from pipeline.scripts.detect import fold
from pipeline.terms.glosses import HAN, has_han
from pipeline.terms.latin import HONORIFICS, LATIN, PARTICLES
from pipeline.terms.lexicon import left_words, part_of_speech, surnames, titles
from pipeline.terms.mentions import Mention, squeeze
from pipeline.terms.roles import Role, before_name, title_at_start

_CAPITAL = re.compile("[A-ZÀ-ÖØ-ÞĀ-Ž]")
_TOKEN = rf"{_CAPITAL.pattern}[{LATIN}'’\-‐]*\.?"
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_NAME = re.compile(
    rf"(?<![{LATIN}0-9@/.])(?:(?:{'|'.join(re.escape(h) for h in sorted(HONORIFICS, key=len, reverse=True))})\s)?"
    rf"{_TOKEN}(?:(?:[ \n]+|(?<=\.))(?:(?:{_PARTICLE})[ \n]+)*{_TOKEN}){{0,5}}(?![{LATIN}0-9@/])"
)
_SPACES = re.compile(r"\s+")
_HONOURED = tuple(h + " " for h in HONORIFICS)
_INITIAL_LAST = re.compile(r"\b[A-Z]\.$")
_CAPITALS = re.compile(r"[A-Z0-9.\-]+")
_AND = re.compile(r"\s*(?:和|與|与|及|、|以及|跟)\s*")
_AFTER = re.compile("^\\s*[,，]?\\s*(?:现任|现为|时任|擔任|担任|出任|任|为|是)\\s*")
_IN_BRACKET = re.compile(rf"\s?(?:博士|教授|先生|女士|小姐|醫師|医师|律師|律师)?\s?[（(]([{HAN}、暨兼\s]{{3,40}})[）)]")
_ENGLISH_TITLE = re.compile(
    r"^(?:[a-z]+ )?(?:specialist|director|manager|engineer|analyst|professor|chair|president|"
    r"secretary|officer|researcher|advis[eo]r|"
    r"consultant|fellow|coordinator|pilot|commander)\b"
)
_VERB_AFTER = re.compile(
    "^\\s*(?:博士|教授|先生|女士)?\\s*(?:表示|指出|说|认为|提到|则|也|强调|介绍|分享|提醒|致|与会|主持|担任|率|出席|说明|回应|提出|呼吁|坦言|解释|补充|透露|受访|发言|"
    "随后|首先|其后|接着|随即|最后|亦|带队|领队|召集|陪同|引述|代表|另|同意|认同|认为|简报|报告|报导|主讲|开幕|致词|致辞|[，,。、；;）)\\n及和与等的于在就针以]|$)"
)
_GIVEN_STOP = frozenset(fold("的在是於与和及等说指表为由对则也并将向会致任率就又已于至其该曾因但以"))


# How often such names were right where they were counted by hand, by Laplace's rule of succession: 42 of 42, 15 of 15, 7 of 7.
RIGHT = {"latin": 0.97, "chinese": 0.94, "byline": 0.9}


def people(document: Document, plain: str, found: list[Candidate], mentions: list[Mention]) -> list[Candidate]:
    """The people of a document; those among ``found`` get their title and affiliation in place. ``plain``: its text, folded."""
    text = document.text
    _titles_of_pairs(document, found)
    out = _latin(document, found, mentions)
    known = {fold(c.zh) for c in found if c.zh and c.kind == "person"}
    out += _chinese(document, plain, known, {m.gloss.end: m for m in mentions})
    out = _known_affiliations(text, out, found)
    out += _authors(document, known | {fold(c.zh) for c in out if c.zh})
    return out


def _known_affiliations(text: str, people: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """A title that a clause leads with an organisation which the document names elsewhere."""
    names = {c.affiliation for c in (*people, *found) if c.affiliation} | {
        c.zh for c in found if c.zh and c.kind == "organisation"
    }
    out = []
    for c in people:
        if c.role and not c.affiliation and c.evidence:
            at = c.evidence[0].start
            clause = re.split("[。！？；：，、\\n「」『』（）()]", text[max(0, at - 40) : at])[-1].strip()
            name = next((clause[:n] for n in range(min(24, len(clause) - 1), 2, -1) if clause[:n] in names), None)
            if name:
                c = msgspec.structs.replace(c, affiliation=name)
        out.append(c)
    return out


def _titles_of_pairs(document: Document, found: list[Candidate]) -> None:
    """Titles around the names that glosses gave, set in the list that was given."""
    text = document.text
    for k, c in enumerate(found):
        if c.kind != "person" or not c.evidence:
            continue
        for e in c.evidence[:5]:
            role = before_name(text, e.start)
            after = title_at_start(fold(text[e.end : e.end + 10]))
            if role is None and after:
                role = Role(text[e.end : e.end + len(after)], "", e.end)
            if role:
                found[k] = msgspec.structs.replace(c, role=role.role, affiliation=role.affiliation or None)
                break


# -- Latin names ---------------------------------------------------------------------------------------------------------------


def _latin(document: Document, found: list[Candidate], mentions: list[Mention]) -> list[Candidate]:
    text = document.text
    glossed = {c.en for c in found if c.en and c.zh}
    taken = sorted((m.gloss.start, m.gloss.end) for m in mentions)
    ends = {m.gloss.end: m for m in mentions}
    people: dict[str, tuple[Role, list[Evidence]]] = {}
    last: tuple[int, Role] | None = None
    for m in _names(text):
        start, end = m.start(), m.end()
        if _within(taken, start):
            continue
        if m.group().startswith(_HONOURED):
            start += next(len(h) for h in _HONOURED if m.group().startswith(h))
        name = text[start:end]
        if not _INITIAL_LAST.search(name):
            name = _SPACES.sub(" ", name).rstrip(".")
        words = name.split(" ")
        if name in glossed or _CAPITALS.fullmatch(name) or any(len(w) > 3 and w.isupper() for w in words):
            continue
        role = _role_of(document, m.start(), end, ends, found, single=len(words) < 2 and start == m.start())
        if (
            role is None
            and last
            and len(words) > 1
            and _AND.fullmatch(text, last[0], m.start())
        ):
            role = last[1]
        if role is None:
            if start > m.start() and len(words) > 1:  # Dr. Hokyung Bang
                role = Role("", "", start)
            else:
                continue
        last = (end, role)
        before = people.get(name)
        evidence = Evidence(start, end, end, end)
        if before:
            before[1].append(evidence)
        else:
            people[name] = (role, [evidence])
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


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    k = bisect_left(spans, (at + 1, 0)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]


def _role_of(
    document: Document, start: int, end: int, ends: dict[int, Mention], found: list[Candidate], single: bool
) -> Role | None:
    text = document.text
    at = start
    while at and text[at - 1] in " \n\u3000":
        at -= 1
    role = before_name(text, at, _parted(text, at, ends)) if at and has_han(text[at - 1]) else None
    if single:
        return (
            role
            if role and role.affiliation and not re.match(r"\s?[A-Za-z]", text[end : end + 2]) and not _product(text, end)
            else None
        )
    bracketed = _IN_BRACKET.match(text, end)
    if bracketed:  # the name（affiliation and title）
        said = before_name(bracketed.group(1), len(bracketed.group(1)))
        if said and (role is None or not role.affiliation):
            return said._replace(start=start)
    if role:
        return role
    rest = text[end : end + 40]
    folded = fold(rest)
    title = title_at_start(folded.lstrip())
    affiliation = _before_of(text, at)
    if title:
        return Role(rest.lstrip()[: len(title)], affiliation, end)
    m = _AFTER.match(folded)
    if m:
        tail = rest[m.end() :]
        stop = re.search("[，,。；;、（(）)\\n]", tail)
        tail = tail[: stop.start()] if stop else tail
        english = _ENGLISH_TITLE.match(tail)
        if english:
            return Role(english.group(), affiliation, end)
        plain = fold(tail)
        for n in range(len(plain), 1, -1):
            if any(plain[:n].endswith(t) for t in (plain[max(0, n - k) : n] for k in (2, 3, 4, 5)) if t in titles()):
                found_role = before_name(tail, n)
                if found_role:
                    return found_role._replace(affiliation=found_role.affiliation or affiliation)
    if affiliation:
        beyond = re.match(
            rf"\s*(?:和|與|与|及|、)[^。；\n]{{0,40}}?[{LATIN}]\s*(?:任|擔任|担任)\s*", rest + text[end + 40 : end + 90]
        )
        if beyond:  # the title of the next name is for both
            tail = (rest + text[end + 40 : end + 140])[beyond.end() :]
            english = _ENGLISH_TITLE.match(tail)
            if english:
                return Role(english.group(), affiliation, end)
            known = title_at_start(fold(tail))
            if known:
                return Role(tail[: len(known)], affiliation, end)
    return None


def _parted(text: str, at: int, ends: dict[int, Mention]) -> str:
    """The name whose gloss stands shortly before ``at``: 國際勞工組織（…）專家."""
    close = max(text.rfind("）", max(0, at - 24), at), text.rfind(")", max(0, at - 24), at))
    m = ends.get(close + 1) if close >= 0 else None
    return squeeze(text, m.zh) if m and m.gloss.sort != "short" else ""


def _before_of(text: str, at: int) -> str:
    """The organisation before a name's 的: 歐洲太空總署的 Samantha …"""
    if not at or text[at - 1] != "的":
        return ""
    chunk = text[max(0, at - 30) : at - 1].rstrip()
    m = re.search(rf"(?:[{HAN}]{{2,16}}|[A-Z][{LATIN}0-9&.\-]*)$", re.split("[。！？；：，、\\n（）()「」和與与及]", chunk)[-1])
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


def _product(text: str, end: int) -> bool:
    """Whether what follows a single Latin word shows that it is no person."""
    return bool(
        re.match("\\s?(?:公司|平台|系統|系统|計畫|计划|服務|服务|集團|集团|基金|專案|[A-Z0-9（(])", text[end : end + 4])
    )


# -- Chinese names -------------------------------------------------------------------------------------------------------------


def _chinese(document: Document, plain: str, known: set[str], ends: dict[int, Mention]) -> list[Candidate]:
    """Chinese names behind a title that an organisation or a modifier leads: 勞發署副署長陳世昌."""
    text = document.text
    names = surnames()
    endings = frozenset(title[-2:] for title in titles())
    people: dict[str, tuple[Role, list[Evidence]]] = {}
    for m in _behind_title().finditer(plain, 0, len(plain) - 2):
        k = m.start() + 2
        if plain[k - 2 : k] not in endings or (plain[k] not in names and plain[k : k + 2] not in names):
            continue
        end = _name_end(plain, k, names)
        if end is None:
            continue
        name = text[k:end]
        if fold(name) in known or (end - k == 2 and part_of_speech(plain[k:end])):
            continue
        role = before_name(text, k, _parted(text, k, ends))
        if role is None or len(role.role) < 2:
            continue
        entry = people.setdefault(name, (role, []))
        entry[1].append(Evidence(k, end, end, end))
    return [_candidate(document, name, role, evidence) for name, (role, evidence) in people.items()]


@cache
def _behind_title() -> re.Pattern[str]:
    """Characters that may end a title and begin a surname: a quick look before the tables are asked."""
    endings = [title[-2:] for title in titles() if len(title) > 1]
    sets = [{ending[0] for ending in endings}, {ending[1] for ending in endings}, {name[0] for name in surnames()}]
    first, second, third = (re.escape("".join(sorted(characters))) for characters in sets)
    return re.compile(f"[{first}](?=[{second}][{third}])")


def _name_end(plain: str, k: int, names: dict[str, frozenset[str]]) -> int | None:
    """Where a Chinese name that begins at ``k`` ends: a surname and one or two characters, then a sign, a verb or a title."""
    family = 2 if plain[k : k + 2] in names and plain[k : k + 2] not in left_words() else 1
    if family == 1 and plain[k] not in names:
        return None
    for given in (2, 1):
        end = k + family + given
        inside = plain[k + family : end]
        if len(inside) < given or not all(re.match(f"[{HAN}]", c) and c not in _GIVEN_STOP for c in inside):
            continue
        if _VERB_AFTER.match(plain[end : end + 8]) or title_at_start(plain[end : end + 6]) or _verb_at(plain, end):
            return end
    return None


def _verb_at(plain: str, at: int) -> bool:
    return any(left_words().get(plain[at : at + n]) in ("verb", "preposition") for n in (2, 3))


def _authors(document: Document, known: set[str]) -> list[Candidate]:
    """The people of the byline, whose place is in the furniture and not in the text."""
    return [_author(document, a) for a in document.authors if a.name and has_han(a.name) and fold(a.name) not in known]


def _author(document: Document, author: Author) -> Candidate:
    """An author; a byline that is set aside has no place in the text, so the evidence may be empty."""
    at = document.text.find(author.name)
    span = document.locate(author.start, author.end)
    evidence = (Evidence(at, at + len(author.name), at + len(author.name), at + len(author.name)),) if span and at >= 0 else ()
    return Candidate(
        kind="person",
        zh=author.name,
        zh_hant=author.name,
        zh_hans=fold(author.name),
        role=author.role or None,
        affiliation=author.affiliation or None,
        confidence=RIGHT["byline"],
        reasons=("it stands in the byline",),
        evidence=evidence,
    )


def _candidate(document: Document, name: str, role: Role, evidence: list[Evidence]) -> Candidate:
    first = evidence[0]
    views = {
        v: document.views[v].text[first.start : first.end]
        for v in ("hant", "hans")
        if v in document.views and len(document.views[v].text) == len(document.text)
    }
    return Candidate(
        kind="person",
        zh=name,
        zh_hant=views.get("hant", name),
        zh_hans=views.get("hans", name),
        role=role.role,
        affiliation=role.affiliation or None,
        confidence=RIGHT["chinese"],
        reasons=("a Chinese name behind a title",),
        evidence=tuple(evidence),
    )
