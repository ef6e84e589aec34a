"""What the printed page says of its lines: where a paragraph ends, what is a heading, a note, a table row, page furniture.

Pure functions over a Document that carries ``lines``. They look at places, sizes and weights only, never at wording: the
evidence of the text is the affair of whoever asks. All offsets are raw offsets, so the answers stay true while the text is
edited; :meth:`Document.locate` leads from them to the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import pairwise
from math import exp, log
from typing import Literal

from msgspec import Struct

from pipeline.document import Document, Line
from pipeline.reflow.margins import Edge, edges
from pipeline.reflow.places import SPEAKS, Places, hang, rounded
from pipeline.reflow.shapes import LABEL, LEADER, LEADS_TO

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


class Geometry(Places):
    """The lines of one document, measured once; see :func:`breaks` and :func:`traits`."""

    def __init__(self, document: Document, aside: Collection[int] = ()):
        super().__init__(document, aside)
        self._shares: dict[_Kind, float] = {}
        self._kinds: dict[tuple[int, int], tuple[_Kind, Crossing]] = {}
        self._largest = max((x.size for x in self.lines if not _aslant(x)), default=self.em)

    @cached_property
    def _tagged(self) -> bool:
        """Whether the paragraphs that the file itself tags are paragraphs: some programs tag each line as one, or a page. Lines
        that surely go on, and such as surely begin anew, tell."""
        inside: Counter[bool] = Counter()
        outside: Counter[bool] = Counter()
        for i, j in pairwise(self.kept):
            a, b = self.lines[i], self.lines[j]
            if a.part > 0 and b.part > 0 and a.cells == b.cells == 1 and a.block == b.block:
                level = abs(a.x0 - a.left - (b.x0 - b.left)) < 0.3 * a.size
                if self._restyled(a, b) and self.room(a, b) > 3:
                    outside[a.part != b.part] += 1
                elif level and self.room(a, b) < SPEAKS and not self._restyled(a, b):
                    inside[a.part == b.part] += 1
        return inside[True] >= inside[False] and outside[True] >= outside[False] and bool(inside or outside)
    # -- transitions ---------------------------------------------------------------------------------------------------

    def kind(self, a: Line, b: Line) -> tuple[_Kind, Crossing]:
        """How the lower line stands to the upper one: its indent, and the distance."""
        pair = a.start, b.start
        if pair not in self._kinds:
            self._kinds[pair] = self._kind(a, b)
        return self._kinds[pair]

    def _kind(self, a: Line, b: Line) -> tuple[_Kind, Crossing]:
        up = b.y1 < a.y1 or (a.block != b.block and b.y0 < a.y1)
        crossing: Crossing = "page" if a.page != b.page else "column" if up else ""
        em = max(a.size, b.size)
        x, y = (a.x0 - a.left) / em, (b.x0 - b.left) / em
        step = y - x
        label = LABEL.match(self._raw, b.start, b.end) is not None or (b.inset > 0 and hang(b) in self._hangs)
        under = a.inset > 0 and abs(a.size - b.size) < 0.1 * em and self.room(a, b) < 8
        if step > 0.4 and under and abs(a.x0 + a.inset - a.left - (b.x0 - b.left)) < 0.35 * em:
            indent = "inner label" if label else "under its label"
        elif step < -0.4 and b.inset and abs(b.x0 + b.inset - b.left - (a.x0 - a.left)) < 0.35 * em:
            indent = "next label"
        elif label:
            indent = "label"
        elif (a.start in self._hung and b.start not in self._hung) or (abs(step) < 0.3 and self._is_item(a)):
            indent = "out of its label"
        elif step < -0.8 and a.start in self._rights:
            indent = "from first line" if b.start in self._rights else "out of its box"
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
            found[kind] = n + 1, short + (self.room(a, b) > SPEAKS)
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
            short = room > SPEAKS
            weight = _SHORT_LINE if short else _FULL_LINE
            if short:
                weight *= min(1.0, 0.4 + 0.4 * (room - SPEAKS)) if room < 2.1 else min(1.6, 1 + 0.05 * (room - 2.1))
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
        elif a.start in self._entries and kind[0] in ("first line", "hanging"):
            kind = "under its label", kind[1]
        elif b.start in self._entries and kind[0] in ("from first line", "back"):
            kind = "next label", kind[1]
        said.append((self._ends(kind), f"{kind[0]}, {kind[1]}"))
        gaps = self._gaps.get(a.start, 0.0), self._gaps.get(b.start, 0.0)
        high, low = gaps[0] > _APART_CELLS, gaps[1] > _APART_CELLS
        cells = (high and low) or (high and a.cells > 2) or (low and b.cells > 2)
        if cells or max(gaps) > _FAR_CELLS:  # a place to write in is a gap as well, but not as wide
            said.append((8.0 if cells else 5.0 if gaps[0] > 2.5 * _FAR_CELLS else 2.0, "cells"))
        if a.block != b.block and self._names(a, b):
            said.append((9.0, "name of a field"))
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
        return -2.0 if free < 1.5 else min(6.0, 1.0 + 0.5 * free)

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
        pitch = self._pitches.get((rounded(self.em), 0)) or 1.6 * self.em
        found = edges(self._raw, self.lines, self.em, pitch, self._numbering)
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
        return sorted({rounded(x.size) for x in self.lines if x.size > 1.05 * self.em and not _aslant(x)}, reverse=True)

    def _role(self, line: Line) -> tuple[Role, float, int]:
        if _aslant(line):
            return "watermark", 0.7, 0
        if line.block in self._numbering:
            return "line number", 0.9, 0
        if line.cells > 2:
            return "table line", 0.7, 0
        if line.size > 1.05 * self.em:
            level = self._heads.index(rounded(line.size)) + 1
            return ("title" if level == 1 and line.page == 1 and line.size > 1.25 * self.em else "heading"), 0.8, level
        if line.weight >= 600 and line.right - line.x1 > 3 * line.size:
            return "heading", 0.6, len(self._heads) + 1
        if self.is_low(line):
            return "footnote", 0.6, 0
        return "", 0.0, 0

    def is_low(self, line: Line) -> bool:
        """Whether a line is in small type, and nothing larger stands under it."""
        return line.size < 0.92 * self.em and all(x.size < 0.95 * self.em for x in self._below(line))

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
        for k in self.kept:
            out[self.lines[k].page].append(self.lines[k])
        return out


# -- small measures --------------------------------------------------------------------------------------------------------

def _aslant(line: Line) -> bool:
    return line.y1 - line.y0 > 2.5 * line.size and line.cells == 1


def _symmetric(line: Line) -> bool:
    """Whether a line, perhaps a nearly full one, has as much room before it as behind it."""
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 0.4 * line.size and abs(before - after) < 0.6 * line.size


def _odds(share: float) -> float:
    return log(share / (1 - share))
