"""A document by ReportLab's Platypus, with fonts that are named and not embedded, as old government systems have it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from model import Text, flat
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

_SIZES = {"A4": A4, "A5": A5, "A4 landscape": landscape(A4)}
FACE = "MSung-Light"


def build(text: Text, path: Path) -> None:
    """Write the PDF of a document that has one column and no footnotes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    look = text.look
    width, height = _SIZES[look.page]
    margin, em = 50, look.size

    def furniture(canvas: object, doc: BaseDocTemplate) -> None:
        canvas.setFont(FACE, 8.5)
        canvas.drawCentredString(width / 2, height - 30, look.head)
        canvas.drawCentredString(width / 2, 26, look.foot.replace("##", "2").replace("#", str(doc.page)))

    def style(**more: object) -> ParagraphStyle:
        base = {"fontName": FACE, "fontSize": em, "leading": em * look.pitch, "wordWrap": "CJK", "spaceAfter": look.space}
        return ParagraphStyle("", **{**base, **more})

    flow: list[Flowable] = []
    for block in flat(text.blocks):
        said = escape(block.text).replace("\n", "<br/>")
        if block.what == "table":
            flow.append(Table(block.rows, style=[("FONT", (0, 0), (-1, -1), FACE, em - 0.5), ("GRID", (0, 0), (-1, -1), 0.5, "#444444")]))
        elif block.what == "figure":
            flow.append(Spacer(1, 28 * float(block.text)))
        elif block.label:
            ems = (sum(1 if c > "\u2e80" else 0.55 for c in block.label) + 0.4) * em
            left = ems + (2 * em if block.what == "sub" else 0)
            flow.append(Paragraph(said, style(leftIndent=left, bulletIndent=left - ems), bulletText=block.label))
            flow[-1].style.bulletFontName = FACE
            flow[-1].style.bulletFontSize = em
        else:
            more = {
                "title": {"fontSize": em + 5, "leading": 1.4 * (em + 5), "alignment": 1}, "centred": {"alignment": 1},
                "caption": {"alignment": 1, "fontSize": em - 1}, "right": {"alignment": 2}, "stamp": {"alignment": 2},
                "heading": {"fontSize": em + 1, "spaceBefore": 5}, "body": {"firstLineIndent": look.indent * em},
            }.get(block.what, {})
            flow.append(Paragraph(said, style(**more)))
    doc = BaseDocTemplate(str(path), pagesize=(width, height), invariant=True)
    doc.addPageTemplates(PageTemplate(frames=[Frame(margin, margin, width - 2 * margin, height - 2 * margin)], onPage=furniture))
    doc.build(flow)
