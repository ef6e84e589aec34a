"""The likeliest words before a gloss, and what a left boundary does to them.

The unigram model of jieba's dictionary (Sun Junyi, jieba 0.42.1: words with counts and parts of speech) gives the characters
before a gloss their likeliest division into words (Viterbi 1967), once with each boundary and once without: a boundary that
costs nothing stands between two words, and the words at its two sides have parts of speech.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from pipeline.terms.dictionaries import SINGLE, dictionaries
from pipeline.terms.query import Lookup
from pipeline.terms.signs import FUNCTION

_SIGNS = frozenset({"sign" + SINGLE, "particle" + SINGLE, "conjunction" + SINGLE})
_ODD = frozenset(
    sort + end for sort in ("adverb", "pronoun", "preposition", "particle", "measure") for end in ("", SINGLE)
) - {"particle" + SINGLE}
_NOUNS = frozenset(
    sort + end
    for sort in ("noun", "verbal noun", "place", "person", "organisation", "adjective", "modifier", "unknown")
    for end in ("", SINGLE)
)
_UNKNOWN = -19.0  # the logarithm of the probability of a character that no dictionary has
_LATIN = -10.0  # of a run of Latin letters or figures
_MORE = {  # what no dictionary has: a number below 0 -> how likely it is, and its class
    -1: (_UNKNOWN, "unknown" + SINGLE),
    -2: (_UNKNOWN, "sign" + SINGLE),
    -3: (_LATIN, "Latin"),
    -4: (_LATIN, "Latin" + SINGLE),
    -5: (_LATIN, "number"),
    -6: (_LATIN, "number" + SINGLE),
}


class Cuts(Struct, frozen=True, gc=False):
    """The boundaries of a window, from before its first character to behind the last: how much less likely the best division
    into words is with one than without (natural logarithm), and the classes of the words at its two sides, ``""`` where there
    is none. Of the words behind it: how many there are, and how many between the first and the last of them are verbs, or such
    as seldom stand in a name (adverbs, pronouns, prepositions). Before it: how many nouns and modifiers stand there."""

    loss: list[float]
    left: list[str]
    right: list[str]
    words: list[int]
    verbs: list[int]
    odd: list[int]
    nouns: list[int]


@cache
def _likely() -> tuple[list[float], list[str]]:
    """The likelihoods and the classes, by number; those of ``_MORE`` at the end, so that -1 is the last."""
    table = [*dictionaries().likely, *(_MORE[k] for k in sorted(_MORE))]
    return [value for value, _ in table], [sort for _, sort in table]


def cuts(chars: str, lookup: Lookup, last: int) -> Cuts:
    """The boundaries of folded ``chars``; of those behind ``last``, what is on their right only."""
    size = len(chars)
    spans = _spans(chars, lookup)
    values, sorts = _likely()
    nothing = float("-inf")
    ahead: list[float] = [nothing] * size + [0.0]  # the best division of chars[k:]
    right = [0] * (size + 1)
    following = [size] * (size + 1)
    words, verbs, odd = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for k in range(size - 1, -1, -1):
        best = nothing
        for end, number in spans[k]:
            value = values[number] + ahead[end]
            if value > best:
                best, right[k], following[k] = value, number, end
        ahead[k] = best
        end, sort = following[k], sorts[right[k]]
        words[k] = words[end] + (sort not in _SIGNS)
        verbs[k] = verbs[end] + (sort == "verb" and end < size)
        odd[k] = odd[end] + (sort in _ODD and end < size and chars[k] not in FUNCTION)
    behind: list[float] = [0.0] + [nothing] * size  # the best division of chars[:k]
    left, preceding, nouns = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for k in range(last):
        begun = behind[k]
        if begun == nothing:
            continue
        for end, number in spans[k]:
            value = begun + values[number]
            if value > behind[end]:
                behind[end], left[end], preceding[end] = value, number, k
    for k in range(1, last + 1):
        if sorts[left[k]] in _NOUNS:
            nouns[k] = nouns[preceding[k]] + 1
    whole = ahead[0]
    loss = [whole - a - b for a, b in zip(behind, ahead, strict=True)]
    inside = [verbs[n] for n in following], [odd[n] for n in following]
    return Cuts(loss, [sorts[n] for n in left], [sorts[n] for n in right], words, *inside, nouns)


def _spans(chars: str, lookup: Lookup) -> list[list[tuple[int, int]]]:
    """For each place the words that begin there: where they end, and the number of their likelihood and class."""
    out = lookup.likely.copy()
    for k, here in enumerate(out):
        c = chars[k]
        if c.isascii() and c.isalnum():
            end = k + 1
            while end < len(chars) and chars[end].isascii() and chars[end].isalnum():
                end += 1
            number = -5 if chars[k:end].isdigit() else -3
            out[k] = [(end, number if end > k + 1 else number - 1)]
        elif not here or here[0][0] > k + 1:
            out[k] = [(k + 1, -1 if c.isalnum() else -2), *here]
    return out
