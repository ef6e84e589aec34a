"""Which spaces stand in a line: those that the page shows, whether or not the file holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

GAP = 0.75  # ems of white space that part what stands on one line
CELL_GAP = 0.35  # the same between words that are themselves set solid
TYPED_SEAM_GAP = 0.125  # where the typesetter is known to set no quarter em of its own
LATIN_GAP, SEAM_GAP, WIDE_GAP = 0.17, 0.42, 0.7  # ems of white space that stand for a space: a quarter em is the custom at a
# seam of Chinese and Latin and between words, and a compressed or spread line moves either


def is_wide(char: str) -> bool:
    """Whether a character is set on the em square: an ideograph, kana, or punctuation that goes with them."""
    return _WIDE.match(char) is not None


def spread(before: Sequence[str], after: Sequence[str], gaps: Sequence[float]) -> float:
    """The white space that justification put between ideographs; ``gaps[k]`` stands between ``before[k]`` and ``after[k]``."""
    found = [gap for a, b, gap in zip(before, after, gaps, strict=False) if is_wide(a) and is_wide(b)]
    return max(0.0, median(found)) if len(found) > 2 else 0.0


def shows_space(before: str, after: str, gap: float, em: float, spread: float, seam: float = SEAM_GAP) -> bool:
    """Whether white space of ``gap`` between two characters is a space to the reader; ``seam`` ems are one between Chinese and
    Latin."""
    if gap <= LATIN_GAP * em:
        return False
    wide = is_wide(before), is_wide(after)
    if before in ",.;:!?" and wide[1]:  # no typesetter puts a quarter em there by itself
        return gap > 0.2 * em + spread
    if all(wide):
        return gap > WIDE_GAP * em + 1.5 * spread
    if any(wide):
        return gap > seam * em + 1.5 * spread
    return gap > LATIN_GAP * em + spread


_ITEM = re.compile(
    r"[•●○■□◆◇▪‧※➢✓–\ue000-\uf8ff-]"  # a symbol font's bullets have private codes
    r"|\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[A-Za-z]|[ivxIVX]{2,5})[.)]|\[[0-9]{1,3}\]"
)
_WIDE_ITEM = re.compile(
    "[（(〔]?[一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾甲乙丙丁戊己庚辛0-9０-９]{1,3}[）)〕、．]|[①-⑳⑴-⒇]"
)


def label_space(head: str) -> bool | None:
    """For the label of a list item or heading, which stands apart from its text, whether that gap is a space; None for what is
    no label."""
    return True if _ITEM.fullmatch(head) else False if _WIDE_ITEM.fullmatch(head) else None


_HEAD = re.compile(
    "[(（〔【\\[]?(?:[0-9０-９]{1,3}|[A-Za-z]{1,2}[-0-9]{0,3}|[一二三四五六七八九十百零〇壹貳參肆伍陸柒捌玖拾甲乙丙丁戊己庚辛壬癸]{1,3})"
    "(?:[、．:：)）〕】\\]]|\\.(?![0-9]))\\s*|第[0-9一二三四五六七八九十百零〇]{1,4}[章節條款項点點]\\s*"
    "|[①-⑳⑴-⒇•●○■□◆◇▪‧※➢✓–\\ue000-\\uf8ff-]\\s*|[^\\s。，、；：]{1,3}："
    "|(?![0-9]+ )(?=\\S{0,5}[0-9(（〔【\\[])[^\\s。，、；：]{1,6}\\s+"
)


def head_end(text: str) -> int:
    """Where the text begins that a label at the head of a line sets off; 0 where there is no label."""
    m = _HEAD.match(text)
    return m.end() if m else 0


def spaced(chars: Sequence[str], xs: Sequence[float], ends: Sequence[float], em: float, seam: float = SEAM_GAP) -> str:
    """Characters from ``xs`` to ``ends``, with a space where the page shows one that the file does not hold, and without
    those that the file holds and the page does not show."""
    gaps = [x - end for end, x in zip(ends, xs[1:], strict=False)]
    has_spaces = " " in chars
    if not gaps or (not has_spaces and max(gaps) <= LATIN_GAP * em):
        return "".join(chars)
    even = spread(chars, chars[1:], gaps)
    out = [chars[0]]
    head = next((k for k, gap in enumerate(gaps[:8]) if gap > LATIN_GAP * em), 8)
    label = label_space("".join(chars[: head + 1])) if head < 8 else None
    for k, gap in enumerate(gaps):
        a, b = chars[k], chars[k + 1]
        shown = label if k == head and label is not None else gap > LATIN_GAP * em and shows_space(a, b, gap, em, even, seam)
        if shown and a != " " and b != " ":
            out.append(" ")
        if b == " " and k + 2 < len(xs) and xs[k + 2] - ends[k] < 0.08 * em and is_wide(a) and is_wide(chars[k + 2]):
            continue  # a space of no width
        out.append(b)
    return "".join(out)
