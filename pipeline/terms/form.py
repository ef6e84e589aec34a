"""Evidence from form and repetition: what stands before a candidate, how it begins, how long it is, where else it stands."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from pipeline.terms import lattice
from pipeline.terms.latin import letters_of, taxon
from pipeline.terms.lexicon import (
    content_words,
    left_word,
    left_words,
    meanings,
    opening_lengths,
    part_of_speech,
    stem,
    territories,
    territory_beginnings,
    titles,
)
from pipeline.terms.query import Lookup, Query, known_english, small
from pipeline.terms.signs import FOREIGN, FUNCTION, PERSONAL, STRONG
from pipeline.terms.window import COUNTED, DOTS, Window

_AND = re.compile(r"&|,|\b(?:and|or|of|for|with|und|et|y|e)\b", re.I)
_WORD = re.compile("[a-z0-9]+")
_JOINING = FUNCTION | STRONG


def form(
    window: Window,
    chars: str,
    query: Query,
    sort: str,
    cuts: frozenset[int] | None,
    cut: lattice.Cuts,
    out: dict[int, dict[str, float]],
    lookup: Lookup,
) -> None:
    """What stands before each candidate, how it begins, what is in it, how long it is."""
    size = len(chars)
    expected = _expected(query, sort)
    parts = len(content_words(query.english or known_english(query))) if sort != "person" else 0
    surpassing = "more words than the English" + (", a common noun" if query.english[:1].islower() else "")
    beginnings = territory_beginnings() if sort in ("phrase", "acronym") else frozenset()
    crossing, longest = _words(lookup)
    # running totals: how many characters of a kind stand before each place
    told = [0, *accumulate(map(str.isalnum, chars))]
    strong = [0, *accumulate(map(STRONG.__contains__, chars))]
    joining = [0, *accumulate(map(FUNCTION.__contains__, chars))]
    joined = _conjunction(query.english) if joining[-1] else ""
    for k, evidence in out.items():
        left, length, first, ends = size - k, told[size] - told[k], chars[k], lookup.ends[k]
        if k:
            evidence["left " + _left(chars, k, longest[k])] = 1.0
            if crossing[k]:
                evidence["cuts a word"] = 1.0
            if cut.loss[k] > 0.05:
                evidence["tears words"] = min(cut.loss[k], 12.0) / 4
            evidence["behind " + _one(cut.left[k])] = 1.0
            if cut.nouns[k] > 1:
                evidence["behind several nouns"] = min(cut.nouns[k] - 1, 3)
        else:
            evidence[_edge(window)] = 1.0
            if not window.quoted and length <= expected * 1.5:
                evidence["the whole clause"] = 1.0
            if not window.quoted and window.alone:
                evidence["whole line"] = 1.0
        if cut.odd[k]:
            evidence["adverb or preposition inside"] = min(cut.odd[k], 3)
        if cut.verbs[k]:
            evidence["verb inside"] = min(cut.verbs[k], 2)
        if parts:
            surplus = cut.words[k] - parts
            name = "fewer words than the English" if surplus < 0 else surpassing
            evidence[name] = min(abs(surplus), 6) / 3
        evidence["begins with " + _one(cut.right[k])] = 1.0
        if k and cuts is not None and window.offsets[k] not in cuts:
            evidence["no word begins here"] = 1.0
        if (
            first in FOREIGN
            and sort != "person"
            and (k == 0 or chars[k - 1] not in FOREIGN)
            and _foreign_length(chars, k) > 2
        ):
            evidence["foreign characters begin"] = 1.0
        _beginning(chars, k, evidence, lookup)
        if left > 3 and k > 2 and chars[k - 1] in FUNCTION and chars[k - 3 : k - 1] == chars[-2:]:
            evidence["behind one of the same kind"] = 1.0  # 甲組織與乙組織
        inside = strong[size - 1] - strong[k + 1]  # of the last and the only character: 0 or less
        if inside > 0:
            evidence["function word inside"] = min(inside, 3)
        if joining[size - 1] > joining[k + 1]:
            evidence[joined] = 1.0
        if length > expected * 1.2:
            evidence["too long"] = min((length - expected) / expected, 3.0)
        elif length < expected * 0.8:
            evidence["too short"] = (expected - length) / expected
        if left > 1 and ends and ends[-1] == size:
            evidence["a known word"] = 1.0 if left < 4 else 2.0
        if left > 3 and first in beginnings:
            place = _territory(chars, k, lookup)
            if place and _unsaid(place, query):
                evidence["country not in the English"] = 1.0
        if first.isascii() and first.isalnum():
            evidence["begins with Latin or figures"] = 1.0
            word = _WORD.match(chars, k)
            if query.english and word and word.group() in small(query.english):
                evidence["the English has it too"] = 1.0
    if sort == "person":
        _of_person(chars, cut, out, told)


def _conjunction(english: str) -> str:
    """What a conjunction in the Chinese is: whether the English has one too, where there is English."""
    if not english:
        return "conjunction inside"
    return "conjunction inside, " + ("as in the English" if _AND.search(english) else "not in the English")


@cache
def _one(sort: str) -> str:
    """A class of words with its article."""
    return ("an " if sort[:1] in ("a", "e", "i", "o", "u") else "a ") + sort


def _edge(window: Window) -> str:
    """What stands before the first character of a window."""
    if window.quoted:
        return "whole quotation"
    if window.stop and window.stop in '「『《〈“‘【"':
        return "quotation begins"
    return "list comma" if window.stop == "、" else "clause begins"


def _beginning(chars: str, k: int, evidence: dict[str, float], lookup: Lookup) -> None:
    """How a candidate begins: with a function word, with a word that seldom begins a name."""
    first = chars[k]
    if first in _JOINING:
        evidence["begins with a function character"] = 1.0
        if not lookup.begins(k):
            evidence["begins with a function word"] = 1.0
    elif first in left_words() and len(chars) - k > 2 and not lookup.begins(k):
        evidence["begins with a function word"] = 1.0
    else:
        opening = _opening(chars, k, lookup)
        if opening:
            evidence["begins with " + opening] = 1.0


def _of_person(chars: str, cut: lattice.Cuts, out: dict[int, dict[str, float]], told: list[int]) -> None:
    """What tells a person's name: the characters that spell foreign names, its length, its dots, a title that is none of it."""
    size = len(chars)
    dots = [k for k, c in enumerate(chars) if c in DOTS]
    spelled = [0, *accumulate(c in FOREIGN and c not in DOTS for c in chars)]
    known = titles()
    title = max((j for j in range(size) for n in (2, 3, 4) if j + n < size and chars[j : j + n] in known), default=-1)
    for k, evidence in out.items():
        length = told[size] - told[k]
        evidence["foreign characters"] = (spelled[size] - spelled[k]) / max(1, size - k - sum(d >= k for d in dots))
        if k and chars[k - 1] in FOREIGN and chars[k - 1] not in DOTS and evidence.get("left title") is None:
            evidence["foreign character before"] = 1.0
        if k and chars[k - 1] not in FOREIGN and spelled[size] - spelled[k] == size - k:
            evidence["foreign characters begin"] = 1.0
        evidence["length " + str(min(length, 5))] = 1.0
        if k > 1 and cut.left[k] == "noun" and chars[k - 1] in PERSONAL and "left title" not in evidence:
            evidence["behind a word for a person"] = 1.0
        if dots and k and (chars[k - 1] in DOTS or dots[-1] < k):
            evidence["dotted name cut"] = 1.0
        if title >= k:
            evidence["title inside"] = 1.0


def _expected(query: Query, sort: str) -> float:
    """How many characters the Chinese of a gloss would have."""
    if sort == "person":
        return 4.0
    if sort == "short":
        return 2.2 * len(query.short)
    if sort == "acronym":
        known = known_english(query)
        return max(2.0, 2.0 * len(content_words(known))) if known else max(4.0, 2.3 * sum(c.isalpha() for c in query.acronym))
    return max(2.5, 2.1 * len(content_words(query.english)))


def _words(lookup: Lookup) -> tuple[list[bool], list[int]]:
    """For each place whether a word of two to five characters stands across it, and how long the longest word of up to four is
    that ends there."""
    across = [False] * (len(lookup.ends) + 1)
    longest = [0] * (len(lookup.ends) + 1)
    for k, ends in enumerate(lookup.ends):
        for end in ends:
            length = end - k
            if 1 < length < 6:
                for j in range(k + 1, end):
                    across[j] = True
                if longest[end] < length < 5:
                    longest[end] = length
    return across, longest


def _left(chars: str, k: int, longest: int) -> str:
    """What stands before a candidate; ``longest``: characters of the longest word of the lexicon that ends there."""
    last = chars[k - 1]
    if last in DOTS or last in "-－–—/":
        return "sign"
    if last.isascii() and last.isalnum():
        return "Latin or figure"
    if last in COUNTED and k > 1 and (chars[k - 2].isdigit() or (k > 2 and chars[k - 3] == "第")):
        return "date"
    found = left_word(chars, k)
    if found and found[1] == "title" and len(found[0]) > 1:
        return "title"
    if (
        last in FOREIGN
        and chars[k] in FOREIGN
        and k > 1
        and (chars[k - 2] in FOREIGN or (k + 1 < len(chars) and chars[k + 1] in FOREIGN))
    ):
        return "foreign character"
    if found and len(found[0]) > 1:
        return found[1]
    for length in range(longest, 1, -1):
        speech = part_of_speech(chars[k - length : k])
        if speech:
            return "word of the dictionary: " + speech
    if found:
        return found[1] + " of one character"
    return "preposition of one character" if last in STRONG else "other"


def _opening(chars: str, k: int, lookup: Lookup) -> str:
    """The word that a candidate begins with, where it is one that stands before a term, or a verb, and no longer word does."""
    left = len(chars) - k
    longer = 0
    for end in lookup.ends[k]:
        if 2 < end - k < 6 and end < len(chars):
            longer = end - k
    for length in opening_lengths().get(chars[k], ()):
        sort = left_words().get(chars[k : k + length]) if longer <= length < left else None
        if sort:
            return f"a word of class {sort}"
    return "a verb of the dictionary" if left > 2 and not longer and part_of_speech(chars[k : k + 2]) == "verb" else ""


def _territory(chars: str, k: int, lookup: Lookup) -> frozenset[str]:
    """What the territory means that a candidate begins with, where there is one."""
    known = territories()
    for end in reversed(lookup.ends[k]):
        if 1 < end - k < 7 and end < len(chars) and chars[k:end] in known:
            return meanings(chars[k:end])
    return frozenset()


def _unsaid(place: frozenset[str], query: Query) -> bool:
    """Whether neither the English nor the acronym of a gloss can hold what a territory means."""
    if not place.isdisjoint(map(stem, content_words(query.english))) or taxon(query.english):
        return False
    return not _of_country(query.acronym, place)


def _of_country(acronym: str, place: frozenset[str]) -> bool:
    """Whether a letter at an acronym's end or beginning can stand for the country that begins the name."""
    letters = letters_of(acronym)
    return len(letters) > 2 and any(name[:1] in (letters[0], letters[-1]) for name in place)


def _foreign_length(chars: str, k: int) -> int:
    """How many characters from ``k`` on foreign names are written with."""
    end = k
    while end < len(chars) and chars[end] in FOREIGN:
        end += 1
    return end - k


def repetition(size: int, seen: dict[int, int], out: dict[int, dict[str, float]]) -> None:
    """Elsewhere the same characters stand with another left context, or always with the same. Of a word of the dictionary that
    says little: 圖書館 ends many names."""
    rest, longer = sorted(seen), 0
    for k, evidence in out.items():  # the longest candidate first
        length = size - k
        here = seen.get(length, 0)
        while rest and rest[-1] > length:
            longer += seen[rest.pop()]
        sort = "a short one" if length < 3 else "a long one" if length > 4 else "one"
        if here and "a known word" in evidence:
            evidence["a known word, alone elsewhere"] = min(here, 3) ** 0.5
        elif here:
            evidence[f"alone elsewhere, {sort}"] = min(here, 3) ** 0.5
        if longer:
            evidence["longer elsewhere"] = 1.0
            if not here:
                evidence["never alone elsewhere"] = min(longer, 3) ** 0.5
