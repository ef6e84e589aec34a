"""Which brackets are glosses, and what they hold: English, acronyms, short forms, dates to strip, remarks.

Every bracket is decided, with a reason in plain words. Spans index ``document.text``.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.scripts.detect import fold
from pipeline.terms.brackets import Bracket
from pipeline.terms.latin import LATIN, abbreviates, has_latin, is_acronym, like_person
from pipeline.terms.lexicon import head_of, left_word, territories
from pipeline.terms.parts import is_abbreviation, run_together, separated, shortens
from pipeline.terms.remarks import (
    is_figure,
    is_language,
    is_reference,
    is_remark,
    is_years,
    no_gloss,
    no_name,
    without_dates,
)
from pipeline.terms.spans import HAN, SPACE, Piece, back, has_han, latin_before, trimmed

Sort = Literal["forward", "reverse", "latin", "short", "none"]


class Gloss(Struct, frozen=True, gc=False):
    """What was decided of ``text[start:end]``, a bracket: ``sort`` is the direction in which it glosses, ``"short"`` for a
    short form that it declares, ``"none"`` for no gloss. ``anchor`` is where the term before it ends."""

    sort: Sort
    start: int
    end: int
    reason: str
    anchor: int = 0
    english: Piece | None = None
    acronym: Piece | None = None
    chinese: Piece | None = None
    before: Piece | None = None  # Latin letters before the bracket
    short: Piece | None = None  # a Chinese short form that stands behind the English


# Labels that say what follows; those of the second group announce an abbreviation.
_LABEL = re.compile(
    "(?:英文(?:名稱|名字|名|全名|全稱|譯名|原名|原文)?|英語|英譯名?|英|原名|原文名?|全名|全稱|又名|又稱|或稱|或譯|也稱|也叫|也稱為|亦稱|亦作|即|俗稱|常稱|舊稱|"
    "德語|德文|法語|法文|日語|日文|西班牙語|西班牙文|葡萄牙語|拉丁語|拉丁文|拉丁學名|學名|韓語|俄語|意大利語|荷蘭語|"
    "English(?: name)?|Eng\\.?)(?:為|是)?[:：]?\\s*".translate(
        {ord(a): b for a, b in zip("稱譯舊學為韓羅爾語蘭", "称译旧学为韩罗尔语兰", strict=True)}
    ),
    re.I,
)
_SHORT_LABEL = re.compile(
    "(?:以下|下文|本文|下|後文|并|統|也|亦|又)?(?:簡稱|下稱|縮寫|統稱|略稱|稱|通稱|英文簡稱|英文縮寫|以下稱)(?:為|是|作)?[:：]?\\s*".translate(
        {ord(a): b for a, b in zip("後統簡稱縮寫為", "后统简称缩写为", strict=True)}
    )
)
_SHORT = re.compile(
    "^(?:以下|下文|本文|后文|下称|并|统|全书)?(?:简称|下称|统称|略称|以下称|以下统称|统称为|称)(?:为|是|作)?[:：]?\\s*(?=.)"
)
_ACRONYM_SHORT = re.compile(rf"([A-Z][A-Za-z0-9&.\-]{{1,9}})\s?(?:以下)?(?:简称|下称|统称)(?:为|作)?([{HAN}]{{2,10}})")
_NOTE_NUMBER = re.compile(rf"(?<=[{HAN}])\d{{1,2}}$")
_SEAM = re.compile(rf"\s*([{HAN}]{{3,24}})\s*[A-Z][{LATIN}'’&.\-]*(?:\s+[{LATIN}'’&.\-]+)+\s*")
CITED = "holds an author and the year of a work"
_CITED = re.compile(rf"([A-Z][{LATIN}'’.\- ]+), (?:19|20)\d\d[a-z]?(?:[,:：] ?[\d\-–/,;p. ]+)?")
_NO_TERM = re.compile("[。？！?!]|\\n\\n")


def read(text: str, bracket: Bracket, nested: bool = False) -> Gloss:
    """Decide what a bracket is. ``nested``: it holds another bracket."""
    start, end = bracket.start, bracket.end
    inner = text[start + 1 : end - 1]
    anchor = back(text, start)

    def none(reason: str) -> Gloss:
        return Gloss("none", start, end, reason, anchor)

    stripped = inner.strip(SPACE)
    if not stripped:
        return none("it is empty")
    if len(stripped) <= 2 and not has_han(stripped) and (len(stripped) == 1 or not has_latin(stripped)):
        return none("an enumerator or a single sign")
    if not has_latin(inner) or _half_latin(text, anchor, stripped):
        return _chinese(text, start, end, anchor)
    why = no_gloss(stripped, titled=text[anchor - 1 : anchor] == "》")
    cited = _CITED.fullmatch(stripped) if why == "a citation" else None
    if cited and like_person(cited.group(1)):
        at = start + 1 + inner.index(stripped)
        return Gloss("forward", start, end, CITED, anchor, Piece(at, at + cited.end(1)))
    if why:
        return none(why)
    if anchor == 0 or text[anchor - 1] in "。；;！!？?：:，,、（(〔[" or text.find("\n\n", anchor, start) >= 0:
        return none("there is no name before it")
    return _latin(text, start, end, anchor)


def _latin(text: str, start: int, end: int, anchor: int) -> Gloss:
    """A bracket that holds Latin letters."""

    def none(reason: str) -> Gloss:
        return Gloss("none", start, end, reason, anchor)

    english: Piece | None = None
    acronym: Piece | None = None
    chinese: Piece | None = None
    declared: Piece | None = None
    rendering: Piece | None = None
    abbreviated = False
    reason = "holds English"
    parts = separated(text, start + 1, end - 1)
    seam = _SEAM.fullmatch(text[start + 1 : end - 1]) if text[anchor - 1].isascii() else None
    if seam:  # SLC（超級聯賽公司 Super League Company）
        at = start + 1 + seam.end(1)
        parts = [Piece(start + 1, at), Piece(at, end - 1)]
    names = [p for p in parts if not is_abbreviation(text[p.start : p.end].strip(SPACE))]
    if len(parts) > 1 and (not names or (len(names) > 1 and all(text[p.end : p.end + 1] == "、" for p in parts[:-1]))):
        return none("a list")
    for k, part in enumerate(parts):
        part = trimmed(text, part.start, part.end)
        body = fold(text[part.start : part.end])
        seam = _ACRONYM_SHORT.fullmatch(body)
        if seam and acronym is None:  # WDA簡稱沙漠大會
            acronym, declared = (Piece(part.start + seam.start(n), part.start + seam.end(n)) for n in (1, 2))
            continue
        label = _LABEL.match(body)
        short = _SHORT_LABEL.match(body)
        announced = short or label
        if announced and announced.end() == len(body.rstrip()):  # 縮寫： what follows is one
            abbreviated = bool(short)
            continue
        at = part.start
        if short and short.end() < len(body):
            at, label = at + short.end(), None
        elif label and label.end() < len(body) and (has_latin(body[label.end() :])):
            at = at + label.end()
        piece = trimmed(text, at, part.end)
        words = text[piece.start : piece.end]
        if not words or (is_years(words) and english):
            continue
        if has_han(words):
            if rendering is None and not (short or label) and len(words) > 2 and not is_remark(body):
                rendering = piece
            if english or acronym:
                if short and 2 <= len(words) <= 16:
                    declared = declared or piece
                reason = "holds English and " + ("a short form" if declared else "a remark")
                continue
            if k == len(parts) - 1 or is_remark(body) or has_latin(words):
                return none("a remark: it holds Chinese words")
            chinese = chinese or piece
            continue
        if not has_latin(words) or is_figure(words):
            continue
        shorter = english is not None and shortens(words, text[english.start : english.end])
        if acronym is None and (is_abbreviation(words) or shorter or ((short or abbreviated) and " " not in words)):
            acronym = piece
        elif english is None:
            english = piece
            if chinese:
                reason = "holds a second Chinese form and English"
    if english is None and acronym is None:
        return none("no English is left in it")
    if english and not acronym:
        english, acronym = run_together(text, english)
    if english:
        length = without_dates(text[english.start : english.end])
        if length < english.end - english.start:
            english = trimmed(text, english.start, english.start + length)
            reason = "holds a name and its dates"
        words = " ".join(text[english.start : english.end].split())
        why = no_name(words)
        if why:
            return none(why)
    gloss = _against_latin(text, Gloss("forward", start, end, reason, anchor, english, acronym, short=declared))
    if gloss.sort == "latin" and rendering and gloss.before and gloss.english and gloss.before == gloss.acronym:
        return replace(gloss, sort="reverse", chinese=rendering, reason="holds the English and the Chinese of an acronym")
    return gloss


def _against_latin(text: str, gloss: Gloss) -> Gloss:
    """What stands before the bracket may be Latin itself: an acronym and its expansion, or the end of a Chinese name."""
    anchor = gloss.anchor
    if has_han(text[anchor - 1]) or text[anchor - 1] in "」』》〉”’\"'】":
        return gloss
    before = latin_before(text, anchor)
    if before is None:
        if text[anchor - 1].isdigit() or text[anchor - 1] in "®™©%":
            return _without_note(text, gloss)
        return replace(gloss, sort="none", reason="there is no name before it")
    left = text[before.start : before.end]
    english = text[gloss.english.start : gloss.english.end] if gloss.english else ""
    acronym = text[gloss.acronym.start : gloss.acronym.end] if gloss.acronym else ""
    gap = back(text, before.start)
    if text[gap - 1 : gap] in ("-", "‐", "–") and before.start == gap:  # 轉化生長因子-β
        gap -= 1
    behind = text[gap - 1] if gap else ""
    if english and abbreviates(left, english):
        return replace(gloss, sort="latin", reason=f"{english} is what {left} stands for", before=before, acronym=before)
    if acronym and not english and abbreviates(acronym, left):
        return replace(gloss, sort="latin", reason=f"{acronym} is short for {left}", before=before, english=before)
    if acronym and not english and is_acronym(left) and left not in acronym:
        return replace(gloss, sort="latin", reason=f"{acronym} is another name of {left}", before=before)
    tail = left.split(" ")[-1]
    if (
        behind
        and (has_han(behind) or behind in "」』》")
        and " " not in left
        and (len(left) <= 4 or is_acronym(left) or left[-1].isdigit())
        and (not english or tail.lower() in english.lower() or not is_acronym(left))
    ):
        return replace(gloss, reason=gloss.reason + "; the name before it ends in Latin letters or figures")
    return replace(gloss, sort="latin", reason="it stands behind Latin letters", before=before)


def _without_note(text: str, gloss: Gloss) -> Gloss:
    """A note's number between a name and its gloss is of neither: 懷唐伊法庭1（Waitangi Tribunal）."""
    number = _NOTE_NUMBER.search(text, max(0, gloss.anchor - 4), gloss.anchor)
    if number and not any(c.isdigit() for c in text[gloss.start : gloss.end]):
        return replace(gloss, anchor=number.start())
    return gloss


def _half_latin(text: str, anchor: int, inner: str) -> bool:
    """Whether a bracket renders the Latin name before it and keeps some of its words: AI Safety Forum（AI安全論壇）."""
    if not has_han(inner) or not anchor or not text[anchor - 1].isascii():
        return False
    before = latin_before(text, anchor)
    if before is None or " " not in text[before.start : before.end]:
        return False
    kept = re.findall(rf"[{LATIN}0-9]+", inner)
    name = re.findall(rf"[{LATIN}0-9]+", text[before.start : before.end])
    head = head_of(fold(inner))  # a name ends with what it names; a remark does not
    if head is None or len(head[0]) < 2 or len(inner) > 24 or _NO_TERM.search(inner):
        return False
    return len(kept) <= 2 and len(kept) < len(name) and set(kept) <= set(name)


def _chinese(text: str, start: int, end: int, anchor: int) -> Gloss:
    """A bracket without Latin letters."""

    def none(reason: str) -> Gloss:
        return Gloss("none", start, end, reason, anchor)

    inner = trimmed(text, start + 1, end - 1)
    words = text[inner.start : inner.end]
    if not has_han(words):
        return none("a number or sign")
    body = fold(words)
    if _LABEL.fullmatch(body) or is_language(body):
        return none("it names a language")
    short = _SHORT.match(body)
    if short and anchor and (has_han(text[anchor - 1]) or text[anchor - 1] in "」』》〉”" or text[anchor - 1].isalnum()):
        piece = trimmed(text, inner.start + short.end(), inner.end)
        if text[piece.start] == "《":
            piece = Piece(piece.start + 1, piece.end)
        cut = re.search(r"[，,；;、]|」|』|》", text[piece.start : piece.end])
        if cut:
            piece = trimmed(text, piece.start, piece.start + cut.start())
        if 2 <= piece.end - piece.start <= 16 and text[anchor - 1].isascii() and text[anchor - 1].isalpha():
            before = latin_before(text, anchor)
            if before:
                found = _slots(text, before)
                return Gloss("reverse", start, end, "declares the Chinese name", anchor, chinese=piece, before=before, **found)
        if 2 <= piece.end - piece.start <= 16:
            return Gloss("short", start, end, f"declares the short form {text[piece.start : piece.end]}", anchor, chinese=piece)
    if 2 <= len(body) <= 6 and anchor and has_han(text[anchor - 1]) and _taken(body, fold(text[max(0, anchor - 20) : anchor])):
        return Gloss("short", start, end, f"its characters are those of the name: {words}", anchor, chinese=inner)
    if _is_head(body.strip("《》「」“”"), fold(text[max(0, anchor - 30) : anchor]).rstrip("《》「」“”")):
        inner = trimmed(text, inner.start + (body[0] in "《「“"), inner.end - (body[-1] in "》」”"))
        return Gloss("short", start, end, f"the head of the name: {words}", anchor, chinese=inner)
    before = latin_before(text, anchor) if anchor and text[anchor - 1].isascii() else None
    if before is None and anchor and text[anchor - 1] in "」』》”":
        opening = max(text.rfind(q, max(0, anchor - 60), anchor) for q in "「『《“")
        if opening >= 0 and has_latin(text[opening + 1 : anchor - 1]) and not has_han(text[opening + 1 : anchor - 1]):
            before = trimmed(text, opening + 1, anchor - 1)
    if before is None:
        return none("a remark in Chinese")
    cut = re.search("[，,；;：:、]", words)
    if cut and cut.start() > 1 and is_remark(body[cut.end() :]):  # 北岬，今富貴角
        inner = trimmed(text, inner.start, inner.start + cut.start())
        words = text[inner.start : inner.end]
        body, cut = fold(words), None
    if cut and (
        len(words) > 16 or any(w.strip() in territories() or len(w.strip()) == 1 for w in re.split("[，,；;：:、]", body))
    ):
        return none("a remark in Chinese")
    if len(body) > 24 or _NO_TERM.search(words):
        return none("a remark in Chinese")
    if is_remark(body):
        return none("a remark in Chinese")
    if is_reference(text[before.start : before.end]):
        return none("it stands behind a reference")
    if re.match(r"^[\d\s.,%]+", body) or re.match("^[一二三四五六七八九十百两几数]+[^一二三四五六七八九十]?$", body):
        return none("a number")
    if body in territories():
        return none("a country, not a name")
    if body.endswith(("等", "中", "时", "前", "后", "版", "型", "款", "起", "止", "者等")) and len(body) > 2:
        return none("a remark in Chinese")
    if "的" in body and left_word(body, body.index("的")) and text[before.start] != "#":
        return none("a remark in Chinese")
    return Gloss(
        "reverse",
        start,
        end,
        "Latin name first, Chinese in the bracket",
        anchor,
        chinese=inner,
        before=before,
        **_slots(text, before),
    )


def _is_head(short: str, name: str) -> bool:
    """Whether a short form is the head of a body's or a law's name before it: …權利委員會（委員會）."""
    head = head_of(short)
    named = bool(head) and head[0] == short and head[1] in ("organisation", "programme")  # type: ignore[index]
    return named and 2 <= len(short) <= 4 and name.endswith(short) and has_han(name[-len(short) - 2 : -len(short)])


def _taken(short: str, name: str) -> bool:
    """Whether a short form takes its characters from the end of a longer name, in order and with gaps: 消委會."""
    if not all(map(has_han, short)) or short in name or short[-1] not in name[-2:]:
        return False
    at = len(name)
    for c in reversed(short):
        at = name.rfind(c, 0, at)
        if at < 0:
            return False
    return len(name) - at >= len(short) + 2


def _slots(text: str, piece: Piece) -> dict[str, Piece | None]:
    words = text[piece.start : piece.end]
    return {"acronym": piece} if is_abbreviation(words) else {"english": piece}
