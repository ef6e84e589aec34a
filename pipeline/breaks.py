"""Does a line end here because the paragraph does, or because the line was full? The evidence of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from pipeline.headings import Label

END = "。！？!?…"
_CLOSERS = "」』）》〉】”’)\"'"
_CONTINUES = "，、（《〈「『【〔,(“‘·／/&＋"
_ENDS = re.compile(rf"[{END}：:；;.][{_CLOSERS}]*$|[」』][{_CLOSERS}]*$")
_SENTENCE_END = re.compile(rf"[{END}][{_CLOSERS}0-9]*$|[a-z0-9)][.!?][{_CLOSERS}]*$")
_CANNOT_BEGIN = "，。、；：！？）》〉」』】〕，,.;:!?)”’％%…—"
_UNIT = re.compile(r"[A-Za-z\u00c0-\u024f0-9][^\s\u2e80-\uffff]*")
_OPENERS = {"（": "）", "(": ")", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "“": "”"}
_BRACKET = re.compile("[（）()「」『』《》〈〉【】“”]")


def width(line: str) -> float:
    """The printed width in ideographs: one for each, a half for ASCII."""
    return len(line) - 0.5 * len(line.encode("ascii", "ignore"))


class Line(Struct, gc=False):
    """A line that is not blank, with what the decision needs; ``before`` blank lines stand above it."""

    text: str
    start: int
    end: int
    before: int
    page: int
    width: float
    label: Label | None = None
    indent: float = 0.0
    ends: bool = False  # as a sentence does
    tabular: bool = False


class Measure(Struct, frozen=True):
    """What a document's lines have in common: ``full`` width (0: its lines were never broken), ``indent`` of first lines in
    ideographs where paragraphs show it by their width, ``indented`` where they show it by spaces, ``blanks`` whether blank lines
    part paragraphs."""

    full: float
    indent: float
    indented: bool
    blanks: bool


def first_unit(text: str) -> float:
    """The width of what a typesetter would have had to put on the line before: a word, or a character with what clings to it."""
    m = _UNIT.match(text)
    end = m.end() if m else 1
    if text[:1] in _OPENERS:
        m = _UNIT.match(text, 1)
        end = m.end() if m else 2
    while end < len(text) and text[end] in _CANNOT_BEGIN:
        end += 1
    return width(text[:end])


def measure(lines: Sequence[Line]) -> Measure:
    """Find the width at which lines were broken, from the lines that stop in mid-sentence."""
    open_widths = [round(x.width * 2) / 2 for x in lines if not x.ends and not x.tabular]
    total = sum(x.width for x in lines) or 1.0
    if not open_widths:
        return Measure(0.0, 0.0, False, True)
    counts = Counter(open_widths)
    mass = {w: w * n for w, n in counts.items()}
    best, full = max((sum(m for v, m in mass.items() if w - 2 <= v <= w + 1), w) for w in counts)
    if best < 0.2 * total or sum(n for v, n in counts.items() if full - 2 <= v <= full + 1) < 3:
        return Measure(0.0, 0.0, False, True)
    # the commonest width in the band is that of lines of nothing but ideographs; the rest is squeezed or spread
    full = max((n * v + sum(counts.get(v + d, 0) for d in (-0.5, 0.5)), v) for v, n in counts.items() if full - 2 <= v <= full + 1)[1]
    # blank lines within sentences tell whether blank lines mean anything
    inner = [b.before > 0 for a, b in zip(lines, lines[1:], strict=False) if not a.ends and a.width >= full - 1.5 and not b.label]
    outer = [b.before > 0 for a, b in zip(lines, lines[1:], strict=False) if a.ends and a.width < full - 4]
    blanks = bool(outer) and sum(inner) < 0.04 * len(inner) and sum(outer) > 0.4 * len(outer)
    indented = sum(x.indent > 0 for x in lines) > 0.05 * len(lines)
    firsts = [b.width for a, b in zip(lines, lines[1:], strict=False)
              if a.ends and a.width < full - 4 and not b.label and not b.ends and full - 5 < b.width]
    indent = 0.0
    if len(firsts) >= 2:
        short = sum(full - 3 <= w <= full - 1.5 for w in firsts)
        indent = 2.0 if short >= 0.6 * len(firsts) else 0.0
    return Measure(full, indent, indented, blanks)
