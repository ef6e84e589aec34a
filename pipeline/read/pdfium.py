"""The characters of a PDF page with their places, through PDFium's text interface (``fpdf_text.h``).

PDFium is asked once a character for its code point, text object and loose box, and once a text object for everything else.
The functions are bound a second time with plain integers for pointers, which spares ctypes an object for every call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import cache
from math import atan2, hypot, pi
from typing import Any

from msgspec import Struct


class Run(Struct, gc=False):
    """Characters that one text object shows, in page coordinates as displayed (points, origin top left, y downwards).

    ``xs`` are the left edges of the characters and ``ends`` their right edges, along the direction of writing; ``base`` is the
    baseline. ``turn`` is the direction of writing in quarter turns clockwise, or -1 for a slanted run. ``order`` counts runs in
    the order of the content stream. ``artifact`` tells that the file itself marks the run as no part of the text.
    """

    chars: list[str]
    xs: list[float]
    ends: list[float]
    base: float
    size: float
    weight: int
    turn: int
    order: int
    artifact: bool = False


class Unreadable(Struct):
    """What a page holds that cannot be given as text: ``unmapped`` characters without a Unicode value, ``images`` shown."""

    unmapped: int = 0
    images: int = 0


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


class _Api(Struct):
    count: Callable[[int], int]
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
    bounds: Callable[[int, int, int, int, int], int]
    place: Callable[[int, int], int]
    set_place: Callable[[int, int], int]
    set_mode: Callable[[int, int], int]


@cache
def api() -> _Api:
    """PDFium's functions, with integers for pointers."""
    p, i, n = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
    return _Api(
        count=_bind("FPDFText_CountChars", i, p),
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


class Frame(Struct, frozen=True):
    """From PDFium's page space (y upwards, before the page's rotation) to the page as displayed. ``width`` and ``height`` are
    those before the rotation by ``turns`` quarter turns clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height of the page as displayed."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The displayed place of a point."""
        x, y = x - self.left, y - self.bottom
        if self.turns == 0:
            return x, self.height - y
        if self.turns == 1:
            return y, x
        if self.turns == 2:
            return self.width - x, y
        return self.width - y, self.height - x


_BOLD = ("bold", "heavy", "black", "demi", "粗", "semibd", "-bd", ",bd", "-b0", "w7", "w8", "w9")


def _weight(a: _Api, text_object: int, fonts: dict[int, int]) -> int:
    """400 or 700; 0 where the font does not say."""
    font = a.font(text_object)
    if not font:
        return 0
    found = fonts.get(font)
    if found is None:
        buffer = ctypes.create_string_buffer(256)
        size = a.name(font, ctypes.addressof(buffer), 256)
        name = buffer.raw[: max(0, min(size, 256) - 1)].decode("utf-8", "replace").lower()
        value = a.weight(font)
        found = fonts[font] = 700 if any(x in name for x in _BOLD) or value >= 600 else 400 if value > 0 else 0
    # a face without a bold cut is emboldened by stroking its outlines too
    return 700 if found < 700 and a.mode(text_object) == 2 else found


def runs(text_page: int, frame: Frame, fonts: dict[int, int], unreadable: Unreadable) -> list[Run]:
    """The runs of a page in the order of its content stream; ``text_page`` is the address of PDFium's text page, ``fonts``
    remembers what is known of the file's fonts. Spaces and line ends that PDFium made up are left out."""
    a = api()
    count = a.count(text_page)
    if count <= 0:
        return []
    get, box = a.object, a.box
    owners = [get(text_page, i) for i in range(count)]
    boxes = (ctypes.c_float * (4 * count))()  # FS_RECTF: left, top, right, bottom
    address = ctypes.addressof(boxes)
    for i in range(count):
        box(text_page, i, address + 16 * i)
    code = a.unicode
    codes = [code(text_page, i) for i in range(count)]
    edges = boxes[:]
    out: list[Run] = []
    for start, end in _same(owners):
        owner = owners[start]
        if owner:
            out += _run(a, text_page, frame, fonts, owner, start, end, codes, edges, len(out), unreadable)
    return out


def _same(owners: list[int | None]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(owners)):
        if owners[i] != owners[start]:
            yield start, i
            start = i
    yield start, len(owners)


_matrix = ctypes.c_float * 6
_REPLACEMENT = "\ufffd"


def _run(a: _Api, page: int, frame: Frame, fonts: dict[int, int], owner: int, start: int, end: int, codes: list[int],
         edges: list[float], order: int, unreadable: Unreadable) -> list[Run]:
    m = _matrix()
    a.matrix(page, start, ctypes.addressof(m))
    size = a.size(page, start) * (hypot(m[2], m[3]) or 1.0)
    quarter = atan2(m[1], m[0]) / (pi / 2)
    turn = round(quarter)
    slanted = abs(quarter - turn) > 0.06
    turn = (frame.turns - turn) % 4
    x, y = ctypes.c_double(), ctypes.c_double()
    a.origin(page, start, ctypes.addressof(x), ctypes.addressof(y))
    ox, oy = frame.place(x.value, y.value)
    chars: list[str] = []
    xs: list[float] = []
    ends: list[float] = []
    high = 0
    plain = turn == 0 and frame.turns == 0 and not slanted
    left, (width, height) = frame.left, frame.shown
    for i in range(start, end):
        c = codes[i]
        if c < 0x20 or 0xD800 <= c < 0xE000 or c > 0xFFFD:
            if 0xD800 <= c < 0xDC00:
                high = c
                continue
            if 0xDC00 <= c < 0xE000 and high:
                c, high = 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00), 0
            elif c == 2:
                c = 0x2D
            elif c < 0x20 or c < 0xE000 or c in (0xFFFE, 0xFFFF) or c > 0x10FFFF:
                if c in (9, 0xA, 0xD):
                    c = 0x20
                elif c == 0 or a.unmapped(page, i):
                    unreadable.unmapped += 1
                    c = 0xFFFD
                else:
                    c = 0xFFFD
        high = 0
        k = 4 * i
        if c == 0x20 and edges[k] == edges[k + 2]:
            continue  # PDFium's own, or one that nobody sees
        chars.append(chr(c))
        if plain:
            xs.append(edges[k] - left)
            ends.append(edges[k + 2] - left)
        else:
            px, py = frame.place(edges[k], edges[k + 3])
            qx, qy = frame.place(edges[k + 2], edges[k + 1])
            if turn % 2 == 0:
                lo, hi = (min(px, qx), max(px, qx)) if turn == 0 else (width - max(px, qx), width - min(px, qx))
            else:
                lo, hi = (min(py, qy), max(py, qy)) if turn == 1 else (height - max(py, qy), height - min(py, qy))
            xs.append(lo)
            ends.append(hi)
    if not chars:
        return []
    base = (oy, width - ox, height - oy, ox)[turn]
    if slanted:
        turn = -1
    return [Run(chars, xs, ends, base, size or 1.0, _weight(a, owner, fonts), turn, order)]


def by_turn(found: list[Run]) -> list[list[Run]]:
    """Runs parted by their direction of writing, the one that most characters have first."""
    turns: dict[int, list[Run]] = {}
    for run in found:
        turns.setdefault(run.turn, []).append(run)
    return sorted(turns.values(), key=lambda runs: -sum(len(r.chars) for r in runs))


_TEXT, _IMAGE, _FORM = 1, 3, 5  # FPDF_PAGEOBJ_*
_STROKE = 1  # FPDF_TEXTRENDERMODE_STROKE


def prepare(page: int) -> int:
    """Make PDFium see all the text of a page (its address), and count the page's images.

    PDFium passes over text objects without an extent, and where a font is neither embedded nor installed, a text object of a
    single character has none. Drawn as an outline it gets one, from the width of the pen.
    """
    a = api()
    return sum(_prepare(a, a.object_at(page, k), 0) for k in range(a.objects(page)))


_NESTED = 8


def _prepare(a: _Api, item: int | None, depth: int) -> int:
    if not item:
        return 0
    kind = a.kind(item)
    if kind == _TEXT:
        edges = _matrix()
        at = ctypes.addressof(edges)
        if a.bounds(item, at, at + 4, at + 8, at + 12) and edges[2] - edges[0] < 0.02 and a.mode(item) not in (1, 2):
            a.set_mode(item, _STROKE)
            a.place(item, at)
            a.set_place(item, at)  # which makes PDFium measure it anew
        return 0
    if kind == _FORM and depth < _NESTED:
        return sum(_prepare(a, a.form_object_at(item, k), depth + 1) for k in range(a.form_objects(item)))
    return int(kind == _IMAGE)
