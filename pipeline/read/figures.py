"""Text that flows round a figure: the lines beside it are narrower than their column, and what is written under or in the
figure stands on their height."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.document import Line
from pipeline.read.pieces import Bit, Row, rows

_SMALL = 0.93  # of the size of the text
_FLUSH = 0.25  # ems by which lines that begin at one edge differ
_RAGGED = 1.1  # ems by which full lines end before their edge
_LEAST = 3  # lines beside a figure
_NARROW = 9  # ems: verse and lists are narrower than what a figure leaves of a column
_POINTS = frozenset("，。；：、,.;:")
_FROM_LEFT, _FROM_RIGHT = 6, 3  # ems from the column's edge, more than first lines and labels are indented


def captions(region: list[Row]) -> tuple[list[Row], list[Row]]:
    """A region without the small words that stand on one line with its text, beside it, and these as a region of their own."""
    found: list[Bit] = []
    for k, row in enumerate(region):
        if len(row.bits) == 2 and row.high is None and abs(row.bits[0].size - row.bits[1].size) > 0.07 * row.size:
            near = [x for n in (k - 2, k - 1, k + 1, k + 2) if 0 <= n < len(region) and len((x := region[n]).bits) == 1]
            a, b = row.bits
            small, large = (a, b) if a.size < b.size else (b, a)
            if small.size > _SMALL * large.size or len(small.text) < 4 or b.x0 - a.x1 < 0.8 * large.size:
                continue
            if small is a:
                beside = [x for x in near if abs(x.x0 - large.x0) < _FLUSH * large.size]
            else:
                beside = [x for x in near if abs(x.x1 - large.x1) < _RAGGED * large.size and x.x1 < small.x0]
            if sum(abs(x.size - large.size) < 0.05 * large.size for x in beside) > 1:
                found.append(small)
                row.bits = [large]
    return region, rows(found) if found else []


def beside(block: Sequence[Line], left: float, right: float, raw: str) -> Iterator[tuple[Line, float, float]]:
    """The lines of a block that stand beside a figure, each with the edges between which it was set."""
    for size, group in groupby(block, lambda x: round(x.size, 1)):
        lines = list(group)
        if len(lines) < _LEAST:
            continue
        for at, stop in _runs([x.x0 - left > _FROM_LEFT * size for x in lines]):
            for x, edge in _narrower(lines, at, stop, left, right, raw):
                yield x, edge, right
        for at, stop in _runs([right - x.x1 > _FROM_RIGHT * size for x in lines]):
            for x, edge in _narrower(lines, at, stop, left, right, raw, mirrored=True):
                yield x, left, edge


def _runs(apart: list[bool]) -> Iterator[tuple[int, int]]:
    at = 0
    for is_apart, run in groupby(apart):
        first, at = at, at + len(list(run))
        if is_apart and at - first >= _LEAST:
            yield first, at


def _narrower(lines: list[Line], first: int, last: int, left: float, right: float, raw: str,
              mirrored: bool = False) -> list[tuple[Line, float]]:
    """Of lines ``first`` to ``last`` those that keep to a left edge of their own (``mirrored``: a right one), with it."""
    em, run = lines[0].size, lines[first:last]
    starts = [-x.x1 if mirrored else x.x0 for x in run]
    slack = (_RAGGED if mirrored else _FLUSH) * em
    rising = sorted(starts)
    edge = max(rising, key=lambda e: bisect_left(rising, e + slack) - bisect_left(rising, e - 0.1 * em))
    flush = [k for k, x in enumerate(starts) if edge - 0.1 * em <= x < edge + slack]
    begin, stop = flush[0], flush[-1] + 1
    if not mirrored and begin and abs(starts[begin - 1] - edge - 2 * em) < 0.3 * em:
        begin -= 1  # a first line
    inner, pitches = run[begin:stop], [b.y1 - a.y1 for a, b in pairwise(run[begin:stop])]
    around = [lines[k] for k in (first + begin - 1, first + stop) if 0 <= k < len(lines)]
    full = inner if mirrored else [x for x in inner if right - x.x1 < _RAGGED * em]
    ended = sum(raw[x.end - 1] in "。！？；.!?" or x.inset > 0 for x in full)
    broken = sum(x.cells > 1 for x in inner)
    spoken = sum(not _POINTS.isdisjoint(raw[x.start : x.end]) for x in inner)
    if (
        len(flush) < _LEAST or 3 * len(flush) < 2 * len(inner) or min(starts[begin:stop]) < edge - 0.1 * em
        or (-left if mirrored else right) - edge < _NARROW * em  # verse, or a list
        or 2 * len(full) < len(inner) or 4 * ended > len(full) or 2 * spoken < len(inner) or 3 * broken > len(inner)
        or not 0 < max(pitches) < 1.6 * min(pitches)
        or not any(x.x1 > 3 * em - edge if mirrored else x.x0 < left + 3 * em for x in around)
        or (not mirrored and any(x.inset and abs(x.x0 + x.inset - edge) < 0.5 * em for x in around))  # under a label
    ):
        return []
    stop += mirrored and stop < len(run)  # the last line of a paragraph
    return [(x, -edge if mirrored else edge) for x in run[begin:stop]]
