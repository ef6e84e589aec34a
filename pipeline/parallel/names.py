"""Names that one side spells with the sounds of the other: 林德格倫 and Lindgren, 許哲豪 and Hsu Che-hao."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.scripts.detect import fold
from pipeline.terms.latin import LATIN, is_acronym
from pipeline.terms.lexicon import is_word, stem, surnames
from pipeline.terms.signs import FOREIGN
from pipeline.terms.sound import consonants, scores, spells, syllable
from pipeline.terms.window import DOTS

FOREIGN_NAME, SHORT_NAME = 0.6, 0.85  # how well the characters of a foreign name spell the Latin one; two characters
SYLLABLE = 0.5  # how well those of a given name do, on the average
MOST = 300  # names and stretches of one side that are compared with those of the other

_CAPITAL = re.compile(rf"(?<![{LATIN}'’\-])[A-ZÀ-ÖØ-Þ][{LATIN}]*['’]?[{LATIN}]+(?:-[{LATIN}]+)*")
_SOUNDS = re.compile(f"[{re.escape(''.join(sorted(FOREIGN - DOTS)))}]{{2,12}}")


def capitals(sentence: str) -> list[str]:
    """The words of an English sentence that are written like names; its first word counts if another such follows it."""
    found = list(_CAPITAL.finditer(sentence))
    first = [m for m in found if not sentence[: m.start()].strip("\"'“‘(")]
    paired = any(n.start() == m.end() + 1 for m in first for n in found)
    return [m[0] for m in found if (paired or m not in first) and not is_acronym(m[0])]


def spelled(chinese: Iterable[str], english: Iterable[str], translated: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Names (folded) in Chinese texts -> the words of English texts that they spell.

    ``translated`` are stems that the Chinese renders as words: words of these are no names that it spells.
    """
    names: dict[str, None] = {}
    pairs: dict[tuple[str, str], None] = {}
    for sentence in english:
        found = capitals(sentence)
        names |= dict.fromkeys(name for name in found if stem(name) not in translated)
        pairs |= dict.fromkeys((a, b) for a, b in pairwise(found) if f"{a} {b}" in sentence)
    text = fold("\n".join(chinese))
    return _foreign(text, [name for name in names if len(consonants(name).strip("V")) > 1]) | _people(text, pairs)


def _foreign(text: str, names: list[str]) -> dict[str, tuple[str, ...]]:
    """Each name with the stretch that spells it best, of all in runs of characters that foreign names are written with."""
    runs = list(dict.fromkeys(m[0] for m in _SOUNDS.finditer(text)))[:MOST]
    found: list[tuple[float, str, str]] = []
    for name in names[:MOST]:
        size = 2 * len(consonants(name).strip("V"))
        best = max(((value, run[k:end]) for run in runs for end in range(2, len(run) + 1)
                    for k, value in enumerate(scores(run[:end], [name]))
                    if 2 <= end - k <= size and not is_word(run[k:end])), default=(0.0, ""))
        if best[0] >= (FOREIGN_NAME if len(best[1]) > 2 else SHORT_NAME):
            found.append((best[0], best[1], name))
    out: dict[str, tuple[str, ...]] = {}
    for _, stretch, name in sorted(found, reverse=True):
        same = out.get(stretch, ())
        if same or not any(stretch in other or other in stretch for other in out):
            out[stretch] = (*same, name)
    return out


def _people(text: str, pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Chinese names: the surname as its table romanises it, and the characters of the given name by their sound."""
    out: dict[str, tuple[str, ...]] = {}
    for one, two in list(pairs)[:MOST]:
        for family, personal in ((one, two), (two, one)):
            for surname in _by_romanisation().get(family.lower(), ()):
                for m in re.finditer(f"{surname}([\u3400-\u9fff]{{1,2}})", text):
                    given = next((g for g in (m[1], m[1][:1]) if spells_given(g, personal)), "")
                    if given:
                        out[surname + given] = (one, two)
    return out


def spells_given(given: str, personal: str) -> bool:
    """Whether the characters of a given name are romanised so: 怡廷 as Yi-ting, Yiting, I-T'ing."""
    parts = re.split("[-'’ ]", personal)
    if len(parts) == len(given):
        return sum(_syllable(c, p) for c, p in zip(given, parts, strict=True)) >= SYLLABLE * len(given)
    whole = personal.lower()
    return any("".join(x) == whole for x in _readings(given)) or (len(parts) == 1 and spells(given, personal) >= 0.7)


def _syllable(character: str, romanised: str) -> float:
    return 1.0 if romanised.lower() in {r for x in _readings(character) for r in x} else spells(character, romanised)


@lru_cache(maxsize=4096)
def _readings(characters: str) -> tuple[tuple[str, ...], ...]:
    """The characters in Hanyu Pinyin and in Wade and Giles's romanisation, without tones and apostrophes."""
    from pypinyin import Style, lazy_pinyin

    old = tuple(re.sub("[^a-z]", "", x.lower()) for x in lazy_pinyin(characters, style=Style.WADEGILES))
    return tuple(map(syllable, characters)), old


@cache
def _by_romanisation() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for surname, romanised in surnames().items():
        for way in romanised:
            out.setdefault(way, []).append(surname)
    return {way: tuple(found) for way, found in out.items()}
