"""Running heads and page numbers, as far as the reading order needs to know: rows that stand at the same height at the edge of
several pages. They are taken out before columns are looked for, since a head over one column or a number in the gutter
belongs to neither column."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from msgspec import Struct

from pipeline.read.pieces import Bit, Row, rows
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
    for pair in sides:
        found: list[list[Bit]] = []
        for side, outer in enumerate(pair):
            kept: list[Bit] = []
            for row in outer:
                again = [bit for bit in row.bits if max(seen[key] for key in _keys(side, bit)) > 1]
                kept += again
                if len(again) < len(row.bits):
                    break
            found.append(kept)
        out.append(Edges(found[0], found[1], frozenset(b.order for b in found[0] + found[1])))
    return out


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
