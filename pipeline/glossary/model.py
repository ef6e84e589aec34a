"""The glossary: concepts, as termbases keep them (ISO 16642, ISO 30042), and the slim form of a document for it.

A concept has terms in ``zh-Hant``, ``zh-Hans`` and ``en``, each with a type and a status, and evidence: the sentences of the
reports in which it stands. What people decided and what a machine found are told apart by the status, and by ``unsupported``.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from pipeline.document import TermKind

Language = Literal["zh-Hant", "zh-Hans", "en"]
TermType = Literal["full form", "acronym", "short form", "variant"]
Status = Literal["approved", "admitted", "proposed", "uncertain", "forbidden", "rejected"]
ConflictKind = Literal[
    "several English",  # one Chinese term, several English renderings
    "several Chinese",  # one English rendering, several Chinese terms
    "several expansions",  # one acronym, several things that it stands for
    "several affiliations",  # one name, so perhaps two people
    "decision without evidence",
    "decision overruled",  # by another about the same term, which is known to be the same by now
]

KINDS: tuple[TermKind, ...] = ("organisation", "person", "place", "programme", "work", "term")
# From what a translator should use to what none should: terms of a concept stand in this order. What was admitted is a synonym
# beside the preferred term, even where that is not approved yet.
STATUSES: tuple[Status, ...] = ("approved", "proposed", "admitted", "uncertain", "forbidden", "rejected")
LIVE: frozenset[Status] = frozenset(STATUSES[:4])
PARALLEL = "parallel"  # the source of what the English side of a report gives: uncertain until a person says otherwise


class Counterpart(Struct, frozen=True):
    """The sentence of the English side of a parallel report that goes with a sentence, and where the rendering stands in it.

    ``start`` and ``end`` count in the raw text of ``document``, ``mark`` in ``sentence``. ``page`` counts from 1.
    """

    document: str
    start: int
    end: int
    sentence: str
    mark: tuple[int, int] = (0, 0)
    page: int = 1


class Evidence(Struct, frozen=True):
    """A sentence of a report in which the concept stands.

    ``start`` and ``end`` (half-open, code points) bound the term in the raw text of the report, ``gloss_start`` and
    ``gloss_end`` the English or acronym beside it (both 0: there is none). ``mark`` and ``gloss_mark`` bound the same two in
    ``sentence``, which is the repaired text. ``page`` counts from 1. ``other``: where the English side of the report gives the
    rendering, if it is that which does.
    """

    document: str
    start: int
    end: int
    sentence: str
    mark: tuple[int, int] = (0, 0)
    gloss_start: int = 0
    gloss_end: int = 0
    gloss_mark: tuple[int, int] = (0, 0)
    page: int = 1
    other: Counterpart | None = None

    @property
    def sides(self) -> tuple[Evidence | Counterpart, ...]:
        """This sentence, and that of the English side where it is that which gives the rendering."""
        return (self, self.other) if self.other else (self,)


class Entry(Struct, frozen=True):
    """What one document says of one thing: a ``Candidate`` with its evidence resolved to sentences and raw offsets.

    With the source ``"parallel"``: what its English side says of it.

    ``mentions`` counts all places in the document, of which ``evidence`` shows some.
    """

    kind: TermKind
    zh: str | None = None
    zh_hant: str | None = None
    zh_hans: str | None = None
    en: str | None = None
    acronym: str | None = None
    source: str = "text"
    short: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    mentions: int = 0
    evidence: tuple[Evidence, ...] = ()

    @property
    def parallel(self) -> bool:
        """Whether the English side of a report says it."""
        return self.source == PARALLEL


class DocumentTerms(Struct, frozen=True):
    """All that the glossary needs of one document. Small, so that a cluster can make them and one process can merge them."""

    name: str
    entries: tuple[Entry, ...] = ()


class Term(Struct, frozen=True):
    """One way to name a concept.

    ``source`` is ``"text"`` where a report gives it, else the table it came from (``"cldr"``, ``"opencc"`` for a form that only
    the conversion of script gives), ``"parallel"`` (the English side of a report gives it), ``"curated"``, or the origin of an
    import. ``confidence`` is that of an English rendering
    that a report or a table gives. ``mentions`` counts where it stands as such.
    ``unsupported``: people decided on it, and no report holds it (any more).
    """

    text: str
    language: Language
    type: TermType = "full form"
    status: Status = "proposed"
    source: str = "text"
    confidence: float | None = None
    mentions: int = 0
    unsupported: bool = False

    @property
    def parallel(self) -> bool:
        """Whether only the English side of a report gives it."""
        return self.source == PARALLEL


class Conflict(Struct, frozen=True):
    """Something that only a person can settle. ``terms`` are those in question, ``concepts`` the ids of the others in it."""

    kind: ConflictKind
    message: str
    terms: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


class Concept(Struct, frozen=True):
    """One thing and its names.

    ``id`` depends on the (folded) Chinese term alone, or on the English or the acronym where there is no Chinese: not on the
    kind, the order of the documents, or the evidence. ``confidence`` is between 0 and 1. ``documents`` are all in which it
    stands, ``mentions`` counts all places, ``evidence`` shows some.
    """

    id: str
    kind: TermKind
    status: Status
    terms: tuple[Term, ...]
    role: str | None = None
    affiliation: str | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unsupported: bool = False
    documents: tuple[str, ...] = ()
    mentions: int = 0
    evidence: tuple[Evidence, ...] = ()

    def of(self, language: Language, *types: TermType) -> tuple[Term, ...]:
        """The terms of a language and of these types (of any type, where none is given), the preferred one first."""
        return tuple(t for t in self.terms if t.language == language and (not types or t.type in types))

    def text(self, language: Language, *types: TermType) -> str:
        """The first of :meth:`of`, or ``""``. Without types: the full form before others."""
        found = self.of(language, *types) if types else (*self.of(language, "full form"), *self.of(language))
        return found[0].text if found else ""

    @property
    def name(self) -> str:
        """What it is called: in Chinese if there is any, else in English, else its acronym."""
        return self.text("zh-Hant", "full form") or self.text("en")


class Glossary(Struct, frozen=True):
    """All concepts, by kind and name, of these documents."""

    documents: tuple[str, ...] = ()
    concepts: tuple[Concept, ...] = ()
    version: int = 1

    @classmethod
    def from_json(cls, data: bytes) -> Glossary:
        """The glossary that :meth:`to_json` wrote. Raises ``msgspec.DecodeError`` for anything else."""
        return msgspec.json.decode(data, type=cls)

    def to_json(self) -> bytes:
        """UTF-8 JSON; equal glossaries give equal bytes."""
        return msgspec.json.encode(self)
