"""A list that came back from a spreadsheet: ``glossary.csv`` after somebody filled in the column *status*, as decisions.

Rows are known again by their *id*, or by their Chinese and English where there is none. An empty cell says nothing, and so
does a status of the machine (proposed, uncertain): a list may be older than the latest decisions.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import get_args
from unicodedata import normalize

import msgspec
from msgspec import Struct

from pipeline.cells import unguarded
from pipeline.document import TermKind
from pipeline.errors import InputError
from pipeline.glossary.curate import Curated, Decision, Fields, Verb, contradictions
from pipeline.glossary.keys import acronym_key, en_key, has_chinese, zh_key
from pipeline.glossary.model import Concept, Glossary, Status, Term
from pipeline.glossary.review import Item, shown
from pipeline.glossary.rulings import Rulings, overrides

VERB_OF: dict[Status, Verb] = {"approved": "approve", "admitted": "admit", "forbidden": "forbid", "rejected": "reject"}
_STATUSES = {form: status for status, verb in VERB_OF.items() for form in (status, verb)}
_MACHINE = ("", "proposed", "uncertain")
_COLUMNS = {"zh": "zh", "zh-hant": "zh", "en": "en", "id": "id", "status": "status", "kind": "kind", "acronym": "acronym",
            "short forms": "short", "role": "role", "affiliation": "affiliation", "notes": "note", "note": "note"}
_UNICODE = ("utf-8", "utf-16", "utf-32", "gb18030")


class Row(Struct, frozen=True):
    """``number`` is what a spreadsheet shows beside the row; ``cells`` are the columns that matter here, by field."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


def rows(data: bytes, file: str) -> tuple[list[Row], str]:
    """The rows that hold anything, and the encoding of the file: commas, semicolons or tabs between cells.

    Raises ``InputError`` for what is no such table.
    """
    from pipeline.read.text import decode

    text, encoding = decode(data, file)
    separator = None
    if text.lower().startswith("sep=") and len(head := text.partition("\n")[0].strip()) == len("sep=") + 1:
        separator, text = head[-1], text.partition("\n")[2]
    first = text.partition("\n")[0]
    separator = separator or max("\t;,", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(file, f"this is not CSV: {error}", remedy="save it from the spreadsheet as CSV in UTF-8") from None
    fields = [_COLUMNS.get(" ".join(cell.split()).casefold()) for cell in table[0]] if table else []
    for field, others in (("status", "id, zh-Hant and en"), ("zh", "zh-Hant, en and status")):
        if field not in fields:
            name = "zh-Hant" if field == "zh" else field
            raise InputError(file, f"no column is called {name}", place="row 1",
                             remedy=f"keep the first row of glossary.csv, or give a table its columns: {others}")
    found = []
    for number, cells in enumerate(table[1:], 2):
        named = {f: _plain(cell) for f, cell in zip(fields, cells, strict=False) if f}
        if any(named.values()):
            found.append(Row(number, named))
    return found, encoding


def decisions(found: Iterable[Row], glossary: Glossary, before: Iterable[Decision], file: str,
              encoding: str = "utf-8") -> tuple[list[Decision], list[InputError]]:
    """What the rows say that is new, in their order, and a mistake for each row that cannot be a decision.

    ``before`` are the decisions that there are. ``encoding``: a question mark for what it cannot hold is no change.
    """
    reader = _Reader(list(found), glossary, tuple(before), encoding)
    said: list[tuple[Decision, Row]] = []
    mistakes: list[tuple[int, InputError]] = []

    def wrong(row: Row, problem: str, remedy: str) -> None:
        mistakes.append((row.number, InputError(file, problem, place=f"row {row.number}", remedy=remedy)))

    for row in reader.rows:
        try:
            decision = reader.decision(row)
        except _Mistake as mistake:
            wrong(row, *mistake.args)
            continue
        if decision and decision not in [d for d, _ in said]:
            said.append((decision, row))
    of = {id(d): row for d, row in said}
    for d, other, problem in contradictions((*reader.before, *(d for d, _ in said))):
        where = f"row {of[id(other)].number}" if id(other) in of else f"line {other.line} of what was decided before"
        wrong(of[id(d)], f"{d}: {problem} {where}", "keep one of the two")
    return [d for d, _ in said], [mistake for _, mistake in sorted(mistakes, key=lambda m: m[0])]


class _Mistake(Exception):
    """The problem with a row, and the remedy."""


class _Reader:
    def __init__(self, rows: list[Row], glossary: Glossary, before: tuple[Decision, ...], encoding: str):
        self.rows, self.before, self.encoding = rows, before, encoding
        self.rulings = Rulings(Curated(before))
        self.by_id = {c.id: c for c in glossary.concepts}
        self.by_name: dict[str, Concept] = {}
        for c in glossary.concepts:
            for t in sorted(c.terms, key=lambda t: t.type != "full form"):
                self.by_name.setdefault(_key(t), c)
        by_pair: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
        for d in before:
            by_pair[_pair(d)].append(d)
        self.edited = {pair: overrides(said) for pair, said in by_pair.items()}
        self.english: defaultdict[str, set[str]] = defaultdict(set)  # id -> the renderings that its rows give
        for row in rows:
            self.english[row["id"]].add(en_key(row["en"]))

    def decision(self, row: Row) -> Decision | None:
        wanted = self.status(row)
        concept = self.concept(row)
        if concept is None:
            return self.new(row, wanted)
        item = Item(concept, self.rendering(row, concept))
        given = item.status(self.rulings)
        to = self.changes(row, item)
        note = self.note(row, concept)
        changed = any(getattr(to, field) is not None for field in to.__struct_fields__)
        built = item.rendering.status if item.rendering else concept.status
        if wanted and wanted != given and not (given is None and wanted == built):
            if changed and wanted != "approved":
                raise _Mistake(f"it is {wanted}, and other cells were changed", "change cells of rows that are to be approved")
            return item.decision(VERB_OF[wanted], to=to, note=note)
        if changed:
            return item.decision("edit", to=to, note=note)
        return item.decision("about", note=note) if note else None

    def status(self, row: Row) -> Status | None:
        """What is decided; None where nothing is."""
        said = normalize("NFKC", row["status"]).casefold()
        if said in _MACHINE:
            return None
        if said not in _STATUSES:
            raise _Mistake(f"there is no status {row['status']}",
                           f"there are {', '.join(VERB_OF)}; an empty cell decides nothing")
        return _STATUSES[said]

    def concept(self, row: Row) -> Concept | None:
        if row["id"] in self.by_id:
            return self.by_id[row["id"]]
        name = _name(row["zh"]) if row["zh"] else _name(row["en"] or row["acronym"])
        found = self.by_name.get(name)
        if not found and row["id"] and self.status(row):
            raise _Mistake(f"no entry of the glossary has the id {row['id']}, or is called {row['zh'] or row['en']}",
                           "clear the cell id to add it as a new one, or clear its status")
        return found

    def rendering(self, row: Row, concept: Concept) -> Term | None:
        """The rendering that the row is about: the one it gives, or the one in whose place it stands."""
        known = concept.of("en", "full form")
        for t in known:
            if not row["en"] or en_key(t.text) == en_key(row["en"]) or self.same(row["en"], t.text):
                if not row["en"] and len(known) > 1 and self.status(row):
                    raise _Mistake("the cell en is empty", f"say which: {', '.join(t.text for t in known)}")
                return t
        if not known:
            return None
        missing = [t for t in known if en_key(t.text) not in self.english[row["id"]]] if row["id"] else []
        if len(missing) != 1:
            raise _Mistake(f"{row['en']} is none of its renderings ({', '.join(t.text for t in known)})",
                           "correct one of these in its own row, or add it with: duizhao decide --add")
        return missing[0]

    def changes(self, row: Row, item: Item) -> Fields:
        new: dict[str, object] = {}
        by_name = row["id"] not in self.by_id  # its names are what it is known by, however they are written
        for field, was in shown(item).items():
            known = by_name and was and field in ("zh", "en")
            if row[field] and not known and not self.same(row[field], was):
                new[field] = row[field]
        if "zh" in new and not has_chinese(row["zh"]):
            raise _Mistake(f"{row['zh']} is not Chinese", "give the Chinese term in zh-Hant")
        if "kind" in new:
            self.kind(row)
        short = _parts(row["short"])
        was_short = " | ".join(dict.fromkeys(t.text for t in item.concept.of("zh-Hant", "short form")))
        if short and not self.same(" | ".join(short), was_short):
            new["short"] = short
        set_before = self.edited.get(_pair(item.decision("about")), Fields())
        return msgspec.convert({f: value for f, value in new.items() if getattr(set_before, f) != value}, Fields)

    def kind(self, row: Row) -> TermKind | None:
        kinds = get_args(TermKind)
        if row["kind"] and row["kind"] not in kinds:
            raise _Mistake(f"there is no kind {row['kind']}", f"there are {', '.join(kinds)}")
        return next((kind for kind in kinds if kind == row["kind"]), None)

    def note(self, row: Row, concept: Concept) -> str:
        """The notes that the glossary does not have yet."""
        known = {" ".join(n.split()) for n in concept.notes} | {d.note for d in self.before}
        return " | ".join(n for n in _parts(row["note"]) if not any(self.same(n, k) for k in known))

    def new(self, row: Row, wanted: Status | None) -> Decision | None:
        """What the glossary does not have: it is added, where the row says so."""
        if not wanted:
            return None
        term = row["zh"] or row["en"] or row["acronym"]
        if not term:
            raise _Mistake("it names no term", "give zh-Hant or en")
        if row["zh"] and not has_chinese(row["zh"]):
            raise _Mistake(f"{row['zh']} is not Chinese", "give the Chinese term in zh-Hant")
        en = row["en"] if row["zh"] else ""
        if wanted != "approved":
            return self.unless_known(Decision(VERB_OF[wanted], term, 0, en=en, note=row["note"]))
        acronym = row["acronym"] if row["acronym"] != term else ""
        to = Fields(acronym=acronym or None, short=_parts(row["short"]) or None, kind=self.kind(row),
                    role=row["role"] or None, affiliation=row["affiliation"] or None)
        return self.unless_known(Decision("add", term, 0, en=en, to=to, note=row["note"]))

    def unless_known(self, decision: Decision) -> Decision | None:
        """The decision, unless it stands in the file and is not built yet."""
        return None if _about(decision) in map(_about, self.before) else decision

    def same(self, cell: str, known: str) -> bool:
        """Whether a cell says what the glossary says, as far as the encoding could hold it."""
        known = " ".join(known.split())
        if cell == known or self.encoding.startswith(_UNICODE):
            return cell == known
        lossy = known.encode(self.encoding, "replace").decode(self.encoding)
        return cell == lossy or (not has_chinese(known) and en_key(cell) == en_key(known))


def _plain(cell: str) -> str:
    """A cell without white space around it, and without the ``'`` that keeps it from being a formula."""
    return " ".join(unguarded(cell).split())


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for text in cell.split("|") if (part := text.strip()))


def _key(term: Term) -> str:
    return _name(term.text) if term.type != "acronym" else acronym_key(term.text).casefold()


def _name(text: str) -> str:
    return zh_key(text) if has_chinese(text) else en_key(text)


def _about(d: Decision) -> tuple[object, ...]:
    return d.status, *_pair(d)


def _pair(d: Decision) -> tuple[str, str]:
    return zh_key(d.zh) or en_key(d.term), en_key(d.en)
