"""Where the Chinese term begins: every left boundary is a candidate, evidence adds up, and the best one wins.

For a gloss, the characters before it are a :class:`~pipeline.terms.window.Window`; a candidate is a place in it where the
term may begin. Evidence is of four kinds (translation, sound, form, repetition), each a few numbers; a linear model ranks
the candidates (a conditional logit, McFadden 1974), with weights of its own for phrases, names of people, and acronyms. The
weights are in ``pipeline/data/weights.tsv``; ``bench/training/terms.py`` learns them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from math import exp
from operator import attrgetter, mul

from msgspec import Struct

from pipeline.data import table
from pipeline.scripts.detect import fold
from pipeline.terms import lattice, sound
from pipeline.terms.dictionaries import SINGLE
from pipeline.terms.form import form, repetition
from pipeline.terms.lexicon import LONGEST_HEAD, content_words, heads, meanings, stem
from pipeline.terms.query import Lookup, Query, known_english, plain, small, sort_of
from pipeline.terms.signs import FOREIGN, HYPHENS, NEVER, POSTPOSITIONS, SPELLING, UNLIKELY
from pipeline.terms.translation import abbreviation, letters, spelling, translation
from pipeline.terms.window import COUNTED, DOTS, MEASURES, Window

__all__ = ["Place", "Query", "evidences", "model_of", "rank", "sort_of", "weights"]


class Place(Struct, frozen=True, gc=False):
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
    found = evidences(window, query, cuts, seen, without)
    if not found:
        return []
    model = weights().get(model_of(window, query, found.values()), {})
    totals = [sum(map(mul, map(model.get, evidence, repeat(0.0)), evidence.values())) for evidence in found.values()]
    top = max(totals)
    powers = [exp(t - top) for t in totals]
    mass = sum(powers)
    places = [Place(k, t, p / mass, evidence) for (k, evidence), t, p in zip(found.items(), totals, powers, strict=True)]
    return sorted(places, key=attrgetter("score"), reverse=True)  # of equal ones the longest


def model_of(window: Window, query: Query, found: Iterable[dict[str, float]]) -> str:
    """Which weights a gloss is ranked with: those of its class, of names that no dictionary bears out ("opaque"), or of
    acronyms whose English is known and rendered. ``found``: the evidence of its candidates."""
    sort = sort_of(window.chars, query)
    if sort == "phrase" and not any(e.get("English found") for e in found):
        return "opaque"
    if sort == "acronym" and any(e.get("guess English found") for e in found):
        return "known acronym"
    return sort


_UNITS = MEASURES - COUNTED
_FIGURES = re.compile(r"\d+")
_YEAR = re.compile(r"(\d{2,4})年")
_NUMERALS = re.compile("[一二三四五六七八九十百千两数几]{2,}")
_FRAMED = re.compile(r"[a-z][-‐ ](?:cent(?:er|re)e?d|based|oriented|driven|led|focus+ed|minded|friendly)\b", re.I)
_FRAME = re.compile("以[^的]{1,8}[为為](?:本|中心|基础|基|导向|主|核心|主体|焦点|目标|先)的?")
_LATIN_WORD = re.compile(r"[a-z][a-z0-9&.\-]*")
_SLASHED = re.compile(r"[^\W_]+(?:-[^\W_]+)?(?:/[^\W_]+(?:-[^\W_]+)?)+")


def _possible(chars: str, starts: list[int], query: Query, sort: str) -> list[int]:
    """The starts without those at which no name of this class begins: a bare head, the middle of a spelled name."""
    if sort == "person":  # 讓-皮耶·… is one name
        spelled = FOREIGN | UNLIKELY
        return [k for k in starts if not (k > 1 and chars[k - 1] in HYPHENS and chars[k - 2] in spelled)] or starts
    if sort == "short":  # 本中心 stands for a name that ends so, not for the noun
        body = small(fold(query.short))[1:] if query.short[:1] == "本" else ""
        return [k for k in starts if not body or (len(chars) - k > len(body) + 1)] or starts
    said = query.english or query.acronym
    if "/" in chars and _SLASHED.fullmatch(said.replace("+", "/")):  # as many parts as the gloss has
        starts = [k for k in starts if chars.count("/", k) == said.count("/")] or starts
    if _FIGURES.search(chars):
        figures = _FIGURES.findall(said)
        starts = [k for k in starts if not _counts(chars, k, figures)] or starts
    framed = _FRAME.search(chars) if "以" in chars and _FRAMED.search(query.english) else None
    if framed and framed.start() in starts:  # 以病人為本的… is patient-centred …
        return [framed.start()]
    own = _latin_start(chars, query.english)
    if own in starts:  # SAS研究所 is what SAS Institute names
        starts = [own]
    bare = next((k for k in starts if len(chars) - k <= LONGEST_HEAD and _bare(chars[k:], query)), len(chars))
    rest = [k for k in starts if k < bare] or starts
    word = query.english
    if word.isalpha() and word[:1].isupper() and not word.isupper():  # 埃斯比約 spells Esbjerg, and 比約 only its end
        run = len(chars)
        while run and chars[run - 1] in FOREIGN:
            run -= 1
        inside = [k for k in rest if k >= run]
        if len(inside) > 1:
            values = sound.scores(chars[run:], [word])
            best = max(values[k - run] for k in inside)
            if best >= 0.35:  # vowels say little, so the first of about equal ones
                first = next(k for k in inside if values[k - run] >= best - 0.1)
                return [k for k in rest if k < run or k == first]
    return rest


def _counts(chars: str, k: int, figures: list[str]) -> bool:
    """Whether a figure that the gloss lacks counts or dates what follows: 45場…, 1950年代…."""
    m = _YEAR.match(chars, k)
    if m:
        return m.group(1) not in figures
    m = _FIGURES.match(chars, k) or _NUMERALS.match(chars, k)
    return bool(m and chars[m.end() : m.end() + 1] in _UNITS and m.group() not in figures)


def _latin_start(chars: str, english: str) -> int:
    """Where the English's own first word stands among the Chinese, or -1."""
    first = english.split(" ")[0]
    if len(first) < 2 or not first[0].isupper() or first.lower() not in chars:
        return -1
    return next((m.start() for m in _LATIN_WORD.finditer(chars) if m.group() == first.lower()), -1)


def _bare(term: str, query: Query) -> bool:
    """Whether a candidate is only the noun that says what a body is, where the gloss says more: 中心 for an acronym of five."""
    if heads().get(term) != "organisation":
        return False
    said = content_words(query.english)
    return len(said) > 1 or (bool(query.english) and not (meanings(term) & set(map(stem, said)))) or len(query.acronym) > 3


def evidences(
    window: Window,
    query: Query,
    cuts: frozenset[int] | None,
    seen: dict[int, int] | None,
    without: frozenset[str],
    mute: frozenset[str] = frozenset(),
) -> dict[int, dict[str, float]]:
    """Every candidate, by the place where it begins, with its evidence. ``mute``: words whose English must not be known (for
    training)."""
    chars = plain(window.chars)
    lookup = Lookup(chars, without, mute)
    starts = window.beginnings()
    if len(chars) > 1 and not window.quoted and starts[-1:] == [len(chars) - 1]:
        del starts[-1]  # one character is no name
    if chars[-1:].isascii():
        starts = [k for k in starts if not chars[k:].isascii()] or starts
    if not starts:
        return {}
    if window.quoted:  # what stands in quotation marks is whole
        starts = starts[:1]
    cut = lattice.cuts(chars, lookup, starts[-1])
    if not window.quoted:  # no name holds a pronoun or the copula
        last = max(map(chars.rfind, NEVER))
        starts = [k for k in starts if k > last] or starts
        quoted = window.stop in tuple('「『《〈“‘【"') and bool(window.stop)
        starts = [
            k
            for k in starts
            if not (
                chars[k] in UNLIKELY
                and not (k == 0 and quoted)
                and chars[k + 1 : k + 2] not in HYPHENS
                and not (chars[k] in SPELLING and not DOTS.isdisjoint(chars[k + 1 : k + 6]))  # 以撒·…, but 和伊恩·…
                and not _FRAME.match(chars, k)
                and (cut.right[k].endswith(SINGLE) or not lookup.begins(k) or chars[k : k + 2] in POSTPOSITIONS)
            )
        ] or starts
    sort = sort_of(window.chars, query)
    starts = _possible(chars, starts, query, sort)
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
    form(window, chars, query, sort, cuts, cut, out, lookup)
    if seen:
        repetition(len(chars), seen, out)
    return out
