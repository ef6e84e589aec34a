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
    AFTER_PERSON,
    AFTER_PLACE,
    AFTER_TERM,
    AFTER_WORK,
    BEFORE_PLACE,
    BODIES,
    FIRST_OF_PLACE,
    LED,
    NEAR,
    SPELLING,
    UNIONS,
)
from pipeline.terms.endings import Endings
from pipeline.terms.latin import like_person
from pipeline.terms.lexicon import (
    common_noun,
    content_words,
    definitions,
    expansions,
    family_names,
    heads,
    is_word,
    surnames,
    territories,
    titles,
    word_class,
)
from pipeline.terms.signs import FOREIGN
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
_GROUP = re.compile(r"[GD]o?\d+")  # of countries or universities: G7
_TAXON = re.compile(r"[A-Z][a-z]{8,}(?:is|us|a|ii|um|or|es|ens)")  # of which an extractor lost the space
_WRITTEN = (
    ("指南", "手册", "调查", "白皮书", "宣言", "会议", "年", "日", "奖",
     "运动", "工程", "服务", "网路", "网络", "系统", "任务", "周", "展", "展览")
)  # fmt: skip
# Heads that name things of several kinds.
_SEVERAL = frozenset(
    ("网络", "网路", "服务", "系统", "平台", "任务", "会议", "中心",
     "团队", "科技", "资本", "组织", "政府", "小组", "企业", "部门")
)  # fmt: skip
_TITLE_WORDS = re.compile(r"\b(?:The|Our|My|Your|We|You|I|A|An|of|in|to|for|on|from|and|with|How|What|Why)\b")
_WORDS = re.compile(r"[^\W\d_]+")
_PREPOSITION = re.compile(r"\s+(?:of|for|on|in|at|to|against|and the|from)\s+")
_OPENING = "「“『《〈"
_NO_PERSON = re.compile("[0-9A-Za-z]{4}|[的与和及]")


@cache
def _words(where: str) -> dict[str, TermKind]:
    """The words of the table that are used in one place, folded -> the kind that they say."""
    return {fold(word): kind for word, place, kind in table("kind_words.tsv") if place == where}  # type: ignore[misc]


@cache
def _heads() -> dict[str, str]:
    return _words("head") | heads()


@cache
def _before(kind: str) -> tuple[str, ...]:
    return tuple(word for word, said in _words("before").items() if said == kind)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(row[0] for row in table("notnames.tsv"))


@cache
def _english_heads() -> dict[str, TermKind]:
    known = dict[str, TermKind](table("english_heads.tsv")) | _words("english")  # type: ignore[arg-type]
    return {form: kind for word, kind in known.items() for form in (word, word + "s")}


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
    term = fold(zh)
    context = fold(left + right)
    before, after = context[: len(left)].rstrip(), context[len(left) :].lstrip()
    english = english.removeprefix("the ").removeprefix("The ") if english[4:5].isupper() else english
    by_english = _by_english(english)
    head = _head(fold(tail)) if tail and _head(fold(tail)) else _head(term)
    if head == "term" and len(_head_word(term)) == 1 and sound >= 0.6 and not is_word(term):
        head = None  # 埃斯波 is no wave
    following = _head(fold(tail)) if tail and mark not in ("《", "〈") else None
    if following in ("organisation", "programme", "work"):
        return following  # 「…」研討會: what stands in quotation marks is the name of what follows
    if not mark and after[:1] in ("》", "〉"):
        mark = "《"
    if mark in ("《", "〈"):
        return _in_book_marks(term, english, head, by_english, before[: len(before) - (before[-1:] in ("《", "〈"))], after)
    vague = english.rsplit(" ", 1)[-1].lower() in _words("vague")
    if vague and by_english and by_english != head and (head == "organisation" or rendered == 1):
        by_english = None  # World Vision is no vision, Social Capital no company
    plain = vague and rendered == 1 and _weak(term) and english.count(" ") == 1 and not acronym and not mark
    if plain and not any(term[:n] in territories() for n in (2, 3, 4)):
        return "term"
    if _GROUP.fullmatch(english or acronym):
        return "organisation"
    near = head is None and english[:1].isupper() and NEAR.search(before)
    if term in territories() or near or (" " in english and head is None and _on_map(term)):
        return "organisation" if term in UNIONS else "place"
    if term and english and like_person(english) and not _body(term):
        dotted = not DOTS.isdisjoint(term)
        headed = head not in (None, "term") and (len(_head_word(term)) > 1 or sound < 0.5)
        said = person and not _thing(english, term) and (dotted or not (headed or FIRST_OF_PLACE.match(english)))
        if said or _person(term, english, head, by_english, sound, rendered):
            return "person"
    if english and english.lower() == english and " " in english:  # written as a common noun
        return "work" if mark and before[:-1].rstrip().removesuffix("的").endswith(_before("work")) else "term"
    if not english and len(term) == 2 and term[1] == "大":  # 新大 for a university
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
    spelling = head == "place" and _head_word(term) in SPELLING
    if head == "place" and len(_head_word(term)) == 1 and english[:1].isupper() and before.endswith(_before("organisation")):
        return "organisation"
    one = bool(english) and " " not in english and (rendered == 0 or (sound >= 0.5 and not is_word(term)))
    if head in ("organisation", "programme", "work", "place") and not (one and spelling):
        if by_english and by_english != head and _weak(term):
            return by_english
        if english and by_english != head and not (english[0].isupper() if head == "place" else _named(english)):
            return "term"
        return head
    if AFTER_TERM.match(after) and not mark and (not by_english or rendered == 1):
        return "term"
    if head == "term" and by_english in ("place", "work") and len(_head_word(term)) > 1:
        return "term"  # 熱島效應 is no island
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
    defined = _by_dictionary(term) if len(_head_word(term)) < 2 and (not english or english[:1].isupper()) else None
    if defined:
        return defined
    if one and english[:1].isalpha() and head != "term" and not is_word(term):
        return _one_word(term, english, before, after, sound)
    return "term"


def _is_body(english: str, before: str, after: str, rendered: float) -> bool:
    """Whether a name without a head acts as bodies do, or is written as theirs: Ernst & Young."""
    if not english[:1].isupper() or not _title_case(english):
        return False
    if ACTS.match(after) and " " in english:
        return True
    led = before.endswith(_before("organisation")) or LED.match(after) or (" & " in english and rendered < 0.5)
    return rendered < 1 and bool(led)


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


def _around(before: str, after: str, head: str | None, by_english: TermKind | None) -> TermKind | None:
    """What the words around a name in quotation marks say that it is."""
    follows = _following_head(after.lstrip("」”』"))
    if follows and (head != "term" or by_english):
        return follows
    if AFTER_TERM.match(after) and by_english is None:
        return "term"
    if before.removesuffix("的").endswith(_before("work")) or AFTER_WORK.match(after):
        return head if head in ("organisation", "programme") else by_english or "work"  # type: ignore[return-value]
    if head in (None, "term"):
        if before.endswith(_before("organisation")) or AFTER_BODY.match(after):
            return by_english or "organisation"
        if before.endswith(_before("programme")):
            return "programme"
    return None


def _one_word(term: str, english: str, before: str, after: str, sound: float) -> TermKind:
    """One Latin word that the Chinese does not translate: a person, a place, or a brand."""
    if not DOTS.isdisjoint(term):
        return "person"
    if _TAXON.fullmatch(english) and sound < 0.5:
        return "term"
    spelled = sound >= 0.5 or (sound >= 0.4 and all(c in FOREIGN for c in term))
    if spelled and before.endswith(_before("organisation")):
        return "organisation"
    if english[:1].isupper() and not any(c.isupper() for c in english[1:]):
        if (spelled and BEFORE_PLACE.search(before)) or AFTER_PLACE.match(after):
            return "place"
        if spelled and (AFTER_PERSON.match(after) or _title_at(before)):
            return "person"
    if english != english.lower() and (any(c.isupper() for c in english[1:]) or sound < 0.5 or len(term) > 4):
        return "organisation" if english[0].isupper() or any(c.isupper() for c in english) else "term"
    return "term"


def _title_at(before: str) -> bool:
    known = titles()
    return any(before[-n:] in known for n in range(2, 6))


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
    return len(term) > 5 and _head(term) == "organisation" and DOTS.isdisjoint(term)


def _thing(english: str, term: str) -> bool:
    """Whether a word of the English stands in names of things and hardly ever of people: Texas Instruments."""
    if not DOTS.isdisjoint(term):
        return False
    words = [w.lower().strip(".,") for w in english.split()]
    return any(w in _not_names() for w in words)


def _person(term: str, english: str, head: str | None, by_english: TermKind | None, sound: float, rendered: float) -> bool:
    if len(term) > 20 or _NO_PERSON.search(term):
        return False
    if not DOTS.isdisjoint(term):
        return True
    if head not in (None, "term", "place") and len(_head_word(term)) > 1:
        return False
    if by_english and (head == by_english or rendered >= 0.5):
        return False
    chinese = len(term) in (2, 3, 4) and (term[0] in surnames() or term[:2] in family_names())
    if (rendered >= 0.5 and sound < 0.6) or (head == "place" and sound < 0.5):
        return False
    if sound < 0.4 and not chinese and all(common_noun(w.lower()) for w in english.split()):
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


@cache
def _head_endings() -> Endings:
    return Endings(_heads())


def _head_word(term: str) -> str:
    return _head_endings().longest(term, len(term))


def _head(term: str) -> TermKind | None:
    head = _head_word(term)
    return _heads()[head] if len(head) > 1 or (head and len(term) > 2) else None  # type: ignore[return-value]


def _following_head(right: str) -> TermKind | None:
    """The kind that the word behind a quotation names: 「…」（…）專案."""
    known = _heads()
    for length in (4, 3, 2):
        kind = known.get(right[:length])
        if kind in ("organisation", "programme", "work"):
            return kind  # type: ignore[return-value]
    return None


def _weak(term: str) -> bool:
    """Whether the head is one character, or one that names things of several kinds."""
    return (len(_head_word(term)) < 2 and term[-1:] not in ("署", "局", "司")) or term[-2:] in _SEVERAL


def _by_english(english: str) -> TermKind | None:
    """The kind that the last word of the English before a preposition names."""
    if not english or english[:1].islower():
        return None
    known = _english_heads()
    if " " not in english and english.lower() in _words("alone"):
        return None
    core = _PREPOSITION.split(english)[0]
    words = content_words(core)
    if words and words[-1].lower() == "state" and core != english:  # The State of …
        return None
    for word in (*reversed(words[-2:]),):
        kind = known.get(word.lower())
        if kind:
            return kind
    words = content_words(english)
    return known.get(words[-1].lower()) if words and core == english else None


def agree(found: list[Candidate]) -> list[Candidate]:
    """The candidates of a document; what the text only abbreviates is of the kind of what it spells out elsewhere."""
    full: dict[str, TermKind] = {}
    for c in found:
        if c.en and c.kind in ("organisation", "programme", "work"):
            full.update({key: c.kind for key in (c.acronym, fold(c.zh or "")) if key})
    out = []
    for c in found:
        if c.acronym and not c.en and c.kind == "term":
            kind = full.get(c.acronym) or full.get(fold(c.zh or "")) or _by_english(expansions().get(c.acronym, ""))
            if kind in ("organisation", "programme", "work"):
                c = msgspec.structs.replace(c, kind=kind)
        out.append(c)
    return out
