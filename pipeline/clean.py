"""clean: damaged characters mended, stray spaces taken out, page furniture set aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

import msgspec
from msgspec import Struct

from pipeline import furniture, spacing
from pipeline.bylines import byline, names_only
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
    document = _bylines(document)
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
    lines = document.text.split("\n")
    starts = list(accumulate((len(x) + 1 for x in lines), initial=0))
    breaks = text_offsets(document, [p.start for p in document.pages])
    pages = sorted({min(bisect_left(starts, b), len(lines) - 1) if b else 0 for b in breaks})
    spans: list[tuple[int, int, FurnitureKind]] = [
        (starts[f.line] + f.start, starts[f.line] + f.end, f.kind) for f in furniture.find(lines, pages)
    ]
    return document.set_aside(sorted(set(spans)))


_HEAD_LINES = 6


def _bylines(document: Document) -> Document:
    """Authors from bylines. One that stands under the title stays; one that interrupts the text is set aside."""
    text = document.text
    authors: list[Author] = []
    aside: list[tuple[int, int, FurnitureKind]] = []
    filled = at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line or line.isspace():
            continue
        filled += 1
        found = byline(line) if len(line) < 90 else []
        if not found and filled in (2, 3, 4):
            found = names_only(line)
        if found:
            low, high = document.raw_span(start, start + len(line))
            authors += [msgspec.structs.replace(a, start=low, end=high) for a in found]
            if filled > _HEAD_LINES:
                aside.append((start, start + len(line), "byline"))
    if authors:
        document = document.replace(authors=(*document.authors, *authors))
    return document.set_aside(aside)
