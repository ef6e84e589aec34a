"""Where the Chinese term begins: every left boundary is a candidate, evidence adds up, and the best one wins.

For a gloss, the characters before it are a :class:`~pipeline.terms.window.Window`; a candidate is a place in it where the
term may begin. Evidence is of four kinds (translation, sound, form, repetition), each a few numbers; a linear model ranks
the candidates (a conditional logit, McFadden 1974), with weights of its own for phrases, names of people, and acronyms. The
weights are in ``pipeline/data/weights.tsv``; ``bench/training/terms.py`` learns them.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import NamedTuple

from ..data import table
from ..script import fold
from .form import form, repetition
from .query import Lookup, Query, known_english, small, sort_of
from .signs import NEVER, UNLIKELY
from .translation import abbreviation, letters, spelling, translation
from .window import Window

__all__ = ["Place", "Query", "evidences", "rank", "sort_of", "weights"]


class Place(NamedTuple):
    """A candidate: the term begins at ``chars[at]``. ``probability`` among the candidates of its gloss."""

    at: int
    score: float
    probability: float
    evidence: dict[str, float]


@cache
def weights() -> dict[str, dict[str, float]]:
    """Class -> evidence -> weight."""
    out: dict[str, dict[str, float]] = {}
    for sort, name, value in table("weights.tsv"):
        out.setdefault(sort, {})[name] = float(value)
    return out


def rank(
    window: Window,
    query: Query,
    cuts: frozenset[int] | None = None,
    seen: dict[int, int] | None = None,
    without: frozenset[str] = frozenset(),
) -> list[Place]:
    """The candidates of a gloss, best first.

    ``cuts``: text offsets where a segmenter begins a word. ``seen``: how often the window's last characters stand elsewhere
    with another left context: length -> number. ``without``: words that the dictionary must not know (for training).
    """
    model = weights().get(sort_of(window, query), {})
    found = [(k, evidence) for k, evidence in evidences(window, query, cuts, seen, without)]
    if not found:
        return []
    totals = [sum(model.get(name, 0.0) * value for name, value in evidence.items()) for _, evidence in found]
    top = max(totals)
    powers = [exp(t - top) for t in totals]
    mass = sum(powers)
    places = [Place(k, t, p / mass, evidence) for (k, evidence), t, p in zip(found, totals, powers, strict=True)]
    return sorted(places, key=lambda p: (-p.score, p.at))


def evidences(
    window: Window, query: Query, cuts: frozenset[int] | None, seen: dict[int, int] | None, without: frozenset[str]
) -> list[tuple[int, dict[str, float]]]:
    """Every candidate with its evidence."""
    chars = small(fold(window.chars))
    lookup = Lookup(without)
    starts = [k for k in range(len(chars)) if window.begins(k) and (len(chars) - k > 1 or len(chars) == 1 or window.quoted)]
    if window.quoted and starts:  # what stands in quotation marks is whole
        starts = starts[:1]
    else:  # no name holds a pronoun or the copula
        last = max((k for k, c in enumerate(chars) if c in NEVER), default=-1)
        starts = [k for k in starts if k > last] or starts
        quoted = window.stop in tuple('「『《〈“‘【"') and bool(window.stop)
        starts = [
            k
            for k in starts
            if not (
                chars[k] in UNLIKELY
                and not (k == 0 and quoted)
                and not any(lookup.is_word(chars[k : k + n]) for n in (2, 3, 4))
            )
        ] or starts
    if not starts:
        return []
    sort = sort_of(window, query)
    out: dict[int, dict[str, float]] = {k: {} for k in starts}
    if sort == "short":
        abbreviation(chars, small(fold(query.short)), out)
    else:
        english = query.english or known_english(query)
        if english:
            translation(chars, english, query.english == "", sort, out, lookup)
        if query.acronym and not query.english:
            letters(chars, query.acronym, out, lookup)
        if query.english and english[:1].isalpha():
            spelling(chars, query.english, sort, out)
    form(window, chars, query, sort, cuts, out, lookup)
    if seen:
        repetition(len(chars), seen, out)
    return list(out.items())
