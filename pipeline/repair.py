"""repair: the lines of a page become paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline import notes, spacing
from pipeline.breaks import Line, decide, measure, read_lines
from pipeline.document import Document, Edit
from pipeline.joints import joint
from pipeline.structure import describe, title_lines


class Options(Struct, frozen=True):
    """``spacing`` as in clean: whether a space joins two lines where Chinese meets Latin letters or digits."""

    spacing: spacing.Spacing = "habit"


def repair(document: Document, options: Options = Options()) -> Document:  # noqa: B008 (frozen)
    """The document with one paragraph a line, and ``paragraphs`` and ``title`` set."""
    document = _bylines_under_the_title(document)
    lines, found, rules = _decided(document)
    if found:
        begins = [True, *(not rule for rule in rules)]
        moved = notes.move_notes(document, lines, found, begins)
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
    facts = measure(lines)
    begin = {at for span in _byline_spans(document) for at in span}
    found = notes.find(lines, ()) if facts.full else []
    noted = {k for n in found for k in range(n.first, n.last + 1)}
    if noted:
        body = [k for k in range(len(lines)) if k not in noted]
        rules = [""] * (len(lines) - 1)
        for k, rule in zip(body[1:], decide([lines[k] for k in body], facts, text, begin), strict=True):
            rules[k - 1] = rule
        for n in found:
            inside = decide(lines[n.first : n.last + 1], facts, text)
            rules[n.first : n.last] = ["join lines: footnote" for _ in inside]
    else:
        rules = decide(lines, facts, text, begin)
    titled = title_lines(lines, facts)
    if titled:
        rules[: titled - 1] = ["join lines: title"] * (titled - 1)
        rules[titled - 1 : titled] = [""] * len(rules[titled - 1 : titled])
    return lines, found, rules


def _byline_spans(document: Document) -> list[tuple[int, int]]:
    """Where bylines stand in the text."""
    raws = dict.fromkeys((a.start, a.end) for a in document.authors if a.end > a.start)
    return [span for raw in raws if (span := document.locate(*raw))]


def _bylines_under_the_title(document: Document) -> Document:
    """A byline that is printed at the foot of the first page belongs under the title."""
    for start, end in _byline_spans(document):
        lines = read_lines(document.text[:start])
        titled = title_lines(lines, measure(lines))
        if start and 0 < titled and len(lines) > 6:
            document = document.move(start - 1, end, lines[titled - 1].end, "byline to the title")
    return document


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
