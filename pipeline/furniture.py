"""Page furniture: what stands on the page and not in the text. Found by what repeats at the edges of pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.bylines import byline, credit, names_only
from pipeline.document import FurnitureKind
from pipeline.headings import NAMED, label
from pipeline.spacing import is_tabular


class Found(Struct, frozen=True, array_like=True, gc=False):
    """Furniture in line number ``line``, characters ``start`` to ``end`` of it."""

    line: int
    start: int
    end: int
    kind: FurnitureKind


_DEPTH = 4
_NUMBER = re.compile(r"[-–—―‒•·~‧|｜ \u3000]*([0-9０-９]{1,4})[-–—―‒•·~‧|｜ \u3000]*$")
_ROMAN = re.compile(r"[-–— ]*([ivxl]{1,7}|[IVXL]{1,7})[-–— ]*$")
_DRESSED = re.compile(
    r"[ \u3000]*(?:"
    r"[-–—―‒~‧·]+ ?([0-9０-９]{1,4}) ?[-–—―‒~‧·]+"
    r"|(?:第|頁次?[:：]?|页[:：]?)[ \u3000]*([0-9０-９一二三四五六七八九十百]{1,5})[ \u3000]*[頁页]?(?:[ \u3000]*[，,、/／（(]?[ \u3000]*[共全][ \u3000]*[0-9０-９一二三四五六七八九十百]{1,5}[ \u3000]*[頁页][)）]?)?"
    r"|[Pp](?:age|\.)[ ]*([0-9]{1,4})(?: *(?:of|/) *[0-9]{1,4})?"
    r"|([0-9]{1,4}) ?[/／] ?[0-9]{1,4}"
    r")[ \u3000]*$"
)
_DIGITS = re.compile(r"[0-9０-９]+|[ivxl]+\b|(?<=第)[一二三四五六七八九十百]+|[ \u3000|｜·‧-]+")
_SOURCE = re.compile(r"[ \u3000]*(?:資料來源|资料来源|註|注|備註|備考|說明|Source|Note|單位|单位)[：:]?|.*[。；，、？！]$")
_URL = re.compile(r"(?:https?://|www\.|file:///)\S+")
_WATERMARK = re.compile(r"[ \u3000]*(?:機密|密件|草稿|草案|初稿|樣張|樣本|副本|内部资料|內部資料|僅供參考|仅供参考|DRAFT|CONFIDENTIAL|SAMPLE|COPY)[ \u3000]*$", re.I)


def page_number(line: str) -> int | None:
    """The page number that is all there is on ``line``; -1 for one whose value does not matter (第 3 頁，共 9 頁)."""
    if len(line) > 24:
        return None
    if m := _NUMBER.match(line):
        return int(m[1])
    if _DRESSED.match(line):
        return -1
    return None


def _signature(line: str) -> str:
    return _DIGITS.sub("", line)


def _is_value(line: str) -> bool:
    return _NUMBER.match(line) is not None and not _DRESSED.match(line)


def find(lines: Sequence[str], pages: Sequence[int]) -> list[Found]:
    """What is furniture among ``lines``; ``pages`` gives the first line of each page."""
    found = list(_at_edges(lines, pages)) if len(pages) > 1 else []
    taken = {f.line for f in found}
    if len(pages) < 2:
        found += _between(lines)
        taken = {f.line for f in found}
    found += (f for f in _watermarks(lines) if f.line not in taken)
    return found


def _edges(lines: Sequence[str], pages: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """For each page the indices of its outermost lines that are not blank: from the top, and from the bottom."""
    for k, first in enumerate(pages):
        last = pages[k + 1] if k + 1 < len(pages) else len(lines)
        top: list[int] = []
        i = first
        while i < last and len(top) < _DEPTH:
            if lines[i] and not lines[i].isspace():
                top.append(i)
            i += 1
        bottom: list[int] = []
        i = last - 1
        while i >= first and len(bottom) < _DEPTH:
            if lines[i] and not lines[i].isspace():
                bottom.append(i)
            i -= 1
        yield top, bottom


_TRAILING = re.compile(r"(.*\S)[ \u3000]+([0-9]{1,4})[ \u3000]*$")
_TRAILING_DRESSED = re.compile(r"(.*\S)[ \u3000]+(?=(?:第|[-–—] ?[0-9]|[Pp]age))")


def _is_title(lines: Sequence[str], top: list[int], i: int) -> bool:
    """Whether the first page's line ``i``, which other pages have for a running head, is the title: no other line can be it."""
    at = top.index(i)
    if at + 1 >= len(top):
        return True
    following = lines[top[at + 1]].strip()
    return (
        len(following) > 50
        or following[-1] in "。，；：、"
        or bool(label(following) or NAMED.match(following) or byline(following) or names_only(following) or credit(following))
    )


def _trailing(line: str) -> tuple[int, int] | None:
    """Where a page number at the end of ``line`` begins, and its value (-1: dressed, so that its value does not matter)."""
    if (m := _TRAILING_DRESSED.match(line)) and _DRESSED.match(line, m.end()):
        return m.end(1), -1
    if m := _TRAILING.match(line):
        return m.end(1), int(m[2])
    return None


def _at_edges(lines: Sequence[str], pages: Sequence[int]) -> Iterator[Found]:
    edges = list(_edges(lines, pages))
    count = len(edges)
    repeated: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    offsets: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    parity: dict[tuple[int, str], set[int]] = {}
    for k, sides in enumerate(edges):
        for side, indices in enumerate(sides):
            seen = {_signature(lines[i]) for i in indices if len(lines[i]) < 100}
            for s in seen:
                if s:
                    repeated[side][s] += 1
                    parity.setdefault((side, s), set()).add(k % 2)
            for n in {page_number(lines[i]) for i in indices}:
                if n is not None and n >= 0:
                    offsets[side][n - k] += 1

    def often(side: int, s: str) -> bool:
        n = repeated[side][s]
        if n < 2:
            return False
        return n >= 0.5 * count or (count >= 4 and n >= 0.3 * count) or (n >= 3 and len(parity[side, s]) == 1)

    done: set[int] = set()
    for k, sides in enumerate(edges):
        for side, indices in enumerate(sides):
            gone: set[str] = set()
            for i in indices:
                line = lines[i]
                if i in done:
                    break
                kind: FurnitureKind | None = None
                n = page_number(line)
                if (n is not None and (n < 0 or offsets[side][n - k] >= 2 or n == k + 1)) or _ROMAN.match(line):
                    kind = "page number"
                elif len(line) < 100 and (s := _signature(line)) and often(side, s) and not _SOURCE.match(line):
                    if s not in gone and not _table_head(lines, i) and not (k == side == 0 and _is_title(lines, indices, i)):
                        kind = "address" if _URL.search(line) else "running head"
                        gone.add(s)
                if kind is None and k == 0 and (t := _trailing(line)) and (t[1] < 0 or offsets[side][t[1] - k] >= 1):
                    yield Found(i, t[0], len(line), "page number")  # it shares its line with the byline
                    done.add(i)
                    continue
                if kind is None:
                    break
                done.add(i)
                yield Found(i, 0, len(line), kind)
    yield from _strayed(lines, pages, edges, done)


def _strayed(lines: Sequence[str], pages: Sequence[int], edges: list[tuple[list[int], list[int]]],
             done: set[int]) -> Iterator[Found]:
    """Extractors may set a running head anywhere on the page: a line that stands once on every page, at the edge of some."""
    likely = {lines[i].strip() for top, bottom in edges for i in (*top, *bottom)}
    likely = {s for s in likely if 2 < len(s) < 40 and not (_SOURCE.match(s) or label(s) or NAMED.match(s) or is_tabular(s))}
    where: dict[str, list[int]] = {s: [] for s in likely}
    for i, line in enumerate(lines):
        if (s := line.strip()) in where:
            where[s].append(i)
    for at in where.values():
        if len(at) == len(pages) and all(bisect_right(pages, i) == k for k, i in enumerate(at, 1)):
            for i in at:
                if i not in done:
                    yield Found(i, 0, len(lines[i]), "running head")


_LEADING = re.compile(r"[ \u3000]*([0-9]{1,3})(?![0-9.,%％年月日])")


def _between(lines: Sequence[str]) -> Iterator[Found]:
    """Furniture in a text whose page breaks were lost: page numbers that count up, and what repeats beside them."""
    filled = [i for i, line in enumerate(lines) if line and not line.isspace()]
    place = {i: k for k, i in enumerate(filled)}
    bare = [(i, int(m[1])) for i in filled if len(lines[i]) < 12 and (m := _NUMBER.match(lines[i]))]
    numbers = {i for i, _ in _counting(bare, place, filled)}
    numbers |= {i for i in filled if len(lines[i]) < 24 and _DRESSED.match(lines[i])}
    for i in numbers:
        yield Found(i, 0, len(lines[i]), "page number")
    yield from _beside(lines, filled, place, numbers)
    yield from _glued(lines, filled, place, numbers)


def _beside(lines: Sequence[str], filled: list[int], place: dict[int, int], numbers: set[int]) -> Iterator[Found]:
    """What repeats right before or after page numbers."""
    near: dict[int, str] = {}
    for i in numbers:
        for step in (-1, 1):
            k = place[i] + step
            for _ in range(2):
                if not 0 <= k < len(filled) or filled[k] in numbers or len(lines[filled[k]]) > 99:
                    break
                if s := _signature(lines[filled[k]]):
                    near[filled[k]] = s
                k += step
    counts = Counter(near.values())
    for i, s in near.items():
        if counts[s] > 1 and not _SOURCE.match(lines[i]) and not _table_head(lines, i):
            yield Found(i, 0, len(lines[i]), "address" if _URL.search(lines[i]) else "running head")


def _glued(lines: Sequence[str], filled: list[int], place: dict[int, int], numbers: set[int]) -> Iterator[Found]:
    """A line that repeats, each time followed by the next page number, which clings to the text after it."""
    counts = Counter(lines[i] for i in filled if 1 < len(lines[i]) < 60)
    where: dict[str, list[int]] = {s: [] for s, n in counts.items() if 1 < n < 10_000 and not _SOURCE.match(s)}
    for i in filled:
        if lines[i] in where:
            where[lines[i]].append(i)
    for at in where.values():
        glued: list[tuple[int, int, int]] = []
        for i in at:
            k = place[i] + 1
            m = _LEADING.match(lines[filled[k]]) if k < len(filled) else None
            if m is None:
                break
            glued.append((filled[k], m.end(), int(m[1])))
        if len(glued) == len(at) and all(b[2] == a[2] + 1 for a, b in pairwise(glued)):
            for i in at:
                yield Found(i, 0, len(lines[i]), "running head")
            for i, end, _ in glued:
                if i not in numbers:
                    yield Found(i, 0, end, "page number")


def _table_head(lines: Sequence[str], i: int) -> bool:
    """Whether line ``i`` heads a table that goes on below."""
    return is_tabular(lines[i]) and i + 1 < len(lines) and is_tabular(lines[i + 1])


def _counting(bare: list[tuple[int, int]], place: dict[int, int], filled: list[int]) -> Iterator[tuple[int, int]]:
    """Of lines that hold a bare number, those that count up by one with a page's worth of lines between them."""
    good: set[int] = set()
    for (i, a), (j, b) in pairwise(bare):
        if b == a + 1 and place[j] - place[i] > 8:
            good |= {i, j}
    edges = {filled[0], filled[-1]} if filled else set()
    for i, n in bare:
        if i in good or i in edges:
            yield i, n


def _watermarks(lines: Sequence[str]) -> Iterator[Found]:
    marks = [i for i, line in enumerate(lines) if 1 < len(line) < 16 and _WATERMARK.match(line)]
    counts = Counter(lines[i].strip() for i in marks)
    for i in marks:
        if counts[lines[i].strip()] > 1:
            yield Found(i, 0, len(lines[i]), "watermark")
