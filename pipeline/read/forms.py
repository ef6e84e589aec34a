"""Forms: tables whose left column names what the right one tells at length. The name is set beside the middle of its text, so
that from the top down it would come in the midst of it; programs write it before."""

from __future__ import annotations

from itertools import chain, pairwise

from pipeline.read.lines import is_wide
from pipeline.read.pieces import Bit, Row, rows
from pipeline.read.tables import Cell, cells, one_row

_NARROW = 8  # ems of a name
_LONG = 10  # ems of lines of text
_NEAR = 6  # ems from the name to its text
_PITCH = 4.2  # ems between lines of one cell


def parts(region: list[Row]) -> list[list[Row]]:
    """A region in parts that follow each other: each name apart from its text, and what stands around them."""
    if not any(_disjoint(a, b) for a, b in pairwise(region)):
        return [region]
    bits = sorted(chain.from_iterable(row.bits for row in region), key=lambda b: (b.order, b.x0))
    found = _named(cells(bits))
    if not found:
        return [region]
    taken = {id(b) for name, text in found for b in (*name.lines, *text)}
    rest = rows([b for b in bits if id(b) not in taken])
    out: list[list[Row]] = []
    for name, text in sorted(found, key=lambda x: min(b.base for b in x[1])):
        top = min(b.base for b in text)
        above = [row for row in rest if row.base < top]
        rest = rest[len(above) :]
        out += [above] if above else []
        out += [[one_row(name)], rows(text)]
    return [*out, rest] if rest else out


def _disjoint(a: Row, b: Row) -> bool:
    """Whether two rows stand beside each other rather than over each other."""
    return (a.x1 < b.x0 or b.x1 < a.x0) and b.base - a.base < 1.5 * max(a.size, b.size)


def _named(found: list[Cell]) -> list[tuple[Cell, list[Bit]]]:
    """Names and the pieces of the text beside each."""
    out: list[tuple[Cell, list[Bit]]] = []
    k = 0
    while k < len(found):
        name, em = found[k], found[k].lines[0].size
        last, low = k, name.bottom
        for cell in found[k + 1 :]:
            if not 0 < cell.x0 - name.x1 < _NEAR * em or cell.top > low + _PITCH * em:
                break
            last, low = last + 1, max(low, cell.bottom)
        text = [b for cell in found[k + 1 : last + 1] for b in cell.lines]
        told = sum(is_wide(b.text[0]) and b.x1 - b.x0 > _LONG * em for b in text) > 1
        if told and name.x1 - name.x0 < _NARROW * em and is_wide(name.lines[0].text[0]) and _beside(name, text, em):
            out.append((name, text))
            k = last
        k += 1
    return out


def _beside(name: Cell, text: list[Bit], em: float) -> bool:
    """Whether a name begins lower than its text and ends no lower: a label stands at the height of the first line."""
    first, last = min(b.base for b in text), max(b.base for b in text)
    return first + 0.5 * em < name.lines[0].base and name.lines[-1].base < last + 0.3 * em
