"""repair: the lines of a page become paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline import notes, spacing
from pipeline.breaks import decide
from pipeline.document import Document, Edit
from pipeline.joints import joint
from pipeline.measure import Line, measure, read_lines
from pipeline.printed import place_on_pages, printed
from pipeline.structure import describe, title_lines


class Options(Struct, frozen=True):
    """``spacing`` as in clean: whether a space joins two lines where Chinese meets Latin letters or digits."""

    spacing: spacing.Spacing = "habit"


def repair(document: Document, options: Options = Options()) -> Document:
    """The document with one paragraph a line, and ``paragraphs`` and ``title`` set."""
    document = _bylines_under_the_title(document)
    lines, found, rules = _decided(document)
    if found:
        moved = notes.move_notes(document, lines, found, [True, *(not rule for rule in rules)])
        if moved is not document:
            document = moved
            lines, found, rules = _decided(document)
    habit = spacing.habit(document.text)
    edits = list(_edits(document.text, lines, rules, habit, options.spacing))
    edits += [Edit(at, at, " ", "note number") for n in found if n.number and (at := lines[n.first].start + n.number)]
    document = document.edit(edits)
    return describe(document)


def _decided(document: Document) -> tuple[list[Line], list[notes.Note], list[str]]:
    """The lines, the footnotes among them, and for each line but the first the rule that joins it to the one before. Across a
    footnote the lines before and after it are weighed as if it were not there."""
    text = document.text
    lines = read_lines(text)
    place_on_pages(document, lines)
    facts = measure(lines)
    page = printed(document)
    spans = _byline_spans(document)
    begin = {at for span in spans for at in span}
    found = notes.find(lines) if facts.full or page else []
    noted = {k for n in found for k in range(n.first, n.last + 1)}
    body = [k for k in range(len(lines)) if k not in noted]
    rules = [""] * max(0, len(lines) - 1)
    for k, rule in zip(body[1:], decide([lines[k] for k in body], facts, text, begin, page), strict=True):
        rules[k - 1] = rule
    for n in found:
        rules[n.first : n.last] = ["join lines: footnote"] * (n.last - n.first)
    for k in _byline_lines(lines, spans):
        rules[k - 1] = "join lines: byline"
    titled = title_lines(lines, facts, page)
    if titled:
        rules[: titled - 1] = ["join lines: title"] * (titled - 1)
        rules[titled - 1 : titled] = [""] * len(rules[titled - 1 : titled])
    return lines, found, rules


def _byline_spans(document: Document) -> list[tuple[int, int]]:
    """Where bylines stand in the text."""
    raws = dict.fromkeys((a.start, a.end) for a in document.authors if a.end > a.start)
    return [span for raw in raws if (span := document.locate(*raw))]


def _byline_lines(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> list[int]:
    """The lines within bylines that take more than one."""
    starts = [x.start for x in lines] if spans else []
    return [k for start, end in spans for k in range(bisect_right(starts, start), bisect_left(starts, end))]


def _bylines_under_the_title(document: Document) -> Document:
    """A byline that is printed at the foot of the first page belongs under the title."""
    spans = _byline_spans(document)
    if not spans or max(spans)[0] < 20:
        return document
    lines = read_lines(document.text[: max(spans)[0]][:_HEAD])
    titled = title_lines(lines, measure(lines), None)
    low = [(start, end) for start, end in spans if len(lines) > 6 and start > lines[6].start]
    if not titled or not low:
        return document
    return document.move_all([(start - 1, end, lines[titled - 1].end) for start, end in low], "byline to the title")


_HEAD = 4000


def _edits(text: str, lines: Sequence[Line], rules: Sequence[str], habit: spacing.Habit, mode: spacing.Spacing) -> Iterator[Edit]:
    """What stands between the lines is replaced, blank lines and all."""
    if not lines:
        yield Edit(0, len(text), "", "blank lines")
        return
    yield Edit(0, lines[0].start, "", "blank lines")
    for rule, a, b in zip(rules, lines, lines[1:], strict=False):
        cut, new = joint(a.text, b.text, habit, mode, text) if rule else (0, "\n")
        start = a.end - cut
        if text[start:b.start] != new:
            yield Edit(start, b.start, new, rule or "blank lines")
    yield Edit(lines[-1].end, len(text), "", "blank lines")
