"""The lines of a document and what they have in common: how wide they are, where first lines and hanging lines begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log

from msgspec import Struct

from pipeline.reflow.headings import Label, label
from pipeline.reflow.lines import Lines
from pipeline.reflow.spacing import is_tabular

_CLOSERS = "」』）》〉】”’)\"'"
_SENTENCE_END = re.compile(
    rf"[。！？!?…][{_CLOSERS}0-9①-⑳]*(?:（[^（）]{{1,12}}）)?$"
    # no. 2, vol. 14, pp. 88-101: abbreviations that something follows
    rf"|[a-z0-9)’”](?<!\b[Nn]o)(?<!\b[Vv]ol)(?<!\bpp)(?<!\bcf)(?<!\b[Ff]ig)(?<!\bvs)[.!?][{_CLOSERS}]*$"
)
_MAY_END = frozenset("。！？!?….0123456789①②③④⑤⑥⑦⑧⑨⑩" + _CLOSERS)
_CANNOT_BEGIN = "，。、；：！？）》〉」』】〕，,.;:!?)”’％%…—"
OPENERS = {"（": "）", "(": ")", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "“": "”"}
_UNIT = re.compile(r"[A-Za-z\u00c0-\u024f0-9][^\s\u2e80-\uffff]*-?")
_FIRST = re.compile(
    rf"(?:[{''.join(OPENERS)}](?:{_UNIT.pattern}|.|$)|{_UNIT.pattern}|.)[{re.escape(_CANNOT_BEGIN)}]*", re.DOTALL
)

# Advance widths of Latin letters and signs in a common serif face, in twentieths of an ideograph.
_ADVANCE = bytes(
    5 if c in " .,'`:;|!iljtfI/\\()[]-" else 15 if c in "mwMW@%&" else 13 if c.isupper() else 10 for c in map(chr, range(256))
)


def width(line: str) -> float:
    """The printed width of ``line`` in ideographs."""
    latin = line.encode("latin-1", "ignore")
    return len(line) - len(latin) + sum(latin.translate(_ADVANCE)) / 20 if latin else len(line)


class Line(Struct, gc=False):
    """A line that is not blank, ``text[start:end]`` without the spaces around it, with what the decision needs:
    ``before`` blank lines stand above it, ``indent`` is the width of the spaces that it began with."""

    text: str
    start: int
    end: int
    before: int
    width: float
    indent: float
    label: Label | None
    ends: bool  # as a sentence does
    tabular: bool
    torn: bool = False  # page furniture stood before it, or a page ended there
    number: int = -1  # its place among ``document.lines``
    call: int = 0  # the length of a footnote's number, where no space follows it


class Measure(Struct, frozen=True):
    """What the lines of a document have in common: their ``full`` width (0: they were never broken); whether first lines are
    ``inset`` so that they hold two ideographs less; whether they begin with more space than the ``margin``
    (``indented``); what a ``blank`` line is worth as evidence, and what none is (``no_blank``); the styles of label that stand
    before headings."""

    full: float = 0.0
    inset: bool = False
    indented: bool = False
    margin: float = 0.0
    blank: float = 0.0
    no_blank: float = 0.0
    headings: frozenset[str] = frozenset()


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    out: list[Line] = []
    last = 0
    found = Lines.of(text)
    for bare, start, end in zip(found.texts, found.starts, found.ends, strict=True):
        before, indent = 0, 0.0
        if start - last > 1 or not last:
            before = text.count("\n", last, start)
            if before < start - last and (lead := text[last:start].rpartition("\n")[2]):
                indent = width(lead)
            before -= last > 0
        ends = bare[-1] in _MAY_END and _SENTENCE_END.search(bare, max(0, end - start - 18)) is not None
        tabular = (" " in bare or bare[0] == "|") and is_tabular(bare)
        out.append(Line(bare, start, end, before, width(bare), indent, label(bare), ends, tabular))
        last = end
    return out


def latin(line: Line) -> float:
    """Roughly the number of its Latin letters and digits, whose widths are a guess."""
    return 2 * (len(line.text) - line.width)


def first_unit(text: str) -> float:
    """The width of what had to fit on the line before: a word, or an ideograph with the signs that cling to it."""
    first = text[0]
    if text[1:2] not in _CANNOT_BEGIN and first not in OPENERS and (first > "\u3400" or not _UNIT.match(first)):
        return 1.0
    m = _FIRST.match(text)
    return width(m[0]) if m else 1.0


_SAMPLE = 20_000  # lines


def measure(lines: Sequence[Line]) -> Measure:
    """What the lines have in common, from those that stop in mid-sentence and from those that stop short at its end."""
    lines = lines[:_SAMPLE]
    counts = Counter(round(x.width * 2) / 2 for x in lines if not x.ends and not x.tabular)
    total = sum(x.width for x in lines)
    if not counts:
        return Measure()
    mass = {w: w * n for w, n in counts.items()}
    share, top = max((sum(mass.get(w + d / 2, 0.0) for d in range(-4, 3)), w) for w in counts)
    beyond = sum(x.width for x in lines if x.width > top + 4)
    near = sum(n for v, n in counts.items() if top - 2 <= v <= top + 1)
    if near < 2 or top < 10 or (near == 2 and share < 0.5 * total and not _pair(lines, top)):
        return Measure()
    # lines broken at a width have a common edge and nothing beyond it; lines that never were end where they end
    if share < (0.2 if beyond > 0.1 * total else 0.1) * total or beyond > 0.4 * total or _few_points(lines, top):
        return Measure()
    full = _full(lines, top)
    margins = Counter(x.indent for x in lines)
    least = min((m for m, n in margins.items() if n >= 0.15 * margins.total()), default=0.0)
    blank, no_blank = _blanks(lines, full)
    indented = sum(x.indent - least >= 1.5 for x in lines) > 0.05 * len(lines)
    return Measure(full, _inset(lines, full), indented, least, blank, no_blank, _heading_styles(lines, full))


def _pair(lines: Sequence[Line], top: float) -> bool:
    """Whether the two open lines of the common width are the longest of all, running text, and go on."""
    if any(x.width > top + 1.5 for x in lines):
        return False
    gone_on = [
        not b.label and not b.before and "，" in a.text
        for a, b in pairwise(lines) if not a.ends and not a.tabular and top - 2 <= a.width <= top + 1
    ]
    return len(gone_on) == 2 and all(gone_on)


# Pieces of sentences have points in them; Latin ones often begin with a small letter, or end in a hyphen.
_POINT = re.compile("[，。；：、,.;]|^[a-z]|[-\u2010]$")


def _few_points(lines: Sequence[Line], top: float) -> bool:
    """Whether the lines near the common width are entries of a list rather than pieces of sentences."""
    near = [_POINT.search(x.text) is not None for x in lines if not x.ends and top - 2 <= x.width <= top + 1]
    return sum(near) < 0.4 * len(near)


def _blanks(lines: Sequence[Line], full: float) -> tuple[float, float]:
    """The logarithm of how much likelier a blank line is between paragraphs than within, and the same for none."""
    inner = [b.before > 0 for a, b in pairwise(lines) if not a.ends and a.width >= full - 1.5 and not b.label]
    outer = [b.before > 0 for a, b in pairwise(lines) if a.ends and a.width < full - 4]
    p, q = (sum(outer) + 0.3) / (len(outer) + 1), (sum(inner) + 0.3) / (len(inner) + 1)
    return max(0.0, min(4.0, log(p / q))), min(0.0, max(-2.0, log((1 - p + 0.1) / (1 - q + 0.1))))


def _heading_styles(lines: Sequence[Line], full: float) -> frozenset[str]:
    """The styles of label whose lines are mostly short and end like a heading."""
    short: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for a, b in pairwise(lines):
        if a.label and a.label.style not in ("bullet", "dash", "square", "circled"):
            item = b.label is not None and b.label.style == a.label.style  # entries of a list, one a line
            heads = not a.ends and a.width < full - 3 and a.text[-1] not in "；："
            (short if heads and not item else others)[a.label.style] += 1
    return frozenset(s for s in short if short[s] > others[s])


def _full(lines: Sequence[Line], top: float) -> float:
    """Lines of nothing but ideographs are exact: the greatest width that several of them share, near ``top``. Lines with Latin
    letters or digits in them are squeezed or spread, and our widths for these are those of one typeface."""
    near = [x.width for x in lines if not x.ends and top - 3 <= x.width <= top + 4]
    exact = Counter(w for x in lines if not x.ends and top - 3 <= (w := x.width) <= top + 4 and w == len(x.text))
    enough = max(2.0, 0.12 * exact.total())
    shared = [v for v in exact if exact[v] + exact[v + 1] >= enough and exact[v] >= 2]
    if exact.total() >= 3 and shared:
        return float(max(shared))
    near.sort()
    return round(near[int(0.75 * (len(near) - 1))] * 2) / 2


def _inset(lines: Sequence[Line], full: float) -> bool:
    """Whether lines that surely begin a paragraph, and are full, hold two ideographs less than others."""
    less = same = 0
    for (a, b), c in zip(pairwise(lines), lines[2:], strict=False):
        if a.width < full - 4 and not b.label and not b.ends and b.text[-1] not in "：；" and b.width > full - 5:
            left = full - b.width - 0.12 * latin(b)
            if 1.2 <= left < 3.5 + (0 if b.width == len(b.text) else 1) and left - 2 < first_unit(c.text) + 0.3:
                less += 1
            elif left < 0.9:
                same += 1
    return less >= 2 and less > 2 * same
