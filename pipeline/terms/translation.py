"""Evidence from translation, sound and abbreviation: how the English finds its Chinese, and the Chinese its English."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.terms import sound
from pipeline.terms.latin import is_acronym, letters_of, name_tokens
from pipeline.terms.lexicon import LONGEST, content_words, family_names, heads, initials, long_meanings, meanings, stem
from pipeline.terms.query import Lookup
from pipeline.terms.signs import BODIES, FOREIGN, FUNCTION, STRONG
from pipeline.terms.window import DOTS

# How a stretch of the window renders the English: covered characters, which words, characters left over, whether its first word
# is one that no later one renders, unexplained characters at its beginning.
Match = tuple[float, int, int, bool, int]


class _Names(NamedTuple):
    """The evidence of translation."""

    found: str = "English found"
    missing: str = "English missing"
    loose: str = "Chinese unexplained"
    chinese_left: str = "more Chinese than English is left"
    english_left: str = "more English than Chinese is left"
    first: str = "first word rendered"
    lead: str = "unexplained beginning"
    all: str = "all rendered"
    cut: str = "rendering cut off"


_NAMES = _Names()
_GUESSED = _Names(*("guess " + name for name in _NAMES))  # of English that the gloss does not give


def translation(chars: str, english: str, guessed: bool, sort: str, out: dict[int, dict[str, float]], lookup: Lookup) -> None:
    """How the English words find their Chinese, and the Chinese its English, from the right."""
    words = content_words(english)[:16]
    # how many characters an English word that is not found would take
    rooms = {stem(w): min(4.0, len(w)) if w.isupper() else 1.0 if w.isdigit() else 2.0 for w in words}
    if not rooms:
        return
    bit = {s: 1 << k for k, s in enumerate(rooms)}
    size = len(chars)
    segments = _segments(chars, bit, {w: bit[stem(w)] for w in words}, lookup)
    speaks = [c.isalnum() and c not in FUNCTION for c in chars]
    best: list[Match] = [(0.0, 0, 0, False, 0)] * (size + 1)
    for k in range(size - 1, -1, -1):
        covered, rendered, loose, _, lead = best[k + 1]
        choice = covered, rendered, loose + speaks[k], False, lead + speaks[k]
        value = covered
        for end, mask in segments.get(k, ()):
            covered, rendered, loose, _, _ = best[end]
            new = mask & ~rendered
            length = end - k
            covered += length * (1.0 if length > 1 else 0.8) if new else 0.45 * length
            if covered + 0.2 * new.bit_count() > value:
                value = covered + 0.2 * new.bit_count()
                choice = covered, rendered | mask, loose, bool(new), 0
        best[k] = choice
    name = _GUESSED if guessed else _NAMES
    total = len(rooms)
    missed: dict[int, float] = {}  # words rendered -> the room that the others would take
    for k, evidence in out.items():  # what is 0 says nothing, and is left out
        _, rendered, loose, first, lead = best[k]
        found = rendered.bit_count()
        if found:
            evidence[name.found] = found / total
        if found < total:
            evidence[name.missing] = min(total - found, 4) / 2
        if loose:
            evidence[name.loose] = min(loose, 10) / 4
        missing = missed.get(rendered)
        if missing is None:
            missing = missed[rendered] = sum(room for s, room in rooms.items() if not rendered & bit[s])
        if loose > missing:
            evidence[name.chinese_left] = min(loose - missing, 8) / 4
        elif loose < missing:
            evidence[name.english_left] = min(missing - loose, 8) / 4
        if first:
            evidence[name.first] = 1.0
        if lead:
            evidence[name.lead] = min(lead, 6) / 2
        if found == total and not loose:
            evidence[name.all] = 1.0
    # a word just left of the boundary, or of a function character there, that renders English which the candidate lacks
    for start, spans in segments.items():
        for end, mask in spans:
            for k in (end, end + 1):
                if k in out and mask & ~best[k][1] and (k == end or chars[end] in FUNCTION):
                    gain = 1.0 if k - start > 1 else 0.5
                    out[k][name.cut] = max(gain, out[k].get(name.cut, 0.0))


def _segments(chars: str, bit: dict[str, int], words: dict[str, int], lookup: Lookup) -> dict[int, list[tuple[int, int]]]:
    """Stretches of the window that render English words: start -> (end, which words). ``bit``: of each stem; ``words``: of each
    word."""
    size = len(chars)
    out: dict[int, list[tuple[int, int]]] = {}
    rendered = 0
    for k, c in enumerate(chars):
        if not c.isalnum():
            continue
        if c.isascii():
            end = k
            while end < size and chars[end].isascii() and chars[end].isalnum():
                end += 1
            mask = bit.get(stem(chars[k:end]), 0)
            if mask and (not k or not (chars[k - 1].isascii() and chars[k - 1].isalnum())):
                out.setdefault(k, []).append((end, mask))
                rendered |= mask
            continue
        for end in lookup.meant[k]:
            if end - k > LONGEST or (end - k > 4 and not STRONG.isdisjoint(chars[k + 4 : end])):
                break
            means = meanings(chars[k:end])
            if means.isdisjoint(bit):
                continue
            mask = sum(map(bit.__getitem__, means.intersection(bit)))
            out.setdefault(k, []).append((end, mask))
            rendered |= mask
    long = [(w.lower(), one) for w, one in words.items() if len(w) > 8 and not rendered & one]
    if long:
        rendered |= _inside(chars, long, out, lookup)
    # names inside a phrase are spelled, not translated
    rest = {w: one for w, one in words.items() if (w[:1].isupper() or len(words) == 1) and len(w) > 3 and not rendered & one}
    if rest:
        for start, end in _foreign_runs(chars):
            for word, one in rest.items():
                if sound.at_most(chars[start:end], word) < 0.59:
                    continue
                at, value = max(
                    ((start + j, v) for j, v in enumerate(sound.scores(chars[start:end], [word]))), key=lambda x: x[1]
                )
                if value >= (0.7 if end - at < 4 else 0.6) and end - at > 1:
                    out.setdefault(at, []).append((end, one))
        _spelled(chars, rest, out)
    return out


def _spelled(chars: str, names: dict[str, int], out: dict[int, list[tuple[int, int]]]) -> None:
    """Names spelled right before what is rendered, or at the end, whatever they are written with: 普立茲克建築獎."""
    for end in sorted({len(chars), *out}):
        floor = max(0, end - 8)
        if end - floor < 2:
            continue
        for name, one in names.items():
            if sound.at_most(chars[floor:end], name) < 0.69:  # most are not spelled at all
                continue
            values = sound.scores(chars[floor:end], [name])
            value = max(values)
            at = floor + values.index(value)
            if end - at > 1 and value >= (0.85 if end - at < 3 else 0.7):
                out.setdefault(at, []).append((end, one))


def _inside(chars: str, long: list[tuple[str, int]], out: dict[int, list[tuple[int, int]]], lookup: Lookup) -> int:
    """Stretches that render a part of a long word: 三酸甘油 in hypertriglyceridemic, 神經 in neuroblastoma. Which words."""
    rendered = 0
    for k, ends in enumerate(lookup.meant):
        for end in ends:
            if end - k > LONGEST or end - k < 2:
                continue
            mask = 0
            for means in long_meanings(chars[k:end]):
                for word, one in long:
                    if (len(means) > 5 and means in word) or word.startswith(means):
                        mask |= one
            if mask:
                out.setdefault(k, []).append((end, mask))
                rendered |= mask
    return rendered


def _foreign_runs(chars: str) -> list[tuple[int, int]]:
    """Runs of characters that foreign names are written with."""
    out = []
    k = 0
    while k < len(chars):
        end = k
        while end < len(chars) and chars[end] in FOREIGN:
            end += 1
        if end - k > 1:
            out.append((k, end))
        k = max(end, k + 1)
    return out


def letters(chars: str, acronym: str, out: dict[int, dict[str, float]], lookup: Lookup) -> None:
    """How well the acronym's letters can begin English words that render the Chinese, in their order."""
    letters = [c for c in letters_of(acronym) if c.isalpha()]
    if len(letters) < 2 or not is_acronym(acronym):
        return
    size, count = len(chars), len(letters)
    begun: list[list[tuple[int, frozenset[str]]]] = []  # the words that begin at each place, and what their English begins with
    for k, ends in enumerate(lookup.meant):
        found = ((end, initials(chars[k:end])) for end in ends if end <= k + 5)
        begun.append([(end, first) for end, first in found if first])
    # table[k][j]: the best value of rendering the last j letters with chars[k:]
    table: list[list[float]] = [[]] * size + [[-0.6 * j for j in range(count + 1)]]
    for k in range(size - 1, -1, -1):
        plain = chars[k] in FUNCTION or not chars[k].isalnum()
        row = [v - (0.0 if plain else 0.35) for v in table[k + 1]]
        for end, first in begun[k]:
            after = table[end]
            length = end - k
            for j in range(1, count + 1):
                if letters[count - j] in first:
                    row[j] = max(row[j], after[j - 1] + (1.0 if length > 1 else 0.6))
            for j in range(count):
                row[j] = max(row[j], after[j] - 0.3 * length)
        for j in range(1, count + 1):
            row[j] = max(row[j], row[j - 1] - 0.6)
        table[k] = row
    for k, evidence in out.items():
        evidence["letters"] = max(-1.0, table[k][count] / count)
        if any(letters[0] in first for end, first in begun[k] if end > k + 1):
            evidence["first letter"] = 1.0


def spelling(chars: str, english: str, sort: str, out: dict[int, dict[str, float]]) -> None:
    tokens = name_tokens(english)
    if len(tokens) > 6 or not tokens or not tokens[0][:1].isalpha() or (sort != "person" and len(tokens) > 3):
        return
    floor = max(min(out), len(chars) - (12 if DOTS.isdisjoint(chars) else 22))
    tail = chars[floor:]
    values = sound.scores(tail, tokens) if max(out) >= floor else []
    if values and sort == "person" and len(tokens) > 1:  # Huaidan Chen is 陳懷丹
        values = [max(pair) for pair in zip(values, sound.scores(tail, [tokens[-1], *tokens[:-1]]), strict=True)]
    best = max((values[k - floor] for k in out if k >= floor), default=0.0)
    for k, evidence in out.items():
        if k >= floor:
            value = values[k - floor]
            if value:
                evidence["sound"] = value
            if best > 0.45 and value == best:
                evidence["best sound"] = 1.0
    if sort == "person":
        romanised = {t.lower().strip(".,") for t in tokens}
        for k, evidence in out.items():
            known = family_names()
            names = next((known[chars[k : k + n]] for n in (3, 2, 1) if n < len(chars) - k and chars[k : k + n] in known), None)
            if names and len(chars) - k <= 5:
                evidence["surname"] = 1.0
                if names & romanised:
                    evidence["surname spelled"] = 1.0


def abbreviation(chars: str, short: str, out: dict[int, dict[str, float]]) -> None:
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
