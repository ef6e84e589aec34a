"""Does a line end here because the paragraph does, or because the line was full?

Every piece of evidence is a small function that looks at the end of one line and the beginning of the next and answers with
a weight: above zero for a new paragraph, below zero for a line to be joined, 0 for nothing to say. The weights are added;
what weighed most gives the rule its name in the log. No evidence alone is enough: a full line can end a paragraph, a short
one can be a title over two lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf
from operator import add

from msgspec import Struct

from pipeline.reflow import pairs
from pipeline.reflow.headings import CAPTION_ALONE, is_caption, is_named, leads
from pipeline.reflow.measure import Line, Measure, first_unit, latin
from pipeline.reflow.paragraph import State
from pipeline.reflow.spacing import HAN
from pipeline.reflow.words import CANNOT_BEGIN, close, decide_unmeasured, goes_on_small, may_go_on

CONTINUES = "，、（《〈「『【〔,(“‘·／/&＋─—-\u2010"
_OPEN_END = CONTINUES + "：；"


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
    page: float | None = None  # what the geometry of the page says of this line end, as log-odds


def _sentence(g: Gap) -> float:
    if g.a.ends:
        return 1.5 if g.page is None else 2.2
    if g.a.text[-1] in "：；:;":
        return 1.0
    if g.a.text[-1] in CONTINUES:
        return -6.0
    if g.alone and "，" not in g.a.text and "。" not in g.a.text:
        return -1.0
    return -7.0 if g.state.stopped else -4.0  # a paragraph that has one full stop has one at its end


def _open_bracket(g: Gap) -> float:
    opened = g.state.opened
    if not opened or len(opened) > 2:
        return 0.0
    if opened[-1] in g.b.text and not g.a.ends and not g.b.label:
        return -8.0
    return -5.0 if g.room < 0.5 * g.facts.full else 0.0


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


_OUTER = ("chapter", "section", "formal", "han", "number")


def _label_begins(g: Gap) -> float:
    mark = g.b.label
    if mark is None:
        return 0.0
    ended = g.a.ends or g.a.text[-1] in "：；"
    if mark.style == "bullet":
        return 5.0
    if mark.style == "dash":
        return 4.0 if ended else 1.0
    if mark.value == g.state.inline(mark.style) + 1 and g.room < 4:
        return -5.0
    if mark.value == 1 and g.a.text[-1] == "：" and g.c is not None and g.room < 2:
        following = re.compile(re.escape(mark.text).replace("一", "二").replace("1", "2").replace("壹", "貳"))
        if following.search(g.b.text, len(mark.text)) or following.search(g.c.text, 1):
            return -5.0
    expected = mark.value == g.state.seen.get(mark.style, 0) + 1
    if mark.value == 1 and mark.style in _OUTER and not (g.state.seen or g.state.stopped or "，" in g.a.text):
        return 7.0  # the first heading, under the title
    if mark.style in ("formal", "chapter", "section", "article"):
        return 6.0 if expected or ended else 3.0
    if mark.style in ("number", "decimal", "letter", "square", "number bracket", "letter bracket"):
        return (4.5 if expected else 2.0) if ended or g.room > 3 else (2.5 if expected else 0.0)
    return (5.0 if expected else 3.0) if ended or g.room > 3 else (4.0 if expected else 1.0)


_CAPTIONS = frozenset("表圖图")


def _label_alone(g: Gap) -> float:
    """A label that an extractor cut off from what it labels. Bullets that come in a heap cannot be given back."""
    a, b = g.a.label, g.b.label
    if b and b.style == "bullet" and b.end >= len(g.b.text):
        return 9.0
    alone = a is not None and a.end >= len(g.a.text)
    if a and alone and a.style == "bullet" and g.state.heap:
        return 9.0
    if g.a.text[0] in _CAPTIONS and CAPTION_ALONE.match(g.a.text):
        return -9.0 if len(g.b.text) < 40 and not g.b.ends and not b and not is_caption(g.b.text) else 3.0
    return -9.0 if alone and not b else 0.0


def _cannot_begin(g: Gap) -> float:
    return -8.0 if g.b.text[0] in CANNOT_BEGIN else 0.0


def _named_part(g: Gap) -> float:
    text = g.b.text
    if leads(text):
        return 3.0
    if is_caption(text):
        return 4.0 if g.room > 1.5 or g.a.ends else 1.0
    return 5.0 if len(text) < 16 and is_named(text) else 0.0


# What a letter closes with, on a line of its own; whom it is to follows.
_CLOSING = re.compile("[此謹谨敬][ \u3000]*[致呈上啟启覆復复頌颂]$|(?:[順顺敬此][頌颂祝致])[ \u3000]*[^，。]{0,6}$")


def _closing(g: Gap) -> float:
    a, b = g.a.text, g.b.text
    return 5.0 if (len(a) < 10 and _CLOSING.match(a)) or (len(b) < 10 and g.a.ends and _CLOSING.match(b)) else 0.0


_TWO = re.compile(f"[{HAN}]{{2}}")
_FIELD = re.compile("[\u4e00-\u9fff]{2,8}：|[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}: [A-Z0-9]")


def _like_field(text: str) -> bool:
    return "：" in text[2:9] or ": " in text[2:40]


def _field(g: Gap) -> float:
    """Lines of a form, one under the other: 地點：…, 時間：…; Authors: …, Date: …."""
    if not _like_field(g.b.text) or g.a.text[-1] in CONTINUES or not _FIELD.match(g.b.text):
        return 0.0
    return 6.0 if (g.alone and _FIELD.match(g.a.text)) or (g.c and _FIELD.match(g.c.text)) else 0.0


def _taken_up(g: Gap) -> float:
    """The next line begins with all that stands on this one: a heading, and the text that takes it up."""
    a, b = g.a.text, g.b.text
    taken = g.alone and len(a) > 2 and len(b) > len(a) + 2 and b.startswith(a)
    return 6.0 if taken and _TWO.search(a) and a[-1] not in CONTINUES else 0.0


def _indent(g: Gap) -> float:
    if g.facts.indented:
        a, b = g.a.indent - g.facts.margin, g.b.indent - g.facts.margin
        if b >= 1.5:
            if g.state.hangs and (not g.alone or _hangs(g)):
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


def _hangs(g: Gap) -> bool:
    """Whether the lines under a label are all indented, not just the first of a paragraph after a heading."""
    if g.a.ends or g.room > 3:
        return False
    return g.c is None or g.c.label is not None or g.c.indent - g.facts.margin >= 1.5 or g.b.ends


def _blank(g: Gap) -> float:
    if g.b.torn:
        return 0.0
    return g.facts.blank if g.b.before else g.facts.no_blank


def _heading_next(g: Gap) -> float:
    """The next line is a whole paragraph by itself, short and without an end: a heading."""
    b, c = g.b, g.c
    if c is None or b.ends or not g.a.ends or b.tabular or g.state.opened or b.text[-1] in _OPEN_END:
        return 0.0
    left = g.facts.full - b.width
    return 3.0 if left > 4 and left - first_unit(c.text) >= 4 else 0.0


def _heading_before(g: Gap) -> float:
    a = g.a
    if not g.alone or a.ends or a.text[-1] in CONTINUES:
        return 0.0
    if a.label and a.label.style in g.facts.headings and "，" not in a.text:
        b = g.b  # the rest of a heading over two lines is short and does not end like a sentence
        return 4.0 if b.ends or b.label or b.width > g.facts.full - 4 else -2.0
    if g.room < 3.5:
        return 0.0
    if is_named(a.text) or (a.label and a.label.style not in ("bullet", "dash", "square")):
        return 3.0
    return 1.0


def _table(g: Gap) -> float:
    if g.a.tabular and g.b.tabular:
        return 6.0
    if g.page is not None and g.a.tabular != g.b.tabular:
        return 5.0  # the print shows cells
    return 2.0 if (g.a.tabular or g.b.tabular) and g.room > 2 else 0.0


def _small_letter(g: Gap) -> float:
    """A Latin sentence goes on where the next line begins with a small letter."""
    return -3.5 if g.b.text[0].islower() and g.b.text[0].isascii() and not g.a.ends and not g.b.label else 0.0


def _cut_word(g: Gap) -> float:
    return -1.5 if not g.a.ends and (pair := g.a.text[-1] + g.b.text[0]) in g.known and _TWO.match(pair) else 0.0


EVIDENCE: tuple[tuple[str, Callable[[Gap], float]], ...] = (
    ("end of the line", _sentence),
    ("bracket left open", _open_bracket),
    ("label", _label_begins),
    ("label cut off", _label_alone),
    ("sign that begins no line", _cannot_begin),
    ("name of a part", _named_part),
    ("line of a form", _field),
    ("close of a letter", _closing),
    ("heading taken up", _taken_up),
    ("table", _table),
    ("word cut in two", _cut_word),
    ("small letter", _small_letter),
)
# What the text alone can guess of the page; the geometry knows better, where there is any.
GUESSES: tuple[tuple[str, Callable[[Gap], float]], ...] = (
    ("room on the line", _room_left),
    ("indent", _indent),
    ("blank line", _blank),
    ("heading after", _heading_next),
    ("heading before", _heading_before),
)
_ALL = EVIDENCE + GUESSES
Page = Callable[[Line, Line], float | None]
_SAMPLE = 200_000  # characters
_BEYOND = 3  # ideographs by which a line is wider than full that was never broken


def weigh(gap: Gap) -> tuple[float, str]:
    """The sum of the evidence, and the name of what weighed most on the winning side."""
    if gap.page is not None and abs(gap.page) > 4:  # what the print shows clearly, words do not overrule
        if gap.page > 0 and not gap.state.opened:
            return gap.page, "geometry"
        if gap.page < -5 and not gap.b.label and not (gap.a.tabular and gap.b.tabular):
            return gap.page, "geometry"
    total = most = least = 0.0
    why = because = "geometry"
    if gap.page is not None:
        total = gap.page
        most, least = max(total, 0.0), min(total, 0.0)
    for name, evidence in EVIDENCE if gap.page is not None else _ALL:
        if vote := evidence(gap):
            total += vote
            if vote > most:
                most, why = vote, name
            elif vote < least:
                least, because = vote, name
    return total, why if total > 0 else because


def decide(lines: Sequence[Line], facts: Measure, text: str, page: Page | None = None) -> list[str]:
    """For each line but the first, the rule by which it is joined to the one before; empty where it begins a paragraph.

    ``page`` answers for the geometry, where there is any: log-odds of a paragraph end between two lines.
    """
    if len(lines) < 2:
        return []
    if not (facts.full or page):
        return decide_unmeasured(lines)
    known: frozenset[str] | None = None
    words: frozenset[str] | None = None
    waiting: list[tuple[int, str]] = []  # lines that may close a bracket left open before them
    full = facts.full
    least = min(5.0, 0.45 * full)
    weak = facts.blank < 2.5  # so that a blank line cannot outweigh a line that stops in mid-sentence
    rooms = [full - a.width - first_unit(b.text) - (0.25 if a.text[-1] < "\x7f" else 0.0) for a, b in pairwise(lines)]
    spare = [_spare(a, b, room, full, weak) for (a, b), room in zip(pairwise(lines), rooms, strict=True)]
    rules = ["join lines: end of the line"] * len(rooms)  # as for most
    state = State(hangs=lines[0].label is not None)
    state.begin(lines[0])
    told = 0  # lines that the state knows of
    for k, (room, spared) in enumerate(zip(rooms, spare, strict=True), 1):
        alone = state.first == k - 1
        if page is None and spared <= (1.5 if alone else least):
            continue
        state.go_on(lines[told:k])
        told = k
        a, b = lines[k - 1], lines[k]
        printed = page(a, b) if page else None
        last, head = a.text[-1], b.text[0]
        if printed is None and spared <= (1.5 if alone else 0.45 * full if state.stopped else 5.0):
            rule = "join lines: end of the line"
        elif printed is None and (a.width > full + _BEYOND or (a.ends and room > 7 and not (
            state.opened or head in CANNOT_BEGIN or (b.label and latin(a) >= 20)
        ))):
            rule = ""
        else:
            known = known or frozenset(map(add, text[:_SAMPLE], text[1:_SAMPLE]))
            c = lines[k + 1] if k + 1 < len(lines) else None
            state.heap = k > 1 and lines[k - 2].label is not None and len(lines[k - 2].text) == 1
            total, why = weigh(Gap(a, b, c, room, alone, facts, state, known, printed))
            unclear = -1 < total < 3 and not a.ends and (printed is None or printed <= 4)
            if unclear and "\u3400" < last < "\ua000" and "\u3400" < head < "\ua000":
                words = words or pairs.of_text(text[:2000])
            if unclear and words and last + head in words:
                total, why = total - 3, "word cut in two"
            rule = "" if total > 0 else f"join lines: {why}"
        if not rule and printed is None and may_go_on(b):
            if head in CANNOT_BEGIN:
                rule = "join lines: sign that begins no line"
            elif goes_on_small(a, b) or (state.first < k - 1 and not a.ends and goes_on_small(lines[k - 2], b)):
                rule = "join lines: small letter"
            elif state.opened and len(state.opened) < 3 and not a.ends:
                waiting.append((k, state.opened[-1]))
        rules[k - 1] = rule
        if not rule:
            state.first, state.hangs = k, b.label is not None
            state.begin(b)
    close(waiting, lines, rules)
    return rules


def _spare(a: Line, b: Line, room: float, full: float, weak: bool) -> float:
    """The room on line ``a`` where nothing but that could speak for a paragraph end before ``b``; infinite where something
    does. Among broken lines are some that never were: they have none."""
    if a.width > full + _BEYOND:
        return inf if a.width > 1.5 * full or b.width > 2 * full or a.ends or a.text[-1] in "：；" or b.label else -inf
    if a.ends or not _runs_on(a, b) or (b.before and room > (1.5 if weak else -9.0)):
        return inf
    return room


def _runs_on(a: Line, b: Line) -> bool:
    """Whether neither line has anything in it that some evidence would have to weigh."""
    return (
        b.label is None and not b.indent and not a.tabular and not b.tabular and a.text[-1] not in "：；」』）"
        and ": " not in b.text[2:40] and b.text[0] not in "表圖图附TtFf關关資资問答问QA" and "：" not in b.text[2:9]
        and (a.label is None or "，" in a.text) and (len(a.text) > 11 or "，" in a.text or "。" in a.text)
    )
