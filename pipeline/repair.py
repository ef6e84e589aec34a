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
    text = document.text
    lines = read_lines(text)
    facts = measure(lines)
    rules = decide(lines, facts, text)
    for k in range(min(4, len(rules))):
        n = title_lines(lines, facts)
        if k < n - 1:
            rules[k] = "join lines: title"
        elif k == n - 1:
            rules[k] = ""
    habit = spacing.habit(text)
    document = document.edit(_edits(text, lines, rules, habit, options.spacing))
    return describe(document)


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
