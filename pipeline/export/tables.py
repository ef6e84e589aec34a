"""The glossary as a table: CSV as spreadsheets like it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from pipeline.cells import guarded
from pipeline.glossary.lookup import marked
from pipeline.glossary.model import Concept, Glossary, Term

COLUMNS = ("id", "status", "kind", "zh-Hant", "zh-Hans", "en", "acronym", "short forms", "also written", "role", "affiliation",
           "confidence", "source", "documents", "places", "conflicts", "notes", "sentence", "document", "page")


def to_csv(glossary: Glossary) -> bytes:
    """One row for each rendering of each concept: UTF-8 with a byte order mark, CRLF, no cell that is a formula.

    Several values in one cell are parted by `` | ``.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for concept in glossary.concepts:
        for term in concept.of("en", "full form") or (None,):
            writer.writerow([guarded(cell) for cell in _row(concept, term)])
    return out.getvalue().encode("utf-8-sig")


def _row(concept: Concept, term: Term | None) -> list[str]:
    sides = concept.evidence[0].sides if concept.evidence else ()
    return [
        concept.id, term.status if term else concept.status, concept.kind,
        concept.text("zh-Hant", "full form"), concept.text("zh-Hans", "full form"), term.text if term else "",
        concept.text("en", "acronym"),
        _several(t.text for t in concept.of("zh-Hant", "short form")),
        _several(t.text for t in (*concept.of("zh-Hant", "full form")[1:], *concept.of("zh-Hant", "variant"))),
        concept.role or "", concept.affiliation or "",
        f"{(term and term.confidence) or concept.confidence:.2f}", term.source if term else "",
        str(len(concept.documents)), str(concept.mentions),
        _several(c.message for c in concept.conflicts), _several(concept.notes),
        *(" | ".join(cell) for cell in ([marked(e) for e in sides], [e.document for e in sides], [str(e.page) for e in sides])),
    ]


def _several(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(texts))
