"""TBX: TermBase eXchange, the dialect TBX-Basic. Version 3 (ISO 30042:2019, in DCA style) and version 2 (ISO 30042:2008).

Both say the same with elements of other names. Where a term stands is given as context sentences with their source, the kind of
a concept as its subject field; role, affiliation and confidence have no data category in this dialect and become notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from pipeline.errors import InputError
from pipeline.export.losses import Export, Loss
from pipeline.export.selection import LANGUAGES, Choice, Codes, Script, codes, holds, select, unplaced
from pipeline.glossary.model import Concept, Glossary, Status, Term, TermType

if TYPE_CHECKING:
    from lxml.etree import _Element

TYPES: dict[TermType, str] = {"full form": "fullForm", "acronym": "acronym", "short form": "shortForm", "variant": "variant"}
STATUSES: dict[Status, str] = {"approved": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts",
                               "forbidden": "deprecatedTerm-admn-sts"}
# What a note begins with that holds a field. A note of people that begins so is told from it by "note: ".
LABELS = ("role", "affiliation", "confidence", "status", "note")

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_SCHEMAS = "https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master/DCA/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class _Names(Struct, frozen=True):
    """What a version calls its elements."""

    root: str
    header: str
    entry: str
    language: str
    term: str


_V3 = _Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")
_V2 = _Names("martif", "martifHeader", "termEntry", "langSet", "tig")


def v3(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
       language: tuple[str, ...] = ()) -> Export:
    """TBX-Basic of ISO 30042:2019, DCA style."""
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, nsmap={None: _NAMESPACE})
    for file, space in (("TBXcoreStructV03_TBX-Basic_integrated.rng", "http://relaxng.org/ns/structure/1.0"),
                        ("TBX-Basic_DCA.sch", "http://purl.oclc.org/dsdl/schematron")):
        said = f'href="{_SCHEMAS}{file}" type="application/xml" schematypens="{space}"'
        root.addprevious(etree.ProcessingInstruction("xml-model", said))
    return _export(root, _V3, glossary, status, script, language)


def v2(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
       language: tuple[str, ...] = ()) -> Export:
    """TBX-Basic of ISO 30042:2008, with its terms in ``tig``."""
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    return _export(root, _V2, glossary, status, script, language)


def _export(root: _Element, names: _Names, glossary: Glossary, status: Choice, script: Script | None,
            language: tuple[str, ...]) -> Export:
    from lxml import etree

    written = codes(Codes(), language)
    if not script and written.hant == written.hans:
        raise InputError("export", f"{written.hant} would stand for both scripts", remedy="choose one with --script")
    concepts, losses = select(glossary, status, script)
    build = _Builder(root, names, written)
    build.header()
    body = build.add(build.add(root, "text"), "body")
    for concept in concepts:
        build.entry(body, concept)
    etree.indent(root)
    doctype = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">' if names is _V2 else None
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", doctype=doctype)
    data = data.replace(b"?><", b"?>\n<", 2)  # a line for each processing instruction
    losses += unplaced(concepts, "reasons", "conflicts")
    losses += [Loss("no place", "concepts with the exact places of their evidence", c.name) for c in concepts if c.evidence]
    return Export((data + b"\n",), holds(concepts), tuple(losses))


class _Builder:
    def __init__(self, root: _Element, names: _Names, written: Codes):
        self.root, self.names, self.codes = root, names, written
        self.space = f"{{{_NAMESPACE}}}" if names is _V3 else ""

    def add(self, parent: _Element, tag: str, text: str = "", **attributes: str) -> _Element:
        from lxml import etree

        element = etree.SubElement(parent, f"{self.space}{tag}", dict(attributes))
        element.text = text or None
        return element

    def header(self) -> None:
        header = self.add(self.root, self.names.header)
        file = self.add(header, "fileDesc")
        self.add(self.add(file, "titleStmt"), "title", "Glossary")
        self.add(self.add(file, "sourceDesc"), "p", "Made with duizhao from reports and from decisions about them.")
        if self.names is _V2:
            self.add(self.add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")

    def entry(self, body: _Element, concept: Concept) -> None:
        entry = self.add(body, self.names.entry, id=concept.id)
        self.add(entry, "descrip", concept.kind, type="subjectField")
        for note in concept_notes(concept):
            self.add(entry, "note", note)
        first = True
        for language in LANGUAGES:
            terms = concept.of(language)
            if not terms:
                continue
            section = self.add(entry, self.names.language)
            section.set(_LANG, self.codes.of(language))
            for term in terms:
                self.term(section, term, concept if first else None)
                first = False

    def term(self, section: _Element, term: Term, concept: Concept | None) -> None:
        """A term; with a concept, also the sentences in which that stands."""
        part = self.add(section, self.names.term)
        self.add(part, "term", term.text)
        self.add(part, "termNote", TYPES[term.type], type="termType")
        self.add(part, "termNote", "noun", type="partOfSpeech")
        if term.status in STATUSES:
            self.add(part, "termNote", STATUSES[term.status], type="administrativeStatus")
        for evidence in concept.evidence if concept else ():
            for side in evidence.sides:
                group = self.add(part, "descripGrp")
                self.add(group, "descrip", side.sentence, type="context")
                self.add(group, "admin", f"{side.document}, page {side.page}", type="source")
        if term.source != "text":
            self.add(part, "admin", term.source, type="source")
        if term.status not in STATUSES:
            self.add(part, "note", f"status: {term.status}")


def concept_notes(concept: Concept) -> list[str]:
    """What a concept says in notes: fields that have no place of their own, then what people wrote."""
    fields: list[tuple[str, Any]] = [("role", concept.role), ("affiliation", concept.affiliation),
                                     ("confidence", f"{concept.confidence:.3f}" if concept.confidence else "")]
    notes = [f"{label}: {value}" for label, value in fields if value]
    return notes + [f"note: {n}" if n.partition(": ")[0] in LABELS else n for n in concept.notes]
