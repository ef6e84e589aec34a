"""Make a PDF small without touching its text layer: every outline of its embedded fonts becomes the rectangle that bounds it.

Widths, character codes and the boxes of characters stay what they are; what goes is the look, of which nothing is measured.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont


def shrink(path: Path) -> None:
    """Rewrite the PDF at ``path``."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type3":
                for name in item.CharProcs:
                    item.CharProcs[name] = pdf.make_stream(_drawn(item.CharProcs[name]))
            elif isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                if "/FontFile2" in item:
                    item.FontFile2 = pdf.make_stream(_truetype(item.FontFile2.read_bytes()))
                elif "/FontFile3" in item and item.FontFile3.get("/Subtype") == "/CIDFontType0C":
                    item.FontFile3 = pdf.make_stream(_cff(item.FontFile3.read_bytes()), Subtype=pikepdf.Name.CIDFontType0C)
        for key in ("/StructTreeRoot", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.remove_unreferenced_resources()
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, recompress_flate=True,
                 deterministic_id=True)


def _drawn(glyph: pikepdf.Stream) -> bytes:
    """A glyph of a Type 3 font: its width and bounds stay, for which "d1" stands."""
    for operands, operator in pikepdf.parse_content_stream(glyph):
        if str(operator) == "d1":
            wx, wy, x0, y0, x1, y1 = map(float, operands)
            return f"{wx:g} {wy:g} {x0:g} {y0:g} {x1:g} {y1:g} d1 {x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g} re f".encode()
    return bytes(glyph.read_bytes())


def _truetype(data: bytes) -> bytes:
    font = TTFont(io.BytesIO(data), lazy=False, recalcBBoxes=False)
    glyf = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyf[name]
        if glyph.numberOfContours:
            pen = TTGlyphPen(None)
            _box(pen, glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
            box = pen.glyph()
            box.recalcBounds(glyf)
            glyf[name] = box
    for tag in ("fpgm", "prep", "cvt ", "hdmx", "VDMX", "gasp", "kern", "GPOS", "GSUB", "GDEF", "name", "DSIG"):
        if tag in font:
            del font[tag]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _cff(data: bytes) -> bytes:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    (top,) = fonts.values()
    glyphs = top.CharStrings
    for name in glyphs.keys():  # noqa: SIM118 (not a dict)
        old = glyphs[name]
        bounds = ControlBoundsPen(None)
        old.draw(bounds)
        pen = T2CharStringPen(None, None)
        if bounds.bounds:
            _box(pen, *map(round, bounds.bounds))
        new: T2CharString = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
        if old.width != old.private.defaultWidthX:
            new.decompile()
            new.program.insert(0, round(old.width - old.private.nominalWidthX))
        glyphs[name] = new
    for private in {id(g.private): g.private for g in (glyphs[n] for n in glyphs.keys())}.values():  # noqa: SIM118
        if hasattr(private, "Subrs"):
            del private.Subrs
    fonts.GlobalSubrs.items.clear() if hasattr(fonts, "GlobalSubrs") else None
    out = io.BytesIO()
    fonts.compile(out, None)
    return out.getvalue()


def _box(pen: TTGlyphPen | T2CharStringPen, x0: float, y0: float, x1: float, y1: float) -> None:
    pen.moveTo((x0, y0))
    for point in ((x0, y1), (x1, y1), (x1, y0)):
        pen.lineTo(point)
    pen.closePath()
