"""Where the terms of a glossary stand in any text, whoever cut it into words.

The search runs over characters and not over words: a segmenter that cuts 勞動力|發展署 here and 勞動力發展|署 there
hides no term. Spans are half-open and count the code points of the text that was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.glossary.keys import abbreviates, has_chinese
from pipeline.glossary.model import LIVE, STATUSES, Concept, Language, Status, Term
from pipeline.scripts.detect import fold

# Of equal length: what is written now so and now so within a name.
_ALIKE = str.maketrans(dict.fromkeys("‐‑‒–—―-\t\n\r\u00a0\u3000", " ") | {"’": "'", "‘": "'", "・": "·", "‧": "·", "•": "·"})
_HYPHENS = "‐‑-"
_HEAD = 2  # the first characters of a name, by which it is looked for


class Match(NamedTuple):
    """``text[start:end]`` names ``concept``; ``others`` are further concepts of the same name. ``term`` is how it is listed."""

    start: int
    end: int
    concept: Concept
    term: Term
    others: tuple[Concept, ...] = ()


class Matcher:
    """Finds the terms of concepts in text: both scripts of Chinese, and English in other case, number and hyphenation.

    Acronyms count as they are written, with or without a plural *s*. English of one word counts with a capital if it is listed
    with one (Turkey is no turkey). Short forms count where they stand for the full form anywhere (勞發署), not where a report
    only speaks so (該會). Single Chinese characters are no terms.
    """

    def __init__(self, concepts: Iterable[Concept], statuses: Iterable[Status] = LIVE):
        wanted = frozenset(statuses)
        self._names: dict[str, list[tuple[Concept, Term]]] = {}
        for concept in concepts:
            full = [t.text for t in concept.terms if t.type == "full form"]
            for term in concept.terms if concept.status in wanted else ():
                short = term.type == "short form" and not any(abbreviates(term.text, f) for f in full)
                key = _key(term.text, term.type == "acronym")
                if term.status in wanted and not short and len(key) >= _HEAD:
                    self._names.setdefault(key, []).append((concept, term))
        for found in self._names.values():
            found.sort(key=lambda x: (STATUSES.index(x[0].status), -x[0].mentions))
        self._lengths: dict[str, set[int]] = {}  # of the names that begin so
        for key in self._names:
            self._lengths.setdefault(key[:_HEAD], set()).add(len(key))

    def find(self, text: str) -> list[Match]:
        """The terms of the text in order. Where they overlap, the longest counts."""
        found: list[Match] = []
        exact = _plain(text)
        for looked, acronym in ((exact.lower(), False), (exact, True)):
            if len(looked) != len(text):  # a capital whose small letter is two characters
                looked = "".join(c if len(c.lower()) != 1 else c.lower() for c in exact)
            for at in range(len(looked) - 1):
                for length in self._lengths.get(looked[at : at + _HEAD], ()):
                    key = looked[at : at + length]
                    if key in self._names and (match := self._match(text, at, key, acronym)):
                        found.append(match)
        return _longest(found)

    def _match(self, text: str, start: int, key: str, acronym: bool) -> Match | None:
        end = start + len(key)
        named = []
        for concept, term in self._names[key]:
            chinese = has_chinese(term.text)
            if (term.type == "acronym") != acronym or not (chinese or _begins(text, start, acronym)):
                continue
            stop = end if chinese else _ends(text, end, acronym, concept.kind not in ("person", "place"))
            capital = chinese or " " in term.text or not term.text[0].isupper() or text[start].isupper()
            if stop and capital:
                named.append((stop, concept, term))
        if not named:
            return None
        stop, concept, term = named[0]
        others = {c.id: c for _, c, _ in named if c.id != concept.id}
        return Match(start, stop, concept, term, tuple(others.values()))


def renderings(match: Match, chinese: Language = "zh-Hant", statuses: Iterable[Status] = LIVE) -> tuple[str, ...]:
    """What the term is in the other language, the preferred one first: English of Chinese, Chinese of English."""
    wanted = frozenset(statuses)
    language: Language = chinese if match.term.language == "en" else "en"
    concepts = (match.concept, *match.others)
    terms = [t for type in ("full form", "acronym") for c in concepts for t in c.of(language, type) if t.status in wanted]
    return tuple(dict.fromkeys(t.text for t in terms))


def _plain(text: str) -> str:
    return fold(text).translate(_ALIKE)


def _key(term: str, acronym: bool) -> str:
    plain = " ".join(_plain(term).split())
    return plain if acronym else plain.lower()


def _begins(text: str, at: int, acronym: bool) -> bool:
    """Whether a Latin word begins there. Half of a hyphenated one counts for acronyms alone."""
    if at and _latin(text[at - 1]):
        return False
    return acronym or at < 2 or text[at - 1] not in _HYPHENS or not _latin(text[at - 2])


def _ends(text: str, at: int, acronym: bool, plural: bool) -> int:
    """Where the Latin word ends whose singular ends at ``at``; 0 where it goes on."""
    if plural and text[at : at + 1] == "s":
        at += 1
    if at < len(text) and _latin(text[at]):
        return 0
    return at if acronym or text[at : at + 1] not in _HYPHENS or not _latin(text[at + 1 : at + 2]) else 0


def _latin(character: str) -> bool:
    return character.isalnum() and not has_chinese(character)


def _longest(found: list[Match]) -> list[Match]:
    taken: list[Match] = []
    covered: set[int] = set()
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if covered.isdisjoint((match.start, match.end - 1)):
            covered.update(range(match.start, match.end))
            taken.append(match)
    return sorted(taken)
