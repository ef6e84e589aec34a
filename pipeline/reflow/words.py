"""What words alone can say of a line end, whatever the lines measure. What was never broken must stay; and what is joined here
would be joined when the repaired text is fed in again, so that broken lines are asked the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.reflow.headings import is_caption, is_named
from pipeline.reflow.measure import Line, latin
from pipeline.reflow.paragraph import OPENED, State

CANNOT_BEGIN = "，。、；：！？）》〉」』】〕”’％"


def close(waiting: Sequence[tuple[int, str]], lines: Sequence[Line], rules: list[str]) -> None:
    """Join the paragraphs that begin with line k and close the bracket that was left open before."""
    for k, sign in waiting:
        end = next((i for i in range(k, len(rules)) if not rules[i]), len(rules))
        if _closes(sign, lines[k : end + 1]):
            rules[k - 1] = "join lines: bracket left open"


def may_go_on(b: Line) -> bool:
    """Whether nothing on the line says that it begins something."""
    return b.label is None and not b.tabular and not (is_named(b.text) or is_caption(b.text))


def _closes(sign: str, lines: Sequence[Line]) -> bool:
    """Whether a bracket that waits for ``sign`` is closed in ``lines`` before another is opened."""
    for line in lines:
        at = line.text.find(sign)
        if OPENED[sign] in line.text[: at if at >= 0 else None]:
            return False
        if at >= 0:
            return True
    return False


def decide_unmeasured(lines: Sequence[Line]) -> list[str]:
    """For each line but the first, the rule by which it is joined to the one before, where the lines have no common width, or
    are too few to show one."""
    rules: list[str] = []
    state = State()
    widest = max(x.width for x in lines)
    least = 0.75 * widest if len(lines) <= _SNIPPET else 0.0
    cut = sum(goes_on_small(a, b) for a, b in pairwise(lines)) > 1  # English prose in lines
    b = lines[0]
    state.begin(b)
    state.go_on([b])
    waiting: list[tuple[int, str]] = []
    for k, following in enumerate(lines[1:], 1):
        a, b = b, following
        rule = ""
        if may_go_on(b):
            opened = state.opened[-1] if 0 < len(state.opened) < 3 and not a.ends else ""
            if opened and _closes(opened, [b]):
                rule = "join lines: bracket left open"
            elif b.text[0] in CANNOT_BEGIN:
                rule = "join lines: sign that begins no line"
            elif least and a.width >= least and not b.before and not a.tabular and _stops_in_the_middle(a):
                rule = "join lines: end of the line"
            elif goes_on_small(a, b) or (cut and a.width >= 0.75 * widest and _is_prose(a) and not b.before):
                rule = "join lines: small letter"
            elif opened:
                waiting.append((k, opened))
        rules.append(rule)
        if not rule:
            state.begin(b)
        state.go_on([b])
    close(waiting, lines, rules)
    return rules


def _is_prose(a: Line) -> bool:
    """Whether ``a`` is running text in Latin letters without an end."""
    return not (a.ends or a.tabular) and a.text[-1] not in ":;" and latin(a) > 30 and len(_SMALL_WORD.findall(a.text)) > 3


def goes_on_small(a: Line, b: Line) -> bool:
    """Whether ``a`` is English prose that goes on with a small letter."""
    return b.text[0].islower() and b.text[0].isascii() and _is_prose(a)


_SMALL_WORD = re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])")
_SNIPPET = 8  # lines: a text that was pasted, not a document


def _stops_in_the_middle(a: Line) -> bool:
    """Whether ``a`` is running text without an end."""
    return not a.ends and a.text[-1] not in "：；」』）)" and ("。" in a.text or "，" in a.text) and "http" not in a.text
