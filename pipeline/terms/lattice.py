"""The likeliest words before a gloss, and what a left boundary does to them.

The unigram model of jieba's dictionary (Sun Junyi, jieba 0.42.1: words with counts and parts of speech) gives the characters
before a gloss their likeliest division into words (Viterbi 1967), once with each boundary and once without: a boundary that
costs nothing stands between two words, and the words at its two sides have parts of speech.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.terms.dictionaries import SINGLE, dictionaries
from pipeline.terms.query import Lookup

_UNKNOWN = -19.0  # the logarithm of the probability of a character that no dictionary has
_LATIN = -10.0  # of a run of Latin letters or figures


class Cut(NamedTuple):
    """A boundary: how much less likely the best division into words is with it than without (natural logarithm), and the
    classes of the words at its two sides, ``""`` where there is none."""

    loss: float
    left: str
    right: str


def cuts(chars: str, lookup: Lookup) -> list[Cut]:
    """A :class:`Cut` for each place in folded ``chars``, from before the first character to behind the last."""
    size = len(chars)
    spans = _spans(chars, lookup)
    nothing = float("-inf")
    ahead: list[float] = [nothing] * size + [0.0]  # the best division of chars[k:]
    right = [""] * (size + 1)
    for k in range(size - 1, -1, -1):
        for end, value, sort in spans[k]:
            if value + ahead[end] > ahead[k]:
                ahead[k], right[k] = value + ahead[end], sort
    behind: list[float] = [0.0] + [nothing] * size  # the best division of chars[:k]
    left = [""] * (size + 1)
    for k in range(size):
        if behind[k] == nothing:
            continue
        for end, value, sort in spans[k]:
            if behind[k] + value > behind[end]:
                behind[end], left[end] = behind[k] + value, sort
    return [Cut(ahead[0] - behind[k] - ahead[k], left[k], right[k]) for k in range(size + 1)]


def _spans(chars: str, lookup: Lookup) -> list[list[tuple[int, float, str]]]:
    """For each place the words that begin there: where they end, how likely they are, and their class."""
    size = len(chars)
    table = dictionaries().likely
    out: list[list[tuple[int, float, str]]] = []
    for k, c in enumerate(chars):
        if c.isascii() and c.isalnum():
            end = k + 1
            while end < size and chars[end].isascii() and chars[end].isalnum():
                end += 1
            sort = "number" if chars[k:end].isdigit() else "Latin"
            out.append([(end, _LATIN, sort if end > k + 1 else sort + SINGLE)])
            continue
        here = [(end, *table[number]) for end, number in lookup.likely[k]]
        if not here or here[0][0] > k + 1:
            here.insert(0, (k + 1, _UNKNOWN, ("unknown" if c.isalnum() else "sign") + SINGLE))
        out.append(here)
    return out
