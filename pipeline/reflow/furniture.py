"""Page furniture: what stands on the page and not in the text. Found by what repeats at the edges of pages.

Lines are handed in without blank ones among them, and without the spaces around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from pipeline.document import FurnitureKind
from pipeline.reflow.bylines import ORGANISATION, byline, credit, names_only
from pipeline.reflow.headings import is_caption, is_named, label
from pipeline.reflow.pagenumbers import is_roman, page_number, page_numbers_anywhere, trailing
from pipeline.reflow.spacing import is_tabular


class Found(Struct, frozen=True, array_like=True, gc=False):
    """Furniture in line number ``line``, characters ``start`` to ``end`` of it."""

    line: int
    start: int
    end: int
    kind: FurnitureKind


_DEPTH = 4
# What changes from page to page in a running head: page numbers and the numbers of chapters.
_CHANGING = re.compile(r"[0-9０-９]+|\b[ivxl]+\b|(?<=第)[一二三四五六七八九十百]+|[ \u3000|｜·‧-]+")
_NUMBER_IN = re.compile(r"[0-9]{1,4}")
_NEVER = re.compile(
    r"(?:資料來源|资料来源|註|注|備註|備考|說明|Source|Note|單位|单位)[：:]?|[(（]?[A-Za-z][)）]|[•●○▪◦]|.*[。；，、？！]$"
)
_CHAPTERED = re.compile("[0-9A-Z]{1,2}-[0-9]{1,3}$")
_URL = re.compile(r"(?:https?://|www\.|file:///)\S+")
_IMPRINT = re.compile(
    r"[-–—·•]?[0-9]{1,4}[-–—·•]?$|[0-9]{1,4}/[0-9]{1,4}$|https?://|www\.|(?:E-?mail[:：])?[\w.+-]+@|E-?mail[:：]?$|[-–—·•|｜]$",
    re.I,
)
# What a browser sets over a page that it prints: date, time, title.
_PRINTED_OUT = re.compile(
    r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4},? *(?:[上下]午)? ?[0-9]{1,2}:[0-9]{2}(?: ?[AP]M)?(?:[ \u3000]|$)"
)
_WATERMARK = re.compile(
    r"(?:機密|密件|草稿|草案|初稿|樣張|樣本|副本|機密文件|内部资料|內部資料|僅供參考|仅供参考|請勿外流"
    r"|DRAFT|CONFIDENTIAL|SAMPLE|COPY)$",
    re.I,
)


def find(lines: Sequence[str], pages: Sequence[int], apart: Mapping[int, FurnitureKind] | None = None,
         paged: bool | None = None) -> list[Found]:
    """What is furniture among ``lines``; ``pages`` gives the first line of each page, ``apart`` the lines that a printed page
    sets apart. ``paged``: no page break was lost (else that is taken from the number of pages)."""
    apart = apart or {}
    found = [Found(i, 0, len(lines[i]), kind) for i, kind in apart.items() if kind in ("line number", "watermark")]
    taken = {f.line for f in found}
    at_edges = _at_edges(lines, pages, apart) if paged or (paged is None and len(pages) > 1) else _between(lines)
    found += (f for f in at_edges if f.line not in taken)
    taken = {f.line for f in found}
    for i in sorted(set(apart) - taken):
        if _may_be_head(lines[i]):
            found += [Found(i, 0, len(lines[i]), "page number" if page_number(lines[i]) is not None else _kind(lines[i]))]
    taken = {f.line for f in found}
    found += (f for rule in (_watermarks, _line_numbers) for f in rule(lines) if f.line not in taken)
    return found


def _may_be_head(line: str) -> bool:
    """Whether a line that the page sets apart can be a running head."""
    return len(line) < 60 and not (_NEVER.match(line) or byline(line) or names_only(line) or credit(line) or is_caption(line))


@lru_cache(4096)
def _signature(line: str) -> str:
    return _CHANGING.sub("", line)


def _kind(line: str) -> FurnitureKind:
    return "address" if _URL.search(line) else "running head"


def _table_head(lines: Sequence[str], i: int) -> bool:
    """Whether line ``i`` heads a table that goes on below."""
    return is_tabular(lines[i]) and i + 1 < len(lines) and is_tabular(lines[i + 1])


def _is_title(lines: Sequence[str], i: int) -> bool:
    """Whether the first page's line ``i``, which other pages have for a running head, is the title: no other line can be it."""
    if i + 1 >= len(lines):
        return True
    following = lines[i + 1]
    return (
        len(following) > 50
        or following[-1] in "。，；：、"
        or bool(label(following) or is_named(following) or byline(following) or names_only(following) or credit(following))
    )


class _Edges(Struct):
    """How often each signature stands at the top (0) and at the foot (1) of pages, and how page numbers run there."""

    pages: list[tuple[range, range]]
    repeated: tuple[Counter[str], Counter[str]]
    same: Counter[str]  # the lines themselves, by page
    numbered: Counter[tuple[str, int]]  # signatures whose number goes with the page, by the difference of the two
    offsets: tuple[Counter[int], Counter[int]]
    chaptered: Counter[int]  # by side: pages with a number such as 3-12 there
    parity: dict[tuple[int, str], int]

    @classmethod
    def of(cls, lines: Sequence[str], starts: Sequence[int]) -> _Edges:
        edges = cls([], (Counter(), Counter()), Counter(), Counter(), (Counter(), Counter()), Counter(), {})
        for k, (first, last) in enumerate(pairwise([*starts, len(lines)])):
            depth = min(_DEPTH, last - first)
            sides = (range(first, first + depth), range(last - 1, last - 1 - depth, -1))
            edges.pages.append(sides)
            top = {x: _signature(x) for x in lines[first : first + depth] if len(x) < 100}
            foot = {x: _signature(x) for x in lines[last - depth : last] if len(x) < 100}
            outer = top | foot
            for x in outer:
                edges.same[x] += 1
            for key in {(s, int(n) - k) for x, s in outer.items() for n in _NUMBER_IN.findall(x)}:
                edges.numbered[key] += 1
            for side, found in enumerate((top, foot)):
                repeated, offsets = edges.repeated[side], edges.offsets[side]
                for s in set(found.values()):
                    repeated[s] += 1
                    edges.parity[side, s] = edges.parity.get((side, s), 0) | 1 << k % 2
                edges.chaptered[side] += any(_CHAPTERED.match(x) for x in found)
                for n in {page_number(x) for x in found}:
                    if n is not None and n >= 0:
                        offsets[n - k] += 1
        return edges

    def often(self, side: int, s: str) -> bool:
        """Whether a signature stands there on half of the pages, or on a good part of the even or of the odd ones."""
        n, count = self.repeated[side][s], len(self.pages)
        return n > 1 and (n >= 0.5 * count or (count >= 4 and n >= 0.3 * count) or (n > 2 and self.parity[side, s] != 3))

    def alike(self, line: str, page: int) -> bool:
        """Whether ``line`` comes again as it is, or with a number that goes with the page."""
        s = _signature(line)
        enough = max(2, 0.3 * max(self.repeated[0][s], self.repeated[1][s]))
        return self.same[line] > 1 or any(self.numbered[s, int(n) - page] >= enough for n in _NUMBER_IN.findall(line))

    def numbers(self, side: int, page: int, n: int) -> bool:
        """Whether ``n`` can be the number of ``page`` (from 0), as the other pages are numbered."""
        return n < 0 or self.offsets[side][n - page] > 1 or n == page + 1


def _at_edges(lines: Sequence[str], pages: Sequence[int], apart: Collection[int]) -> Iterator[Found]:
    """From the edges of each page inwards, until a line is none."""
    edges = _Edges.of(lines, pages)
    done: set[int] = set()
    for k, sides in enumerate(edges.pages):
        for side, indices in enumerate(sides):
            gone: set[str] = set()
            for i in indices:
                line = lines[i]
                if i in done:
                    break
                if ((n := page_number(line)) is not None and edges.numbers(side, k, n)) or is_roman(line) or (
                    edges.chaptered[side] > 1 and _CHAPTERED.match(line)
                ):
                    yield Found(i, 0, len(line), "page number")
                elif (
                    k == 0 and (t := trailing(line)) and edges.numbers(side, k, t[1])
                    and not edges.often(side, _signature(line))
                ):
                    head = line[: t[0]].rstrip()
                    if head[-1] in "‧·•|｜—–-" or (i in apart and _may_be_head(head) and not ORGANISATION.match(head)):
                        yield Found(i, 0, len(line), "running head")
                    else:
                        yield Found(i, t[0], len(line), "page number")  # it shares its line with the byline
                elif line[0].isdigit() and _PRINTED_OUT.match(line):
                    yield Found(i, 0, len(line), "running head")
                elif (
                    len(line) < 100 and (s := _signature(line)) and s not in gone
                    and edges.often(side, s) and edges.alike(line, k)
                    and not _NEVER.match(line) and not _table_head(lines, i) and not (k == side == 0 and _is_title(lines, i))
                ):
                    yield Found(i, 0, len(line), _kind(line))
                    gone.add(s)
                else:
                    break
                done.add(i)
    sure = [i for i in page_numbers_anywhere(lines) if i not in done]
    done.update(sure)
    yield from (Found(i, 0, len(lines[i]), "page number") for i in sure)
    yield from _strayed(lines, pages, edges, done)


def _strayed(lines: Sequence[str], pages: Sequence[int], edges: _Edges, done: set[int]) -> Iterator[Found]:
    """Extractors may set a running head anywhere on the page: a line that stands once on every page, at the edge of some."""
    if len(pages) < 2:
        return
    outer = {lines[i] for sides in edges.pages for side in sides for i in side}
    counts = Counter(filter(outer.__contains__, lines))
    likely = {s for s in outer if counts[s] == len(pages)}
    likely = {s for s in likely if 2 < len(s) < 40 and not (_NEVER.match(s) or label(s) or is_named(s) or is_tabular(s))}
    where: dict[str, list[int]] = {s: [] for s in likely}
    for i, line in enumerate(lines) if where else ():
        if line in where:
            where[line].append(i)
    for at in where.values():
        if len(at) == len(pages) and all(bisect_right(pages, i) == k for k, i in enumerate(at, 1)):
            found = (i for i in at if i not in done and (i > 0 or not _is_title(lines, 0)))
            yield from (Found(i, 0, len(lines[i]), "running head") for i in found)


_LEADING = re.compile(r"([0-9]{1,3})(?![0-9.,%％年月日])")


def _between(lines: Sequence[str]) -> Iterator[Found]:
    """Furniture in a text whose page breaks were lost: page numbers that count up, and what repeats beside them."""
    bare = [(i, n) for i, line in enumerate(lines) if len(line) < 24 and (n := page_number(line)) is not None and n < 10_000]
    for i, line in enumerate(lines):
        printed = len(line) < 120 and " " in line and line[-1].isascii() and ("://" in line or "www." in line)
        if printed and all(map(_IMPRINT.match, line.split())):
            yield Found(i, 0, len(line), "address")
    numbers = {i for i, n in bare if n < 0} | _counting([(i, n) for i, n in bare if n >= 0], len(lines))
    for i in numbers:
        yield Found(i, 0, len(lines[i]), "page number")
    yield from _beside(lines, numbers)
    yield from _glued(lines, numbers)


def _counting(bare: list[tuple[int, int]], count: int) -> set[int]:
    """Of lines that hold a bare number, those that count up by one with a page's worth of lines between them (the last page
    may be shorter), and the first and last line of all."""
    good = {i for i, _ in bare if i in (0, count - 1) and count > 15}
    for (i, a), (j, b) in pairwise(bare):
        if b == a + 1 and (j - i > 8 or (j == count - 1 and i > 8)):
            good |= {i, j}
    return good


def _beside(lines: Sequence[str], numbers: set[int]) -> Iterator[Found]:
    """What repeats right before or after page numbers."""
    near: dict[int, str] = {}
    for i in numbers:
        for step in (-1, 1):
            for k in (i + step, i + 2 * step):
                if not 0 <= k < len(lines) or k in numbers or len(lines[k]) > 99:
                    break
                if s := _signature(lines[k]):
                    near[k] = s
    counts = Counter(near.values())
    for k, s in near.items():
        again = counts[s] > 1 or (k > 1 and k - 1 in numbers and _names_issue(lines[k - 2], lines[k]))
        if again and not _NEVER.match(lines[k]) and not _table_head(lines, k):
            yield Found(k, 0, len(lines[k]), _kind(lines[k]))


_ISSUE = re.compile(r"第? ?[0-9一二三四五六七八九十百]+ ?[卷期輯辑號号][^，。；：]{0,12}$|\b(?:Vol|No)\. ?[0-9]+$")
_STOPPED = re.compile(r"[。！？：；!?:;」』）)…]$")


def _names_issue(before: str, line: str) -> bool:
    """Whether ``line`` names the issue of a journal in the middle of a sentence: the head of a page, be it the only one."""
    return len(line) < 40 and _ISSUE.search(line) is not None and not _STOPPED.search(before) and not label(line)


def _glued(lines: Sequence[str], numbers: set[int]) -> Iterator[Found]:
    """A line that repeats, each time followed by the next page number, which clings to the text after it."""
    counts = Counter(lines)
    repeated = (s for s, n in counts.items() if 1 < n < 10_000 and 1 < len(s) < 60 and not _NEVER.match(s))
    where: dict[str, list[int]] = {s: [] for s in repeated}
    if not where:
        return
    for i, line in enumerate(lines):
        if line in where:
            where[line].append(i)
    for at in where.values():
        after = [(i + 1, m) for i in at if i + 1 < len(lines) and (m := _LEADING.match(lines[i + 1]))]
        if len(after) == len(at) and all(int(b[1]) == int(a[1]) + 1 for (_, a), (_, b) in pairwise(after)):
            yield from (Found(i, 0, len(lines[i]), "running head") for i in at)
            yield from (Found(i, 0, m.end(), "page number") for i, m in after if i not in numbers)


_COUNTED = re.compile(r"([0-9]{1,4})[ \u3000]+(?=\S)")
_POINTED = re.compile("[，。；、]")


def _line_numbers(lines: Sequence[str]) -> Iterator[Found]:
    """The numbers that a draft sets before every line, or before every fifth."""
    found = {i: (m.end(), int(m[1])) for i, line in enumerate(lines) if line[:1].isdigit() and (m := _COUNTED.match(line))}
    if len(found) < 4 or sum(_POINTED.search(lines[i]) is not None for i in found) < 0.5 * len(found):
        return
    for step in (1, 5):
        good = [i for i in found if any(found.get(i + d, (0, -9))[1] == found[i][1] + d for d in (-step, step))]
        if len(good) >= max(4, 12 / step) and len(good) * step > 0.7 * len(lines):
            yield from (Found(i, 0, found[i][0], "line number") for i in good)
            return


def _watermarks(lines: Sequence[str]) -> Iterator[Found]:
    marks = [i for i, line in enumerate(lines) if 1 < len(line) < 13 and _WATERMARK.match(line)]
    counts = Counter(lines[i] for i in marks)
    yield from (Found(i, 0, len(lines[i]), "watermark") for i in marks if counts[lines[i]] > 1)
