"""repair: the lines of a page become paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline import spacing
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
    text = document.text
    lines = read_lines(text)
    facts = measure(lines)
    apart = {s for s, _ in _byline_spans(document)}
    rules = decide(lines, facts, text, apart)
    titled = title_lines(lines, facts)
    if titled:
        rules[: titled - 1] = ["join lines: title"] * (titled - 1)
        rules[titled - 1 : titled] = [""] * len(rules[titled - 1 : titled])
    habit = spacing.habit(text)
    document = document.edit(_edits(text, lines, rules, habit, options.spacing))
    return describe(document)


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
        cut, new = joint(a.text, b.text, habit, mode) if rule else (0, "\n")
        start = a.end - cut
        if text[start:b.start] != new:
            yield Edit(start, b.start, new, rule or "blank lines")
    yield Edit(lines[-1].end, len(text), "", "blank lines")
