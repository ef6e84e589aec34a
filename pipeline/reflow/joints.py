"""What stands between two lines when they are joined: nothing, a space, and what becomes of a hyphen."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pipeline import data
from pipeline.reflow.headings import CAPTION_ALONE, label
from pipeline.reflow.spacing import HAN, Habit, Spacing
from pipeline.reflow.vocabulary import is_word

_IS_HAN = re.compile(f"[{HAN}]").match
_IS_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]").match
_IS_LATIN = re.compile(r"[!-~\u00a1-\u024f\u1e00-\u1eff’”“‘]").match


_ADDRESS = re.compile(r"(?:https?://|www\.|[!-~]@|[a-z0-9]/)[!-~]*$")
_MORE = re.compile(r"[!-~]*[./?=&#%_~:@][!-~]+")
_LAST_WORD = re.compile(r"([A-Za-z\u00c0-\u024f]+)[-\u2010]$")
_FIRST_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


@cache
def _compounding() -> tuple[frozenset[str], frozenset[str]]:
    """Words that English sets a hyphen after, and before."""
    rows = data.table("hyphens.tsv")
    return frozenset(w for w, side in rows if side == "before"), frozenset(w for w, side in rows if side == "after")


class Usage:
    """What a text shows of how it writes things, looked up once."""

    def __init__(self, text: str):
        self._text = text

    @cached_property
    def words(self) -> str:
        """The Latin words, those with hyphens whole."""
        return " ".join(set(_WORDS.findall(self._text)))

    @cached_property
    def notes(self) -> frozenset[str]:
        """The numbers of what may be footnotes."""
        return frozenset(_NOTES.findall(self._text))

    @cached_property
    def has_hyphens(self) -> bool:
        """Whether U+2010 stands inside lines."""
        return _INNER_HYPHEN.search(self._text) is not None


_WORDS = re.compile(r"[A-Za-z\u00c0-\u024f-]+")
_NOTES = re.compile(rf"^([0-9]{{1,2}}) ?(?=[{HAN}A-Z「《（])", re.M)
_INNER_HYPHEN = re.compile(r"\u2010(?=\S)")


def _keeps_hyphen(a: str, b: str, usage: Usage) -> bool:
    """Whether the hyphen at the end of ``a`` belongs to the word; the text is asked how it writes the word elsewhere."""
    left, right = _LAST_WORD.search(a, max(0, len(a) - 40)), _FIRST_WORD.match(b)
    if not left or not right or right[0][0].isupper() or left[1].isupper():
        return True
    if "@" in (first := b.split(maxsplit=1)[0]) or "/" in first or _ADDRESS.search(a, max(0, len(a) - 200)):
        return True
    if f"{left[1]}-{right[0]}" in usage.words:
        return True
    if left[1] + right[0] in usage.words:
        return False
    if a[: left.start()].endswith("-"):
        return True
    if is_word(left[1] + right[0]):  # re-port, work-ers, high-way
        return False
    before, after = _compounding()
    return left[1].lower() in before or right[0].lower() in after or (
        len(left[1]) > 3 and len(right[0]) > 3 and is_word(left[1]) and is_word(right[0]))  # spot-checked


def _in_address(a: str, b: str) -> bool:
    """Whether a URL or e-mail address at the end of ``a`` goes on in ``b``."""
    if not _ADDRESS.search(a, max(0, len(a) - 200)):
        return False
    return a[-1] in "/?&=-_.%#@" or _MORE.match(b) is not None


_NOTE_NUMBER = re.compile(r"([0-9]{1,2})(?=[，。；、：」）])")


def _calls_note(b: str, usage: Usage) -> bool:
    """Whether the number that ``b`` begins with calls a footnote: one with that number stands in the text."""
    m = _NOTE_NUMBER.match(b)
    return m is not None and m[1] in usage.notes


def joint(a: str, b: str, habit: Habit, spacing: Spacing, usage: Usage | None = None) -> tuple[int, str]:
    """How many characters go from the end of ``a``, and what stands between ``a`` and ``b``.

    U+2010 at a line end is a typesetter's hyphen and goes; before a capital or a digit it belongs to the word, and is that of
    the keyboard where the text has no other U+2010. The hyphen of the keyboard may belong to the word: then it stays.
    """
    last, first, usage = a[-1], b[0], usage or Usage("")
    if "\u4e00" <= last <= "\u9fff" and "\u4e00" <= first <= "\u9fff":
        return 0, ""  # as for most lines
    if last == "\u2010":
        if _IS_LETTER(first) and not first.isupper():
            return 1, ""
        return (0, "") if usage.has_hyphens else (1, "-")
    if last == "-" and first.isalnum() and len(a) > 1 and a[-2].isalnum():
        return (0, "") if _keeps_hyphen(a, b, usage) else (1, "")
    if last in "—–" and first.isascii():
        return 0, " " if a[-2:-1] == " " else ""
    if _IS_LATIN(last) and _IS_LATIN(first):
        if _in_address(a, b):
            return 0, ""
        tight = last in "([/" or first in ")],.;:!?/%°" or (last.isdigit() and first.isdigit())
        return 0, "" if tight else " "
    if (last == "." and a[:-1].isalnum() and len(a) < 4) or CAPTION_ALONE.match(a) or (len(a) == 1 and label(a)):
        return 0, " "  # a label by itself
    han, other = (last, first) if _IS_HAN(last) else (first, last)
    if _IS_HAN(han) and (_IS_LETTER(other) or other in "0123456789%"):
        if _calls_note(b, usage):
            return 0, ""
        spaced = habit.latin if _IS_LETTER(other) else habit.digit
        return 0, " " if spacing == "space" or (spacing != "none" and spaced) else ""
    if habit.bracket and spacing != "none" and ((first == "(" and _IS_HAN(last)) or (last == ")" and _IS_HAN(first))):
        return 0, " "
    return 0, ""
