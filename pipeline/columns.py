"""Columns that an extractor read across: line by line from the left and from the right one, in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.measure import Line, Measure
from pipeline.spacing import HAN

_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")
_WINDOW = 14  # lines
_MANY = 5_000  # lines beyond which a document is looked at in parts


def interleaved(lines: Sequence[Line], facts: Measure) -> list[tuple[int, int]]:
    """The first and last line of each stretch in which lines go on with the line after the next one.

    Where a line breaks inside a word, the two characters around the break stand side by side elsewhere in the document more
    often than chance has it. In interleaved columns that holds for every other line instead of the next.
    """
    out: list[tuple[int, int]] = []
    for at in range(0, len(lines), _MANY):
        part = lines[at : at + _MANY]
        out += ((at + a, at + b) for a, b in _stretches(part, facts.full))
    return out


def _stretches(lines: Sequence[Line], full: float) -> list[tuple[int, int]]:
    known = {p for x in lines for p in _PAIR.findall(x.text)}
    score = [0] * len(lines)
    for k in range(len(lines) - 2):
        a = lines[k]
        if a.ends or a.width < full - 3 or a.text[-1] in "，、；：":
            continue
        last = a.text[-1]
        score[k] = (last + lines[k + 2].text[0] in known) - (last + lines[k + 1].text[0] in known)
    total = sum(score[:_WINDOW])
    marked: list[tuple[int, int]] = []
    for k in range(max(1, len(lines) - _WINDOW)):
        if total >= 4:
            if marked and marked[-1][1] >= k - 1:
                marked[-1] = (marked[-1][0], min(k + _WINDOW + 1, len(lines) - 1))
            else:
                marked.append((k, min(k + _WINDOW + 1, len(lines) - 1)))
        total += (score[k + _WINDOW] if k + _WINDOW < len(lines) else 0) - score[k]
    return marked
