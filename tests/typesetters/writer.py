"""Flat OpenDocument text of a document, for LibreOffice Writer."""

from __future__ import annotations

from html import escape

from model import Block, Look, Text

_SPACES = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible"}.items())
_SIZES = {"A4": ("21cm", "29.7cm"), "A5": ("14.8cm", "21cm"), "A4 landscape": ("29.7cm", "21cm")}


def fodt(text: Text) -> str:
    """The flat ODT of a document."""
    look, number = text.look, [0]
    blocks = [_block(b, look, number) for b in text.blocks]
    k = 1 if text.blocks[0].what == "wide" else 0
    body = "".join(blocks)
    if look.columns > 1:
        body = "".join(blocks[:k]) + f'<text:section text:style-name="S" text:name="S">{"".join(blocks[k:])}</text:section>'
    numbering = ('<text:linenumbering-configuration text:number-lines="true" text:increment="1" text:number-position="left" '
                 'text:offset="0.5cm" style:num-format="1"/>' if look.numbered else "")
    foot = escape(look.foot).replace("##", "\0").replace("#", "<text:page-number/>").replace("\0", "<text:page-count/>")
    head = f'<style:header><text:p text:style-name="small">{look.head}</text:p></style:header>' if look.head else ""
    head += f'<style:header-left><text:p text:style-name="small">{look.verso}</text:p></style:header-left>' if look.verso else ""
    foot = f'<style:footer><text:p text:style-name="small">{foot}</text:p></style:footer>' if foot else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
            f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{numbering}</office:styles>'
            f"<office:automatic-styles>{_styles(look)}</office:automatic-styles><office:master-styles>"
            f'<style:master-page style:name="Standard" style:page-layout-name="L">{head}{foot}</style:master-page>'
            f"</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>")


def _styles(look: Look) -> str:
    width, height = _SIZES[look.page]
    em = look.size
    face = "WenQuanYi Zen Hei" if look.sans else "AR PL UMing TW"
    latin = "Liberation Sans" if look.sans else "Liberation Serif"

    def style(name: str, size: float = em, align: str = "", bold: bool = False, more: str = "") -> str:
        weight = 'fo:font-weight="bold" style:font-weight-asian="bold"' if bold else ""
        align = align or ("left" if look.space else "justify")
        return (f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" '
                f'fo:line-height="{look.pitch * em / size * 0.85:.0%}" fo:margin-bottom="{look.space}pt" {more}/>'
                f'<style:text-properties fo:font-family="{latin}" style:font-family-asian="{face}" fo:font-size="{size}pt" '
                f'style:font-size-asian="{size}pt" {weight}/></style:style>')

    landscape = 'style:print-orientation="landscape"' if "landscape" in look.page else ""
    box = 'fo:background-color="#e4ece0" fo:padding="0.1cm" fo:border="0.5pt solid #888888"'
    return "".join([
        style("body", more=f'fo:text-indent="{look.indent * em}pt"'), style("flush"), style("centred", align="center"),
        style("right", align="end"), style("caption", em - 1, "center"), style("title", em + 5, "center", True),
        style("heading", em + 1, "left", True, 'fo:margin-top="5pt" fo:keep-with-next="always"'), style("small", em - 2, "center"),
        style("cell", em - 0.5, "left"), style("note", em - 2), style("boxed", more=box), style("boxhead", em, "left", True, box),
        *(style(f"hang{k}", more=f'fo:margin-left="{k * em / 2}pt" fo:text-indent="-{(k % 100) * em / 2}pt"') for k in range(1, 16)),
        *(style(f"sub{k}", more=f'fo:margin-left="{2 * em + k * em / 2}pt" fo:text-indent="-{k * em / 2}pt"') for k in range(1, 16)),
        '<style:style style:name="T" style:family="table"><style:table-properties style:width="9cm" table:align="center"/>'
        '</style:style><style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
        'fo:border="0.5pt solid #444444" fo:padding="0.05cm"/></style:style>',
        '<style:style style:name="S" style:family="section"><style:section-properties><style:columns '
        f'fo:column-count="{look.columns}" fo:column-gap="0.7cm"/></style:section-properties></style:style>',
        '<style:style style:name="F" style:family="graphic"><style:graphic-properties draw:fill-color="#dddddd" '
        'style:wrap="none" style:vertical-rel="paragraph" style:horizontal-pos="center" style:horizontal-rel="paragraph"/></style:style>',
        f'<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}" '
        f'{landscape} fo:margin="1.7cm"/><style:header-style/><style:footer-style/></style:page-layout>',
    ])


def _block(block: Block, look: Look, number: list[int], within: str = "") -> str:
    if block.blocks:
        return "".join(_block(b, look, number, block.what) for b in block.blocks)
    if block.what == "table":
        rows = "".join("<table:table-row>" + "".join(
            f'<table:table-cell table:style-name="C"><text:p text:style-name="cell">{escape(c)}</text:p></table:table-cell>'
            for c in row) + "</table:table-row>" for row in block.rows)
        return (f'<table:table table:name="T" table:style-name="T"><table:table-column '
                f'table:number-columns-repeated="{len(block.rows[0])}"/>{rows}</table:table>')
    if block.what == "figure":
        return (f'<text:p text:style-name="centred"><draw:rect draw:style-name="F" text:anchor-type="as-char" svg:width="5cm" '
                f'svg:height="{block.text}cm"/></text:p>')
    said = ""
    for part, note in block.parts():
        said += escape(part).replace("\n", "<text:line-break/>")
        if note:
            number[0] += 1
            said += (f'<text:note text:note-class="footnote"><text:note-citation>{number[0]}</text:note-citation><text:note-body>'
                     f'<text:p text:style-name="note">{escape(note)}</text:p></text:note-body></text:note>')
    if block.label:
        halves = round(2 * sum(1 if c > "\u2e80" else 0.55 for c in block.label) + 0.9)
        style = f"{'sub' if block.what == 'sub' else 'hang'}{halves}"
        return f'<text:p text:style-name="{style}">{escape(block.label)}<text:tab/>{said}</text:p>'
    style = {"box": "boxhead" if block.what == "heading" else "boxed"}.get(within, block.what)
    return f'<text:p text:style-name="{"right" if style == "stamp" else style}">{said}</text:p>'
