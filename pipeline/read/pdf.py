"""A PDF becomes a Document: its printed lines in reading order, each with its place on the page."""

from __future__ import annotations

import ctypes
from typing import Any

from msgspec import Struct

from pipeline.document import Document, Line, Notice, Page, Source
from pipeline.errors import InputError
from pipeline.read import layout, pdfium
from pipeline.read.columns import settle
from pipeline.read.lines import TextLine, text_line


class _Page(Struct, gc=False):
    width: float
    height: float
    blocks: list[list[TextLine]]
    unreadable: pdfium.Unreadable


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
        fonts: dict[int, int] = {}
        for number in range(len(pdf)):
            try:
                pages.append(_page(pdf, number, fonts))
            except pypdfium2.PdfiumError:
                pages.append(_Page(0.0, 0.0, [], pdfium.Unreadable()))
                notices.append(Notice("unreadable page", f"page {number + 1} is broken and was left out"))
    finally:
        pdf.close()
    if not pages:
        raise InputError(file, "has no pages")
    if not any(page.blocks for page in pages):
        if any(page.unreadable.unmapped for page in pages):
            raise InputError(file, "has fonts that do not say which characters they show", remedy="run OCR on it first")
        raise InputError(file, "has no text layer, only images" if any(p.unreadable.images for p in pages) else "has no text",
                         remedy="run OCR on it first")
    return _document(name, source, pages, notices)


def _refusal(file: str, message: str) -> InputError:
    if "assword" in message:
        return InputError(file, "is encrypted", remedy="save a copy without a password")
    if "ecurity" in message:
        return InputError(file, "is encrypted in a way that cannot be read", remedy="save a copy without a password")
    return InputError(file, "is a broken PDF", remedy="save or print it to PDF again")


def _page(pdf: Any, number: int, fonts: dict[int, int]) -> _Page:
    import pypdfium2.raw as raw

    page = pdf[number]
    try:
        text = page.get_textpage()
        try:
            left, bottom, right, top = page.get_cropbox()
            turns = (page.get_rotation() // 90) % 4
            frame = pdfium.Frame(min(left, right), min(bottom, top), abs(right - left), abs(top - bottom), turns)
            unreadable = pdfium.Unreadable()
            handle = ctypes.cast(text.raw, ctypes.c_void_p).value or 0
            found = pdfium.runs(handle, frame, fonts, unreadable)
            if not found:
                unreadable.images = sum(
                    raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, k)) == raw.FPDF_PAGEOBJ_IMAGE
                    for k in range(raw.FPDFPage_CountObjects(page))
                )
        finally:
            text.close()
    finally:
        page.close()
    width, height = frame.shown
    blocks = []
    for turned in pdfium.by_turn(found):
        for block in layout.blocks(layout.bits(turned)):
            lines = [x for x in map(text_line, block) if x is not None]
            if lines:
                blocks.append(lines)
    return _Page(width, height, blocks, unreadable)


def _document(name: str, source: Source, pages: list[_Page], notices: list[Notice]) -> Document:
    """Put the pages together: raw text, lines, page starts, and a notice for every page that cannot be read whole."""
    parts: list[str] = []
    lines: list[Line] = []
    starts: list[Page] = []
    at = block_number = 0
    for number, page in enumerate(pages, 1):
        if number > 1:
            parts.append("\f")
            at += 1
        starts.append(Page(at, page.width, page.height))
        first, unmapped = at, page.unreadable.unmapped
        fresh = True
        for block in page.blocks:
            for x in block:
                if not fresh:
                    parts.append("\n")
                    at += 1
                fresh = False
                end = at + len(x.text)
                lines.append(Line(at, end, number, x.x0, x.y0, x.x1, x.y1, x.size, x.weight, 0.0, 0.0, block_number))
                parts.append(x.text)
                at = end
            block_number += 1
        if unmapped:
            notices.append(Notice("unmapped characters", f"page {number} has {unmapped} characters whose font does not say "
                                  "what they are", first, at))
        elif not page.blocks and page.unreadable.images:
            notices.append(Notice("no text layer", f"page {number} is an image without text", first, at))
    return Document.of("".join(parts), name, source, starts, settle(lines), notices)
