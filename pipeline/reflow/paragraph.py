"""The paragraph that is being put together, line by line: what it still waits for and what it has counted."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.reflow.headings import label
from pipeline.reflow.measure import OPENERS, Line

OPENED = {closed: opened for opened, closed in OPENERS.items()}
_BRACKET = re.compile("[（）()「」『』《》〈〉【】“”]")
_INLINE = re.compile(
    r"[：；，。、（](?=([一二三四五六七八九]、|[（(][一二三四五六七八九1-9][）)]|[1-9][.、](?![0-9])))"
)


class State(Struct):
    """The paragraph that is being put together: ``opened`` are the closing signs it still waits for, ``inline`` the last
    enumerators inside it, ``seen`` the last label of each style at the head of a paragraph, ``first`` its first line and
    ``hangs`` whether that has a label, so that the lines after it may be indented."""

    opened: list[str]
    inline: dict[str, int]
    seen: dict[str, int]
    first: int = 0
    hangs: bool = False
    heap: bool = False  # the line before was a bullet and nothing else
    stopped: bool = False


def enter(state: State, line: Line, new: bool) -> None:
    """``line`` is part of the paragraph that is being put together, or begins a ``new`` one."""
    if new:
        state.stopped = False
        state.opened.clear()
        state.inline.clear()
        if line.label and line.label.value:
            state.seen[line.label.style] = line.label.value
    elif line.label and line.label.value:
        state.inline[line.label.style] = line.label.value
    text = line.text
    if not state.stopped and "。" in text:
        state.stopped = True
    for c in _BRACKET.findall(text):
        if c in OPENERS:
            state.opened.append(OPENERS[c])
        elif c in state.opened:
            while state.opened.pop() != c:
                pass
    for inline in _INLINE.findall(text):
        if found := label(inline):
            state.inline[found.style] = found.value
