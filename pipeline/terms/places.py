"""Countries and territories, by their names in CLDR (through Babel): Taiwan, Hong Kong and mainland usage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from pipeline.document import Candidate, Document, Evidence, Token
from pipeline.scripts.detect import fold
from pipeline.terms.contexts import UNIONS
from pipeline.terms.dictionaries import LONGER, WORD
from pipeline.terms.lexicon import definitions, number_of, territories

# Names in use beside those that CLDR gives, and those that it gives for another thing.
_ALSO = {
    "香港": "Hong Kong",
    "澳門": "Macao",
    "中國大陸": "China",
    "南韓": "South Korea",
    "韓國": "South Korea",
    "北韓": "North Korea",
    "朝鮮": "North Korea",
    "寮國": "Laos",
    "老撾": "Laos",
    "紐西蘭": "New Zealand",
    "新西蘭": "New Zealand",
    "澳洲": "Australia",
    "澳大利亞": "Australia",
    "臺灣": "Taiwan",
    "英國": "United Kingdom",
    "俄國": "Russia",
    "印度尼西亞": "Indonesia",
    "印尼": "Indonesia",
    "阿聯酋": "United Arab Emirates",
    "阿聯": "United Arab Emirates",
    "沙烏地阿拉伯": "Saudi Arabia",
    "沙特阿拉伯": "Saudi Arabia",
    "馬來西亞": "Malaysia",
    "紐幾內亞": "New Guinea",
    "帛琉": "Palau",
    "諾魯": "Nauru",
    "史瓦帝尼": "Eswatini",
    "捷克": "Czechia",
    "巴布亞紐幾內亞": "Papua New Guinea",
    "土耳其": "Türkiye",
}


@cache
def _names() -> dict[str, list[tuple[str, str]]]:
    """First two characters -> names, longest first, with their English."""
    known = territories() | {fold(zh): en for zh, en in _ALSO.items()}
    known.pop(fold("世界"), None)
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zh in sorted(known, key=len, reverse=True):
        if len(zh) > 1:
            out[zh[:2]].append((zh, known[zh]))
    return dict(out)


@cache
def _first() -> re.Pattern[str]:
    """The first character of a name before one that may be its second."""
    first, second = ("".join(sorted({pair[n] for pair in _names()})) for n in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


def places(document: Document, folded: str, found: list[Candidate]) -> list[Candidate]:
    """The territories that a document names, each with its occurrences; ``source`` is ``"cldr"``. ``folded``: its text."""
    text = document.text
    names = _names()
    taken = {zh for zh, kind in ((fold(c.zh), c.kind) for c in found if c.zh) if kind == "place" or zh in UNIONS}
    hits: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    end = 0
    for m in _first().finditer(folded):
        at = m.start()
        if at < end:
            continue
        hit = next(((zh, en) for zh, en in names.get(folded[at : at + 2], ()) if folded.startswith(zh, at)), None)
        if hit is None:
            continue
        end = at + len(hit[0])
        if not _part_of_another(folded, at, end, hit[1], document.tokens):
            hits[text[at:end], hit[1]].append(Evidence(at, end, end, end))
    out = []
    for (zh, english), evidence in hits.items():
        if fold(zh) in taken:
            continue
        first = evidence[0]
        out.append(
            Candidate(
                kind="organisation" if fold(zh) in UNIONS else "place",
                zh=zh,
                zh_hant=_view(document, "hant", first, zh),
                zh_hans=_view(document, "hans", first, zh),
                en=english,
                source="cldr",
                confidence=0.97,
                reasons=("a territory in CLDR",),
                evidence=tuple(evidence[:200]),
            )
        )
    return out


def _view(document: Document, name: str, e: Evidence, otherwise: str) -> str:
    view = document.views.get(name)
    return view.text[e.start : e.end] if view and len(view.text) == len(document.text) else otherwise


def _part_of_another(text: str, start: int, end: int, english: str, tokens: Sequence[Token]) -> bool:
    """Whether the characters belong to another name: 馬里 in 馬里蘭, 阿曼 in 阿曼達."""
    name = text[start:end]
    first = english.split(" ")[0][:4]
    for word_start, word_end in _words_around(text, start, end):
        word = text[word_start:word_end]
        if word_start < start and word_end == end and text[word_start:start] in ("北", "南", "东", "西"):
            return True
        said = definitions(word)
        if said and not any(first in d or d.islower() for d in said):
            return True
    if tokens and not _begins_or_ends(tokens, start) and not _begins_or_ends(tokens, end):
        return True
    return len(name) == 2 and end < len(text) and text[end] in "·．・兰达斯德尔" and name + text[end] not in (name + "德",)


def _words_around(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of the lexicon that hold ``text[start:end]`` and up to three characters before or four behind it."""
    for before in range(start, max(-1, start - 4), -1):
        for after in range(end, min(len(text), end + 4) + 1):
            number = number_of(text[before:after])
            if number & WORD and (before < start or after > end):
                yield before, after
            if not number & LONGER:
                break


def _begins_or_ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token begins or ends at ``at``; tokens are sorted and do not overlap."""
    k = bisect_left(tokens, at, key=attrgetter("start"))
    return (k < len(tokens) and tokens[k].start == at) or (k > 0 and tokens[k - 1].end == at)
