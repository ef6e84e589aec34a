"""A person's title and affiliation, from the Chinese that stands before or after the name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.scripts.detect import fold
from pipeline.terms.glosses import HAN
from pipeline.terms.latin import LATIN
from pipeline.terms.lexicon import definitions, heads, is_word, left_words, surnames, territories, titles, word_class
from pipeline.words.tokenizer import FOREIGN

LONGEST_ROLE = 16
_STOP = re.compile("[。！？!?；;：:，,\\n「」『』（）()《》〈〉【】“”]")
_CUT = frozenset(fold("由在向對從於將把被讓使是有為了過而但則且或若如其該此這那各每並也亦又再更另含任經據當至到稱"))
_AND = frozenset(fold("和與及跟同暨"))
_HEADS = ("部門", "機構", "公司", "集團", "大學", "學院", "黨", "社", "報", "台", "臺", "電視台", "法庭", "工會", "分校")
_PREFIX = re.compile(
    "^(?:.{0,6}[籍裔]|著名|知名|資深的|受人.{2}的|出身的|的|首位|一位|兩位|一名|兩名|三名|幾名|多名|三位|幾位|多位|該組織|當地|旗下|所屬|來自|主講人|包括|邀請|由|和|與|及|、|以及|(?:[12][0-9]{3})?年|時任|現任|其|和他的|和她的)".translate(
        str.maketrans("資該組織當屬來講請與幾時現", "资该组织当属来讲请与几时现")
    )
)
_NUMBERED = re.compile(f"(?:[一二两三四五六七八九十几多数]|[0-9]+)(?:名|位|个)([{HAN}]{{2,8}})$")


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
            "黨",
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
# CLDR counts these among the territories, but they are bodies that people work for.
_BODIES = frozenset(map(fold, ("聯合國", "歐盟", "歐洲聯盟")))
_NAMED = re.compile(
    r"^(?:\([^)]*\) )?[A-Z].*\b(?:company|corporation|corp|inc|brand|party|agency|newspaper|network|newswire|bank|university|"
    r"institute|group|organi[sz]ation|manufacturer|website|service|firm|engine|House|Council|Reuters|MTR|office)\b|"
    r"^[A-Z][a-z]+(?: [A-Z][a-z]+)?(?<!ish)(?<!an)(?<!ese)(?<!is[tm])(?<!ic)$"
)
_NO_BODY = re.compile(
    r"\b(?:city|capital|province|county|surname|given name|language|country|people|ethnic|person|cross|river)\b"
)

_OF_A_PLACE = frozenset(
    map(fold, ("市長", "州長", "省長", "縣長", "區長", "鄉長", "鎮長", "村長", "里長", "國王", "總督", "主教", "大主教"))
)

_OWN = re.compile("[本该][会署局部院校馆所司处社]")
_UNIT = re.compile(f"([{HAN}]{{1,10}}(?:[处组科室部司]|中心|部门))(?=(?:副|代理)?(?:[处组科室部司]长|主任|经理|主管)$)")
# Who only has a trade or a fame, and no post in a body: a name before it is no affiliation.
_TRADE = re.compile("(?:[家者手星生民客妻友后帝迷]|[演球学教]员|律师|大师|巨星|冠军|程序员|导演|编剧)$")
# Another person before, and what joins the two.
_LATIN_BEFORE = re.compile(
    rf"[A-Z][{LATIN}'’.\-]*(?:[ ][{LATIN}'’.\-]+)*[ ]?(?:博士|教授|先生|女士|小姐)?[ ]?"
    rf"(?:、|以及|及其|和他的|和她的|[{''.join(sorted(_AND))}])"
)
_POST = re.compile("(?:时任|现任|前任|曾任|历任|担任|出任|任)(?=.{3})")
_HELD = re.compile("[任担是为身作].*的$")


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
    near = fold(chunk.rstrip()[-9:])
    if not title_at_end(near.removesuffix("的")):  # no title holds a stop, so the rest need not be looked at
        return None
    stops = [m.end() for m in _STOP.finditer(chunk)]
    start = floor + (stops[-1] if stops else 0)
    stripped = text[start:end].rstrip()
    if not stripped:
        return None
    plain = fold(stripped)
    if plain.endswith("的"):  # 時任某署署長的 Ann Lee
        if not _HELD.search(plain):
            return None
        stripped, plain = stripped[:-1].rstrip(), plain[:-1].rstrip()
    other = _person_before(stripped, plain)
    start, stripped, plain = start + other, stripped[other:], plain[other:]
    title = title_at_end(plain)
    if not title:
        return None
    begin = len(plain) - len(title)
    while plain[begin - 1 : begin] in ("暨", "兼") and title_at_end(plain[: begin - 1]):  # 創辦人暨執行長
        begin -= 1 + len(title_at_end(plain[: begin - 1]))
    own = _OWN.match(plain)
    if own and own.end() <= begin:  # 本會副總幹事
        return Role(stripped[own.end() :], stripped[: own.end()], start + own.end())
    behind = joined and not other and start > 0 and text[start - 1] in "）)" and len(plain.strip()) <= LONGEST_ROLE
    lead = len(plain) - len(plain.lstrip())
    unit = _UNIT.match(plain, lead)
    said = not unit and left_words().get(plain[lead : lead + 2]) in ("verb", "adverb", "preposition")
    if behind and not said and not any(c in _CUT or c in "的、" or c in _AND for c in plain):  # 國際勞工組織（…）技能發展專家
        if unit:  # 典藏組組長 is a 組長
            lead = unit.end(1)
        return Role(stripped[lead:], joined, start + lead)
    counted = _NUMBERED.search(plain)
    if counted and counted.start(1) <= begin:  # 三名部落客
        return Role(stripped[counted.start(1) :], "", start + counted.start(1))
    split = _organisation_end(plain, begin)
    if split is not None:
        role_from, affiliation = split, _affiliation(stripped[:split], plain[:split])
    else:
        role_from, affiliation = _without_head(stripped, plain, begin)
        if not affiliation and joined and not plain[:role_from].strip():
            affiliation = joined
    role = stripped[role_from:].lstrip(" 的之")
    inner = role.rfind("、")
    if inner > 0 and title_at_end(fold(role[:inner])):  # 院長、財務專家: the last is the one that leads the name
        role = role[inner + 1 :]
        again = before_name(role, len(role))
        role = again.role if again else role
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
    if not affiliation and start + len(stripped) - len(role) == start:
        affiliation = _marked(text, start, role)
    return Role(role, affiliation, start + role_from)


def title_at_end(plain: str) -> str:
    """The longest title that ends a folded text; of 委員會主席 only 主席."""
    known = titles()
    found = next((plain[-n:] for n in range(min(8, len(plain)), 1, -1) if plain[-n:] in known), "")
    if len(found) > 4:
        shorter = next((found[-n:] for n in range(2, len(found) - 1) if found[-n:] in known and _ends(found[:-n])), "")
        return shorter or found
    return found


def title_at_start(plain: str) -> str:
    """The longest title that begins a folded text."""
    known = titles()
    return next((plain[:n] for n in range(min(8, len(plain)), 1, -1) if plain[:n] in known), "")


def _ends(plain: str) -> bool:
    """Whether a folded text ends in the head of an organisation of two characters or more."""
    known = _organisation_heads()
    return any(plain[-n:] in known for n in (2, 3, 4))


def _marked(text: str, start: int, role: str) -> str:
    """The paper or body in the quotation marks before a title: 《衛報》記者."""
    if not start or text[start - 1] not in "》」” " or (_TRADE.search(fold(role)) and not fold(role).endswith("记者")):
        return ""
    m = re.search("[《「“]([^《》「」“”。，、]{2,14})[》」”] ?$", text[max(0, start - 20) : start])
    return m.group(1) if m and not fold(role).endswith(("作者", "主角", "导演", "编剧")) else ""


def _person_before(printed: str, plain: str) -> int:
    """Where what belongs to another person ends: 教授 Anna Weber 和|博士生, 董事長魏明遠與|執行長."""
    cut = 0
    if re.search("[A-Z]", printed):
        for m in _LATIN_BEFORE.finditer(plain):
            name = re.match(r"[^\u2e80-\u9fff、]+", m.group())
            words = name.group().split() if name else []
            if len(words) > 1 or title_at_end(plain[: m.start()].rstrip()):
                cut = m.end()
    known = surnames()
    for m in re.finditer(f"、|以及|及其|[{''.join(sorted(_AND))}]", plain):
        for length in (3, 2, 4):
            at = m.start() - length
            if at >= 2 and plain[at] in known and title_at_end(plain[:at]) and not is_word(plain[at : m.start()]):
                cut = max(cut, m.end())
    return cut if title_at_end(plain[cut:]) else 0


def _organisation_end(plain: str, begin: int) -> int | None:
    """Where an organisation ends before the title at ``begin``: the rightmost head with only modifiers behind it."""
    known = _organisation_heads()
    for at in range(begin, max(1, begin - LONGEST_ROLE), -1):
        between = plain[at:begin]
        if any(c in _CUT for c in between) and not re.fullmatch("[^、]*", between):
            continue
        if "的" in between[1:] or any(c in "由在向是有任" for c in between):
            break
        if plain[:at] in _BODIES:
            return at
        whole = any(
            is_word(plain[at - n : at]) for n in (5, 4, 3) if at >= n
        )  # 共和黨 before 參議員, though 黨參 is a word too
        for length in (4, 3, 2, 1):
            head = plain[max(0, at - length) : at]
            if len(head) == length and head in known and at - length >= 1:
                if length == 1 and not whole and (_word_across(plain, at) or not _word_like(plain[:at])):
                    continue
                if length > 1 and not whole and at < begin and _word_across(plain, at) and plain[at : at + 1] not in "副总首":
                    continue
                return at
    return None


def _word_across(plain: str, at: int) -> bool:
    return any(is_word(plain[at - a : at + b]) for a in (1, 2) for b in (1, 2) if at - a >= 0 and at + b <= len(plain))


def _word_like(plain: str) -> bool:
    """Whether enough stands before a one-character head for it to be one: 勞發署, not 署."""
    return len(plain) >= 3


def _without_head(printed: str, plain: str, begin: int) -> tuple[int, str]:
    """Where the title's modifiers begin where no head ends an organisation, and the name before them, if it can be one."""
    role_from = _role_start(plain, begin)
    before = printed[:role_from]
    latin = re.search(rf"([A-Z][{LATIN}0-9&.\-]*(?: [A-Z0-9][{LATIN}0-9&.\-/]*)*)\s?的?\s?$", before)
    if latin:
        ahead = fold(before[: latin.start()]).rstrip()
        if any(ahead.endswith(w) for w in ("知名", "著名", "资深", "独立")) or _territory_at_end(
            ahead
        ):  # 英國 Linux 程式設計師
            return latin.start(), ""
        return role_from, latin.group(1)
    if 3 <= role_from <= 10 and _unknown_name(plain[:role_from]):
        return role_from, printed[:role_from]
    name = _name_at_end(plain[:role_from].rstrip("的 "))
    if not name:
        for cut in range(begin, role_from, -1):  # 麥肯錫全球合夥人: the name within what was read as modifiers
            name = _name_at_end(plain[:cut])
            if name:
                role_from = cut
                break
        else:
            name = "" if _TRADE.search(plain) else _name_at_start(plain[:begin])
            if name:
                role_from = len(name)
    if name:
        end = len(plain[:role_from].rstrip("的 "))
        return role_from, printed[end - len(name) : end]
    return role_from, ""


def _territory_at_end(plain: str) -> bool:
    return any(plain[-n:] in territories() for n in range(2, 6))


def _name_at_end(plain: str) -> str:
    """The longest word at the end that a dictionary has as the name of a company or a body."""
    for length in range(min(6, len(plain)), 1, -1):
        word = plain[-length:]
        if is_word(word) and word not in territories() and any(map(_NAMED.match, definitions(word)[:3])) and not _place(word):
            return word
    return ""


def _place(word: str) -> bool:
    return word_class(word) == "place" or any(map(_NO_BODY.search, definitions(word)[:3]))


def _name_at_start(plain: str) -> str:
    """Two to four characters at the beginning that are no word of any dictionary, before words that can be modifiers."""
    for length in (2, 3, 4):
        rest = plain[length:]
        if len(plain) < length or any(c in _CUT or c in _AND or c in "的、" for c in plain[:length]):
            return ""
        name = plain[:length]
        if not re.fullmatch(f"[{HAN}]+", name) or any(
            word_class(plain[a : a + 2]) or is_word(plain[a : a + 2]) for a in range(length) if a + 2 <= len(plain)
        ):
            continue
        if all(left_words().get(c) is None for c in name) and (not rest or any(is_word(rest[:n]) for n in (2, 3, 4))):
            return name
    return ""


def _role_start(plain: str, begin: int) -> int:
    """The beginning of a title's modifiers: to a cut, a verb, a sign."""
    at = begin
    while at > 0 and begin - at < 10:
        c = plain[at - 1]
        if not re.match(f"[{HAN}]", c) or (c in _CUT and not is_word(plain[at - 1 : at + 1])) or c in "的之、" or c in _AND:
            break
        done = False
        for length in (4, 3, 2):
            word = plain[at - length : at] if at >= length else ""
            if word and left_words().get(word) == "preposition":
                done = True
            if word and left_words().get(word) == "verb" and is_verb(word):
                done = True
            region = word[-1:] == "区" or plain[at] == "区"  # 亞太區經理
            if word and not region and (word in territories() or _stops_at_place(plain, at, length, begin)):
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


def _stops_at_place(plain: str, at: int, length: int, begin: int) -> bool:
    """Whether a place ends at ``at`` that is no part of the title: 紐約藝術家, but 巴黎市長 and 歐洲區總裁."""
    word = plain[at - length : at]
    across = any(word_class(plain[at - n : at + 1]) for n in (1, 2, 3) if at < begin)
    return word_class(word) == "place" and is_word(word) and plain[begin:] not in _OF_A_PLACE and not across


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether CC-CEDICT renders a folded word with an infinitive."""
    return any(re.match(r"(?:\([^)]*\) )?to [a-z]", d) for d in definitions(word)[:4])


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
        if c in "、的" or (c in _CUT and not _word_across(plain, k) and not _word_across(plain, k - 1) and rest >= 2):
            start = k
            break
        if c in _AND and rest >= 3 and not is_word(plain[k - 1 : k + 1]) and _joins(plain[: k - 1]):
            start = k
            break
        if rest >= 3:
            word = next(
                (plain[k - n : k] for n in (3, 2) if k >= n and left_words().get(plain[k - n : k]) in ("verb", "preposition")),
                "",
            )
            ahead = plain[: k - len(word)].strip()
            if (
                word
                and is_verb(word)
                and plain[k] not in _AND
                and plain[k] not in _organisation_heads()
                and plain[k:] not in _organisation_heads()
                and (ahead not in territories())
            ):
                start = k
                break
    name, folded = printed[start:], plain[start:]
    post = _POST.match(folded)
    if post:
        name, folded = name[post.end() :], folded[post.end() :]
    if (
        folded[:1] in ("我", "用", "和", "与", "及", "前", "跟")
        and len(folded) > 3
        and not any(is_word(folded[:n]) for n in (2, 3))
    ):
        name, folded = name[1:], folded[1:]
    known = territories()
    for length in range(len(folded.strip()) - 4, 0, -1):
        if (
            folded[:length] in known
            and folded[:length] not in _BODIES
            and not any(is_word(folded[: length + n]) for n in (1, 2) if folded[: length + n] not in known)
        ):
            name, folded = name[length:], folded[length:]
            break
    if printed[:start][-1:] in ("該", "该", "本") and folded in _organisation_heads():  # 該公司
        return printed[start - 1 : start] + name
    cut = _inner_unit(folded)
    name = name[cut:].strip(" 的、")
    if name[:1] == "前" and len(name) > 3:
        name = name[1:]
    latin = re.fullmatch(rf"([{LATIN}0-9&.\- ]+?)\s*(?:公司|集團|集团)", name)
    return latin.group(1) if latin else name


def _joins(ahead: str) -> bool:
    """Whether *and* behind this text joins the organisation to what is no part of its name."""
    ahead = ahead.rstrip()
    last = left_words().get(ahead[-2:]) or word_class(ahead[-2:])
    return ahead.endswith(_STRONG_HEADS) or bool(re.search("[A-Za-z]$", ahead)) or last in ("adverb", "preposition")


def _inner_unit(plain: str) -> int:
    """Where the last of several nested units begins: 勞動與就業促進部｜勞動能力標準與認證部門."""
    for k in range(len(plain) - 5, 2, -1):
        if plain[k - 1] in "部院署局省府" and not _word_across(plain, k) and k >= 4:
            return k
    return 0


def _unknown_name(plain: str) -> bool:
    """Whether a clause begins with what can only be a name: no dictionary has it, and no function word is in it."""
    if any(c in _CUT or c in "的、" or c in _AND for c in plain) or not re.fullmatch(f"[{HAN}]+", plain) or is_word(plain):
        return False
    if any(left_words().get(plain[a : a + n]) in ("verb", "preposition") for n in (2, 3) for a in range(len(plain))):
        return False
    foreign = sum(c in _FOREIGN for c in plain[:3])
    return foreign >= 2 and not is_word(plain[:3])
