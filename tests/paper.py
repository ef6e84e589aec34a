"""A small PDF writer for tests: text exactly where a test wants it, in fonts that need no file.

Chinese stands in a font that is named and not embedded (MSung-Light with a predefined CMap, as ISO 32000-1, 9.7.5.2 has it), so
that fixtures are a few hundred bytes and the places of characters follow from their size alone: one em each, half an em for
ASCII.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin


def _font(name: str, kind: str, encoding: str, ordering: str, flags: int, stem: int) -> bytes:
    """A composite font without a file, all of whose characters are one em wide but for those of ASCII."""
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts "
        f"[<< /Type /Font /Subtype /{kind} /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) "
        f"/Supplement 0 >> /DW 1000 /W [1 95 500] "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        f"/Ascent 880 /Descent -120 /CapHeight 700 /StemV {stem} >> >>] >>"
    ).encode()


FONTS = {
    "song": _font("MSung-Light", "CIDFontType0", "UniCNS-UCS2-H", "CNS1", 6, 60),
    "bold": _font("MSung-Bold", "CIDFontType0", "UniCNS-UCS2-H", "CNS1", 0x40006, 160),
    "vertical": _font("MSung-Light", "CIDFontType0", "UniCNS-UCS2-V", "CNS1", 6, 60),
    "nameless": _font("ABCDEF+Lost", "CIDFontType2", "Identity-H", "Identity", 4, 60),
}


@dataclass
class Paper:
    """One page. ``write`` sets text at a place that is given from the top left, in points."""

    width: float = 420
    height: float = 595
    rotate: int = 0
    content: list[str] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)  # by marked content

    def write(
        self, x: float, y: float, text: str, size: float = 10, font: str = "song", turn: float = 0, spread: float = 0,
        part: int | None = None,
    ) -> Paper:
        """A run whose baseline is ``y`` below the top; ``spread`` points stand between its characters, and ``turn`` quarter
        turns clockwise are made before it is written. It is tagged as belonging to the paragraph ``part``, -1 as an artifact of
        the page."""
        a, b = round(cos(turn * pi / 2), 6), -round(sin(turn * pi / 2), 6)
        place = f"{a} {b} {-b} {a} {x:.2f} {self.height - y:.2f} Tm"
        code = text.encode("utf-16-be").hex()
        show = f"BT /{font} {size} Tf {spread} Tc {place} <{code}> Tj ET"
        if part is not None and part < 0:
            show = f"/Artifact BMC {show} EMC"
        elif part is not None:
            show = f"/P << /MCID {len(self.parts)} >> BDC {show} EMC"
            self.parts.append(part)
        self.content.append(show)
        return self

    def lines(self, x: float, y: float, texts: list[str], size: float = 10, pitch: float = 16, font: str = "song") -> Paper:
        """Lines under each other; each U+3000 at the head of one is an indent, not a character."""
        for k, text in enumerate(texts):
            bare = text.lstrip("\u3000")
            self.write(x + size * (len(text) - len(bare)), y + k * pitch, bare, size, font)
        return self

    def image(self) -> Paper:
        """A picture in place of text."""
        self.content.append("q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q")
        return self


def pdf(*pages: Paper, password: str | None = None, producer: str = "", inherited: bool = False) -> bytes:
    """The bytes of a PDF; with a ``password`` (it may be empty) encrypted by RC4 with a key of 40 bits. All pages may have their
    size ``inherited`` from the first."""
    kids = " ".join(f"{3 + 2 * k} 0 R" for k in range(len(pages)))
    box = f"/MediaBox [0 0 {pages[0].width} {pages[0].height}]" if inherited else ""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} {box} >>".encode()]
    first = 3 + 2 * len(pages)
    fonts = " ".join(f"/{name} {first + k} 0 R" for k, name in enumerate(FONTS))
    lock = _Lock(password) if password is not None else None
    for k, page in enumerate(pages):
        box = "" if inherited else f"/MediaBox [0 0 {page.width} {page.height}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {box} /Rotate {page.rotate} /StructParents {k} "
            f"/Resources << /Font << {fonts} >> >> /Contents {4 + 2 * k} 0 R >>".encode()
        )
        stream = "\n".join(page.content).encode("latin-1")
        stream = lock.close(stream, 4 + 2 * k) if lock else stream
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects += FONTS.values()
    if any(page.parts for page in pages):
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot {len(objects) + 1} 0 R >>".encode()
        objects += _tags(len(objects) + 1, pages)
    trailer = b"/Root 1 0 R"
    if lock:
        objects.append(lock.dictionary())
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), lock.name.hex().encode(), lock.name.hex().encode())
    if producer:
        objects.append(f"<< /Producer ({producer}) >>".encode())
        trailer += b" /Info %d 0 R" % len(objects)
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _tags(number: int, pages: Sequence[Paper]) -> list[bytes]:
    """The structure tree (ISO 32000-1, 14.7), whose root has that number: a document of paragraphs."""
    parts = sorted({part for page in pages for part in page.parts})
    of = {part: number + 2 + k for k, part in enumerate(parts)}
    kids = " ".join(f"{n} 0 R" for n in of.values())
    by_page = " ".join(f"{k} [{' '.join(f'{of[part]} 0 R' for part in page.parts)}]" for k, page in enumerate(pages))
    out = [
        f"<< /Type /StructTreeRoot /K {number + 1} 0 R /ParentTree << /Nums [{by_page}] >> >>",
        f"<< /Type /StructElem /S /Document /P {number} 0 R /K [{kids}] >>",
    ]
    for part in parts:
        content = " ".join(
            f"<< /Type /MCR /Pg {3 + 2 * k} 0 R /MCID {mark} >>"
            for k, page in enumerate(pages) for mark, owner in enumerate(page.parts) if owner == part
        )
        out.append(f"<< /Type /StructElem /S /P /P {number + 1} 0 R /K [{content}] >>")
    return [x.encode() for x in out]


_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


class _Lock:
    """The standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""

    name = b"0123456789abcdef"

    def __init__(self, password: str):
        padded = (password.encode() + _PAD)[:32]
        self.owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
        self.key = hashlib.md5(padded + self.owner + b"\xfc\xff\xff\xff" + self.name).digest()[:5]

    def close(self, data: bytes, number: int) -> bytes:
        return _rc4(hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)

    def dictionary(self) -> bytes:
        user = _rc4(self.key, _PAD)
        return b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (self.owner.hex().encode(), user.hex().encode())


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
