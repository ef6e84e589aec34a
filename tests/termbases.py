"""A small glossary that has something of everything, and how the dialects of its exports are checked."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.export.losses import Export
from pipeline.glossary.build import build
from pipeline.glossary.curate import parse
from pipeline.glossary.model import Concept, Glossary, Term

DECISIONS = """
- add: 勞動部勞動力發展署
  en: Workforce Development Agency, Ministry of Labor
  acronym: WDA
  short: [勞發署, 發展署]
  kind: organisation
- add: 淨零排放
  en: net-zero emissions
  note: "hyphen: yes; never \\"net zero emission\\""
- admit: 淨零排放
  en: net zero
- forbid: 淨零排放
  en: zero emission
- admit: 零碳排
  of: 淨零排放
- forbid: 歸零排放
  of: 淨零排放
- add: 高振邦
  en: Kao Chen-pang
  kind: person
  role: 副署長
  affiliation: 職業安全衛生署
- add: "#淨灘"
  en: "=beach clean-up & <more>"
  note: "role: not a role"
- add: 2030年濕地計畫
  en: "Wetlands 2030: The Next Step"
  kind: programme
"""


def decided(text: str = DECISIONS) -> Glossary:
    """The glossary of these decisions alone."""
    return build([], parse(text))


def names(concept: Concept) -> set[tuple[str, str, str, str]]:
    return {(t.language, t.text, t.type, t.status) for t in concept.terms}


def said(found: Glossary) -> dict[str, tuple[object, ...]]:
    """What a glossary says of each concept that a person would see."""
    return {c.id: (c.kind, names(c), c.role, c.affiliation, c.notes) for c in found.concepts}


def concept(id: str, zh: str, en: str, *more: Term, **fields: object) -> Concept:
    """A concept of two approved terms and more."""
    terms = (Term(zh, "zh-Hant", status="approved"), Term(en, "en", status="approved"), *more)
    return Concept(id=id, kind="term", status="approved", terms=terms, **fields)  # type: ignore[arg-type]


# -- the dialects: for each element the order of its children, then the values of its data categories --------------------

_AUX = "descrip|descripGrp|admin|adminGrp|transacGrp|note|ref|xref"
TBX3 = {
    "tbx": "tbxHeader text",
    "tbxHeader": "fileDesc( encodingDesc)?( revisionDesc)?",
    "fileDesc": "(titleStmt )?(publicationStmt )?sourceDesc( sourceDesc)*",
    "titleStmt": "title( note)*",
    "sourceDesc": "p( p)*",
    "text": "body( back)?",
    "body": "conceptEntry( conceptEntry)*",
    "conceptEntry": f"(({_AUX}) )*langSec( langSec)*",
    "langSec": f"(({_AUX}) )*termSec( termSec)*",
    "termSec": f"term( (termNote|termNoteGrp))*( ({_AUX}))*",
    "descripGrp": "descrip( (descripNote|admin|adminGrp|transacGrp|note|ref|xref))*",
}
TBX2 = {
    "martif": "martifHeader text",
    "martifHeader": "fileDesc( encodingDesc)?( revisionDesc)?",
    "fileDesc": "(titleStmt )?(publicationStmt )?sourceDesc( sourceDesc)*",
    "titleStmt": "title( note)*",
    "sourceDesc": "p( p)*",
    "encodingDesc": "p( p)*",
    "text": "body( back)?",
    "body": "termEntry( termEntry)*",
    "termEntry": f"(({_AUX}) )*langSet( langSet)*",
    "langSet": f"(({_AUX}) )*tig( tig)*",
    "tig": f"term( termNote)*( ({_AUX}))*",
    "descripGrp": "descrip( (descripNote|admin|adminGrp|transacGrp|note|ref|xref))*",
}
TMX = {
    "tmx": "header body",
    "header": "(note|prop|ude)*",
    "body": "(tu( tu)*)?",
    "tu": "((note|prop) )*tuv( tuv)*",
    "tuv": "((note|prop) )*seg",
}
VALUES = {
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
    "administrativeStatus": {
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
        "supersededTerm-admn-sts",
    },
    "partOfSpeech": {"noun", "verb", "adjective", "adverb", "other"},
}
# The levels of a data category: the elements in which it may stand, the term's element last.
LEVELS = {
    "subjectField": ("conceptEntry", "termEntry"),
    "context": ("termSec", "tig"),
    "termType": ("termSec", "tig"),
    "administrativeStatus": ("termSec", "tig"),
    "partOfSpeech": ("termSec", "tig"),
    "source": ("conceptEntry", "termEntry", "langSec", "langSet", "termSec", "tig"),
}


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def faults(root: etree._Element, order: dict[str, str]) -> list[str]:
    """What is wrong with the order of elements, with values, levels and ids."""
    out = []
    ids: set[str] = set()
    for e in root.iter("*"):
        children = " ".join(local(c) for c in e)
        if not re.fullmatch(order.get(local(e), ""), children):
            out.append(f"{local(e)} holds {children}")
        if order.get(local(e)) and (e.text or "").strip():
            out.append(f"{local(e)} holds the text {e.text}")
        type = e.get("type")
        if local(e) in ("descrip", "admin", "termNote"):
            parent = e.getparent()
            assert parent is not None
            level = parent.getparent() if local(parent) == "descripGrp" else parent
            if type not in LEVELS or local(level) not in LEVELS[type]:
                out.append(f"{type} in {local(level)}")
            if type in VALUES and e.text not in VALUES[type]:
                out.append(f"{type} is {e.text}")
        if e.get("id"):
            if e.get("id") in ids or not re.fullmatch(r"[A-Za-z_][\w.-]*", e.get("id", "")):
                out.append(f"id {e.get('id')}")
            ids.add(e.get("id", ""))
    return out


def losses(export: Export, kind: str) -> dict[str, list[str]]:
    """What an export lost in one way: the reason, and the terms."""
    out: dict[str, list[str]] = {}
    for loss in export.losses:
        if loss.kind == kind:
            out.setdefault(loss.what, []).append(loss.subject)
    return out
