"""A person's title and affiliation, from the Chinese that stands before or after the name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.scripts.detect import fold
from pipeline.terms.glosses import HAN
from pipeline.terms.latin import LATIN
from pipeline.terms.lexicon import heads, is_word, left_words, part_of_speech, territories, titles
from pipeline.words.tokenizer import FOREIGN

LONGEST_ROLE = 16
_STOP = re.compile("[。！？!?；;：:，,\\n「」『』（）()《》〈〉【】“”]")
_CUT = frozenset(fold("由在向對從於將把被讓使是有為了過而但則且或若如以及其該此這那各每並也亦又再更另含任經據當至到稱"))
_HEADS = ("部門", "機構", "公司", "集團", "大學", "學院")
_PREFIX = re.compile(
    "^(?:.{0,6}[籍裔]|著名|知名|資深的|出身的|的|首位|一位|兩位|一名|兩名|該組織|當地|旗下|所屬|來自|主講人|包括|邀請|由|和|與|及|、|以及)".translate(
        str.maketrans("資該組織當屬來講請與", "资该组织当属来讲请与")
    )
)


_FOREIGN = frozenset(fold("".join(sorted(FOREIGN))))
_STRONG_HEADS = tuple(
    map(
        fold,
        [
            "署",
            "局",
            "部",
            "院",
            "會",
            "公司",
            "集團",
            "大學",
            "中心",
            "協會",
            "學會",
            "委員會",
            "基金會",
            "銀行",
            "醫院",
            "組織",
            "聯盟",
            "研究所",
        ],
    )
)


_OWN = re.compile("[本该][会署局部院校馆所司处社]")
_UNIT = re.compile(f"([{HAN}]{{1,10}}(?:[处组科室部司]|中心|部门))(?=(?:副|代理)?(?:[处组科室部司]长|主任|经理|主管)$)")


class Role(NamedTuple):
    """``role`` and ``affiliation`` as printed, and where the whole begins in the text that was given."""

    role: str
    affiliation: str
    start: int


@cache
def _organisation_heads() -> frozenset[str]:
    return frozenset(h for h, kind in heads().items() if kind == "organisation") | frozenset(map(fold, _HEADS))


def before_name(text: str, end: int, joined: str = "") -> Role | None:
    """The title that ends at ``text[:end]`` and the affiliation before it, or ``joined``, which a bracket parts from it."""
    floor = max(0, end - 60)
    chunk = text[floor:end]
    if not title_at_end(fold(chunk.rstrip()[-8:])):  # no title holds a stop, so the rest need not be looked at
        return None
    stops = [m.end() for m in _STOP.finditer(chunk)]
    start = floor + (stops[-1] if stops else 0)
    raw = text[start:end]
    stripped = raw.rstrip()
    if not stripped:
        return None
    plain = fold(stripped)
    title = title_at_end(plain)
    if not title:
        return None
    begin = len(plain) - len(title)
    while plain[begin - 1 : begin] in ("暨", "兼") and title_at_end(plain[: begin - 1]):  # 創辦人暨執行長
        begin -= 1 + len(title_at_end(plain[: begin - 1]))
    own = _OWN.match(plain)
    if own and own.end() <= begin:  # 本會副總幹事
        return Role(stripped[own.end() :], stripped[: own.end()], start + own.end())
    behind = joined and start > 0 and text[start - 1] in "）)" and len(plain.strip()) <= LONGEST_ROLE
    lead = len(plain) - len(plain.lstrip())
    unit = _UNIT.match(plain, lead)
    said = not unit and left_words().get(plain[lead : lead + 2]) in ("verb", "adverb", "preposition")
    if behind and not said and not any(c in _CUT or c in "的和与及、" for c in plain):  # 國際勞工組織（…）技能發展專家
        if unit:  # 典藏組組長 is a 組長
            lead = unit.end(1)
        return Role(stripped[lead:], joined, start + lead)
    split = _organisation_end(plain, begin)
    if split is not None:
        role_from, affiliation = split, _affiliation(stripped[:split], plain[:split])
    else:
        role_from, affiliation = _role_start(plain, begin), ""
        latin = re.search(rf"([A-Z][{LATIN}0-9&.\-]*(?: [A-Z0-9][{LATIN}0-9&.\-/]*)*)\s?的?\s?$", stripped[:role_from])
        if latin:
            affiliation = latin.group(1)
        elif joined and not plain[:role_from].strip():
            affiliation = joined
        elif role_from <= 10 and role_from >= 3 and _unknown_name(plain[:role_from]):
            affiliation = stripped[:role_from]
    role = stripped[role_from:].lstrip(" 的之")
    role = _without_prefix(role)
    unit = _UNIT.match(fold(role))
    if unit:  # 典藏組組長 is the 組長 of the 典藏組
        affiliation = affiliation + role[: unit.end(1)] if split is not None else role[: unit.end(1)]
        role = role[unit.end(1) :]
    body = next((role[:n] for n in (4, 3, 2) if fold(role[:n]) in _organisation_heads()), "")
    if body and title_at_start(fold(role[len(body) :]).lstrip("副")):  # 中心副主任
        affiliation, role = affiliation or body, role[len(body) :]
    if not role or len(role) > LONGEST_ROLE + 8:
        return None
    return Role(role, affiliation, start + role_from)


def title_at_end(plain: str) -> str:
    """The longest title that ends a folded text."""
    known = titles()
    return next((plain[-n:] for n in range(min(8, len(plain)), 1, -1) if plain[-n:] in known), "")


def title_at_start(plain: str) -> str:
    """The longest title that begins a folded text."""
    known = titles()
    return next((plain[:n] for n in range(min(8, len(plain)), 1, -1) if plain[:n] in known), "")


def _organisation_end(plain: str, begin: int) -> int | None:
    """Where an organisation ends before the title at ``begin``: the rightmost head with only modifiers behind it."""
    known = _organisation_heads()
    for at in range(begin, max(1, begin - LONGEST_ROLE), -1):
        between = plain[at:begin]
        if any(c in _CUT for c in between) and not re.fullmatch("[^、]*", between):
            continue
        if "的" in between[1:] or any(c in "由在向是有任" for c in between):
            break
        for length in (4, 3, 2, 1):
            head = plain[max(0, at - length) : at]
            if len(head) == length and head in known and at - length >= 1:
                if length == 1 and (_word_across(plain, at) or not _word_like(plain[:at])):
                    continue
                if length > 1 and _word_across(plain, at) and plain[at : at + 1] not in "副总首":
                    continue
                return at
    return None


def _word_across(plain: str, at: int) -> bool:
    return any(is_word(plain[at - a : at + b]) for a in (1, 2) for b in (1, 2) if at - a >= 0 and at + b <= len(plain))


def _word_like(plain: str) -> bool:
    """Whether enough stands before a one-character head for it to be one: 勞發署, not 署."""
    return len(plain) >= 3


def _role_start(plain: str, begin: int) -> int:
    """The beginning of a title's modifiers: to a cut, a verb, a sign."""
    at = begin
    while at > 0 and begin - at < 10:
        c = plain[at - 1]
        if not re.match(f"[{HAN}]", c) or (c in _CUT and not is_word(plain[at - 1 : at + 1])) or c in "的之和与及、":
            break
        done = False
        for length in (4, 3, 2):
            word = plain[at - length : at] if at >= length else ""
            if word and (
                left_words().get(word) in ("preposition",)
                or (left_words().get(word) == "verb" and part_of_speech(word) == "verb")
            ):
                done = True
            if word and word in territories():
                done = True
        if done:
            break
        at -= 1
    # a modifier is one or two words that the dictionary has; longer runs are a sentence
    run = plain[at:begin]
    if len(run) > 6:
        at = begin
        for length in (4, 3, 2):
            if begin >= length and is_word(plain[begin - length : begin]):
                at = begin - length
                break
    return at


def _without_prefix(role: str) -> str:
    while True:
        m = _PREFIX.match(fold(role))
        if not m or m.end() >= len(role) - 1:
            return role
        role = role[m.end() :].lstrip()


def _affiliation(printed: str, plain: str) -> str:
    """The organisation that ends a text."""
    start = 0
    for k in range(len(plain) - 2, 0, -1):
        c = plain[k - 1]
        rest = len(plain) - k
        if c in "、的" or (c in _CUT and not _word_across(plain, k) and rest >= 2):
            start = k
            break
        if c in "和与及" and rest >= 3 and (plain[: k - 1].endswith(_STRONG_HEADS) or re.search("[A-Za-z]$", plain[: k - 1])):
            start = k
            break
        if rest >= 4:
            word = next(
                (plain[k - n : k] for n in (3, 2) if k >= n and left_words().get(plain[k - n : k]) in ("verb", "preposition")),
                "",
            )
            ahead = plain[: k - len(word)].strip()
            if (
                word
                and part_of_speech(word) == "verb"
                and plain[k] not in "和与及"
                and plain[k] not in _organisation_heads()
                and (ahead not in territories())
            ):
                start = k
                break
    name, folded = printed[start:], plain[start:]
    known = territories()
    for length in range(len(folded.strip()) - 4, 0, -1):
        if folded[:length] in known:
            name, folded = name[length:], folded[length:]
            break
    cut = _inner_unit(folded)
    name = name[cut:].strip(" 的、")
    if name[:1] == "前" and len(name) > 3:
        name = name[1:]
    latin = re.fullmatch(rf"([{LATIN}0-9&.\- ]+?)\s*(?:公司|集團|集团)", name)
    return latin.group(1) if latin else name


def _inner_unit(plain: str) -> int:
    """Where the last of several nested units begins: 勞動與就業促進部｜勞動能力標準與認證部門."""
    for k in range(len(plain) - 5, 2, -1):
        if plain[k - 1] in "部院署局省府" and not _word_across(plain, k) and k >= 4:
            return k
    return 0


def _unknown_name(plain: str) -> bool:
    """Whether a clause begins with what can only be a name: no dictionary has it, and no function word is in it."""
    if any(c in _CUT or c in "的和与及、" for c in plain) or not re.fullmatch(f"[{HAN}]+", plain) or is_word(plain):
        return False
    if any(left_words().get(plain[a : a + n]) in ("verb", "preposition") for n in (2, 3) for a in range(len(plain))):
        return False
    foreign = sum(c in _FOREIGN for c in plain[:3])
    return foreign >= 2 and not is_word(plain[:3])
