"""Columns that an extractor read across: line by line from the left and from the right one, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from operator import add

from pipeline.reflow import pairs
from pipeline.reflow.measure import Line, Measure

# The evidence of a line end, about the logarithm of how much likelier it is in interleaved columns than in text that goes on:
# a word goes on in the next line; not there but in one of the lines after it; in none of them.
_GOES_ON, _GOES_ON_LATER, _STOPS = -2.2, 1.6, -0.45
_LATER = (2, 3, 4)  # lines on
_NUMBERED_LATER = 2.5  # 二、 stands before 一、
_NUMBERED = ("chapter", "section", "formal", "han", "han bracket", "number", "number bracket")
_NEAR = 40  # lines: 二、 and 一、 stand on one page
_LEAST, _GROWTH, _FEW = 2.0, 0.69, 25  # the more line ends there are, the more of it chance finds somewhere
_WIDEST = 30  # ideographs: two columns of more fit on no page

_SAMPLE = 2000  # lines

_Evidence = tuple[int, float, int]  # line, weight, the last line that it speaks of


def interleaved(lines: Sequence[Line], facts: Measure) -> list[tuple[int, int]]:
    """The first and last line of each stretch in which lines go on with a line after the next one.

    A line that breaks inside a word tells: its last character and the first one of the line that follows stand together in
    words of the dictionary, or elsewhere in the text. In interleaved columns that line comes later. The stretches are those in
    which the evidence adds up to most (a cumulative sum test, E. S. Page, 1954).
    """
    if not facts.full or facts.full > _WIDEST:
        return []
    evidence = sorted([*_line_ends(lines, facts), *_numbers(lines)])
    enough = _LEAST + _GROWTH * log(max(_FEW, len(evidence)))
    out: list[tuple[int, int]] = []
    total = most = 0.0
    first = last = 0
    for k, weight, end in evidence:
        if total <= 0:
            total, most, first, last = 0.0, 0.0, k, end
        total += weight
        if total > most:
            most, last = total, max(last, end)
        elif total <= max(0.0, most - enough):
            if most >= enough:
                out.append((first, last))
            total = most = 0.0
    if most >= enough:
        out.append((first, last))
    return out


def _line_ends(lines: Sequence[Line], facts: Measure) -> Iterator[_Evidence]:
    """What the ends of full lines say that are no ends of sentences."""
    open_ends = [k for k, a in enumerate(lines[:-2]) if not a.ends and not a.tabular and a.width > facts.full - 3]
    if not open_ends:
        return
    known = pairs.of_text("".join(x.text for x in lines[:200])[:2000])
    sample = "\n".join(x.text for x in lines[:_SAMPLE])
    here = frozenset(map(add, sample, sample[1:]))
    for k in open_ends:
        last, following = lines[k].text[-1], lines[k + 1]
        pair = last + following.text[0]
        if (pair in known or pair in here) and not following.label and _is_han(last) and _is_han(pair[1]):
            yield k, _GOES_ON, k + 1
            continue
        heads = [x.text[0] for x in lines[k + 1 : k + 1 + max(_LATER)]]
        if _is_han(last) and not following.label:
            hits = [_is_han(c) and ((pair := last + c) in known or pair in here) for c in heads]
        elif (last.isascii() and last.isalpha()) or last in "-\u2010":
            hits = [c.isascii() and c.islower() for c in heads]
            if not (hits[0] or (_is_han(heads[0]) and any(hits))):
                continue
        else:
            continue
        later = next((n for n in _LATER if n <= len(hits) and hits[n - 1]), 0)
        yield (k, _GOES_ON, k + 1) if hits[0] else (k, _GOES_ON_LATER, k + later) if later else (k, _STOPS, k + 1)


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


def _numbers(lines: Sequence[Line]) -> Iterator[_Evidence]:
    """Labels that come after the ones that should follow them, and for the first time."""
    seen: dict[str, dict[int, int]] = {}  # by style and number: the line
    for k, line in enumerate(lines):
        if line.label and line.label.value and line.label.style in _NUMBERED:
            of_style, value = seen.setdefault(line.label.style, {}), line.label.value
            if value not in of_style and k - of_style.get(value + 1, k - _NEAR) < _NEAR:
                yield k, _NUMBERED_LATER, k
            of_style.setdefault(value, k)
