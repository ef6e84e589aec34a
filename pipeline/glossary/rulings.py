"""Decisions made ready for the build: what each says of which term, whatever the reports hold."""

from __future__ import annotations

from collections.abc import Container, Iterator

import msgspec
from msgspec import Struct

from pipeline.glossary.curate import Curated, Decision, Fields
from pipeline.glossary.keys import acronym_key, en_key, looks_like_acronym, zh_key
from pipeline.glossary.model import Entry, Status
from pipeline.glossary.scripts import to_hans, to_hant


class Record(Struct, frozen=True):
    """An entry, with its keys and where it is from: a document, or a decision (``decision``; the document is then ``""``)."""

    entry: Entry
    document: str
    zh: str
    en: str
    acronym: str
    decision: Decision | None = None


class Rulings:
    """The decisions by the keys of what they are about. A term without Chinese is kept under its Latin letters."""

    def __init__(self, curated: Curated):
        self.decisions = tuple(d for d in curated.decisions if d.verb != "dismiss")  # that is said to checks alone
        self._edits: dict[tuple[str, str], list[Decision]] = {}
        for edit in self.decisions:
            if edit.verb != "add" and (edit.to.zh or edit.to.en):
                for target in _targets(edit):
                    self._edits.setdefault(target, []).append(edit)
        self._status: dict[tuple[str, str], Status] = {}
        self.synonyms: dict[str, str] = {}  # a Chinese term -> the one whose concept it joins
        for record in self.records():
            d = record.decision
            if not d or not d.status:
                continue
            if d.of:
                self.synonyms[record.zh] = zh_key(d.of)
            if record.zh:
                keys = {(record.zh, ""), (record.zh, record.en)} if d.of else {(record.zh, record.en if d.en else "")}
            else:
                keys = {("", en_key(d.term)), ("", acronym_key(d.term).casefold())}
            for key in keys:
                self._status.setdefault(key, d.status)

    def records(self, acronyms: Container[str] = ()) -> Iterator[Record]:
        """Each decision as what it says there is: no decision is lost, whatever the reports hold.

        ``acronyms`` are the keys of those that the reports hold; others are told from names by their looks.
        """
        for d in self.decisions:
            acronym = d.to.acronym if d.verb == "add" else None
            en: str | None = d.en or None
            if not d.zh and (acronym_key(d.term) in acronyms or looks_like_acronym(d.term)):
                acronym = acronym or d.term
            elif not d.zh:
                en = en or d.term
            entry = Entry(kind=d.to.kind or "term", zh=d.zh or None, en=en, acronym=acronym, source=d.origin or "curated",
                          short=(d.to.short or ()) if d.verb == "add" else (), role=d.to.role, affiliation=d.to.affiliation)
            if entry.zh:
                entry = _in_both_scripts(entry, entry.zh)
            yield self.record(entry, "", d)

    def record(self, entry: Entry, document: str, decision: Decision | None = None) -> Record:
        """The entry with edited names, and its keys."""
        edited = self._edited(entry)
        entry = msgspec.structs.replace(edited, reasons=()) if decision else edited
        return Record(entry, document, zh_key(entry.zh), en_key(entry.en), acronym_key(entry.acronym), decision)

    def of_chinese(self, zh: str) -> Status | None:
        """What was decided of a Chinese term whatever its English."""
        return self._status.get((zh, "")) if zh else None

    def of_pair(self, zh: str, en: str) -> Status | None:
        """What was decided of the rendering ``en`` of ``zh``; of ``en`` itself, where ``zh`` is empty."""
        return self._status.get((zh, en)) if en else None

    def of_acronym(self, acronym: str) -> Status | None:
        """What was decided of an acronym."""
        return self._status.get(("", acronym.casefold())) if acronym else None

    def refuses(self, record: Record) -> bool:
        """Whether what the record says was rejected or forbidden, so that nothing may be concluded from it."""
        return bool({self.of_chinese(record.zh), self.of_pair(record.zh, record.en)} & {"rejected", "forbidden"})

    def _edited(self, entry: Entry) -> Entry:
        seen: set[int] = set()
        while True:
            edit = self._edit_of(entry, seen)
            if edit is None:
                return entry
            seen.add(edit.line)
            if edit.to.zh and edit.to.zh != entry.zh:
                said = f"Chinese edited by a person, was {entry.zh}" if entry.zh else "Chinese added by a person"
                entry = _in_both_scripts(entry, edit.to.zh, (*entry.reasons, said))
            if edit.to.en and edit.to.en != entry.en:
                said = f"English edited by a person, was {entry.en}" if entry.en else "English added by a person"
                entry = msgspec.structs.replace(entry, en=edit.to.en, reasons=(*entry.reasons, said))

    def _edit_of(self, entry: Entry, seen: set[int]) -> Decision | None:
        zh, en, acronym = zh_key(entry.zh), en_key(entry.en), acronym_key(entry.acronym)
        targets = [(zh, en), (zh, "")] if zh else [("", en), ("", acronym if not en else "")]
        found = (d for target in targets if any(target) for d in self._edits.get(target, ()) if d.line not in seen)
        return next(found, None)


def _targets(d: Decision) -> set[tuple[str, str]]:
    if d.zh:
        return {(zh_key(d.zh), en_key(d.en))}
    return {("", en_key(d.term)), ("", acronym_key(d.term))}


def _in_both_scripts(entry: Entry, zh: str, reasons: tuple[str, ...] | None = None) -> Entry:
    return msgspec.structs.replace(entry, zh=zh, zh_hant=to_hant(zh), zh_hans=to_hans(zh),
                                   reasons=entry.reasons if reasons is None else reasons)


def overrides(decisions: list[Decision]) -> Fields:
    """The fields that these decisions set, the later over the earlier."""
    found = Fields()
    for d in decisions:
        for field in Fields.__struct_fields__:
            value = getattr(d.to, field)
            if value is not None and d.verb != "add":
                found = msgspec.structs.replace(found, **{field: value})
    return found

