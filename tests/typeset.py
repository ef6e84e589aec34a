"""Known paragraphs set in lines as a page has them, and damaged as text extractors damage them: material with a known truth.

The same arguments give the same text: every choice comes from the ``random.Random`` that is handed in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random

NOT_FIRST, NOT_LAST = "，。、；：？！）」》”％%", "（「《“"  # Chinese line breaking: what may not begin or end a line
LABEL = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\(\d+\) |\d+[.．] ?")


@dataclass(frozen=True)
class Layout:
    """How a page is set and what is done to it. Widths in Chinese characters.

    ``indent`` of a paragraph's first line and ``hang`` of a list item's other lines; ``blank``: how likely a blank line is
    after a paragraph, ``torn``: after a line that ends none; ``stray``: how likely a space is at the seam of Chinese with
    Latin or digits; ``page``: lines a page, with a running head and a page number between pages, 0 for none.
    """

    width: int = 20
    indent: int = 0
    hang: int = 0
    blank: float = 0.0
    torn: float = 0.0
    stray: float = 0.0
    page: int = 0
    head: str = "綜合業務季報　第 18 期"


def cells(text: str) -> int:
    """The width of the text on the page, in half characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" or c in "“”" else 1 for c in text)


def lines_of(text: str, first: int, other: int) -> list[str]:
    """The text in lines of ``first``, then ``other`` half characters; Latin words stay whole, and Chinese is cut anywhere that
    punctuation lets it."""
    lines: list[str] = []
    line: list[str] = []
    room = first
    for unit in re.findall(r"[!-~\u00c0-\u024f]+|.", text):
        if line and unit != " " and cells("".join([*line, unit])) > room:
            carry = [unit]
            while len(line) > 1 and (line[-1] in NOT_LAST or carry[0] in NOT_FIRST):
                carry.insert(0, line.pop())
            lines.append("".join(line).rstrip())
            line, room = carry, other
        else:
            line.append(unit)
    return [*lines, "".join(line)]


def _stray(line: str, share: float, random: Random) -> str:
    seam = r"(?<=（)(?=[A-Za-z])|(?<=[\u4e00-\u9fff])(?=[A-Z0-9])|(?<=\d)(?=[\u4e00-\u9fff])"
    return re.sub(seam, lambda m: " " if random.random() < share else "", line) if share else line


def typeset(paragraphs: list[str], layout: Layout, random: Random) -> str:
    """The page text of the paragraphs, the first of which is the title."""
    width = 2 * layout.width
    out: list[str] = []
    pages, room = 1, layout.page
    for number, text in enumerate(paragraphs):
        item = bool(LABEL.match(text)) and text[-1] in "。；"
        body = not item and text[-1] in "。："
        indent = 2 * layout.indent if body else 0
        hang = 2 * layout.hang if item else 0
        lines = lines_of(text, width - indent, width - hang)
        for k, line in enumerate(lines):
            last = k + 1 == len(lines)
            out.append("　" * ((hang if k else indent) // 2) + _stray(line, layout.stray, random))
            if random.random() < (layout.blank if last else layout.torn):
                out.append("")
            room -= 1
            if layout.page and not room and not (last and number + 1 == len(paragraphs)):
                out += [f"{pages}", layout.head]
                pages, room = pages + 1, layout.page
    return "\n".join([*out, f"{pages}"] if layout.page else out) + "\n"
