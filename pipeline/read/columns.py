"""The columns that lines stand in: their left and right edges, found over the whole document.

A block of two short lines does not show how wide its column is; the same column on other pages does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pipeline.document import Line
from pipeline.read import figures

DEFINING = 4  # lines of running text that make a block show the edges of its column


class _Column(Struct, gc=False):
    left: float
    right: float
    pages: set[int]


def settle(lines: list[Line], widths: Sequence[float], raw: str) -> list[Line]:
    """The lines with ``left`` and ``right`` filled in; ``widths`` are those of the pages, ``raw`` is what the lines are of."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    columns: dict[int, list[_Column]] = {}  # by width of page
    edges: dict[int, tuple[float, float]] = {}
    for number in sorted(blocks, key=lambda n: -len(blocks[n])):
        block = blocks[number]
        page, em = block[0].page, max(x.size for x in block)
        left, right = _edges(block)
        known = columns.setdefault(round(widths[page - 1]), [])
        inside = [c for c in known if left > c.left - 1.5 * em and right < c.right + 1.5 * em]
        if len(block) >= DEFINING:  # it may widen a column, not narrow it
            inside = [c for c in inside if left < c.left + 2.5 * em and right > c.right - 8 * em]
        if not inside:
            column = _Column(left, right, {page})
            if len(block) >= DEFINING:
                known.append(column)
        else:
            here = [c for c in inside if page in c.pages] or inside
            column = min(here, key=lambda c: (c.right - c.left, c.left))
            if len(block) >= DEFINING:
                column.pages.add(page)
                column.right = max(column.right, right) if right < column.right + 0.6 * em else column.right
        edges[number] = min(column.left, left), column.right
    _widen(blocks, edges, lines)
    own = {x.start: (left, right) for n, b in blocks.items() for x, left, right in figures.beside(b, *edges[n], raw)}
    placed = ((x, own.get(x.start) or edges[x.block]) for x in lines)
    return [msgspec.structs.replace(x, left=left, right=right) for x, (left, right) in placed]


def _widen(blocks: dict[int, list[Line]], edges: dict[int, tuple[float, float]], lines: Sequence[Line]) -> None:
    """Lines that are centred, such as the title and the authors of a paper, stand in the whole width of what is printed on
    their page. Full lines of text are in the middle too, but they are of one width."""
    areas: dict[int, tuple[float, float]] = {}
    for x in lines:
        left, right = areas.get(x.page, (x.x0, x.x1))
        areas[x.page] = min(left, x.x0), max(right, x.x1)
    for number, block in blocks.items():
        em = min(x.size for x in block)
        left, right = areas[block[0].page]
        centred = [x for x in block if abs(x.x0 + x.x1 - left - right) < 1.2 * em]
        widths = Counter(round((x.x1 - x.x0) / (2 * em)) for x in centred)
        if len(centred) > max(1, 0.7 * len(block)) and 2 * max(widths.values()) <= len(centred):
            edges[number] = left, right


def _edges(block: list[Line]) -> tuple[float, float]:
    """Where the lines of a block begin and end; single lines that stand out (hung punctuation, a note) do not count."""
    sizes: dict[float, int] = {}
    for x in block:
        sizes[x.size] = sizes.get(x.size, 0) + x.end - x.start
    em = max(sizes, key=lambda s: sizes[s])
    body = [x for x in block if abs(x.size - em) < 0.1 * em]
    if len(body) < DEFINING:
        return min(x.x0 for x in block), max(x.x1 for x in block)
    lefts = sorted(x.x0 for x in body)
    shared = max(2, 0.08 * len(lefts))  # notes in the margin do not make a column wider
    left = next((a for a in lefts if sum(a <= b < a + 0.4 * em for b in lefts) >= shared), lefts[0])
    rights = sorted((x.x1 for x in body), reverse=True)
    # a line or two far outside of what several lines keep to is a head or a number that stands on its own
    kept = next((a for a in rights if sum(a - 0.4 * em < b <= a for b in rights) > 2), None)
    if kept is not None and sum(x > kept + 2.2 * em for x in rights) <= max(2, 0.1 * len(rights)):
        rights = [x for x in rights if x <= kept + 2.2 * em]
    near = [x for x in rights if x > rights[0] - 2.2 * em]
    rising = near[::-1]
    groups = [bisect_right(rising, a + 0.1 * em) - bisect_right(rising, a - 0.4 * em) for a in near]
    best = max(groups)
    if best >= max(3, 0.4 * len(near)):
        return left, near[groups.index(best)]
    return left, rights[1] if rights[0] - rights[1] < em else rights[0]
