"""Names in an English sentence: what is written with capitals, and acronyms that it spells out."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import NamedTuple

from pipeline.data import table
from pipeline.terms.latin import HONORIFICS, LATIN, PARTICLES, abbreviates, is_acronym, letters_of
from pipeline.terms.lexicon import content_words, surnames

LONGEST = 6  # chunks of a name, as in Ministry of | Transportation and | Communications
_CAPITAL = rf"(?:[A-ZÀ-ÖØ-Þ]|\d+(?:st|nd|rd|th)\b)[{LATIN}0-9'’&.\-–]*"
_CHUNK = rf"{_CAPITAL}(?: {_CAPITAL})*"
_JOINT = r"(?:,? (?:of|and|for|in|on|to|at|with|by|de|la|&)(?: the)?| the|,) "
_RUN = re.compile(rf"(?<![{LATIN}0-9'’\-@/]){_CHUNK}(?:{_JOINT}{_CHUNK})*")
_PARTS = re.compile(rf"({_CHUNK})|({_JOINT})")
_WORD = re.compile(r"\S+")
_ACRONYM = re.compile(r"\s?[(（]([A-Z][A-Za-z0-9&./\-]{1,11})[)）]")
_BRACKET = re.compile(rf"(?<![{LATIN}0-9])([A-Z][A-Za-z0-9&.\-]{{1,9}}) ?[(（]([^()（）]{{6,100}})[)）]")
_SMALL = frozenset(("of", "and", "the", "for", "in", "on", "to", "at", "with", "by", "de", "la", "&"))
_WITHIN = frozenset(("of", "for", "on", "&", "to", "and"))  # what joins parts of a name, before it
_AFTER = _WITHIN | {"in", "with"}  # and behind it
_ARTICLE = re.compile(r"(?<=[“‘\"])(?:The|An?) $")  # of a title in quotation marks, which it is part of


class Name(NamedTuple):
    """``text[start:end]`` of a sentence, perhaps with the acronym that stands behind it in brackets.

    ``part``: whether it may be a part of a longer name, for other capitals are joined to it.
    """

    text: str
    start: int
    end: int
    acronym: str = ""
    part: bool = False


class Expansion(NamedTuple):
    """An acronym that is spelled out at ``start`` to ``end``."""

    acronym: str
    text: str
    start: int
    end: int


def names(sentence: str) -> list[Name]:
    """All stretches of a sentence that may be a name of two words or more, the longest first.

    They begin and end with whole runs of capitals: *Road Traffic Safety* is no name within *Road Traffic Safety Basic Act*.
    """
    out: list[Name] = []
    for run in _RUN.finditer(sentence):
        parts = [(m.start(), m.end(), m[2]) for m in _PARTS.finditer(sentence, run.start(), run.end())]
        chunks = [k for k, (_, _, joint) in enumerate(parts) if joint is None]
        for n, k in enumerate(chunks):
            for start, last in product(_begins(sentence, *parts[k][:2]), chunks[n : n + LONGEST]):
                if article := _ARTICLE.search(sentence, max(0, start - 5), start):
                    start = article.start()
                text = sentence[start : parts[last][1]].rstrip(",.;:")
                if len(content_words(text)) < 2 or text.endswith(("’s", "'s")):
                    continue
                before = parts[k - 1][2] or "" if k and start == parts[k][0] else ""
                after = parts[last + 1][2] or "" if last + 1 < len(parts) else ""
                part = "’s " in text or "'s " in text or bool(_WITHIN & set(before.split()) or _AFTER & set(after.split()))
                bracket = _ACRONYM.match(sentence, start + len(text))
                acronym = bracket[1] if bracket and is_acronym(bracket[1]) else ""
                out.append(Name(text, start, start + len(text), acronym, part))
    return sorted(out, key=lambda n: (n.start - n.end, n.start))


def _begins(sentence: str, start: int, end: int) -> list[int]:
    """Where a name can begin in a run of capitals: behind the words that only begin the sentence, and behind a possessive."""
    while (m := _WORD.match(sentence, start, end)) and m[0] in _opening():
        start = m.end() + 1
    owned = [start + m.end() for m in re.finditer("['’]s ", sentence[start:end])]
    return [start, *owned] if start < end else []


def people(sentence: str) -> list[Name]:
    """Stretches of two to four words that may be a person's name, without what says who it is (*Director*, *Dr.*)."""
    out = []
    for run in _RUN.finditer(sentence):
        for part in re.finditer(r"[^,]+", run[0]):
            words = list(_WORD.finditer(sentence, run.start() + part.start(), run.start() + part.end()))
            for k in range(len(words)):
                for last in range(k + 1, min(k + 4, len(words))):
                    chosen = words[k : last + 1]
                    following = words[last + 1][0].lower().rstrip(".;:!?") if last + 1 < len(words) else ""
                    if all(_of_person(w[0]) for w in chosen) and chosen[0][0].lower() not in PARTICLES and (
                            following not in _bodies()):  # the university that is called after him
                        start = chosen[0].start()
                        text = sentence[start : chosen[-1].end()].rstrip(".;:!?")
                        out.append(Name(text, start, start + len(text)))
    return out


def expansions(sentence: str) -> list[Expansion]:
    """The acronyms whose letters begin the words before or in a bracket: *Intelligent Speed Assistance (ISA)*, *ISA (…)*."""
    out = []
    for m in _ACRONYM.finditer(sentence):
        start = _spelled_from(m[1], sentence, m.start())
        if start is not None:
            out.append(Expansion(m[1], sentence[start : m.start()], start, m.start()))
    out += (Expansion(m[1], m[2], *m.span(2)) for m in _BRACKET.finditer(sentence) if _abbreviates(m[1], m[2]))
    return [e for e in out if is_acronym(e.acronym)]


def _spelled_from(acronym: str, sentence: str, end: int) -> int | None:
    """Where the phrase begins that ends at ``end`` and that an acronym stands for.

    The shortest whose words begin with the letters; else the shortest that has them in their order, with the capitals before
    it; else a long name that begins with the first of them: the letters of *ICCROM* are of a name that it no longer bears.
    """
    words = list(_WORD.finditer(sentence, max(0, end - 120), end))[-14:]
    closed = [k for k, w in enumerate(words[:-1], 1) if re.search("[,;:.!?]$", w[0])]
    starts = [w.start() for w in words[closed[-1] if closed else 0 :]][::-1]
    exact = next((k for k in starts if _initials(acronym, sentence[k:end])), None)
    if exact is not None:
        return exact
    chunks = _chunks_before(sentence, end)
    loose = next((k for k in starts if _abbreviates(acronym, sentence[k:end])), None)
    if loose is not None:
        return next((max(b for b in _begins(sentence, *chunk) if b <= loose) for chunk in chunks if chunk[0] < loose < chunk[1]
                     and _begins(sentence, *chunk)[0] <= loose), loose)
    begins = (begin for chunk in chunks for begin in _begins(sentence, *chunk))
    return next((k for k in begins if sentence[k] == acronym[0] and len(content_words(sentence[k:end])) > 3), None)


def _chunks_before(sentence: str, end: int) -> list[tuple[int, int]]:
    """The runs of capitals of the longest stretch of names that ends at ``end``."""
    run = next((m for m in _RUN.finditer(sentence) if m.end() == end), None)
    return [m.span() for m in _PARTS.finditer(sentence, *run.span()) if m[1]] if run else []


def _initials(acronym: str, phrase: str) -> bool:
    """Whether the letters are the first of words in capitals, in their order and from the first word on."""
    initials = iter(c for word in re.split(r"[\s\-–/]+", phrase) for c in word[:1])
    letters = [c.upper() for c in letters_of(acronym) if c.isalpha()]
    return phrase[:1] == letters[0] and all(c in initials for c in letters)


def _abbreviates(acronym: str, phrase: str) -> bool:
    letters = [c for c in letters_of(acronym) if c.isalpha()]
    return phrase[:1].lower() == letters[0] and phrase.split()[0].lower() not in _SMALL and abbreviates(acronym, phrase)


def _of_person(word: str) -> bool:
    plain = word.rstrip(".")
    return (word[0].isupper() or word in PARTICLES) and not any(c.isdigit() for c in word) and plain not in _SMALL and (
        plain.lower() not in _titles() and word not in HONORIFICS and not word.endswith(("’s", "'s")))


@cache
def _titles() -> frozenset[str]:
    """Words that say who somebody is, and words for what bodies and places are: none is part of a person's name."""
    begins = frozenset(word for word, kind in table("english_words.tsv") if kind == "begins")
    spelled = frozenset(way for romanised in surnames().values() for way in romanised)  # He, An, You are surnames too
    return _bodies() | (begins - spelled) | frozenset(word for word, kind in table("english_words.tsv") if kind == "title")


@cache
def _bodies() -> frozenset[str]:
    """What bodies, places and programmes are called that may be named after a person."""
    return frozenset(word for word, _ in table("english_heads.tsv"))


@cache
def _opening() -> frozenset[str]:
    """Words with a capital at the beginning of a sentence alone."""
    return frozenset(word.capitalize() for word, kind in table("english_words.tsv") if kind == "begins")
