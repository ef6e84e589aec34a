#!/usr/bin/env python3
"""Typeset the sample report on marine debris as a two-column PDF.

    docs/sample_pdf.py docs/sample_pdf.tsv raw/2024-marine-debris-governance.pdf

The table holds one paragraph a line, its kind before a tab: ``title``, ``byline``, ``heading``, ``body``, ``list item``,
``footnote``, ``caption``, ``table line`` (cells parted by spaces). What makes real PDFs hard is set on purpose: lines cut at
the column's width in mid-word, a title across both columns, a byline at the foot of the first column in mid-sentence, running
heads and page numbers, a footnote under the column that refers to it, a table with ruled lines.

The Chinese font is not embedded (the viewer brings its own), Latin letters and digits are Times; so the file is small, and the
same input gives the same bytes. Needs reportlab.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

CJK, LATIN = "MSung-Light", "Times-Roman"
WIDTH, HEIGHT = A4
MARGIN, TOP, BOTTOM, GUTTER = 56.0, 74.0, 70.0, 24.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
SIZE, LEADING = 11.0, 18.0
HEADS = ("海洋保育季報　第 24 期", "專題報導")
NOT_FIRST, NOT_LAST = "，。、；：？！）」》％%", "（「《"  # Chinese line breaking: what may not begin or end a line
Run = tuple[str, str]


def runs(text: str) -> list[Run]:
    """The text in runs of one font."""
    return [(LATIN if m[1] else CJK, m[0]) for m in re.finditer(r"([ -~\u00c0-\u024f]+)|[^ -~\u00c0-\u024f]+", text)]


def width(text: str, size: float) -> float:
    """The width of the text in points."""
    return sum(float(pdfmetrics.stringWidth(t, font, size)) for font, t in runs(text))


def break_lines(text: str, size: float, first: float, other: float) -> list[str]:
    """The text in lines of at most ``first`` points, then ``other``; Latin words stay whole."""
    lines: list[str] = []
    line: list[str] = []
    room = first
    for unit in re.findall(r"[!-~\u00c0-\u024f]+|.", text):
        if line and unit != " " and width("".join([*line, unit]), size) > room:
            carry = [unit]
            while line and (line[-1] in NOT_LAST or carry[0] in NOT_FIRST):
                carry.insert(0, line.pop())
            lines.append("".join(line).rstrip())
            line, room = carry, other
        else:
            line.append(unit)
    return [*lines, "".join(line)]


class Page:
    """Where the next line goes: a column of a page, from the top down."""

    def __init__(self, canvas: Canvas):
        self.canvas, self.number, self.column = canvas, 1, 0
        self.top = self.y = HEIGHT - TOP
        self.floor = BOTTOM
        self.furnish()

    @property
    def x(self) -> float:
        """The left edge of the column."""
        return float(MARGIN + self.column * (COLUMN + GUTTER))

    def furnish(self) -> None:
        """The running head and the page number."""
        head = HEADS[1 - self.number % 2]
        at = MARGIN if self.number % 2 else WIDTH - MARGIN - width(head, 8.5)
        self.write(head, at, HEIGHT - 46, 8.5)
        self.canvas.line(MARGIN, HEIGHT - 52, WIDTH - MARGIN, HEIGHT - 52)
        number = str(23 + self.number)
        self.write(number, (WIDTH - width(number, 9)) / 2, 36, 9)

    def write(self, text: str, x: float, y: float, size: float, fill: float = 0.0) -> None:
        """One line; ``fill`` is the width that it is stretched to, between Chinese characters and at spaces."""
        gaps = sum(len(part) if font == CJK else part.count(" ") for font, part in runs(text)) - (runs(text)[-1][0] == CJK)
        spread = max(0.0, (fill - width(text, size)) / gaps) if fill and gaps else 0.0
        out = self.canvas.beginText(x, y)
        for font, part in runs(text):
            out.setFont(font, size)
            out.setCharSpace(spread if font == CJK else 0.0)
            out.setWordSpace(0.0 if font == CJK else spread)
            out.textOut(part)
        self.canvas.drawText(out)

    def next_column(self) -> None:
        """On to the next column, or the next page."""
        if self.column:
            self.canvas.showPage()
            self.number += 1
            self.top = HEIGHT - TOP
            self.furnish()
        self.column = 1 - self.column
        self.y, self.floor = self.top, BOTTOM

    def foot(self, text: str, size: float = 8.5) -> None:
        """A note at the foot of the column, under a short rule; the text above it ends earlier."""
        lines = break_lines(text, size, COLUMN, COLUMN)
        self.floor += 13 * len(lines) + 8
        self.canvas.line(self.x, self.floor - 4, self.x + 60, self.floor - 4)
        for k, line in enumerate(lines):
            self.write(line, self.x, self.floor - 15 - 13 * k, size)

    def paragraph(self, text: str, size: float = SIZE, indent: float = 0.0, hang: float = 0.0) -> None:
        """A justified paragraph, over as many columns as it needs."""
        lines = break_lines(text, size, COLUMN - indent, COLUMN - hang)
        for k, line in enumerate(lines):
            if self.y - LEADING < self.floor:
                self.next_column()
            self.y -= LEADING
            left = hang if k else indent
            self.write(line, self.x + left, self.y, size, 0.0 if k + 1 == len(lines) else COLUMN - left)

    def table(self, rows: list[list[str]]) -> None:
        """A table as wide as the column; the columns are as far apart as their texts need."""
        if self.y - 15 * len(rows) - 8 < self.floor:
            self.next_column()
        wide = [max(width(row[k], 9) for row in rows) for k in range(len(rows[0]))]
        gap = (COLUMN - sum(wide)) / (len(wide) - 1)
        self.canvas.line(self.x, self.y - 4, self.x + COLUMN, self.y - 4)
        for row in rows:
            self.y -= 15
            at = self.x
            for cell, size in zip(row, wide, strict=True):
                self.write(cell, at, self.y, 9)
                at += size + gap
            self.canvas.line(self.x, self.y - 4, self.x + COLUMN, self.y - 4)
        self.y -= 6


def paragraphs(source: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each paragraph."""
    for line in source.read_text("utf-8").splitlines():
        kind, _, text = line.partition("\t")
        yield kind, text


def typeset(source: Path, out: Path) -> None:
    """Write the PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(CJK))
    canvas = Canvas(str(out), pagesize=A4, invariant=1, pageCompression=1)
    body = list(paragraphs(source))
    canvas.setTitle(next(text for kind, text in body if kind == "title"))
    canvas.setLineWidth(0.5)
    page = Page(canvas)
    notes = [text for kind, text in body if kind == "footnote"]
    rows = [text.split(" ") for kind, text in body if kind == "table line"]
    for kind, text in body:
        if kind == "title":
            for line in break_lines(text, 19, WIDTH - 2 * MARGIN, WIDTH - 2 * MARGIN):
                page.y -= 26
                page.write(line, MARGIN, page.y, 19)
            page.y -= 14
            page.top = page.y
        elif kind == "byline":
            page.foot(text)
        elif kind == "heading":
            page.y -= 8 if page.y < page.top else 0
            if page.y - 3 * LEADING < page.floor:
                page.next_column()
            page.paragraph(text, SIZE + 1.5 if text[1] == "、" and text[0] in "壹貳參肆伍" else SIZE + 0.5)
            page.y -= 2
        elif kind == "list item":
            page.paragraph(text, hang=2 * SIZE)
        elif kind == "caption":
            page.y -= 4
            page.paragraph(text, 9)
        elif kind == "table line":
            if rows:
                page.table(rows)
            rows = []
        elif kind == "body":
            mark = re.search(r"（(註\d+)）", text)
            if mark:
                page.foot(next(note for note in notes if note.startswith(mark[1])))
            page.paragraph(text, indent=2 * SIZE)
    canvas.save()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    typeset(Path(sys.argv[1]), Path(sys.argv[2]))
