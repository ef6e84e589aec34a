"""Running heads and page numbers, as far as the reading order needs to know: rows that stand at the same height at the edge of
several pages. They are taken out before columns are looked for, since a head over one column or a number in the gutter
belongs to neither column."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, zip_longest

from msgspec import Struct

from pipeline.read.pieces import Bit, Row, rows
from pipeline.reflow.headings import label
from pipeline.reflow.margins import CHANGING, DEPTH


class Edges(Struct, frozen=True):
    """The bits of one page that stand at its upper and lower edge."""

    top: list[Bit]
    bottom: list[Bit]
    orders: frozenset[int]


def repeated(pages: list[list[Bit]]) -> list[Edges]:
    """For each page what is repeated at its edges; ``pages`` are the bits of each."""
    sides = [_outermost(bits) for bits in pages]
    seen: Counter[_Key] = Counter()
    for pair in sides:
        for side, outer in enumerate(pair):
            seen.update({key for row in outer for bit in row.bits for key in _keys(side, bit)})
    out = []
    for pair, bits in zip(sides, pages, strict=True):
        found: list[list[Bit]] = []
        em = _commonest_size(bits)
        for side, outer in enumerate(pair):
            kept: list[Bit] = []
            for row, inner in zip_longest(outer, outer[1:]):
                again = [bit for bit in row.bits if max(seen[key] for key in _keys(side, bit)) > 1]
                if again and len(again) < len(row.bits) and inner:
                    if _is_heading(row, em):
                        break
                    if row.size < 1.05 * em and abs(inner.base - row.base) > _APART * em:
                        again = row.bits  # what changes from page to page stands beside what does not
                kept += again
                if len(again) < len(row.bits):
                    break
            found.append(kept)
        out.append(Edges(found[0], found[1], frozenset(b.order for b in found[0] + found[1])))
    return out


_APART = 2.2  # ems from a running head to the text, more than the text has between its lines


def _commonest_size(bits: list[Bit]) -> float:
    sizes: Counter[float] = Counter()
    for b in bits:
        sizes[round(b.size, 1)] += b.count
    return max(sizes, key=lambda s: sizes[s]) if sizes else 1.0


def _is_heading(row: Row, em: float) -> bool:
    """Whether a row is a heading whose label stands at the same height on another page, where another section begins."""
    head = row.bits[0]
    large = row.size > 1.05 * em or head.weight >= 600
    return large and label(head.text.strip() + " 甲") is not None and row.bits[1].x0 - head.x1 < 4 * row.size


def line_numbers(bits: list[Bit]) -> list[Bit]:
    """The numbers that a draft has beside its lines: left of everything else, counting up evenly, one at least at every fifth
    line. A column of a table is headed, so that numbers are not all that stands at its left edge."""
    numbers: list[Bit] = []
    others: list[Bit] = []
    for b in bits:
        (numbers if len(b.text) < 6 and b.text.strip().isdecimal() else others).append(b)
    if len(numbers) < 5 or not others:
        return []
    edge = min(b.x0 for b in others)
    found = sorted((b for b in numbers if b.x1 < edge - 0.3 * b.size), key=lambda b: b.base)
    values = [int(b.text) for b in found]
    steps = Counter(b - a for a, b in pairwise(values))
    beside = sum(any(abs(b.base - n.base) < 0.5 * b.size and b is not n for b in bits) for n in found)
    even = steps and steps.most_common(1)[0][1] > 0.8 * (len(found) - 1) and steps.most_common(1)[0][0] in (1, 2, 5, 10)
    return found if len(found) >= 5 and even and beside > 0.8 * len(found) else []


def _outermost(bits: list[Bit]) -> tuple[list[Row], list[Row]]:
    found = rows(bits)
    if len(found) < 2:
        return [], []
    depth = min(DEPTH, (len(found) + 1) // 2)
    return found[:depth], found[: -depth - 1 : -1]


_Key = tuple[int, str, int]


def _keys(side: int, bit: Bit) -> tuple[_Key, _Key]:
    """The text without what changes from page to page, and its height, which may fall between two steps of 4 points."""
    text = CHANGING.sub("", bit.text)
    return (side, text, int(bit.base // 4)), (side, text, int((bit.base + 2) // 4) + 100_000)
