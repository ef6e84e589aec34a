"""A PDF becomes a Document: its printed lines in reading order, each with its place on the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from pipeline.document import Document, Line, Notice, Page, Source
from pipeline.errors import InputError
from pipeline.read import edges, figures, forms, layout, pdfium, pieces, tables
from pipeline.read.columns import settle
from pipeline.read.lines import SEAM_GAP, TYPED_SEAM_GAP
from pipeline.read.runs import FAR, Frame, by_turn, runs
from pipeline.read.tags import Tags


class _Page(Struct, gc=False):
    """What was found on a page: its bits parted by direction of writing, the main one first. ``width`` and ``height`` are those
    of the page turned so that the main direction goes from left to right; ``turns`` are the directions against that one.
    ``aslant`` is what is written in none of the four."""

    width: float
    height: float
    bits: list[list[pieces.Bit]]
    turns: list[int]
    aslant: list[pieces.Row]
    unmapped: int = 0
    images: int = 0


def read_pdf(data: bytes, name: str, source: Source) -> Document:
    """The Document of a PDF. Raises :class:`InputError` for one that is broken, encrypted, or holds no text."""
    import pypdfium2

    file = source.file
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(file, str(error)) from None
    try:
        pages, notices = [], []
        seam = _seam(pdf)
        tags = Tags(ctypes.cast(pdf.raw, ctypes.c_void_p).value or 0)
        for number in range(len(pdf)):
            try:
                pages.append(_page(pdf, number, seam, tags))
            except pypdfium2.PdfiumError:
                pages.append(_Page(0.0, 0.0, [], [], []))
                notices.append(Notice("unreadable page", f"page {number + 1} is broken and was left out"))
    finally:
        pdf.close()
    if not pages:
        raise InputError(file, "has no pages")
    if not any(_readable(page) for page in pages):
        if any(page.unmapped for page in pages):
            raise InputError(file, "has fonts that do not say which characters they show", remedy="run OCR on it first")
        raise InputError(file, "has no text layer, only images" if any(p.images for p in pages) else "has no text",
                         remedy="run OCR on it first")
    return _document(name, source, pages, notices)


def _refusal(file: str, message: str) -> InputError:
    if "assword" in message:
        return InputError(file, "is encrypted", remedy="save a copy without a password")
    if "ecurity" in message:
        return InputError(file, "is encrypted in a way that cannot be read", remedy="save a copy without a password")
    return InputError(file, "is a broken PDF", remedy="save or print it to PDF again")


def _seam(pdf: Any) -> float:
    """The white space that is a space between Chinese and Latin. Word processors and TeX set a quarter of an em there by
    themselves; Chromium and what prints through its library does not."""
    return TYPED_SEAM_GAP if "Skia" in pdf.get_metadata_value("Producer") else SEAM_GAP


def _page(pdf: Any, number: int, seam: float, tags: Tags) -> _Page:
    page = pdf[number]
    try:
        left, bottom, right, top = (x if abs(x) < FAR else 0.0 for x in page.get_bbox())  # a page may inherit it
        turns = (page.get_rotation() // 90) % 4
        frame = Frame(min(left, right), min(bottom, top), abs(right - left), abs(top - bottom), turns)
        address = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
        images = pdfium.prepare(address)
        text = page.get_textpage()
        try:
            found, unmapped = runs(ctypes.cast(text.raw, ctypes.c_void_p).value or 0, frame, seam, tags.page(address))
        finally:
            text.close()
    finally:
        page.close()
    turned = by_turn(found)
    main = max(0, turned[0][0].turn) if turned else 0
    width, height = frame.shown if main % 2 == 0 else frame.shown[::-1]
    aslant = [row for group in turned[1:] if group[0].turn < 0 for row in pieces.slanted(group)]
    turned = [group for k, group in enumerate(turned) if k == 0 or group[0].turn >= 0]
    turns = [(max(0, group[0].turn) - main) % 4 for group in turned]
    bits = [pieces.bits(group, seam) for group in turned]
    if bits and (numbers := edges.line_numbers(bits[0])):
        orders = {b.order for b in numbers}
        bits[:1] = [[b for b in bits[0] if b.order not in orders], numbers]
        turns[:1] = [0, 0]
    return _Page(width, height, bits, turns, aslant, unmapped, images)


def _readable(page: _Page) -> bool:
    """Whether most of what a page shows can be given as text."""
    return 2 * page.unmapped < sum(b.count for turned in page.bits for b in turned)


def _document(name: str, source: Source, pages: list[_Page], notices: list[Notice]) -> Document:
    """Put the pages together: raw text, lines, page starts, and a notice for every page that cannot be read whole."""
    parts: list[str] = []
    lines: list[Line] = []
    starts: list[Page] = []
    at = number_of_block = 0
    gutters: dict[int, list[float]] = {}  # by width of page
    edge_rows = edges.repeated([page.bits[0] if page.bits else [] for page in pages])
    for number, page in enumerate(pages, 1):
        if number > 1:
            parts.append("\f")
            at += 1
        starts.append(Page(at, page.width, page.height))
        first = at
        for turn, block in _blocks(page, edge_rows[number - 1], gutters.setdefault(round(page.width), [])):
            for row in tables.gather(block):
                if at > first:
                    parts.append("\n")
                    at += 1
                text = row.text.rstrip()  # word processors print the end of a paragraph as a space
                x0, top, x1, bottom = _box(page, row, turn)
                big = max(row.bits, key=lambda b: b.count)
                end = at + len(text)
                lines.append(Line(at, end, number, x0, top, x1, bottom, big.size, big.weight, x0, x1, number_of_block,
                                  row.inset, row.cells, row.part, row.gap))
                parts.append(text)
                at = end
            number_of_block += 1
        if page.unmapped and not _readable(page):
            notices.append(Notice("unmapped characters", f"page {number} cannot be read: its fonts do not say which characters "
                                  "they show", first, at))
        elif page.unmapped:
            notices.append(Notice("unmapped characters", f"page {number} has {page.unmapped} characters whose font does not "
                                  "say what they are", first, at))
        elif not page.bits and page.images:
            notices.append(Notice("no text layer", f"page {number} is an image without text", first, at))
        page.bits.clear()  # of many pages, only the lines are kept
    raw = "".join(parts)
    return Document.of(raw, name, source, starts, settle(lines, [page.width for page in pages], raw), notices)


def _box(page: _Page, row: pieces.Row, turn: int) -> tuple[float, float, float, float]:
    """Where a row stands on its page, from left to right and from the top down."""
    x0, top, x1, bottom, width, height = row.x0, row.top, row.x1, row.bottom, page.width, page.height
    if turn == 1:
        return width - bottom, x0, width - top, x1
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:
        return top, height - x1, bottom, height - x0
    return x0, top, x1, bottom


def _beside(page: _Page, bits: list[pieces.Bit]) -> list[pieces.Bit]:
    """What stands outside the page: a printer's notes on the sheet that it is cut from."""
    return [b for b in bits if b.base < 0 or b.x1 < 0 or b.top > page.height or b.x0 > page.width]


def _blocks(page: _Page, edge: edges.Edges, gutters: list[float]) -> Iterator[tuple[int, list[pieces.Row]]]:
    """The rows of a page in reading order: its upper edge, body and lower edge, then what is written in other directions."""
    for k, turned in enumerate(page.bits):
        aside = edge.orders if k == 0 else frozenset()
        beside = _beside(page, turned) if k == 0 else []
        if beside:
            aside = aside | {b.order for b in beside}
        body = [b for b in turned if b.order not in aside] if aside else turned
        if k == 0 and edge.top:
            yield 0, pieces.rows(edge.top)
        for block in layout.blocks(body, gutters if k == 0 else []):
            text, small = figures.captions(block)
            for part in (*forms.parts(text), small):
                if part:
                    yield page.turns[k], part
        if k == 0 and edge.bottom:
            yield 0, pieces.rows(edge.bottom)
        if beside:
            yield 0, pieces.rows(beside)
    for row in page.aslant:
        yield 0, [row]
