"""Page numbers: 3, -3-, 第 3 頁，共 9 頁, 3/9, Page 3 of 9, iii."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DASH = "[-–—―‒•·~‧|｜ \u3000]*"
_NUMBER = re.compile(rf"{_DASH}([0-9０-９]{{1,6}}){_DASH}$")
_HAN = "[0-9０-９一二三四五六七八九十百]{1,5}"
_DRESSED = re.compile(
    r"(?:[-–—―‒~‧·]+ ?[0-9０-９]{1,4} ?[-–—―‒~‧·]+"
    rf"|(?:第|頁次?[:：]?|页[:：]?)[ \u3000]*{_HAN}[ \u3000]*[頁页]?"
    rf"(?:[ \u3000]*[，,、/／（(]?[ \u3000]*[共全][ \u3000]*{_HAN}[ \u3000]*[頁页][)）]?)?"
    rf"|[共全][ \u3000]*{_HAN}[ \u3000]*[頁页][ \u3000]*[，,、/／]?[ \u3000]*第[ \u3000]*{_HAN}[ \u3000]*[頁页]"
    r"|[Pp](?:age|\.)[ ]*[0-9]{1,4}(?: *(?:of|/) *[0-9]{1,4})?"
    r"|[0-9]{1,4} ?[/／] ?[0-9]{1,4})$"
)
_ROMAN = re.compile(r"[-–— ]*(?:[ivxl]{1,7}|[IVXL]{1,7})[-–— ]*$")
_ROMAN_FIRST = frozenset("-–— ivxlIVXL")
_TRAILING = re.compile(r"(.*\S)[ \u3000]+([0-9]{1,4})$")
_TRAILING_DRESSED = re.compile(r"(.*\S)[ \u3000]+(?=(?:第|[-–—] ?[0-9]|[Pp]age))")


_FIRST = frozenset("0123456789０１２３４５６７８９-–—―‒•·~‧|｜第共全頁页Pp")


def page_number(line: str) -> int | None:
    """The page number that is all there is on ``line``; -1 where its form alone says that it is one (第 3 頁，共 9 頁)."""
    if len(line) > 24 or line[:1] not in _FIRST:
        return None
    if _DRESSED.match(line):
        return -1
    return int(m[1]) if (m := _NUMBER.match(line)) else None


_OF = rf"[ \u3000]*{_HAN}[ \u3000]*[頁页]"
_SURE = re.compile(rf"[-–—―] ?[0-9]{{1,4}} ?[-–—―]$|第{_OF}[ \u3000]*[，,、/／][ \u3000]*共{_OF}$")


def page_numbers_anywhere(lines: Sequence[str]) -> list[int]:
    """The lines that can be nothing but a page number, wherever on the page an extractor set it."""
    return [i for i, line in enumerate(lines) if line[0] in "-–—―第" and 2 < len(line) < 24 and _SURE.match(line)]


def is_roman(line: str) -> bool:
    """Whether ``line`` is nothing but a small Roman number."""
    return len(line) < 12 and line[:1] in _ROMAN_FIRST and _ROMAN.match(line) is not None


def trailing(line: str) -> tuple[int, int] | None:
    """Where a page number at the end of ``line`` begins, and its value (-1 as in :func:`page_number`)."""
    if (m := _TRAILING_DRESSED.match(line)) and _DRESSED.match(line, m.end()):
        return m.end(1), -1
    return (m.end(1), int(m[2])) if (m := _TRAILING.match(line)) else None
