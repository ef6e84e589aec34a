"""Where the Chinese term begins: every left boundary is a candidate, evidence adds up, and the best one wins.

For a gloss, the characters before it are a :class:`~pipeline.terms.window.Window`; a candidate is a place in it where the term may
begin. Evidence is of four kinds (translation, sound, form, repetition), each a few numbers; a linear model ranks the candidates
(a conditional logit, McFadden 1974), with weights of its own for phrases, names of people, and acronyms. The weights are in
``pipeline/data/weights.tsv``; ``bench/train_terms.py`` learns them.
"""

from __future__ import annotations

import re
from functools import cache
from math import exp
from typing import Literal, NamedTuple

from ..data import table
from ..script import fold
from ..words import FOREIGN
from . import sound
from .latin import is_acronym, letters_of, like_person, name_tokens
from .lexicon import (
    LONGEST,
    content_words,
    definitions,
    expansions,
    head_of,
    heads,
    is_word,
    left_word,
    left_words,
    meanings,
    part_of_speech,
    stem,
    surnames,
    territories,
    titles,
)
from .window import COUNTED, DOTS, Window

Class = Literal["phrase", "person", "acronym", "short"]
BODIES = frozenset(fold("部 院 會 府 署 局 法人 國立 政府").split())
FUNCTION = frozenset(fold("的之與和及或暨"))  # may stand in a name, says nothing there
STRONG = frozenset(fold("的在將被由是了著過把於從對向為以並且而但也都又則卻使讓令"))
_WORD = re.compile("[a-z0-9]+")
NEVER = frozenset(fold("是這你嗎"))
UNLIKELY = frozenset(fold("的與和及或暨且而在於了著被將把由向從因如對讓使為以"))  # begins a name only as part of a word
_FOREIGN = frozenset(
    fold("".join(sorted(FOREIGN)))
    + fold(
        "愛李雷白強瓊喬森頓奧倫坡登丁亨漢易雪雀麗娃菲芙珊貝碧柏裘孟夢杰班本比畢邦波百拜步布蔡曹岱杜凡范芳夫高葛貢顧海韓荷侯胡霍季姜寬奎昆藍羅辛柴詹曼"
    )
)
_NUMERAL = frozenset(fold("一二三四五六七八九十百兩第"))


class Query(NamedTuple):
    """What a gloss says: its English and its acronym, and of which class it is. ``short``: a Chinese short form instead."""

    english: str = ""
    acronym: str = ""
    short: str = ""
    known: str = ""  # what the acronym stands for, where the document or a table says so


def known_english(query: Query) -> str:
    """What the acronym of a gloss stands for, as far as it is known without the gloss."""
    return query.known or expansions().get(query.acronym.upper(), "")


class Place(NamedTuple):
    """A candidate: the term begins at ``chars[at]``. ``probability`` among the candidates of its gloss."""

    at: int
    score: float
    probability: float
    evidence: dict[str, float]


class Match(NamedTuple):
    """How a stretch of the window renders the English: covered characters, which words, what is left over."""

    covered: float
    words: int
    loose: int
    first: bool
    lead: int  # unexplained characters at the beginning


@cache
def weights() -> dict[str, dict[str, float]]:
    """Class -> evidence -> weight."""
    out: dict[str, dict[str, float]] = {}
    for sort, name, value in table("weights.tsv"):
        out.setdefault(sort, {})[name] = float(value)
    return out


def rank(
    window: Window,
    query: Query,
    cuts: frozenset[int] | None = None,
    seen: dict[int, int] | None = None,
    without: frozenset[str] = frozenset(),
) -> list[Place]:
    """The candidates of a gloss, best first.

    ``cuts``: text offsets where a segmenter begins a word. ``seen``: how often the window's last characters stand elsewhere with
    another left context: length -> number. ``without``: words that the dictionary must not know (for training).
    """
    model = weights().get(sort_of(window, query), {})
    found = [(k, evidence) for k, evidence in evidences(window, query, cuts, seen, without)]
    if not found:
        return []
    totals = [sum(model.get(name, 0.0) * value for name, value in evidence.items()) for _, evidence in found]
    top = max(totals)
    powers = [exp(t - top) for t in totals]
    mass = sum(powers)
    places = [Place(k, t, p / mass, evidence) for (k, evidence), t, p in zip(found, totals, powers, strict=True)]
    return sorted(places, key=lambda p: (-p.score, p.at))


def evidences(
    window: Window, query: Query, cuts: frozenset[int] | None, seen: dict[int, int] | None, without: frozenset[str]
) -> list[tuple[int, dict[str, float]]]:
    """Every candidate with its evidence."""
    chars = _small(fold(window.chars))
    lookup = _Lookup(without)
    starts = [k for k in range(len(chars)) if window.begins(k) and (len(chars) - k > 1 or len(chars) == 1 or window.quoted)]
    if window.quoted and starts:  # what stands in quotation marks is whole
        starts = starts[:1]
    else:  # no name holds a pronoun or the copula
        last = max((k for k, c in enumerate(chars) if c in NEVER), default=-1)
        starts = [k for k in starts if k > last] or starts
        quoted = window.stop in tuple('「『《〈“‘【"') and bool(window.stop)
        starts = [
            k
            for k in starts
            if not (
                chars[k] in UNLIKELY
                and not (k == 0 and quoted)
                and not any(lookup.is_word(chars[k : k + n]) for n in (2, 3, 4))
            )
        ] or starts
    if not starts:
        return []
    sort = sort_of(window, query)
    out: dict[int, dict[str, float]] = {k: {} for k in starts}
    if sort == "short":
        _abbreviation(chars, _small(fold(query.short)), out)
    else:
        english = query.english or known_english(query)
        if english:
            _translation(chars, english, query.english == "", sort, out, lookup)
        if query.acronym and not query.english:
            _letters(chars, query.acronym, out, lookup)
        if query.english and english[:1].isalpha():
            _sound(chars, query.english, sort, out)
    _form(window, chars, query, sort, cuts, out, lookup)
    if seen:
        _repetition(len(chars), seen, out)
    return list(out.items())


def _small(text: str) -> str:
    """In small letters, at equal length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def sort_of(window: Window, query: Query) -> Class:
    """Of which class a gloss is. English that is written like a person's name is none where the Chinese translates it."""
    if query.short:
        return "short"
    if not query.english:
        return "acronym"
    if not like_person(query.english):
        return "phrase"
    chars = _small(fold(window.chars))
    if any(c in DOTS for c in chars):
        return "person"
    head = head_of(chars)
    if head and len(head[0]) > 1:
        return "phrase"
    words = frozenset(stem(w) for w in content_words(query.english) if len(w) > 2)
    size = len(chars)
    for k in range(max(0, size - 12), size):
        for end in range(k + 2, min(size, k + 4) + 1):
            if meanings(chars[k:end]) & words and not _name_of_person(chars[k:end]):
                return "phrase"
    return "phrase" if size and meanings(chars[-1]) & words and chars[-1] in heads() else "person"


def _name_of_person(word: str) -> bool:
    """Whether the dictionary has a word as a name: it spells what it would seem to translate."""
    return any("(name)" in d or "surname" in d or d[:1].isupper() for d in definitions(word)[:2])


class _Lookup:
    """The lexicon, without some of its words."""

    def __init__(self, without: frozenset[str]):
        self.without = without

    def meanings(self, word: str) -> frozenset[str]:
        return frozenset() if word in self.without else meanings(word)

    def is_word(self, word: str) -> bool:
        return word not in self.without and is_word(word)


# -- translation ---------------------------------------------------------------------------------------------------------------


def _translation(chars: str, english: str, guessed: bool, sort: str, out: dict[int, dict[str, float]], lookup: _Lookup) -> None:
    """How the English words find their Chinese, and the Chinese its English, from the right."""
    words = content_words(english)[:16]
    stems = list(dict.fromkeys(stem(w) for w in words))
    if not stems:
        return
    bit = {s: 1 << k for k, s in enumerate(stems)}
    # how many characters an English word that is not found would take
    rooms = {stem(w): min(4.0, len(w)) if w.isupper() else 1.0 if w.isdigit() else 2.0 for w in words}
    size = len(chars)
    segments = _segments(chars, bit, words, lookup)
    best: list[Match] = [Match(0.0, 0, 0, False, 0)] * (size + 1)
    for k in range(size - 1, -1, -1):
        nxt = best[k + 1]
        plain = chars[k] in FUNCTION or not chars[k].isalnum()
        choice = Match(nxt.covered, nxt.words, nxt.loose + (not plain), False, nxt.lead + (not plain))
        value = choice.covered
        for end, mask in segments.get(k, ()):
            after = best[end]
            new = mask & ~after.words
            length = end - k
            gain = length * (1.0 if length > 1 else 0.8) if new else 0.45 * length
            if after.covered + gain + (0.2 * new.bit_count()) > value:
                value = after.covered + gain + (0.2 * new.bit_count())
                choice = Match(after.covered + gain, after.words | mask, after.loose, bool(new), 0)
        best[k] = choice
    prefix = "guess " if guessed else ""
    total = len(stems)
    for k, evidence in out.items():
        match = best[k]
        length = sum(c.isalnum() and c not in FUNCTION for c in chars[k:]) or 1
        found = match.words.bit_count()
        evidence[prefix + "English found"] = found / total
        missing = sum(room for s, room in rooms.items() if not match.words & bit[s])
        evidence[prefix + "English missing"] = min(total - found, 4) / 2
        evidence[prefix + "Chinese unexplained"] = min(match.loose, 10) / 4
        evidence[prefix + "more Chinese than English is left"] = max(0.0, min(match.loose - missing, 8)) / 4
        evidence[prefix + "more English than Chinese is left"] = max(0.0, min(missing - match.loose, 8)) / 4
        evidence[prefix + "Chinese explained"] = 1 - match.loose / length
        evidence[prefix + "first word rendered"] = float(match.first)
        evidence[prefix + "unexplained beginning"] = min(match.lead, 6) / 2
        if found == total and not match.loose:
            evidence[prefix + "all rendered"] = 1.0
        if not found:
            evidence[prefix + "nothing rendered"] = 1.0
    # a word just left of the boundary that renders English which the candidate lacks
    ending: dict[int, list[tuple[int, int]]] = {}
    for start, spans in segments.items():
        for end, mask in spans:
            ending.setdefault(end, []).append((start, mask))
    for k, evidence in out.items():
        gain = 0.0
        joint = k - 1 if k and chars[k - 1] in FUNCTION else k
        for start, mask in ending.get(k, []) + (ending.get(joint, []) if joint != k else []):
            if mask & ~best[k].words:
                gain = max(gain, 1.0 if k - start > 1 else 0.5)
        if gain:
            evidence[prefix + "rendering cut off"] = gain


def _segments(chars: str, bit: dict[str, int], words: list[str], lookup: _Lookup) -> dict[int, list[tuple[int, int]]]:
    """Stretches of the window that render English words: start -> (end, which words)."""
    size = len(chars)
    out: dict[int, list[tuple[int, int]]] = {}
    rendered = 0
    for k in range(size):
        if not chars[k].isalnum():
            continue
        if chars[k].isascii():
            end = k
            while end < size and chars[end].isascii() and chars[end].isalnum():
                end += 1
            mask = bit.get(stem(chars[k:end]), 0)
            if mask and (not k or not (chars[k - 1].isascii() and chars[k - 1].isalnum())):
                out.setdefault(k, []).append((end, mask))
                rendered |= mask
            continue
        for end in range(k + 1, min(size, k + LONGEST) + 1):
            if end - k > 1 and chars[end - 1] in STRONG and end - k > 4:
                break
            mask = 0
            for s in lookup.meanings(chars[k:end]):
                mask |= bit.get(s, 0)
            if mask:
                out.setdefault(k, []).append((end, mask))
                rendered |= mask
    # names inside a phrase are spelled, not translated
    rest = [w for w in words if w[:1].isupper() and len(w) > 3 and not rendered & bit[stem(w)]]
    if rest:
        for start, end in _foreign_runs(chars):
            for word in rest:
                at, value = max(
                    ((start + j, v) for j, v in enumerate(sound.scores(chars[start:end], [word]))), key=lambda x: x[1]
                )
                if value >= (0.7 if end - at < 4 else 0.6) and end - at > 1:
                    out.setdefault(at, []).append((end, bit[stem(word)]))
    return out


def _foreign_runs(chars: str) -> list[tuple[int, int]]:
    """Runs of characters that foreign names are written with."""
    out = []
    k = 0
    while k < len(chars):
        end = k
        while end < len(chars) and chars[end] in _FOREIGN:
            end += 1
        if end - k > 1:
            out.append((k, end))
        k = max(end, k + 1)
    return out


def _foreign_length(chars: str, k: int) -> int:
    """How many characters from ``k`` on foreign names are written with."""
    end = k
    while end < len(chars) and chars[end] in _FOREIGN:
        end += 1
    return end - k


def _letters(chars: str, acronym: str, out: dict[int, dict[str, float]], lookup: _Lookup) -> None:
    """How well the acronym's letters can begin English words that render the Chinese, in their order."""
    letters = [c for c in letters_of(acronym) if c.isalpha()]
    if len(letters) < 2 or not is_acronym(acronym):
        return
    size, count = len(chars), len(letters)
    # table[k][j]: the best value of rendering the last j letters with chars[k:]
    rows: list[list[float]] = [[0.0] + [-0.6 * j for j in range(1, count + 1)]]
    initial: dict[tuple[int, int], frozenset[str]] = {}
    for k in range(size):
        for end in range(k + 1, min(size, k + 5) + 1):
            found = frozenset(s[0] for s in lookup.meanings(chars[k:end]))
            if found:
                initial[k, end] = found
    table_: list[list[float]] = [[]] * (size + 1)
    table_[size] = rows[0]
    for k in range(size - 1, -1, -1):
        plain = chars[k] in FUNCTION or not chars[k].isalnum()
        row = [v - (0.0 if plain else 0.3) for v in table_[k + 1]]
        for end in range(k + 1, min(size, k + 5) + 1):
            found = initial.get((k, end), frozenset())
            if not found:
                continue
            after = table_[end]
            length = end - k
            for j in range(1, count + 1):
                if letters[count - j] in found:
                    row[j] = max(row[j], after[j - 1] + (1.0 if length > 1 else 0.6))
            for j in range(count):
                row[j] = max(row[j], after[j] - 0.15 * length)
        for j in range(1, count + 1):
            row[j] = max(row[j], row[j - 1] - 0.6)
        table_[k] = row
    for k, evidence in out.items():
        evidence["letters"] = max(-1.0, table_[k][count] / count)
        if any(letters[0] in initial.get((k, end), ()) for end in range(k + 2, min(size, k + 5) + 1)):
            evidence["first letter"] = 1.0


# -- sound ---------------------------------------------------------------------------------------------------------------------


def _sound(chars: str, english: str, sort: str, out: dict[int, dict[str, float]]) -> None:
    tokens = name_tokens(english)
    if len(tokens) > 6 or not tokens or not tokens[0][:1].isalpha() or (sort != "person" and len(tokens) > 3):
        return
    floor = max(0, len(chars) - (22 if any(c in DOTS for c in chars) else 12))
    tail = chars[floor:]
    values = sound.scores(tail, tokens)
    if sort == "person" and len(tokens) > 1:  # Huaidan Chen is 陳懷丹
        values = [max(pair) for pair in zip(values, sound.scores(tail, [tokens[-1], *tokens[:-1]]), strict=True)]
    best = max((values[k - floor] for k in out if k >= floor), default=0.0)
    for k, evidence in out.items():
        if k >= floor:
            value = values[k - floor]
            evidence["sound"] = value
            if best > 0.45 and value == best:
                evidence["best sound"] = 1.0
    if sort == "person":
        romanised = {t.lower().strip(".,") for t in tokens}
        for k, evidence in out.items():
            names = surnames().get(chars[k : k + 2]) if len(chars) - k > 2 else None
            names = names or surnames().get(chars[k])
            if names and len(chars) - k <= 4:
                evidence["surname"] = 1.0
                if names & romanised:
                    evidence["surname spelled"] = 1.0


# -- form ----------------------------------------------------------------------------------------------------------------------


def _form(
    window: Window,
    chars: str,
    query: Query,
    sort: str,
    cuts: frozenset[int] | None,
    out: dict[int, dict[str, float]],
    lookup: _Lookup,
) -> None:
    size = len(chars)
    english = {stem(w) for w in content_words(query.english)}
    dotted = any(c in DOTS for c in chars)
    expected = _expected(query, sort)
    crossing = _crossings(chars, lookup)
    for k, evidence in out.items():
        term = chars[k:]
        length = sum(c.isalnum() for c in term)
        if k == 0 and window.alone and not window.quoted:
            evidence["whole line"] = 1.0
        if (
            sort != "person"
            and chars[k] in _FOREIGN
            and (k == 0 or chars[k - 1] not in _FOREIGN)
            and _foreign_length(chars, k) > 2
        ):
            evidence["foreign characters begin"] = 1.0
        if k == 0:
            evidence[
                "whole quotation"
                if window.quoted
                else "quotation begins"
                if window.stop in '「『《〈“‘【"' and window.stop
                else "list comma"
                if window.stop == "、"
                else "clause begins"
            ] = 1.0
        else:
            evidence["left " + _left(chars, k)] = 1.0
            if crossing[k]:
                evidence["cuts a word"] = 1.0
            if cuts is not None and window.offsets[k] not in cuts:
                evidence["no word begins here"] = 1.0
            if window.quoted:
                evidence["part of a quotation"] = 1.0
        if term[0] in FUNCTION or term[0] in STRONG:
            evidence["begins with a function character"] = 1.0
            if not any(lookup.is_word(term[:n]) for n in (2, 3, 4)):
                evidence["begins with a function word"] = 1.0
        elif len(term) > 2 and term[0] in left_words() and not any(lookup.is_word(term[:n]) for n in (2, 3, 4)):
            evidence["begins with a function word"] = 1.0
        else:
            opening = _opening(term)
            if opening:
                evidence["begins with " + opening] = 1.0
        strong = sum(c in STRONG for c in term[1:-1])
        if strong:
            evidence["function word inside"] = min(strong, 3)
        if any(c in FUNCTION for c in term[1:-1]):
            evidence["conjunction inside"] = 1.0
        if length > expected * 1.2:
            evidence["too long"] = min((length - expected) / expected, 3.0)
        elif length < expected * 0.8:
            evidence["too short"] = (expected - length) / expected
        if lookup.is_word(term) and size - k > 1:
            evidence["a known word"] = 1.0 if size - k < 4 else 2.0
        place = _territory(term)
        if place and not (place & english) and sort in ("phrase", "acronym") and len(term) > 3:
            evidence["country not in the English"] = 1.0
        if sort == "person":
            foreign = [c in _FOREIGN for c in term if c not in DOTS]
            evidence["foreign characters"] = sum(foreign) / len(foreign)
            if k and chars[k - 1] in _FOREIGN and chars[k - 1] not in DOTS:
                evidence["foreign character before"] = 1.0
            evidence["length " + str(min(length, 5))] = 1.0
            if dotted and k and (chars[k - 1] in DOTS or not any(c in DOTS for c in term)):
                evidence["dotted name cut"] = 1.0
            if any(term[j : j + n] in titles() for n in (2, 3, 4) for j in range(len(term) - n)):
                evidence["title inside"] = 1.0
        if chars[k].isascii() and chars[k].isalnum():
            evidence["begins with Latin or figures"] = 1.0
            first = _WORD.match(term)
            if query.english and first and first.group() in _small(query.english):
                evidence["the English has it too"] = 1.0


def _expected(query: Query, sort: str) -> float:
    """How many characters the Chinese of a gloss would have."""
    if sort == "person":
        return 4.0
    if sort == "short":
        return 2.2 * len(query.short)
    if sort == "acronym":
        known = known_english(query)
        return 2.0 * len(content_words(known)) if known else max(4.0, 2.3 * sum(c.isalpha() for c in query.acronym))
    return max(2.5, 2.1 * len(content_words(query.english)))


def _crossings(chars: str, lookup: _Lookup) -> list[bool]:
    """Whether a word of two characters or more stands across each place."""
    out = [False] * (len(chars) + 1)
    for k in range(len(chars) - 1):
        for end in range(k + 2, min(len(chars), k + 5) + 1):
            if lookup.is_word(chars[k:end]):
                for j in range(k + 1, end):
                    out[j] = True
    return out


def _left(chars: str, k: int) -> str:
    """What stands before a candidate."""
    last = chars[k - 1]
    if last in DOTS or last in "-－–—/":
        return "sign"
    if last.isascii() and last.isalnum():
        return "Latin or figure"
    if last in COUNTED and k > 1 and (chars[k - 2].isdigit() or (k > 2 and chars[k - 3] == "第")):
        return "date"
    if (
        last in _FOREIGN
        and chars[k] in _FOREIGN
        and k > 1
        and (chars[k - 2] in _FOREIGN or (k + 1 < len(chars) and chars[k + 1] in _FOREIGN))
    ):
        return "foreign character"
    found = left_word(chars, k)
    if found and len(found[0]) > 1:
        return found[1]
    for length in (4, 3, 2):
        speech = part_of_speech(chars[k - length : k]) if length <= k else ""
        if speech:
            return "word of the dictionary: " + speech
    if found:
        return found[1] + " of one character"
    return "preposition of one character" if last in STRONG else "other"


def _opening(term: str) -> str:
    known = left_words()
    longer = next((n for n in (5, 4, 3) if n < len(term) and is_word(term[:n])), 0)
    for length in range(min(4, len(term) - 1), 1, -1):
        sort = known.get(term[:length])
        if sort and length >= longer:
            return f"a word of class {sort}"
    return "a verb of the dictionary" if len(term) > 2 and not longer and part_of_speech(term[:2]) == "verb" else ""


def _territory(term: str) -> frozenset[str]:
    known = territories()
    for length in range(min(6, len(term) - 1), 1, -1):
        if term[:length] in known:
            return meanings(term[:length])
    return frozenset()


def _abbreviation(chars: str, short: str, out: dict[int, dict[str, float]]) -> None:
    """How a short form takes its characters from the candidate, in their order."""
    for k, evidence in out.items():
        term = chars[k:]
        at, taken = 0, 0
        for c in short:
            found = term.find(c, at)
            if found >= 0:
                taken += 1
                at = found + 1
        evidence["characters taken"] = taken / len(short)
        if k and (chars[k - 1] in BODIES or chars[k - 2 : k] in BODIES):
            evidence["a body before it"] = 1.0
        if short[0] == term[0]:
            evidence["first character taken"] = 1.0
        if term == short:
            evidence["the short form itself"] = 1.0
        if short in term and term != short:
            evidence["holds the short form"] = 1.0
        head = any(term.endswith(h) for h in (short[-1], short[-2:]))
        if head:
            evidence["same end"] = 1.0
        if term[-1] in heads() or term[-2:] in heads():
            evidence["ends with a head"] = 1.0


def _repetition(size: int, seen: dict[int, int], out: dict[int, dict[str, float]]) -> None:
    """Elsewhere the same characters stand with another left context, or always with the same."""
    for k, evidence in out.items():
        length = size - k
        here = seen.get(length, 0)
        if here:
            evidence["alone elsewhere"] = 1.0 if here == 1 else 1.5
        if any(n > length for n in seen):
            evidence["longer elsewhere"] = 1.0
