"""Brackets of any width, found in one pass. What is never closed, or closed too far away, is no bracket."""

from __future__ import annotations

import re

from msgspec import Struct

LONGEST = 400  # characters that a bracket may hold

_PAIRS = {
    "（": "round",
    "(": "round",
    "）": "round",
    ")": "round",
    "〔": "square",
    "〕": "square",
    "[": "square",
    "]": "square",
    "［": "square",
    "］": "square",
    "【": "lens",
    "】": "lens",
}
_OPEN = frozenset("（(〔[［【")
_ANY = re.compile("[（()）〔〕［］\\[\\]【】]")


class Bracket(Struct, frozen=True, gc=False, order=True):
    """``text[start]`` opens and ``text[end - 1]`` closes it; ``depth`` counts the brackets around it."""

    start: int
    end: int
    depth: int


def brackets(text: str) -> list[Bracket]:
    """Every closed bracket of a text, in the order in which they open; half and full width may be mixed in one."""
    stack: list[tuple[int, str]] = []
    found: list[Bracket] = []
    for m in _ANY.finditer(text):
        at, sort = m.start(), _PAIRS[m.group()]
        if m.group() in _OPEN:
            stack.append((at, sort))
            if len(stack) > 8:
                del stack[0]
            continue
        for k in range(len(stack) - 1, -1, -1):
            if stack[k][1] == sort:
                if at - stack[k][0] <= LONGEST and text.find("\n\n", stack[k][0], at) < 0:
                    found.append(Bracket(stack[k][0], at + 1, k))
                del stack[k:]
                break
    return sorted(found)
