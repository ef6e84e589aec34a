"""Pairs without brackets, and acronyms that are never spelled out."""

from __future__ import annotations

import re
from collections import defaultdict

from msgspec.structs import replace

from pipeline.document import Candidate, Document, Evidence
from pipeline.scripts.detect import fold
from pipeline.terms.align import Query, rank, sort_of
from pipeline.terms.glosses import Gloss
from pipeline.terms.latin import LATIN, is_acronym, is_roman, letters_of, like_person
from pipeline.terms.lexicon import expansions, head_of, initials, meanings, stem, surnames
from pipeline.terms.mentions import Mention, squeeze, words_for
from pipeline.terms.query import Lookup, plain, small
from pipeline.terms.spans import HAN, Piece, back, covered, has_han, trimmed, within, without
from pipeline.terms.translation import letters
from pipeline.terms.window import DOTS, Window, before

LETTERS = 0.85  # of an acronym that is never spelled out: how well its letters must find words in the Chinese before it
# These look back from the capital at which they begin, which is faster than to look back at every character.
_RUN = re.compile(
    rf"[A-Z](?<![{LATIN}0-9@/.].)[{LATIN}0-9'’&.\-]*(?:[ \n](?:of|and|the|for|in|on|to|de|la|&|"
    rf"[A-Z][{LATIN}0-9'’&.\-]*)| [0-9][{LATIN}0-9'’&.\-]*)*(?![{LATIN}0-9@/])"
)
_SAID = re.compile(
    r"[，,、」』》” ]?\s*(?:其|它的)?(?:英文|英語|英语|原文)(?:名稱|名称|全名|全稱|全称|名字|名|譯名|译名)?"
    r"(?:是|為|为|叫做|叫|稱為|称为|稱|称|：|:)\s*$"
)
_STROKE = re.compile(rf"[/／|｜]\s?([{LATIN}][{LATIN}0-9'’&.\-]*(?:[ \n][{LATIN}0-9&][{LATIN}0-9'’&.\-]*)*)(?![{LATIN}0-9/])")
_BEHIND = re.compile(rf"([A-Z](?<![{LATIN}0-9&@/.\-].)[A-Za-z]+)\s?([{HAN}]{{4,20}})")
_SAID_ENDS = frozenset("是為为叫做稱称：:")  # an empty string is in no set of characters
_SHORT = re.compile(
    rf"(?:簡稱|简称|下稱|下称|統稱|统称)(?:為|为|作)?(?:[「“『]([{HAN}A-Za-z0-9]{{2,12}})[」”』]|([{HAN}]{{2,8}})(?=[，。；,、]|\s?[（(]))"
)
_BEFORE_SHORT = re.compile(r"[，,、]?\s*(?:以下|下文|本文|後文|后文|文中)?(?:我們|我们|統一|统一|均|皆)?\Z")
_ALIAS = re.compile(
    rf"[「“『]([{HAN}]{{2,10}})[」”』](?:一詞|一词)?(?:是|為|为|乃|即)[「“『]([{HAN}]{{3,30}})[」”』](?:的|之)?(?:簡稱|简称|略稱|略称|縮寫|缩写)"
)
_ORIGINAL = re.compile(
    r"^[|>*\s\-]{0,40}(?:原文|原題|原题|英文標題|英文标题|英文題名|英文題目|英文篇名|English title)"
    rf"\s*[:：]\s*([A-Z][^\n{HAN}]+)$",
    re.M,
)

_WORD = re.compile(rf"[A-Z](?<![{LATIN}0-9&@/.\-_].)[{LATIN}0-9&/\-]*[{LATIN}0-9](?![{LATIN}0-9&@/_])")
_NO_ACRONYM = frozenset(
    [
        "OK",
        "TV",
        "PDF",
        "PPT",
        "CD",
        "DVD",
        "USB",
        "ID",
        "AM",
        "PM",
        "BC",
        "AD",
        "NT",
        "HK",
        "US",
        "UK",
        "KM",
        "KG",
        "CM",
        "MM",
        "ML",
        "MG",
        "MW",
        "KW",
        "GW",
        "TEL",
        "FAX",
        "QR",
        "VS",
        "NO",
    ]
)


def pairs(document: Document, mentions: list[Mention], inside: list[tuple[int, int]]) -> list[Mention]:
    """Pairs that no bracket marks, where the evidence makes them certain. ``mentions``: those that one does; ``inside``: the
    brackets.

    A name and its Latin form side by side (林之晨 Jamie Lin), a quotation and its English (「…」 Open Data Week), a name
    that its English renders word for word, an acronym behind the name whose words it abbreviates, and what the text itself
    says (…，英文為 …; 原文：…).
    """
    text = document.text
    outside = without(text, inside)
    out: list[Mention] = []
    for m in _RUN.finditer(outside):
        start = m.start()
        anchor = back(text, start)
        if not anchor or "\n\n" in text[anchor:start]:
            continue
        last = text[anchor - 1]
        said = _says(text, anchor)
        if said:
            anchor = back(text, anchor - (min(16, anchor) - said.start()))
            while anchor and text[anchor - 1] in "，,、 \n":
                anchor -= 1
        elif not (has_han(last) or last in "」』》”"):
            continue
        english = " ".join(m.group().split()).rstrip(".,-/ ")
        mention = _beside(text, anchor, Piece(start, start + len(m.group().rstrip(".,-/ "))), english, bool(said))
        if mention:
            out.append(mention)
    out += _slashed(text, outside) + _spelled_behind(text, covered((m.gloss.start, m.gloss.end) for m in mentions))
    return out + _originals(document) + _shorts(document, [*mentions, *out]) + _aliases(text)


def _slashed(text: str, outside: str) -> list[Mention]:
    """A name and its English on both sides of a stroke: 碳定價／Carbon Pricing. ``outside``: the text without its brackets."""
    out = []
    for m in _STROKE.finditer(outside):
        anchor = back(text, m.start())
        if anchor and has_han(text[anchor - 1]):
            english = " ".join(m.group(1).split())
            mention = _beside(text, anchor, Piece(*m.span(1)), english, said=False, slashed=True)
            if mention:
                out.append(mention)
    return out


def _spelled_behind(text: str, taken: list[tuple[int, int]]) -> list[Mention]:
    """A body's name behind its acronym: WTO世界貿易組織."""
    out = []
    for m in _BEHIND.finditer(text):
        acronym = m.group(1)
        if acronym not in expansions() or within(taken, m.start()):
            continue
        for n in range(len(m.group(2)), 3, -1):
            zh = Piece(m.start(2), m.start(2) + n)
            head = head_of(fold(m.group(2)[:n]))
            if head is None or head[1] != "organisation":
                continue
            window = Window(m.group(2)[:n], tuple(range(zh.start, zh.end)), "「", quoted=True)
            place = next(iter(rank(window, Query("", acronym))), None)
            if place and place.evidence.get("guess all rendered", 0) > 0 and not place.evidence.get("Chinese unexplained"):
                gloss = Gloss("reverse", m.start(1), m.end(1), "its name stands behind the acronym", m.end(1))
                reasons = ("the name behind the acronym renders what it stands for",)
                out.append(Mention(gloss, zh, "", acronym, Piece(*m.span(1)), 0.9, reasons))
                break
    return out


def _says(text: str, anchor: int) -> re.Match[str] | None:
    """What says, in the sixteen characters before ``anchor``, that the English comes."""
    left = text[max(0, anchor - 16) : anchor].replace("“", " ").replace('"', " ").replace("「", " ")
    return _SAID.search(left) if left.rstrip()[-1:] in _SAID_ENDS else None


def _beside(text: str, anchor: int, latin: Piece, english: str, said: bool, slashed: bool = False) -> Mention | None:
    """The Chinese that ends at ``anchor`` as a pair with the Latin beside it, where it is certain."""
    acronym = english if is_acronym(english) and not like_person(english) else ""
    words = english.count(" ") + 1
    quoted = text[anchor - 1 : anchor] in ("」", "』", "》", "”")
    if not (said or quoted or slashed or words > 1 or len(acronym) > 2):
        return None
    window = before(text, anchor)
    if window is None or not (said or slashed or _likely(plain(window.chars), english, acronym)):
        return None
    query = Query("" if acronym else english, acronym)
    sort = sort_of(window.chars, query)
    places = rank(window, query)
    if not places:
        return None
    best = places[0]
    e = best.evidence
    found, sure = e.get("English found", e.get("guess English found", 0.0)), best.probability
    name, first = window.chars[best.at :], window.offsets[best.at]
    alone = text[first - 1 : first] in ("", "\n") and text[latin.end : latin.end + 1] in ("", "\n")  # they make up a line
    if sort == "person":  # dotted into as many parts as the Latin has
        least = 0.3 if sum(c in DOTS for c in name) == english.count(" ") else 0.75
        fits = bool(e.get("surname spelled")) or (e.get("sound", 0) >= least and not DOTS.isdisjoint(name))
        reason = "a name and its Latin form side by side"
    elif acronym:
        found_letters = e.get("letters", 0)
        head = head_of(fold(window.chars))
        fits = len(window.chars) - best.at > 3 and (
            e.get("guess all rendered", 0) > 0
            or (found_letters == 1 and len(acronym) > 3 and sure > 0.9)
            or (found_letters >= LETTERS and sure > 0.9 and head is not None and head[1] == "organisation")
        )
        reason = "the acronym behind it abbreviates its words"
    elif said:
        fits, reason = (window.quoted or found >= 0.5 or e.get("sound", 0) > 0.5), "the text says what its English is"
    elif slashed:
        fits = found == 1 and e.get("Chinese unexplained", 0) <= 0.25
        reason = "its English stands behind a stroke"
    elif quoted:
        fits, reason = found >= 0.5, "its English stands behind the quotation"
    else:
        fits = (
            (found == 1 or (alone and found > 0))
            and e.get("Chinese unexplained", 0) <= (0.75 if alone else 0.25)
            and english[0].isupper()
            and english.split(" ")[-1][0].isupper()
        )
        reason = "the English beside it renders it word for word"
    if not fits or sure < 0.5:
        return None
    gloss = Gloss("forward", latin.start, latin.end, reason, anchor)
    return Mention(
        gloss,
        Piece(*window.span(best.at)),
        query.english,
        acronym,
        latin,
        round(min(0.9, sure), 3),
        (reason, *words_for(e)),
        window,
        tuple(places),
        query,
    )


def _likely(chars: str, english: str, acronym: str) -> bool:
    """Whether the Chinese before Latin letters can be the same name at all: a cheap look before all candidates are weighed."""
    if acronym:
        if acronym in expansions():
            return True
        last = acronym.rstrip("s0123456789")[-1:].lower()
        if not any(m.startswith(last) for n in (1, 2, 3, 4) for m in meanings(chars[-n:])):
            return False
        if acronym.upper() in expansions():
            return True
        # no boundary is taken at which the letters find less (see _beside), and to try the letters alone is cheap; a letter
        # that begins no word of their English finds nothing
        chars = small(chars)
        lookup = Lookup(chars)
        begun = {c for k, ends in enumerate(lookup.ends) for end in ends for c in initials(chars[k:end])}
        wanted = [c for c in letters_of(acronym) if c.isalpha()]
        if sum(c in begun for c in wanted) < LETTERS * len(wanted):
            return False
        out: dict[int, dict[str, float]] = {k: {} for k in range(len(chars))}
        letters(chars, acronym, out, lookup)
        return any(evidence.get("letters", 0.0) >= LETTERS for evidence in out.values())
    words = [w.lower().strip(".,") for w in english.split(" ")]
    if not DOTS.isdisjoint(chars[-16:]):
        return True
    known = surnames()
    ends = range(max(0, len(chars) - 4), len(chars))
    if any(name in known and not known[name].isdisjoint(words) for k in ends for name in (chars[k], chars[k : k + 2])):
        return True
    stems = list(map(stem, words))
    return any(not meanings(chars[-n:]).isdisjoint(stems) for n in (1, 2, 3, 4))


def _shorts(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Short forms that the running text declares: …，以下簡稱「保聯」."""
    text = document.text
    glossed = {m.gloss.end: m for m in mentions}
    lines = frozenset(p.end for p in document.paragraphs)
    out = []
    for m in _SHORT.finditer(text):
        floor = max(0, m.start() - 20)
        lead = _BEFORE_SHORT.search(text[floor : m.start()])
        anchor = floor + lead.start() if lead else m.start()
        short = Piece(*m.span(1 if m.group(1) else 2))
        pair = glossed.get(back(text, anchor))
        if pair:  # behind the gloss of the whole name
            gloss = Gloss("short", short.start, short.end, "declares a short form", anchor, chinese=short)
            out.append(replace(pair, gloss=gloss, beside=short, reasons=("the text declares the short form",), places=()))
            continue
        window = before(text, anchor, lines)
        if window is None:
            continue
        query = Query(short=squeeze(text, short))
        places = rank(window, query)
        if not places or (not window.quoted and places[0].evidence.get("characters taken", 0) < 1):
            continue
        gloss = Gloss("short", short.start, short.end, "declares a short form", anchor, chinese=short)
        out.append(
            Mention(
                gloss,
                Piece(*window.span(places[0].at)),
                "",
                "",
                short,
                round(places[0].probability, 3),
                ("the text declares the short form", *words_for(places[0].evidence)),
                window,
                tuple(places),
                query,
            )
        )
    return out


def _aliases(text: str) -> list[Mention]:
    """What the text says is short for something: 「淨灘」是「清潔海灘」的簡稱."""
    out = []
    for m in _ALIAS.finditer(text):
        short, zh = Piece(*m.span(1)), Piece(*m.span(2))
        gloss = Gloss("short", short.start, short.end, "declares a short form", zh.end, chinese=short)
        out.append(Mention(gloss, zh, "", "", short, 0.9, ("the text says what it is short for",)))
    return out


def _originals(document: Document) -> list[Mention]:
    """A heading whose original the next lines name: 原文：The Lost Harbour."""
    text = document.text
    out = []
    for m in _ORIGINAL.finditer(text):
        heading = re.search(rf"([^\n]*[{HAN}][^\n]*)\s*\Z", text[max(0, m.start() - 120) : m.start()])
        if not heading or len(heading.group(1)) > 60 or re.search("[。：:]", heading.group(1)):
            continue
        at = max(0, m.start() - 120) + heading.start(1)
        zh = trimmed(text, at, at + len(heading.group(1)))
        latin = trimmed(text, m.start(1), m.end(1))
        gloss = Gloss("forward", latin.start, latin.end, "the original title stands below it", zh.end)
        out.append(Mention(gloss, zh, squeeze(text, latin), "", latin, 0.8, ("the original title stands below it",)))
    return out


def acronyms(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Acronyms that the document uses and never spells out: they have no other side."""
    text = document.text
    known = {c.acronym for c in found if c.acronym} | {c.en for c in found if c.en}
    known |= {a.removesuffix("s") for a in known if a} | {c.acronym.split(" ")[0] for c in found if c.acronym}
    hits: dict[str, list[Evidence]] = defaultdict(list)
    for m in _WORD.finditer(text):
        word = m.group()
        if (
            not is_acronym(word)
            or word in known
            or word.removesuffix("s") in known
            or is_roman(word)
            or word in _NO_ACRONYM
            or len(word) > 8
        ):
            continue
        around = text[max(0, m.start() - 2) : m.start()], text[m.end() : m.end() + 2]
        if re.search(r"[A-Za-z] ?$", around[0]) or re.match(r" ?[A-Za-z]|[-.]\d", around[1]):
            continue
        hits[word].append(Evidence(m.start(), m.end(), m.end(), m.end()))
    return [
        Candidate(kind="term", acronym=a, confidence=0.5, reasons=("used and never spelled out",), evidence=tuple(e[:200]))
        for a, e in hits.items()
    ]
