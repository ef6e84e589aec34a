"""glossary.md: the glossary for people to read, on a page that shows Markdown or as the text it is."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.document import TermKind
from pipeline.glossary.model import KINDS, STATUSES, Concept, Counterpart, Evidence, Glossary, Term

_HEADINGS: dict[TermKind, str] = {"organisation": "Organisations", "person": "People", "place": "Places",
                                  "programme": "Programmes, plans, laws and funds", "work": "Works", "term": "Terms"}
_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
AROUND = 40  # characters of the sentence on either side of the term


def to_markdown(glossary: Glossary) -> str:
    """Counts, what is to be settled, then a table for each kind, with a sentence for each concept in which it is marked.

    What was rejected or forbidden stands at the end. All text of the reports is escaped.
    """
    live = [c for c in glossary.concepts if c.status not in ("rejected", "forbidden")]
    refused = [c for c in glossary.concepts if c.status in ("rejected", "forbidden")]
    lines = ["# Glossary", "", "Built from the reports: decisions belong in `glossary/curated.yaml`.", "", *_counts(glossary)]
    conflicts = [(c, x) for c in live for x in c.conflicts]
    if conflicts:
        lines += ["", f"## To settle ({len(conflicts)})", ""]
        lines += dict.fromkeys(f"- {x.kind}: {escaped(x.message)}" for _, x in conflicts)
    for kind in KINDS:
        concepts = [c for c in live if c.kind == kind]
        unexplained = [c for c in concepts if c.of("en", "acronym") and not c.text("zh-Hant") and not c.of("en", "full form")]
        rest = [c for c in concepts if c not in unexplained]
        if rest:
            lines += ["", f"## {_HEADINGS[kind]} ({len(rest)})", "", *_table(rest)]
    unexplained = [c for c in live if not c.text("zh-Hant") and not c.of("en", "full form")]
    if unexplained:
        lines += ["", f"## Acronyms never spelled out ({len(unexplained)})", "", *_table(unexplained)]
    if refused:
        lines += ["", f"## Rejected and forbidden ({len(refused)})", "", *_table(refused)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, in a table cell too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _counts(glossary: Glossary) -> list[str]:
    status = Counter(c.status for c in glossary.concepts)
    said = ", ".join(f"{status[s]} {s}" for s in STATUSES if status[s])
    documents = f"{len(glossary.documents)} {'document' if len(glossary.documents) == 1 else 'documents'}"
    return [f"{len(glossary.concepts)} concepts from {documents}" + (f": {said}." if said else ".")]


def _table(concepts: list[Concept]) -> list[str]:
    """A row for each; columns in which nothing stands are left out."""
    rows = [{
        "正體": _chinese(c, "zh-Hant"), "简体": _chinese(c, "zh-Hans"), "English": _names(c, "full form"),
        "Acronym": _names(c, "acronym"), "Role": escaped(c.role or ""), "Affiliation": escaped(c.affiliation or ""),
        "Status": _status(c), "Where it stands": _where(c),
    } for c in concepts]
    head = [column for column in rows[0] if any(row[column] for row in rows)]
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head),
            *("| " + " | ".join(row[column] for column in head) + " |" for row in rows)]


def _chinese(concept: Concept, language: str) -> str:
    full = [_with_status(t, concept) for t in concept.terms if t.language == language and t.type == "full form"]
    also = [t.text for t in concept.terms if t.language == language and t.type == "variant"]
    short = [t.text for t in concept.terms if t.language == language and t.type == "short form"]
    parts = [escaped("; ".join(full))]
    parts += [f"short: {escaped(', '.join(short))}"] if short else []
    parts += [f"also: {escaped(', '.join(also))}"] if also else []
    return "<br>".join(p for p in parts if p)


def _names(concept: Concept, type: str) -> str:
    terms = [t for t in concept.terms if t.language == "en" and t.type == type]
    return "<br>".join(escaped(_with_status(t, concept)) for t in terms)


def _with_status(term: Term, concept: Concept) -> str:
    return term.text if term.status == concept.status else f"{term.text} ({term.status})"


def _status(concept: Concept) -> str:
    parts: list[str] = [concept.status]
    if concept.unsupported:
        parts.append("in no report")
    elif concept.status in ("proposed", "uncertain"):
        parts.append(f"{concept.confidence:.2f}")
    return "<br>".join([*parts, *map(escaped, concept.notes)])


def _where(concept: Concept) -> str:
    if not concept.evidence:
        return ""
    sides = concept.evidence[0].sides
    more = concept.mentions - 1
    said = [f"{_excerpt(e)} — {escaped(e.document)}" + (f", p. {e.page}" if e.page > 1 else "") for e in sides]
    return "<br>".join(said) + (f" (+{more})" if more > 0 else "")


def _excerpt(e: Evidence | Counterpart) -> str:
    """The sentence around the term, the term and what is beside it in bold. (As HTML: ``**`` next to Chinese does not work.)"""
    marks = sorted(m for m in (e.mark, e.gloss_mark if isinstance(e, Evidence) else (0, 0)) if m[1] > m[0])
    if not marks:
        return escaped(e.sentence)
    low, high = max(0, marks[0][0] - AROUND), min(len(e.sentence), marks[-1][1] + AROUND)
    out, at = ["…" if low else ""], low
    for a, b in marks:
        if a >= at:
            out += [_piece(e.sentence[at:a]), "<b>", escaped(e.sentence[a:b]), "</b>"]
            at = b
    return "".join([*out, _piece(e.sentence[at:high]), "…" if high < len(e.sentence) else ""])


def _piece(text: str) -> str:
    """:func:`escaped`, with the spaces around it."""
    return f"{' ' * text[:1].isspace()}{escaped(text)}{' ' * text[-1:].isspace()}" if text.strip() else " " * bool(text)
