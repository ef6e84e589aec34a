"""Terms in both scripts. The views of a document leave quotations in the other script as printed."""

from __future__ import annotations

from functools import lru_cache

from pipeline.scripts.convert import convert
from pipeline.scripts.detect import detect


@lru_cache(maxsize=65536)
def to_hant(zh: str) -> str:
    """The Traditional form, in Taiwan's characters. What shows no Simplified character (方郁文) is left as it is."""
    script = detect(zh)
    return convert(zh, "s2tw") if script.hans > script.hant else zh


@lru_cache(maxsize=65536)
def to_hans(zh: str) -> str:
    """The Simplified form. What shows no Traditional character is left as it is."""
    return convert(zh, "tw2s") if detect(zh).hant else zh
