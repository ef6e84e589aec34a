"""The glossary as one wide table, a row for each concept: for spreadsheets, and for tools that import them (memoQ, MultiTerm).

Synonyms in one cell are parted by ``|``, the preferred one first. CSV is as spreadsheets like it; XLSX is written with the
standard library: its cells are texts, which no program takes for formulas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.cells import guarded
from pipeline.export.losses import Export, Loss
from pipeline.export.selection import LANGUAGES, Choice, Codes, Script, codes, holds, select, unplaced
from pipeline.glossary.lookup import marked
from pipeline.glossary.model import LIVE, STATUSES, Concept, Counterpart, Evidence, Glossary, Language, TermType

PART = "|"
STAND_IN = "｜"  # for a "|" within a term
_TYPES: tuple[TermType, ...] = ("full form", "acronym", "short form", "variant")


def csv_table(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
              language: tuple[str, ...] = ()) -> Export:
    """UTF-8 with a byte order mark, CRLF, no cell that is a formula."""
    rows, export = _rows(glossary, status, script, language)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return Export((out.getvalue().encode("utf-8-sig"),), export.holds, export.losses)


def xlsx(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
         language: tuple[str, ...] = ()) -> Export:
    """Office Open XML (ECMA-376) with one sheet; its first row stays in sight and filters the rest."""
    rows, export = _rows(glossary, status, script, language)
    return Export((_workbook(rows),), export.holds, export.losses)


def _rows(glossary: Glossary, status: Choice, script: Script | None,
          language: tuple[str, ...]) -> tuple[list[list[str]], Export]:
    written = codes(Codes(), language)
    concepts, losses = select(glossary, status, script)
    columns = _columns(concepts, written)
    rows = [[name for name, _ in columns]]
    for concept in concepts:
        for t in concept.terms:
            if PART in t.text:
                losses.append(Loss("settled", f"terms with {PART}, which parts synonyms: {STAND_IN} stands for it", t.text))
        for code in LANGUAGES:
            live = [t for t in concept.of(code, "full form") if t.status in LIVE]
            losses += [Loss("settled", "further approved terms, which read as synonyms", t.text) for t in live[1:]
                       if t.status == live[0].status == "approved"]
        rows.append([cell(concept) for _, cell in columns])
    losses += unplaced(concepts, "reasons")
    losses += [Loss("no place", "concepts with further sentences", c.name) for c in concepts if len(c.evidence) > 1]
    return rows, Export((), holds(concepts), tuple(losses))


Column = tuple[str, Callable[[Concept], str]]


def _columns(concepts: list[Concept], written: Codes) -> list[Column]:
    """Names of columns, and what stands in them. Columns of terms stand there only where there are such terms."""
    columns: list[Column] = [("id", lambda c: c.id), ("kind", lambda c: c.kind), ("status", lambda c: c.status)]
    for live in (True, False):
        for code in LANGUAGES:
            for type in _TYPES if live else ("full form",):
                words = written.of(code), type if type != "full form" else "", "" if live else "forbidden"
                name = " ".join(filter(None, words))
                cell = _terms(code, type if live else None, live)
                if (live and type == "full form") or any(map(cell, concepts)):
                    columns.append((name, cell))
    return [
        *columns, ("role", lambda c: c.role or ""), ("affiliation", lambda c: c.affiliation or ""),
        ("confidence", lambda c: f"{c.confidence:.2f}" if c.confidence else ""),
        ("notes", lambda c: f" {PART} ".join(n.replace(PART, STAND_IN) for n in c.notes)),
        ("conflicts", lambda c: f" {PART} ".join(dict.fromkeys(x.message for x in c.conflicts))),
        ("documents", lambda c: f" {PART} ".join(c.documents)),
        ("sentence", lambda c: f" {PART} ".join(marked(e) for e in _first(c))),
        ("document", lambda c: f" {PART} ".join(e.document for e in _first(c))),
        ("page", lambda c: f" {PART} ".join(str(e.page) for e in _first(c))),
    ]


def _first(concept: Concept) -> tuple[Evidence | Counterpart, ...]:
    return concept.evidence[0].sides if concept.evidence else ()


def _terms(code: Language, type: TermType | None, live: bool) -> Callable[[Concept], str]:
    def cell(concept: Concept) -> str:
        found = [t for t in concept.terms if t.language == code and (not type or t.type == type)
                 and (t.status in LIVE if live else t.status == "forbidden")]
        found.sort(key=lambda t: STATUSES.index(t.status))
        return PART.join(t.text.replace(PART, STAND_IN) for t in found)

    return cell


# -- XLSX --------------------------------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL = 32767  # characters that a cell can hold
_PARTS = {
    "[Content_Types].xml":
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels":
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml":
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="glossary" sheetId="1" r:id="rId1"/></sheets>'
        '</workbook>',
    "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
}


def _workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": _sheet(rows)}.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), (_HEAD + content).encode(), ZIP_DEFLATED)
    return out.getvalue()


def _sheet(rows: list[list[str]]) -> str:
    body = "".join(f"<row r=\"{k}\">{''.join(_cell(n, k, text) for n, text in enumerate(row) if text)}</row>"
                   for k, row in enumerate(rows, 1))
    last = f"{_letters(len(rows[0]) - 1)}{len(rows)}"
    return (f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
            'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
            f'<col min="1" max="{len(rows[0])}" width="24" customWidth="1"/></cols><sheetData>{body}</sheetData>'
            f'<autoFilter ref="A1:{last}"/></worksheet>')


def _cell(column: int, row: int, text: str) -> str:
    # "_x0041_" in a cell is read as an escaped character (ECMA-376, ST_Xstring), so that its "_" is escaped itself
    text = escape(text[:_CELL].replace("_x", "_x005F_x"))
    return f'<c r="{_letters(column)}{row}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
