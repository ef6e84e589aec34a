"""Pairs without brackets, and acronyms that are never spelled out."""

from __future__ import annotations

import re
from collections import defaultdict

from ..document import Candidate, Document, Evidence
from .latin import LATIN, is_acronym, is_roman
from .mentions import Mention

_WORD = re.compile(rf"(?<![{LATIN}0-9&@/.\-_])[A-Z][A-Za-z0-9&/\-]*[A-Za-z0-9](?![{LATIN}0-9&@/_])")
_NO_ACRONYM = frozenset("OK TV PDF PPT CD DVD USB ID AM PM BC AD NT HK US UK KM KG CM MM ML MG MW KW GW TEL FAX QR VS NO".split())


def pairs(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Pairs that no bracket marks."""
    return []


def acronyms(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Acronyms that the document uses and never spells out: they have no other side."""
    text = document.text
    known = {c.acronym for c in found if c.acronym} | {c.en for c in found if c.en}
    known |= {a.removesuffix("s") for a in known if a}
    hits: dict[str, list[Evidence]] = defaultdict(list)
    for m in _WORD.finditer(text):
        word = m.group()
        if not is_acronym(word) or word in known or word.removesuffix("s") in known or is_roman(word) or word in _NO_ACRONYM or len(word) > 8:
            continue
        around = text[max(0, m.start() - 2) : m.start()], text[m.end() : m.end() + 2]
        if re.search(r"[A-Za-z] ?$", around[0]) or re.match(r" ?[A-Za-z]|[-.]\d", around[1]):
            continue
        hits[word].append(Evidence(m.start(), m.end(), m.end(), m.end()))
    return [Candidate(kind="term", acronym=a, confidence=0.5, reasons=("used and never spelled out",), evidence=tuple(e[:200]))
            for a, e in hits.items()]
