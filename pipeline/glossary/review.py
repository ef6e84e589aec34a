"""A review, without the terminal: what is undecided, in which order, and what one step does to it.

Everything here is pure. What is decided is told from the decisions and not from the build, so that a decision counts as soon
as it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import msgspec
from msgspec import Struct

from pipeline.document import TermKind
from pipeline.glossary.curate import Curated, Decision, Fields, Verb, contradictions
from pipeline.glossary.keys import en_key, zh_key
from pipeline.glossary.model import Concept, Conflict, Entry, Evidence, Glossary, Status, Term
from pipeline.glossary.rulings import Rulings


class Refused(Exception):
    """A step that cannot be taken, and why: a line for whoever tried."""


class Item(Struct, frozen=True):
    """What one decision is about: a concept and one of its English renderings, if it has any."""

    concept: Concept
    rendering: Term | None = None

    @property
    def zh(self) -> str:
        """The Chinese term, in Traditional characters."""
        return self.concept.text("zh-Hant", "full form") or self.concept.text("zh-Hant")

    @property
    def en(self) -> str:
        """The rendering."""
        return self.rendering.text if self.rendering else ""

    @property
    def acronym(self) -> str:
        """The preferred acronym of the concept."""
        return self.concept.text("en", "acronym")

    @property
    def confidence(self) -> float:
        """Of the rendering, where a report or a table gives one, else of the concept."""
        own = self.rendering.confidence if self.rendering else None
        return self.concept.confidence if own is None else own

    def decision(self, verb: Verb, whole: bool = False, to: Fields = Fields(), note: str = "") -> Decision:
        """A decision about this pair; with ``whole``, about the term whatever its English. It has no line yet."""
        en = self.en if self.zh and not whole else ""
        return Decision(verb, self.zh or self.en or self.acronym, 0, en=en, to=to, note=note)

    def status(self, rulings: Rulings) -> Status | None:
        """What people decided of it, None where they have not."""
        concept = self.concept
        entry = Entry(concept.kind, zh=self.zh or None, en=self.en or None, acronym=self.acronym or None)
        record = rulings.record(entry, "")
        written = {zh_key(t.text) for t in concept.of("zh-Hant")} if record.zh else set()
        for zh in (record.zh, *sorted(written - {record.zh})):
            found = rulings.of_pair(zh, record.en)
            if found:
                return found
        if record.zh:
            return rulings.of_chinese(record.zh)
        return None if record.en else rulings.of_acronym(record.acronym)

    def evidence(self) -> list[Evidence]:
        """The sentences, those first in which this rendering stands beside the term."""
        return sorted(self.concept.evidence, key=lambda e: not self.en or en_key(gloss(e)) != en_key(self.en))


def gloss(evidence: Evidence) -> str:
    """The English or acronym that stands beside the term, or in its place on the English side; ``""`` where none does."""
    if evidence.other:
        return evidence.other.sentence[slice(*evidence.other.mark)]
    return evidence.sentence[slice(*evidence.gloss_mark)]


def items(glossary: Glossary, kind: TermKind | None = None, lowest_first: bool = False) -> tuple[Item, ...]:
    """Everything that can be decided, the surest concept first (or last); the renderings of one concept stand together."""
    chosen = [c for c in glossary.concepts if kind in (None, c.kind)]
    chosen.sort(key=lambda c: (c.confidence if lowest_first else -c.confidence, c.name, c.id))
    return tuple(Item(c, rendering) for c in chosen for rendering in c.of("en", "full form") or (None,))


class Step(Struct, frozen=True):
    """One step of a review: the place of the item, and what was decided of it (None: it was skipped)."""

    place: int
    decision: Decision | None = None


class Review(Struct, frozen=True, dict=True):
    """The state of a review. ``decisions`` are those of the file, with those of this review."""

    items: tuple[Item, ...]
    decisions: tuple[Decision, ...] = ()
    steps: tuple[Step, ...] = ()

    @cached_property
    def rulings(self) -> Rulings:
        """The decisions by what they are about."""
        return Rulings(Curated(self.decisions))

    @cached_property
    def left(self) -> tuple[int, ...]:
        """The places of the items that are neither decided nor skipped."""
        skipped = {step.place for step in self.steps if not step.decision}
        return tuple(k for k, item in enumerate(self.items) if k not in skipped and not item.status(self.rulings))

    @property
    def current(self) -> Item | None:
        """The item in question; None at the end."""
        return self.items[self.left[0]] if self.left else None

    @property
    def made(self) -> tuple[Decision, ...]:
        """The decisions of this review."""
        return tuple(step.decision for step in self.steps if step.decision)

    def decide(self, decision: Decision) -> Review:
        """After a decision about the current item. Raises ``Refused`` for one that contradicts another."""
        for d, before, problem in contradictions((*self.decisions, decision)):
            if d is decision:
                where = f"line {before.line} of the file" if before.line else f"\"{before}\""
                raise Refused(f"{d}: {problem} {where}")
        return self._after(Step(self.left[0], decision), (*self.decisions, decision))

    def skip(self) -> Review:
        """After leaving the current item for another time."""
        return self._after(Step(self.left[0]), self.decisions)

    def undo(self) -> tuple[Review, Decision | None]:
        """Before the last step, and the decision that this takes back, if it was one. Raises ``Refused`` at the beginning."""
        if not self.steps:
            raise Refused("nothing was decided in this review yet")
        *steps, last = self.steps
        kept = tuple(d for d in self.decisions if d is not last.decision)
        return Review(self.items, kept, tuple(steps)), last.decision

    def reread(self, decisions: Iterable[Decision]) -> Review:
        """With what the file says now, which others may write too. Steps stay, so that they can be undone."""
        own = {_said(d): d for d in self.made}
        return Review(self.items, tuple(own.get(_said(d), d) for d in decisions), self.steps)

    def conflicts(self, item: Item) -> list[Conflict]:
        """The conflicts of its concept that decisions have not settled since the glossary was built."""
        open_renderings = {i.en for i in self.renderings(item) if i.status(self.rulings) in (None, "approved")}
        return [c for c in item.concept.conflicts
                if c.kind != "several English" or len(open_renderings & set(c.terms)) > 1]

    def renderings(self, item: Item) -> list[Item]:
        """All renderings of its concept, this one among them."""
        return [Item(item.concept, t) for t in item.concept.of("en", "full form")]

    def _after(self, step: Step, decisions: tuple[Decision, ...]) -> Review:
        return Review(self.items, decisions, (*self.steps, step))


def corrected(item: Item, values: dict[str, str]) -> Fields:
    """What a person changed: of the ``values`` by field (zh, en, acronym, kind, role, affiliation), those that are new.

    An empty value leaves a field as it is. Raises ``Refused`` for a Chinese term without Chinese and an unknown kind.
    """
    from typing import get_args

    from pipeline.glossary.keys import has_chinese

    new = {}
    for field, was in shown(item).items():
        value = " ".join(values.get(field, "").split())
        if value and value != was:
            new[field] = value
    if "zh" in new and not has_chinese(new["zh"]):
        raise Refused(f"{new['zh']} is not Chinese")
    if "kind" in new and new["kind"] not in get_args(TermKind):
        raise Refused(f"there is no kind {new['kind']}; there are {', '.join(get_args(TermKind))}")
    return msgspec.convert(new, Fields)


def shown(item: Item) -> dict[str, str]:
    """The fields of an item that can be corrected, as they are."""
    concept = item.concept
    return {"zh": item.zh, "en": item.en, "acronym": item.acronym, "kind": concept.kind, "role": concept.role or "",
            "affiliation": concept.affiliation or ""}


def _said(decision: Decision) -> Decision:
    return msgspec.structs.replace(decision, line=0)
