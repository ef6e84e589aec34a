"""Reading order: the pieces of a page become rows, columns and blocks.

A recursive cut in the manner of Nagy and Seth's X–Y tree (1984), with two things added: a vertical cut may cover part of a
region's rows only (a title over two columns), and whether a gutter parts columns or the cells of a table is decided by the
order of the content stream and by how well both sides fill their width.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress, pairwise
from operator import attrgetter
from statistics import median

from msgspec import Struct

from pipeline.read import tables
from pipeline.read.pieces import Bit, Row, rows


def blocks(pieces: list[Bit], gutters: list[float]) -> list[list[Row]]:
    """The rows of a page in reading order, gathered into blocks that belong together (a column, a table). ``gutters`` are the
    middles of those known from other pages, to which those of this page are added."""
    out: list[list[Row]] = []
    over = _overlays(pieces)
    if over:
        orders = {b.order for b in over}
        pieces = [b for b in pieces if b.order not in orders]
    _cut(rows(pieces), out, gutters, 0)
    return [*out, *([row] for row in rows(over))]


def _overlays(pieces: list[Bit]) -> list[Bit]:
    """Large words that stand behind or upon the text: a stamp, a watermark. They overlap what they have no part in."""
    sizes: dict[float, int] = {}
    for b in pieces:
        sizes[b.size] = sizes.get(b.size, 0) + b.count
    em = max(sizes, key=lambda s: sizes[s]) if sizes else 1.0
    large = [a for a in pieces if a.size > 1.4 * em][:_MOST]
    return [a for a in large if any(_covers(a, b) for b in pieces if b.size < 0.8 * a.size) and not _in_line(a, pieces)]


def _in_line(a: Bit, pieces: list[Bit]) -> bool:
    """Whether a large sign goes on with a line: a sum, a bracket, an initial."""
    return len(a.text.strip()) < 3 and any(
        abs(a.base - b.base) < 0.3 * b.size and min(abs(b.x0 - a.x1), abs(a.x0 - b.x1)) < b.size for b in pieces if b is not a
    )


def _covers(a: Bit, b: Bit) -> bool:
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0.6 * b.size and high > 0.5 * b.size


_base = attrgetter("base")
_DEEPEST = 12
_MOST = 60  # of gutters or overlays that are looked into: a map or a drawing has thousands


def _cut(region: list[Row], out: list[list[Row]], gutters: list[float], depth: int, in_rows: bool = False) -> None:
    """Gather the blocks of a region; ``in_rows``: it is a part of one in which rows of two columns follow each other."""
    if not region:
        return
    enough = len(region) > (1 if in_rows else 2) or gutters
    band = _columns(region, gutters, in_rows) if enough and depth < _DEEPEST else None
    if band is None:
        out.append(region)
        return
    above, left, right, below = band
    in_rows = in_rows or not left
    _cut(above, out, gutters, depth + 1, in_rows)
    _cut(rows(left), out, gutters, depth + 1)
    _cut(rows(right), out, gutters, depth + 1)
    _cut(below, out, gutters, depth + 1, in_rows)


class _Band(Struct, gc=False):
    first: int
    last: int
    low: float
    high: float
    weight: int = 0


_Parts = tuple[list[Row], list[Bit], list[Bit], list[Row]]


def _columns(region: list[Row], gutters: list[float], in_rows: bool) -> _Parts | None:
    """The best gutter of a region that parts columns: rows above it, what is left and right of it, rows below. Or, where rows
    of two columns follow each other, those above and below a cut between them."""
    em = median(r.size for r in region)
    tried: list[_Band] = []
    spans = [[(b.x0, b.end) for b in row.bits] for row in region]
    for k, low, high in _gaps(region, em):
        if any(b.first <= k <= b.last and b.low <= (low + high) / 2 <= b.high for b in tried):
            continue
        tried.append(_extend(region, spans, k, low, high, 0.6 * em))
        if len(tried) == _MOST:
            break
    for band in sorted(tried, key=lambda b: -b.weight):
        known = any(band.low < x < band.high for x in gutters) or (in_rows and band.last > band.first)
        if band.weight < (1 if known else 2) or (band.first == band.last and _is_centred(region[band.first], region)):
            continue
        middle = (band.low + band.high) / 2
        inside = [b for row in region[band.first : band.last + 1] for b in row.bits]
        left, right = [b for b in inside if b.end <= middle], [b for b in inside if b.x0 >= middle]
        inner = region[band.first : band.last + 1]
        starts = _row_by_row(left, right, em)
        lines = len(starts) > 0.7 * len(inner) - 1  # some programs write columns line by line from edge to edge
        columns = _are_columns(left, right, em, known)
        if columns or (starts and in_rows and not lines):
            if starts and not (lines and min(_filled(left, em), _filled(right, em)) > 0.7):
                if lines or any(row.high is not None for row in tables.gather(inner)):
                    return None  # a table, which is read row by row
                cut = bisect_left(region, starts[len(starts) // 2] - 0.5 * em, key=_base)
                return region[:cut], [], [], region[cut:]
            if not known and band.weight > 4:
                gutters.append(middle)
            return region[: band.first], left, right, region[band.last + 1 :]
    return None


def _gaps(region: list[Row], em: float) -> list[tuple[int, float, float]]:
    """White space between neighbours of one row, or of one row and the next."""
    out = []
    least = 0.6 * em
    ends = [row.x1 for row in region]
    for k, row in enumerate(region):
        if len(row.bits) > 1:
            out += [(k, a.x1, b.x0) for a, b in pairwise(row.bits) if b.x0 - a.x1 > least]
        if k + 1 < len(region):
            below = region[k + 1]
            if below.base - row.base < 2.5 * em:
                if below.x0 - ends[k] > least:
                    out.append((k, ends[k], below.x0))
                elif row.x0 - ends[k + 1] > least:
                    out.append((k, ends[k + 1], row.x0))
    return out


def _extend(region: list[Row], spans: list[list[tuple[float, float]]], k: int, low: float, high: float, least: float) -> _Band:
    """Follow a gap up and down as long as no row closes it. ``spans`` are those of the bits of each row."""
    first = last = k
    for rest in (range(k - 1, -1, -1), range(k + 1, len(region))):
        for i in rest:
            a, b = low, high
            for x0, x1 in spans[i]:
                if x1 > a and x0 < b:
                    if b - x1 > x0 - a:
                        a = x1
                    else:
                        b = x0
            if b - a < least:
                break
            low, high = a, b
            first, last = (i, last) if i < k else (first, i)
    middle = (low + high) / 2
    first, last = _trim(region, first, last, middle)
    left = right = 0
    for row in spans[first : last + 1]:
        sides = [x1 <= middle for _, x1 in row]
        left += True in sides
        right += False in sides
    return _Band(first, last, low, high, min(left, right))


def _trim(region: list[Row], first: int, last: int, middle: float) -> tuple[int, int]:
    """Leave out, above and below the columns, lines that stand on one side of the gutter by chance: short titles and notes that
    belong to the whole width. The content stream tells them from the part of a column that has nothing beside it."""
    while (  # the authors of a paper
        first < last and region[first].x0 > region[first + 1].x0 + region[first].size
        and _is_centred(region[first], region[first : last + 1])
    ):
        first += 1
    inside = region[first : last + 1]
    left = [row.bits[0].end <= middle for row in inside]
    right = [row.bits[-1].x0 >= middle for row in inside]
    if True not in left or True not in right:
        return first, last
    bases = [row.base for row in inside]
    pitches = [b - a for side in (left, right) for a, b in pairwise(compress(bases, side))]
    if not pitches:
        return first, last
    far = 1.6 * max(median(pitches), region[first].size)
    offset = first
    # a title above the left column keeps its place in the order either way
    opening = right.index(True)
    while opening > first - offset:
        row, below = region[first], region[first + 1]
        beside = region[offset + opening].base - row.base < 1.2 * row.size
        if beside or (row.size < 1.1 * below.size and below.base - row.base < far):
            break
        first += 1
    em = median(row.size for row in region)
    while not left[first - offset] and first < last and (  # a title above, or a running head
        region[first].size > 1.15 * em or (first == 0 and region[first].size < 0.92 * em)
    ):
        first += 1
    start, end = left.index(True), len(left) - 1 - right[::-1].index(True)
    lefts = [row.bits[0].order for k, row in enumerate(region[offset : last + 1]) if left[k]]
    rights = [row.bits[-1].order for k, row in enumerate(region[offset : last + 1]) if right[k]]
    while first - offset < start and region[first].bits[0].order < max(lefts) and (
        region[first + 1].base - region[first].base > far
    ):
        first += 1
    while last - offset > end and region[last].bits[0].order > min(rights) and region[last].base - region[last - 1].base > far:
        last -= 1
    return first, last


def _is_centred(row: Row, region: list[Row]) -> bool:
    """Whether a row of several parts, none far from the next, stands in the middle of a region."""
    if len(row.bits) < 2 or row.gap > 3 * row.size:
        return False
    before, after = row.x0 - min(r.x0 for r in region), max(r.x1 for r in region) - row.x1
    return min(before, after) > 3 * row.size and abs(before - after) < 3 * row.size


def _row_by_row(left: list[Bit], right: list[Bit], em: float) -> list[float]:
    """Where rows begin, after the first, that hold text on the left and on the right and were written one after the other: the
    rows of a table, or stretches of columns that end at one height. Each begins below all that was written before. Notes in the
    margin are in small type."""
    if abs(median(b.size for b in left) - median(b.size for b in right)) > 0.07 * em:
        return []
    written = sorted([(b.order, 0, b.base) for b in left] + [(b.order, 1, b.base) for b in right])
    out: list[float] = []
    low = 0.0
    for (_, before, _), (_, side, base) in pairwise([(0, 1, 0.0), *written]):
        if side < before:
            if base < low + 0.5 * em:
                return []
            out.append(base)
        low = max(low, base)
    return out[1:]


def _are_columns(left: list[Bit], right: list[Bit], em: float, known: bool) -> bool:
    if min(len(left), len(right)) < (1 if known else 2):
        return False
    written = sorted([(b.order, 0, b.base) for b in left] + [(b.order, 1, b.base) for b in right])
    changes = sum(a[1] != b[1] for a, b in pairwise(written))
    across = sum(a[1] < b[1] and abs(a[2] - b[2]) < 0.6 * em for a, b in pairwise(written))  # from left to right in one row
    widths = [max(b.x1 for b in side) - min(b.x0 for b in side) for side in (left, right)]
    if min(widths) < 5 * em:
        return False
    if changes <= 1:
        return True
    fewer = min(len(left), len(right))
    if (across > 0.2 * fewer or changes > 0.8 * fewer) and min(_filled(left, em), _filled(right, em)) < 0.5:
        return False
    return len(left) > 3 and len(right) > 3


def _filled(side: list[Bit], em: float) -> float:
    """The share of the rows of one side that are full of print; 0 where it is too narrow for running text."""
    lines = rows(side)
    width = max(r.x1 for r in lines) - min(r.x0 for r in lines)
    if width < 9 * em:
        return 0.0
    return sum(sum(b.x1 - b.x0 for b in r.bits) > 0.75 * width for r in lines) / len(lines)
