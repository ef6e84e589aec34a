"""Where sentences end.

A sentence ends behind 。！？ or a Latin full stop, and behind the quotes and brackets that close there. What looks like an end
and is none: a mark inside a title 《…》 or a quoted name 「…」, one that a clause follows on (「…？」他問), the full stop of an
abbreviation, an initial, a number, a label. Each rule is a question to one mark; the first that has an answer decides
(``RULES``). The quotation rules follow the Chinese standards of punctuation (GB/T 15834, and the Ministry of Education's
手冊 in Taiwan): a quotation that is a whole sentence is set off by a colon and keeps its end mark inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

OPENERS, CLOSERS = "「『“（(《〈【［[", "」』”）)》〉】］]"
SLOGAN = 30  # characters: a longer quotation is speech, not a name
TITLE = 100  # characters: what is not closed within so many is a stray bracket
DEPTH = 8  # brackets and quotes that are followed one within the other
_OPEN = 50  # that may be open where one is closed: of more, the text closes none

_BLANK = re.compile(r"\s*\Z")
_MARK = re.compile(rf"(?:[。！？!?.]+|…+)(?:[{re.escape(CLOSERS)}\"’]+[。！？!?]*)*")
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Z]|No|Nos|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|Fig|Figs|Eq|Tab|Ch|Vol|vol|pp|p|ed|eds|al|cf|ca|approx|Dept|Univ|"
    r"Art|Sec|Rev|Gov|Sen|Gen|Hon|e\.g|i\.e|viz|[A-Z](?:\.[A-Z])+)$")
_MAY_END = re.compile(r"(?:^|[^A-Za-z])(?:etc|Co|Ltd|Inc|Corp|Jr|Sr|Ph\.D|[ap]\.m|[A-Z](?:\.[A-Z])+)$")
_LABEL = re.compile(r"\s*[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[IVXivx]{1,5})$")
_BEFORE_SPEECH = "：，。；！？、說説说道問问稱称曰答"
_SPEECH = re.compile(r"[^，。；：！？、「」的是]{0,8}(?:說|説|说|問|问|表示|指出|強調|强调|回答|答道|問道|喊道|寫道|如是)")


# What sentences begin with and clauses do not: a connective, or a body of which the text was speaking.
_ANEW = re.compile("然而|因此|此外|另外|[對对為为]此|[會会][後后]|[隨随][後后]|[該该][會会局署部院校府館馆司處处]")
# What a quotation is the whole object of, and what goes on with the clause behind one.
_SAYS = re.compile("(?:[說説说问問喊嘆叹答籲吁]|一句|[質质]疑|反映|表示|[強强][調调]|[認认][為为]|的是)[道著着了]?，?$")
_CLAUSE = frozenset("的之等來来時时後后前而作為为與与和及或這这那此一兩两二三就便才並并也卻却又再仍還还則则以，。、；：")


class _Place(NamedTuple):
    """A mark in its paragraph: ``text[start:end]``, closers and all, and the depth of open quotes and titles before it."""

    text: str
    start: int
    end: int
    opened: tuple[int, ...]

    @property
    def marks(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        return self.text[self.end : self.end + 1]


def _at_the_end(p: _Place) -> bool | None:
    """What is behind the last mark of a paragraph is nothing."""
    return True if _BLANK.match(p.text, p.end) else None


def _begins_anew(p: _Place) -> bool | None:
    """A quotation that ends its sentence: what sentences begin with follows (先問一句「需要幫忙嗎？」該會並…), or it is all
    that somebody said, and no clause goes on (有人問「誰付錢？」現場…)."""
    if len(p.opened) != 1 or p.marks[0] not in "！？!?" or p.marks[-1] not in "」』”":
        return None
    if _ANEW.match(p.text, p.end):
        return True
    said = _SAYS.search(p.text, max(0, p.opened[0] - 8), p.opened[0])
    return True if said and p.after.strip() and p.after not in _CLAUSE else None


def _within_a_name(p: _Place) -> bool | None:
    """Inside a title, or inside a short quotation that is part of a clause: 《您好！臺灣》, 「減碳！有你真好」活動."""
    for start in p.opened:
        close = p.text.find(CLOSERS[OPENERS.index(p.text[start])], p.start, p.start + TITLE)
        inside = close >= p.end or close == p.end - 1  # the mark does not go on behind what closes
        if close < 0 or not inside:
            continue
        if p.text[start] in "《〈":
            return False
        if p.text[start] in "「『“" and close - start <= SLOGAN:
            before, behind = p.text[max(0, start - 1) : start], p.text[close + 1 : close + 2]
            joined = before > "\u2e80" and before not in _BEFORE_SPEECH
            asked = not before and p.text[close - 1] in "！？!?" and behind > "\u2e80" and behind not in "，。"
            if joined or asked:
                return False
    return None


def _goes_on(p: _Place) -> bool | None:
    """A mark of the same sentence follows: 」， or 》、 or ），or a dash."""
    return False if p.after in tuple("，、；：,;:」』”）)》〉】…—～~") and p.after else None


def _asked_within(p: _Place) -> bool | None:
    """A quotation that closes with ！ or ？ and is part of a clause: 「誰來接班？」論壇. Behind a colon it is a sentence."""
    if not p.opened or p.marks[-1] not in "」』”\"’" or not p.after.strip():
        return None
    outer = p.opened[0]
    if p.text[max(0, outer - 1) : outer] in ("：", ":"):
        return True
    return False if p.marks[0] in "！？!?" or _SPEECH.match(p.text, p.end) else None


def _in_brackets(p: _Place) -> bool | None:
    """A bracket that closes inside a sentence: 計畫（詳如附件。）於…. One that begins behind an end is a sentence itself."""
    if p.marks[-1] not in "）)］]】" or not p.opened or not p.after.strip():
        return None
    before = p.text[max(0, p.opened[0] - 8) : p.opened[0]].rstrip()
    return not before or before[-1] in "。！？!?」』"


def _ellipsis(p: _Place) -> bool | None:
    """Six dots break off; a sentence ends there only where a quotation does, or where somebody begins anew."""
    return False if p.marks[0] == "…" else None


def _half_width(p: _Place) -> bool | None:
    """! and ? glued to Latin letters or figures on both sides, or behind a Latin word and before Chinese: Yahoo!奇摩, a?b=1."""
    if p.marks[0] not in "!?" or not p.after or p.after.isspace():
        return None
    return p.start > 0 and p.text[p.start - 1] > "\u2e80"


def _full_stop(p: _Place) -> bool | None:
    """The full stop of Latin text, which has many uses."""
    if p.marks[0] != "." or any(c in p.marks for c in "。！？"):
        return None
    before = p.text[max(0, p.start - 80) : p.start]
    bare = p.marks.rstrip("\"’" + CLOSERS)
    if len(bare) > 1:  # an ellipsis, leaders
        return False
    if not before or not before[-1].isascii() or not (before[-1].isalnum() or before[-1] in "\"')]%"):
        return bool(before) and before[-1] > "\u2e80" and p.after.isspace()
    line = before[max(0, len(before) - 16) :]
    if p.start < 12 and _LABEL.fullmatch(before):
        return False
    following = p.text[p.end : p.end + 8].lstrip()[:1]
    starts = following.isupper() or following > "\u2e80" or following in "\"“‘(「（"
    if not p.after.isspace() and not following > "\u2e80":
        return False
    if _MAY_END.search(line):
        return p.after.isspace() and following > "\u2e80"
    if _ABBREVIATION.search(line):
        return False
    if before[-1].isdigit() and following > "\u2e80":
        return bool(re.search(r"[A-Za-z]{3,} [^。！？]*$", before[-60:])) and p.after.isspace()
    return starts


RULES: tuple[Callable[[_Place], bool | None], ...] = (
    _at_the_end, _begins_anew, _within_a_name, _goes_on, _in_brackets, _asked_within, _ellipsis, _half_width, _full_stop)


def ends(text: str) -> list[int]:
    """The offsets behind which a new sentence begins, in one paragraph."""
    out = []
    opened: list[int] = []
    at = 0
    for m in _MARK.finditer(text):
        _nest(text, at, m.start(), opened)
        place = _Place(text, *m.span(), tuple(opened[-DEPTH:]))
        if next((answer for rule in RULES if (answer := rule(place)) is not None), True):
            out.append(m.end())
        at = m.start()
    return out


def _nest(text: str, start: int, end: int, opened: list[int]) -> None:
    """Keep ``opened``, the places of the brackets and quotes that are open, from ``start`` to ``end``."""
    for k in range(start, end):
        if text[k] in OPENERS:
            opened.append(k)
        elif text[k] in CLOSERS:
            opener = OPENERS[CLOSERS.index(text[k])]
            for back in range(1, 1 + min(len(opened), _OPEN)):
                if text[opened[-back]] == opener:
                    del opened[-back:]
                    break
