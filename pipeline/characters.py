"""Damaged and invisible characters: what each kind becomes, and what a person should be told about it.

Chinese text must not go through NFKC: it would turn ， into a comma and ① into 1. Each kind of damage is mended by itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline import data
from pipeline.document import Document, Edit

# One pass over the text finds every character that some rule may care for; the group says which rule.
_ODD = re.compile(
    r"(?P<line_end>\r\n|[\r\v\x85\u2028\u2029\f])"
    r"|(?P<radical>[\u2e80-\u2fd5])"
    r"|(?P<compatibility>[\uf900-\ufaff\U0002f800-\U0002fa1f])"
    r"|(?P<space>[\t\u00a0\u2000-\u200a\u202f\u205f])"
    r"|(?P<soft_hyphen>\u00ad(?=[ \t]*(?:[\r\n\f]|\Z)))"
    r"|(?P<hyphen>(?<=\w)[\x02\ufffe](?=[ \t]*(?:[\r\n\f]|\Z)))"
    r"|(?P<hyphen_and_break>(?<=\w)[\x02\ufffe](?=\w))"
    r"|(?P<invisible>[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb])"
    r"|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff])"
    r"|(?P<joiner>(?<=[\u3000-\u9fff\uff00-\uffef])\u200d|\u200d(?=[\u3000-\u9fff\uff00-\uffef]))"
    r"|(?P<lost>\ufffd)"
    r"|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010fffd])"
)

_RULES = {
    "line_end": "line end",
    "radical": "radical to ideograph",
    "compatibility": "compatibility ideograph",
    "space": "unusual space",
    "soft_hyphen": "hyphen at the line end",
    "hyphen": "hyphen at the line end",
    "hyphen_and_break": "hyphen at the line end",
    "invisible": "invisible character",
    "control": "control character",
    "joiner": "invisible character",
    "private": "bullet of a symbol font",
}

# What word processors leave where a bullet of the Symbol or Wingdings font stood: the code of the font, moved to U+F000.
_SYMBOL_BULLETS = dict(zip("\uf0b7\uf0a7\uf06c\uf06e\uf075\uf076\uf0d8\uf0e8\uf0fc\uf0f0", "•▪●■◆❖➢➔✓➪", strict=True))


@cache
def _radicals() -> dict[str, str]:
    return {chr(int(a, 16)): chr(int(b, 16)) for a, b in data.table("radicals.tsv")}


def _mended(kind: str, found: str) -> str:
    if kind == "line_end":
        return "\n"
    if kind == "radical":
        return _radicals().get(found, found)
    if kind == "compatibility":
        return unicodedata.normalize("NFD", found)
    if kind == "space":
        return " "
    if kind == "soft_hyphen":
        return "\u2010"
    if kind == "hyphen":  # PDFium's sign for any hyphen at a line end
        return "-"
    if kind == "hyphen_and_break":
        return "-\n"
    if kind == "private":
        return _SYMBOL_BULLETS.get(found, found)
    return found if kind == "lost" else ""


def mend_characters(document: Document) -> Document:
    """Line ends become ``\\n``, radicals and compatibility ideographs the ideographs that they look like; invisible and
    control characters go. Characters that nobody can mend (U+FFFD, private use) stay, and a notice names the first of them.

    Source of the radicals: Unicode's Equivalent_Unified_Ideograph; of the compatibility ideographs: their canonical
    decomposition.
    """
    text = document.text
    edits: list[Edit] = []
    told: dict[str, tuple[int, int]] = {}
    for m in _ODD.finditer(text):
        kind, found = m.lastgroup or "", m.group()
        new = _mended(kind, found)
        if new != found:
            edits.append(Edit(m.start(), m.end(), new, _RULES[kind]))
        elif kind in ("lost", "private"):
            told[kind] = (told[kind][0], told[kind][1] + 1) if kind in told else (m.start(), 1)
        if kind in ("invisible", "control", "joiner"):
            kind = "control" if kind == "control" else "invisible"
            told[kind] = (told[kind][0], told[kind][1] + 1) if kind in told else (m.start(), 1)
    messages = {
        "lost": "characters were lost before the text came here (U+FFFD)",
        "private": "private-use characters that no font table explains",
        "invisible": "invisible characters were taken out",
        "control": "control characters were taken out",
    }
    notes = [(kind, document.raw_span(at, at + 1), count) for kind, (at, count) in told.items()]
    document = document.edit(edits)
    for kind, (start, end), count in notes:
        document = document.notice("damaged characters", f"{messages[kind]}: {count}, the first here", start, end)
    return document
