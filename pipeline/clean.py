"""clean: damaged characters mended, stray spaces taken out, page furniture set aside."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from msgspec import Struct

from pipeline.document import Author, Document, FurnitureKind
from pipeline.reflow import bylines, furniture, printed, spacing
from pipeline.reflow.characters import mend_characters
from pipeline.reflow.lines import Lines, raw_ends
from pipeline.reflow.measure import measure, read_lines


class Options(Struct, frozen=True):
    """``spacing``: at seams of Chinese with Latin letters or digits follow the document's ``habit``, ``keep`` what is there,
    write ``none``, or a ``space``."""

    spacing: spacing.Spacing = "habit"


def clean(document: Document, options: Options = Options()) -> Document:
    r"""The document with its characters mended, its page furniture set aside and its stray spaces gone.

    >>> from pipeline import Document, clean
    >>> document = clean(Document.of("赴埃斯比約（ Esbjerg）開會，\n- 12 -\n為期 3 天。\n"))
    >>> document.text
    '赴埃斯比約（Esbjerg）開會，\n\n為期3天。\n'
    >>> [(f.kind, f.text) for f in document.furniture]
    [('page number', '- 12 -')]
    """
    document = mend_characters(document)
    document = _set_furniture_aside(document)
    habit = spacing.habit(document.text, bool(document.lines))
    printed = bool(document.lines)
    broken = printed or _is_broken(document.text)
    stray = spacing.stray_spaces(document.text, habit, options.spacing, printed, _rows(document), broken)
    return document.edit([*stray, *spacing.lost_spaces(document.text, habit, options.spacing)])


_SAMPLE = 20_000  # characters


def _is_broken(text: str) -> bool:
    """Whether a typesetter broke the lines, as far as it matters: where there are spaces between ideographs."""
    return spacing.BETWEEN.search(text) is None or measure(read_lines(text[:_SAMPLE])).full > 0


def _rows(document: Document) -> set[int]:
    """Where the rows of printed tables begin in the text."""
    found = (document.locate(x.start, x.end) for x in document.lines if x.cells > 2 and x.gap > _CELL * x.size)
    return {span[0] for span in found if span}


_CELL = 1.5  # ems of white space


def _set_furniture_aside(document: Document) -> Document:
    """Furniture goes aside. Of bylines only one that interrupts a sentence does: the others have their place in the text,
    under the title or, at the foot of the first page, to be moved there."""
    lines = Lines.of(document.text)
    pages = lines.pages(document)
    found = furniture.find(lines.texts, pages, _apart(document, lines), paged=bool(document.lines) or len(document.pages) > 1)
    spans: list[tuple[int, int, FurnitureKind]] = [
        (lines.starts[f.line] + f.start, lines.starts[f.line] + f.end, f.kind) for f in found
    ]
    taken = {f.line: f.start for f in found}
    authors: list[Author] = []
    first_page = pages[1] if len(pages) > 1 else len(lines.texts)
    for b in bylines.find(lines.texts, first_page, taken, _last_of_column(document, lines)):
        start, end = lines.starts[b.line], lines.starts[b.line] + b.end
        line, following = lines.texts[b.line], "".join(lines.texts[b.line + 1 : b.line + 2])
        if b.end == len(line) and bylines.goes_on(line, following):
            end = lines.ends[b.line + 1]
        low, high = document.raw_span(start, end)
        authors += [msgspec.structs.replace(a, start=low, end=high) for a in b.authors]
        if b.place == "inside":
            spans.append((start, end, "byline"))
    if authors:
        document = document.replace(authors=(*document.authors, *authors))
    return document.set_aside(sorted(set(spans)))


def _last_of_column(document: Document, lines: Lines) -> set[int]:
    """Of the lines on the first page of a PDF, those after which another column or box begins."""
    last = {a.end for a, b in pairwise(document.lines) if a.page == 1 and a.block != b.block}
    return {k for k, raw in enumerate(raw_ends(document, lines.ends)) if raw in last} if last else set()


def _apart(document: Document, lines: Lines) -> dict[int, FurnitureKind]:
    """The lines that the page sets apart."""
    found = printed.apart(document)
    raws = raw_ends(document, lines.ends) if found else ()
    return {k: found[raw] for k, raw in enumerate(raws) if raw in found}
