"""What real files do beyond typesetting, done to PDFs that were made: a page turned, a text layer of compatibility characters,
headings drawn after all else, a file locked with an empty password, fonts that do not say what they show, bookmarks."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf

# ideographs that text layers give as Kangxi radicals (U+2F00–2FD5) or compatibility ideographs (U+F900–FAFF)
_LOOKALIKES = dict(zip("一人入八十又口土大女子小山工心手文方日月木水火生用白目立老自行見言車金長高里",
                       "⼀⼈⼊⼋⼗⼜⼝⼟⼤⼥⼦⼩⼭⼯⼼⼿⽂⽅⽇⽉⽊⽔⽕⽣⽤⽩⽬⽴⽼⾃⾏⾒⾔⾞⾦⾧⾼⾥", strict=True)) | {"年": "\uf98e", "立": "\uf9f7", "參": "\uf96b"}


def turned(source: Path, to: Path) -> None:
    """Pages that are written upright on a sheet which is then shown turned, as scanners and landscape tables have it."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            _, _, width, height = map(float, page.mediabox)
            page.contents_add(f"q 0 1 -1 0 {height:g} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, height, width])
            page.Rotate = 90
        _save(pdf, to)


def compatible(source: Path, to: Path) -> None:
    """A text layer in which ideographs became radicals and compatibility ideographs, as some fonts' tables have it."""
    codes = {f"{ord(a):04x}": f"{ord(b):04x}" for a, b in _LOOKALIKES.items()}

    def replaced(m: re.Match[bytes]) -> bytes:
        return b"<" + codes.get(m[1].decode().lower(), m[1].decode()).encode() + b">"

    with pikepdf.open(source) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                table = item.ToUnicode.read_bytes()
                table = re.sub(rb"(?<=> )<([0-9a-fA-F]{4})>(?=\s*\n)", replaced, table)
                item.ToUnicode = pdf.make_stream(table)
        _save(pdf, to)


def headings_last(source: Path, to: Path) -> None:
    """Of a PDF whose paragraphs are groups "q ... Q" of their own: those in larger type are drawn after all others."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            groups: list[list[pikepdf.ContentStreamInstruction]] = [[]]
            depth = 0
            for step in pikepdf.parse_content_stream(page):
                depth += {"q": 1, "Q": -1}.get(str(step.operator), 0)
                groups[-1].append(step)
                if not depth:
                    groups.append([])
            sizes = [max((float(s.operands[1]) for s in g if str(s.operator) == "Tf"), default=0.0) for g in groups]
            body = max(set(sizes), key=lambda s: sum(len(g) for g, size in zip(groups, sizes, strict=True) if size == s))
            late = [s for g, size in zip(groups, sizes, strict=True) if size > body for s in g]
            rest = [s for g, size in zip(groups, sizes, strict=True) if size <= body for s in g]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(rest + late))
        _save(pdf, to)


def locked(source: Path, to: Path) -> None:
    """Encrypted, with an empty password to open it, as files are that may be read and not changed."""
    with pikepdf.open(source) as pdf:
        pdf.save(to, encryption=pikepdf.Encryption(owner="owner", user="", R=6))


def unmapped(source: Path, to: Path) -> None:
    """Fonts that do not say which characters they show."""
    with pikepdf.open(source) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        _save(pdf, to)


def marked(source: Path, to: Path) -> None:
    """With bookmarks and a link over a line."""
    with pikepdf.open(source) as pdf:
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem(f"第 {k + 1} 頁", k) for k in range(len(pdf.pages))]
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[50, 400, 200, 415], Border=[0, 0, 1],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/"))])
        _save(pdf, to)


def _save(pdf: pikepdf.Pdf, to: Path) -> None:
    pdf.save(to, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)


# what is done to which files
PLAN = {
    "turned": (turned, "scores.libreoffice letter.reportlab"), "compatible": (compatible, "minutes.weasyprint law.libreoffice"),
    "late": (headings_last, "minutes.reportlab scores.reportlab"), "locked": (locked, "law.xelatex"),
    "unmapped": (unmapped, "draft.weasyprint"), "marked": (marked, "webpage.chromium"),
}
