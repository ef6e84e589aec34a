"""What the printed page says of its lines: where a paragraph ends, what is a heading, a note, a table row, page furniture.

Pure functions over a Document that carries ``lines``. They look at places, sizes and weights only, never at wording: the
evidence of the text is the affair of whoever asks. All offsets are raw offsets, so the answers stay true while the text is
edited; :meth:`Document.locate` leads from them to the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import pairwise
from math import exp, log
from typing import Literal

from msgspec import Struct

from pipeline.document import Document, Line
from pipeline.reflow.margins import Edge, aside_lines, edges
from pipeline.reflow.shapes import LABEL, LEADER, LEADS_TO, OPENING, UNIT, ems

Verdict = Literal["join", "break", "unknown"]
Role = Literal["", "title", "heading", "caption", "footnote", "table line", "watermark", "line number"]
Crossing = Literal["", "column", "page"]


class Boundary(Struct, frozen=True, gc=False):
    """What the geometry says of the line end between ``lines[upper]`` and ``lines[lower]``.

    ``score`` is a weight of evidence in natural log-odds: above 0 a paragraph ends here, below 0 it goes on, and 0 means that
    the page does not tell. ``verdict`` says the same in a word (``"unknown"`` within ±1). ``reasons`` name the rules that
    spoke, the weightiest first. ``crossing`` tells whether the two lines stand in different columns or on different pages.
    """

    upper: int
    lower: int
    score: float
    reasons: tuple[str, ...] = ()
    crossing: Crossing = ""

    @property
    def verdict(self) -> Verdict:
        return "break" if self.score > 1 else "join" if self.score < -1 else "unknown"

    @property
    def confidence(self) -> float:
        """How sure the verdict is, from 0 to 1."""
        return min(1.0, abs(self.score) / 6)


class LineTraits(Struct, frozen=True, gc=False):
    """What the geometry says of one line.

    ``role`` is a guess ("" where nothing marks the line out) and ``sure`` its confidence from 0 to 1. ``level`` ranks heading
    sizes, 1 the largest of the document (0 where the line is no heading). ``edge`` says whether the line stands alone at the
    top or bottom edge of its page, outside the body, and ``repeated`` on how many pages a line like it (same place, same text
    but for digits) stands at that edge: a running head or a page number. ``placed`` says on how many pages anything stands
    alone at that place, whatever its text: running heads of odd and even pages, or of chapters, differ. ``indent`` is how far
    the line begins right of its
    column's left edge and ``gap`` how far it ends left of the column's right edge, both in ems of the line's own size.
    ``pitch`` is the distance to the line above in the same block, in ems; 0 where there is none.
    """

    role: Role = ""
    sure: float = 0.0
    level: int = 0
    edge: Edge = ""
    repeated: int = 0
    placed: int = 0
    indent: float = 0.0
    gap: float = 0.0
    pitch: float = 0.0
    centred: bool = False


def traits(document: Document) -> list[LineTraits]:
    """What the geometry says of each line, parallel to ``document.lines``; empty where there is no geometry."""
    return Geometry(document).traits()


def breaks(document: Document, aside: Collection[int] = ()) -> dict[int, Boundary]:
    """What the geometry says of each line end, by the raw end offset of the upper line.

    Lines that the document has set aside as furniture are passed over, and so are those whose numbers are in ``aside``: the
    boundary then stands between the lines before and after them, keyed by the end of the line before.
    """
    return Geometry(document, aside).breaks()


def between(document: Document, upper: int, lower: int) -> Boundary:
    """What the geometry says of the line end between any two lines, should one follow the other in the text."""
    return Geometry(document).between(upper, lower)


_SHORT_AT_END = 0.85  # share of paragraphs whose last line leaves room for what follows
_SHORT_INSIDE = 0.03  # share of lines within paragraphs that do: kinsoku, unbreakable words, displayed formulas
_SHORT_LINE = log(_SHORT_AT_END / _SHORT_INSIDE)
_FULL_LINE = log((1 - _SHORT_AT_END) / (1 - _SHORT_INSIDE))
_SPEAKS = 0.6  # ems of room beyond what the next word needs that make a line short
_WIDE = 12  # ems
# ems of white space between the parts of two rows of a table or form, one over the other, and of one by itself
_APART_CELLS, _FAR_CELLS = 2.0, 5.0
_FULL = 1.15  # pitches up to this share of the usual one are the usual one

_ONE_PART, _TWO_PARTS = -5.0, 7.0  # what the file's own tags weigh; a paragraph may hold lines that were broken by hand

_Kind = tuple[str, str]  # how the lower line is indented against the upper one; how far apart they stand
# what transitions mean in most documents: the share of paragraph ends among them, as a start for what the document shows
_PRIOR: dict[str, float] = {
    "level": 0.2, "first line": 0.85, "from first line": 0.03, "hanging": 0.25, "back": 0.75, "inner": 0.25,
    "both first lines": 0.85, "under its label": 0.04, "out of its label": 0.93, "out of its box": 0.93, "next label": 0.9,
    "label": 0.75, "inner label": 0.7, "far right": 0.9,
}
# log-odds of a paragraph end
_APART: dict[str, float] = {"usual": 0.0, "wider": 1.2, "far": 2.5, "apart": 4.0, "crossing": 0.0}


_ALONE = re.compile("[\u4e00-\u9fff]{2}")  # an ideograph that nothing clings to


class Geometry:
    """The lines of one document, measured once; see :func:`breaks` and :func:`traits`."""

    def __init__(self, document: Document, aside: Collection[int] = ()):
        self._raw = document.raw
        self.lines = document.lines
        gone = aside_lines(document) | set(aside)
        self.kept = [k for k in range(len(self.lines)) if k not in gone]
        self._firsts: dict[int, float] = {}
        self._shares: dict[_Kind, float] = {}
        self._largest = max((x.size for x in self.lines), default=self.em)

    # -- measures ------------------------------------------------------------------------------------------------------

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
                seen[_rounded(a.size), 0].append(b.y1 - a.y1)
        return {key: _mode(found) for key, found in seen.items()}

    def _restyled(self, a: Line, b: Line) -> bool:
        other = bool(a.weight and b.weight and a.weight != b.weight)
        return other or abs(a.size - b.size) > self._slack * max(a.size, b.size)

    def _pitch(self, line: Line) -> float:
        if found := self._pitches.get((_rounded(line.size), 0)):
            return found
        body = self._pitches.get((_rounded(self.em), 0))
        return body / self.em * line.size if body else 1.6 * line.size

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
                at, far = _hang(a)
                found |= {(at + d, far + e) for d in (-1, 0, 1) for e in (-1, 0, 1)}
        return found

    @cached_property
    def _centred(self) -> list[bool]:
        """For each line whether it stands in the middle of its column by intent, not by its indent or with its neighbours."""
        insets = Counter(round(4 * (x.x0 - x.left) / x.size) for x in self.lines if abs(x.size - self.em) < 0.05 * self.em)
        out = []
        for k, x in enumerate(self.lines):
            before, after = x.x0 - x.left, x.right - x.x1
            middle = min(before, after) > 1.5 * x.size and x.start not in self._rights
            middle = middle and abs(before - after) < max(0.8 * x.size, 0.06 * (x.right - x.left))
            if middle and abs(x.size - self.em) < 0.05 * self.em:
                middle = insets[round(4 * before / x.size)] < max(3, 0.02 * len(self.lines))
            for other in (self.lines[k - 1], self.lines[min(k + 1, len(self.lines) - 1)]) if middle else ():
                in_line = other.page == x.page and abs(other.x0 - x.x0) < 0.3 * x.size
                middle = middle and not (in_line and abs(other.x1 - x.x1) > 0.6 * x.size)
            out.append(middle)
        return out

    @cached_property
    def _rights(self) -> dict[int, float]:
        """Where lines end that are set narrower than their column on both sides, by their raw starts: a quotation, a box."""
        out: dict[int, float] = {}
        run: list[Line] = []
        for k in [*self.kept, -1]:
            x = self.lines[k] if k >= 0 else None
            level = x and x.cells == 1 and run and x.block == run[0].block and self._is_level(run[0], x)
            if x and level and not x.inset and not self._restyled(x, run[0]):
                run.append(x)
                continue
            if len(run) > 1:
                em, right = run[0].size, max(y.x1 for y in run)
                full = sum(y.x1 > right - 1.05 * em for y in run)  # a point may hang out
                before, behind = run[0].x0 - run[0].left, run[0].right - right
                narrow = min(before, behind) > 1.2 * em
                if narrow and len(run) == 2:  # then it has to be as narrow on both sides
                    full = 2 if abs(before - behind) < 1.6 * em and run[1].x1 <= run[0].x1 else 0
                long = right - run[0].x0 > max(_WIDE * em, 0.5 * (run[0].right - run[0].left))  # no address, no list of names
                if narrow and long and full > 1 and 2 * full >= len(run):
                    out.update({y.start: right for y in run})
            run = [x] if x else []
        return out

    def _is_level(self, a: Line, b: Line) -> bool:
        """Whether two lines begin below one another; a bracket may hang out."""
        step = (b.x0 - a.x0) / b.size
        return abs(step) < 0.3 or (-0.9 < step < 0 and self._raw[b.start] in OPENING)

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
            if self.room(x, following) > _SPEAKS or self._restyled(x, following):
                at = -1.0
        return out

    def cells(self, line: Line) -> int:
        """How many parts of a line stand apart, other than as the words of a justified line do."""
        return line.cells if line.start in self._gaps else 1

    def _is_item(self, line: Line) -> bool:
        """Whether lines would hang under a line's label, should it go on. A number alone may be one of the text."""
        sure = LABEL.match(self._raw, line.start, line.end) is not None or not self._raw[line.start].isdigit()
        return line.inset > 0 and sure and _hang(line) in self._hangs

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
            if a.block == b.block and 0.8 < inset < 4.5 and level and self.room(a, b) < _SPEAKS and not self._restyled(a, b):
                found[round(2 * inset)] += 1
        return {n + d for n, count in found.items() if count > 1 for d in (-1, 0, 1)}

    def room(self, upper: Line, lower: Line) -> float:
        """Ems by which ``upper`` could have been longer than it is, had what begins ``lower`` been put on it."""
        free = (self._rights.get(upper.start, upper.right) - upper.x1) / upper.size
        before = (upper.x0 - upper.left) / upper.size
        long = upper.x1 - upper.x0 > 0.75 * (upper.right - upper.left)
        if free < 0.5 and before > 5 and not (long and abs(lower.x0 - upper.x0) < 0.3 * upper.size):  # set flush right
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

    @cached_property
    def _tagged(self) -> bool:
        """Whether the paragraphs that the file itself tags are paragraphs: some programs tag each line as one, or a page. Lines
        that surely go on, and such as surely begin anew, tell."""
        inside: Counter[bool] = Counter()
        outside: Counter[bool] = Counter()
        for i, j in pairwise(self.kept):
            a, b = self.lines[i], self.lines[j]
            if a.part > 0 and b.part > 0 and a.cells == b.cells == 1 and a.block == b.block:
                level = abs(a.x0 - a.left) < 0.3 * a.size and abs(b.x0 - b.left) < 0.3 * b.size
                if self._restyled(a, b) and self.room(a, b) > 3:
                    outside[a.part != b.part] += 1
                elif level and self.room(a, b) < _SPEAKS and not self._restyled(a, b):
                    inside[a.part == b.part] += 1
        return inside[True] >= inside[False] and outside[True] >= outside[False] and bool(inside or outside)

    # -- transitions ---------------------------------------------------------------------------------------------------

    def kind(self, a: Line, b: Line) -> tuple[_Kind, Crossing]:
        """How the lower line stands to the upper one: its indent, and the distance."""
        up = b.y1 < a.y1 or (a.block != b.block and b.y0 < a.y1)
        crossing: Crossing = "page" if a.page != b.page else "column" if up else ""
        em = max(a.size, b.size)
        x, y = (a.x0 - a.left) / em, (b.x0 - b.left) / em
        step = y - x
        label = LABEL.match(self._raw, b.start, b.end) is not None or (b.inset > 0 and _hang(b) in self._hangs)
        under = a.inset > 0 and abs(a.size - b.size) < 0.1 * em
        if step > 0.4 and under and abs(a.x0 + a.inset - a.left - (b.x0 - b.left)) < 0.35 * em:
            indent = "inner label" if label else "under its label"
        elif step < -0.4 and b.inset and abs(b.x0 + b.inset - b.left - (a.x0 - a.left)) < 0.35 * em:
            indent = "next label"
        elif label:
            indent = "label"
        elif (a.start in self._hung and b.start not in self._hung) or (abs(step) < 0.3 and self._is_item(a)):
            indent = "out of its label"
        elif step < -0.8 and a.start in self._rights and b.start not in self._rights:
            indent = "out of its box"
        elif abs(step) < 0.4:
            indent = "level" if y < 0.8 else "both first lines" if self._may_be_first(a, y) else "inner"
        elif step > 0:
            indent = "first line" if x < 0.8 and y < 4.5 else "hanging" if y < 12 else "far right"
        else:
            indent = "from first line" if y < 0.8 and x < 4.5 else "back"
        if crossing:
            return (indent, "crossing"), crossing
        ratio = (b.y1 - a.y1) / self._pitch(b if b.size <= a.size else a)
        return (indent, "usual" if ratio < _FULL else "wider" if ratio < 1.45 else "far" if ratio < 1.75 else "apart"), ""

    @cached_property
    def _known(self) -> dict[_Kind, tuple[float, float]]:
        """How often each kind of transition comes, and how often its upper line is short."""
        found: dict[_Kind, tuple[float, float]] = {}
        for i, j in pairwise(self.kept):
            a, b = self.lines[i], self.lines[j]
            if self._restyled(a, b) or self._centred[i]:
                continue
            kind, _ = self.kind(a, b)
            n, short = found.get(kind, (0.0, 0.0))
            found[kind] = n + 1, short + (self.room(a, b) > _SPEAKS)
        return found

    def _ends(self, kind: _Kind) -> float:
        """The log-odds of a paragraph end at a transition of a kind, from how often its upper line is short."""
        if kind not in self._shares:
            self._shares[kind] = _odds(self._share(kind))
        return self._shares[kind]

    def _share(self, kind: _Kind) -> float:
        prior = _odds(_PRIOR.get(kind[0], 0.5)) + _APART[kind[1]]
        start = 1 / (1 + exp(-prior))
        n, short = self._known.get(kind, (0.0, 0.0))
        seen = min(1.0, max(0.0, (short - _SHORT_INSIDE * n) / (_SHORT_AT_END - _SHORT_INSIDE)) / n) if n else 0.0
        weight = n / (n + (10.0 if "label" in kind[0] else 3.0))
        return min(0.97, max(0.03, weight * seen + (1 - weight) * start))

    def between(self, upper: int, lower: int) -> Boundary:
        """See :func:`between`."""
        said, crossing = self._evidence(upper, lower)
        said.sort(key=lambda x: -abs(x[0]))
        return Boundary(upper, lower, sum(x for x, _ in said), tuple(reason for _, reason in said), crossing)

    def score(self, upper: int, lower: int) -> float:
        """The score alone."""
        return sum([x for x, _ in self._evidence(upper, lower)[0]])

    def _evidence(self, upper: int, lower: int) -> tuple[list[tuple[float, str]], Crossing]:
        a, b = self.lines[upper], self.lines[lower]
        kind, crossing = self.kind(a, b)
        said: list[tuple[float, str]] = []
        centres = self._centred[upper] or (self._centred[lower] and _symmetric(a)), self._centred[lower]
        if centred := any(centres):
            said.append((self._centred_lines(a, b) if all(centres) else 5.0 if centres[0] else 2.0, "centred"))
        else:
            room = self.room(a, b)
            short = room > _SPEAKS
            weight = _SHORT_LINE if short else _FULL_LINE
            if short:
                weight *= min(1.0, 0.4 + 0.4 * (room - _SPEAKS)) if room < 2.1 else min(1.6, 1 + 0.05 * (room - 2.1))
            said.append((weight, "short line" if short else "full line"))
        if _aslant(a) or _aslant(b):
            said.append((6.0, "written aslant"))
        if self._raw[a.end - 1] in LEADS_TO and LEADER.search(self._raw, max(a.start, a.end - 40), a.end):
            said.append((6.0, "leader to a page number"))
        if self._one_title(a, b):
            said = [(min(score, 0.5), reason) for score, reason in said] + [(-3.0, "one title")]
        if upper + 1 < lower and kind[1] in ("far", "apart"):
            kind = kind[0], "crossing"  # what stood between them made the distance
        if centred:
            kind = "centred", kind[1]
        said.append((self._ends(kind), f"{kind[0]}, {kind[1]}"))
        gaps = self._gaps.get(a.start, 0.0), self._gaps.get(b.start, 0.0)
        high, low = gaps[0] > _APART_CELLS, gaps[1] > _APART_CELLS
        cells = (high and low) or (high and a.cells > 2) or (low and b.cells > 2)
        if cells or max(gaps) > _FAR_CELLS:
            said.append((8.0 if cells else min(6.0, 2.0 + 0.15 * max(gaps)), "cells"))
        if kind[0] == "far right" and abs(b.right - b.x1) < 0.5 * b.size:
            said.append((6.0, "flush right"))  # a signature or date: no line of a paragraph begins there
        if abs(a.size - b.size) > self._slack * max(a.size, b.size):
            said.append((3.5 + min(4.0, 10 * max(0.0, abs(a.size - b.size) / min(a.size, b.size) - 0.12)), "another size"))
        elif a.weight and b.weight and a.weight != b.weight:
            said.append((2.5, "another weight"))
        if self._tagged and a.part > 0 and b.part > 0:
            said.append((_ONE_PART, "tagged as one") if a.part == b.part else (_TWO_PARTS, "tagged apart"))
        return said, crossing

    def _centred_lines(self, a: Line, b: Line) -> float:
        """Two centred lines are one broken line only where they would not have fitted on one."""
        if self._restyled(a, b):
            return 1.5
        free = (a.right - a.left - (a.x1 - a.x0)) / a.size - self._first(b)
        return -2.0 if free < 1.5 else min(4.0, 1.0 + 0.5 * free)

    def _one_title(self, a: Line, b: Line) -> bool:
        """Lines of one size above that of the body, with no label at the head of the second, make one title."""
        return (
            a.size > max(1.15 * self.em, 0.95 * self._largest) and not self._restyled(a, b) and a.page == b.page
            and 0 < b.y1 - a.y1 < 1.3 * max(1.6, self._pitch(b) / b.size) * a.size
            and LABEL.match(self._raw, b.start, b.end) is None
        )

    def breaks(self) -> dict[int, Boundary]:
        """See :func:`breaks`."""
        return {self.lines[i].end: self.between(i, j) for i, j in pairwise(self.kept)}

    # -- traits --------------------------------------------------------------------------------------------------------

    def traits(self) -> list[LineTraits]:
        """See :func:`traits`."""
        found = edges(self._raw, self.lines, self.em, self._pitches.get((_rounded(self.em), 0)) or 1.6 * self.em)
        out: list[LineTraits] = []
        for k, line in enumerate(self.lines):
            edge, repeated, placed = found.get(k, ("", 0, 0))
            above = self.lines[k - 1] if k and self.lines[k - 1].block == line.block else None
            role, sure, level = self._role(line)
            pitch = (line.y1 - above.y1) / line.size if above else 0.0
            indent, gap = (line.x0 - line.left) / line.size, (line.right - line.x1) / line.size
            out.append(LineTraits(role, sure, level, edge, repeated, placed, indent, gap, pitch, self._centred[k]))
        return out

    def is_title(self, k: int) -> bool:
        """Whether line ``k`` is set in the type of a title."""
        return self._role(self.lines[k])[0] == "title"

    @cached_property
    def _heads(self) -> list[float]:
        """The sizes above that of the body, the largest first."""
        return sorted({_rounded(x.size) for x in self.lines if x.size > 1.05 * self.em}, reverse=True)

    def _role(self, line: Line) -> tuple[Role, float, int]:
        if _aslant(line):
            return "watermark", 0.7, 0
        if line.block in self._numbering:
            return "line number", 0.9, 0
        if line.cells > 2:
            return "table line", 0.7, 0
        if line.size > 1.05 * self.em:
            level = self._heads.index(_rounded(line.size)) + 1
            return ("title" if level == 1 and line.page == 1 and line.size > 1.25 * self.em else "heading"), 0.8, level
        if line.weight >= 600 and line.right - line.x1 > 3 * line.size:
            return "heading", 0.6, len(self._heads) + 1
        if line.size < 0.92 * self.em and all(x.size < 0.95 * self.em for x in self._below(line)):
            return "footnote", 0.6, 0
        return "", 0.0, 0

    @cached_property
    def _numbering(self) -> set[int]:
        """The blocks that hold nothing but the line numbers of a draft."""
        blocks: dict[int, list[int]] = defaultdict(list)
        for line in self.lines:
            text = self._raw[line.start : line.end].strip()
            blocks[line.block].append(int(text) if len(text) < 5 and text.isdecimal() else -1)
        return {n for n, v in blocks.items() if len(v) > 4 and min(v) >= 0 and all(a < b for a, b in pairwise(v))}

    def _below(self, line: Line) -> list[Line]:
        """The lines under a line in its column."""
        return [x for x in self._on_page.get(line.page, []) if x.y0 > line.y0 and x.x0 < line.right and x.x1 > line.left]

    @cached_property
    def _on_page(self) -> dict[int, list[Line]]:
        out: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            out[line.page].append(line)
        return out


# -- small measures --------------------------------------------------------------------------------------------------------

def _rounded(size: float) -> float:
    return round(size * 4) / 4


def _hang(line: Line) -> tuple[int, int]:
    return round(2 * (line.x0 - line.left) / line.size), round(2 * line.inset / line.size)


def _aslant(line: Line) -> bool:
    return line.y1 - line.y0 > 2.5 * line.size and line.cells == 1


def _symmetric(line: Line) -> bool:
    """Whether a line, perhaps a nearly full one, has as much room before it as behind it."""
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 0.4 * line.size and abs(before - after) < 0.6 * line.size


def _odds(share: float) -> float:
    return log(share / (1 - share))


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
