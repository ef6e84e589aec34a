"""What the head and the end of a printed line look like, as far as its place on the page is to be understood."""

from __future__ import annotations

import re

OPENING = frozenset("（「『《〈【〔“‘")
# what cannot be broken: a word or an ideograph, with the punctuation that clings to it
UNIT = re.compile(
    r"[（「『《〈【〔“‘\"'(\[]*(?:[A-Za-z\u00c0-\u024f0-9][^\s\u2e80-\uffff]*|.)[，。、；：！？）》〉」』】〕,.;:!?)”’％%…—]*"
)
# the label of a heading or a list item
LABEL = re.compile(
    r"[(（〔\[]?(?:[0-9０-９]{1,3}|[A-Za-z]{1,2}[0-9]{0,3}|[一二三四五六七八九十百零〇壹貳參肆伍陸柒捌玖拾甲乙丙丁戊己庚辛壬癸]{1,3})"
    r"(?:[、．)）〕\]：:]|\.(?![0-9]))|[0-9]{1,2}(?:\.[0-9]{1,2}){2,4}(?![0-9%.])|第[0-9一二三四五六七八九十百零〇]{1,4}[章節條款項点點]|[①-⑳⑴-⒇•●○■□◆◇▪‧※➢✓–\ue000-\uf8ff-]"
)
# an entry of a table of contents
LEADER = re.compile(r"(?:[.．‧·・…⋯_-] ?){3,}[ \u3000]*[(（]?[0-9０-９ivxIVX]{1,5}[)）]?[ \u3000]*$")
LEADS_TO = frozenset("0123456789０１２３４５６７８９ivxIVX)） \u3000")  # what an entry of a table of contents may end with
_NARROW = frozenset("ijlI.,:;'!|()[]/ 1ft-")


def ems(c: str) -> float:
    """About how wide a character is, in ems."""
    if c > "\u2e7f" or c in "“”‘’…—":
        return 1.0
    return 0.3 if c in _NARROW else 0.75 if c.isupper() else 0.5
