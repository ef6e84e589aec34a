"""The organisation that stands before a person's title, with or without a word that says that it is one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.data import table
from pipeline.scripts.detect import fold
from pipeline.terms.contexts import UNIONS
from pipeline.terms.latin import LATIN
from pipeline.terms.lexicon import definitions, heads, is_word, left_words, territories, titles, word_class
from pipeline.terms.spans import HAN, all_han
from pipeline.words.tokenizer import FOREIGN

LONGEST_ROLE = 16
CUT = frozenset(fold("由在向對從於將把被讓使是有為了過而但則且或若如其該此這那各每並也亦又再更另含任經據當至到稱"))
AND = frozenset(fold("和與及跟同暨"))
_HEADS = (
    "部門",
    "機構",
    "公司",
    "集團",
    "大學",
    "學院",
    "黨",
    "社",
    "報",
    "台",
    "臺",
    "電視台",
    "法庭",
    "組",
    "室",
    "司",
    "央行",
    "公約",
    "委",
    "辦",
    "工會",
    "分校",
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
_NAMED = re.compile(
    r"^(?:\([^)]*\) )?(?=[A-Z]).*\b(?:[Cc]ompany|[Cc]orporation|corp|inc|brand|party|agency|newspaper|network|newswire|bank|"
    r"university|institute|group|organi[sz]ation|manufacturer|website|service|firm|engine|charity|House|Council|Reuters|MTR|office)\b|"
    r"^[A-Z][a-z]+(?: [A-Z][a-z]+)?(?<!ish)(?<!an)(?<!ese)(?<!is[tm])(?<!ic)$"
)
# Where only what they are for stands before them, these belong to a country: 英國標準協會, 巴西農業研究公司.
_NATIONAL = ("协会", "学会", "银行", "商会", "医院", "公司", "中心", "学院", "研究院")
_NO_BODY = re.compile(
    r"\b(?:city|capital|province|county|surname|given name|language|country|people|ethnic|person|cross|river)\b"
)

_POST = re.compile("(?:时任|现任|前任|曾任|历任|担任|出任|任)(?=.{3})")


@cache
def organisation_heads() -> frozenset[str]:
    more = frozenset(fold(word) for word, place, kind in table("kind_words.tsv") if (place, kind) == ("head", "organisation"))
    return frozenset(h for h, kind in heads().items() if kind == "organisation") | more | frozenset(map(fold, _HEADS))


_DATE = re.compile(r"^[^\w\s]*(?:[0-9.．、\s]+(?:年|月|日)?)*\s*")  # or a bullet, before a name
_INFINITIVE = re.compile(r"(?:\([^)]*\) )?to [a-z]")
_LEADS = frozenset(("首席", "资深", "高级", "副", "前", "代理", "常务"))


def organisation_end(plain: str, begin: int) -> int | None:
    """Where an organisation ends before the title at ``begin``: the rightmost head with only modifiers behind it."""
    known = organisation_heads()
    for at in range(begin, max(1, begin - LONGEST_ROLE), -1):
        between = plain[at:begin].replace("主任", "")  # 主任研究員
        if plain[at - 1 : at + 1] == "主任":
            continue
        if any(c in CUT for c in between) and not re.fullmatch("[^、]*", between):
            continue
        if "的" in between[1:] or any(c in "由在向是有任" for c in between):
            break
        if plain[:at] in UNIONS:
            return at
        behind = plain[at : at + 2]
        if at < begin and (
            (plain[at] in AND and not is_word(behind)) or (left_words().get(behind) == "preposition" and behind != "数位")
        ):
            continue  # 基金會與挪威學者, 市府根據設計師: the head belongs to someone else
        whole = any(is_word(plain[at - n : at]) for n in (5, 4, 3) if at >= n)  # 共和黨 before 參議員: 黨參 is a word too
        for length in (4, 3, 2, 1):
            head = plain[max(0, at - length) : at]
            if head == "系" and is_word(plain[at - 2 : at]):  # 國際關係
                continue
            if len(head) == length and head in known and at - length >= 1:
                led = plain[at:begin] in _LEADS  # 農業部首席談判代表, though 部首 is a word
                if length == 1 and not (whole or led) and (_word_across(plain, at) or not _word_like(plain[:at])):
                    continue
                if length > 1 and not whole and at < begin and not is_word(behind) and _word_across(plain, at):
                    continue
                return at
    return None


def _common(name: str) -> bool:
    """Whether the head of a body has nothing before it but common words of two characters, up to three."""
    words = [name[k : k + 2] for k in range(0, len(name), 2)]
    return (
        2 <= len(words) <= 4
        and all(said[0][:1].islower() for said in map(definitions, words[:-1]) if said)
        and all(map(is_word, words[:-1]))
    )


def in_word(plain: str, at: int) -> bool:
    """Whether a character is part of a word of two or three."""
    return _word_across(plain, at) or _word_across(plain, at + 1)


def _word_across(plain: str, at: int) -> bool:
    return any(is_word(plain[at - a : at + b]) for a in (1, 2) for b in (1, 2) if at - a >= 0 and at + b <= len(plain))


def _word_like(plain: str) -> bool:
    """Whether enough stands before a one-character head for it to be one: 勞發署, not 署."""
    return len(plain) >= 3


def territory_at_end(plain: str) -> bool:
    return any(plain[-n:] in territories() for n in range(2, 6))


def name_at_end(plain: str) -> str:
    """The longest word at the end that a dictionary has as the name of a company or a body."""
    for length in range(min(6, len(plain)), 1, -1):
        word = plain[-length:]
        if is_word(word) and word not in territories() and any(map(_NAMED.match, definitions(word)[:3])) and not _place(word):
            return word
    return ""


def _place(word: str) -> bool:
    return word_class(word) == "place" or any(map(_NO_BODY.search, definitions(word)[:3]))


def name_at_start(plain: str) -> str:
    """A body that a dictionary has, or two to four characters that are in none, at the beginning of what can be modifiers."""
    body = next(
        (plain[:n] for n in (6, 5, 4, 3) if plain[:n] != plain and any(map(_NAMED.match, definitions(plain[:n])[:3]))), ""
    )
    if body and not _place(body):
        return body
    for length in (2, 3, 4):
        rest = plain[length:]
        if "的" in rest:
            return ""
        if len(plain) < length or any(c in CUT or c in AND or c in "的、" for c in plain[:length]):
            return ""
        name = plain[:length]
        if not all_han(name) or any(
            word_class(plain[a : a + 2]) or is_word(plain[a : a + 2]) for a in range(length) if a + 2 <= len(plain)
        ):
            continue
        if all(left_words().get(c) is None for c in name) and (not rest or any(is_word(rest[:n]) for n in (2, 3, 4))):
            return name
    return ""


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether CC-CEDICT renders a folded word with an infinitive."""
    return any(map(_INFINITIVE.match, definitions(word)[:4]))


def affiliation_of(printed: str, plain: str) -> str:
    """The organisation that ends a text."""
    start = 0
    for k in range(len(plain) - 2, 0, -1):
        c = plain[k - 1]
        rest = len(plain) - k
        held = c in "为是" and any(plain[k - 1 - n : k - 1] in titles() for n in (2, 3, 4))  # 主持人為某所
        inside = in_word(plain, k - 1)
        if c in "、的" or held or (c in CUT and not inside and rest >= 2):
            start = k
            break
        if c in AND and rest >= 3 and not is_word(plain[k - 1 : k + 1]) and _joins(plain[: k - 1]):
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
                and is_verb(word)
                and not is_word(plain[k - len(word) : k + 1])  # 聯合國
                and plain[k] not in AND
                and plain[k] not in "局署部院会司处所"
                and not any(plain[k : k + n] in organisation_heads() for n in (2, 3, 4))
                and (ahead not in territories())
            ):
                start = k
                break
    member = re.match(f"[{HAN}]{{1,6}}党(?=籍)", plain[start:])
    if member:  # 共和黨籍聯邦參議員
        return printed[start : start + member.end()]
    start += len(plain[start:]) - len(_DATE.sub("", plain[start:]))
    name, folded = printed[start:], plain[start:]
    if folded[:1] in AND and is_word(folded[1:]):  # 與共和黨
        name, folded = name[1:], folded[1:]
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
            and folded[:length] not in UNIONS
            and not folded[length:].startswith("驻")  # 瑞典駐臺代表處
            and not (folded.endswith(_NATIONAL) and _common(folded[length:].strip()))
            and not _common(folded[length : folded.find("大学") + 2])  # 新加坡國立大學
            and not any(is_word(folded[: length + n]) for n in (1, 2) if folded[: length + n] not in known)
        ):
            name, folded = name[length:], folded[length:]
            break
    if printed[:start][-1:] in ("該", "该", "本") and folded in organisation_heads():  # 該公司
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
        if plain[k - 1] in "部署局省府" and not _word_across(plain, k) and k >= 4:
            return k
    return 0


def unknown_name(plain: str) -> bool:
    """Whether a clause begins with what can only be a name: no dictionary has it, and no function word is in it."""
    if any(c in CUT or c in "的、" or c in AND for c in plain) or not plain or not all_han(plain) or is_word(plain):
        return False
    if any(left_words().get(plain[a : a + n]) in ("verb", "preposition") for n in (2, 3) for a in range(len(plain))):
        return False
    foreign = sum(c in _FOREIGN for c in plain[:3])
    return foreign >= 2 and not is_word(plain[:3])
