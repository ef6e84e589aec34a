"""Where the lines of a document stand in their columns: what is indented, hangs under a label, is centred or set narrower, and
how much room is left on a line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

from pipeline.document import Document, Line
from pipeline.reflow.margins import aside_lines
from pipeline.reflow.shapes import LABEL, OPENING, UNIT, ems

# How much likelier hanging lines than first lines are where the upper line is as long as hanging asks for (a mean of what a
# full and a short one say), what the opposite takes off, and from what sum on they are sure.
_HANGS, _STANDS, _SURE = 2.6, 5.2, 6.0
SPEAKS = 0.6  # ems of room beyond what the next word needs that make a line short
_WIDE = 12  # ems
_TEXT = re.compile("[0-9]|[\u4e00-\u9fff]{1,4}[A-Za-z0-9 ]")
_ALONE = re.compile("[\u4e00-\u9fff]{2}")  # an ideograph that nothing clings to


class Places:
    """The lines of one document, each measure taken when it is first asked for. ``kept`` are the numbers of those that are no
    furniture; offsets and places are those of :class:`Line`."""

    def __init__(self, document: Document, aside: Collection[int] = ()):
        self._raw = document.raw
        self.lines = document.lines
        gone = aside_lines(document) | set(aside)
        self.kept = [k for k in range(len(self.lines)) if k not in gone]
        self._firsts: dict[int, float] = {}
        self._rooms: dict[tuple[int, int], float] = {}
        self._pitch_of: dict[float, float] = {}  # by size

    @cached_property
    def _slack(self) -> float:
        """By how much sizes differ that are meant to be one: a text layer made by character recognition has no fixed sizes."""
        near = sum(x.end - x.start for x in self.lines if abs(x.size - self.em) < 0.03 * self.em)
        return 0.08 if near > 0.4 * sum(x.end - x.start for x in self.lines) else 0.3

    @cached_property
    def em(self) -> float:
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[round(line.size, 1)] += line.end - line.start
        return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 1.0

    @cached_property
    def _pitches(self) -> dict[tuple[float, int], float]:
        """The commonest distance of baselines, by font size (on the whole, page 0, and by page)."""
        seen: dict[tuple[float, int], list[float]] = defaultdict(list)
        for a, b in pairwise(self.lines):
            if a.block == b.block and abs(a.size - b.size) < 0.05 * a.size and 0 < b.y1 - a.y1 < 6 * a.size:
                seen[rounded(a.size), 0].append(b.y1 - a.y1)
        return {key: _mode(found) for key, found in seen.items()}

    def _restyled(self, a: Line, b: Line) -> bool:
        other = bool(a.weight and b.weight and a.weight != b.weight)
        return other or abs(a.size - b.size) > self._slack * max(a.size, b.size)

    def _pitch(self, line: Line) -> float:
        size = line.size
        found = self._pitch_of.get(size)
        if found is None:
            found = self._pitches.get((rounded(size), 0))
            if not found:
                body = self._pitches.get((rounded(self.em), 0))
                found = body / self.em * size if body else 1.6 * size
            self._pitch_of[size] = found
        return found

    @cached_property
    def _justified(self) -> set[tuple[int, bool]]:
        """The columns (by their rounded right edge) whose lines end at that edge even before a long word: lines with spaces in
        them (True), and lines without (False), which not every typesetter stretches."""
        seen: dict[tuple[int, bool], list[bool]] = defaultdict(list)
        for a, b in pairwise(self.lines):
            if a.block == b.block and abs(a.size - self.em) < 0.1 * self.em and self._first(b) > 1.9:
                room = (a.right - a.x1) / a.size
                if room < 4:
                    seen[self._edge(a)].append(abs(room) < 0.35)
        return {key for key, found in seen.items() if len(found) > 2 and sum(found) > 0.75 * len(found)}

    def _edge(self, line: Line) -> tuple[int, bool]:
        return round(line.right), self._raw.find(" ", line.start, line.end) >= 0

    @cached_property
    def _hangs(self) -> set[tuple[int, int]]:
        """Where labels stand that lines hang under, whatever the labels look like: their place and the text's distance."""
        found = set()
        for a, b in pairwise(self.lines):
            if a.inset and a.block == b.block and abs(a.x0 + a.inset - b.x0) < 0.35 * a.size and b.x0 > a.x0 + 0.8 * a.size:
                at, far = hang(a)
                found |= {(at + d, far + e) for d in (-1, 0, 1) for e in (-1, 0, 1)}
        return found

    @cached_property
    def _entries(self) -> set[int]:
        """The raw starts of lines that others hang under without a label, as in lists of references. First lines of paragraphs
        begin behind the others: there the line before is short, and theirs full; here it is the other way round. The stretches
        are those in which this evidence adds up to most (a cumulative sum test, E. S. Page, 1954)."""
        out: set[int] = set()
        total = most = 0.0
        stretch: list[int] = []
        sure = 0
        for i, j in pairwise(self.kept):
            a, b = self.lines[i], self.lines[j]
            x, y = (a.x0 - a.left) / a.size, (b.x0 - b.left) / b.size
            if self._restyled(a, b) or a.inset or max(x, y) > 4.5 or total < 0:
                out.update(stretch[:sure])
                total, most, stretch, sure = 0.0, 0.0, [], 0
            if min(x, y) < 0.3 and abs(x - y) > 0.8:
                first = x < y  # of an entry, if this is one
                total += _HANGS if (self.room(a, b) > SPEAKS) != first else _HANGS - _STANDS
                stretch += [a.start] if first else []
                if total >= max(most, _SURE):
                    most, sure = total, len(stretch)
        out.update(stretch[:sure])
        return out

    @cached_property
    def _centred(self) -> list[bool]:
        """For each line whether it stands in the middle of its column by intent, not by its indent or with its neighbours."""
        insets = Counter((rounded(x.size), round(4 * (x.x0 - x.left) / x.size)) for x in self.lines)
        out = []
        for k, x in enumerate(self.lines):
            before, after = x.x0 - x.left, x.right - x.x1
            middle = min(before, after) > 1.5 * x.size and x.start not in self._rights
            middle = middle and abs(before - after) < max(0.8 * x.size, 0.06 * (x.right - x.left))
            if middle and x.size < 1.05 * self.em:
                middle = insets[rounded(x.size), round(4 * before / x.size)] < max(3, 0.02 * len(self.lines))
            for other in (self.lines[k - 1], self.lines[min(k + 1, len(self.lines) - 1)]) if middle else ():
                in_line = other.page == x.page and abs(other.x0 - x.x0) < 0.3 * x.size
                middle = middle and not (in_line and abs(other.x1 - x.x1) > 0.6 * x.size)
                first = 1.7 < (x.x0 - other.x0) / x.size < 2.3 and -0.6 < (other.x1 - x.x1) / x.size < 1.2
                middle = middle and not (first and other.y1 > x.y1 and abs(other.size - x.size) < 0.05 * x.size)
            out.append(middle)
        return out

    @cached_property
    def _rights(self) -> dict[int, float]:
        """Where lines end that are set narrower than their column on both sides, by their raw starts: a quotation, a box."""
        out: dict[int, float] = {}
        for run in self._inset_runs():
            em, right = run[0].size, max(x.x1 for x in run)
            left = min(x.x0 for x in run)
            before, behind = left - run[0].left, run[0].right - right
            full = sum(x.x1 > right - 1.05 * em for x in run)  # a point may hang out
            column = run[0].right - run[0].left
            long = right - left > max(0.5 * column, min(_WIDE * em, 0.55 * column))  # no address, no list of names
            even = abs(before - behind) < 1.6 * em and run[-1].x1 < right - 1.5 * em
            middles, widths = [x.x0 + x.x1 for x in run], [x.x1 - x.x0 for x in run]
            if max(middles) - min(middles) < 1.2 * em < max(widths) - min(widths):
                continue  # centred lines
            if min(before, behind) > 1.2 * em and long and 2 * full >= len(run) > 1 and (full > 1 if len(run) > 2 else even):
                out.update({x.start: right for x in run})
        return out

    def _inset_runs(self) -> Iterator[list[Line]]:
        """Stretches of lines that all begin behind the edge of their column, below one another but for first lines."""
        run: list[Line] = []
        for k in self.kept:
            x = self.lines[k]
            inset = x.x0 - x.left > 1.2 * x.size and x.cells == 1 and not x.inset
            goes_on = inset and run and x.block == run[-1].block and not self._restyled(x, run[-1]) and self._is_level(run, x)
            if not goes_on:
                if run:
                    yield run
                run = []
            if inset:
                run.append(x)
        if run:
            yield run

    def _is_level(self, run: list[Line], line: Line) -> bool:
        """Whether a line begins below the others, or two ems before or behind as first lines do; a bracket may hang out."""
        if line.y1 - run[-1].y1 > 1.3 * self._pitch(line):
            return False
        steps = [(line.x0 - min(x.x0 for x in run)) / line.size, (line.x0 - max(x.x0 for x in run)) / line.size]
        hung = self._raw[line.start] in OPENING and -0.9 < steps[0] < 0
        return hung or any(abs(step) < 0.3 for step in steps) or (steps[0] == steps[1] and 1.7 < abs(steps[0]) < 2.3)

    @cached_property
    def _blocks(self) -> Counter[int]:
        return Counter(x.block for x in self.lines)

    def _names(self, a: Line, b: Line) -> bool:
        """Whether a line stands by itself left of a text that begins higher: the name of a field in a form."""
        high = a.page == b.page and a.y1 - 12 * a.size < b.y1 < a.y1 and b.x0 > a.x1
        return high and self._blocks[a.block] == 1 < self._blocks[b.block]

    @cached_property
    def _hung(self) -> set[int]:
        """The raw starts of lines that stand under the text of a label."""
        out: set[int] = set()
        at = -1.0  # from the left edge of the column: an item may go on in the next one
        for i, j in pairwise([*self.kept, *self.kept[-1:]]):
            x, following = self.lines[i], self.lines[j]
            if at > 0 and abs(x.x0 - x.left - at) < 0.25 * x.size:
                out.add(x.start)
            else:
                at = x.x0 + x.inset - x.left if x.inset else -1.0
            if self.room(x, following) > SPEAKS or self._restyled(x, following):
                at = -1.0
        return out

    def cells(self, line: Line) -> int:
        """How many parts of a line stand apart, other than as the words of a justified line do."""
        return line.cells if line.start in self._gaps else 1

    def _is_item(self, line: Line) -> bool:
        """Whether lines would hang under a line's label, should it go on. A number alone may be one of the text, and so may
        ideographs before a seam."""
        sure = LABEL.match(self._raw, line.start, line.end) is not None or not _TEXT.match(self._raw, line.start, line.end)
        return line.inset > 0 and sure and hang(line) in self._hangs

    def _may_be_first(self, line: Line, indent: float) -> bool:
        """Whether a line stands where the first lines of paragraphs do, and not under a label."""
        return round(2 * indent) in self._insets and not line.inset and line.start not in self._hung

    @cached_property
    def _gaps(self) -> dict[int, float]:
        """Ems of white space between the parts of a line, by its raw start, where it is wider than justification makes it: such
        a line reaches the edge, and what begins the next one would not have fitted."""
        out: dict[int, float] = {}
        text = {round(x.right) for x in self.lines if x.cells == 1 and x.right - x.x1 < 0.6 * x.size < x.x1 - x.x0 - 6 * x.size}
        for n, k in enumerate(self.kept):
            x = self.lines[k]
            if x.cells > 1:
                following = self.lines[self.kept[n + 1]] if n + 1 < len(self.kept) else None
                edge = self._rights.get(x.start, x.right) - x.x1 < 0.6 * x.size and round(x.right) in text
                if not (edge and following and x.gap / x.size < self._first(following) + 1.0):
                    out[x.start] = x.gap / x.size
        return out

    @cached_property
    def _insets(self) -> set[int]:
        """By how much first lines are indented, in half ems: lines after which others begin at the edge of their column."""
        found: Counter[int] = Counter()
        for i, j in pairwise(self.kept):
            a, b = self.lines[i], self.lines[j]
            inset, level = (a.x0 - a.left) / a.size, abs(b.x0 - b.left) < 0.3 * b.size
            if a.block == b.block and 0.8 < inset < 4.5 and level and self.room(a, b) < SPEAKS and not self._restyled(a, b):
                found[round(2 * inset)] += 1
        return {n + d for n, count in found.items() if count > 1 for d in (-1, 0, 1)}

    def room(self, upper: Line, lower: Line) -> float:
        """Ems by which ``upper`` could have been longer than it is, had what begins ``lower`` been put on it."""
        pair = upper.start, lower.start
        found = self._rooms.get(pair)
        if found is None:
            found = self._rooms[pair] = self._room(upper, lower)
        return found

    def _room(self, upper: Line, lower: Line) -> float:
        free = (self._rights.get(upper.start, upper.right) - upper.x1) / upper.size
        before = (upper.x0 - upper.left) / upper.size
        if -1.2 < free < 0.5 and before > 5 and upper.start not in self._rights:
            long = upper.x1 - upper.x0 > 0.75 * (upper.right - upper.left) or lower.x1 < upper.x1 - upper.size
            step = (upper.x0 - lower.x0) / upper.size
            if not (long and (abs(step) < 0.3 or 1.7 < step < 2.3)):  # set flush right
                return before - self._first(lower)
        if free > 1.2 and self._edge(upper) in self._justified:
            return max(free - self._first(lower) * lower.size / upper.size, min(free, 3.0) - 0.8)
        return free - self._first(lower) * lower.size / upper.size

    def _first(self, line: Line) -> float:
        """The width in ems of what cannot be broken at the head of a line."""
        found = self._firsts.get(line.start)
        if found is None:
            m = None if _ALONE.match(self._raw, line.start, line.end) else UNIT.match(self._raw, line.start, line.end)
            found = self._firsts[line.start] = sum(map(ems, m[0])) if m else 1.0
        return found


def rounded(size: float) -> float:
    """A font size to a quarter of a point."""
    return round(size * 4) / 4


def hang(line: Line) -> tuple[int, int]:
    """Where a label stands and how far behind it its text begins, in half ems."""
    return round(2 * (line.x0 - line.left) / line.size), round(2 * line.inset / line.size)


def _mode(values: list[float]) -> float:
    """The middle of the densest tenth-wide band of values."""
    values.sort()
    best, at = 0, 0
    j = 0
    for i, low in enumerate(values):
        while j < len(values) and values[j] <= 1.06 * low + 0.2:
            j += 1
        if j - i > best:
            best, at = j - i, i
    return values[at + best // 2]
