"""English words by their stems: which words of a name Chinese has to render, and what their derivations have in common."""

from __future__ import annotations

import re
from functools import lru_cache

_ENGLISH = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?|\d+")
_TOGETHER = re.compile("(?<=[a-z]{4})(?=[A-Z][a-z]{3})")  # StateUniversity, as extractors give it
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "and",
        "or",
        "in",
        "on",
        "at",
        "to",
        "by",
        "with",
        "from",
        "into",
        "as",
        "its",
        "it",
        "is",
        "are",
        "be",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "der",
        "die",
        "das",
        "et",
        "el",
        "y",
        "e",
        "s",
        "sth",
        "sb",
        "one's",
        "one",
        "etc",
        "esp",
        "also",
        "old",
        "see",
        "used",
        "lit",
        "fig",
        "that",
        "this",
        "not",
        "such",
    ]
)

# Endings in the order in which they are cut; what is left of a word must have three letters.
_ENDINGS = (
    "atory",
    "ators",
    "ative",
    "ating",
    "izations",
    "isations",
    "ization",
    "isation",
    "ationally",
    "ational",
    "ations",
    "ation",
    "ically",
    "ities",
    "ments",
    "ment",
    "ically",
    "ical",
    "ance",
    "ence",
    "ances",
    "ences",
    "ness",
    "ings",
    "ing",
    "ions",
    "ion",
    "ives",
    "ive",
    "able",
    "ible",
    "ator",
    "ated",
    "ates",
    "ate",
    "ality",
    "ility",
    "ity",
    "ists",
    "ist",
    "isms",
    "ism",
    "ers",
    "ors",
    "ies",
    "ied",
    "ary",
    "ery",
    "ory",
    "ial",
    "ual",
    "al",
    "ant",
    "ent",
    "ian",
    "ean",
    "ic",
    "ics",
    "er",
    "or",
    "ed",
    "es",
    "ly",
    "ia",
    "an",
    "ous",
    "ise",
    "ize",
    "y",
    "e",
    "s",
)


_BY_LETTER: dict[str, list[tuple[str, int]]] = {}
for _ending in _ENDINGS:
    _left = 5 if _ending == "an" else 3 if len(_ending) < 3 else 2 if _ending in ("ies", "ied") else 4  # must be left
    _BY_LETTER.setdefault(_ending[-1], []).append((_ending, len(_ending) + _left))

_BRITISH = re.compile(
    "(?<=[aeiou][bv])our|(?<=[bc]ol)our|(?<=rb)our|(?<=hum)our|(?<=ghb)our|(?<=cent)re$|(?<=met)re$|(?<=lit)re$|gramme|(?<=fen)ce$|(?<=cen)ce$"
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of an English word by which its derivations are compared: *economic* and *economies* are *econom*.

    Suffix stripping in the manner of Lovins (1968), longest ending first, with no conditions: it only has to be alike for words
    that are alike.
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    word = _BRITISH.sub(
        lambda m: "or" if m.group() == "our" else "er" if m.group() == "re" else "gram" if m.group() == "gramme" else "se", word
    )
    for _ in range(2):
        for ending, least in _BY_LETTER.get(word[-1:], ()):
            if len(word) >= least and word.endswith(ending):
                word = word[: -len(ending)]
                break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdglmnprt":  # controlled, mapping
        word = word[:-1]
    return word


@lru_cache(maxsize=256)
def content_words(english: str) -> tuple[str, ...]:
    """The words of an English name that Chinese has to render, as they are; articles and prepositions are left out."""
    return tuple(words_of(english))


def words_of(english: str) -> list[str]:
    """As :func:`content_words`, not remembered."""
    return [w for w in _ENGLISH.findall(_TOGETHER.sub(" ", english)) if w.lower() not in STOP]
