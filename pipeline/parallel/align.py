"""Which sentences of two texts are translations of each other, also where they stand in another order.

A first pass goes through both texts in step. What it leaves alone on both sides may have moved: stretches of such sentences are
compared with each other by the same measure, and sentences that strongly belong together are taken out of the way of the next
pass, which is kept if it is worth more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import groupby
from math import log

from pipeline.parallel.anchors import Evidence, Reading
from pipeline.parallel.beads import PRIOR, Bead, Scorer, Unit, path
from pipeline.parallel.lengths import Lengths

SURE = 6.0  # what the words of two sentences say that belong together wherever they stand
MARGIN = 3.0  # and how much more than those of any other with either
MOVED, FURTHER = -4.0, -1.5  # what it costs to stand elsewhere, and for each time that that is e times as far
SIGN = 1.0  # what the words of some two sentences must say before stretches are compared
SMALL = 4_000  # cells of a table that is searched whole
BESIDE = 12  # sentences around the surest path that are searched in a larger one


def align(zh: Sequence[Unit], en: Sequence[Unit], chinese: Sequence[Reading], english: Sequence[Reading]) -> list[Bead]:
    """The beads, in the order of the Chinese; what only the English has stands where it stands there.

    Every sentence is in exactly one bead.
    """
    evidence = Evidence(chinese, english)
    sure = _sure(evidence, range(len(zh)), range(len(en)))
    lengths = Lengths.of([(zh[i].size, en[j].size) for i, j in sure])
    scorer = Scorer(zh, en, evidence, lengths)
    rows, columns = list(range(len(zh))), list(range(len(en)))
    total, beads = path(scorer, rows, columns, _band(rows, columns, sure))
    beads = _with_moved(scorer, beads, total, sure)
    beads = _improved(scorer, _rematched(scorer, beads))
    return _in_order(beads, len(en))


def _sure(evidence: Evidence, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of single sentences that fit each other better, by a margin, than either fits anything else."""
    matrix = evidence.matrix
    if not rows or not columns:
        return []
    best_of_row = [_two_best([(matrix[i][j], j) for j in columns]) for i in rows]
    best_of_column = {j: _two_best([(matrix[i][j], i) for i in rows]) for j in columns}
    out = []
    for i, ((value, j), second) in zip(rows, best_of_row, strict=True):
        (_, back), other = best_of_column[j]
        if back == i and value >= SURE and value - max(second, other) >= MARGIN:
            out.append((i, j))
    return out


def _two_best(found: list[tuple[float, int]]) -> tuple[tuple[float, int], float]:
    best = max(found, key=lambda x: (x[0], -x[1]))
    return best, max((v for v, k in found if k != best[1]), default=-99.0)


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs (sorted by row) that is in step (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [k]
    out = []
    k = ends[-1] if ends else -1
    while k >= 0:
        out.append(pairs[k])
        k = before[k]
    return out[::-1]


def _band(rows: Sequence[int], columns: Sequence[int],
          sure: Sequence[tuple[int, int]]) -> Callable[[int], tuple[int, int]] | None:
    """Which columns are looked at for a row: all in a small table, else those around the chain of sure pairs,
    and where that has a wide gap around its diagonal."""
    height, width = len(rows), len(columns)
    if height * width <= SMALL:
        return None
    row_of, column_of = ({k: at for at, k in enumerate(numbers)} for numbers in (rows, columns))
    chain = _chain([(row_of[i], column_of[j]) for i, j in sure if i in row_of and j in column_of])
    fixed = [(0, 0), *chain, (height, width)]
    limits: list[tuple[int, int]] = []
    k = 0
    for i in range(height + 1):
        while k + 2 < len(fixed) and fixed[k + 1][0] < i:
            k += 1
        before, after = fixed[max(0, k - 1)], fixed[min(len(fixed) - 1, k + 2)]
        span = after[1] - before[1]
        middle = before[1] + span * (i - before[0]) // max(1, after[0] - before[0])
        reach = BESIDE + max(2 * BESIDE, span // 10)
        limits.append((max(0, before[1] - BESIDE, middle - reach), min(width, after[1] + BESIDE, middle + reach)))
    limits[-1] = limits[-1][0], width
    return limits.__getitem__


def _with_moved(scorer: Scorer, beads: list[Bead], total: float, sure: Sequence[tuple[int, int]]) -> list[Bead]:
    """The beads with sure pairs that are out of step set apart, where all is worth more so."""
    together = {(i, j) for b in beads for i in b.zh for j in b.en}
    moved = [(i, j) for i, j in sure if (i, j) not in together]
    if not moved:
        return beads
    apart = [Bead((i,), (j,), scorer.worth((i,), (j,))) for i, j in moved]
    rows = [i for i in range(len(scorer.zh)) if i not in {i for i, _ in moved}]
    columns = [j for j in range(len(scorer.en)) if j not in {j for _, j in moved}]
    again, rest = path(scorer, rows, columns, _band(rows, columns, sure))
    places = _Places(rest)
    cost = sum(_cost(places, [b.zh[0]], [b.en[0]]) for b in apart)
    return [*rest, *apart] if again + sum(map(scorer.total, apart)) + cost > total else beads


def _rematched(scorer: Scorer, beads: list[Bead]) -> list[Bead]:
    """The beads with those stretches matched that stood alone on both sides and fit each other."""
    matrix = scorer.evidence.matrix
    known: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[float, list[Bead]]] = {}
    while True:
        zh_runs = _runs(sorted(b.zh[0] for b in beads if not b.en))
        en_runs = _runs(sorted(b.en[0] for b in beads if not b.zh))
        places = _Places(beads)
        alone = -PRIOR[1, 0]
        best: tuple[float, list[Bead]] = (0.0, [])
        for rows in zh_runs:
            for columns in en_runs:
                if max(matrix[i][j] for i in rows for j in columns) < SIGN:
                    continue
                key = tuple(rows), tuple(columns)
                if key not in known:
                    known[key] = path(scorer, rows, columns)
                total, found = known[key]
                gain = total + alone * (len(rows) + len(columns)) + _cost(places, rows, columns)
                if gain > best[0]:
                    best = gain, found
        if not best[1]:
            return beads
        matched = [b for b in best[1] if b.zh and b.en]
        done = {("zh", k) for b in matched for k in b.zh} | {("en", k) for b in matched for k in b.en}
        beads = [b for b in beads if (b.zh and b.en) or not ({("zh", k) for k in b.zh} | {("en", k) for k in b.en}) & done]
        beads += matched


class _Places:
    """Where in the English a stretch of the Chinese would stand, as its neighbours have it."""

    def __init__(self, beads: Sequence[Bead]):
        self.of = {i: (b.en[0], b.en[-1]) for b in beads if b.en for i in b.zh}

    def distance(self, rows: Sequence[int], columns: Sequence[int]) -> int:
        """How many sentences apart that is from where the English stretch stands."""
        before = self.of.get(rows[0] - 1, (-1, -1) if rows[0] == 0 else None)
        after = self.of.get(rows[-1] + 1)
        apart = [abs(columns[0] - before[1] - 1)] if before else []
        apart += [abs(after[0] - columns[-1] - 1)] if after else []
        return min(apart, default=8)


def _cost(places: _Places, rows: Sequence[int], columns: Sequence[int]) -> float:
    return MOVED + FURTHER * log(1 + places.distance(rows, columns))


def _improved(scorer: Scorer, beads: list[Bead]) -> list[Bead]:
    """The beads after sentences went over to a neighbour as long as that was worth more."""
    current = dict(enumerate(beads))
    owner = _owners(current)
    for _ in range(4 * len(beads)):
        best: tuple[float, int, int, list[Bead]] | None = None
        for k, bead in current.items():
            for side, at in _beside(bead):
                other = owner.get((side, at))
                if other is None:
                    continue
                changed = _taken(scorer, bead, current[other], side, at)
                gain = sum(map(scorer.total, changed)) - scorer.total(bead) - scorer.total(current[other]) if changed else 0.0
                if gain > 1e-6 and (best is None or gain > best[0]):
                    best = gain, k, other, changed
        if best is None:
            break
        _, k, other, changed = best
        del current[k], current[other]
        for bead in changed:
            current[max((*current, k, other)) + 1] = bead
        owner = _owners(current)
    return list(current.values())


def _owners(beads: dict[int, Bead]) -> dict[tuple[str, int], int]:
    return {(side, n): k for k, b in beads.items() for side, numbers in (("zh", b.zh), ("en", b.en)) for n in numbers}


def _beside(bead: Bead) -> list[tuple[str, int]]:
    if not bead.zh or not bead.en:
        return []
    return [("zh", bead.zh[0] - 1), ("zh", bead.zh[-1] + 1), ("en", bead.en[0] - 1), ("en", bead.en[-1] + 1)]


def _taken(scorer: Scorer, bead: Bead, other: Bead, side: str, at: int) -> list[Bead]:
    """``bead`` with the sentence ``at`` of ``other``, and what is left of that; empty where that cannot be."""
    zh = tuple(sorted((*bead.zh, at))) if side == "zh" else bead.zh
    en = tuple(sorted((*bead.en, at))) if side == "en" else bead.en
    if (len(zh), len(en)) not in PRIOR:
        return []
    left_zh = tuple(i for i in other.zh if (side, i) != ("zh", at))
    left_en = tuple(j for j in other.en if (side, j) != ("en", at))
    rest = [(left_zh, left_en)] if left_zh and left_en else [((i,), ()) for i in left_zh] + [((), (j,)) for j in left_en]
    return [Bead(z, e, scorer.worth(z, e)) for z, e in [(zh, en), *rest]]


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    return [[k for _, k in group] for _, group in groupby(enumerate(numbers), key=lambda x: x[1] - x[0])]


def _in_order(beads: list[Bead], width: int) -> list[Bead]:
    """By the Chinese; what has none behind the bead of the English sentence before it."""
    place = {j: b.zh[0] for b in beads if b.zh for j in b.en}
    keys: dict[int, int] = {}
    last = -1
    for j in range(width):
        last = place.get(j, last)
        keys[j] = last
    return sorted(beads, key=lambda b: (b.zh[0], 0, 0) if b.zh else (keys[b.en[0]], 1, b.en[0]))
