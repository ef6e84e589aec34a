"""People: Latin names with a Chinese title and affiliation, and Chinese names with a title or in a byline."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

import msgspec

from pipeline.document import Author, Candidate, Document, Evidence
from pipeline.scripts.detect import fold
from pipeline.terms.affiliations import is_verb
from pipeline.terms.behind import behind_name, is_called, of_remark
from pipeline.terms.latin import like_person
from pipeline.terms.latinpeople import HONOURED, RIGHT, is_thing, labelled, latin_people, parted, title_behind
from pipeline.terms.lexicon import definitions, is_word, left_words, part_of_speech, surnames, titles, word_class
from pipeline.terms.mentions import Mention
from pipeline.terms.roles import Role, before_name, body_before, title_at_end, title_at_start
from pipeline.terms.spans import all_han, back, has_han
from pipeline.terms.window import DOTS

_VERB_AFTER = re.compile(
    "^\\s*(?:资深|名誉|荣誉|博士|教授|先生|女士)?\\s*(?:表示|指出|说|认为|提到|则|也|强调|介绍|分享|提醒|致|与会|主持|担任|率|出席|说明|回应|提出|呼吁|坦言|解释|补充|透露|受访|发言|"
    "今早|今晚|今晨|昨晚|昨晨|日前|早前|近日|上周|上月|随后|首先|其后|接着|随即|最后|亦|带队|领队|召集|陪同|引述|代表|另|同意|认同|认为|简报|报告|报导|主讲|开幕|致词|致辞|[，,。、；;）)\\n及和与等的于在就针以]|$)"
)
_GIVEN_STOP = frozenset(fold("的在是於与和及等说指表为由对则也并将向会致任率就又已于至其该曾因但以"))

# Titles that a Chinese name stands before; other titles would make names of 高級講師, 成本會計師.
_BEHIND = re.compile("博士|教授|先生|女士|小姐")
_WITH = re.compile(r"\s*(?:和|與|与|及|以及|暨)\s*")  # a list comma joins people of several callings
_DOT = re.compile(f"[{re.escape(''.join(sorted(DOTS)))}]")
USES, NEARBY = 8, 20_000  # other mentions of a name that are looked at, and how far off
_BODY = frozenset("党部局署院会社团州")
_LEFT = frozenset(fold("為由請與和及、向對是，。；：邀謝據隨「（\n 　是名叫的"))


def people(document: Document, plain: str, found: list[Candidate], mentions: list[Mention]) -> list[Candidate]:
    """The people of a document; those among ``found`` get their title and affiliation in place. ``plain``: its text, folded."""
    text = document.text
    bodies = _not_pairs(text, found)
    _titles_of_pairs(document, found, {m.gloss.end: m for m in mentions})
    out = [
        msgspec.structs.replace(c, affiliation=bodies[c.en]) if c.en in bodies and not c.affiliation else c
        for c in latin_people(document, found, mentions)
    ]
    out += _chinese(document, plain, {m.gloss.end: m for m in mentions})
    out = _without_known(out, found)
    out, found[:] = _known_affiliations(text, out, found), _known_affiliations(text, found, out)
    known = {fold(c.zh) for c in (*found, *out) if c.zh and c.kind == "person"}
    out += _authors(document, known)
    return out


def _not_pairs(text: str, found: list[Candidate]) -> dict[str, str]:
    """Names behind a title whose bracket holds a body: 議員 John Banks（民主黨） is no pair and leaves the list."""
    bodies = {}
    for c in list(found):
        if (
            c.zh
            and c.en
            and len(c.zh) > 2
            and c.evidence
            and like_person(c.en)
            and fold(c.zh[-1]) in _BODY
            and not is_thing(c.en)
        ):
            e = c.evidence[0]
            if e.gloss_end <= e.start and before_name(text, back(text, e.gloss_start)):
                found.remove(c)
                bodies[c.en] = c.zh
    return bodies


def _without_known(people: list[Candidate], found: list[Candidate]) -> list[Candidate]:
    """Those whom no gloss names in both scripts; a title and affiliation found for one who is named so goes there."""
    at = {
        name: k
        for k, c in enumerate(found)
        if c.zh and (c.kind == "person" or (c.kind == "term" and c.en and c.en[:1].isupper()))
        for name in (fold(c.zh), c.en)
        if name
    }
    out = []
    for c in people:
        k = at.get(fold(c.zh) if c.zh else c.en or "")
        if k is None:
            out.append(c)
        elif c.role and not found[k].role:
            found[k] = msgspec.structs.replace(found[k], kind="person", role=c.role, affiliation=c.affiliation)
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
            between = fold(clause[len(name) : -len(c.role)]) if name else ""
            if name and not any(title_at_end(between[:n]) for n in range(2, len(between) + 1)):  # no other person between
                c = msgspec.structs.replace(c, affiliation=name)
        out.append(c)
    return out


def _titles_of_pairs(document: Document, found: list[Candidate], ends: dict[int, Mention]) -> None:
    """Titles around the names that glosses gave, set in the list that was given; none stays inside a name."""
    text = document.text
    last: tuple[int, Role] | None = None
    for k, c in enumerate(found):
        if c.kind != "person" or not c.evidence:
            continue
        c, inside = _bare(c)
        role = None
        for e in c.evidence[:5]:
            role = before_name(text, e.start, parted(text, e.start, ends))
            if role is None and last and _WITH.fullmatch(text, last[0], e.start):
                role = last[1]
            if role is None:
                behind = max(e.end, e.gloss_end + 1)
                title = inside or title_behind(text, e.end) or title_behind(text, behind)
                role = (
                    of_remark(text[e.gloss_start : e.gloss_end])
                    or behind_name(text, e.start, behind)
                    or (Role(title, "", e.end) if title else labelled(text, e.start))
                )
                if role and not role.affiliation:
                    role = msgspec.structs.replace(role, affiliation=body_before(text, e.start))
            if role:
                last = (e.gloss_end + 1, role)
                break
        role = role or _elsewhere(text, c)
        found[k] = msgspec.structs.replace(c, role=role.role, affiliation=role.affiliation or None) if role else c


def _elsewhere(text: str, c: Candidate) -> Role | None:
    """The title at another mention of the name, or behind the family name alone: 里奧斯教授."""
    name = c.zh or ""
    family = _DOT.split(name)[-1]
    first, called = c.evidence[0].start, None
    sought = re.compile(re.escape(family if len(family) > 1 else name))
    for m in islice(sought.finditer(text, max(0, first - NEARBY), first + NEARBY), USES):
        full = text.startswith(name, m.end() - len(name), m.end()) if m.end() >= len(name) else False
        role = before_name(text, m.end() - len(name)) if full else None
        if role and title_at_end(fold(role.role)) != fold(role.role):  # 展開推翻首相
            role = None
        title = title_behind(text, m.end())
        if role or (title and _BEHIND.fullmatch(fold(title))):
            return role or Role(title, "", m.end())
        called = called or is_called(text, m.end())
    return called


def _bare(c: Candidate) -> tuple[Candidate, str]:
    """A person without the title behind the Chinese name and the one before the Latin name, and the former."""
    if c.en and c.en.startswith(HONOURED) and c.en.count(" ") > 1:
        c = msgspec.structs.replace(c, en=c.en.split(" ", 1)[1])
    if not c.zh or len(c.zh) < 4 or not _BEHIND.fullmatch(fold(c.zh[-2:])):
        return c, ""
    title, length = c.zh[-2:], len(c.zh)
    spans = [Evidence(e.start, e.end - 2, e.gloss_start, e.gloss_end) if e.end - e.start == length else e for e in c.evidence]
    names = {key: getattr(c, key)[:-2] for key in ("zh", "zh_hant", "zh_hans") if getattr(c, key)}
    return msgspec.structs.replace(c, evidence=tuple(spans), **names), title


# -- Chinese names -------------------------------------------------------------------------------------------------------------


def _chinese(document: Document, plain: str, ends: dict[int, Mention]) -> list[Candidate]:
    """Chinese names behind a title that an organisation or a modifier leads: 勞發署副署長陳世昌; and 黃子軒博士."""
    text = document.text
    names = surnames()
    endings = _endings()
    people: dict[str, tuple[Role, list[Evidence]]] = {}
    for m in _behind_title().finditer(plain, 0, len(plain) - 2):
        k = m.start() + 2
        held = plain[k] == "的"  # 時任某署署長的陳世昌
        if plain[k - 2 : k] not in endings or (plain[k + held] not in names and plain[k + held : k + held + 2] not in names):
            continue
        k += held
        end = _name_end(plain, k, names)
        bold = end is None
        if end is None:
            if not _no_words(plain, k):
                continue
            end = k + 3
        name = text[k:end]
        if end - k == 2 and part_of_speech(plain[k:end]):
            continue
        role = before_name(text, k, parted(text, k, ends))
        if role is None or len(role.role) < 2 or (bold and not role.affiliation):
            continue
        entry = people.setdefault(name, (role, []))
        entry[1].append(Evidence(k, end, end, end))
    for m in _BEHIND.finditer(plain, 3):
        k, end = m.start() - 3, m.start()
        if plain[k] in names and _stands_alone(plain, k, end):
            entry = people.setdefault(text[k:end], (Role(text[end : m.end()], "", end), []))
            if not any(e.start == k for e in entry[1]):
                entry[1].append(Evidence(k, end, end, end))
    return [_candidate(document, name, role, evidence) for name, (role, evidence) in people.items()]


@cache
def _endings() -> frozenset[str]:
    return frozenset(title[-2:] for title in titles())


@cache
def _behind_title() -> re.Pattern[str]:
    """Characters that may end a title and begin a surname: a quick look before the tables are asked."""
    endings = [title[-2:] for title in titles() if len(title) > 1]
    sets = [{ending[0] for ending in endings}, {ending[1] for ending in endings}, {name[0] for name in surnames()}]
    first, second, third = (re.escape("".join(sorted(characters))) for characters in sets)
    return re.compile(f"[{first}](?=[{second}]的?[{third}])")


def _name_end(plain: str, k: int, names: dict[str, frozenset[str]]) -> int | None:
    """Where a Chinese name that begins at ``k`` ends: a surname and one or two characters, then a sign, a verb or a title."""
    family = 2 if plain[k : k + 2] in names and plain[k : k + 2] not in left_words() else 1
    if family == 1 and plain[k] not in names:
        return None
    for given in (2, 1):
        end = k + family + given
        inside = plain[k + family : end]
        if len(inside) < given or not (all_han(inside) and _GIVEN_STOP.isdisjoint(inside)):
            continue
        if _VERB_AFTER.match(plain[end : end + 8]) or title_at_start(plain[end : end + 6]) or _verb_at(plain, end):
            return end
        behind = plain[end : end + 2]
        if not _common(plain[k : k + 2]) and (
            word_class(behind) in ("verb", "adverb", "time", "preposition") or is_verb(behind)
        ):
            return end  # 局長謝展翹今早, 議員何敬康質疑
    return None


def _common(word: str) -> bool:
    """Whether a folded word is a common noun or verb: 高級, not 魏國."""
    return any(said[:1].islower() for said in definitions(word)[:1])


def _no_words(plain: str, k: int) -> bool:
    """Whether three characters are a name by themselves, whatever follows: none of them is part of a word."""
    name = plain[k : k + 3]
    inside = not (all_han(name[1:]) and _GIVEN_STOP.isdisjoint(name[1:]))
    return len(name) == 3 and not inside and not any(is_word(plain[a : a + 2]) for a in (k, k + 1, k + 2))


def _verb_at(plain: str, at: int) -> bool:
    return any(left_words().get(plain[at : at + n]) in ("verb", "preposition") for n in (2, 3))


def _stands_alone(plain: str, k: int, end: int) -> bool:
    """Whether a name of three characters before a title is cut off on its left, and no words are in it."""
    before = plain[k - 1 : k]
    free = not before or before in _LEFT or left_words().get(plain[max(0, k - 2) : k]) in ("verb", "preposition")
    inside = any(is_word(plain[a:b]) for a, b in ((k, k + 2), (k, end), (k + 1, end + 1))) or any(
        c in _GIVEN_STOP for c in plain[k + 1 : end]
    )
    return free and not inside and all_han(plain[k:end])


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
