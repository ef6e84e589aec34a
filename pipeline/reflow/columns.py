"""Columns that an extractor read across: line by line from the left and from the right one, in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.reflow import pairs
from pipeline.reflow.measure import Line, Measure

_WINDOW = 10  # line ends that can tell
_SURE = 2  # how many more of them must lead past the next line than to it
_CHANCE = 1  # how many lead to the next line by chance
_FEW = 8  # with fewer line ends that can tell, nothing is said


def interleaved(lines: Sequence[Line], facts: Measure) -> list[tuple[int, int]]:
    """The first and last line of each stretch in which lines go on with the line after the next one.

    A line that breaks inside a word tells: its last character and the first one of the line that follows stand together in
    words of the dictionary. In interleaved columns that is the line after the next.
    """
    full = facts.full
    if not full or full > 30:  # two columns of so many characters fit on no page
        return []
    ends = [
        k for k, (a, b) in enumerate(pairwise(lines[:-1]))
        if not a.ends and a.width > full - 3 and "\u4e00" <= a.text[-1] <= "\u9fff" and not b.label
    ]
    if len(ends) < _FEW:
        return []
    known = pairs.of_text("".join(x.text for x in lines[:200]))
    there = [lines[k].text[-1] + lines[k + 1].text[0] in known for k in ends]
    beyond = [lines[k].text[-1] + lines[k + 2].text[0] in known for k in ends]
    out: list[tuple[int, int]] = []
    for i in range(max(1, len(ends) - _WINDOW + 1)):
        near = sum(there[i : i + _WINDOW])
        if near <= _CHANCE and sum(beyond[i : i + _WINDOW]) >= near + _SURE:
            first, last = ends[i], min(ends[min(i + _WINDOW, len(ends)) - 1] + 2, len(lines) - 1)
            if out and out[-1][1] >= first:
                out[-1] = (out[-1][0], last)
            else:
                out.append((first, last))
    return out
