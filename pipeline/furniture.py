"""Page furniture: what stands on the page and not in the text. Found by what repeats at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.document import FurnitureKind
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
            for i in indices:
                line = lines[i]
                if i in done:
                    break
                kind: FurnitureKind | None = None
                n = page_number(line)
                if (n is not None and (n < 0 or offsets[side][n - k] >= 2 or n == k + 1)) or _ROMAN.match(line):
                    kind = "page number"
                elif len(line) < 100 and (s := _signature(line)) and often(side, s) and not _SOURCE.match(line):
                    neighbour = lines[i + 1] if i + 1 < len(lines) else ""
                    if not (is_tabular(line) and is_tabular(neighbour)):
                        kind = "address" if _URL.search(line) else "running head"
                if kind is None and k == 0 and (t := _trailing(line)) and (t[1] < 0 or offsets[side][t[1] - k] >= 1):
                    yield Found(i, t[0], len(line), "page number")  # it shares its line with the byline
                    done.add(i)
                    continue
                if kind is None:
                    break
                done.add(i)
                yield Found(i, 0, len(line), kind)


_LEADING = re.compile(r"[ \u3000]*([0-9]{1,3})(?![0-9.,%％年月日])")


def _between(lines: Sequence[str]) -> Iterator[Found]:
    """Furniture in a text whose page breaks were lost: page numbers that count up, and what repeats beside them."""
    filled = [i for i, line in enumerate(lines) if line and not line.isspace()]
    counts = Counter(lines[i].strip() for i in filled if 1 < len(lines[i]) < 60)
    heads = {s for s, n in counts.items() if n > 1 and not _SOURCE.match(s)}
    place = {i: k for k, i in enumerate(filled)}
    bare = [(i, int(m[1])) for i in filled if len(lines[i]) < 12 and (m := _NUMBER.match(lines[i]))]
    numbers = dict(_counting(bare, place, filled))
    done: set[int] = set()
    for i in filled:
        if len(lines[i]) < 24 and _DRESSED.match(lines[i]):
            numbers[i] = -1
    for i in numbers:
        done.add(i)
        yield Found(i, 0, len(lines[i]), "page number")
    for s in heads:
        at = [i for i in filled if lines[i].strip() == s] if len(heads) < 200 else []
        if not at:
            continue
        beside = [i for i in at if any(0 <= place[i] + d < len(filled) and filled[place[i] + d] in numbers for d in (-1, 1))]
        glued: list[tuple[int, int, int]] = []
        for i in at:
            j = place[i] + 1
            m = _LEADING.match(lines[filled[j]]) if j < len(filled) else None
            if m:
                glued.append((filled[j], m.end(), int(m[1])))
        if len(glued) == len(at) > 1 and all(b[2] == a[2] + 1 for a, b in zip(glued, glued[1:], strict=False)):
            for i in at:
                yield Found(i, 0, len(lines[i]), "running head")
            for i, end, _ in glued:
                if i not in done:
                    yield Found(i, 0, end, "page number")
        elif len(beside) >= 2 and len(beside) >= 0.6 * len(at) and not is_tabular(s):
            for i in at:
                if i not in done:
                    yield Found(i, 0, len(lines[i]), "running head")


def _counting(bare: list[tuple[int, int]], place: dict[int, int], filled: list[int]) -> Iterator[tuple[int, int]]:
    """Of lines that hold a bare number, those that count up by one with a page's worth of lines between them."""
    good: set[int] = set()
    for (i, a), (j, b) in zip(bare, bare[1:], strict=False):
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
