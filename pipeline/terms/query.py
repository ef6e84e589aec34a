"""What a gloss asks for, and of which class it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from pipeline.scripts.detect import fold
from pipeline.terms.dictionaries import LIKELY, LONGER, WORD
from pipeline.terms.latin import like_person
from pipeline.terms.lexicon import content_words, definitions, expansions, head_of, heads, meanings, number_of, stem
from pipeline.terms.window import DOTS

_NUMBERED = re.compile(r"[ \-‐]?(?:\d+|[α-ω])$")  # DSM-5, COP 21, TNF-α

Class = Literal["phrase", "person", "acronym", "short"]


class Query(Struct, frozen=True, gc=False):
    """What a gloss says: its English and its acronym, and of which class it is. ``short``: a Chinese short form instead."""

    english: str = ""
    acronym: str = ""
    short: str = ""
    known: str = ""  # what the acronym stands for, where the document or a table says so


def known_english(query: Query) -> str:
    """What the acronym of a gloss stands for, as far as it is known without the gloss."""
    return query.known or expansions().get(query.acronym.upper()) or expansions().get(_NUMBERED.sub("", query.acronym), "")


@lru_cache(maxsize=4096)
def sort_of(before: str, query: Query) -> Class:
    """Of which class a gloss is, given the characters before it. English that is written like a person's name is none where
    the Chinese translates it."""
    if query.short:
        return "short"
    if not query.english:
        return "acronym"
    if not like_person(query.english):
        return "phrase"
    chars = plain(before)
    if not DOTS.isdisjoint(chars):
        return "person"
    head = head_of(chars)
    if head and len(head[0]) > 1:
        return "phrase"
    words = frozenset(stem(w) for w in content_words(query.english) if len(w) > 2)
    size = len(chars)
    for k in range(max(0, size - 12), size):
        for end in range(k + 2, min(size, k + 4) + 1):
            if meanings(chars[k:end]) & words and not _name_of_person(chars[k:end]):
                return "phrase"
    return "phrase" if size and meanings(chars[-1]) & words and chars[-1] in heads() else "person"


def _name_of_person(word: str) -> bool:
    """Whether the dictionary has a word as a name: it spells what it would seem to translate."""
    return any("(name)" in d or "surname" in d or d[:1].isupper() for d in definitions(word)[:2])


def plain(text: str) -> str:
    """Folded and in small letters, at equal length; dots within names stay dots, where a wide one would become a full stop."""
    folded = small(fold(text))
    if DOTS.isdisjoint(text):
        return folded
    return "".join("·" if c in DOTS else d for c, d in zip(text, folded, strict=True))


def small(text: str) -> str:
    """In small letters, at equal length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lookup:
    """The words of the lexicon in a window of folded ``chars``, found once for all evidence.

    ``ends[k]``: where the words end that begin at ``k``, shortest first. ``likely[k]``: where those end that have a likelihood,
    and the number of it. ``meant``: as ``ends``, for the words whose English is known. For training: ``without``, words that
    the dictionary must not know, and ``mute``, words whose English it must not know.
    """

    def __init__(self, chars: str, without: frozenset[str] = frozenset(), mute: frozenset[str] = frozenset()):
        self.without = without
        self.ends: list[list[int]] = []
        self.likely: list[list[tuple[int, int]]] = []
        size = len(chars)
        for k in range(size):
            ends: list[int] = []
            likely: list[tuple[int, int]] = []
            number, end = number_of(chars[k]) | LONGER, k + 1  # beginnings are known from two characters on
            while True:
                if number > LONGER and chars[k:end] not in without:
                    if number & WORD:
                        ends.append(end)
                    if number >> LIKELY:
                        likely.append((end, number >> LIKELY))
                end += 1
                if not number & LONGER or end > size:
                    break
                number = number_of(chars[k:end])
            self.ends.append(ends)
            self.likely.append(likely)
        self.meant = self.ends
        if mute:
            self.meant = [[end for end in ends if chars[k:end] not in mute] for k, ends in enumerate(self.ends)]

    def begins(self, k: int) -> bool:
        """Whether a word of two to four characters begins at ``k``, or the last character of the window is a word."""
        for end in self.ends[k]:
            if end > k + 1:
                return end < k + 5
        return k == len(self.ends) - 1 and bool(self.ends[k])
