"""What kind of thing a name names: by the head of the Chinese, the head of the English, and what stands around it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from pipeline.data import table
from pipeline.document import Candidate, TermKind
from pipeline.scripts.detect import fold
from pipeline.terms.contexts import (
    ACTS,
    AFTER_BODY,
    AFTER_TERM,
    AFTER_WORK,
    BODIES,
    FIRST_OF_PLACE,
    LED,
    NEAR,
    SPELLING,
    UNIONS,
    kind_words,
)
from pipeline.terms.heads import all_common, chinese_heads, english_kind, head_of_name, head_word, is_firm
from pipeline.terms.latin import like_person
from pipeline.terms.lexicon import (
    content_words,
    definitions,
    expansions,
    family_names,
    is_word,
    surnames,
    territories,
    word_class,
)
from pipeline.terms.singles import one_word
from pipeline.terms.spans import all_han
from pipeline.terms.window import DOTS

_PLACE = re.compile(  # in CC-CEDICT
    r"^[A-Z].*\b(?:city|town|capital|province|county|port|island|region|village|district|area|suburb|township)\b"
)
# What CC-CEDICT says that a proper name is.
_DEFINED = (
    ("person", re.compile(r"\(.*\b\d{3,4}\s?(?:BC)?[-–]|\bborn \d{4}|\(c?\.? ?\d{3,4} ?[-–]")),
    ("work", re.compile(r"\b(?:newspaper|magazine|novel|film|movie|book|TV series|daily|album|opera|poem)\b")),
    (
        "organisation",
        re.compile(
            r"(?i)\b(?:compan(?:y|ies)|corporation|brand|bank|organi[sz]ation|university|agency|party|team|charity|network)\b"
        ),
    ),
    ("place", _PLACE),
)
# Bodies whose names are written small behind the first word: École normale supérieure.
_ROMANCE = re.compile(r"^[^\W\d_a-z].*(?:[À-ÖØ-öø-ÿ]|\b(?:de|des|du|del|della|di|da|do|la|les|für|der|van|voor)\b)")
_GROUP = re.compile(r"[GD]o?\d+")  # of countries or universities: G7
_WRITTEN = (
    ("指南", "手册", "调查", "白皮书", "宣言", "会议", "年", "日", "奖",
     "运动", "工程", "服务", "网路", "网络", "系统", "任务", "周", "展", "展览")
)  # fmt: skip
# Heads that name things of several kinds.
_SEVERAL = frozenset(
    ("网络", "网路", "服务", "系统", "平台", "任务", "会议", "中心",
     "团队", "科技", "资本", "组织", "政府", "小组", "企业", "部门")
)  # fmt: skip
_CALLED = ("团体", "智库", "乐团", "品牌", "业者", "组织", "平台", "车厂", "药厂")  # right before a body's name
_DEEDS = ("调查", "工程", "诉讼", "教育", "测试", "训练", "培训")  # heads of programmes that name an activity too
_CASE = re.compile(r"(?i)\bv(?:s|ersus)?\.? ")
_OF_THE_WORLD = ("全球", "世界", "国际", "国家", "联合国", "欧盟", "亚太", "欧洲", "亚洲", "人类")
_TITLE_WORDS = re.compile(r"\b(?:The|Our|My|Your|We|You|I|A|An|of|in|to|for|on|from|and|with|How|What|Why)\b")
_WORDS = re.compile(r"[^\W\d_]+")
_OPENING = "「“『《〈"
_NO_PERSON = re.compile("[0-9A-Za-z]{4}|[的与和及]|..之.")


@cache
def _before(kind: str) -> tuple[str, ...]:
    return tuple(word for word, said in kind_words("before").items() if said == kind)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row[0] for row in table("notnames.tsv"))


def kind_of(
    zh: str,
    english: str = "",
    acronym: str = "",
    left: str = "",
    right: str = "",
    mark: str = "",
    sound: float = 0.0,
    rendered: float = 0.0,
    tail: str = "",
    person: bool = False,
) -> TermKind:
    """The kind of a name.

    ``left`` and ``right``: what stands around it; ``mark``: the quotation mark before it; ``tail``: Chinese between its closing
    quotation mark and the gloss. ``sound`` and ``rendered``: how well the Chinese spells the English, and how much of the
    English it translates. ``person``: its gloss was read as a person's name.
    """
    term = fold(zh.replace("．", "·"))
    context = fold(left + right)
    before, after = context[: len(left)].rstrip(), context[len(left) :].lstrip()
    article = english.startswith("The ") and english[4:5].isupper()  # what is called The Climate Group is no concept
    english = english.removeprefix("the ").removeprefix("The ") if english[4:5].isupper() else english
    by_english = english_kind(english)
    head = head_of_name(fold(tail)) if tail and head_of_name(fold(tail)) else head_of_name(term)
    if head == "term" and len(head_word(term)) == 1 and sound >= 0.6 and not is_word(term):
        head = None  # 埃斯波 is no wave
    following = head_of_name(fold(tail)) if tail and mark not in ("《", "〈") else None
    if following in ("organisation", "programme", "work"):
        return following  # 「…」研討會: what stands in quotation marks is the name of what follows
    if not mark and after[:1] in ("》", "〉"):
        mark = "《"
    if mark in ("《", "〈"):
        return _in_book_marks(term, english, head, by_english, before[: len(before) - (before[-1:] in ("《", "〈"))], after)
    if is_firm(english) and head not in ("programme", "work"):
        return "organisation"
    vague = english.rsplit(" ", 1)[-1].lower() in kind_words("vague")
    plainly = rendered == 1 and not term.startswith(_OF_THE_WORLD)  # not 全球足跡網絡 (Global Footprint Network)
    if vague and by_english and by_english != head and (head == "organisation" or plainly):
        by_english = None  # World Vision is no vision, Social Capital no company
    plain = vague and rendered == 1 and _weak(term) and english.count(" ") == 1 and not acronym and not mark and not article
    if plain and not any(term[:n] in territories() for n in (2, 3, 4)):
        return "term"
    if english and _concept(term, english, acronym, head, by_english, rendered) and not mark and not article:
        return "term"
    if by_english == "place" and head != "place" and rendered == 1 and all_common(english) and not definitions(term):
        by_english = None  # Carbon Peak
    if term.endswith("案") and _CASE.search(english):
        return "programme"
    if _GROUP.fullmatch(english or acronym):
        return "organisation"
    near = head is None and english[:1].isupper() and NEAR.search(before)
    if term in territories() or near or (" " in english and head is None and _on_map(term)):
        return "organisation" if term in UNIONS else "place"
    if term and english and like_person(english) and not _body(term):
        dotted = not DOTS.isdisjoint(term)
        headed = head not in (None, "term") and (len(head_word(term)) > 1 or sound < 0.5 or head == by_english)
        named = not (headed or _worded(term, english, sound) or FIRST_OF_PLACE.match(english))
        said = person and not _thing(english, term) and (dotted or named)
        if not dotted and not _chinese(term) and before.endswith(_before("organisation")):
            return "organisation"
        if said or _person(term, english, head, by_english, sound, rendered):
            return "person"
    if english and english.lower() == english and " " in english:  # written as a common noun
        return "work" if mark and before[:-1].rstrip().removesuffix("的").endswith(_before("work")) else "term"
    if not english and ((len(term) == 2 and term[1] == "大") or _national(term, head)):  # 新大 for a university
        return "organisation"
    if "®" in english or "™" in english:
        return "programme"
    if mark:
        around = _around(before[:-1].rstrip() if before[-1:] in _OPENING else before, after, head, by_english)
        if around:
            return around
    if not mark and head in (None, "term") and english[:1].isupper() and BODIES.match(after):
        return "organisation"
    if (
        english
        and mark
        and head in (None, "term")
        and not by_english
        and english.count(" ") > (1 if head is None else 2)
        and _title_case(english)
        and (_TITLE_WORDS.search(english))
    ):
        return "work"
    spelling = head == "place" and head_word(term) in SPELLING
    if head == "place" and len(head_word(term)) == 1 and english[:1].isupper() and before.endswith(_before("organisation")):
        return "organisation"
    common = is_word(term) and not any(said[:1].isupper() for said in definitions(term)[:1])
    known = any(said == english for said in definitions(term)[:2])
    one = bool(english) and " " not in english and (rendered == 0 or sound >= 0.5 or known) and not common
    if head in ("organisation", "programme", "work", "place") and not (one and spelling):
        if head == "organisation" and by_english is None and _ROMANCE.search(english):
            return head
        if by_english and by_english != head and _weak(term):
            return by_english
        if english and by_english != head and not (english[0].isupper() if head == "place" else _named(english)):
            return "term"
        return head
    if AFTER_TERM.match(after) and not mark and (not by_english or rendered == 1):
        return "term"
    if head == "term" and by_english in ("place", "work") and len(head_word(term)) > 1:
        return "term"  # 熱島效應 is no island
    if by_english == "work" and not mark and all_common(english):
        by_english = None  # Natural History is no work without a mark
    if by_english and english[:1].isupper() and (head is None or by_english == "organisation" or _title_case(english)):
        return by_english
    if head in (None, "term") and not mark and _is_body(english, before, after, rendered):
        return by_english or "organisation"
    if head in (None, "term") and AFTER_WORK.match(after):
        return by_english or "work"
    if FIRST_OF_PLACE.match(english) and by_english is None and (head is None or sound >= 0.5) and not mark:
        return "place"
    if head is None and sound >= 0.5 and english[:1].isupper() and " " not in english and word_class(term) == "place":
        return "place"
    defined = _by_dictionary(term) if len(head_word(term)) < 2 and (not english or english[:1].isupper()) else None
    if defined == "person" and before.endswith(_before("organisation")):
        return "organisation"
    if defined:
        return defined
    if one and english[:1].isalpha() and head != "term":
        return one_word(term, english, before, after, sound, head)
    return "term"


def _national(term: str, head: str | None) -> bool:
    """Whether a name without English is a country and a trade: 日本電氣."""
    return head is None and any(term[:n] in territories() and len(term) - n in (2, 3, 4) for n in (2, 3, 4, 5))


def _concept(term: str, english: str, acronym: str, head: str | None, by_english: TermKind | None, rendered: float) -> bool:
    """Whether common words make up what is no name, though its head can be that of one: 預防原則 (Precautionary Principle)."""
    if rendered < 1 or not all_han(term) or term.startswith(_OF_THE_WORLD) or any(term[:n] in territories() for n in (2, 3, 4)):
        return False
    if any(said[:1].isupper() for said in definitions(term)[:1]) or not all_common(english):  # 矽谷
        return False
    words = english.lower().split(" ")
    if "of" in words[1:3] and kind_words("generic").get(words[words.index("of") - 1]) == "programme":
        return len(words) < 4  # Principle of Proportionality
    if len(words) == 1:
        return "programme" in (head, by_english) or (by_english == "place" and not acronym)
    generic = kind_words("generic")
    if words[-1] in generic or words[-1].removesuffix("s") in generic:
        return len(words) < (4 if generic.get(words[-1]) == "programme" else 3)
    return term.endswith(_DEEDS) and by_english is None


def _is_body(english: str, before: str, after: str, rendered: float) -> bool:
    """Whether a name without a head acts as bodies do, or is written as theirs: Ernst & Young."""
    if not english[:1].isupper() or not _title_case(english):
        return False
    if ACTS.match(after) and " " in english:
        return True
    led = before.endswith(_before("organisation")) or LED.match(after) or (" & " in english and rendered < 0.5)
    return bool(led) and (rendered < 1 or before.endswith(_CALLED))


def _by_dictionary(term: str) -> TermKind | None:
    """What CC-CEDICT says of a proper name: Guardian (U.K. newspaper)."""
    for said in definitions(term)[:3]:
        if said[:1].isupper():
            for kind, pattern in _DEFINED:
                if pattern.search(said):
                    return kind  # type: ignore[return-value]
    return None


def _on_map(term: str) -> bool:
    """Whether CC-CEDICT has a place of this name, and nobody: 深水埗 (Sham Shui Po)."""
    said = definitions(term)[:3]
    return any(map(_PLACE.search, said)) and not any("name" in d or _DEFINED[0][1].search(d) for d in said)


@cache
def _works() -> tuple[str, ...]:
    """Heads of works, which stand before a name in quotation marks too: 油畫「星夜」."""
    return tuple(head for head, kind in chinese_heads().items() if kind == "work" and len(head) > 1)


def _around(before: str, after: str, head: str | None, by_english: TermKind | None) -> TermKind | None:
    """What the words around a name in quotation marks say that it is."""
    follows = _following_head(after.lstrip("」”』"))
    if follows and (head != "term" or by_english):
        return follows
    if AFTER_TERM.match(after) and by_english in (None, "place"):
        return "term"
    if before.removesuffix("的").endswith((*_before("work"), *_works())) or AFTER_WORK.match(after):
        return head if head in ("organisation", "programme") else by_english or "work"  # type: ignore[return-value]
    if head in (None, "term"):
        if before.endswith(_before("organisation")):
            return "organisation"
        if AFTER_BODY.match(after):
            return by_english or "organisation"
        if before.endswith(_before("programme")):
            return "programme"
    return None


def _title_case(english: str) -> bool:
    """Whether English is written as a name: its content words begin with capitals."""
    words = [w for w in content_words(english) if w[0].isalpha()]
    return bool(words) and all(w[0].isupper() for w in words)


def _named(english: str) -> bool:
    """Whether words of any language are written as a name: a capital first, and one more where there are more words."""
    words = [w for w in _WORDS.findall(english) if len(w) > 1]
    return bool(words) and words[0][0].isupper() and (len(words) == 1 or any(w[0].isupper() for w in words[1:]))


def _body(term: str) -> bool:
    """Whether a folded name can only be that of an organisation: 新加坡技能發展局."""
    return len(term) > 5 and head_of_name(term) == "organisation" and DOTS.isdisjoint(term)


def _thing(english: str, term: str) -> bool:
    """Whether a word of the English stands in names of things and hardly ever of people: Texas Instruments."""
    if not DOTS.isdisjoint(term):
        return False
    words = [w.lower().strip(".,") for w in english.split()]
    return any(w in _not_names() for w in words)


def _chinese(term: str) -> bool:
    return len(term) in (2, 3, 4) and (term[0] in surnames() or term[:2] in family_names())


def _worded(term: str, english: str, sound: float) -> bool:
    """Whether English has words in it that no name has where the Chinese does not spell them: Arab Spring."""
    return sound < 0.4 and not _chinese(term) and any(all_common(w) for w in english.split() if len(w) > 2)


def _person(term: str, english: str, head: str | None, by_english: TermKind | None, sound: float, rendered: float) -> bool:
    if len(term) > 20 or _NO_PERSON.search(term):
        return False
    if not DOTS.isdisjoint(term):
        return True
    if head not in (None, "term", "place") and len(head_word(term)) > 1:
        return False
    if by_english and (head == by_english or rendered >= 0.5):
        return False
    chinese = _chinese(term)
    if (rendered >= 0.5 and sound < 0.6) or (head == "place" and sound < 0.5):
        return False
    if _worded(term, english, sound):
        return False
    if FIRST_OF_PLACE.match(english) or (not (chinese and sound >= 0.6) and _thing(english, term)):
        return False
    return chinese or sound >= 0.5 or (len(term) <= 8 and rendered == 0 and head not in ("organisation", "programme"))


def _in_book_marks(term: str, english: str, head: str | None, by_english: TermKind | None, before: str, after: str) -> TermKind:
    """《》 mark books, laws and names alike: what stands around decides, then the head."""
    if before.endswith(_before("work")) or AFTER_WORK.match(after[1:] if after[:1] in "》〉" else after):
        return "work"
    if head == "organisation" and (by_english == head or (not english and (term.endswith("组织") or not _weak(term)))):
        return "organisation"
    if before.endswith(_before("organisation")) and head not in ("programme", "work"):
        return "organisation"
    if head == "programme" and not term.endswith(_WRITTEN):
        return "programme"
    if by_english == "programme" and head in (None, "term"):
        return "programme"
    return "programme" if before.endswith(_before("programme")) else "work"


def _following_head(right: str) -> TermKind | None:
    """The kind that the word behind a quotation names: 「…」（…）專案."""
    known = chinese_heads()
    for length in (4, 3, 2):
        kind = known.get(right[:length])
        if kind in ("organisation", "programme", "work"):
            return kind  # type: ignore[return-value]
    return None


def _weak(term: str) -> bool:
    """Whether the head is one character, or one that names things of several kinds."""
    return (len(head_word(term)) < 2 and term[-1:] not in ("署", "局", "司")) or term[-2:] in _SEVERAL


def agree(found: list[Candidate]) -> list[Candidate]:
    """The candidates of a document; what the text only abbreviates is of the kind of what it spells out elsewhere."""
    full: dict[str, TermKind] = {}
    for c in found:
        if c.en and c.kind in ("organisation", "programme", "work"):
            full.update({key: c.kind for key in (c.acronym, fold(c.zh or "")) if key})
    out = []
    for c in found:
        if c.acronym and not c.en and c.kind == "term":
            kind = full.get(c.acronym) or full.get(fold(c.zh or "")) or english_kind(expansions().get(c.acronym, ""))
            if kind in ("organisation", "programme", "work"):
                c = msgspec.structs.replace(c, kind=kind)
        out.append(c)
    return out
