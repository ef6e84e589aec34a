"""The paragraph that is being put together, line by line: what it still waits for and what it has counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.reflow.headings import label
from pipeline.reflow.measure import OPENERS, Line

OPENED = {closed: opened for opened, closed in OPENERS.items()}
_BRACKET = re.compile("[（）()「」『』《》〈〉【】“”]")
_INLINE = re.compile(
    r"[：；，。、（](?=([一二三四五六七八九]、|[（(][一二三四五六七八九1-9][）)]|[1-9][.、](?![0-9])))"
)


class State(Struct):
    """The paragraph that is being put together: ``opened`` are the closing signs it still waits for, ``seen`` the last label
    of each style at the head of a paragraph, ``first`` its first line and ``hangs`` whether that has a label, so that the
    lines after it may be indented; ``stopped``: it has a full stop."""

    opened: list[str] = []
    seen: dict[str, int] = {}
    first: int = 0
    hangs: bool = False
    heap: bool = False  # the line before was a bullet and nothing else
    stopped: bool = False
    _waits: dict[str, int] = {}  # how many of each sign are among them
    _inline: dict[str, int] = {}
    _unread: list[Line] = []  # in which enumerators may stand: nobody asked yet
    _head: Line | None = None

    def begin(self, line: Line) -> None:
        """A new paragraph begins with ``line``, which :meth:`go_on` is still to take in."""
        self.stopped = False
        self.opened.clear()
        self._waits.clear()
        self._inline.clear()
        self._unread.clear()
        self._head = line
        if line.label and line.label.value:
            self.seen[line.label.style] = line.label.value

    def go_on(self, lines: Sequence[Line]) -> None:
        """``lines`` are part of the paragraph."""
        text = "".join([x.text for x in lines])
        self.stopped = self.stopped or "。" in text
        for c in _BRACKET.findall(text):
            if closing := OPENERS.get(c):
                self.opened.append(closing)
                self._waits[closing] = self._waits.get(closing, 0) + 1
            elif self._waits.get(c):
                while (last := self.opened.pop()) != c:
                    self._waits[last] -= 1
                self._waits[c] -= 1
        self._unread += lines

    def inline(self, style: str) -> int:
        """The value of the last enumerator of that style inside the paragraph, be it at the head of a line; -9 for none."""
        for line in self._unread:
            if line.label and line.label.value and line is not self._head:
                self._inline[line.label.style] = line.label.value
            for mark in _INLINE.findall(line.text):
                if found := label(mark):
                    self._inline[found.style] = found.value
        self._unread.clear()
        return self._inline.get(style, -9)
