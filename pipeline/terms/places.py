"""Countries and territories, by their names in CLDR (through Babel): Taiwan, Hong Kong and mainland usage."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from pipeline.document import Candidate, Document, Evidence
from pipeline.scripts.detect import fold
from pipeline.terms.lexicon import definitions, is_word, territories

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
    from babel import Locale

    known = dict(territories())
    english = Locale.parse("en").territories
    known.update({fold(zh): en for zh, en in _ALSO.items()})
    del english
    known.pop(fold("世界"), None)
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zh in sorted(known, key=len, reverse=True):
        if len(zh) > 1:
            out[zh[:2]].append((zh, known[zh]))
    return dict(out)


@cache
def _first() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({pair[0] for pair in _names()}))}]")


def places(document: Document, found: list[Candidate]) -> list[Candidate]:
    """The territories that a document names, each with its occurrences; ``source`` is ``"cldr"``."""
    text = document.text
    folded = fold(text)
    names = _names()
    taken = {fold(c.zh) for c in found if c.zh and c.kind == "place"}
    cuts = {t.start for t in document.tokens} | {t.end for t in document.tokens}
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
        if not _part_of_another(folded, at, end, hit[1], cuts):
            hits[text[at:end], hit[1]].append(Evidence(at, end, end, end))
    out = []
    for (zh, english), evidence in hits.items():
        if fold(zh) in taken:
            continue
        first = evidence[0]
        out.append(
            Candidate(
                kind="place",
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


def _part_of_another(text: str, start: int, end: int, english: str, cuts: set[int]) -> bool:
    """Whether the characters belong to another name: 馬里 in 馬里蘭, 阿曼 in 阿曼達."""
    name = text[start:end]
    first = english.split(" ")[0][:4]
    for before in range(0, 4):
        for after in range(0, 5):
            if not (before or after) or start < before:
                continue
            word = text[start - before : end + after]
            if "\n" in word or len(word) != before + after + len(name) or not is_word(word):
                continue
            if before and after == 0 and word[:before] in ("北", "南", "东", "西"):
                return True
            if definitions(word) and not any(first in d or d.islower() for d in definitions(word)):
                return True
    if cuts and (start not in cuts and end not in cuts):
        return True
    return len(name) == 2 and end < len(text) and text[end] in "·．・兰达斯德尔" and name + text[end] not in (name + "德",)
