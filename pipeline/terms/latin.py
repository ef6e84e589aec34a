"""Latin letters in Chinese text: what is an acronym, whether it abbreviates a phrase, what looks like a person's name."""

from __future__ import annotations

import re
from functools import lru_cache

LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿΑ-Ωα-ω"  # with the Greek of TNF-α and 干擾素γ
_LETTER = re.compile(f"[{LATIN}]")
_ROMAN = re.compile(r"^(?:X{0,3})(?:IX|IV|V?I{0,3})$")
_ACRONYM = re.compile(rf"^(?=.*[A-Z])[{LATIN}0-9][{LATIN}0-9&/.+\-–‐₂₃]*[{LATIN}0-9₂₃+]$")
_TAXON = re.compile(r"[A-Z][a-z]{3,} [a-z]+(?:a|us|um|is|ii|i|e|es|ens|ans|or|on|x)(?: L\.| [A-Z][a-z]+\.?)?")
_SPECIES = re.compile("[A-Z][a-z]{7,}(?:is|us|a|ii|um|or|es|ens)")
PARTICLES = frozenset(
    [
        "bin",
        "binti",
        "ibn",
        "al",
        "el",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "y",
        "e",
        "of",
        "the",
        "st",
        "af",
    ]
)
_FAMILY = re.compile(r"(?=[A-Z]*[AEIOUY])[A-Z]{3,}(?:-[A-Z]+)?")
_NAME_TOKEN = re.compile(rf"^(?:[A-ZÀ-ÖØ-ÞĀ-Ž](?:[{LATIN}'’.\-‐]*)|[A-Z]\.(?:-?[A-Z]\.)*)$")
HONORIFICS = (
    "H.E.",
    "Dr.",
    "Dr",
    "Mr.",
    "Mr",
    "Ms.",
    "Ms",
    "Mrs.",
    "Mrs",
    "Prof.",
    "Prof",
    "Professor",
    "Sir",
    "Dame",
    "Hon.",
    "Ir.",
    "Rev.",
    "Madam",
    "Miss",
    "The Hon.",
)
_HONOURED = tuple(title + " " for title in HONORIFICS)
_BRACKETED = re.compile(r"[“”\"]|\([^)]*\)|（[^）]*）")
_BETWEEN = re.compile(r"[\s·．・]+")


def has_latin(text: str) -> bool:
    """Whether there is a Latin letter in it."""
    return bool(_LETTER.search(text))


def is_roman(text: str) -> bool:
    """Whether it is a Roman number up to 39."""
    return bool(text) and bool(_ROMAN.match(text.upper()))


@lru_cache(maxsize=16384)
def is_acronym(text: str) -> bool:
    """One word that is written like an acronym: ``ESG``, ``SDGs``, ``G20``, ``T&D``, ``CO2``, ``LDL-C``, ``TCP/IP``."""
    if not 2 <= len(text) <= 12 or not _ACRONYM.match(text) or text.isdigit():
        return False
    capitals = sum(c.isupper() for c in text)
    letters = sum(c.isalpha() for c in text)
    small = letters - capitals
    if capitals == 1:  # G20, Co-op is none
        return letters == 1 and any(c.isdigit() for c in text)
    return small <= 1 or capitals >= small + (0 if letters <= 6 else 1)


def letters_of(acronym: str) -> str:
    """The letters and digits of an acronym, small, without a plural *s*."""
    if len(acronym) > 2 and acronym.endswith("s") and acronym[-2].isupper():
        acronym = acronym[:-1]
    return "".join(c for c in acronym.lower() if c.isalnum())


@lru_cache(maxsize=16384)
def abbreviates(acronym: str, phrase: str) -> bool:
    """Whether an acronym abbreviates an English phrase.

    Schwartz and Hearst (2003): from the right, each letter of the short form is found in the long form, the first of them at
    the beginning of a word. ``&`` stands for *and*; digits may stand for a number that the phrase spells, so they need not
    match.
    """
    short = [c for c in letters_of(acronym) if c.isalpha()]
    long = phrase.lower()
    if len(short) < 2 or len(long) < len(short) + 2 or is_acronym(phrase):
        return False
    at = len(long)
    for k, letter in enumerate(reversed(short)):
        at -= 1
        first = k == len(short) - 1
        while at >= 0 and (long[at] != letter or (first and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    # a match that skips most words of the phrase is chance
    words = [w for w in re.split(r"[^a-z0-9à-ɏ]+", long) if w]
    return long[:at].count(" ") <= 1 and len(words) <= 2 * len(short) + 2


@lru_cache(maxsize=256)
def name_tokens(text: str) -> tuple[str, ...]:
    """The words of a Latin name, without honorifics and initials' brackets."""
    if text.startswith(_HONOURED):
        for title in _HONOURED:
            text = text.removeprefix(title)
    return tuple(t for t in _BETWEEN.split(_BRACKETED.sub(" ", text)) if t)


def without_title(name: str) -> str:
    """A name without *Dr.*, *Prof.* and the like before it; *Sir* and *Dame* are of the name."""
    if not name.startswith(_HONOURED):
        return name.lstrip()
    title = next((t for t in HONORIFICS if name.startswith(t + " ") and t not in ("Sir", "Dame")), "")
    return name[len(title) :].lstrip()


def taxon(text: str) -> bool:
    """Whether it is written like the Latin name of a species, perhaps with its author: *Parthenium hysterophorus* L."""
    return bool(_TAXON.fullmatch(text))


def species(word: str) -> bool:
    """Whether a word is written like the Latin name of a species of which an extractor lost the space."""
    return bool(_SPECIES.fullmatch(word))


@lru_cache(maxsize=256)
def like_person(text: str) -> bool:
    """Whether it is written like the name of a person: two to five capitalised words, particles and initials between."""
    tokens = name_tokens(text)
    if not 2 <= len(tokens) <= 6 or any(c.isdigit() for c in text):
        return False
    capital = [t for t in tokens if _NAME_TOKEN.match(t) and not (len(t) > 3 and t.isupper())]
    if len(capital) == len(tokens) - 1 and _FAMILY.fullmatch(tokens[-1]) and len(tokens[0]) > 1:  # Henry POTTINGER
        capital.append(tokens[-1])
    rest = [t for t in tokens if t not in capital]
    if len(rest) > 1 and rest[-1] == tokens[-1] and tokens[-2].lower() in PARTICLES:  # Luc Van den hove
        rest.pop()
    return len(capital) >= 2 and all(t.lower() in PARTICLES or t.isupper() for t in rest) and tokens[0] in capital
