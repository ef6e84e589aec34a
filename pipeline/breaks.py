"""Does a line end here because the paragraph does, or because the line was full?

Every piece of evidence is a small function that looks at the end of one line and the beginning of the next and answers with
a weight: above zero for a new paragraph, below zero for a line to be joined, 0 for nothing to say. The weights are added;
what weighed most gives the rule its name in the log. No evidence alone is enough: a full line can end a paragraph, a short
one can be a title over two lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from math import log

from msgspec import Struct

from pipeline.headings import CAPTION, LEAD, NAMED, Label, label
from pipeline.lines import Lines
from pipeline.spacing import HAN, is_tabular

_CLOSERS = "」』）》〉】”’)\"'"
_SENTENCE_END = re.compile(rf"[。！？!?…][{_CLOSERS}0-9①-⑳]*$|[a-z0-9)’”][.!?][{_CLOSERS}]*$")
_MAY_END = frozenset("。！？!?….0123456789①②③④⑤⑥⑦⑧⑨⑩" + _CLOSERS)
CONTINUES = "，、（《〈「『【〔,(“‘·／/&＋─—-\u2010"
_CANNOT_BEGIN = "，。、；：！？）》〉」』】〕，,.;:!?)”’％%…—"
_UNIT = re.compile(r"[A-Za-z\u00c0-\u024f0-9][^\s\u2e80-\uffff]*-?")
_OPENERS = {"（": "）", "(": ")", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "“": "”"}
_BRACKET = re.compile("[（）()「」『』《》〈〉【】“”]")

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


class Measure(Struct, frozen=True):
    """What the lines of a document have in common: their ``full`` width (0: they were never broken); whether first lines are
    ``inset`` so that they hold two ideographs less; whether they begin with more space than the ``margin`` (``indented``); what a
    ``blank`` line is worth as evidence, and what ``no_blank`` is; the styles of label that stand before headings."""

    full: float = 0.0
    inset: bool = False
    indented: bool = False
    margin: float = 0.0
    blank: float = 0.0
    no_blank: float = 0.0
    headings: frozenset[str] = frozenset()


class State(Struct):
    """The paragraph that is being put together: ``opened`` are the closing signs it still waits for, ``inline`` the last
    enumerators inside it, ``seen`` the last label of each style at the head of a paragraph, ``first`` its first line and
    ``hangs`` whether that has a label, so that the lines after it may be indented."""

    opened: list[str]
    inline: dict[str, int]
    seen: dict[str, int]
    first: int = 0
    hangs: bool = False


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    out: list[Line] = []
    last = 0
    found = Lines.of(text)
    for bare, start, end in zip(found.texts, found.starts, found.ends, strict=True):
        between = text[last:start]
        before = between.count("\n") if last else 1
        lead = between.rpartition("\n")[2]
        out.append(Line(bare, start, end, before - 1, width(bare), width(lead) if lead else 0.0, label(bare),
                        bare[-1] in _MAY_END and _SENTENCE_END.search(bare, max(0, len(bare) - 8)) is not None,
                        is_tabular(bare)))
        last = end
    return out


def latin(line: Line) -> float:
    """Roughly the number of its Latin letters and digits, whose widths are a guess."""
    return 2 * (len(line.text) - line.width)


def first_unit(text: str) -> float:
    """The width of what had to fit on the line before: a word, or an ideograph with the signs that cling to it."""
    m = _UNIT.match(text)
    if m is None and text[:1] not in _OPENERS and text[1:2] not in _CANNOT_BEGIN:
        return 1.0
    end = m.end() if m else 1
    if text[:1] in _OPENERS:
        m = _UNIT.match(text, 1)
        end = m.end() if m else 2
    while end < len(text) and text[end] in _CANNOT_BEGIN:
        end += 1
    return width(text[:end])


def measure(lines: Sequence[Line]) -> Measure:
    """What the lines have in common, from those that stop in mid-sentence and from those that stop short at its end."""
    counts = Counter(round(x.width * 2) / 2 for x in lines if not x.ends and not x.tabular)
    total = sum(x.width for x in lines)
    if not counts:
        return Measure()
    mass = {w: w * n for w, n in counts.items()}
    share, top = max((sum(mass.get(w + d / 2, 0.0) for d in range(-4, 3)), w) for w in counts)
    if share < 0.2 * total or sum(n for v, n in counts.items() if top - 2 <= v <= top + 1) < 3:
        return Measure()
    full = _full(lines, top)
    margin = Counter(x.indent for x in lines if x.width > full - 3).most_common(1)
    least = margin[0][0] if margin else 0.0
    blank, no_blank = _blanks(lines, full)
    indented = sum(x.indent - least >= 1.5 for x in lines) > 0.05 * len(lines)
    return Measure(full, _inset(lines, full), indented, least, blank, no_blank, _heading_styles(lines, full))


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
            heads = not a.ends and a.width < full - 3 and a.text[-1] not in "；：" and not (b.label and b.label.style == a.label.style)
            (short if heads else others)[a.label.style] += 1
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


class Gap(Struct, gc=False):
    """One line end under decision: line ``a``, line ``b`` after it, ``c`` after that, and what is left of the line after ``a``
    once the first word of ``b`` had been set there (``room``)."""

    a: Line
    b: Line
    c: Line | None
    room: float
    alone: bool  # a is all there is of its paragraph so far
    facts: Measure
    state: State
    known: frozenset[str]


def _sentence(g: Gap) -> float:
    if g.a.ends:
        return 1.5
    if g.a.text[-1] in "：；:;":
        return 1.0
    if g.a.text[-1] in CONTINUES:
        return -6.0
    return -1.0 if g.alone and "，" not in g.a.text and "。" not in g.a.text else -4.0


def _open_bracket(g: Gap) -> float:
    return -5.0 if g.state.opened and len(g.state.opened) < 3 and g.room < 0.5 * g.facts.full else 0.0


def _room_left(g: Gap) -> float:
    # an inset first line and a line under a hanging label are narrower than full
    # the width of Latin letters is a guess
    guess = latin(g.a)
    room = g.room - (2.0 if g.state.hangs or (g.alone and g.facts.inset) else 0.0) - 0.12 * guess
    if room < 0:
        return -1.5
    if room <= 1.5:
        return 1.0 if not guess and g.a.ends else 0.0
    if room <= 3:
        return 2.0
    if room <= 5:
        return 3.5
    return 5.0 if room < 0.45 * g.facts.full else 7.0


def _label_begins(g: Gap) -> float:
    mark = g.b.label
    if mark is None:
        return 0.0
    ended = g.a.ends or g.a.text[-1] in "：；"
    if mark.style == "bullet":
        return 5.0
    if mark.style == "dash":
        return 4.0 if ended else 1.0
    if mark.value == g.state.inline.get(mark.style, -9) + 1 and g.room < 4:
        return -5.0
    if mark.value == 1 and g.a.text[-1] == "：" and g.c is not None and g.room < 2:
        following = re.compile(re.escape(mark.text).replace("一", "二").replace("1", "2").replace("壹", "貳"))
        if following.search(g.b.text, len(mark.text)) or following.search(g.c.text, 1):
            return -5.0
    expected = mark.value == g.state.seen.get(mark.style, 0) + 1
    if mark.style in ("formal", "chapter", "section", "article"):
        return 6.0 if expected or ended else 3.0
    if mark.style in ("number", "decimal", "letter", "square", "number bracket", "letter bracket"):
        return (4.5 if expected else 2.0) if ended or g.room > 3 else (2.5 if expected else 0.0)
    return (5.0 if expected else 3.0) if ended or g.room > 3 else (4.0 if expected else 1.0)


def _label_alone(g: Gap) -> float:
    """A label that an extractor cut off from what it labels."""
    return -9.0 if g.a.label and g.a.label.end >= len(g.a.text) and not g.b.label else 0.0


def _named_part(g: Gap) -> float:
    if LEAD.match(g.b.text):
        return 3.0
    if CAPTION.match(g.b.text):
        return 4.0 if g.room > 1.5 or g.a.ends else 1.0
    return 5.0 if len(g.b.text) < 16 and NAMED.match(g.b.text) else 0.0


def _indent(g: Gap) -> float:
    if g.facts.indented:
        a, b = g.a.indent - g.facts.margin, g.b.indent - g.facts.margin
        if b >= 1.5:
            if g.state.hangs and (not g.a.ends or not g.alone):
                return -2.0 if abs(a - b) < 0.6 or g.alone else 0.0
            return 6.0 if a < 1.5 or g.a.ends else 0.0
        return -2.0 if a >= 1.5 and not g.b.label and g.alone and not g.state.hangs else 0.0
    if g.facts.inset and g.c is not None and not g.b.label and not g.b.ends:
        after = g.facts.full - g.b.width - 0.12 * latin(g.b)
        left = after - first_unit(g.c.text)
        if after >= 1.5 and left >= 0.4:
            return 2.0 if left < 2.5 else 0.0
        return -2.0
    return 0.0


def _blank(g: Gap) -> float:
    if g.b.torn:
        return 0.0
    return g.facts.blank if g.b.before else g.facts.no_blank


def _heading_next(g: Gap) -> float:
    """The next line is a whole paragraph by itself, short and without an end: a heading."""
    b, c = g.b, g.c
    if c is None or b.ends or b.text[-1] in CONTINUES or b.text[-1] in "：；" or not g.a.ends or b.tabular:
        return 0.0
    return 3.0 if g.facts.full - b.width - first_unit(c.text) >= 4 and not g.state.opened else 0.0


def _heading_before(g: Gap) -> float:
    a = g.a
    if not g.alone or a.ends or a.text[-1] in CONTINUES:
        return 0.0
    if a.label and a.label.style in g.facts.headings and "，" not in a.text:
        b = g.b  # the rest of a heading over two lines is short and does not end like a sentence
        return 4.0 if b.ends or b.label or b.width > g.facts.full - 4 else -2.0
    if g.room < 3.5:
        return 0.0
    if NAMED.match(a.text) or (a.label and a.label.style not in ("bullet", "dash", "square")):
        return 3.0
    return 1.0


def _table(g: Gap) -> float:
    if g.a.tabular and g.b.tabular:
        return 6.0
    return 2.0 if (g.a.tabular or g.b.tabular) and g.room > 2 else 0.0


def _small_letter(g: Gap) -> float:
    """A Latin sentence goes on where the next line begins with a small letter."""
    return -3.5 if g.b.text[0].islower() and g.b.text[0].isascii() and not g.a.ends and not g.b.label else 0.0


def _cut_word(g: Gap) -> float:
    return -1.5 if g.a.text[-1] + g.b.text[0] in g.known and not g.a.ends else 0.0


EVIDENCE: tuple[tuple[str, Callable[[Gap], float]], ...] = (
    ("end of the line", _sentence),
    ("bracket left open", _open_bracket),
    ("room on the line", _room_left),
    ("label", _label_begins),
    ("label cut off", _label_alone),
    ("name of a part", _named_part),
    ("indent", _indent),
    ("blank line", _blank),
    ("heading after", _heading_next),
    ("heading before", _heading_before),
    ("table", _table),
    ("word cut in two", _cut_word),
    ("small letter", _small_letter),
)
_PLAIN_END = re.compile(f"[{HAN}，、]$")
_PAIR = re.compile(f"(?=([{HAN}]{{2}}))")


def weigh(gap: Gap) -> tuple[float, str]:
    """The sum of the evidence, and the name of what weighed most on the winning side."""
    votes = [(f(gap), name) for name, f in EVIDENCE]
    total = sum(v for v, _ in votes)
    return total, (max(votes) if total > 0 else min(votes))[1]


def decide(lines: Sequence[Line], facts: Measure, text: str, begin: Collection[int] = ()) -> list[str]:
    """For each line but the first, the rule by which it is joined to the one before; empty where it begins a paragraph.
    A line that begins at an offset in ``begin``, and one that follows a line that ends there, begins a paragraph."""
    if not facts.full:
        return [""] * max(0, len(lines) - 1)
    known: frozenset[str] | None = None
    rules: list[str] = []
    state = State([], {}, {})
    _enter(state, lines[0], True)
    state.hangs = lines[0].label is not None
    for k in range(1, len(lines)):
        a, b = lines[k - 1], lines[k]
        if a.width > 1.5 * facts.full or b.width > 2 * facts.full:
            rule = ""
        elif begin and (a.end in begin or b.start in begin):
            rule = ""
        elif a.width > facts.full + 3:
            rule = "" if a.ends or a.text[-1] in "：；" or b.label else "join lines: end of the line"
        else:
            room = facts.full - a.width - first_unit(b.text) - (0.25 if a.text[-1].isascii() else 0.0)
            if room <= 0 and b.label is None and not b.before and not a.ends and state.first != k - 1 and not b.indent \
                    and not a.tabular and not b.tabular and _PLAIN_END.search(a.text) and b.text[0] not in "表圖图附TtFf":
                rule = "join lines: end of the line"
            else:
                if known is None:
                    known = frozenset(_PAIR.findall(text[:200_000]))
                c = lines[k + 1] if k + 1 < len(lines) else None
                total, why = weigh(Gap(a, b, c, room, state.first == k - 1, facts, state, known))
                rule = "" if total > 0 else f"join lines: {why}"
        rules.append(rule)
        if not rule:
            state.first, state.hangs = k, b.label is not None
        _enter(state, b, not rule)
    return rules


_INLINE = re.compile(r"(?<=[：；，。、（])(?:([一二三四五六七八九])、|[（(]([一二三四五六七八九1-9])[）)]|([1-9])[.、](?![0-9]))")


def _enter(state: State, line: Line, new: bool) -> None:
    if new:
        state.opened.clear()
        state.inline.clear()
        if line.label and line.label.value:
            state.seen[line.label.style] = line.label.value
    elif line.label and line.label.value:
        state.inline[line.label.style] = line.label.value
    for c in _BRACKET.findall(line.text):
        if c in _OPENERS:
            state.opened.append(_OPENERS[c])
        elif c in state.opened:
            while state.opened.pop() != c:
                pass
    if "、" in line.text or "." in line.text or "）" in line.text or ")" in line.text:
        for m in _INLINE.finditer(line.text):
            if found := label(m.group()):
                state.inline[found.style] = found.value
