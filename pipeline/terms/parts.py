"""The parts of a bracket's content: where they are separated, which of them is an acronym or shortens another."""

from __future__ import annotations

import re

from pipeline.terms.latin import abbreviates, has_latin, is_acronym
from pipeline.terms.remarks import is_figure, is_years, with_year
from pipeline.terms.spans import HAN, SPACE, Piece, has_han, trimmed

_LAST_CAPITALS = re.compile(r"(?:(?<=[a-z])|(?<=\s))[A-Z][A-Z0-9&]+s?$")
_SEPARATOR = re.compile(
    rf"[,，﹐;；、]|[—–]+(?=\s*[{HAN}])|\s[/／|｜]\s|[/／|｜](?=\s*[{HAN}])|(?<=[{HAN}])\s*[:：/／|｜]"
)


def run_together(text: str, english: Piece) -> tuple[Piece, Piece | None]:
    """English and its acronym that no comma parts any more: Farm Advisory System FAS, Farm Advisory SystemFAS."""
    m = _LAST_CAPITALS.search(text, english.start, english.end)
    if m and is_acronym(m.group()):
        head = trimmed(text, english.start, m.start())
        if abbreviates(m.group(), text[head.start : head.end]):
            return head, Piece(m.start(), english.end)
    return english, None


def separated(text: str, start: int, end: int) -> list[Piece]:
    """A bracket's content at its separators; English that only a comma parts stays together."""
    out: list[Piece] = []
    at = start
    for m in _SEPARATOR.finditer(text, start, end):
        out.append(Piece(at, m.start()))
        at = m.end()
    out.append(Piece(at, end))
    out = [p for p in out if text[p.start : p.end].strip(SPACE)]
    joined: list[Piece] = []
    for p in out:
        words = text[p.start : p.end].strip(SPACE)
        last = joined[-1] if joined else None
        if (
            last
            and text[last.end : p.start].strip(SPACE) in (",", "，")
            and (_plain(words) or with_year(text[last.start : p.end].strip(SPACE)))
            and _plain(text[last.start : last.end].strip(SPACE))
            and not shortens(words, text[last.start : last.end].strip(SPACE))
        ):
            joined[-1] = Piece(last.start, p.end)
        else:
            joined.append(p)
    return joined


def shortens(short: str, english: str) -> bool:
    """Whether words abbreviate the English before them: E of Environmental, DataStaR of Data staging repository."""
    tokens, words = short.split(), english.split()
    if len(tokens) == 1:
        return short == english[:1] or (not short.islower() and short[1:] != short[1:].lower() and abbreviates(short, english))
    shared = [t for t in tokens if t in words]
    letters = "".join(t for t in tokens if t not in words)
    rest = " ".join(w for w in words if w not in shared)
    return bool(letters) and len(tokens) < len(words) and all(t in shared or is_acronym(t) for t in tokens) and (
        abbreviates(letters, english) or abbreviates(letters, rest)
    )


def _plain(words: str) -> bool:
    """English of a title or name that a comma may part: no acronym, no Chinese, no number alone."""
    if len(words) < 2 or has_han(words) or not has_latin(words):
        return False
    return not (is_figure(words) or is_years(words) or is_abbreviation(words))


def is_abbreviation(words: str) -> bool:
    """An acronym, perhaps with its year or number: SDR 2024, COP 21."""
    head, _, number = words.rpartition(" ")
    return is_acronym(head if head and number.isdigit() else words)
