"""Tables: CSV and TSV with a head that names languages or without one, and the glossaries of OmegaT."""

from __future__ import annotations

import csv
import io
from typing import get_args

from pipeline.cells import unguarded
from pipeline.document import TermKind
from pipeline.errors import InputError
from pipeline.export.losses import Loss
from pipeline.export.selection import fit
from pipeline.export.spreadsheet import PART
from pipeline.glossary.keys import has_chinese
from pipeline.glossary.model import KINDS, LIVE, Concept, Language, Status, Term, TermType
from pipeline.imports.languages import language_of, of_text, type_of

_TYPES: dict[str, TermType] = {t: t for t in get_args(TermType)}
_STATUSES: dict[str, Status] = {s: s for s in get_args(Status)}
_FIELDS = {"id", "kind", "status", "role", "affiliation", "notes"}
_SAME = {"note": "notes", "comment": "notes", "description": "notes", "definition": "notes", "type": "kind", "備註": "notes",
         "entry_id": "id", "acronym": "en acronym", "short forms": "zh-Hant short form", "also written": "zh-Hant variant"}
_OMEGAT = (".utf8", ".tab", ".txt")


def read(data: bytes, name: str, suffix: str) -> tuple[list[Concept], list[Loss]]:
    """The concepts of a table. Raises ``InputError`` for one that does not say Chinese and English side by side."""
    from pipeline.read.text import decode

    text = decode(data, name)[0].removeprefix("\ufeff")
    tabs = suffix != ".csv"
    if tabs:
        lines = text.replace("\r\n", "\n").split("\n")
        rows = [line.split("\t") for line in lines if line.strip() and not (suffix in _OMEGAT and line.startswith("#"))]
    else:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
            rows = [row for row in reader if any(row)]
        except csv.Error as error:
            raise InputError(name, f"this is not CSV: {error}", remedy="save it as CSV in UTF-8") from None
    if not rows:
        raise InputError(name, "it holds no terms")
    columns = [_column(cell) for cell in rows[0]]
    if any(isinstance(c, tuple) for c in columns):
        known = {c[0] for c in columns if isinstance(c, tuple)}
        if len(columns) > 1 and "en" not in known and len(known) == 1:
            raise InputError(name, "only one of its columns names a language", place="line 1",
                             remedy="name the columns zh-Hant (or zh-Hans) and en")
        return [_row(columns, row, k, tabs) for k, row in enumerate(rows[1:], 1)], []
    if max(map(len, rows)) < 2:
        raise InputError(name, "it has one column only", remedy=f"part source and target by a {'tab' if tabs else 'comma'}")
    return _pairs(rows)


def _separator(text: str) -> str:
    """Spreadsheets of some countries write ; between cells."""
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _column(head: str) -> str | tuple[Language, TermType, bool] | None:
    """What a column holds: a field; or terms of a language and type, and whether they are forbidden. None: nothing for us."""
    name = " ".join(head.split())
    name = _SAME.get(name.lower(), name)
    if name.lower() in _FIELDS:
        return name.lower()
    forbidden = name.endswith(" forbidden")
    name = name.removesuffix(" forbidden")
    type: TermType = "full form"
    for other in get_args(TermType):
        if name.endswith(f" {other}"):
            name, type = name.removesuffix(f" {other}"), other
    language = language_of(name)
    return (language, type, forbidden) if language else None


def _row(columns: list[str | tuple[Language, TermType, bool] | None], row: list[str], number: int, plain: bool) -> Concept:
    """A concept of a table with a head. The first of the synonyms in a cell has the status of the row, others are admitted."""
    fields: dict[str, str] = {}
    cells: list[tuple[tuple[Language, TermType, bool], list[str]]] = []
    for column, raw in zip(columns, row, strict=False):
        cell = fit(raw if plain else unguarded(raw))
        if isinstance(column, str):
            fields[column] = cell
        elif column and cell:
            cells.append((column, [p for part in cell.split(PART) if (p := part.strip())]))
    given = _STATUSES.get(fields.get("status", ""), "approved")
    terms: dict[tuple[str, str], Term] = {}
    of_pair = given not in LIVE and any(column[0] == "en" for column, _ in cells)  # then the Chinese itself is not refused
    for (language, type, forbidden), texts in cells:
        own: Status = "proposed" if of_pair and language != "en" else given
        for k, text in enumerate(texts):
            status: Status = "forbidden" if forbidden else "admitted" if k and type == "full form" and own in LIVE else own
            terms.setdefault((language, text), Term(text, language, type, status))
    notes = tuple(n for part in fields.get("notes", "").split(PART) if (n := part.strip()))
    return Concept(fields.get("id") or f"row-{number}", _kind(fields.get("kind", "")), given, tuple(terms.values()),
                   role=fields.get("role") or None, affiliation=fields.get("affiliation") or None, notes=notes)


def _pairs(rows: list[list[str]]) -> tuple[list[Concept], list[Loss]]:
    """Source, target and comment. Lines that share their Chinese are one concept."""
    found: dict[str, Concept] = {}
    losses: list[Loss] = []
    homes: dict[str, str] = {}  # English -> the Chinese that it was first given for
    for row in rows:
        one, two, *rest = (*map(fit, row), "")
        if has_chinese(one) == has_chinese(two) or not (one and two):
            losses.append(Loss("dropped", "lines that are not Chinese on one side and English on the other", f"{one} = {two}"))
            continue
        zh, en = (one, two) if has_chinese(one) else (two, one)
        kind, status, type, role, affiliation, notes = _comment(rest[0] if rest else "")
        chinese: TermType = type if type != "acronym" else "full form"
        home = zh
        if chinese in ("short form", "variant") or (status == "admitted" and zh not in found):
            home = homes.get(en, zh)
        homes.setdefault(en, home)
        before = found.get(home)
        terms = {(t.language, t.text): t for t in before.terms} if before else {}
        language = of_text(zh)
        fresh = before is None
        terms.setdefault((language, zh), Term(zh, language, chinese if not fresh else "full form", status))
        english = type if type == "acronym" else type_of(en, "en", any(t.language == "en" for t in terms.values()))
        terms.setdefault(("en", en), Term(en, "en", english, status))
        found[home] = Concept(home, kind or (before.kind if before else "term"), "approved", tuple(terms.values()),
                              role=role or (before.role if before else None),
                              affiliation=affiliation or (before.affiliation if before else None),
                              notes=tuple(dict.fromkeys((*(before.notes if before else ()), *notes))))
    return list(found.values()), losses


def _comment(text: str) -> tuple[TermKind | None, Status, TermType, str, str, tuple[str, ...]]:
    """What the comment of our own export says; of any other, all is one note."""
    status: Status = "approved"
    type: TermType = "full form"
    role = affiliation = ""
    parts = text.split("; ")
    if parts[0] not in KINDS:
        return None, status, type, "", "", (text,) if text else ()
    kind = _kind(parts.pop(0))
    if parts and parts[0] in _TYPES:
        type = _TYPES[parts.pop(0)]
    if parts and parts[0] in _STATUSES:
        status = _STATUSES[parts.pop(0)]
    if parts and parts[0].startswith("role: "):
        role = parts.pop(0).removeprefix("role: ")
    if parts and parts[0].startswith("affiliation: "):
        affiliation = parts.pop(0).removeprefix("affiliation: ")
    note = "; ".join(parts).removeprefix("note: ")
    return kind, status, type, role, affiliation, (note,) if note else ()


def _kind(text: str) -> TermKind:
    return next((k for k in KINDS if k == text), "term")
