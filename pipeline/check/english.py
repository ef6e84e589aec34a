"""Where renderings stand in English text: as words, whatever their number, tense, case and hyphens; acronyms as written.
British and American spellings are one, but for names: the *World Health Organization* writes itself so.

Inflection is told by rules and a small table of irregular forms, and from the listed word only: *aging* and *aged* are two
forms of *age*, but neither is a form of the other. A lemmatizer's table of all English words would weigh more than the rest of
the package together, and would make one of these two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import data
from pipeline.glossary.keys import looks_like_acronym
from pipeline.glossary.model import Term

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|&")
_HYPHENS = "-‐‑\u00ad"
_LOOSE = re.compile(rf"[\s{re.escape(_HYPHENS)}\"'“”‘’*]*")  # what may part the words of a term
_HEAD = 2  # letters by which a term is looked for; inflection leaves them
_VOWELS = frozenset("aeiouy")
# What tells British spelling, and the American for it. Both sides are folded, so that a rule may change words that are no such
# pair, as long as it makes no two words one (fourth and forth, mourning and morning).
_BRITISH = tuple((re.compile(pattern), american) for pattern, american in (
    (r"(?<=[a-z]{2})our(?=(?:s|ed|ing|al|able|er|ers|ful|hood|hoods|ite|ites|less)?$)", "or"),  # labour, neighbourhood
    (r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"), (r"ys(?=(?:e|ed|ing)$)", "yz"),  # organise, analyse
    (r"(?<=[a-z][tb])re(?=s?$)", "er"), (r"(?<=[a-z][tb])red$", "ered"),  # centre, fibres, metred
    (r"ogue(?=s?$)", "og"), (r"programme", "program"), (r"(?<=def|off|lic)ence", "ense"),
    (r"(?<=arch)ae|(?<=an)ae|(?<=p)ae(?=d)", "e"),  # archaeology, anaemia, paediatric
    (r"(?<=[a-z]{3}[ea])ll(?=(?:ed|ing|er|ers|or|ors)$)", "l"),  # travelled, modelling
    (r"(?<=[a-z]{2}[ailo])l(?=(?:ment|ments|ful)$)", "ll"),  # instalment, skilful
    (r"ageing$", "aging"), (r"^grey", "gray"), (r"(?<=jud|led)gement", "gment"), (r"aluminium", "aluminum"), (r"sulph", "sulf"))
)


class Word(NamedTuple):
    """A word of a text: folded, and ``text[start:end]``; ``before`` is what parts it from the word before. ``british``: it is
    spelled so."""

    text: str
    start: int
    end: int
    before: str
    british: bool


class Hit(NamedTuple):
    """``text[start:end]`` is a form of the term ``key``."""

    start: int
    end: int
    key: str


def words(text: str) -> list[Word]:
    """The words of a text in small letters, without diacritics, in American spelling; ``&`` is *and*."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        plain = _folded(match.group())
        folded = _american(plain)
        found.append(Word(folded, match.start(), match.end(), text[last : match.start()], folded != plain))
        last = match.end()
    return found


def is_acronym(term: Term) -> bool:
    """Whether its case counts."""
    return term.type == "acronym" or looks_like_acronym(term.text)


def acronym_at(text: str, acronym: str) -> list[Hit]:
    """Where an acronym stands, in this case, with or without a plural or possessive *s*: SME and SMEs, SDGs and SDG 8."""
    return [Hit(*m.span(), acronym) for m in _acronym(acronym).finditer(text)]


class Finder:
    """Finds English terms, each given as a key and a text."""

    def __init__(self, terms: Iterable[str]):
        self._by_head: defaultdict[str, dict[str, list[Word]]] = defaultdict(dict)
        for term in terms:
            listed = words(term)
            if len(listed) > 1 and listed[0].text in ("the", "a", "an"):
                listed = listed[1:]
            if listed:
                rest = "".join(w.text for w in listed[1:])
                for first in {listed[0].text, *_irregular().get(listed[0].text, ())}:
                    self._by_head[(first + rest)[:_HEAD]][term] = listed

    def find(self, text: str) -> list[Hit]:
        """All places of all terms; they may overlap."""
        there = words(text)
        found: list[Hit] = []
        for at, word in enumerate(there):
            following = there[at + 1].text if at + 1 < len(there) else ""
            for term, listed in self._by_head.get((word.text + following)[:_HEAD], {}).items():
                if len(listed) > 1 and word.text == listed[0].text and following[:1] != listed[1].text[:1]:
                    continue  # most terms that begin alike go on otherwise: this is for speed alone
                end = next(_ends(there, at, listed, 0), 0)
                if end and _begins(text, word.start) and _capital(term, listed, text[word.start]) and (
                        not any(map(str.isupper, term[1:])) or _british(there[at:end]) == _british(listed)):
                    found.append(Hit(word.start, there[end - 1].end, term))
        return found


def _british(found: list[Word]) -> int:
    return sum(word.british for word in found)


def _ends(there: list[Word], at: int, listed: list[Word], k: int) -> Iterator[int]:
    """Behind which words of a text the rest of a term may end, ``listed[k]`` standing at ``there[at]``."""
    if k == len(listed):
        yield at
        return
    if at >= len(there) or (k and not _parts(there[at].before, listed[k].before)):
        return
    if is_form(there[at].text, listed[k].text, first=k == 0):
        yield from _ends(there, at + 1, listed, k + 1)
    # e-learning, elearning; child care, childcare; off shore, off-shore, offshore
    if k + 1 < len(listed) and listed[k + 1].before in (" ", *_HYPHENS) and \
            is_form(there[at].text, listed[k].text + listed[k + 1].text, first=False):
        yield from _ends(there, at + 1, listed, k + 2)
    if at + 1 < len(there) and there[at + 1].before in (" ", *_HYPHENS) and \
            is_form(there[at].text + there[at + 1].text, listed[k].text, first=False):
        yield from _ends(there, at + 2, listed, k + 1)


def _parts(there: str, listed: str) -> bool:
    """Whether what stands between two words of a text may stand there in a term: spaces, hyphens and quotes, or its own signs
    (a title's colon may be a dash)."""
    if _LOOSE.fullmatch(there):
        return True
    return not _LOOSE.fullmatch(listed) and not set(there.strip()) - set("–—:;,./|()（）·" + listed)


def _begins(text: str, at: int) -> bool:
    """Whether that is no second half of a compound: a super-aged society is no aged society."""
    return at < 2 or text[at - 1] not in _HYPHENS or not text[at - 2].isalnum()


def _capital(term: str, listed: list[Word], first: str) -> bool:
    """A name of one word is none in small letters: Turkey is no turkey."""
    return len(listed) > 1 or not term[:1].isupper() or first.isupper()


@lru_cache(maxsize=65536)
def is_form(word: str, listed: str, first: bool) -> bool:
    """Whether a word is a form of a listed one, both folded: another number, the possessive, or, of the first word of a term,
    another form of the verb."""
    word = re.sub(r"['’]s$|['’]$", "", word)
    listed = re.sub(r"['’]s$|['’]$", "", listed)
    if word == listed or listed in _singulars(word) or word in _singulars(listed):
        return True
    irregular = _irregular()
    if word in irregular.get(listed, ()) or listed in irregular.get(word, ()):
        return True
    return first and listed in _infinitives(word)


def _singulars(word: str) -> set[str]:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return set()
    found = {word[:-1]}
    if word.endswith("ies"):
        found.add(word[:-3] + "y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found.add(word[:-2])
    return found


def _infinitives(word: str) -> set[str]:
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and _VOWELS & set(stem):
            found = {stem, stem + "e"}
            if stem[-1] == stem[-2]:
                found.add(stem[:-1])
            if ending == "ed" and stem.endswith("i"):
                found.add(stem[:-1] + "y")
            return found
    return set()


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {word: tuple(forms.split()) for word, forms in data.table("english_irregular.tsv")}


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
    return "and" if plain == "&" else "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _american(word: str) -> str:
    bare, mark, possessive = word.partition("'")
    for british, american in _BRITISH:
        bare = british.sub(american, bare)
    return bare + mark + possessive


@lru_cache(maxsize=65536)
def _acronym(acronym: str) -> re.Pattern[str]:
    if len(acronym) > 2 and acronym.endswith("s") and acronym[:-1].isupper():
        acronym = acronym[:-1]
    spelled = r"[\s\-‐‑]?".join(map(re.escape, re.split(r"[\s\-‐‑]+", acronym)))
    return re.compile(rf"(?<![^\W_])(?<![^\W_]&){spelled}(?:['’]?s)?(?![^\W_])(?!&[^\W_])")
