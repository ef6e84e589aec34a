"""repair: the lines of a page become paragraphs."""

from __future__ import annotations

import re
from itertools import accumulate

from msgspec import Struct

from pipeline import spacing
from pipeline.breaks import _BRACKET, _CONTINUES, _OPENERS, _SENTENCE_END, Line, Measure, first_unit, measure, width
from pipeline.bylines import byline, names_only
from pipeline.document import Document, Edit, Paragraph, ParagraphKind
from pipeline.headings import CAPTION, FOOTNOTE, LEVELS, NAMED, label
from pipeline.spacing import is_tabular


class Options(Struct, frozen=True):
    """``spacing`` as in clean: whether a space joins two lines where Chinese meets Latin letters or digits."""

    spacing: spacing.Spacing = "habit"


def repair(document: Document, options: Options = Options()) -> Document:
    """The document with one paragraph a line, and ``paragraphs`` and ``title`` set."""
    lines = read_lines(document.text)
    facts = measure(lines)
    rules = decide(lines, facts)
    habit = spacing.habit(document.text)
    document = document.edit(_edits(document.text, lines, rules, habit, options.spacing))
    return _describe(document)


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    out: list[Line] = []
    raw = text.split("\n")
    before = 0
    for line, start in zip(raw, accumulate((len(x) + 1 for x in raw), initial=0), strict=False):
        bare = line.strip()
        if not bare:
            before += 1
            continue
        lead = len(line) - len(line.lstrip())
        x = Line(bare, start + lead, start + lead + len(bare), before, 0, width(bare))
        x.indent = width(line[:lead])
        x.label = label(bare)
        x.ends = _SENTENCE_END.search(bare, max(0, len(bare) - 8)) is not None
        x.tabular = is_tabular(bare)
        out.append(x)
        before = 0
    return out


class State(Struct):
    """The paragraph that is being put together: what is still open in it, and the last label of each style at a line's head."""

    opened: list[str]
    inline: dict[str, int]
    seen: dict[str, int]
    first: int = 0
    title: bool = True


def decide(lines: list[Line], facts: Measure) -> list[str]:
    """For each line but the first, the rule by which it is joined to the one before ("" : it begins a paragraph)."""
    rules: list[str] = []
    state = State([], {}, {})
    if lines:
        _enter(state, lines[0], True)
    for k in range(1, len(lines)):
        rule = _join(lines, k, facts, state)
        rules.append(rule)
        _enter(state, lines[k], not rule)
        if not rule:
            state.first, state.title = k, False
    return rules


_INLINE = re.compile(r"(?<=[：；，。、（])(?:([一二三四五六七八九])、|[（(]([一二三四五六七八九1-9])[）)]|([1-9])[.、](?![0-9]))")


def _enter(state: State, line: Line, new: bool) -> None:
    if new:
        state.opened.clear()
        state.inline.clear()
        if line.label and line.label.value:
            state.seen[line.label.style] = line.label.value
    for c in _BRACKET.findall(line.text):
        if c in _OPENERS:
            state.opened.append(_OPENERS[c])
        elif c in state.opened:
            while state.opened.pop() != c:
                pass
    for m in _INLINE.finditer(line.text):
        if found := label(m.group()):
            state.inline[found.style] = found.value
    if not new and line.label and line.label.value:
        state.inline[line.label.style] = line.label.value


def _join(lines: list[Line], k: int, facts: Measure, state: State) -> str:
    a, b = lines[k - 1], lines[k]
    if not facts.full:
        return ""
    full = facts.full
    if a.width > full + 4 or b.width > full + 8:
        return ""
    room = full - a.width - (0.5 if a.text[-1:].isascii() else 0)
    unit = first_unit(b.text)
    short = room >= unit + 2
    very_short = room >= max(unit + 4.5, 0.3 * full)
    open_end = a.text[-1] in _CONTINUES
    alone = state.first == k - 1
    if state.title:
        return "join title" if _continues_title(lines, k, facts, state) else ""
    if facts.indented and b.indent >= 1.5 and not a.indent and (a.ends or short):
        return ""
    if b.label:
        s, v = b.label.style, b.label.value
        if v and v == state.inline.get(s, -9) + 1 and not short:
            return "join lines"
        expected = state.seen.get(s, 0) == v - 1
        plain = s in ("number", "decimal", "letter", "dash", "number bracket", "square")
        if a.ends or a.text[-1] in "：；" or short:
            return ""
        if not open_end and not plain and (v <= 1 or expected):
            return ""
        if s in ("formal", "chapter", "bullet") and not open_end and not state.opened:
            return ""
    if CAPTION.match(b.text) and (a.ends or short or a.width < full - 4):
        return ""
    if a.tabular or b.tabular:
        return "" if (very_short or (a.tabular and b.tabular)) else "join lines"
    if state.opened and len(state.opened) < 3 and not (alone and very_short):
        return "join lines"
    if open_end:
        return "join lines"
    if a.ends or a.text[-1] in "：；":
        if short:
            return ""
        if facts.blanks and b.before:
            return ""
        if facts.indent and not facts.indented and _looks_first(lines, k, full):
            return ""
        return "join lines"
    if (alone and room >= unit + (3.5 if full < 24 else 4)) or room > 0.45 * full:
        return ""
    if facts.blanks and b.before and room > 1:
        return ""
    return "join lines"


_ORGANISATION = re.compile(r"[^，。；：]{2,24}(?:[會会署局處处部院室所校系組组團团社館馆司隊队]|中心|小組|大學|大学)$")
_DATE = re.compile(r"[ \u3000]*(?:中華民國|民國|西元)?[ ]?[0-9一二三四五六七八九〇○]{2,4}[ ]?年")


def _continues_title(lines: list[Line], k: int, facts: Measure, state: State) -> bool:
    """Whether line ``k`` goes on with the title, which begins with the first line."""
    a, b = lines[k - 1], lines[k]
    if k > 3 or a.ends or b.ends or a.label or b.label or NAMED.match(b.text) or CAPTION.match(b.text):
        return False
    if byline(b.text) or names_only(b.text) or _ORGANISATION.match(b.text) or _DATE.match(b.text) or b.text[0] in "—─－-–":
        return False
    if state.opened or a.text[-1] in _CONTINUES + "之的與及和":
        return True
    if b.text.isascii() != a.text.isascii():
        return False
    return b.width <= a.width + 0.5 and 1.9 * a.width > facts.full and b.width < facts.full - 3


def _looks_first(lines: list[Line], k: int, full: float) -> bool:
    b = lines[k]
    if k + 1 >= len(lines):
        return False
    room = full - b.width
    return room >= 1.5 and room - first_unit(lines[k + 1].text) >= 0.4


_LATIN_END = re.compile(r"[A-Za-z\u00c0-\u024f0-9.,;:!?%)\]'\"”’&/-]$")
_LATIN_START = re.compile(r"[A-Za-z\u00c0-\u024f0-9(\[\"'“‘&]")
_IS_HAN = re.compile(f"[{spacing.HAN}]").match
_IS_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]").match


def _joint(a: str, b: str, habit: spacing.Habit, mode: spacing.Spacing) -> tuple[int, str]:
    """How many characters at the end of ``a`` go, and what stands between ``a`` and ``b`` when they are joined."""
    last, first = a[-1], b[0]
    if last == "\u2010" and _IS_LETTER(first):
        return 1, ""
    if last == "-" and (_IS_LETTER(first) or first.isdigit()) and len(a) > 1 and a[-2].isalnum():
        return 0, ""
    if last.isascii() and first.isascii():
        if last in "([/" or first in ")],.;:!?/" or (last.isdigit() and first.isdigit()) or (last == "-"):
            return 0, ""
        return 0, " "
    if (_IS_HAN(last) and first.isascii() and first.isalnum()) or (_IS_HAN(first) and last.isascii() and (last.isalnum() or last == "%")):
        other = first if _IS_HAN(last) else last
        spaced = habit.latin if _IS_LETTER(other) else habit.digit
        return 0, " " if mode == "space" or (mode != "none" and spaced) else ""
    return 0, ""


def _edits(text: str, lines: list[Line], rules: list[str], habit: spacing.Habit, mode: spacing.Spacing) -> list[Edit]:
    out: list[Edit] = []
    if not lines:
        return [Edit(0, len(text), "", "blank lines")]
    out.append(Edit(0, lines[0].start, "", "blank lines"))
    for rule, a, b in zip(rules, lines, lines[1:], strict=False):
        if not rule:
            new, cut = "\n", 0
            rule = "paragraph end"
        else:
            cut, new = _joint(a.text, b.text, habit, mode)
        if text[a.end - cut:b.start] != new:
            out.append(Edit(a.end - cut, b.start, new, rule))
    out.append(Edit(lines[-1].end, len(text), "", "blank lines"))
    return out


def _describe(document: Document) -> Document:
    paragraphs: list[Paragraph] = []
    at = 0
    for text in document.text.split("\n"):
        if text:
            kind, level, mark = _kind(text, len(paragraphs))
            paragraphs.append(Paragraph(at, at + len(text), kind, level, mark))
        at += len(text) + 1
    title = next((document.text[p.start:p.end] for p in paragraphs if p.kind == "title"), "")
    return document.replace(paragraphs=tuple(paragraphs), title=title)


def _kind(text: str, number: int) -> tuple[ParagraphKind, int, str]:
    ends = _SENTENCE_END.search(text, max(0, len(text) - 8)) is not None
    found = label(text)
    if found:
        if not ends and len(text) < 40 and found.style not in ("bullet", "dash", "square", "circled"):
            return "heading", LEVELS[found.style], found.text
        return "list item", LEVELS[found.style], found.text
    if CAPTION.match(text) and len(text) < 60:
        return "caption", 0, ""
    if NAMED.match(text):
        return "heading", 1, ""
    if FOOTNOTE.match(text):
        return "footnote", 0, ""
    if is_tabular(text):
        return "table line", 0, ""
    if number == 0 and not ends and len(text) < 60:
        return "title", 0, ""
    return "body", 0, ""
