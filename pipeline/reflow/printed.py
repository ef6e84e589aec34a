"""The lines of the text against the lines of the printed page, where the document has any geometry."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.document import Document, FurnitureKind
from pipeline.document import Line as PrintedLine
from pipeline.reflow.breaks import Page
from pipeline.reflow.geometry import Geometry
from pipeline.reflow.lines import raw_ends, text_offsets
from pipeline.reflow.measure import Line
from pipeline.reflow.notes import MAY_BEGIN
from pipeline.reflow.pagenumbers import page_number


def geometry_of(document: Document) -> Geometry | None:
    """The measured geometry; None where the document has none."""
    return Geometry(document) if document.lines else None


def place_on_pages(document: Document, lines: Sequence[Line], geometry: Geometry | None) -> None:
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
        for line, raw in zip(lines, raw_ends(document, [x.end for x in lines]), strict=True):
            line.number = numbers.get(raw, -1)
            if line.number >= 0:
                cells = [geometry.cells(x) for x in document.lines[line.number : line.number + 2]] if geometry else [1]
                line.tabular = cells[0] > 2 or (cells[0] == 2 and cells[-1] > 2)


def low_lines(geometry: Geometry | None, lines: Sequence[Line]) -> tuple[set[int], set[int]]:
    """Of the lines that may begin a note, those in small type under which nothing larger stands, and those in large type."""
    if geometry is None:
        return set(), set()
    notes = [(k, geometry.lines[x.number]) for k, x in enumerate(lines) if x.number >= 0 and x.text[0] in MAY_BEGIN]
    return {k for k, x in notes if geometry.is_low(x)}, {k for k, x in notes if x.size > 1.02 * geometry.em or x.weight > 600}


def printed(geometry: Geometry | None) -> Page | None:
    """What the page says of the gap between two lines; None without geometry."""
    if geometry is None:
        return None

    def page(a: Line, b: Line) -> float | None:
        if a.number < 0 or b.number < 0 or a.number == b.number:
            return None
        return geometry.score(a.number, b.number)

    return page


def title_length(geometry: Geometry | None, lines: Sequence[Line]) -> int:
    """How many of the first lines are set in the type of a title."""
    if geometry is None or not lines:
        return 0
    n = 0
    while n < min(4, len(lines)) and lines[n].number >= 0 and geometry.is_title(lines[n].number):
        if n and geometry.score(lines[n - 1].number, lines[n].number) > 4:
            break
        n += 1
    return n


_ISSUE = re.compile(r"[0-9一二三四五六七八九十]+ ?[卷期輯號号冊册]|\b(?:Vol|No)\.? ?[0-9]|[專专]刊|通訊|季刊|年報")
_SMALL = 0.95  # of the text's size
_BESIDE = 3  # that a running head is cut into at most: what stands in the middle and at both edges


def apart(document: Document) -> dict[int, FurnitureKind]:
    """Lines that the page sets apart, by their raw ends: heads and feet in small type that stand alone above or below all
    others, or where other pages have theirs; what the file tags as an artifact there; what a printer writes beside the page;
    numbers left of the text (line numbers)."""
    geometry = geometry_of(document)
    if geometry is None:
        return {}
    out: dict[int, FurnitureKind] = {}
    traits = geometry.traits()
    pages: dict[int, list[int]] = {}
    for k, line in enumerate(document.lines):
        pages.setdefault(line.page, []).append(k)
    for line, trait in zip(document.lines, traits, strict=True):
        if trait.role == "watermark" and line.end - line.start < 20:
            out[line.end] = "watermark"
    for number, members in pages.items():
        members.sort(key=lambda k: document.lines[k].y0)
        lines = [document.lines[k] for k in members]
        numbers = _line_numbers(document.raw, lines)
        out.update(dict.fromkeys(numbers, "line number"))
        members = [k for k in members if document.lines[k].end not in numbers] if numbers else members
        for line in _artifacts(lines):
            text = document.raw[line.start : line.end].strip()
            out[line.end] = "page number" if page_number(text) is not None else "running head"
        page = document.pages[number - 1]
        for line in lines:
            if line.y1 < 0 or line.x1 < 0 or line.y0 > page.height or line.x0 > page.width:
                out[line.end] = "running head"
        for k in members[:_BESIDE] if len(members) > 4 else ():
            line, trait = document.lines[k], traits[k]
            head = abs(line.y1 - lines[0].y1) < 0.5 * line.size and trait.edge == "top" and trait.placed > 1
            if not head or trait.role == "heading" or line.size >= 1.02 * geometry.em:
                break
            out[line.end] = "running head"
        for k, inner in _outermost(members, document.lines) if len(members) > 4 else ():
            line = document.lines[k]
            text = document.raw[line.start : line.end]
            alone = min(abs(inner.y0 - line.y1), abs(line.y0 - inner.y1)) > 1.5 * geometry.em
            small = line.size < _SMALL * geometry.em
            if small and (alone or (k == members[0] and _ISSUE.search(text) is not None)):
                out[line.end] = "running head"
            elif alone and page_number(text) in (-1, line.page):
                out[line.end] = "page number"  # under a column, other columns follow it
    return out


def _outermost(members: Sequence[int], lines: Sequence[PrintedLine]) -> Iterator[tuple[int, PrintedLine]]:
    """What stands highest and what lowest of the lines of a page, ``members`` from the top down, each with the line next to it;
    a head or foot may be in parts."""
    for side in (members, members[::-1]):
        edge = lines[side[0]]
        level = [k for k in side[:_BESIDE] if abs(lines[k].y1 - edge.y1) < 0.5 * edge.size]
        if any(abs(lines[k].size - edge.size) > 0.1 * edge.size for k in level):
            level = level[:1]  # small print beside a title
        if len(level) < len(side):
            yield from ((k, lines[side[len(level)]]) for k in level)


def _artifacts(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """Of the lines of one page, from the top down, those tagged as artifacts that stand above or below all that is tagged as
    text. Among the text, an artifact may be part of a table or figure that somebody reads."""
    if any(x.part > 0 for x in lines):
        yield from takewhile(lambda x: x.part < 0, lines)
        yield from takewhile(lambda x: x.part < 0, reversed(lines))


def _line_numbers(raw: str, lines: Sequence[PrintedLine]) -> list[int]:
    """The raw ends of lines that hold nothing but digits and stand left of all text of the page."""
    words = [x for x in lines if not raw[x.start : x.end].replace(" ", "").isdigit()]
    numbers = [x for x in lines if raw[x.start : x.end].replace(" ", "").isdigit()]
    left = min((x.x0 for x in words), default=0.0)
    found = [x.end for x in numbers if x.x1 <= left]
    return found if any(len(raw[x.start : x.end]) > 3 for x in numbers if x.x1 <= left) or len(found) > 3 else []
