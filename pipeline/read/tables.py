"""Table rows whose cells hold several lines: each becomes one row of text, cell after cell.

The page alone does not tell which printed lines make a cell, but the content stream does: programs write a table cell by cell
and a cell line by line.
"""

from __future__ import annotations

from itertools import chain, pairwise

from msgspec import Struct

from pipeline.read.lines import is_wide
from pipeline.read.pieces import Bit, Row

LEAST_CELLS = 3  # in fewer, a list with its labels looks the same


class Cell(Struct, gc=False):
    """Lines one under the other, written one after the other."""

    lines: list[Bit]

    @property
    def x0(self) -> float:
        return min(b.x0 for b in self.lines)

    @property
    def x1(self) -> float:
        return max(b.x1 for b in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom


def gather(region: list[Row]) -> list[Row]:
    """The rows of a region, with the rows of tables put together where their cells run over several lines."""
    if sum(len(row.bits) >= LEAST_CELLS - 1 for row in region) < 2:
        return region
    bits = sorted(chain.from_iterable(row.bits for row in region), key=lambda b: (b.order, b.x0))
    for group in _tables(_rows_of_cells(cells(bits))):
        if sum(len(cell.lines) > 1 for row in group for cell in row) < (2 if len(group) == 1 else 1):
            continue
        inside = {id(b) for row in group for cell in row for b in cell.lines}
        shares = [sum(id(b) in inside for b in row.bits) for row in region]
        if sum(shares) < len(inside) or any(0 < n < len(row.bits) for n, row in zip(shares, region, strict=True)):
            continue  # a row of print that is only partly of the table
        place = next(k for k, n in enumerate(shares) if n)
        rest = [row for n, row in zip(shares, region, strict=True) if not n]
        region = [*rest[:place], *map(_row, group), *rest[place:]]
    _align(region)
    return region


def _align(region: list[Row]) -> None:
    """Note which bits stand exactly under or over one of another row nearby: at the same left, right or middle."""
    for k, row in enumerate(region):
        if len(row.bits) > 1 and row.high is None:
            others = [b for n in (k - 2, k - 1, k + 1, k + 2) if 0 <= n < len(region) for b in region[n].bits[1:]]
            row.apart = frozenset(n for n, b in enumerate(row.bits) if n and any(_aligned(b, c) for c in others))


def _aligned(a: Bit, b: Bit, ems: float = 0.25) -> bool:
    slack = ems * a.size
    return abs(a.x0 - b.x0) < slack or abs(a.x1 - b.x1) < slack or abs(a.x0 + a.x1 - b.x0 - b.x1) < slack


def cells(bits: list[Bit]) -> list[Cell]:
    """The cells of bits that are in the order of the content stream."""
    out = [Cell([bits[0]])]
    for a, b in pairwise(bits):
        em = max(a.size, b.size)
        below = 0.5 * em < b.base - a.base < 4.2 * em and _aligned(a, b, 0.6)
        if below and abs(a.size - b.size) < 0.05 * em:
            out[-1].lines.append(b)
        else:
            out.append(Cell([b]))
    return out


def _rows_of_cells(cells: list[Cell]) -> list[list[Cell]]:
    out = [[cells[0]]]
    for a, b in pairwise(cells):
        beside = b.x0 > a.x1 - 0.3 * a.lines[0].size and b.top < a.bottom and b.bottom > a.top
        if beside:
            out[-1].append(b)
        else:
            out.append([b])
    for row in [row for row in out if len(row) >= LEAST_CELLS]:
        if over := _over(row):
            row[0] = Cell(row[0].lines[over:])
    return out


def _over(row: list[Cell]) -> int:
    """How many lines of the first cell stand over the table: a heading or caption above its last one, beside which all other
    cells begin."""
    last, em = row[0].lines[-1].base, row[0].lines[0].size
    return len(row[0].lines) - 1 if all(abs(c.lines[0].base - last) < 0.3 * em for c in row[1:]) else 0


def _tables(rows: list[list[Cell]]) -> list[list[list[Cell]]]:
    """Neighbouring rows of at least three cells that lie under each other. One row alone may be what a page break left."""
    out: list[list[list[Cell]]] = []
    open_ = False
    for row in rows:
        if len(row) < LEAST_CELLS or _evenly_spread(row):
            open_ = False
        elif open_ and min(c.top for c in row) > max(c.top for c in out[-1][-1]):
            out[-1].append(row)
        else:
            out.append([row])
            open_ = True
    return out


def _evenly_spread(row: list[Cell]) -> bool:
    """Whether the parts of a row stand apart as the words of a justified line do, by one and the same gap."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    em = row[0].lines[0].size
    return len(gaps) > 2 and max(gaps) < 2.5 * em and max(gaps) - min(gaps) < 0.15 * em


def _row(found: list[Cell]) -> Row:
    low = max((b for cell in found for b in cell.lines), key=lambda b: b.base)
    return Row([_merged(cell) for cell in found], low.base, low.size, min(cell.top for cell in found))


def one_row(cell: Cell) -> Row:
    """A cell as a row by itself, at the place of its first line."""
    return Row([_merged(cell)], cell.lines[0].base, cell.lines[0].size)


def _merged(cell: Cell) -> Bit:
    first = cell.lines[0]
    text = first.text
    for line in cell.lines[1:]:
        text = text.rstrip() + ("" if is_wide(text.rstrip()[-1]) or is_wide(line.text[0]) else " ") + line.text
    count = sum(b.count for b in cell.lines)
    return Bit(text, cell.x0, cell.x1, first.base, first.size, first.weight, first.order, count, 0.0, first.part)
