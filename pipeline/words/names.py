"""Names that the words of the dictionary take apart: foreign names in Chinese characters, people beside their titles.

Both work on the tokens of one paragraph, and give tokens of the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.data import table
from pipeline.document import Token
from pipeline.scripts.convert import convert
from pipeline.words.tokenizer import EDGE, FOREIGN

SHORTEST = 3  # characters of a foreign name
GIVEN = -11.5  # a given name is no word of the dictionary that is more likely than this (a logarithm)

Known = Callable[[str], float | None]  # the logarithm of a word's probability, nothing for what is no word


@cache
def _foreign() -> re.Pattern[str]:
    both = FOREIGN | set(convert("".join(sorted(FOREIGN)), "t2s"))
    return re.compile(f"[{''.join(sorted(both))}]{{{SHORTEST},}}")


@cache
def _surnames() -> frozenset[str]:
    rows = {row[0] for row in table("surnames.tsv")}
    return frozenset(rows | set(convert("\n".join(sorted(rows)), "t2s").split("\n")))


@cache
def _titles() -> frozenset[str]:
    rows = {row[0] for row in table("titles.tsv")}
    return frozenset(rows | set(convert("\n".join(sorted(rows)), "t2s").split("\n")))


def foreign_names(text: str, tokens: list[Token], known: Known) -> list[Token]:
    """Neighbours that consist of the characters of foreign names are one name, if one is a single character or no word."""
    out: list[Token] = []
    k = 0
    for run in _foreign().finditer(text):
        while k < len(tokens) and tokens[k].start < run.start():
            out.append(tokens[k])
            k += 1
        first = k
        while k < len(tokens) and tokens[k].end <= run.end():
            k += 1
        low, high = first, k
        while low < high and text[tokens[low].start : tokens[low].end] in EDGE:
            low += 1
        while low < high and text[tokens[high - 1].start : tokens[high - 1].end] in EDGE:
            high -= 1
        words = [text[t.start : t.end] for t in tokens[low:high]]
        if len(words) > 1 and sum(map(len, words)) >= SHORTEST and any(len(w) == 1 or not known(w) for w in words):
            out += [*tokens[first:low], Token(tokens[low].start, tokens[high - 1].end), *tokens[high:k]]
        else:
            out += tokens[first:k]
    return out + tokens[k:]


def people(text: str, tokens: list[Token], known: Known) -> list[Token]:
    """A surname and the given name behind it are one word where a title stands before or after them."""
    words = [text[t.start : t.end] for t in tokens]
    surnames, titles = _surnames(), _titles()
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        stop = _person(words, k, known) if words[k] in surnames and tokens[k].kind == "word" else k
        titled = stop > k and ((k and _ends_in(words[k - 1], titles)) or (stop < len(words) and _ends_in(words[stop], titles)))
        if titled and tokens[stop - 1].end - tokens[k].start == sum(map(len, words[k:stop])):
            out.append(Token(tokens[k].start, tokens[stop - 1].end))
            k = stop
        else:
            out.append(tokens[k])
            k += 1
    return out


def _person(words: list[str], k: int, known: Known) -> int:
    """The index behind the given name that follows the surname ``words[k]``, or ``k`` where none does."""
    if k + 1 < len(words) and len(words[k + 1]) == 2 and _han(words[k + 1]):
        common = known(words[k + 1])
        return k + 2 if not common or common < GIVEN else k
    if k + 2 < len(words) and all(len(w) == 1 and _han(w) for w in words[k + 1 : k + 3]):
        return k + 3 if all((known(w) or GIVEN) < -8 for w in words[k + 1 : k + 3]) else k
    return k


def _han(word: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def _ends_in(word: str, titles: frozenset[str]) -> bool:
    return any(word[-n:] in titles for n in (2, 3, 4) if n <= len(word))
