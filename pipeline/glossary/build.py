"""The one reduce over all documents: what each says of its names and terms becomes concepts, and people's decisions win.

The order of the documents does not matter: everything is counted first and settled after, ties by code point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from pipeline.glossary.assemble import assemble
from pipeline.glossary.conflicts import with_conflicts
from pipeline.glossary.curate import Curated
from pipeline.glossary.keys import abbreviates, acronym_key, has_chinese, zh_key
from pipeline.glossary.model import KINDS, Concept, DocumentTerms, Glossary
from pipeline.glossary.rulings import Record, Rulings

Key = tuple[str, str]  # ("zh", …), ("en", …) or ("acronym", …): what a concept is known by


class Options(Struct, frozen=True):
    """``threshold``: below this confidence a concept is uncertain. ``evidence``: how many sentences are shown of one."""

    threshold: float = 0.9
    evidence: int = 10


def build(documents: Iterable[DocumentTerms], curated: Curated = Curated(), options: Options = Options()) -> Glossary:
    """The glossary of these documents and decisions.

    One concept for each Chinese term (scripts and variants folded). What has no Chinese joins the concept that has the same
    English, an acronym the concept that spells it out: in the same document, else anywhere if only one does. A short form
    joins its full form within the document that declares it, and everywhere if it is a true abbreviation.
    """
    rulings = Rulings(curated)
    names: list[str] = []
    records: list[Record] = []
    for document in documents:
        names.append(document.name)
        records += (rulings.record(entry, document.name) for entry in document.entries)
    records += rulings.records({r.acronym for r in records})
    homes = _Homes(records, rulings)
    groups: defaultdict[Key, list[Record]] = defaultdict(list)
    for record in records:
        groups[homes.of(record)].append(homes.with_full_affiliation(record))
    concepts = [assemble(key, sorted(group, key=_order), rulings, options.threshold, options.evidence)
                for key, group in groups.items()]
    return Glossary(tuple(sorted(names)), tuple(sorted(with_conflicts(concepts), key=_place)))


def _order(record: Record) -> tuple[object, ...]:
    entry = record.entry
    return (not record.document, record.document, record.decision.line if record.decision else 0,
            entry.zh or "", entry.en or "", entry.acronym or "", entry.kind,
            -entry.confidence, entry.role or "", entry.affiliation or "", entry.mentions,
            tuple((e.start, e.end, e.gloss_start) for e in entry.evidence), entry.source, entry.short, entry.reasons)


def _place(concept: Concept) -> tuple[object, ...]:
    return KINDS.index(concept.kind), not concept.text("zh-Hant"), concept.name.casefold(), concept.id


class _Homes:
    """Which concept a record belongs to, told from all records."""

    def __init__(self, records: list[Record], rulings: Rulings):
        self.synonyms = rulings.synonyms
        self.printed = {r.zh: r.entry.zh for r in sorted(records, key=_order, reverse=True) if r.document}
        self.short: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        english: defaultdict[str, set[str]] = defaultdict(set)
        people: set[str] = set()
        spelled: defaultdict[str, list[Record]] = defaultdict(list)
        for r in records:
            if r.entry.kind == "person" and r.zh:
                people.add(r.zh)
            if rulings.refuses(r):
                continue
            for short in r.entry.short:
                if r.zh and zh_key(short) != r.zh:
                    self.short[zh_key(short)][r.zh].add(r.document)
            if r.zh and r.en:
                english[r.en].add(r.zh)
            if r.acronym and (r.zh or r.en) and rulings.of_acronym(r.acronym) not in ("rejected", "forbidden"):
                spelled[r.acronym].append(r)
        self.people = people
        for found in spelled.values():  # a name with an acronym alone, which one document elsewhere spells out in Latin letters
            names, said = {r.zh for r in found if r.zh}, {r.en for r in found if r.en}
            if len(names) == len(said) == 1 and not english.keys() & said:
                english[said.pop()] = names
        self.english = {en: {self.full(zh, "") for zh in found} for en, found in english.items()}
        self.expansions = {a: self._expansions(found) for a, found in spelled.items()}

    def of(self, record: Record) -> Key:
        """What the concept is known by."""
        if record.zh:
            return "zh", self.full(record.zh, record.document)
        if record.en:
            return self._of_english(record.en, record.entry.kind == "person")
        known: dict[Key, set[str]] = self.expansions.get(record.acronym, {})
        here = [key for key, documents in known.items() if record.document and record.document in documents]
        if len(here) == 1:
            return here[0]
        return next(iter(known)) if len(known) == 1 else ("acronym", record.acronym)

    def full(self, zh: str, document: str) -> str:
        """The key of the full form that ``zh`` is short for, in this document, or ``zh`` itself."""
        seen = {zh}
        while True:
            known: dict[str, set[str]] = self.short.get(zh, {})
            here = [full for full, documents in known.items() if document and document in documents]
            everywhere = [full for full in known if abbreviates(zh, full)]
            longer = self.synonyms.get(zh) or (here[0] if len(here) == 1 else everywhere[0] if len(everywhere) == 1 else "")
            if not longer or longer in seen:
                return zh
            seen.add(longer)
            zh = longer

    def with_full_affiliation(self, record: Record) -> Record:
        """The record with the full form of an affiliation that its document gives by a short form or an acronym (本會, WHO)."""
        said = record.entry.affiliation
        if not said or not record.document:
            return record
        full = self.full(zh_key(said), record.document)
        if not has_chinese(said):
            known: dict[Key, set[str]] = self.expansions.get(acronym_key(said), {})
            here = [key for key, documents in known.items() if record.document in documents]
            full = here[0][1] if len(here) == 1 and here[0][0] == "zh" else ""
        if not self.printed.get(full) or full == zh_key(said):
            return record
        entry = msgspec.structs.replace(record.entry, affiliation=self.printed[full])
        return msgspec.structs.replace(record, entry=entry)

    def _of_english(self, en: str, person: bool) -> Key:
        found = {zh for zh in self.english.get(en, ()) if not person or zh in self.people}
        return ("zh", found.pop()) if len(found) == 1 else ("en", en)

    def _expansions(self, records: list[Record]) -> dict[Key, set[str]]:
        """The concepts that spell an acronym out, and in which documents. Those with the same English count as one: the one
        that stands in most documents."""
        found: defaultdict[Key, set[str]] = defaultdict(set)
        english: defaultdict[Key, set[str]] = defaultdict(set)
        for r in records:
            key = ("zh", self.full(r.zh, r.document)) if r.zh else self._of_english(r.en, False)
            found[key].add(r.document)
            english[key].add(r.en)
        by_most = sorted(found, key=lambda key: (-len(found[key]), key))
        if len({en for names in english.values() for en in names}) == 1 and by_most and any(english[by_most[0]]):
            return {by_most[0]: set().union(*found.values())}
        return {key: found[key] for key in by_most}
