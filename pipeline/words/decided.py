"""Words that people decided on: where they stand in a text that is already cut, and the forms they have in either script.

An approved word is a word wherever it stands, the longest first. Only where words of the dictionary reach over its ends
does their length decide: 程序 is none in 排程序列, which is 排程 and 序列, while 再生能源 is one in 可再生能源, although
the dictionary has 可再生 too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.document import Token
from pipeline.scripts.convert import convert
from pipeline.scripts.detect import fold

Cut = Callable[[int, int], list[Token]]  # the tokens of text[start:end]


@lru_cache(maxsize=8)
def forms(words: tuple[str, ...]) -> frozenset[str]:
    """The words in both scripts, as Taiwan and Hong Kong print them."""
    return frozenset(form for word in words for form in
                     (word, *(convert(word, config) for config in ("t2s", "s2t", "s2tw", "s2hk", "t2tw", "t2hk"))))


@lru_cache(maxsize=8)
def _index(words: tuple[str, ...]) -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
    """The keys of the words, and for the first character of a key the lengths there are, longest first."""
    keys = frozenset(fold(word) for word in words if len(word) > 1)
    lengths: dict[str, set[int]] = {}
    for key in keys:
        lengths.setdefault(key[0], set()).add(len(key))
    return keys, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def places(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, in either script; they may overlap."""
    keys, lengths = _index(words)
    key = fold(text)
    for start, first in enumerate(key):
        for length in lengths.get(first, ()):
            if key[start : start + length] in keys:
                yield start, start + length


def joined(tokens: list[Token], text: str, words: tuple[str, ...], known: Callable[[str], bool], cut: Cut) -> list[Token]:
    """The tokens with the approved words in them. ``known`` says whether the dictionary has a word; ``cut`` gives the tokens
    of what a word that was cut leaves over."""
    taken = [-1] * len(text)  # which token a character is in
    for k, t in enumerate(tokens):
        taken[t.start : t.end] = [k] * (t.end - t.start)
    chosen: list[tuple[int, int]] = []
    free = [True] * len(text)
    for start, end in sorted(places(text, words), key=lambda place: (place[0] - place[1], place[0])):
        if all(free[start:end]) and taken[start] >= 0 and taken[end - 1] >= 0:
            edges = [tokens[k] for k in {taken[start], taken[end - 1]} if tokens[k].start < start or tokens[k].end > end]
            if all(_gives_way(t, text, start, end, known) for t in edges):
                chosen.append((start, end))
                free[start:end] = [False] * (end - start)
    out: list[Token] = []
    k = at = 0
    for start, end in [*sorted(chosen), (len(text), len(text))]:
        while k < len(tokens) and tokens[k].start < start:
            t = tokens[k]
            if at <= t.start and t.end <= start:
                out.append(t)
            else:
                out += cut(max(t.start, at), min(t.end, start))
            if t.end > end:
                break  # it goes on behind the word
            k += 1
        while k < len(tokens) and tokens[k].end <= end:
            k += 1
        out += [Token(start, end)] if end > start else []
        at = end
    return out


def _gives_way(t: Token, text: str, start: int, end: int, known: Callable[[str], bool]) -> bool:
    """Whether a token that reaches over an end of ``text[start:end]`` gives way to it."""
    if t.kind != "word":
        return False
    return not known(text[t.start : t.end]) or (t.end - t.start < end - start and not (t.start < start and t.end > end))
