"""Bytes to text: the encodings that Chinese reports come in, told apart by what they decode to.

A byte-order mark decides. Without one every candidate must decode strictly, and the text that it gives must look like
Chinese: the share of its ideographs that are in everyday use parts Big5 from GB 18030, which accept most of each other's
bytes. charset-normalizer is asked only where none of the candidates gives a likely text.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from pipeline.errors import InputError

SAMPLE = 200_000  # bytes that the choice between encodings looks at; the whole file must then decode

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_BINARY = (  # file signatures, from the formats' own definitions
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls or .ppt)", "save it as PDF or as plain text"),
    (b"\x89PNG", "a PNG image", "give the text, or a PDF with a text layer"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text, or a PDF with a text layer"),
    (b"GIF8", "a GIF image", "give the text, or a PDF with a text layer"),
    (b"II*\x00", "a TIFF image", "give the text, or a PDF with a text layer"),
    (b"MM\x00*", "a TIFF image", "give the text, or a PDF with a text layer"),
    (b"{\\rtf", "a Rich Text file", "save it as PDF or as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "give the report"),
    (b"MZ\x90\x00", "a program", "give the report"),
    (b"SQLite format 3\x00", "a database", "give the report"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file (.odt)"),
    (b"mimetypeapplication/epub", "an e-book (.epub)"),
)


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding: ``utf-8``, ``utf-16``, ``utf-16-le``, ``utf-16-be``, ``utf-32``,
    ``cp950``, ``big5hkscs``, ``gb18030``, or what charset-normalizer found. A byte-order mark is no part of the text; line
    ends stay as they are. Raises :class:`InputError` for an empty file, a binary one, and one in no encoding that fits."""
    if not data:
        raise InputError(file, "is empty")
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name, file), name
    if problem := _what_it_is(data):
        raise InputError(file, *problem[:1], remedy=problem[1])
    name = _utf16(data)  # first, since its text may be valid UTF-8 full of NULs
    if name:
        return _strict(data, name, name, file), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    if name := _multibyte(data):
        return _strict(data, name, name, file), name
    text, name = _guess(data)
    if name:
        return text, name
    at = data.count(b"\n", 0, broken.start) + 1
    raise InputError(file, "is in no text encoding that can be told", place=f"line {at}", remedy="save it as UTF-8")


def _strict(data: bytes, codec: str, name: str, file: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        at = data[: error.start].decode(codec, "ignore").count("\n") + 1
        raise InputError(file, f"is not valid {name.upper()}", place=f"line {at}", remedy="save it as UTF-8") from None


def _what_it_is(data: bytes) -> tuple[str, str] | None:
    """For binary data, what it is and what to do."""
    for signature, what, remedy in _BINARY:
        if data.startswith(signature):
            return f"is {what}, not text", remedy
    if data.startswith(b"PK\x03\x04"):
        head = data[:20_000] + data[-20_000:]
        for sign, what in _ZIPPED:
            if sign in head:
                return f"is {what}, not text", "save it as PDF or as plain text"
        return "is a ZIP archive, not text", "unpack it first"
    if b"\0" in data[:SAMPLE] and not _utf16(data):
        return "is binary data, not text", "give a text file or a PDF"
    return None


# -- encodings without a mark ----------------------------------------------------------------------------------------------


def _multibyte(data: bytes) -> str:
    """The likeliest of the encodings that decode all of ``data``; "" where none gives likely Chinese."""
    sample = _head(data)
    best, found = 0.0, ""
    for name in ("cp950", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"):  # of equals the first, the narrower one
        try:
            score = _likeness(sample.decode(name)) - (0.3 if name.startswith("utf") else 0.0)  # without any ASCII: rare
            if score > best + 0.02 and data.decode(name):
                best, found = score, name
        except UnicodeDecodeError:
            continue
    return found if best > 0.5 else ""


def _head(data: bytes) -> bytes:
    """The beginning of ``data``, up to a line end so that no character is cut in two."""
    if len(data) <= SAMPLE:
        return data
    cut = data.rfind(b"\n", 0, SAMPLE)
    return data[: cut + 1] if cut > 0 else data


def _utf16(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where ``data`` is likely to be that, though nothing says so: there are NULs in it, from
    its line ends, spaces and Latin letters, and one way round it makes a likely text."""
    if len(data) < 4 or len(data) % 2:
        return ""
    sample = data[: SAMPLE - SAMPLE % 2]
    if sample.count(0) < 0.002 * len(sample):
        return ""
    best, found = 0.5, ""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        score = 0.0 if len(_NOT_TEXT.findall(text)) > 0.005 * len(text) else _likeness(text)
        if score > best:
            best, found = score, name
    return found


_NOT_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_USUAL = "，。、：；？！（）「」『』《》〈〉“”‘’…—\u3000％～·•．－／①②③"
_PLAIN = re.compile(
    "[\t\n\r\f -~\u00a0-\u024f‐-‧…‘’“”\u2460-\u2473\u2500-\u25ff\u3000-\u3015\u301c-\u301f\uff01-\uff5e\u3105-\u312f•※→←↑↓★☆]"
)


def _likeness(text: str) -> float:
    """How like running Chinese ``text`` is, from 0 to 1: its characters in everyday use against all but ASCII."""
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 1.0 if not re.search("[\0-\x08\x0e-\x1f]", text) else 0.0
    common = _common()
    good = sum(1.0 if c in common else 0.5 if _HAN.match(c) else 0.6 if _PLAIN.match(c) else 0.0 for c in foreign)
    rare = sum(1 for c in foreign if c not in common and _HAN.match(c))
    return (good - 0.5 * rare) / len(foreign)


@cache
def _common() -> frozenset[str]:
    """The ideographs of level 1 of Big5 (5,401) and of GB 2312 (3,755), which those standards chose by frequency of use."""
    big5 = bytes(b for high in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for b in (high, low))
    gb = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    found = set(big5.decode("big5", "ignore")) | set(gb.decode("gb2312", "ignore"))
    return frozenset(c for c in found if _HAN.match(c)) | frozenset(_USUAL)


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(_head(data)).best()
    if best is None:
        return "", ""
    try:
        return data.decode(best.encoding), best.encoding.replace("_", "-")
    except (UnicodeDecodeError, LookupError):
        return "", ""
