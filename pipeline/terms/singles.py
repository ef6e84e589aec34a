"""Names of one Latin word that the Chinese only spells: a person, a place, a firm; by what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from pipeline.document import Candidate, TermKind
from pipeline.scripts.detect import fold
from pipeline.terms.contexts import ACTS, AFTER_BODY, AFTER_PERSON, AFTER_PLACE, BEFORE_PLACE, BODIES, MOVES, kind_words
from pipeline.terms.heads import all_common, english_kind, head_word
from pipeline.terms.lexicon import definitions, is_word, territories, titles
from pipeline.terms.signs import FOREIGN
from pipeline.terms.window import DOTS

_TAXON = re.compile(r"[A-Z][a-z]{8,}(?:is|us|a|ii|um|or|es|ens)")  # of which an extractor lost the space
_SINGLE = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)?")
_ABSTRACT = re.compile("(?:ism|ity|tion|ness|ology|ics|ment|ance|ence|itis|osis|tude|mab|nib|vir|statin|cillin|mycin)s?$")
_GLOSS = re.compile(r"\s?[(（][^()（）\n]{1,60}[)）]")
_IN_LIST = re.compile("[)）」』”]?(?:[、,，和與与及]|以及)(.{0,5})")
USES, NEARBY = 12, 20_000  # occurrences of a name that are looked at, and how far from the first: the time grows with the text


def one_word(term: str, english: str, before: str, after: str, sound: float, head: str | None) -> TermKind:
    """The kind of one Latin word that the Chinese does not translate, by what stands around it, or as most such words are."""
    if not DOTS.isdisjoint(term):
        return "person"
    if _TAXON.fullmatch(english) and sound < 0.5:
        return "term"
    spelled = sound >= 0.5 or (sound >= 0.4 and all(c in FOREIGN for c in term))
    if before.endswith(_bodies()):
        return "organisation"
    if english.islower():
        return "term"
    humped = any(c.isupper() for c in english[1:])
    if not humped:
        said = _said(before, after, spelled)
        if said:
            return said
        if all_common(english) or _ABSTRACT.search(english) or (not spelled and _means(term)):
            return "term"
        if head == "place":
            return "place"
    acts = humped or ACTS.match(after) or AFTER_BODY.match(after)
    return english_kind(english) or ("place" if spelled and not acts else "organisation")


def _means(term: str) -> bool:
    """Whether common words of two characters and more make up a term: 會話|含意, not 睿能|創意."""
    if not term:
        return True
    common = (n for n in (4, 3, 2) if is_word(term[:n]) and not any(d[:1].isupper() for d in definitions(term[:n])[:1]))
    return any(_means(term[n:]) for n in common)


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(word for word, said in kind_words("before").items() if said == "organisation")


def _said(before: str, after: str, spelled: bool = True) -> TermKind | None:
    country = next((n for n in range(5, 1, -1) if before[-n:] in territories()), 0)
    ahead = before[: len(before) - country]  # 前往葉門|荷台達
    if MOVES.search(ahead) or AFTER_PLACE.match(after) or (spelled and not country and BEFORE_PLACE.search(before)):
        return "place"
    if spelled and (AFTER_PERSON.match(after) or any(before[-n:] in titles() for n in range(2, 6))):
        return "person"
    if before.endswith(_bodies()) or BODIES.match(after):
        return "organisation"
    return None


def _open(c: Candidate) -> bool:
    """Whether nothing in a name itself says what it names: one word with a capital, spelled by a Chinese name."""
    if not c.zh or not c.en or c.acronym or c.kind in ("work", "programme") or not _SINGLE.fullmatch(c.en) or all_common(c.en):
        return False
    return english_kind(c.en) is None and len(head_word(fold(c.zh))) < 2


def settled(plain: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates; a name that says nothing itself is of the kind that its uses say, or else its neighbour in a list."""
    out = list(found)
    waiting = set()
    for k, c in enumerate(out):
        if _open(c):
            said = _elsewhere(plain, fold(c.zh or ""), c.evidence[0].start)
            if said:
                out[k] = replace(c, kind=said)
            else:
                waiting.add(k)
    places = sorted((e.start, max(e.end, e.gloss_end), k) for k, c in enumerate(out) for e in c.evidence if c.zh)
    for order in (places, places[::-1]):
        for (start, end, k), (after, until, n) in pairwise(order):
            left, right = (end, after) if start < after else (until, start)
            if n in waiting and out[k].kind in ("place", "organisation", "person") and _joined(plain[left:right]):
                out[n] = replace(out[n], kind=out[k].kind)
                waiting.remove(n)
    return out


def _joined(between: str) -> bool:
    """Whether two names stand in one list, with a country before the second perhaps."""
    m = _IN_LIST.fullmatch(between)
    country = m.group(1).strip("「『“") if m else ""
    return bool(m) and (not country or country in territories())


def _elsewhere(plain: str, term: str, near: int) -> TermKind | None:
    """What most uses of a name say that it is."""
    votes: Counter[TermKind] = Counter()
    last = near + NEARBY
    at = plain.find(term, max(0, near - NEARBY), last)
    for _ in range(USES):
        if at < 0:
            break
        end = at + len(term)
        gloss = _GLOSS.match(plain, end)
        said = _said(plain[max(0, at - 8) : at].rstrip(), plain[gloss.end() if gloss else end :][:8].lstrip())
        if said:
            votes[said] += 1
        at = plain.find(term, end, last)
    first = votes.most_common(2)
    return first[0][0] if first and (len(first) < 2 or first[0][1] > first[1][1]) else None
