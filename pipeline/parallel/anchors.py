"""What tells that sentences are translations of each other: words, numbers, Latin names, acronyms, and the glossary's pairs.

Each sentence is read as *units* (a word, a number, a name), each with the keys under which the other language may have it, and
as the set of keys that it *offers*. A unit that the other side offers speaks for the pair, and the more so the fewer sentences
offer it; one that it does not offer speaks against it. That is the log-likelihood ratio of a naive Bayes classifier, in which
how often a unit is found by chance is counted in the report itself (the idea of weighting dictionary words by how rare they
are is that of Champollion: Ma, *Champollion: A Robust Parallel Text Sentence Aligner*, LREC 2006).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from math import log

from msgspec import Struct

from pipeline.parallel.names import capitals
from pipeline.parallel.numbers import NUMBER_WORDS, in_chinese, in_english, plain_number
from pipeline.scripts.detect import fold
from pipeline.terms.latin import LATIN, is_acronym
from pipeline.terms.lexicon import LONGEST, content_words, is_word, meanings, stem
from pipeline.terms.signs import FUNCTION, STRONG

Keys = frozenset[str]

_LATIN_WORD = re.compile(rf"[{LATIN}][{LATIN}0-9&+./\-]*[{LATIN}0-9+]|[{LATIN}]")
_SPELLED = re.compile(rf"([A-Z][{LATIN}0-9&'’\-]*(?: (?:of|and|the|for|in|on|to|de|&|[A-Z0-9][{LATIN}0-9&'’\-]*))+) ?"
                      r"[(（]([A-Z][A-Za-z0-9&.\-]{1,9})[)）]")
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

# How often a unit of a translated sentence is found on the other side, by kind; estimates from hand-aligned reports.
FOUND = {"word": 0.65, "name": 0.88, "figure": 0.93, "small number": 0.6, "label": 0.35, "latin": 0.9, "acronym": 0.6}
MOST = 4.0  # what one unit can say for a pair
SMOOTH = 0.5


class Unit(Struct, frozen=True):
    """A word, number or name, found on the other side if any of its keys is offered there."""

    keys: Keys
    kind: str


class Reading(Struct, frozen=True):
    """What a sentence says, as :class:`Unit` s, and what it offers to those of the other side. ``size`` in characters."""

    units: tuple[Unit, ...]
    offers: Keys
    size: int


class Pairs(Struct, frozen=True):
    """Known pairs: Chinese (folded) -> its English; acronym -> what it stands for."""

    english: dict[str, tuple[str, ...]] = {}
    expansions: dict[str, tuple[str, ...]] = {}


def spelled_out(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Acronyms with the name before them, of which they need not be the initials: *Swedish Transport Administration (TrV)*."""
    out: dict[str, list[str]] = {}
    for text in texts:
        for m in _SPELLED.finditer(text):
            out.setdefault(m[2].rstrip("."), []).append(m[1])
    return {acronym: tuple(dict.fromkeys(found)) for acronym, found in out.items()}


def read_chinese(text: str, words: Iterable[str], pairs: Pairs = Pairs()) -> Reading:
    """A Chinese sentence, given with its words."""
    folded = fold(text)
    offers = set(rendered(text))
    units: list[Unit] = []
    for word in map(fold, words):
        if len(word) < 2 or not _RUN.search(word) or all(c in FUNCTION or c in STRONG for c in word):
            continue
        keys = meanings(word) or (_rendered(word) if len(word) > 2 else frozenset())
        if keys:
            units.append(Unit(keys, "word"))
    for zh, known in pairs.english.items():
        if zh in folded:
            keys = frozenset(stem(w) for en in known for w in content_words(en))
            keys |= {en.casefold() for en in known if is_acronym(en)}
            offers |= keys
            units.append(Unit(keys, "name"))
    for number in in_chinese(text):
        units.append(Unit(number, _sort(number)))
        offers |= number
    for word in _latin(text):
        offers |= {word.casefold(), stem(word)}
        offers.update(stem(w) for phrase in pairs.expansions.get(word, ()) for w in content_words(phrase))
        units.append(Unit(frozenset({word.casefold(), stem(word)}), "latin"))
    return Reading(tuple(units), frozenset(offers), _size(text))


def read_english(text: str, pairs: Pairs = Pairs()) -> Reading:
    """An English sentence."""
    offers: set[str] = set()
    units: list[Unit] = []
    numbers = in_english(text)
    names = {part for name in capitals(text) for part in name.split("-")}
    for word in dict.fromkeys(_latin(text)):
        parts = [p for p in re.split(r"[-/.]", word) if p]
        for part in dict.fromkeys((word, *parts)):
            offers |= {part.casefold(), stem(part)}
        if is_acronym(word):
            keys = {stem(w) for phrase in pairs.expansions.get(word, ()) for w in content_words(phrase)} | {word.casefold()}
            offers |= keys
            units.append(Unit(frozenset(keys), "acronym"))
            continue
        said = (p for p in parts if len(p) > 1 and content_words(p) and p.lower() not in NUMBER_WORDS)
        units += (Unit(frozenset({stem(p), p.casefold()}), "name" if p in names else "word") for p in said)
    for number in numbers:
        units.append(Unit(number, _sort(number)))
        offers |= number
    return Reading(tuple(dict.fromkeys(units)), frozenset(offers), _size(text))


class Evidence:
    """The log-likelihood ratio of any sentences of one side being the translation of some of the other.

    ``chinese`` and ``english`` are all sentences of a report: from them is counted what is found by chance.
    """

    def __init__(self, chinese: Sequence[Reading], english: Sequence[Reading]):
        self.chinese, self.english = chinese, english
        self._zh = _Side(chinese, english)
        self._en = _Side(english, chinese)

    def of(self, zh: Sequence[int], en: Sequence[int]) -> float:
        """For these sentences, taken together; half of what either side says of the other, for they say much the same."""
        return 0.5 * (self._zh.score(zh, en) + self._en.score(en, zh))

    @cached_property
    def matrix(self) -> list[list[float]]:
        """:meth:`of` every pair of single sentences."""
        zh, en = self._zh.each(), self._en.each()
        return [[0.5 * (zh[i][j] + en[j][i]) for j in range(len(self.english))] for i in range(len(self.chinese))]


class _Side:
    """The units of one side, each with how likely another sentence offers it by chance."""

    def __init__(self, own: Sequence[Reading], other: Sequence[Reading]):
        self.other = other
        offering: dict[str, set[int]] = {}
        for k, reading in enumerate(other):
            for key in reading.offers:
                offering.setdefault(key, set()).add(k)
        self.mean = max(1.0, sum(r.size for r in other) / max(1, len(other)))
        empty: set[int] = set()
        found: dict[Unit, set[int]] = {}
        for reading in own:
            for unit in reading.units:
                if unit not in found:
                    found[unit] = empty.union(*(offering.get(key, empty) for key in unit.keys))
        count = len(other) + 1
        # units that no sentence offers say nothing: the dictionary does not know them, or they were not translated at all
        self.units = [[(found[u], FOUND[u.kind], (len(found[u]) + SMOOTH) / count) for u in r.units
                       if found[u] or u.kind in ("figure", "latin")] for r in own]
        self._values: dict[tuple[float, float, float], tuple[float, float]] = {}

    def score(self, own: Sequence[int], other: Sequence[int]) -> float:
        ratio = self._ratio(sum(self.other[k].size for k in other))
        total = 0.0
        for k in own:
            for offering, found, chance in self.units[k]:
                hit, miss = self._value(found, chance, ratio)
                total += hit if any(j in offering for j in other) else miss
        return total

    def each(self) -> list[list[float]]:
        """:meth:`score` of each single sentence with each of the other side."""
        ratios = [self._ratio(r.size) for r in self.other]
        out = []
        for units in self.units:
            missed = {ratio: sum(self._value(p, q, ratio)[1] for _, p, q in units) for ratio in set(ratios)}
            row = [missed[ratio] for ratio in ratios]
            for offering, found, chance in units:
                for j in offering:
                    hit, miss = self._value(found, chance, ratios[j])
                    row[j] += hit - miss
            out.append(row)
        return out

    def _ratio(self, size: int) -> float:
        return round(max(0.25, min(size / self.mean, 6.0)) * 4) / 4

    def _value(self, found: float, chance: float, ratio: float) -> tuple[float, float]:
        """What a unit says where it is found and where it is not, in a stretch ``ratio`` times as long as the mean sentence."""
        key = found, chance, ratio
        value = self._values.get(key)
        if value is None:
            q = min(1 - (1 - min(chance, 0.9)) ** ratio, 0.98)
            p = max(found, q)
            value = self._values[key] = min(MOST, log(p / q)), log((1 - p) / (1 - q))
        return value


def rendered(text: str) -> Keys:
    """The stems of all that the words of a Chinese text can mean."""
    empty: Keys = frozenset()
    return empty.union(*(_rendered(run[0]) for run in _RUN.finditer(fold(text))))


@lru_cache(maxsize=4096)
def _rendered(run: str) -> Keys:
    """What any word in a run of Chinese characters can mean; single characters only where no longer word stands."""
    out: set[str] = set()
    covered = 0
    for k in range(len(run)):
        longest = 0
        for end in range(min(len(run), k + LONGEST), k + 1, -1):
            if is_word(run[k:end]):
                out |= meanings(run[k:end])
                longest = max(longest, end)
        if not longest and k >= covered and run[k] not in FUNCTION:
            out |= meanings(run[k])
        covered = max(covered, longest)
    return frozenset(out)


def _latin(text: str) -> list[str]:
    return [m[0].rstrip(".-/") for m in _LATIN_WORD.finditer(text)]


def _sort(number: Keys) -> str:
    if any(key.startswith("label") for key in number):
        return "label"
    return "small number" if all(map(plain_number, number)) else "figure"


def _size(text: str) -> int:
    return max(1, sum(not c.isspace() for c in text))
