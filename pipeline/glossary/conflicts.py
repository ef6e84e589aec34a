"""Conflicts between terms: shown in every concept that takes part, never settled here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from pipeline.glossary.keys import abbreviates, acronym_key, en_key, zh_key
from pipeline.glossary.model import LIVE, Concept, Conflict, Term, TermType
from pipeline.wording import listed


def with_conflicts(concepts: Iterable[Concept]) -> list[Concept]:
    """The concepts, each with the conflicts that it takes part in.

    Rejected and forbidden terms are in no conflict; what people admitted as a synonym is in none either.
    """
    concepts = list(concepts)
    by_english: defaultdict[str, list[Concept]] = defaultdict(list)
    by_acronym: defaultdict[str, list[Concept]] = defaultdict(list)
    by_short: defaultdict[str, list[Concept]] = defaultdict(list)
    for c in concepts:
        if c.status not in LIVE:
            continue
        for key in {en_key(t.text) for t in _open(c, "full form") if c.text("zh-Hant")}:
            by_english[key].append(c)
        for key in {acronym_key(t.text) for t in c.of("en", "acronym") if t.status in LIVE}:
            by_acronym[key].append(c)
        for key in {zh_key(t.text) for t in _abbreviations(c)}:
            by_short[key].append(c)
    out = []
    for c in concepts:
        found = list(c.conflicts)
        if c.status in LIVE:
            found += _several_english(c)
            found += _several_chinese(c, by_english)
            found += _several_expansions(c, by_acronym)
            found += _several_full_forms(c, by_short)
        out.append(msgspec.structs.replace(c, conflicts=tuple(found)))
    return out


def _open(concept: Concept, *types: TermType) -> list[Term]:
    return [t for t in concept.of("en", *types) if t.status in LIVE and t.status != "admitted"]


def _several_english(concept: Concept) -> list[Conflict]:
    """One Chinese term with several renderings. The parts of a person's name in another order are no other rendering."""
    texts: dict[object, str] = {}
    for t in _open(concept, "full form"):
        parts = t.text.replace(",", " ").casefold().replace("-", "").split()
        texts.setdefault(tuple(sorted(parts)) if concept.kind == "person" else en_key(t.text), t.text)
    if len(texts) < 2:
        return []
    return [Conflict("several English", f"{concept.name} is {listed(texts.values())}", tuple(texts.values()))]


def _several_chinese(concept: Concept, by_english: dict[str, list[Concept]]) -> list[Conflict]:
    out = []
    for t in _open(concept, "full form"):
        others = _others(concept, by_english.get(en_key(t.text), []))
        if others:
            names = sorted(c.name for c in (concept, *others))
            spelling = min(x.text for c in (concept, *others) for x in _open(c) if en_key(x.text) == en_key(t.text))
            out.append(Conflict("several Chinese", f"{spelling} is {listed(names)}", tuple(names), tuple(c.id for c in others)))
    return out


def _several_expansions(concept: Concept, by_acronym: dict[str, list[Concept]]) -> list[Conflict]:
    out = []
    for t in concept.of("en", "acronym"):
        together = by_acronym.get(acronym_key(t.text), []) if t.status in LIVE else []
        others = _others(concept, together)
        expansions = {en_key(c.text("en", "full form")) or c.name: _what(c) for c in sorted(together, key=lambda c: c.id)
                      if c.text("en", "full form") or c.text("zh-Hant")}
        if others and len(expansions) > 1:
            names = sorted(expansions.values())
            out.append(Conflict("several expansions", f"{t.text} is {listed(names)}", tuple(names), tuple(c.id for c in others)))
    return out


def _several_full_forms(concept: Concept, by_short: dict[str, list[Concept]]) -> list[Conflict]:
    out = []
    for t in _abbreviations(concept):
        others = _others(concept, by_short[zh_key(t.text)])
        if others:
            names = sorted(c.name for c in (concept, *others))
            out.append(Conflict("several expansions", f"{t.text} is {listed(names)}", tuple(names), tuple(c.id for c in others)))
    return out


def _abbreviations(concept: Concept) -> list[Term]:
    """The short forms that are more than a way to speak within one report, as 本會 and 工作坊 are."""
    full = zh_key(concept.name)
    return [t for t in concept.of("zh-Hant", "short form") if t.status in LIVE and abbreviates(zh_key(t.text), full)]


def _others(concept: Concept, together: list[Concept]) -> list[Concept]:
    return sorted((c for c in together if c.id != concept.id), key=lambda c: c.id)


def _what(concept: Concept) -> str:
    english = concept.text("en", "full form")
    chinese = concept.text("zh-Hant")
    return f"{english} ({chinese})" if english and chinese else english or chinese
