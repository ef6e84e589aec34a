"""Figures and tables that a typesetter set at the head or foot of a column, in the midst of a paragraph that goes on behind
them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.reflow.breaks import Page
from pipeline.reflow.geometry import Geometry
from pipeline.reflow.headings import is_caption
from pipeline.reflow.measure import Line
from pipeline.reflow.notes import Note

_MOST = 40  # lines of a table
_GOES_ON = -1.0  # what the page says of the lines before and behind, in log-odds
_SMALL = 0.95  # of the text's size


def find(lines: Sequence[Line], geometry: Geometry | None, page: Page | None, others: Collection[int]) -> list[Note]:
    """The stretches of captions, rows and small type, at least one of them a caption, that part two lines of one paragraph
    which stand in different columns; as notes that interrupt the line before them. None takes in a line of ``others``."""
    if geometry is None or page is None:
        return []
    out: list[Note] = []
    k = 1
    while k < len(lines):
        last = k
        while last < len(lines) and last < k + _MOST and last not in others and _is_part(lines[last], geometry):
            last += 1
        if last == k:
            k += 1
            continue
        call = k - 1
        while call > 0 and call in others:
            call -= 1
        before, behind = lines[call], lines[last] if last < len(lines) else None
        if behind and call not in others and any(is_caption(x.text) for x in lines[k:last]) and not before.ends:
            score = page(before, behind)
            if score is not None and score < _GOES_ON and before.text[-1] not in "：；" and not behind.label:
                out.append(Note(k, last - 1, call))
        k = last + 1
    return out


def _is_part(line: Line, geometry: Geometry) -> bool:
    if line.number < 0:
        return False
    return bool(line.tabular or is_caption(line.text)) or geometry.lines[line.number].size < _SMALL * geometry.em

