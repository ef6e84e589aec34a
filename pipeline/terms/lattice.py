"""The likeliest words before a gloss, and what a left boundary does to them.

The unigram model of jieba's dictionary (Sun Junyi, jieba 0.42.1: words with counts and parts of speech) gives the characters
before a gloss their likeliest division into words (Viterbi 1967), once with each boundary and once without: a boundary that
costs nothing stands between two words, and the words at its two sides have parts of speech.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import NamedTuple

from pipeline.scripts.detect import fold
from pipeline.terms.lexicon import part_of_speech

COMMON = 5  # count below which a word of the dictionary is left out: most of those are names that occurred once
LONGEST = 5  # characters of the longest word that is looked at
_UNKNOWN = -19.0  # the logarithm of the probability of a character that no dictionary has
_LATIN = -10.0  # of a run of Latin letters or figures
_GENERAL = -15.5  # of a word that only CC-CEDICT has

# jieba's tags (after ICTCLAS) -> what they mean for a boundary
_CLASSES = {
    "a": "adjective", "ad": "adverb", "an": "noun", "b": "modifier", "c": "conjunction", "d": "adverb", "f": "place word",
    "g": "noun", "i": "noun", "j": "noun", "k": "affix", "l": "noun", "m": "number", "mq": "number", "n": "noun",
    "ng": "noun", "nr": "person", "nrfg": "person", "nrt": "person", "ns": "place", "nt": "organisation", "nz": "noun",
    "p": "preposition", "q": "measure", "r": "pronoun", "s": "place word", "t": "time", "u": "particle", "v": "verb",
    "vd": "verb", "vg": "verb", "vn": "verbal noun", "y": "particle", "z": "noun",
}  # fmt: skip


class Cut(NamedTuple):
    """A boundary: how much less likely the best division into words is with it than without (natural logarithm), and the
    classes of the words at its two sides, ``""`` where there is none."""

    loss: float
    left: str
    right: str


@cache
def _words() -> dict[str, tuple[float, str]]:
    """Folded word -> the logarithm of its probability, and its class."""
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
                out[word] = value, _CLASSES.get(tag) or _CLASSES.get(tag[:1], "noun")
    return out


def look(word: str) -> tuple[float, str] | None:
    """How likely a folded word is, and its class; None where it is no word."""
    found = _words().get(word)
    if found is None and len(word) > 1:
        speech = part_of_speech(word)
        found = (_GENERAL - len(word), speech) if speech else None
    return found


def cuts(chars: str, without: frozenset[str] = frozenset()) -> list[Cut]:
    """A :class:`Cut` for each place in folded ``chars``, from before the first character to behind the last.

    ``without``: words that the dictionary must not know (for training).
    """
    size = len(chars)
    spans: list[list[tuple[int, float, str]]] = []
    for k in range(size):
        if chars[k].isascii() and chars[k].isalnum():
            end = k + 1
            while end < size and chars[end].isascii() and chars[end].isalnum():
                end += 1
            spans.append([(end, _LATIN, "number" if chars[k:end].isdigit() else "Latin")])
            continue
        here = []
        for end in range(k + 1, min(size, k + LONGEST) + 1):
            word = chars[k:end]
            found = look(word) if word not in without else None
            if found:
                here.append((end, found[0], found[1]))
            elif end == k + 1:
                here.append((end, _UNKNOWN, "unknown" if word.isalnum() else "sign"))
        spans.append(here)
    nothing = float("-inf")
    ahead: list[float] = [nothing] * size + [0.0]  # the best division of chars[k:]
    right = [""] * (size + 1)
    for k in range(size - 1, -1, -1):
        for end, value, sort in spans[k]:
            if value + ahead[end] > ahead[k]:
                ahead[k], right[k] = value + ahead[end], sort if end > k + 1 else sort + " of one character"
    behind: list[float] = [0.0] + [nothing] * size  # the best division of chars[:k]
    left = [""] * (size + 1)
    for k in range(size):
        if behind[k] == nothing:
            continue
        for end, value, sort in spans[k]:
            if behind[k] + value > behind[end]:
                behind[end], left[end] = behind[k] + value, sort if end > k + 1 else sort + " of one character"
    return [Cut(ahead[0] - behind[k] - ahead[k], left[k], right[k]) for k in range(size + 1)]
