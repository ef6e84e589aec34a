"""How well Chinese characters spell a Latin name.

Both sides become sequences of consonant classes (after the manner of Soundex; vowels say little in transliteration). They are
aligned from their ends, so that one table gives the score of every left boundary at once. Chinese has its reading from
``pypinyin`` (Mandarin); where Cantonese spells otherwise (基 *k*, 希 *h*) the classes are counted as near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import accumulate
from typing import NamedTuple

from pipeline.cachefolder import kept

LAYOUT = 1  # of the readings that are kept: goes up when something else is kept
_COMMON = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))

# Rewritten in this order before the letters are classed.
_DIGRAPHS = (
    ("tch", "J"),
    ("sch", "S"),
    ("sh", "S"),
    ("ch", "J"),
    ("ph", "F"),
    ("th", "T"),
    ("ck", "K"),
    ("kn", "N"),
    ("wr", "L"),
    ("wh", "W"),
    ("gh", "K"),
    ("qu", "KW"),
    ("x", "KS"),
    ("tz", "C"),
    ("ts", "C"),
    ("ce", "Se"),
    ("ci", "Si"),
    ("cy", "Sy"),
    ("ge", "Je"),
    ("gi", "Ji"),
    ("ll", "L"),
    ("rr", "L"),
    ("ss", "S"),
    ("tt", "T"),
    ("nn", "N"),
    ("mm", "M"),
    ("pp", "P"),
    ("dd", "T"),
    ("bb", "P"),
    ("ff", "F"),
    ("gg", "K"),
    ("cc", "K"),
    ("zz", "C"),
)
_LETTERS = dict(zip("bpmfvdtnlrgkcqhjszwy", "PPMFWTTNLRKKKKHJSCWY", strict=True))
_INITIALS = {
    "b": "P",
    "p": "P",
    "m": "M",
    "f": "F",
    "d": "T",
    "t": "T",
    "n": "N",
    "l": "L",
    "g": "K",
    "k": "K",
    "h": "H",
    "j": "J",
    "q": "J",
    "x": "X",
    "zh": "J",
    "ch": "J",
    "sh": "S",
    "r": "L",
    "z": "C",
    "c": "C",
    "s": "S",
    "w": "W",
    "y": "Y",
}
_NEAR = {
    frozenset(pair): value
    for pair, value in {
        "LR": 0.9,
        "MN": 0.6,
        "SC": 0.8,
        "SJ": 0.6,
        "JC": 0.8,
        "XS": 0.9,
        "XH": 0.6,
        "XJ": 0.6,
        "JK": 0.5,
        "JT": 0.5,
        "TC": 0.4,
        "FW": 0.8,
        "HK": 0.5,
        "HF": 0.5,
        "YJ": 0.6,
        "PF": 0.5,
        "PW": 0.4,
        "TS": 0.4,
        "WK": 0.3,
        "HW": 0.5,
        "XK": 0.3,
        "YK": 0.3,
        "VY": 0.8,
        "VW": 0.6,
        "VH": 0.6,
        "PM": 0.2,
    }.items()
}
_WEAK = {"R": 0.1, "H": 0.2, "Y": 0.2, "W": 0.4, "V": 0.1, "N": 0.4, "L": 0.4}  # what it costs to leave a class unspelled


@lru_cache(maxsize=8192)
def consonants(token: str) -> str:
    """The consonant classes of one word in Latin letters; ``V`` for a vowel at its beginning."""
    plain = "".join(c for c in unicodedata.normalize("NFD", token.lower()) if c.isascii() and c.isalpha())
    vowel = "V" if plain[:1] in tuple("aeiou") else ""
    plain = re.sub("gh(?=t|$)|(?<=m)b$|e$", "", plain)
    for old, new in _DIGRAPHS:
        plain = plain.replace(old, new)
    return vowel + "".join(c if c.isupper() else _LETTERS.get(c, "") for c in plain)


def _read(char: str) -> str:
    """The reading of a character by pypinyin, or nothing."""
    from pypinyin import Style, pinyin

    read = str(pinyin(char, style=Style.NORMAL)[0][0])
    return read if read.isascii() and read.isalpha() else ""


@cache
def _readings() -> dict[str, str]:
    """The readings of the ideographs of running text, kept in the user's cache folder: to import pypinyin takes longer than all
    else that a short report needs."""
    chars = [chr(k) for block in _COMMON for k in block]
    name = "pypinyin"
    readings = kept("readings", (name, version(name), LAYOUT), lambda: " ".join(_read(char) for char in chars))
    return dict(zip(chars, readings.split(" "), strict=True))


@lru_cache(maxsize=16384)
def syllable(char: str) -> str:
    """The reading of a character in Hanyu Pinyin without its tone, or nothing."""
    if char < "\u3400":
        return ""
    known = _readings().get(char)
    return _read(char) if known is None else known


@lru_cache(maxsize=16384)
def spelled(char: str) -> str:
    """The consonant classes of a character's reading: of its initial, and ``N`` for a nasal at its end."""
    read = syllable(char)
    if not read:
        return ""
    if read == "er":
        return "L"
    two = read[:2]
    first = _INITIALS.get(two) or _INITIALS.get(read[0], "V")
    return first + ("N" if read[-1] == "n" or read.endswith("ng") else "")


@lru_cache(maxsize=16384)
def _steps(char: str) -> tuple[tuple[str, float, float], ...]:
    """The classes of a character's reading from the last to the first: what each counts, what it costs to leave it out."""
    return tuple((c, 0.3 if c == "V" else 1.0, _WEAK.get(c, 0.7)) for c in reversed(spelled(char)))


# class -> class that it may stand for -> how near it is; a vowel says little
_NEAREST: dict[str, dict[str, float]] = {c: {c: 0.3 if c == "V" else 1.0} for c in "PMFTNLKHJXCSWYV"}
for _pair, _value in _NEAR.items():
    for _one in _pair:
        _NEAREST.setdefault(_one, {})[next(iter(_pair - {_one}))] = _value * (0.3 if "V" in _pair else 1.0)


class _Target(NamedTuple):
    """What Chinese is set against: the classes of Latin words, from the last to the first.

    ``gaps``: what it costs to leave each unspelled; ``row``: the first row of the table; ``full``: what the first classes are
    worth; ``starts``: how many classes the last words have; ``cheapest``: what so many gaps cost at least. ``gains`` and
    ``beside`` are filled as classes are asked for: what a Chinese class gains beside each class, and the same as bits, set
    where it gains anything.
    """

    english: list[str]

    gaps: list[float]
    row: list[float]
    full: list[float]
    starts: list[int]
    cheapest: list[float]
    gains: dict[str, list[float]]
    beside: dict[str, int]


@lru_cache(maxsize=1024)
def _target(tokens: tuple[str, ...]) -> _Target | None:
    """None where there is nothing to spell."""
    english: list[str] = []
    starts: set[int] = set()
    for token in reversed(tokens):
        classes = consonants(token)
        english += reversed(classes)
        if classes.strip("V"):
            starts.add(len(english))
    if not english or not starts:
        return None
    gaps = [_WEAK.get(c, 0.7) for c in english]
    row, full = [0.0], [0.0]
    for c, gap in zip(english, gaps, strict=True):
        row.append(row[-1] - gap)
        full.append(full[-1] + (0.3 if c == "V" else 1.0))
    return _Target(english, gaps, row, full, sorted(starts), [0.0, *accumulate(sorted(gaps))], {}, {})


def scores(chars: str, tokens: Sequence[str]) -> list[float]:
    """For every ``k`` how well ``chars[k:]`` spells the tokens or their last ones, from 0 to 1.

    Needleman and Wunsch (1970) from right to left; the total is set against what a perfect spelling would have.
    """
    target = _target(tuple(tokens))
    out = [0.0] * len(chars)
    if target is None:
        return out
    english, gaps, row, full, starts, _, gains, _ = target
    size = 0.0
    for k in range(len(chars) - 1, -1, -1):
        for c, worth, drop in _steps(chars[k]):
            size += worth
            if c not in gains:
                near = _NEAREST[c]
                gains[c] = [near.get(e, 0.0) for e in english]
            before = row[0]
            last = before - drop
            new = [last]
            for above, gap, gain in zip(row[1:], gaps, gains[c], strict=True):
                best = above - drop
                if last - gap > best:
                    best = last - gap
                if gain and before + gain > best:  # a gain of 0 is none
                    best = before + gain
                new.append(best)
                before, last = above, best
            row = new
        for j in starts:
            value = row[j] / max(0.5 * (size + full[j]), 1.3)
            if value > out[k]:
                out[k] = value
    return out


def at_most(chars: str, token: str) -> float:
    """No less than the best of ``scores(chars, [token])``, at a fraction of its cost.

    A class gains 1 at most, so no alignment gains more than the longest common subsequence has classes, all that are near
    counted as equal, and it pays for the classes of the token that are not in it. Bit-parallel (Hyyrö 2004): a bit of ``free``
    is 0 for each class of the subsequence.
    """
    target = _target((token,))
    if target is None:
        return 0.0
    width = len(target.gaps)
    every = free = before = (1 << width) - 1
    best = size = 0.0
    for char in reversed(chars):
        for c, worth, _ in _steps(char):
            size += worth
            beside = target.beside.get(c)
            if beside is None:
                near = _NEAREST[c]
                beside = target.beside[c] = sum(1 << j for j, e in enumerate(target.english) if e in near)
            free = ((free + (free & beside)) | (free & ~beside)) & every
        if free != before:  # the others only make it longer
            before, left = free, free.bit_count()
            best = max(best, (width - left - target.cheapest[left]) / max(0.5 * (size + target.full[-1]), 1.3))
    return best


def spells(chars: str, token: str, least: float = 0.0) -> float:
    """How well the characters spell one word, from 0 to 1; 0 where a quick look tells that it is less than ``least``."""
    found = scores(chars, [token]) if at_most(chars, token) > least - 0.01 else []
    return found[0] if found else 0.0
