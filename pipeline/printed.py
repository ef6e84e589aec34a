"""The lines of the text against the lines of the printed page, where the document has any geometry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.breaks import Page
from pipeline.document import Document
from pipeline.document import Line as PrintedLine
from pipeline.geometry import Geometry
from pipeline.lines import text_offsets
from pipeline.measure import Line


def place_on_pages(document: Document, lines: Sequence[Line]) -> None:
    """Note on each line its place among ``document.lines``, and whether furniture or a page's end stood before it. Nothing may
    have been moved in the document yet."""
    cuts = sorted({f.start for f in document.furniture} | {p.start for p in document.pages if p.start})
    starts = [x.start for x in lines]
    for at in text_offsets(document, cuts):
        k = bisect_left(starts, at)
        if 0 < k < len(lines):
            lines[k].torn = True
    if document.lines:
        numbers = {line.end: k for k, line in enumerate(document.lines)}
        for line in lines:
            line.number = numbers.get(document.raw_span(line.end - 1, line.end)[1], -1)
            if line.number >= 0:
                cells = [x.cells for x in document.lines[line.number : line.number + 2]]
                line.tabular = cells[0] > 2 or (cells[0] == 2 and cells[-1] > 2)


def printed(document: Document) -> Page | None:
    """What the page says of the gap between two lines; None where the document has no geometry."""
    if not document.lines:
        return None
    geometry = Geometry(document)

    def page(a: Line, b: Line) -> float | None:
        if a.number < 0 or b.number < 0 or a.number == b.number:
            return None
        return geometry.between(a.number, b.number).score

    return page


def title_length(document: Document, lines: Sequence[Line]) -> int:
    """How many of the first lines are set in the type of a title."""
    if not document.lines or not lines:
        return 0
    geometry = Geometry(document)
    traits = geometry.traits()
    n = 0
    while n < min(4, len(lines)) and lines[n].number >= 0 and traits[lines[n].number].role == "title":
        if n and geometry.between(lines[n - 1].number, lines[n].number).score > 2.5:
            break
        n += 1
    return n


def apart(document: Document) -> set[int]:
    """The raw ends of lines that stand alone above or below all others of their page, in type smaller than the text's."""
    if not document.lines:
        return set()
    em = Geometry(document).em
    pages: dict[int, list[PrintedLine]] = {}
    for line in document.lines:
        pages.setdefault(line.page, []).append(line)
    out: set[int] = set()
    for lines in pages.values():
        lines.sort(key=lambda x: x.y0)
        if len(lines) > 4:
            for edge, inner in ((lines[0], lines[1]), (lines[-1], lines[-2])):
                if edge.size < 0.95 * em and min(abs(inner.y0 - edge.y1), abs(edge.y0 - inner.y1)) > 1.5 * em:
                    out.add(edge.end)
    return out
