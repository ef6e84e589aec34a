"""PDFium's functions (``fpdf_text.h``, ``fpdf_edit.h``), bound a second time with plain integers for pointers: that spares
ctypes an object for every call, of which a page takes hundreds.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


class Api(Struct, frozen=True):
    """What is used of PDFium; pages, text pages, objects, fonts and buffers are given by their address."""

    count: Callable[[int], int]
    text: Callable[[int, int, int, int], int]
    unicode: Callable[[int, int], int]
    box: Callable[[int, int, int], int]
    origin: Callable[[int, int, int, int], int]
    object: Callable[[int, int], int | None]
    matrix: Callable[[int, int, int], int]
    size: Callable[[int, int], float]
    font: Callable[[int], int | None]
    weight: Callable[[int], int]
    name: Callable[[int, int, int], int]
    mode: Callable[[int], int]
    unmapped: Callable[[int, int], int]
    objects: Callable[[int], int]
    object_at: Callable[[int, int], int | None]
    form_objects: Callable[[int], int]
    form_object_at: Callable[[int, int], int | None]
    kind: Callable[[int], int]
    bounds: Callable[[int | None, int, int, int, int], int]
    place: Callable[[int, int], int]
    set_place: Callable[[int, int], int]
    set_mode: Callable[[int, int], int]


@cache
def api() -> Api:
    """PDFium's functions, with integers for pointers."""
    p, i, n = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    return Api(
        count=_bind("FPDFText_CountChars", i, p),
        text=_bind("FPDFText_GetText", i, p, i, i, p),
        unicode=_bind("FPDFText_GetUnicode", ctypes.c_uint, p, i),
        box=_bind("FPDFText_GetLooseCharBox", i, p, i, p),
        origin=_bind("FPDFText_GetCharOrigin", i, p, i, p, p),
        object=_bind("FPDFText_GetTextObject", p, p, i),
        matrix=_bind("FPDFText_GetMatrix", i, p, i, p),
        size=_bind("FPDFText_GetFontSize", ctypes.c_double, p, i),
        font=_bind("FPDFTextObj_GetFont", p, p),
        weight=_bind("FPDFFont_GetWeight", i, p),
        name=_bind("FPDFFont_GetBaseFontName", n, p, p, n),
        mode=_bind("FPDFTextObj_GetTextRenderMode", i, p),
        unmapped=_bind("FPDFText_HasUnicodeMapError", i, p, i),
        objects=_bind("FPDFPage_CountObjects", i, p),
        object_at=_bind("FPDFPage_GetObject", p, p, i),
        form_objects=_bind("FPDFFormObj_CountObjects", i, p),
        form_object_at=_bind("FPDFFormObj_GetObject", p, p, n),
        kind=_bind("FPDFPageObj_GetType", i, p),
        bounds=_bind("FPDFPageObj_GetBounds", i, p, p, p, p, p),
        place=_bind("FPDFPageObj_GetMatrix", i, p, p),
        set_place=_bind("FPDFPageObj_SetMatrix", i, p, p),
        set_mode=_bind("FPDFTextObj_SetTextRenderMode", i, p, i),
    )


class TagApi(Struct, frozen=True):
    """What is used of PDFium's ``fpdf_structtree.h`` and of its marked content; all things are given by their address."""

    tagged: Callable[[int], int]
    tree: Callable[[int], int | None]
    close: Callable[[int], None]
    roots: Callable[[int], int]
    root: Callable[[int, int], int | None]
    kids: Callable[[int], int]
    kid: Callable[[int, int], int | None]
    content: Callable[[int, int], int]
    type: Callable[[int, int, int], int]
    content_of: Callable[[int], int]
    marks: Callable[[int], int]
    mark: Callable[[int, int], int | None]
    mark_name: Callable[[int, int, int, int], int]

    def kind(self, element: int) -> str:
        """The standard type of a structure element, such as P or TD."""
        buffer = ctypes.create_string_buffer(64)
        size = self.type(element, ctypes.addressof(buffer), 64)
        return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= 64 else ""

    def is_artifact(self, item: int) -> bool:
        """Whether a text object is marked as an artifact of the page."""
        buffer, size = ctypes.create_string_buffer(32), ctypes.c_ulong()
        for k in range(self.marks(item)):
            mark = self.mark(item, k)
            if mark and self.mark_name(mark, ctypes.addressof(buffer), 32, ctypes.addressof(size)) and (
                buffer.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact"
            ):
                return True
        return False


@cache
def tag_api() -> TagApi:
    """The functions for tags, with integers for pointers."""
    p, i, u = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    return TagApi(
        tagged=_bind("FPDFCatalog_IsTagged", i, p),
        tree=_bind("FPDF_StructTree_GetForPage", p, p),
        close=_bind("FPDF_StructTree_Close", None, p),
        roots=_bind("FPDF_StructTree_CountChildren", i, p),
        root=_bind("FPDF_StructTree_GetChildAtIndex", p, p, i),
        kids=_bind("FPDF_StructElement_CountChildren", i, p),
        kid=_bind("FPDF_StructElement_GetChildAtIndex", p, p, i),
        content=_bind("FPDF_StructElement_GetChildMarkedContentID", i, p, i),
        type=_bind("FPDF_StructElement_GetType", u, p, p, u),
        content_of=_bind("FPDFPageObj_GetMarkedContentID", i, p),
        marks=_bind("FPDFPageObj_CountMarks", i, p),
        mark=_bind("FPDFPageObj_GetMark", p, p, u),
        mark_name=_bind("FPDFPageObjMark_GetName", i, p, p, u, p),
    )


_TEXT, _IMAGE, _FORM = 1, 3, 5  # FPDF_PAGEOBJ_*
_STROKE = 1  # FPDF_TEXTRENDERMODE_STROKE


def prepare(page: int) -> int:
    """Make PDFium see all the text of a page (its address), and count the page's images.

    PDFium passes over text objects without an extent: a single full-width space, or a single character in a font that is
    neither embedded nor installed. Drawn as an outline it gets one, from the width of the pen.
    """
    a = api()
    return _prepare(a, [a.object_at(page, k) for k in range(a.objects(page))], 0)


_NESTED = 8


def _prepare(a: Api, items: list[int | None], depth: int) -> int:
    buffer = (ctypes.c_float * 6)()
    at = ctypes.addressof(buffer)
    left, bottom, right, top = at, at + 4, at + 8, at + 12
    kind_of, bounds = a.kind, a.bounds
    images = 0
    for item in items:
        kind = kind_of(item) if item else 0
        if kind == _TEXT:
            bounds(item, left, bottom, right, top)
            if buffer[2] - buffer[0] < 0.02 and item and a.mode(item) not in (1, 2):
                a.set_mode(item, _STROKE)
                a.place(item, at)
                a.set_place(item, at)  # which makes PDFium measure it anew
        elif kind == _IMAGE:
            images += 1
        elif kind == _FORM and item and depth < _NESTED:
            images += _prepare(a, [a.form_object_at(item, k) for k in range(a.form_objects(item))], depth + 1)
    return images
