"""Offsets: how the characters of one text stand for those of another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct


class Piece(Struct, frozen=True, array_like=True, gc=False):
    """``length`` characters that stand for ``source[start:end]``.

    Where ``length == end - start`` they map one to one; otherwise the run maps as a whole. ``start == end`` marks characters
    that were inserted.
    """

    length: int
    start: int
    end: int

    @property
    def one_to_one(self) -> bool:
        return self.length == self.end - self.start


class Alignment:
    """Offsets of a text against offsets of its source, over pieces that cover the text in order."""

    def __init__(self, pieces: Iterable[Piece]):
        self.pieces = list(pieces)
        self.starts = list(accumulate((p.length for p in self.pieces), initial=0))
        self._order = sorted((p.start, p.end, k) for k, p in enumerate(self.pieces) if p.end > p.start)
        self._keys = [x[0] for x in self._order]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, from the least to the greatest source offset in it."""
        if not self.pieces:
            return 0, 0
        first = min(bisect_right(self.starts, start) - 1, len(self.pieces) - 1)
        if end <= start:
            p = self.pieces[first]
            at = p.start + min(start - self.starts[first], p.end - p.start) if p.one_to_one else p.start
            return at, at
        low = high = -1
        for k in range(first, len(self.pieces)):
            p, at = self.pieces[k], self.starts[k]
            if at >= end:
                break
            a, b = p.start, p.end
            if p.one_to_one:
                a, b = p.start + max(0, start - at), p.end - max(0, at + p.length - end)
            low, high = (a, b) if low < 0 else (min(low, a), max(high, b))
        return low, high

    def target(self, start: int, end: int) -> tuple[int, int] | None:
        """The text span of ``source[start:end]``, or None where none of it stands in the text."""
        low = high = -1
        k = max(0, bisect_right(self._keys, start) - 1)
        while k < len(self._order) and self._order[k][0] < max(end, start + 1):
            a, b, i = self._order[k]
            if b > start:
                p, at = self.pieces[i], self.starts[i]
                x, y = at, at + p.length
                if p.one_to_one:
                    x, y = at + max(0, start - a), at + min(p.length, max(end, start) - a)
                low, high = (x, y) if low < 0 else (min(low, x), max(high, y))
            k += 1
        return None if low < 0 else (low, high)


class Cutter:
    """Cuts pieces off the front of a list, by number of text characters. A piece that maps as a whole leaves its source
    span with the first part that is kept."""

    def __init__(self, pieces: Iterable[Piece]):
        self._left: Iterator[Piece] = iter(pieces)
        self._piece: Piece | None = None

    def take(self, length: int) -> list[Piece]:
        out: list[Piece] = []
        while length > 0:
            p = self._piece or next(self._left)
            self._piece = None
            if p.length > length:
                cut = p.start + length if p.one_to_one else p.end
                self._piece = Piece(p.length - length, cut, p.end)
                p = Piece(length, p.start, cut)
            out.append(p)
            length -= p.length
        return out


Source = tuple[int, int]  # source[start:end]


def replaced(pieces: Iterable[Piece], edits: Iterable[tuple[int, int, int]]) -> tuple[tuple[Piece, ...], list[list[Source]]]:
    """The pieces of a text in which each ``text[start:end]`` gives way to ``length`` characters, for ``(start, end, length)``
    in order; and for each edit the source spans of what went (an empty one where nothing of the source did).

    New characters stand for the first of these spans. Neighbours that map one to one are joined. One pass without helpers:
    a report has an edit at every line end.
    """
    out: list[Piece] = []
    gone: list[list[Source]] = []
    source = iter(pieces)
    left = a = b = 0  # what is left of the piece at hand: ``left`` characters for source[a:b]
    length = low = high = 0  # the piece that is being put together
    at = here = 0
    for start, end, new in edits:
        wanted = start - at
        while wanted > 0:
            if not left:
                p = next(source)
                left, a, b = p.length, p.start, p.end
            if left <= wanted:
                n, x, y, left = left, a, b, 0
            else:
                n, x = wanted, a
                y = a = a + wanted if left == b - a else b
                left -= wanted
            wanted -= n
            if x == high and n == y - x and length == high - low:
                length += n
                high = y
            else:
                if length:
                    out.append(Piece(length, low, high))
                length, low, high = n, x, y
            here = y
        wanted = end - start
        runs: list[Source] = []
        while wanted > 0:
            if not left:
                p = next(source)
                left, a, b = p.length, p.start, p.end
            if left <= wanted:
                n, x, y, left = left, a, b, 0
            else:
                n, x = wanted, a
                y = a = a + wanted if left == b - a else b
                left -= wanted
            wanted -= n
            if y > x:
                if runs and runs[-1][1] == x:
                    runs[-1] = (runs[-1][0], y)
                else:
                    runs.append((x, y))
            here = y
        if not runs:
            runs.append((here, here))
        gone.append(runs)
        if new:
            x, y = runs[0]
            if x == high and new == y - x and length == high - low:
                length += new
                high = y
            else:
                if length:
                    out.append(Piece(length, low, high))
                length, low, high = new, x, y
        at = end
    if length:
        out.append(Piece(length, low, high))
    return tuple(out), gone


def runs(pieces: Iterable[Piece]) -> list[Source]:
    """The non-empty source spans of pieces, neighbours joined."""
    out: list[Source] = []
    for p in pieces:
        if p.start == p.end:
            continue
        if out and out[-1][1] == p.start:
            out[-1] = (out[-1][0], p.end)
        else:
            out.append((p.start, p.end))
    return out


def merge(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with neighbours joined that map one to one and go on in the source."""
    out: list[Piece] = []
    for p in pieces:
        last = out[-1] if out else None
        if last and last.one_to_one and p.one_to_one and last.end == p.start and last.length and p.length:
            out[-1] = Piece(last.length + p.length, last.start, p.end)
        else:
            out.append(p)
    return tuple(out)
