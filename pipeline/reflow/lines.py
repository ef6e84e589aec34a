"""The lines of a text that are not blank."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from msgspec import Struct

from pipeline.document import Document

_EMPTY = "\n" * 64  # more than a page has: passed over at once
_FILLED = re.compile(r"[^\n]")


class Lines(Struct, frozen=True):
    """Line k is ``text[starts[k]:ends[k]]``, without the spaces around it; ``texts[k]`` is the same as a string."""

    texts: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of ``text`` that are not blank."""
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at, size = 0, len(text)
        while at < size:
            gap = text.find(_EMPTY, at)
            for line in text[at : gap if gap >= 0 else size].split("\n"):
                if line and (bare := line.strip()):
                    start = at if bare is line or bare[0] == line[0] else at + line.index(bare[0])
                    texts.append(bare)
                    starts.append(start)
                    ends.append(start + len(bare))
                at += len(line) + 1
            if gap >= 0:
                m = _FILLED.search(text, gap)
                at = m.start() if m else size
        return cls(texts, starts, ends)

    def pages(self, document: Document) -> list[int]:
        """The first line of each page that has any. These are the lines of ``document.text``, and nothing was moved in it."""
        found = (bisect_left(self.starts, at) for at in text_offsets(document, [p.start for p in document.pages]))
        return sorted({k for k in found if k < len(self.starts)})


def text_offsets(document: Document, raws: list[int]) -> list[int]:
    """Where raw offsets went in a text that nothing was moved in; what was taken out counts with what follows it."""
    starts = [p.start for p in document.pieces]
    at = list(accumulate((p.length for p in document.pieces), initial=0))
    out = []
    for raw in raws:
        k = bisect_right(starts, raw) - 1
        p = document.pieces[k] if k >= 0 else None
        out.append(at[k] + min(max(0, raw - p.start), p.length) if p else 0)
    return out


def raw_ends(document: Document, ends: list[int]) -> list[int]:
    """Where in the raw text the characters end that end at the offsets ``ends`` of the text, which go up."""
    pieces = document.pieces
    out = []
    k, last = -1, 0
    for end in ends:
        while last < end:
            k += 1
            last += pieces[k].length
        p = pieces[k]
        out.append(p.end - (last - end) if p.one_to_one else p.end)
    return out
