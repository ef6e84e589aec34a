"""What counts as the same term: keys that two spellings of one thing share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.scripts.detect import fold

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_QUOTES = str.maketrans("", "", "「」『』《》〈〉“”‘’\"")
_ALIKE = str.maketrans(dict.fromkeys("・‧•∙", "·") | dict.fromkeys("‐‑‒–—―", "-"))
# Letters that are no base letter with a mark, so that Unicode's decomposition leaves them.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "&": " and "})


def has_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return bool(_HAN.search(text))


@lru_cache(maxsize=65536)
def zh_key(text: str | None) -> str:
    """Scripts and variants folded, without spaces and quotes, full-width letters and digits as half-width, case folded.

    Where nothing is left, the text as it is.
    """
    if not text:
        return ""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).translate(_QUOTES).split())
    return fold(plain).casefold() or text


@lru_cache(maxsize=65536)
def en_key(text: str | None) -> str:
    """Letters, digits and ``+`` alone, case and diacritics folded, without a leading article; ``&`` is *and*.

    Where nothing is left, the text as it is.
    """
    if not text:
        return ""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    plain = re.sub(r"^\s*the\s+", "", plain)
    return "".join(c for c in plain if c.isalnum() or c == "+") or text


@lru_cache(maxsize=65536)
def acronym_key(text: str | None) -> str:
    """An acronym in upper case, without dots, spaces and the plural *s*: ``S.M.E.s`` is ``SME``, but ``V&A`` is not ``VA``."""
    if not text:
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "&+")
    if len(plain) > 2 and plain.endswith("s") and plain[:-1].isupper():
        plain = plain[:-1]
    return plain.upper() or text


def looks_like_acronym(text: str) -> bool:
    """One word of two to ten characters, capitals for the most part: ``ESG``, ``SDGs``, ``G20``, ``PM2.5``, ``CO₂``."""
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(text) <= 10 and " " not in text and sum(c.isupper() for c in letters) * 2 > len(letters)


def abbreviates(short: str, full: str) -> bool:
    """Whether ``short`` takes characters of ``full`` in their order without being a stretch of it.

    勞發署 so stands for 勞動力發展署, in any report. 工作坊 for APEC工作坊 is a way to speak within one report only.
    """
    return short not in full and within(short, full)


def within(short: str, full: str) -> bool:
    """Whether all characters of ``short`` stand in ``full`` in their order, as those of an abbreviation or a part do."""
    rest = iter(full)
    return all(c in rest for c in short)
