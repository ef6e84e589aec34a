"""Damaged and invisible characters: what each kind becomes, and what a person should be told about it.

Chinese text must not go through NFKC: it would turn ， into a comma and ① into 1. Each kind of damage is mended by itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pipeline import data
from pipeline.document import Document, Edit

# One set of characters finds every place that some rule may care for; the rules then say which of them it is.
_ODD = re.compile(
    "\r\n?|[\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u037e\u0387\u1fef\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\u2126\u212a\u212b"
    "\u2e80-\u2fd5\ue000-\uf8ff\uf900-\ufaff\ufeff\ufff9-\uffff\U0002f800-\U0002fa1f\U000f0000-\U0010ffff]"
)
_LINE_ENDS = "\r\n\v\f\x85\u2028\u2029"
_SPACES = "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
_DOUBLES = frozenset("\u037e\u0387\u1fef\u2126\u212a\u212b")  # of ; · ` Ω K Å: some fonts give the code that has the same glyph
_AT_LINE_END = re.compile(r"[ \t]*(?:[\r\n\f]|\Z)")


_DEPENDENT = frozenset("\x02\u00ad\ufffe\u200d")


def _kind(text: str, start: int, end: int) -> str:
    """Which rule the odd characters at ``text[start:end]`` fall under."""
    c = text[start]
    if c in _LINE_ENDS:
        return "line_end"
    if c in _SPACES:
        return "space"
    if c in "\x02\u00ad\ufffe":
        if start and text[start - 1].isalnum():
            if _AT_LINE_END.match(text, end):
                return "soft_hyphen" if c == "\u00ad" else "hyphen"
            if c != "\u00ad" and text[end].isalnum():
                return "hyphen_and_break"
        return "invisible" if c == "\u00ad" else "control"
    if "\u2e80" <= c <= "\u2fd5":
        return "radical"
    if "\uf900" <= c <= "\ufaff" or "\U0002f800" <= c <= "\U0002fa1f":
        return "compatibility"
    if c in _DOUBLES:
        return "double"
    if c in _INVISIBLE:
        return "invisible"
    if c == "\u200d":  # between emoji it has a meaning
        return "invisible" if start == 0 or text[start - 1] < "\u2600" or "\u2e80" <= text[start - 1] <= "\uffff" else ""
    if c == "\ufffd":
        return "lost"
    if "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000":
        return "private"
    return "control"


_RULES = {
    "line_end": "line end",
    "radical": "radical to ideograph",
    "compatibility": "compatibility ideograph",
    "double": "sign to the usual one",
    "space": "unusual space",
    "soft_hyphen": "hyphen at the line end",
    "hyphen": "hyphen at the line end",
    "hyphen_and_break": "hyphen at the line end",
    "invisible": "invisible character",
    "control": "control character",
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
    if kind in ("compatibility", "double"):
        return unicodedata.normalize("NFC", found)
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

    Source of the radicals: Unicode's Equivalent_Unified_Ideograph; of the compatibility ideographs, and of the signs that have
    two codes: their canonical decomposition.
    """
    text = document.text
    edits: list[Edit] = []
    told: dict[str, tuple[int, int]] = {}
    plain: dict[str, tuple[str, str]] = {}  # what does not depend on its neighbours
    for m in _ODD.finditer(text):
        start, end = m.span()
        found = m[0]
        if found in plain:
            kind, new = plain[found]
        else:
            kind = _kind(text, start, end)
            new = _mended(kind, found) if kind else found
            if found not in _DEPENDENT:
                plain[found] = kind, new
        if new != found:
            edits.append(Edit(start, end, new, _RULES[kind]))
        if kind in ("control", "invisible", "lost") or (kind == "private" and new == found):
            told[kind] = (told[kind][0], told[kind][1] + 1) if kind in told else (start, 1)
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
