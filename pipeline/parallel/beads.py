"""The cheapest way through two texts in step: a dynamic programme over beads.

A *bead* (Gale and Church 1993) is some sentences of the one side with those of the other that say the same, either of which may
be none. What a bead is worth is a log-likelihood ratio against text that has nothing to do with each other: what its words,
numbers and names say, how its lengths fit, how frequent its shape is, and whether paragraphs and headings go together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from math import inf

from msgspec import Struct

from pipeline.parallel.anchors import Evidence
from pipeline.parallel.lengths import Lengths

Shape = tuple[int, int]

# How frequent each shape is, as log probabilities (1-1 and the rest after Gale and Church, table 5; those with three and more
# sentences are lists that the other language has as one sentence).
PRIOR: dict[Shape, float] = {
    (1, 1): -0.25, (1, 0): -2.7, (0, 1): -2.7, (1, 2): -2.9, (2, 1): -2.9, (2, 2): -2.1, (1, 3): -4.2, (3, 1): -4.2,
    (1, 4): -4.8, (4, 1): -4.8, (1, 5): -4.8, (5, 1): -4.8, (1, 6): -4.8, (6, 1): -4.8,
}
SWAP = -3.0  # two beads in the other order, beside what they are worth
SWAPPED: tuple[Shape, ...] = ((1, 1), (1, 2), (2, 1))
WORDS = 0.75  # what words say counts so much, for they are not independent of each other
TOGETHER, APART = 0.3, -0.2  # both sides begin or end a paragraph with the bead; or only one does
ACROSS, ACROSS_LIST = -2.5, -0.1  # a bead that holds the end of a paragraph, of a list item
LIST_CUT = -8.0  # a list as one sentence of the other side, but not all of it
LEAST, UNSUPPORTED = 0.0, -1.0  # each sentence of a bead should have something of its own in it; what it costs if not
AGAINST, UNLIKE = -1.0, -3.0  # sentences whose words say as much against each other seldom are translations
HEADINGS, NO_HEADING = 1.0, -2.5
LIKELY = -1.0  # beads of several sentences are looked at where the words of any two of them say as much


class Unit(Struct, frozen=True):
    """A sentence as the programme sees it: its size in characters, the number of its paragraph, whether that is a heading, and
    how it is labelled if it is a list item: ``(a)`` for the items of one list."""

    size: int
    paragraph: int
    heading: bool = False
    item: str = ""


class Bead(Struct, frozen=True):
    """Sentences that belong together, by their numbers, and how much speaks for it (a log-likelihood ratio)."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    weight: float = 0.0


class Scorer:
    """What beads are worth."""

    def __init__(self, zh: Sequence[Unit], en: Sequence[Unit], evidence: Evidence, lengths: Lengths):
        self.zh, self.en, self.evidence, self.lengths = zh, en, evidence, lengths
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}

    def worth(self, zh: tuple[int, ...], en: tuple[int, ...]) -> float:
        """Of the bead of these sentences; ``-inf`` for one that is not worth a look."""
        key = zh, en
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._worth(zh, en)
        return found

    def _worth(self, zh: tuple[int, ...], en: tuple[int, ...]) -> float:
        prior = PRIOR[len(zh), len(en)]
        if not zh or not en:
            return prior
        matrix = self.evidence.matrix
        one, two = [self.zh[k] for k in zh], [self.en[k] for k in en]
        if len(zh) + len(en) > 2:
            if max(matrix[i][j] for i, j in product(zh, en)) < LIKELY:
                return -inf
            words = self.evidence.of(zh, en)
            alone = [max(matrix[i][j] for j in en) for i in zh] + [max(matrix[i][j] for i in zh) for j in en]
            prior += UNSUPPORTED * sum(value < LEAST for value in alone)
        else:
            words = matrix[zh[0]][en[0]]
        sizes = sum(u.size for u in one), sum(u.size for u in two)
        if words < AGAINST and not any(u.heading for u in (*one, *two)):
            prior += UNLIKE
        return prior + WORDS * words + self.lengths.fit(*sizes) + _structure(one, two) + self._cut(zh, en)

    def _cut(self, zh: tuple[int, ...], en: tuple[int, ...]) -> float:
        """Of several list items that are one sentence of the other side, whether one more follows."""
        value = 0.0
        for units, own, other in ((self.zh, zh, en), (self.en, en, zh)):
            after = own[-1] + 1
            if len(own) > 2 and len(other) == 1 and after < len(units):
                before, last, following = (units[k] for k in (own[-2], own[-1], after))
                if last.item and last.item == following.item and before.paragraph != last.paragraph != following.paragraph:
                    value += LIST_CUT
        return value

    def total(self, bead: Bead) -> float:
        """Of a bead, with where it stands."""
        return self.worth(bead.zh, bead.en) + (self.edges(bead.zh, bead.en) if bead.zh and bead.en else 0.0)

    def edges(self, zh: tuple[int, ...], en: tuple[int, ...]) -> float:
        """Whether both sides begin a paragraph with the bead, and whether both end one."""
        begin = _edge(self.zh, zh[0], -1), _edge(self.en, en[0], -1)
        end = _edge(self.zh, zh[-1], 1), _edge(self.en, en[-1], 1)
        return sum((TOGETHER if a else 0.0) if a == b else APART for a, b in (begin, end))


def _edge(units: Sequence[Unit], at: int, step: int) -> bool:
    beside = at + step
    return not 0 <= beside < len(units) or units[beside].paragraph != units[at].paragraph


def _structure(one: Sequence[Unit], two: Sequence[Unit]) -> float:
    value = 0.0
    for side in (one, two):
        for a, b in pairwise(side):
            if a.paragraph != b.paragraph:
                value += ACROSS_LIST if b.item else ACROSS
    headings = [u.heading for u in (*one, *two)]
    if all(headings):
        return value + HEADINGS
    return value + (NO_HEADING if any(headings) else 0.0)


def path(scorer: Scorer, rows: Sequence[int], columns: Sequence[int],
         band: Callable[[int], tuple[int, int]] | None = None) -> tuple[float, list[Bead]]:
    """The best beads of the sentences ``rows`` and ``columns``, in step but for neighbours in the other order; and their worth.

    ``band`` gives for each number of rows done how many columns may be done by then.
    """
    height, width = len(rows), len(columns)
    if band is None and not (height and width):
        return PRIOR[1, 0] * (height + width), [*(Bead((i,), (), PRIOR[1, 0]) for i in rows),
                                                *(Bead((), (j,), PRIOR[0, 1]) for j in columns)]
    best: list[dict[int, float]] = [{} for _ in range(height + 1)]
    back: list[dict[int, tuple[Shape, Shape | None]]] = [{} for _ in range(height + 1)]
    best[0][0] = 0.0
    for i in range(height + 1):
        low, high = band(i) if band else (0, width)
        for j in range(low, high + 1):
            value = best[i].get(j)
            if value is None:
                continue
            for shape in PRIOR:
                a, b = shape
                if i + a > height or j + b > width:
                    continue
                zh, en = tuple(rows[i : i + a]), tuple(columns[j : j + b])
                worth = scorer.worth(zh, en)
                if worth == -inf:
                    continue
                if a and b:
                    worth += scorer.edges(zh, en)
                if value + worth > best[i + a].get(j + b, -inf):
                    best[i + a][j + b] = value + worth
                    back[i + a][j + b] = (shape, None)
            for one, two in product(SWAPPED, SWAPPED):
                a, b = one[0] + two[0], one[1] + two[1]
                if i + a > height or j + b > width:
                    continue
                first, second = _swapped(rows, columns, i, j, one, two)
                worth = scorer.worth(*first)
                if worth <= 0 or (other := scorer.worth(*second)) <= 0:
                    continue  # who sees an order changed must be sure of both
                worth += other + SWAP
                if value + worth > best[i + a].get(j + b, -inf):
                    best[i + a][j + b] = value + worth
                    back[i + a][j + b] = (one, two)
    out: list[Bead] = []
    i, j = height, width
    while i or j:
        shape, behind = back[i][j]
        i, j = i - shape[0] - (behind[0] if behind else 0), j - shape[1] - (behind[1] if behind else 0)
        found = _swapped(rows, columns, i, j, shape, behind) if behind else [
            (tuple(rows[i : i + shape[0]]), tuple(columns[j : j + shape[1]]))]
        out += [Bead(zh, en, scorer.worth(zh, en)) for zh, en in reversed(found)]
    return best[height].get(width, -inf), out[::-1]


def _swapped(rows: Sequence[int], columns: Sequence[int], i: int, j: int, one: Shape,
             two: Shape) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Two beads from there on, in the order of the Chinese, whose English stands in the other order."""
    middle, last, first = i + one[0], j + two[1], j
    return [(tuple(rows[i:middle]), tuple(columns[last : last + one[1]])),
            (tuple(rows[middle : middle + two[0]]), tuple(columns[first:last]))]
