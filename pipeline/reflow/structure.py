"""What kind of paragraph each one is: title, heading, list item, caption, footnote, table line or body."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.document import Document, Paragraph, ParagraphKind
from pipeline.reflow.breaks import CONTINUES, Page
from pipeline.reflow.bylines import ORGANISATION, byline, credit, names_only
from pipeline.reflow.headings import FOOTNOTE, is_caption, is_named, label
from pipeline.reflow.measure import Line, Measure
from pipeline.reflow.spacing import HAN, is_tabular

_ENDS = re.compile(r"[。！？；!?…][」』）》”’)]*$|[a-z0-9)][.][”’)]*$")
_DATE = re.compile(r"[ \u3000]*(?:中華民國|民國|西元)?[ ]?[0-9一二三四五六七八九〇○]{2,4}[ ]?年")


def title_lines(lines: Sequence[Line], facts: Measure, page: Page | None, printed: int = 0) -> int:
    """How many of the first lines are the document's title; 0 where it begins with something else. ``printed``: how many are
    set in the type of a title, where there is geometry."""
    if printed:
        return printed
    if not lines or lines[0].ends or "。" in lines[0].text or lines[0].label or is_named(lines[0].text) or lines[0].tabular:
        return 0
    if page is None and facts.full and (lines[0].width > facts.full - 2 or "，" in lines[0].text):
        return 0  # the text begins without one
    if facts.indented and 1.5 <= lines[0].indent - facts.margin < 2.6:
        return 0
    n = 1
    while n < min(4, len(lines)) and _goes_on(lines[n - 1], lines[n], facts, page):
        n += 1
    if page and n < len(lines) and (page(lines[n - 1], lines[n]) or 0.0) < _RUNS_ON:
        return 0  # running text: its page is not the first of its document
    return n if facts.full or n == 1 else 1


_RUNS_ON = -2.0  # what the page says, in log-odds


def _goes_on(a: Line, b: Line, facts: Measure, page: Page | None) -> bool:
    if page and (score := page(a, b)) is not None and score > 2.5:
        return False
    if a.ends or b.ends or b.label or is_named(b.text) or is_caption(b.text) or b.tabular:
        return False
    if page is None and b.before and facts.blank > 2:
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
    """The document with its ``paragraphs`` (one a line of the text) and its ``title``.

    Levels are counted from 1 in the order in which the styles of labels first appear, for headings through the document, for
    list items from one heading to the next.
    """
    text = document.text
    spans = _spans(text)
    apart = {span[0] for a in document.authors if a.end > a.start and (span := document.locate(a.start, a.end))}
    called = set(_CALLS.findall(text))
    kinds = [kind_of(text[a:b], k == 0, called) if a not in apart else ("body", "", "") for k, (a, b) in enumerate(spans)]
    kinds = [_among_others(kinds, k, spans, text, apart) for k in range(len(kinds))]
    paragraphs: list[Paragraph] = []
    depths: dict[str, int] = {}
    nested: dict[str, int] = {}
    for (start, end), (kind, style, mark) in zip(spans, kinds, strict=True):
        level = 0
        if kind == "heading":
            style = "decimal" + "." * mark.strip(".").count(".") if style == "decimal" else style
            level = depths.setdefault(style, _level(style, depths))
            nested.clear()
        elif kind == "list item":
            level = nested.setdefault(style, len(nested) + 1)
        paragraphs.append(Paragraph(start, end, kind, level, mark))
    title = next((text[p.start : p.end] for p in paragraphs if p.kind == "title"), "")
    return document.replace(paragraphs=tuple(paragraphs), title=title)


def _spans(text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        if line:
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _level(style: str, depths: dict[str, int]) -> int:
    """The level of a style that comes for the first time: below those before it; 2.1 below 1., named parts at the top."""
    if style in ("", "chapter", "formal"):
        return 1
    if style.startswith("decimal"):
        return depths.get("number", depths.get("chapter", 0)) + style.count(".")
    return 1 + sum(not s.startswith("decimal") for s in depths if s)


_Kind = tuple[ParagraphKind, str, str]  # kind, style of its label, the label
_LISTED = ("bullet", "dash", "square", "circled", "named")


_CALLS = re.compile(rf"([0-9](?<=[{HAN}」』）》][0-9])[0-9]?)(?=[，。；、：！？])")  # a digit first: few of them are looked at
_NOTED = frozenset("0123456789註注*")


def kind_of(text: str, first: bool, called: Collection[str]) -> _Kind:
    """The kind of a paragraph by itself, and its label; ``first`` of its document or not. ``called`` are the numbers that cling
    to a word somewhere, as those do that call a footnote."""
    ends = _ENDS.search(text, max(0, len(text) - 8)) is not None
    if len(text) < 200 and is_caption(text):
        return "caption", "", ""
    if found := label(text):
        heads = not ends and len(text) < 40 and found.style not in _LISTED and found.end < len(text)
        heads = heads and not (text[-1] in "：:，、" or "，" in text)
        return "heading" if heads else "list item", found.style, found.text
    if len(text) < 24 and is_named(text):
        return "heading", "", ""
    if text[0] in _NOTED and FOOTNOTE.match(text) and (not text[0].isdigit() or text.split(maxsplit=1)[0] in called):
        return "footnote", "", ""
    if (" " in text or text[0] == "|") and is_tabular(text):
        return "table line", "", ""
    if first and not ends and len(text) < 60:
        return "title", "", ""
    return "body", "", ""


_SHORT = 24
_NO_HEADING = re.compile("[，。；？！：]")


def _among_others(kinds: Sequence[_Kind], k: int, spans: Sequence[tuple[int, int]], text: str, apart: set[int]) -> _Kind:
    """What the paragraphs before and after say of a paragraph's kind: labels one after the other are a list, a short line
    over running text is a heading."""
    kind, style, mark = kinds[k]
    if kind not in ("heading", "body") or (kind == "body" and spans[k][1] - spans[k][0] > _SHORT):
        return kinds[k]
    before, after = (kinds[i] if 0 <= i < len(kinds) else ("body", "", "") for i in (k - 1, k + 1))
    if kind == "heading" and style in ("number", "number bracket", "letter", "letter bracket", "han bracket"):
        if style in (before[1], after[1]):
            return "list item", style, mark
    elif kind == "body" and 0 < k < len(kinds) - 1 and after[0] in ("body", "list item") and spans[k][0] not in apart:
        line, following = text[slice(*spans[k])], spans[k + 1]
        previous = spans[k - 1]
        over = following[1] - following[0] > _SHORT or after[0] == "list item"
        under = previous[1] - previous[0] > _SHORT or before[0] != "body" or previous[0] in apart
        if over and under and not _NO_HEADING.search(line) and not _ENDS.search(line):
            return "heading", "", ""
    return kinds[k]
