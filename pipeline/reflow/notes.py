"""Footnotes: where they stand among the lines, and which paragraph calls them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from pipeline.reflow.headings import value
from pipeline.reflow.measure import Line
from pipeline.reflow.spacing import HAN


class Note(Struct, frozen=True):
    """Lines ``first`` to ``last`` are a footnote; line ``call`` holds its number (-1: the line before, which it interrupts)."""

    first: int
    last: int
    call: int


# A number or sign that clings to a word and is followed by the end of a clause calls a note.
_CALL = rf"(?<=[{HAN}」』）》%A-Za-z])(?<![註注]){{}}(?= ?(?:[，。；、：！？」』）]|$))"
_NUMBERED = re.compile(rf"(?:([0-9]{{1,2}})|([①-⑳]))[ \u3000]?(?=[{HAN}A-Z「《（])(?![0-9]*[年月日])")
_NAMED = re.compile(r"[註注](?:[0-9一二三四五六七八九十]{1,3}|[①-⑳])[ \u3000]?[：:．. ]|[註注][：:]")
MAY_BEGIN = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳註注")
_OPEN = re.compile(r"[^。！？：；!?:;」』）)…]$")


def find(lines: Sequence[Line], others: Collection[int] = (), low: Collection[int] = ()) -> list[Note]:
    """The footnotes among ``lines``, in order. Notes on the lines that begin one where its number needs a space. A number
    begins one only where the sentence before is at its end, or where a page ends above or below it.
    No note takes in one of the lines ``others``. The lines ``low`` stand in small type at the foot of their page; elsewhere the
    numbers have to count up."""
    out: list[Note] = []
    before = 0  # the number of the last note: they count up, or begin again on each page
    k = 0
    while k < len(lines):
        text = lines[k].text
        call, number = -2, 0
        if text[0] in MAY_BEGIN and k not in others:
            m = _NUMBERED.match(text)
            count = value(m[1] or m[2]) if m else 0
            likely = m and (k in low or (count in (1, before + 1) and _stands_apart(lines, k) and not _heads(lines, k)))
            if m and likely and (call := _call(lines, k, m[1] or m[2])) >= 0:
                before = count
                number = m.end() if text[m.end() - 1] not in " \u3000" else 0
            elif text[0] in "註注" and k and _NAMED.match(text) and _OPEN.search(lines[k - 1].text):
                call = -1
            else:
                call = -2
        if call == -2:
            k += 1
            continue
        last = k
        while last + 1 < len(lines) and last < k + _LONGEST and not lines[last].ends and last + 1 not in others:
            if lines[last + 1].torn:
                break
            last += 1
        lines[k].call = number
        out.append(Note(k, last, call))
        k = last + 1
    return out


def _stands_apart(lines: Sequence[Line], k: int) -> bool:
    """Whether line ``k`` is no part of the sentence before it: that is at its end, or the page is, here or behind the note."""
    if k == 0 or lines[k].torn or not _OPEN.search(lines[k - 1].text):
        return True
    end = next((i for i in range(k + 1, min(k + 1 + _LONGEST, len(lines))) if lines[i].torn), len(lines))
    return end <= k + _LONGEST


def _heads(lines: Sequence[Line], k: int) -> bool:
    """Whether line ``k`` looks like a heading: it stops in mid-sentence, short of what the next line shows to be possible."""
    a, b = lines[k], lines[k + 1] if k + 1 < len(lines) else None
    return not a.ends and b is not None and (a.width < 0.7 * b.width or b.label is not None) and "，" not in a.text


_LONGEST = 8  # lines of a note
_BACK = 80  # lines: a note stands on the page of its call


def _call(lines: Sequence[Line], k: int, mark: str) -> int:
    """The line before line ``k`` that calls note ``mark``; -2 for none."""
    pattern = re.compile(_CALL.format(mark))
    for i in range(max(0, k - _BACK), k):
        text = lines[i].text
        if mark in text and len(text) < 4000 and pattern.search(text):
            return i
    return -2
