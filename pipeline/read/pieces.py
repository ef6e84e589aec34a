"""Pieces of print: runs become bits, what stands on one baseline without a wide gap, and bits become rows, what stands on one
line."""

from __future__ import annotations

from itertools import accumulate, pairwise
from operator import attrgetter

from msgspec import Struct

from pipeline.read.lines import CELL_GAP, GAP, LATIN_GAP, SEAM_GAP, head_end, is_wide, label_space, shows_space, spread
from pipeline.read.runs import Run

_FAR = 4  # ems between what belongs to different lines, if it is of very different sizes
_HALF_BLANK = frozenset("，。、；：！？」』）》〉】〕")
ASCENT, DESCENT = 0.88, 0.12  # of an ideograph's em, above and below the baseline


class Bit(Struct, gc=False):
    """Text on one baseline without a wide gap. ``order`` is its place in the content stream, ``size`` and ``base`` those of its
    largest run, ``count`` its characters, of which ``weight`` is the commonest weight; ``inset`` as in
    :class:`Line`, ``part`` as in :class:`Run`."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int
    order: int
    count: int
    inset: float
    part: int = 0
    end: float = 0.0  # of the ink of a line, as far as it is known: the second half of a point at its end is blank

    def __post_init__(self) -> None:
        blank = self.text[-1:] in _HALF_BLANK and self.x1 - self.x0 > 6 * self.size
        self.end = self.x1 - 0.5 * self.size if blank else self.x1

    @property
    def top(self) -> float:
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.base + DESCENT * self.size


class Row(Struct, gc=False):
    """Bits on one printed line, from left to right; ``base`` and ``size`` are those of its largest bit. A row of a table whose
    cells hold several lines begins at ``high``; then ``base`` is that of the lowest. ``apart`` are the numbers of the bits that
    stand under or over a bit of another row, as the cells of a table do."""

    bits: list[Bit]
    base: float
    size: float
    high: float | None = None
    apart: frozenset[int] = frozenset()

    @property
    def x0(self) -> float:
        return self.bits[0].x0

    @property
    def x1(self) -> float:
        bits = self.bits
        return bits[0].x1 if len(bits) == 1 else max([b.x1 for b in bits])

    @property
    def top(self) -> float:
        return self.base - ASCENT * self.size if self.high is None else self.high

    @property
    def bottom(self) -> float:
        return self.base + DESCENT * self.size

    @property
    def inset(self) -> float:
        """How far behind ``x0`` begins what its head sets off; 0 where nothing does."""
        head = self.bits[0]
        if head.inset or len(self.bits) == 1 or not _may_be_label(head.text):
            return head.inset
        return self.bits[1].x0 - head.x0

    @property
    def gap(self) -> float:
        """The widest white space between two of its bits."""
        return max((b.x0 - a.x1 for a, b in pairwise(self.bits)), default=0.0) if len(self.bits) > 1 else 0.0

    @property
    def part(self) -> int:
        """The number of the paragraph that all of it belongs to; 0 where there is none, or more than one."""
        parts = {b.part for b in self.bits}
        return parts.pop() if len(parts) == 1 else 0

    @property
    def text(self) -> str:
        """Its text, with a space where the page shows one between bits."""
        found = self.bits
        if len(found) == 1:
            return found[0].text
        if self.high is not None:
            return " ".join(b.text.strip() for b in found)
        gaps = [b.x0 - a.x1 for a, b in pairwise(found)]
        # a heading whose characters are spread over the line is one word
        short = len(found) > 3 and all(len(b.text) == 1 and is_wide(b.text) for b in found)
        even = min(gaps) if short and max(gaps) < 1.6 * min(gaps) else 0.0
        parts = [found[0].text]
        for k, (gap, a, b) in enumerate(zip(gaps, found, found[1:], strict=False), 1):
            if k in self.apart and not a.text[-1].isspace() and not b.text[0].isspace():
                parts += " ", b.text
            else:
                parts += _joint(a.text, b.text, gap, self.size, even, len(parts) == 1)
        return "".join(parts)

    @property
    def cells(self) -> int:
        """How many of its parts stand apart."""
        if self.high is not None:
            return len(self.bits)
        steps = enumerate(pairwise(self.bits), 1)
        return 1 + sum(k in self.apart or b.x0 - a.x1 > GAP * self.size for k, (a, b) in steps)


def bits(runs: list[Run], seam: float = SEAM_GAP) -> list[Bit]:
    """Join runs that go on with the one before; ``seam`` as in :func:`shows_space`."""
    out: list[Bit] = []
    group: list[Run] = []
    x0 = x1 = base = size = 0.0
    for run in runs:
        if group:
            em = max(run.size, size)
            drift = (0.2 if 0.8 * em < min(run.size, size) else 0.55) * em
            gap = run.x0 - x1
            over = gap <= -0.6 * em and gap > -1.8 * em and _is_under(run, group[-1], size)
            close = (over or -0.6 * em < gap) and (gap < CELL_GAP * em or gap < _widest(group[-1], run) * em)
            other = run.part != group[-1].part and run.part and group[-1].part  # the next cell
            if close and not other and -drift <= run.base - base <= drift and (over or run.x0 > x0 - 0.1 * em):
                group.append(run)
                x1 = max(x1, run.x1)
                if run.size > size * 1.02:
                    base, size = run.base, run.size
                continue
            out.append(_bit(group, x1, base, size, seam))
        group, x0, x1, base, size = [run], run.x0, run.x1, run.base, run.size
    if group:
        out.append(_bit(group, x1, base, size, seam))
    return out


def _is_under(run: Run, last: Run, size: float) -> bool:
    """Whether two runs are an index over the other, beside text of a larger ``size``."""
    return run.size < 0.8 * size and last.size < 0.8 * size and abs(run.base - last.base) > 0.3 * run.size


def _may_be_label(text: str) -> bool:
    text = text.strip()
    return len(text) < 9 and not (len(text) > 1 and text.isascii() and text.isalpha())


def _widest(a: Run, b: Run) -> float:
    """The white space, in ems, that may stand between two runs of one bit."""
    if a.text[-1] == " " and not is_wide(b.text[0]) and not is_wide(a.text.rstrip()[-1]):
        return 1.6  # a word space that justification made wide
    if "\u3000" in (a.text[-1], b.text[0]):
        return 2.0  # a typed space of one em
    return CELL_GAP if _solid(a) and _solid(b) else GAP


def _solid(run: Run) -> bool:
    """Whether a run is of ideographs without white space between them: what follows it at a distance was set there."""
    return run.count > 1 and run.x1 - run.x0 < 1.04 * run.count * run.size and is_wide(run.text.strip()[-1])


def _bit(group: list[Run], x1: float, base: float, size: float, seam: float) -> Bit:
    first = group[0]
    if len(group) == 1:
        return Bit(first.text, first.x0, x1, base, size, first.weight, first.order, first.count, first.inset, first.part)
    gaps = [b.x0 - end for b, end in zip(group[1:], accumulate((r.x1 for r in group), max), strict=False)]
    inset = first.inset
    if not inset and (gaps[0] > 0.3 * size or len(first.text) < 5) and _may_be_label(first.text):
        head = gaps[0] > 0.3 * size or head_end(first.text + "\u4e00") >= len(first.text)
        inset = group[1].x0 - first.x0 if head else _label_in_runs(group, gaps, size)
    weight, count = first.weight, 0
    by_weight: dict[int, int] = {}
    for run in group:
        by_weight[run.weight] = by_weight.get(run.weight, 0) + run.count
        count += run.count
    if len(by_weight) > 1:
        weight = max(by_weight, key=lambda w: by_weight[w])
    if max(gaps) <= LATIN_GAP * size:
        text = "".join([run.text for run in group])
        return Bit(text, first.x0, x1, base, size, weight, first.order, count, inset, first.part)
    # where ideographs follow each other closely inside the runs, the gaps between runs are no justification
    close = any(r.count > 2 and _solid(r) for r in group)
    even = 0.0 if close else spread([r.text[-1] for r in group[:-1]], [r.text[0] for r in group[1:]], gaps)
    parts = [first.text]
    for gap, a, b in zip(gaps, group, group[1:], strict=False):
        parts += _joint(a.text, b.text, gap, size, even, len(parts) == 1, seam)
    return Bit("".join(parts), first.x0, x1, base, size, weight, first.order, count, inset, first.part)


_LABEL_RUNS = 8


def _label_in_runs(group: list[Run], gaps: list[float], size: float) -> float:
    """The inset where the label is of several runs: word processors part (, 1 and ); justified lines are shown sign by sign."""
    text, starts = group[0].text, [0]
    for gap, run in zip(gaps[:_LABEL_RUNS], group[1:], strict=False):
        text += " " if gap > 0.3 * size else ""
        starts.append(len(text))
        text += run.text
    head = head_end(text)
    return next((group[k].x0 - group[0].x0 for k, at in enumerate(starts) if at == head), 0.0) if head else 0.0


def _joint(
    a: str, b: str, gap: float, size: float, even: float, first: bool, seam: float = SEAM_GAP
) -> tuple[str, ...]:
    """What follows ``a``: perhaps a space, then ``b``."""
    if not a[-1].isspace() and not b[0].isspace() and gap > LATIN_GAP * size:
        label = label_space(a) if first and len(a) < 9 else None
        if shows_space(a[-1], b[0], gap, size, even, seam) if label is None else label:
            return " ", b
    return (b,)


def rows(pieces: list[Bit]) -> list[Row]:
    """Gather bits that stand beside each other, from the top down."""
    out: list[Row] = []
    for bit in sorted(pieces, key=_base):
        for row in out[:-3:-1]:
            big = bit.size if bit.size > row.size else row.size
            if bit.base - row.base > big:
                continue
            small = min(bit.size, row.size)
            if small < 0.7 * big and _is_far(bit, row, _FAR * big):
                continue
            overlap = min(bit.bottom, row.bottom) - max(bit.top, row.top)
            least = (0.5 if small > 0.8 * big else 0.3) * small  # a note mark may stand high
            slack = 0.3 * small
            if overlap > least and not any(b.x0 < bit.x1 - slack and bit.x0 < b.x1 - slack for b in row.bits):
                row.bits.append(bit)
                if bit.size > row.size:
                    row.base, row.size = bit.base, bit.size
                break
        else:
            out.append(Row([bit], bit.base, bit.size))
    for row in out:
        if len(row.bits) > 1:
            row.bits.sort(key=_left)
    out.sort(key=_base)
    return out


def _is_far(bit: Bit, row: Row, least: float) -> bool:
    """Whether words stand at the other end of the page from a row of very different size: a title and small print, but not the
    number of a line."""
    small = [bit] if bit.size < row.size else row.bits
    distance = min(max(bit.x0 - b.x1, b.x0 - bit.x1) for b in row.bits)
    return distance > least and not all(len(b.text) < 5 and b.text.strip().isdecimal() for b in small)


_base, _left = attrgetter("base"), attrgetter("x0")


def slanted(runs: list[Run]) -> list[Row]:
    """Words that are written aslant, each a row of its own, as high as it takes to tell it from a line."""
    words: list[list[Run]] = []
    for run in runs:
        last = words[-1][-1] if words else None
        near = last is not None and abs(run.base - last.base) + abs(run.x0 - last.x0) < 2.5 * run.size * max(1, last.count)
        if near and abs(run.size - words[-1][-1].size) < 0.1 * run.size:
            words[-1].append(run)
        else:
            words.append([run])
    out = []
    for word in words:
        x0, x1 = min(r.x0 for r in word), max(r.x1 for r in word)
        base, first = max(r.base for r in word), word[0]
        text = "".join(r.text for r in word)
        bit = Bit(text, x0, x1, base, first.size, first.weight, first.order, sum(r.count for r in word), 0.0)
        high = min(base - 3 * first.size, min(r.base for r in word) - first.size)
        out.append(Row([bit], base, first.size, high))
    return out
