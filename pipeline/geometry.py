"""What the printed page says of its lines: where a paragraph ends, what is a heading, a note, a table row, page furniture.

Pure functions over a Document that carries ``lines``. They look at places, sizes and weights only, never at wording: the
evidence of the text is the affair of whoever asks. All offsets are raw offsets, so the answers stay true while the text is
edited; :meth:`Document.locate` leads from them to the text.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from msgspec import Struct

from pipeline.document import Document

Verdict = Literal["join", "break", "unknown"]
Role = Literal["", "title", "heading", "caption", "footnote", "table line", "watermark", "line number"]
Edge = Literal["", "top", "bottom"]
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
    but for digits) stands at that edge: a running head or a page number. ``indent`` is how far the line begins right of its
    column's left edge and ``gap`` how far it ends left of the column's right edge, both in ems of the line's own size.
    ``pitch`` is the distance to the line above in the same block, in ems; 0 where there is none.
    """

    role: Role = ""
    sure: float = 0.0
    level: int = 0
    edge: Edge = ""
    repeated: int = 0
    indent: float = 0.0
    gap: float = 0.0
    pitch: float = 0.0
    centred: bool = False


def traits(document: Document) -> list[LineTraits]:
    """What the geometry says of each line, parallel to ``document.lines``; empty where there is no geometry."""
    return [LineTraits() for _ in document.lines]


def breaks(document: Document, aside: Collection[int] = ()) -> dict[int, Boundary]:
    """What the geometry says of each line end, by the raw end offset of the upper line.

    Lines that the document has set aside as furniture are passed over, and so are those whose numbers are in ``aside``: the
    boundary then stands between the lines before and after them, keyed by the end of the line before.
    """
    return {line.end: Boundary(k, k + 1, 0.0) for k, line in enumerate(document.lines[:-1])}


def between(document: Document, upper: int, lower: int) -> Boundary:
    """What the geometry says of the line end between any two lines, should one follow the other in the text."""
    return Boundary(upper, lower, 0.0)
