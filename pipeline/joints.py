"""What stands between two lines when they are joined: nothing, a space, and what becomes of a hyphen."""

from __future__ import annotations

import re

from pipeline.spacing import HAN, Habit, Spacing

_IS_HAN = re.compile(f"[{HAN}]").match
_IS_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]").match
_IS_LATIN = re.compile(r"[!-~\u00a1-\u024f\u1e00-\u1eff’”“‘]").match


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u2e80-\uffff]*$")
_MORE = re.compile(r"[^\s\u2e80-\uffff]*[./?=&#%_~:-][^\s\u2e80-\uffff]*")


def _in_address(a: str, b: str) -> bool:
    """Whether a URL at the end of ``a`` goes on in ``b``."""
    if not _ADDRESS.search(a, max(0, len(a) - 200)):
        return False
    return a[-1] in "/?&=-_.%#" or _MORE.match(b) is not None


def joint(a: str, b: str, habit: Habit, spacing: Spacing) -> tuple[int, str]:
    """How many characters go from the end of ``a``, and what stands between ``a`` and ``b``.

    U+2010 at a line end is a typesetter's hyphen and goes; the hyphen of the keyboard belongs to the word and stays.
    """
    last, first = a[-1], b[0]
    if last == "\u2010":
        return (1, "") if _IS_LETTER(first) else (0, "")
    if last == "-" and first.isalnum() and len(a) > 1 and a[-2].isalnum():
        return 0, ""
    if last in "—–" and first.isascii():
        return 0, " " if a[-2:-1] == " " else ""
    if _IS_LATIN(last) and _IS_LATIN(first):
        if _in_address(a, b):
            return 0, ""
        tight = last in "([/" or first in ")],.;:!?/" or (last.isdigit() and first.isdigit())
        return 0, "" if tight else " "
    han, other = (last, first) if _IS_HAN(last) else (first, last)
    if _IS_HAN(han) and (_IS_LETTER(other) or other in "0123456789%"):
        spaced = habit.latin if _IS_LETTER(other) else habit.digit
        return 0, " " if spacing == "space" or (spacing != "none" and spaced) else ""
    return 0, ""
