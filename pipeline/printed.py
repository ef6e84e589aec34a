"""The lines of the text against the lines of the printed page, where the document has any geometry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.breaks import Page
from pipeline.document import Document
from pipeline.geometry import Geometry
from pipeline.measure import Line


def place_on_pages(document: Document, lines: Sequence[Line]) -> None:
    """Note on each line its place among ``document.lines``, and whether furniture or a page's end stood before it."""
    cuts = sorted({f.start for f in document.furniture} | {p.start for p in document.pages})
    if len(cuts) > 1 or document.furniture:
        end = 0
        for k, line in enumerate(lines):
            if line.before or document.lines or len(document.pages) > 1:
                start = document.raw_span(line.start, line.start + 1)[0]
                before = document.raw_span(lines[k - 1].end - 1, lines[k - 1].end)[1] if k else 0
                low, high = min(before, start), max(before, start)
                at = bisect_left(cuts, low)
                line.torn = k > 0 and at < len(cuts) and cuts[at] <= high
            end = line.end
        del end
    if document.lines:
        numbers = {line.end: k for k, line in enumerate(document.lines)}
        for line in lines:
            line.number = numbers.get(document.raw_span(line.end - 1, line.end)[1], -1)
            if line.number >= 0:
                line.tabular = document.lines[line.number].cells > 2


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
