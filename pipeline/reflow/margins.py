"""What stands in the margins of printed pages: running heads and page numbers, known by their place and by coming again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from pipeline.document import Document, Line

Edge = Literal["", "top", "bottom"]

CHANGING = re.compile(r"[0-9０-９]+|\b[ivxlIVXL]+\b|[〇一二三四五六七八九十百]+|\s+")
DEPTH = 3  # lines looked at from either edge of a page


def edges(raw: str, lines: Sequence[Line], em: float, pitch: float,
          beside: Collection[int] = ()) -> dict[int, tuple[Edge, int, int]]:
    """Lines at the edges of pages, and on how many pages something stands at the same place: a line alike but for its numbers;
    anything at all that stands apart from the body. The blocks ``beside`` hold the numbers of the body's lines."""
    pages: dict[int, list[int]] = defaultdict(list)
    for k, line in enumerate(lines):
        if line.block not in beside:
            pages[line.page].append(k)
    alike: dict[tuple[Edge, str], list[int]] = defaultdict(list)
    apart: dict[Edge, list[int]] = defaultdict(list)
    for members in pages.values():
        members.sort(key=lambda k: lines[k].y1)
        if len(members) < 2:
            continue
        depth = min(DEPTH, (len(members) + 1) // 2)
        outer: list[tuple[Edge, list[int]]] = [("top", members[: depth + 1]), ("bottom", members[: -depth - 2 : -1])]
        for edge, found in outer:
            for k in found[:depth]:
                alike[edge, CHANGING.sub("", raw[lines[k].start : lines[k].end])].append(k)
            alone = 0
            for n, (k, inner) in enumerate(pairwise(found), 1):
                far = abs(lines[inner].y1 - lines[k].y1) > 1.5 * pitch and lines[k].size < 1.03 * em
                if far or (edge == "top" and lines[k].size < 0.93 * em < lines[inner].size):
                    alone = n
            apart[edge] += found[:alone]
    same: dict[int, tuple[Edge, int]] = {}
    for (edge, _), found in alike.items():
        for k, n in _at_one_height(lines, found):
            same[k] = edge, n
    out: dict[int, tuple[Edge, int, int]] = {k: (edge, n, 0) for k, (edge, n) in same.items() if n > 1}
    for edge, found in apart.items():
        for k, n in _at_one_height(lines, found):
            if n > 1 or k in out:
                out[k] = edge, same[k][1] if k in same else 0, n
    return out


def _at_one_height(lines: Sequence[Line], found: list[int]) -> Iterator[tuple[int, int]]:
    """For each line, on how many pages one of these lines stands at its height, within 4 points."""
    found = sorted(found, key=lambda k: lines[k].y1)
    pages: Counter[int] = Counter()
    low = high = 0
    for k in found:
        while high < len(found) and lines[found[high]].y1 < lines[k].y1 + 4:
            pages[lines[found[high]].page] += 1
            high += 1
        while lines[found[low]].y1 <= lines[k].y1 - 4:
            page = lines[found[low]].page
            pages[page] -= 1
            if not pages[page]:
                del pages[page]
            low += 1
        yield k, len(pages)


def aside_lines(document: Document) -> set[int]:
    """The lines that are furniture from end to end."""
    spans = sorted((f.start, f.end) for f in document.furniture)
    starts = [s for s, _ in spans]
    out = set()
    for k, line in enumerate(document.lines):
        i = bisect_right(starts, line.start) - 1
        if i >= 0 and spans[i][1] >= line.end:
            out.add(k)
    return out
