"""Where sentences end: after 。！？ and what closes behind them, after a Latin full stop that is none of its other uses."""

from __future__ import annotations

import re

CLOSERS = "」』”’\"）)】》〉］]"
_END = re.compile(rf"[。！？!?]+(?:[{CLOSERS}]+[。！？!?]*)*|\.[{CLOSERS}]*(?=\s|$)")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:No|Nos|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|al|Fig|Figs|Vol|vol|pp|p|ed|eds|Co|Ltd|Inc|Corp|"
                           r"cf|ca|approx|Dept|Univ|Art|Sec|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|Ph\.D))$")


def ends(text: str) -> list[int]:
    """The offsets behind which a new sentence begins, in one paragraph."""
    out = []
    for m in _END.finditer(text):
        if m.group()[0] == ".":
            before = text[max(0, m.start() - 12):m.start()]
            if not re.search(r"[A-Za-z0-9\"”’)\]]$", before) or _ABBREVIATION.search(before) or re.fullmatch(r"\s*\d+", before):
                continue
            if not re.match(r"\s*(?:[A-Z\"“‘(\u4e00-\u9fff「]|$)", text[m.end():m.end() + 4]):
                continue
        elif not _closed(text, m):
            continue
        out.append(m.end())
    return out


def _closed(text: str, m: re.Match[str]) -> bool:
    after = text[m.end():m.end() + 1]
    if after and after in "，、；：）)」』》〉":
        return False
    if text[m.start()] in "!?" and after and not after.isspace():
        return m.start() > 0 and text[m.start() - 1] > "\u2e80"
    inside = m.group()[-1] in CLOSERS
    return not (inside and after and not after.isspace() and m.group()[0] in "！？!?")
