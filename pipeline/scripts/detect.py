"""Which script a Chinese text is in, and the key under which variants of one word fall together.

The characters that decide come from OpenCC's tables: a character that only Traditional texts use is one that has a Simplified
form and is none itself, and the other way round. Characters of both (人, 后, 里) say nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.document import Script, ScriptReport
from pipeline.scripts.opencc_tables import tables

MIXED = 0.15  # at least this share of the deciding characters in the minority script makes a text mixed

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Deciding(NamedTuple):
    """The characters that only one script has."""

    hant: frozenset[str]
    hans: frozenset[str]


@cache
def deciding() -> Deciding:
    """The characters that only Traditional and only Simplified texts use, by OpenCC's character dictionaries."""
    to_hans = {**_values("TSCharacters.txt"), **_values("TSCharactersExt.txt")}
    to_hant = _values("STCharacters.txt")
    hant = {c for c, values in to_hans.items() if c not in values and c not in to_hant}
    regional = {v for place in ("TW", "HK") for values in _values(f"{place}Variants.txt").values() for v in values}
    hans = {c for c, values in to_hant.items() if c not in values and c not in to_hans and c not in regional}
    return Deciding(frozenset(hant), frozenset(hans))


def _values(name: str) -> dict[str, list[str]]:
    return {key: values.split(" ") for key, values in tables().dictionary(name).items()}


def detect(text: str) -> ScriptReport:
    """The script of a text, with the number of characters that decide for either side.

    ``"mixed"`` where the minority has at least ``MIXED`` of the deciding characters, ``"neutral"`` where there are none.
    """
    known = deciding()
    hant = sum(map(known.hant.__contains__, text))
    hans = sum(map(known.hans.__contains__, text))
    script: Script = "hant" if hant > hans else "hans"
    if not hant + hans:
        script = "neutral"
    elif min(hant, hans) >= MIXED * (hant + hans):
        script = "mixed"
    return ScriptReport(script, hant, hans)


def share(text: str) -> float:
    """The share of a text's Chinese characters that decide about its script, between 0 and 1."""
    known = deciding()
    han = len(_HAN.findall(text))
    return sum(c in known.hant or c in known.hans for c in text) / han if han else 0.0


# Latin letters, punctuation, signs and the ideographs of running text.
_COMMON = (range(0x80), range(0x2000, 0x2070), range(0x3000, 0x3400), range(0x4E00, 0xA000), range(0xFF00, 0xFFF0))


@cache
def _folding() -> dict[int, str]:
    """Each character to the one that stands for all its variants: regional forms to one, Traditional to Simplified."""
    fold = {key: values[0] for key, values in _values("TSCharacters.txt").items()}
    simplified = _values("STCharacters.txt")
    for name in ("HKVariants.txt", "TWVariants.txt", "CJK_Compatibility_Ideographs.txt"):
        # the compatibility ideographs stand before the form they are folded to, the regional variants after it
        for left, values in _values(name).items():
            for standard, variant in [(values[0], left)] if name.startswith("CJK") else [(left, v) for v in values]:
                if variant != standard and variant not in simplified:
                    fold[variant] = fold.get(standard, standard)
    table = {k: chr(k) for block in _COMMON for k in block}  # a character that translate does not find costs it an exception
    table |= {ord(old): fold.get(new, new) for old, new in fold.items() if old != new}
    table |= {0xFF01 + k: chr(0x21 + k) for k in range(94)}  # full-width forms of ASCII
    return table


def fold(zh: str) -> str:
    """The key of a Chinese term: equal for the forms of one term that differ only in script, regional variant or width.

    台灣, 臺灣 and 台湾 have one key, as have 秘書 and 祕書, 沿著 and 沿着. It has the length of ``zh``. It is for comparing,
    not for printing: 頭髮 and 頭發 have one key too.
    """
    return zh if zh.isascii() else zh.translate(_folding())
