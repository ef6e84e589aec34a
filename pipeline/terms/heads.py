"""The head of a name, Chinese or in Latin letters, and the kind of thing that it says; firms by their legal form."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import table
from pipeline.document import TermKind
from pipeline.terms.contexts import kind_words
from pipeline.terms.endings import Endings
from pipeline.terms.lexicon import common_noun, heads
from pipeline.terms.stems import content_words

_PREPOSITION = re.compile(r"\s+(?:of|for|on|in|at|to|against|and the|from)\s+")
_FIRM = re.compile(
    r"[\s,](?:Inc|Corp|Co|Ltd|LL[CP]|PLC|AG|GmbH|KG|S\.?E|S\.?A|S\.?p\.?A|N\.?V|B\.?V|AB|ASA|A/S|Oyj?|Sdn Bhd|Pte|K\.?K)\.?$"
)
_FOREIGN = re.compile(r"(?i)[À-ÖØ-öø-ÿ]|\b(?:de|des|du|del|della|di|da|do|dos|la|les|für|der|van|voor|och|et|y|e)\b|\b[ld]['’]")
_BREAK = re.compile(r"[\s\-]+")
_INFLECTED = re.compile("(?:ed|s|ing|ly|er)$")


@cache
def chinese_heads() -> dict[str, str]:
    """The heads of Chinese names, folded -> the kind that they say."""
    return kind_words("head") | heads()


@cache
def _head_endings() -> Endings:
    return Endings(chinese_heads())


def head_word(term: str) -> str:
    """The longest head that ends a folded name, or nothing."""
    return _head_endings().longest(term, len(term))


def head_of_name(term: str) -> TermKind | None:
    """The kind that the head of a folded name says."""
    head = head_word(term)
    return chinese_heads()[head] if len(head) > 1 or (head and len(term) > 2) else None  # type: ignore[return-value]


def english_kind(english: str) -> TermKind | None:
    """The kind that the head names: the last word before a preposition, or the first of a Romance name."""
    if not english or english[:1].islower():
        return None
    known = _english_heads()
    if " " not in english and english.lower() in kind_words("alone"):
        return None
    core = _PREPOSITION.split(english)[0]
    words = content_words(core)
    if words and words[-1].lower() == "state" and core != english:  # The State of …
        return None
    for word in reversed(words[-2:]):
        kind = known.get(word.lower())
        if kind and (word[0].isupper() or len(words) == 1):  # Bayesian framework is no framework that somebody set up
            return kind
        if word[0].isalpha() and common_noun(word.lower()):  # Social Network Analysis is no network
            break
    words = content_words(english)
    kind = known.get(words[-1].lower()) if words and core == english and words[-1][0].isupper() else None
    return kind or _foreign(english)


def is_firm(english: str) -> bool:
    """Whether a name ends in a legal form: Outokumpu Oyj."""
    return bool(_FIRM.search(english))


def all_common(english: str) -> bool:
    """Whether all words of it are common English words: Carried Interest, not Silicon Graphics."""
    words = [w.lower() for w in re.split(r"[\s\-‐]+", english) if w]
    return all(common_noun(w) or common_noun(_INFLECTED.sub("", w)) or common_noun(_INFLECTED.sub("e", w)) for w in words)


def _foreign(english: str) -> TermKind | None:
    first = _BREAK.split(english, 1)[0]
    kind = kind_words("foreign").get(first.lower())
    if kind and first != english and (not common_noun(first.lower()) or _FOREIGN.search(english)):
        return kind
    endings = kind_words("compound")
    compounds = [w for w in english.lower().split() if w.endswith(_compound_endings())]
    return next((endings[e] for w in compounds for e in endings if w.endswith(e) and len(w) > len(e) + 2), None)


@cache
def _compound_endings() -> tuple[str, ...]:
    return tuple(kind_words("compound"))


@cache
def _english_heads() -> dict[str, TermKind]:
    known = dict[str, TermKind](table("english_heads.tsv")) | kind_words("english")  # type: ignore[arg-type]
    return {form: kind for word, kind in known.items() for form in (word, word + "s")}
