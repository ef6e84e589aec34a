"""TBX of versions 2 and 3 (of any dialect and in both styles) and TMX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.document import TermKind
from pipeline.errors import InputError
from pipeline.export.losses import Loss
from pipeline.export.selection import fit
from pipeline.export.tbx import LABELS, STATUSES, TYPES
from pipeline.glossary.model import KINDS, LIVE, Concept, Language, Status, Term, TermType
from pipeline.imports.languages import language_of, of_text, type_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUSES: dict[str, Status] = {value: key for key, value in STATUSES.items()} | {
    "preferredTerm": "approved", "admittedTerm": "admitted", "deprecatedTerm": "forbidden", "preferred": "approved",
    "admitted": "admitted", "deprecated": "forbidden", "supersededTerm-admn-sts": "forbidden",
    "supersededTerm": "forbidden", "notRecommended": "forbidden", "obsolete": "forbidden"}
_TYPES: dict[str, TermType] = {value: key for key, value in TYPES.items()} | {
    "abbreviation": "acronym", "initialism": "acronym"}


def root_of(data: bytes, name: str) -> _Element:
    """The root of an XML file. Nothing outside the file is fetched and no entity of its own is expanded.

    Raises ``InputError`` with the line for what is not XML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        said = str(error).partition(", line")[0]
        raise InputError(name, f"this is not XML: {said}", place=f"line {error.lineno or 1}",
                         remedy="export it again from the tool that made it") from None
    return root


def read(data: bytes, name: str) -> tuple[list[Concept], list[Loss]]:
    """The concepts of a TBX or TMX file.

    Raises ``InputError`` with the line for what is not XML, and for XML of another kind.
    """
    root = root_of(data, name)
    kind = _local(root)
    if kind == "tmx":
        return _tmx(root, name)
    entries = list(root.iter("{*}conceptEntry", "{*}termEntry"))
    if kind not in ("tbx", "martif") and not entries:
        raise InputError(name, f"its root is {kind}, so that it is neither TBX nor TMX")
    return _tbx(entries)


def _tbx(entries: list[_Element]) -> tuple[list[Concept], list[Loss]]:
    concepts: list[Concept] = []
    losses: list[Loss] = []
    for k, entry in enumerate(entries, 1):
        terms: list[Term] = []
        for section in entry.iter("{*}langSec", "{*}langSet"):
            code = section.get(_LANG) or section.get("lang") or ""
            if language_of(code) is None:
                losses.append(Loss("dropped", "sections in other languages", code))
                continue
            parts = list(section.iter("{*}termSec", "{*}tig", "{*}ntig"))
            terms += filter(None, (_term(p, code, len(parts) > 1) for p in parts))
        direct = [e for e in entry if _local(e) not in ("langSec", "langSet")]
        said = {_category(e): _text(e) for part in direct for e in part.iter("*") if _text(e)}
        labelled, notes = _notes([_text(e) for part in direct for e in part.iter("{*}note")])
        subject = said.get("subjectField", "")
        if subject and subject not in KINDS:
            notes.append(f"subject field: {subject}")
        if said.get("definition"):
            notes.append(said["definition"])
        concepts.append(Concept(entry.get("id") or f"entry-{k}", _kind(subject), "approved", _distinct(terms),
                                role=labelled.get("role"), affiliation=labelled.get("affiliation"),
                                confidence=_number(labelled.get("confidence", "")), notes=tuple(notes)))
    return concepts, losses


def _term(part: _Element, code: str, others: bool) -> Term | None:
    element = next(part.iter("{*}term"), None)
    text = _text(element) if element is not None else ""
    if not text:
        return None
    said = {_category(e): _text(e) for e in part.iter("*") if e is not element}
    labelled, _ = _notes([_text(e) for e in part.iter("{*}note")])
    language = of_text(text, code)
    status: Status = _STATUSES.get(said.get("administrativeStatus", ""), "approved")
    if labelled.get("status") in LIVE:
        status = _live(labelled["status"])
    source = next((_text(e) for e in part if _category(e) == "source"), "text")
    type: TermType = _TYPES.get(said.get("termType", "")) or type_of(text, language, others)
    if language == "en" and type == "short form":
        type = "acronym"
    return Term(text, language, type, status, source)


def _tmx(root: _Element, name: str) -> tuple[list[Concept], list[Loss]]:
    """A unit is a concept; units of one concept, as our own export has them, are joined by its id."""
    found: dict[str, Concept] = {}
    losses: list[Loss] = []
    for k, unit in enumerate(root.iter("tu"), 1):
        props = {e.get("type", ""): _text(e) for e in unit.iter("prop")}
        status = _live(props.get("x-status", "approved"))
        terms: list[Term] = []
        for variant in unit.iter("tuv"):
            code = variant.get(_LANG) or variant.get("lang") or ""
            segment = variant.find("seg")
            text = _text(segment) if segment is not None else ""
            if language_of(code) is None:
                losses.append(Loss("dropped", "segments in other languages", code))
            elif text:
                terms.append(Term(text, of_text(text, code), status=status))
        type = props.get("x-term-type")
        if type in TYPES:
            language: Language = "en" if type == "acronym" else "zh-Hant"
            terms = [_typed(t, type) if (t.language == "en") == (language == "en") else t for t in terms]
        id = (unit.get("tuid") or f"unit-{k}").rpartition("-")[0] if "x-kind" in props else f"unit-{k}"
        notes = tuple(filter(None, (_text(e) for e in unit.findall("note"))))
        before = found.get(id)
        joined = (*before.terms, *terms) if before else tuple(terms)
        found[id] = Concept(id, _kind(props.get("x-kind", "")), "approved", _distinct(joined), role=props.get("x-role"),
                            affiliation=props.get("x-affiliation"), notes=notes)
    return list(found.values()), losses


def _typed(term: Term, type: TermType) -> Term:
    return Term(term.text, term.language, type, term.status)


def _distinct(terms: list[Term] | tuple[Term, ...]) -> tuple[Term, ...]:
    """Each term once. Of several mentions, the first counts: what is preferred stands first, and is paired with the others."""
    found: dict[tuple[str, str], Term] = {}
    for t in terms:
        found.setdefault((t.language, t.text), t)
    return tuple(found.values())


def _notes(texts: list[str]) -> tuple[dict[str, str], list[str]]:
    """What notes say with a label before it, and the others."""
    labelled: dict[str, str] = {}
    notes: list[str] = []
    for text in texts:
        label, colon, rest = text.partition(": ")
        if label == "note" and colon:
            notes.append(rest)
        elif label in LABELS and colon:
            labelled[label] = rest
        elif text:
            notes.append(text)
    return labelled, notes


def _kind(text: str) -> TermKind:
    return next((k for k in KINDS if k == text), "term")


def _live(text: str) -> Status:
    return next((s for s in LIVE if s == text), "approved")


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _category(element: _Element) -> str:
    """The data category: the type in DCA style, the name of the element in DCT style."""
    return element.get("type") or _local(element)


def _text(element: _Element) -> str:
    return fit("".join(str(t) for t in element.itertext()))
