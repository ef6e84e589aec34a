"""Offsets: how the characters of one text stand for those of another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from operator import attrgetter, gt

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


Source = tuple[int, int]  # source[start:end]
_length, _start, _end = map(attrgetter, ("length", "start", "end"))


class Alignment:
    """Offsets of a text against offsets of its source, over pieces that cover the text in order."""

    def __init__(self, pieces: Iterable[Piece]):
        self.pieces = list(pieces)
        self.starts = list(accumulate(map(_length, self.pieces), initial=0))

    @cached_property
    def _order(self) -> list[int]:
        """The numbers of the pieces that stand for something, by their place in the source."""
        places = list(map(_start, self.pieces))
        found = list(compress(count(), map(gt, map(_end, self.pieces), places)))
        found.sort(key=places.__getitem__)
        return found

    @cached_property
    def _keys(self) -> list[int]:
        return [self.pieces[k].start for k in self._order]

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
        while k < len(self._keys) and self._keys[k] < max(end, start + 1):
            i = self._order[k]
            p = self.pieces[i]
            if p.end > start:
                x, y = self.starts[i], self.starts[i + 1]
                if p.one_to_one:
                    x, y = x + max(0, start - p.start), x + min(p.length, max(end, start) - p.start)
                low, high = (x, y) if low < 0 else (min(low, x), max(high, y))
            k += 1
        return None if low < 0 else (low, high)

    def cut(self, start: int, end: int) -> list[Piece]:
        """The pieces of ``text[start:end]``. A piece that maps as a whole leaves its source span with its first part."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end)
        out = self.pieces[first:last]
        if out and end < self.starts[last]:
            p, length = out[-1], end - self.starts[last - 1]
            out[-1] = Piece(length, p.start, p.start + length if p.one_to_one else p.end)
        if out and start > self.starts[first]:
            p, gone = out[0], start - self.starts[first]
            out[0] = Piece(p.length - gone, p.start + gone if self.pieces[first].one_to_one else p.end, p.end)
        return out

    def replaced(self, starts: Sequence[int], ends: Sequence[int],
                 lengths: Sequence[int]) -> tuple[tuple[Piece, ...], list[int], list[int], dict[int, list[Source]]]:
        """The pieces of a text in which each ``text[start:end]`` gives way to ``length`` characters, for starts, ends and
        lengths in order. Then, in two columns, the source span of what went for each edit (an empty one where nothing of the
        source did), and where there were several, the others by the number of the edit.

        New characters stand for the first of these spans. Neighbours that map one to one are joined. One pass with few calls:
        a report has an edit at every line end.
        """
        pieces, bounds = self.pieces or [Piece(0, 0, 0)], self.starts if self.pieces else [0, 0]
        out: list[Piece] = []
        lows: list[int] = []
        highs: list[int] = []
        more: dict[int, list[Source]] = {}
        at = here = 0  # what is done: up to text[at] and source[here]
        end_of_even = -1  # where the last of the new pieces ends, if it maps one to one
        k, p, first, last = 0, pieces[0], 0, bounds[1]  # the piece at hand, text[first:last]
        shift, even = p.start, p.length == p.end - p.start

        def put(length: int, low: int, high: int) -> None:
            """Take a piece over, joined with the one before where both map one to one and the source goes on."""
            nonlocal end_of_even
            one_to_one = length == high - low
            if one_to_one and low == end_of_even:
                q = out.pop()
                length, low = q.length + length, q.start
            out.append(Piece(length, low, high))
            end_of_even = high if one_to_one else -1

        for start, end, length in zip([*starts, bounds[-1]], [*ends, bounds[-1]], [*lengths, 0], strict=True):
            while at < start:  # kept
                if at == last:
                    k += 1
                    if k + 2 < len(pieces) and bounds[k + 2] < start and pieces[k].start != end_of_even:  # they stay as is
                        far = bisect_left(bounds, start, k) - 2
                        out += pieces[k:far]
                        k, end_of_even = far, -1
                    p, first, last = pieces[k], bounds[k], bounds[k + 1]
                    shift, even, at = p.start - first, p.length == p.end - p.start, first
                stop = start if start < last else last
                if even:
                    low, here = at + shift, stop + shift
                else:
                    low, here = p.start if at == first else p.end, p.end
                put(stop - at, low, here)
                at = stop
            if at == end:
                low = high = here
            else:
                if at == last:
                    k += 1
                    p, first, last = pieces[k], last, bounds[k + 1]
                    shift, even = p.start - first, p.length == p.end - p.start
                if end > last:  # of more than one piece
                    found = self.cut(at, end)
                    here = found[-1].end
                    (low, high), *others = runs(found) or [(here, here)]
                    if others:
                        more[len(lows)] = others
                    k = bisect_left(bounds, end, k) - 1
                    p, first, last = pieces[k], bounds[k], bounds[k + 1]
                    shift, even = p.start - first, p.length == p.end - p.start
                else:
                    low, high = (at + shift, end + shift) if even else (p.start if at == first else p.end, p.end)
                    here = high
                at = end
            lows.append(low)
            highs.append(high)
            if length:
                put(length, low, high)
        lows.pop()
        highs.pop()
        return tuple(out), lows, highs, more


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


def joined(parts: Iterable[list[Piece]]) -> tuple[Piece, ...]:
    """Lists of pieces as one, with the last of one list and the first of the next joined where both map one to one and the
    source goes on."""
    out: list[Piece] = []
    for part in parts:
        if out and part and out[-1].one_to_one and part[0].one_to_one and out[-1].end == part[0].start:
            out[-1] = Piece(out[-1].length + part[0].length, out[-1].start, part[0].end)
            out += part[1:]
        else:
            out += part
    return tuple(out)
