"""Where English sentences end, in one paragraph of running text.

A full stop, ``!`` or ``?`` ends a sentence, with the quotes and brackets that close there, where a new one can begin behind it.
Full stops have other uses: abbreviations, initials, labels of list items, decimals. Each rule is a question to one mark; the
first that has an answer decides (``RULES``). After a title (*Dr.*) or a reference (*Fig.*) no sentence ends; after *U.S.*,
*Inc.* or *p.m.* one does if the next word is such as begin sentences and seldom stand in names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from pipeline.data import table

_MARK = re.compile(r"(?:[.!?]+|…|[。！？])[\"'”’»)\]]*(?=\s|$)")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*\s*(\S*)")
_LAST = re.compile(r"[^\s(\[\"“‘]+$")
_LABEL = re.compile(r"\s*[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXLivxl]{1,6})$")
_INITIALS = re.compile(r"[A-Z](?:\.-?[A-Z])*$")


@cache
def _words(sort: str) -> frozenset[str]:
    """The words of ``english_words.tsv`` of a class."""
    return frozenset(word for word, found in table("english_words.tsv") if found == sort)


class _Place(NamedTuple):
    """A mark in its paragraph, ``text[start:end]`` with what closes behind it; the word before and the word after it."""

    text: str
    start: int
    end: int
    last: str
    following: str

    @property
    def mark(self) -> str:
        return self.text[self.start]


def _at_the_end(p: _Place) -> bool | None:
    """What is behind the last mark is nothing."""
    return True if not p.text[p.end :].strip() else None


def _within(p: _Place) -> bool | None:
    """A small letter follows, or a sign that goes on: 'Who pays?' he asked."""
    first = p.following[:1]
    return False if not first or first.islower() or first in ",;:–—-&=/%" else None


def _other_mark(p: _Place) -> bool | None:
    """! and ?, an ellipsis before a capital, the marks of Chinese."""
    return True if p.mark in "!?…。！？" or p.text[p.start : p.end].count(".") > 1 else None


def _label(p: _Place) -> bool | None:
    """The label that a list item or a heading begins with: 3. Findings; (a). …"""
    return False if p.start < 12 and _LABEL.fullmatch(p.text[: p.start]) else None


def _reference(p: _Place) -> bool | None:
    """No. 3 and Fig. 2, but also: the answer was no. Three of them…"""
    if p.last.lower() in _words("before a number") and p.following[:1].isdigit():
        return False
    if p.last in ("no", "No", "nos", "Nos", "art", "Art"):
        return not (p.last[0].isupper() and p.following[:1].isupper() and len(p.last) > 2)
    return None


def _abbreviation(p: _Place) -> bool | None:
    """What is never the end, and what is one before a word that begins a sentence."""
    word = p.last.lower().rstrip("’'s") if p.last.endswith(("’s", "'s")) else p.last.lower()
    if word in _words("never") or (p.last.endswith(".") and word.rstrip(".") in _words("never")):
        return False
    if word in ("etc", "ibid"):
        return True
    if word in _words("perhaps"):
        return _starts(p.following) or (word in ("a.m", "p.m") and p.following[:1].isupper())
    return None


def _initial(p: _Place) -> bool | None:
    """J. Smith, J.-P. Smith, U.S.S.R.; but Plan B. The…"""
    return _starts(p.following) if _INITIALS.fullmatch(p.last) else None


def _starts(word: str) -> bool:
    return word[:1].isupper() and word.rstrip(",.;:’'\"”").lower() in _words("begins")


RULES: tuple[Callable[[_Place], bool | None], ...] = (
    _at_the_end, _within, _label, _other_mark, _reference, _abbreviation, _initial)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph, as spans of ``text`` without the white space around them.

    >>> text = "Dr. K. Sato of the U.S. Navy spoke at 3 p.m. on Monday. No. 3 was closed (see Fig. 2)."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. K. Sato of the U.S. Navy spoke at 3 p.m. on Monday.', 'No. 3 was closed (see Fig. 2).']
    """
    out: list[tuple[int, int]] = []
    start = 0
    for m in _MARK.finditer(text):
        before, after = _LAST.search(text, start, m.start()), _NEXT.match(text, m.end())
        place = _Place(text[start:], m.start() - start, m.end() - start, before[0] if before else "", after[1] if after else "")
        if next((answer for rule in RULES if (answer := rule(place)) is not None), True):
            _add(out, text, start, m.end())
            start = m.end()
    _add(out, text, start, len(text))
    return out


def _add(out: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    body = text[start:end]
    if body.strip():
        out.append((start + len(body) - len(body.lstrip()), start + len(body.rstrip())))
