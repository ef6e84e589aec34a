"""Rows of bits become lines of text: which spaces stand between characters that the page only sets apart."""

from __future__ import annotations

import re
from statistics import median

from msgspec import Struct

from pipeline.read.layout import ASCENT, DESCENT, Row

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—]")


class TextLine(Struct, gc=False):
    """A line's text and box; ``size`` and ``weight`` are those of most of its characters."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    weight: int


def text_line(row: Row) -> TextLine | None:
    """The line of a row; None where nothing is printed in it."""
    runs = [run for bit in row.bits for run in bit.runs]
    if len(runs) > 1:
        runs.sort(key=lambda r: r.xs[0])
    chars: list[str] = []
    xs: list[float] = []
    ends: list[float] = []
    sizes: dict[float, int] = {}
    weights: dict[int, int] = {}
    for run in runs:
        chars += run.chars
        xs += run.xs
        ends += run.ends
        n = len(run.chars)
        sizes[run.size] = sizes.get(run.size, 0) + n
        weights[run.weight] = weights.get(run.weight, 0) + n
    text = _spaced(chars, xs, ends, row.size)
    ink = [k for k, c in enumerate(chars) if not c.isspace()]
    if not ink:
        return None
    size = max(sizes, key=lambda s: (sizes[s], s))
    weight = max(weights, key=lambda w: weights[w])
    top, bottom = row.base - ASCENT * row.size, row.base + DESCENT * row.size
    return TextLine(text, xs[ink[0]], top, max(ends[ink[0] : ink[-1] + 1]), bottom, size, weight)


def _spaced(chars: list[str], xs: list[float], ends: list[float], em: float) -> str:
    """The characters with a space where the page shows one that the file does not hold, and without those that it holds and
    the page does not show."""
    gaps = [x - end for end, x in zip(ends, xs[1:], strict=False)]
    if not gaps or (max(gaps) < 0.12 * em and " " not in chars):
        return "".join(chars)
    spread = max(0.0, median(gaps)) if len(gaps) > 6 else 0.0
    word, seam, wide = 0.17 * em + spread, 0.55 * em + spread, 0.7 * em + 1.5 * spread
    out = [chars[0]]
    cjk = _CJK.match(chars[0]) is not None
    for k, gap in enumerate(gaps):
        c = chars[k + 1]
        before, cjk = cjk, _CJK.match(c) is not None
        if gap > word and c != " " and chars[k] != " " and gap > (wide if before and cjk else seam if before or cjk else word):
            out.append(" ")
        if c == " " and ends[k + 1] - ends[k] < 0.08 * em and (k + 2 >= len(xs) or xs[k + 2] - ends[k] < 0.1 * em):
            continue  # a space of no width
        out.append(c)
    return "".join(out)
