"""What kind of thing a name names: by the head of the Chinese, the head of the English, and what stands around it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import table
from pipeline.document import TermKind
from pipeline.scripts.detect import fold
from pipeline.terms.latin import like_person
from pipeline.terms.lexicon import content_words, definitions, family_names, heads, is_word, surnames, territories
from pipeline.terms.signs import FOREIGN
from pipeline.terms.window import DOTS

_BEFORE_WORK = re.compile(
    "(?:《|〈|小说|电影|影片|影集|剧集|歌曲|专辑|著作|经典|一书|论文|文章|专书|期刊|杂志|报告|报刊|网站|书籍|新书|纪录片|曲|诗|漫画|绘本|专栏|作品|游戏|电玩|剧作)$"
)
_PLACE = re.compile(r"^[A-Z].*\b(?:city|town|capital|province|county|port|island|region|village)\b")  # in CC-CEDICT
_BEFORE_PLACE = re.compile(
    "(?:[州省县市郡国镇]|首都|首府|港口|城市|位于|设于|设在|抵达|到达|前往|来自|走访|参访|造访|访问|转往|转赴|飞往|途经|行经|赴|在|于|自)$"
)
_AFTER_WORK = re.compile("^(?:[》〉]|一书|一文|书中|等电影|等书|杂志|期刊|这本书|这部|一曲|一片|影集|报告书)")
_WRITTEN = tuple(
    map(
        fold,
        [
            "指南",
            "手冊",
            "調查",
            "白皮書",
            "宣言",
            "會議",
            "年",
            "日",
            "獎",
            "運動",
            "工程",
            "服務",
            "網路",
            "網絡",
            "系統",
            "任務",
            "週",
            "展",
            "展覽",
        ],
    )
)
_TITLE_WORDS = re.compile(r"\b(?:The|Our|My|Your|We|You|I|A|An|of|in|to|for|on|from|and|with|How|What|Why)\b")
_WORDS = re.compile(r"[^\W\d_]+")
_NO_PERSON = re.compile("[0-9A-Za-z]{4}|[的与和及]")


@cache
def _english_heads() -> dict[str, TermKind]:
    return {form: kind for word, kind in table("english_heads.tsv") for form in (word, word + "s")}  # type: ignore[misc]


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
    by_english = _by_english(english)
    head = _head(fold(tail)) if tail and _head(fold(tail)) else _head(term)
    following = _head(fold(tail)) if tail and mark not in ("《", "〈") else None
    if following in ("organisation", "programme", "work"):
        return following  # 「…」研討會: what stands in quotation marks is the name of what follows
    if mark in ("《", "〈"):
        return head if head == by_english == "organisation" else _in_book_marks(term, english)
    if english and like_person(english) and not _body(term) and (person or _person(term, english, left, sound, rendered)):
        return "person"
    if term in territories():
        return "place"
    if english and english.lower() == english and " " in english:
        return "term"  # written as a common noun
    if (_BEFORE_WORK.search(fold(left)) or _AFTER_WORK.match(fold(right))) and mark:
        return "work" if head != "organisation" else head
    follows = _following_head(fold(right)) if mark else None
    if follows:
        return follows
    if (
        english
        and mark
        and head in (None, "term")
        and english.count(" ") > (1 if head is None else 2)
        and _title_case(english)
        and (_TITLE_WORDS.search(english))
    ):
        return "work"
    one = bool(english) and " " not in english and rendered == 0
    if head in ("organisation", "programme", "work", "place") and not (one and head == "place" and len(_head_word(term)) == 1):
        if by_english and by_english != head and _weak(term):
            return by_english
        if english and by_english != head and not _named(english):
            return "term"
        if head == "place" and english and not by_english and " " in english and rendered >= 0.5 and not english[0].isupper():
            return "term"
        return head
    if by_english and english[:1].isupper() and (head is None or by_english == "organisation" or _title_case(english)):
        return by_english
    if english[:1].isupper() and " " not in english and any(map(_PLACE.search, definitions(term)[:3])):
        return "place"
    if one and english[:1].isalpha() and head != "term" and not is_word(term):
        return _one_word(term, english, left, sound)
    return "term"


def _one_word(term: str, english: str, left: str, sound: float) -> TermKind:
    """One Latin word that the Chinese does not translate: a person, a place, or a brand."""
    before = fold(left)
    if any(c in DOTS for c in term):
        return "person"
    spelled = sound >= 0.5 or (sound >= 0.4 and all(c in FOREIGN for c in term))
    if spelled and _BEFORE_PLACE.search(before):
        return "place"
    if english != english.lower() and (any(c.isupper() for c in english[1:]) or sound < 0.5 or len(term) > 4):
        return "organisation" if english[0].isupper() or any(c.isupper() for c in english) else "term"
    return "term"


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
    return len(term) > 5 and _head(term) == "organisation" and not any(c in DOTS for c in term)


def _person(term: str, english: str, left: str, sound: float, rendered: float) -> bool:
    if len(term) > 20 or _NO_PERSON.search(term):
        return False
    if any(c in DOTS for c in term):
        return True
    head = _head(term)
    by_english = _by_english(english)
    if by_english and (head == by_english or rendered >= 0.5):
        return False
    chinese = len(term) in (2, 3, 4) and (term[0] in surnames() or term[:2] in family_names())
    if rendered >= 0.5 and sound < 0.6:
        return False
    return chinese or sound >= 0.5 or (len(term) <= 8 and rendered == 0 and head not in ("organisation", "programme"))


def _in_book_marks(term: str, english: str) -> TermKind:
    """《》 mark books and laws alike: the head decides."""
    return "programme" if _head(term) == "programme" and not term.endswith(_WRITTEN) else "work"


def _head(term: str) -> TermKind | None:
    known = heads()
    for length in range(min(6, len(term)), 0, -1):
        kind = known.get(term[-length:])
        if kind and not (length == 1 and len(term) < 3):
            return kind  # type: ignore[return-value]
    return None


def _head_word(term: str) -> str:
    known = heads()
    return next((term[-n:] for n in range(min(6, len(term)), 0, -1) if term[-n:] in known), "")


def _following_head(right: str) -> TermKind | None:
    """The kind that the word behind a quotation names: 「…」（…）專案."""
    known = heads()
    for length in (4, 3, 2):
        kind = known.get(right[:length])
        if kind in ("organisation", "programme", "work"):
            return kind  # type: ignore[return-value]
    return None


def _weak(term: str) -> bool:
    """Whether the head is one character, or one that names things of several kinds."""
    known = heads()
    longest = next((n for n in range(min(6, len(term)), 0, -1) if term[-n:] in known), 0)
    return (longest < 2 and term[-1:] not in ("署", "局", "司")) or term[-2:] in (
        "网络",
        "网路",
        "服务",
        "系统",
        "平台",
        "任务",
        "会议",
        "中心",
        "团队",
        "科技",
        "资本",
        "组织",
        "政府",
        "小组",
    )


def _by_english(english: str) -> TermKind | None:
    """The kind that the last word of the English before a preposition names."""
    if not english or english[:1].islower():
        return None
    known = _english_heads()
    core = re.split(r"\s+(?:of|for|on|in|at|to|against|and the|from)\s+", english)[0]
    words = content_words(core)
    for word in (*reversed(words[-2:]),):
        kind = known.get(word.lower())
        if kind:
            return kind
    words = content_words(english)
    return known.get(words[-1].lower()) if words and core == english else None
