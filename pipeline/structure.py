"""What kind of paragraph each one is: title, heading, list item, caption, footnote, table line or body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.breaks import CONTINUES, Page
from pipeline.bylines import ORGANISATION, byline, credit, names_only
from pipeline.document import Document, Paragraph, ParagraphKind
from pipeline.headings import CAPTION, FOOTNOTE, LEVELS, NAMED, label
from pipeline.measure import Line, Measure
from pipeline.spacing import is_tabular

_ENDS = re.compile(r"[。！？；!?…][」』）》”’)]*$|[a-z0-9)][.][”’)]*$")
_DATE = re.compile(r"[ \u3000]*(?:中華民國|民國|西元)?[ ]?[0-9一二三四五六七八九〇○]{2,4}[ ]?年")


def title_lines(lines: Sequence[Line], facts: Measure, page: Page | None, printed: int = 0) -> int:
    """How many of the first lines are the document's title; 0 where it begins with something else. ``printed``: how many are
    set in the type of a title, where there is geometry."""
    if printed:
        return printed
    if not lines or lines[0].ends or "。" in lines[0].text or lines[0].label or NAMED.match(lines[0].text) or lines[0].tabular:
        return 0
    if page is None and facts.full and (lines[0].width > facts.full - 2 or "，" in lines[0].text):
        return 0  # the text begins without one
    if facts.indented and 1.5 <= lines[0].indent - facts.margin < 2.6:
        return 0
    n = 1
    while n < min(4, len(lines)) and _goes_on(lines[n - 1], lines[n], facts, page):
        n += 1
    return n if facts.full or n == 1 else 1


def _goes_on(a: Line, b: Line, facts: Measure, page: Page | None) -> bool:
    if page and (score := page(a, b)) is not None and score > 2.5:
        return False
    if a.ends or b.ends or b.label or NAMED.match(b.text) or CAPTION.match(b.text) or b.tabular:
        return False
    if byline(b.text) or names_only(b.text) or credit(b.text) or ORGANISATION.match(b.text):
        return False
    if _DATE.match(b.text) or b.text[0] in "—─－-–":
        return False
    if b.text[-1] in CONTINUES or b.width > facts.full - 3:
        return False
    if a.text[-1] in CONTINUES + "之的與及和":
        return True
    return b.text.isascii() == a.text.isascii() and b.width <= a.width + 0.5 and 1.9 * a.width > facts.full


def describe(document: Document) -> Document:
    """The document with its ``paragraphs`` (one a line of the text) and its ``title``."""
    paragraphs: list[Paragraph] = []
    at = 0
    for text in document.text.split("\n"):
        if text:
            kind, level, mark = kind_of(text, not paragraphs)
            paragraphs.append(Paragraph(at, at + len(text), kind, level, mark))
        at += len(text) + 1
    title = next((document.text[p.start:p.end] for p in paragraphs if p.kind == "title"), "")
    return document.replace(paragraphs=tuple(paragraphs), title=title)


def kind_of(text: str, first: bool) -> tuple[ParagraphKind, int, str]:
    """The kind, level and label of a paragraph; ``first`` of its document or not."""
    ends = _ENDS.search(text, max(0, len(text) - 8)) is not None
    if found := label(text):
        if not ends and len(text) < 40 and found.style not in ("bullet", "dash", "square", "circled"):
            return "heading", LEVELS[found.style], found.text
        return "list item", LEVELS[found.style], found.text
    if len(text) < 90 and CAPTION.match(text):
        return "caption", 0, ""
    if NAMED.match(text):
        return "heading", 1, ""
    if FOOTNOTE.match(text):
        return "footnote", 0, ""
    if is_tabular(text):
        return "table line", 0, ""
    if first and not ends and len(text) < 60:
        return "title", 0, ""
    return "body", 0, ""
