"""repair: the lines of a page become paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from pipeline.document import Document, Edit
from pipeline.reflow import floats, notes, spacing
from pipeline.reflow.breaks import decide
from pipeline.reflow.bylines import HEAD_LINES
from pipeline.reflow.columns import interleaved
from pipeline.reflow.joints import Usage, joint
from pipeline.reflow.measure import Line, measure, read_lines
from pipeline.reflow.order import Transfer, arrange
from pipeline.reflow.printed import geometry_of, low_lines, place_on_pages, printed, title_length
from pipeline.reflow.structure import describe, title_lines


class Options(Struct, frozen=True):
    """``spacing`` as in clean: whether a space joins two lines where Chinese meets Latin letters or digits."""

    spacing: spacing.Spacing = "habit"


def repair(document: Document, options: Options = Options()) -> Document:
    r"""The document with one paragraph a line, and ``paragraphs`` and ``title`` set.

    >>> from pipeline import Document, repair
    >>> document = repair(Document.of(
    ...     "壹、前言\n汲取北海沿岸國家的經驗，本署於九月偕同訓練機\n"
    ...     "構及開發商，赴丹麥參加為期三天的安全訓練研討\n會。\n貳、會議紀要\n"))
    >>> for p in document.paragraphs:
    ...     print(p.kind, document.text[p.start : p.end])
    heading 壹、前言
    body 汲取北海沿岸國家的經驗，本署於九月偕同訓練機構及開發商，赴丹麥參加為期三天的安全訓練研討會。
    heading 貳、會議紀要

    A byline at the foot of the first page goes under the title, a footnote behind the paragraph that calls it. Lines of
    columns that came interleaved are left as they are, and a notice names them.
    """
    lines = read_lines(document.text)
    geometry = geometry_of(document)
    place_on_pages(document, lines, geometry)
    facts = measure(lines)
    page = printed(geometry)
    bylines = _bylines(document, lines)
    low_type, large = low_lines(geometry, lines)
    found = notes.find(lines, _within(bylines) | large, low_type) if facts.full or page else []
    titled = title_lines(lines, facts, page, title_length(geometry, lines))
    low = [b for b in bylines if titled and b[0] >= HEAD_LINES]
    away = _within(low) | _within((n.first, n.last) for n in found)
    between = floats.find(lines, geometry, page, away)
    away |= _within((n.first, n.last) for n in between)

    rules = [""] * len(lines)  # by which each line is joined to the one before; empty where it begins a paragraph
    body = [k for k in range(len(lines)) if k not in away]
    for k, rule in zip(body[1:], decide([lines[k] for k in body], facts, document.text, page), strict=True):
        rules[k] = rule
    if titled and (facts.full or page or not any(rules[1:2])):
        _together(rules, 0, titled - 1, "join lines: title")
    for first, last in bylines:
        _together(rules, first, last, "join lines: byline", apart=(first, last) not in low)
    for n in between:
        rules[n.first + 1 : n.last + 1] = decide(lines[n.first : n.last + 1], facts, document.text, page)
    for n in found:
        _together(rules, n.first, n.last, "join lines: footnote", apart=False)
    for first, last in interleaved(lines, facts) if not page else ():
        rules[first : last + 2] = [""] * len(rules[first : last + 2])
        document = _warn(document, *document.raw_span(lines[first].start, lines[last].end))

    transfers = [Transfer(first, last, titled - 1) for first, last in low]
    transfers += [Transfer(n.first, n.last, _paragraph_of(n, rules, away)) for n in (*found, *between)]
    document, lines, rules = arrange(document, lines, rules, transfers)
    habit = spacing.habit(document.text, bool(document.lines))
    edits = list(_edits(document.text, lines, rules, habit, options.spacing))
    for a, b, rule in zip(lines, lines[1:], rules[1:], strict=False):
        if rule and " " in b.text:
            edits += spacing.spaces_joined(a.text, b.text, b.start, habit, options.spacing, bool(document.lines))
    edits += [Edit(x.start + x.call, x.start + x.call, " ", "note number") for x in lines if x.call]
    return describe(document.edit(edits))


def _within(stretches: Iterable[tuple[int, int]]) -> set[int]:
    return {k for first, last in stretches for k in range(first, last + 1)}


def _together(rules: list[str], first: int, last: int, rule: str, apart: bool = True) -> None:
    """Lines ``first`` to ``last`` are one paragraph; where ``apart``, the line after them begins another."""
    rules[first] = ""
    rules[first + 1 : last + 1] = [rule] * (last - first)
    if apart and last + 1 < len(rules):
        rules[last + 1] = ""


def _warn(document: Document, start: int, end: int) -> Document:
    first, last = (document.raw.count("\n", 0, at) + 1 for at in (start, end))
    message = f"columns came interleaved, lines {first} to {last}: they are left as they are"
    return document.notice("interleaved columns", message, start, end)


def _paragraph_of(note: notes.Note, rules: Sequence[str], away: Collection[int]) -> int:
    """The last line of the paragraph that calls ``note``, or that it interrupts; -1 for none."""
    k = note.call if note.call >= 0 else note.first - 1
    while k >= 0 and k in away:
        k -= 1
    ahead = k + 1
    while k >= 0 and ahead < len(rules) and (ahead in away or rules[ahead]):
        k = k if ahead in away else ahead
        ahead += 1
    return k


def _bylines(document: Document, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The first and last line of each byline in the text."""
    raws = dict.fromkeys((a.start, a.end) for a in document.authors if a.end > a.start)
    spans = [span for raw in raws if (span := document.locate(*raw))]
    starts = [x.start for x in lines] if spans else []
    return [(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end) - 1) for start, end in spans]


def _edits(text: str, lines: Sequence[Line], rules: Sequence[str], habit: spacing.Habit,
           mode: spacing.Spacing) -> Iterator[Edit]:
    """What stands between the lines is replaced, blank lines and all."""
    if not lines:
        yield Edit(0, len(text), "", "blank lines")
        return
    usage = Usage(text)
    yield Edit(0, lines[0].start, "", "blank lines")
    for k in range(1, len(lines)):
        a, b, rule = lines[k - 1], lines[k], rules[k]
        cut, new = joint(a.text, b.text, habit, mode, usage) if rule else (0, "\n")
        start = a.end - cut
        if text[start : b.start] != new:
            yield Edit(start, b.start, new, rule or "blank lines")
    yield Edit(lines[-1].end, len(text), "", "blank lines")
