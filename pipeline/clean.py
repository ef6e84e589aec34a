"""clean: damaged characters mended, stray spaces taken out, page furniture set aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

import msgspec
from msgspec import Struct

from pipeline import bylines, furniture, spacing
from pipeline.characters import mend_characters
from pipeline.document import Author, Document, FurnitureKind


class Options(Struct, frozen=True):
    """``spacing``: at seams of Chinese with Latin letters or digits follow the document's ``habit``, ``keep`` what is there,
    write ``none``, or a ``space``."""

    spacing: spacing.Spacing = "habit"


def clean(document: Document, options: Options = Options()) -> Document:
    """The document with its characters mended, its page furniture set aside and its stray spaces gone."""
    document = mend_characters(document)
    document = _set_furniture_aside(document)
    habit = spacing.habit(document.text)
    return document.edit(spacing.stray_spaces(document.text, habit, options.spacing))


def text_offsets(document: Document, raws: list[int]) -> list[int]:
    """Where raw offsets went in a text that nothing was moved in; what was taken out counts with what follows it."""
    starts = [p.start for p in document.pieces]
    at = list(accumulate((p.length for p in document.pieces), initial=0))
    out = []
    for raw in raws:
        k = bisect_right(starts, raw) - 1
        if k < 0:
            out.append(0)
            continue
        p = document.pieces[k]
        out.append(at[k] + min(max(0, raw - p.start), p.length))
    return out


def _set_furniture_aside(document: Document) -> Document:
    """Furniture goes aside. Of bylines only one that interrupts a sentence does: the others have their place in the text,
    under the title or, at the foot of the first page, to be moved there."""
    lines = document.text.split("\n")
    starts = list(accumulate((len(x) + 1 for x in lines), initial=0))
    breaks = text_offsets(document, [p.start for p in document.pages])
    pages = sorted({min(bisect_left(starts, b), len(lines) - 1) if b else 0 for b in breaks})
    found = furniture.find(lines, pages)
    spans: list[tuple[int, int, FurnitureKind]] = [(starts[f.line] + f.start, starts[f.line] + f.end, f.kind) for f in found]
    authors: list[Author] = []
    for b in bylines.find(lines, pages[1] if len(pages) > 1 else len(lines), {f.line: f.start for f in found}):
        start, end = starts[b.line], starts[b.line] + b.end
        low, high = document.raw_span(start, end)
        authors += [msgspec.structs.replace(a, start=low, end=high) for a in b.authors]
        if b.place == "inside":
            spans.append((start, end, "byline"))
    if authors:
        document = document.replace(authors=(*document.authors, *authors))
    return document.set_aside(sorted(set(spans)))
