"""Pieces of a text: where they begin and end, whether they hold Chinese, the Latin words before a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pipeline.terms.latin import LATIN, has_latin

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_HAN = re.compile(f"[{HAN}]")
_ALL_HAN = re.compile(f"[{HAN}]*")
SPACE = " \t\r\n\u3000\u00a0"
_EDGES = frozenset(SPACE + "“”\"‘’'「」『』*_,，;；:：、")
_SHORTENED = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St))\.$")
_LATIN_END = re.compile(rf"[{LATIN}0-9][{LATIN}0-9&'’.\-‐–/+# ]*[{LATIN}0-9.+!)]?$|[{LATIN}0-9]$")
_FIGURES = re.compile(r"(?:[\d.,\-/+#]+\s+)+(?=[A-Z])")  # 2020 Apple


class Piece(Struct, frozen=True, gc=False):
    """``text[start:end]``."""

    start: int
    end: int


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return bool(_HAN.search(text))


def all_han(text: str) -> bool:
    """Whether there are Chinese characters only in it."""
    return bool(_ALL_HAN.fullmatch(text))


def back(text: str, at: int) -> int:
    """The end of what stands before ``at``, spaces and line ends left out."""
    while at > 0 and text[at - 1] in SPACE:
        at -= 1
    return at


def covered(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What spans cover, in order: those that overlap are one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with signs that stand for nothing in place of all that spans cover, at equal length."""
    parts: list[str] = []
    at = 0
    for start, end in covered(spans):
        parts += text[at:start], "\0" * (end - start)
        at = end
    return "".join((*parts, text[at:]))


def within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether ``at`` lies in one of the spans that :func:`covered` gave."""
    k = bisect_left(spans, (at + 1, 0)) - 1
    return k >= 0 and at < spans[k][1]


def trimmed(text: str, start: int, end: int) -> Piece:
    """Without spaces, quotes and stops at the ends."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    if end > start and text[end - 1] == "." and not _SHORTENED.search(text[start:end]):
        end -= 1
    return Piece(start, end)


def latin_before(text: str, at: int) -> Piece | None:
    """The run of Latin words that ends at ``at``."""
    floor = max(0, at - 120)
    m = _LATIN_END.search(text[floor:at])
    if not m or not has_latin(m.group()):
        return None
    start = floor + m.start()
    if m.group().endswith(")") and "(" not in m.group():  # the bracket before
        return None
    words = text[start:at]
    drop = _FIGURES.match(words)
    if drop:
        start += drop.end()
    tag = text[start - 1 : start] == "#" and " " not in text[start:at]
    return trimmed(text, start - tag, at)
