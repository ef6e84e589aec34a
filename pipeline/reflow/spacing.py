"""Spaces inside lines: which were typed, and which a typesetter or an extractor put there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct

from pipeline.document import Edit

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_OPEN = "（《〈「『【〔［｛“‘"
_CLOSE = "）》〉」』】〕］｝”’"
_POINT = "，。、；：！？"
_LATIN = "A-Za-z\u00c0-\u024f"

Spacing = Literal["habit", "keep", "none", "space"]


class Habit(Struct, frozen=True):
    """Whether a document writes a space where Chinese meets Latin letters, where it meets digits, and where it meets an ASCII
    bracket; ``strict``: it has lines broken by a typesetter, and nearly always does so, so that a missing space was lost."""

    latin: bool
    digit: bool
    bracket: bool = False
    strict: bool = False


_RUN = re.compile(rf"[{_LATIN}0-9%]+")
_BRACKETS = re.compile("[()]")
_SAMPLE = 200_000
# A line that shows nothing of the habit: a label or note number at its head, spaces that a typesetter spread, table cells.
_LABELLED = re.compile(r"^[ \u3000]*(?:[（(]?[0-9]{1,2}[.)）、]?[0-9.]*|[表圖图][0-9]+) ", re.M)


def habit(text: str, printed: bool = False) -> Habit:
    """What the document does at seams within its lines; a tie counts as no space. In text that is not ``printed`` spaces may
    stand for the quarter em that typesetters set at seams by themselves: then nobody typed them."""
    sample = _LABELLED.sub("", text[:_SAMPLE])
    *counts, percent = _count_seams(sample)
    latin, digit = (_wins(*pair) for pair in counts)
    if latin is None or digit is None:
        latin, digit = (x if x is not None else bool(y) for x, y in ((latin, digit), (digit, latin)))
    tight, apart = _count_brackets(sample)
    without, with_ = (sum(pair) for pair in zip(*counts, strict=True))
    lengths = [n for n in map(len, sample.split("\n")) if n >= _LINE]
    broken = len(lengths) > 9 and sum(lengths) < 60 * len(lengths)
    strict = broken and with_ > 5 and without < 0.12 * with_
    if strict and not printed and (percent[0] > 0 == percent[1] or _none_at_line_ends(sample)):
        return Habit(False, False, apart > tight)
    return Habit(bool(latin), bool(digit), apart > tight, strict)


_WORDS_END = re.compile(rf"[{_LATIN},] \n+[{_LATIN}]")
_SEAM_AT_END = re.compile(rf"[{HAN}]( ?)\n+[{_LATIN}0-9]|[{_LATIN}0-9]( ?)\n+[{HAN}]")


def _none_at_line_ends(sample: str) -> bool:
    """Whether no seam that fell on a line's end has its space, though spaces were kept there between Latin words."""
    if sum(1 for _ in _WORDS_END.finditer(sample)) < 2:
        return False
    spaces = [bool(m[1] or m[2]) for m in _SEAM_AT_END.finditer(sample)]
    return len(spaces) > 2 and not any(spaces)


_LINE = 12  # characters of a line that shows something


def _count_seams(sample: str) -> tuple[list[int], list[int], list[int]]:
    """How often Chinese meets Latin letters, how often digits, and how often it follows a percent sign, without a space between
    and with one."""
    latin, digit, percent = [0, 0], [0, 0], [0, 0]
    sample = f"\n\n{sample}\n\n"
    line_end, shows = 0, False
    for m in _RUN.finditer(sample):
        start, end = m.span()
        a, b = sample[start - 1], sample[end]
        before, after = a == " ", b == " "
        a, b = sample[start - 2] if before else a, sample[end + 1] if after else b
        head = a > "\u3000" and _IS_HAN(a) and sample[start] != "%"
        tail = b > "\u3000" and _IS_HAN(b) and not (head and end == start + 1)
        if not (head or tail):
            continue
        if start > line_end:
            line_end = sample.find("\n", end)
            line = sample[sample.rfind("\n", 0, start) + 1 : line_end]
            shows = len(line) >= _LINE and "  " not in line and not is_tabular(line) and not is_spread(line)
        if shows and head:
            (latin if _IS_LATIN(sample, start) else digit)[before] += 1
        if shows and tail:
            (percent if sample[end - 1] == "%" else latin if _IS_LATIN(sample, end - 1) else digit)[after] += 1
    return latin, digit, percent


def _count_brackets(sample: str) -> tuple[int, int]:
    """How often Chinese stands right outside an ASCII bracket, and how often with a space between."""
    counts = [0, 0]
    sample = f"\n\n{sample}\n\n"
    for m in _BRACKETS.finditer(sample):
        at = m.start()
        step = -1 if sample[at] == "(" else 1
        apart = sample[at + step] == " "
        if _IS_HAN(sample, at + step + step * apart):
            counts[apart] += 1
    return counts[0], counts[1]


def _wins(without: int, with_: int) -> bool | None:
    return None if not without + with_ else with_ > 0.6 * (without + with_)


_WORDS = re.compile(r"(?<!\S)[(\[\"“‘']?[A-Za-z][A-Za-z.,'’:;)-]*(?!\S)")
_SEAM_IN_PROSE = re.compile(rf"[0-9A-Za-z%] [{HAN}]|[{HAN}][0-9]")


def is_tabular(line: str) -> bool:
    """Cells rather than running text: at least two gaps, short pieces, nothing that ends a clause, few Latin words, and no
    Chinese that goes on after a number (於 2024 年 9 月)."""
    if line[:1] == "|" == line[-1:]:
        return True
    if line.count(" ") < 2 or len(line) > 200 or "，" in line or "。" in line or "；" in line:
        return False
    cells = line.split()
    if len(cells) < 3 or sum(map(len, cells)) >= 7 * len(cells) or max(map(len, cells)) > 10:
        return False
    if ("（" in line or "(" in line or "）" in line or ")" in line) and any(
        c.count("（") != c.count("）") or c.count("(") != c.count(")") for c in cells
    ):
        return False
    return len(_WORDS.findall(line)) < 0.5 * len(cells) and not _SEAM_IN_PROSE.search(line)


_APART = re.compile(rf"[{HAN}{_POINT}] (?=[{HAN}])")
_ANY_APART = re.compile(rf"[{HAN}] [{HAN}] [{HAN}] [{HAN}]")


def is_spread(line: str) -> bool:
    """Whether a typesetter spread the line by spaces between most of its characters (計 畫 以)."""
    return line.count(" ") > 2 and _ANY_APART.search(line) is not None and len(_APART.findall(line)) > 2


# Spaces inside a line, other than one between two Latin words: between ideographs (group 1), behind another sign beyond ASCII,
# before one, two or more.
BETWEEN = re.compile(f"[{HAN}] +[{HAN}]")  # ideographs
_SPACES = re.compile(
    rf" (?:(?<=[{HAN}] ) *(?=([{HAN}]))|(?<=[^\x00-\x7f] ) *(?=\S)"
    r"|(?<=[^\s\x80-\U0010ffff] )(?: +(?=\S)|(?=[^\x00-\x7f\s])))"
)
_IS_HAN = re.compile(f"[{HAN}]").match
_IS_LATIN = re.compile(f"[{_LATIN}]").match
_PROSE = re.compile(r"[，。；：、？！,;]")
_CLAUSES = re.compile("[，。；？！]")
_NUMERALS = "一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾"
_AFTER_LABEL = re.compile(
    rf"[ \u3000]*(?:第?[{_NUMERALS}\d]+[章節条條編篇項款]?[、.．)）]?|[（(][^（）()]{{1,3}}[)）]|[0-9.]+"
    r"|[表圖图] ?[0-9]+(?:[-.][0-9]+)?)$"
)
_CLOSED_LABEL = re.compile(rf"[ \u3000]*(?:[{_NUMERALS}甲乙丙丁戊己庚辛壬癸]+、|[（][^（）()]{{1,3}}[）]|[0-9]{{1,2}}、)$")
_HEAD = 12  # a label and the space after it take no more than so many characters


def stray_spaces(text: str, document_habit: Habit, spacing: Spacing = "habit", printed: bool = False,
                 rows: Collection[int] = (), broken: bool = True) -> Iterator[Edit]:
    """The edits that take out spaces inside lines. Spaces at the ends of lines are left to the repair. In ``printed`` text,
    read with the geometry of its characters, spaces between ideographs were typed; so they were where nobody has ``broken`` the
    lines, in those that have no point. In lines that begin at one of ``rows`` they part the cells of a table."""
    line_start, line_end, line = 0, -1, ""
    prose, row, spread = False, False, None
    for m in _SPACES.finditer(text):
        start, end = m.span()
        before, after = text[start - 1], text[end]
        if start > line_end:
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            line = text[line_start:line_end] if line_end - line_start < 2000 else text[max(line_start, start - 60) : end + 60]
            row = line_start in rows
            spread = None
            prose = not row and "｜" not in line and (len(line) >= 15 or _PROSE.search(line) is not None)
            prose = prose and not is_tabular(line) and (broken or _CLAUSES.search(line) is not None)
        rule = ""
        if m.lastindex:
            spread = not row and is_spread(line) if spread is None else spread
            if spread:
                rule = "spread line"
            elif prose and not printed and not _typed(text, start, end) and not _after_label(text, line_start, start):
                rule = "stray space"
        elif before in _STRAY_AFTER or after in _STRAY_BEFORE or _is_stray(text, line_start, start, end):
            rule = "" if row and before in "。！？；" and after not in _STRAY_BEFORE else "stray space"
        elif prose and not _after_label(text, line_start, start):
            if after in _OPEN or before in _CLOSE:
                between = after in _OPEN and before in _CLOSE
                latin = (before < "\x7f" and after in "“‘") or (after < "\x7f" and before in "”’")
                rule = "" if between or latin else "stray space"
            elif _parts_scripts(before, after, document_habit, spacing):
                rule = "space between scripts"
        if rule or end - start > 1:
            yield Edit(start, end, "" if rule else " ", rule or "double space")


def spaces_joined(a: str, b: str, at: int, document_habit: Habit, spacing: Spacing, printed: bool) -> Iterator[Edit]:
    """The same for the head of line ``b``, which begins at ``text[at]`` and is to follow ``a`` on one line: what a label might
    have set off there no longer stands at the head of a line."""
    space = b.find(" ", 1, _HEAD + 1)
    if space > 0 and not b[space - 1 : space + 2].isascii() and (len(b) < 15 or _AFTER_LABEL.match(b[:space])):
        before = a[-60:]
        for e in stray_spaces(before + b[:80], document_habit, spacing, printed):
            if 0 < (start := e.start - len(before)) <= _HEAD:
                yield Edit(at + start, at + e.end - len(before), e.new, e.rule)


# No one types a space there: at the inner side of a bracket, before or after a point.
_STRAY_AFTER, _STRAY_BEFORE = frozenset("\u3000" + _OPEN + _POINT), frozenset("\u3000" + _CLOSE + _POINT)


def _is_stray(text: str, line_start: int, start: int, end: int) -> bool:
    """Nor after 一、 or （一）, nor between a word and the bracket with its English."""
    if text[start - 1] == "）" and start - line_start <= _HEAD:
        return _CLOSED_LABEL.match(text[line_start:start]) is not None
    return text[end] == "（" and _IS_HAN(text[start - 1]) is not None and _IS_LATIN(text, end + 1) is not None


def _after_label(text: str, line_start: int, start: int) -> bool:
    return start - line_start <= _HEAD and _AFTER_LABEL.match(text[line_start:start]) is not None


def _parts_scripts(before: str, after: str, document_habit: Habit, spacing: Spacing) -> bool:
    """Whether a space stands where Chinese meets another script, and is not wanted there."""
    if spacing in ("keep", "space") or not (_IS_HAN(before) or _IS_HAN(after)):
        return False
    other = after if _IS_HAN(before) else before
    if not (other.isalnum() or other in "%％"):
        return False
    return spacing == "none" or not (document_habit.latin if _IS_LATIN(other) else document_habit.digit)


_QUOTES = {"」": "「", "』": "『", "》": "《", "〉": "〈", "】": "【", "”": "“"}


_QUOTED = re.compile("[" + "".join(_QUOTES) + "]")


def _typed(text: str, start: int, end: int) -> bool:
    """A space between two Chinese characters was typed where it stands inside a quotation or title."""
    low, high = max(0, start - 60), min(len(text), end + 60)
    if not _QUOTED.search(text, end, high):
        return False
    left, right = text[low:start], text[end:high]
    for close, opened in _QUOTES.items():
        if left.rfind(opened) > left.rfind(close):
            at = right.find(close)
            if at >= 0 and (opened not in right[:at]):
                return True
    return False


_BARE = re.compile(rf"(?<=[{HAN}])(?=[{_LATIN}]|[0-9][0-9,.]*(?:[%％]| ?[{HAN}]))|(?<=[{_LATIN}0-9%])(?=[{HAN}])")


def lost_spaces(text: str, document_habit: Habit, spacing: Spacing = "habit") -> Iterator[Edit]:
    """The edits that put a space where the document always writes one and a typesetter squeezed it out, or everywhere with
    ``"space"``. Numbers before a comma stay as they are: they may call a footnote."""
    if spacing != "space" and not (spacing == "habit" and document_habit.strict):
        return
    for m in _BARE.finditer(text):
        at = m.start()
        latin = _IS_LATIN(text[at]) or _IS_LATIN(text[at - 1])
        if spacing == "space" or (document_habit.latin if latin else document_habit.digit):
            yield Edit(at, at, " ", "space between scripts")
