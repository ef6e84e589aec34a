"""The Document: a report's text, and where every character of it came from.

Three coordinate systems meet here and only here. *raw* offsets count code points of the text as it was read from the file,
before anything was changed; *text* offsets count code points of ``document.text`` as it stands; *page* coordinates (points,
origin at the top left, y downwards) exist for PDFs only. All spans are half-open: ``start`` is in, ``end`` is out.

The text changes only through :meth:`Document.edit`, :meth:`Document.set_aside` and :meth:`Document.move`. They keep the map
back to the raw file and the log of what was done, so that at any time every raw character is in exactly one of three
places: in the text, in the furniture, or in a change that says which rule removed it (:meth:`Document.account`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, ge, gt
from typing import Literal

import msgspec
from msgspec import Struct

from pipeline.offsets import Alignment as Alignment
from pipeline.offsets import Piece as Piece
from pipeline.offsets import joined, runs

ParagraphKind = Literal["title", "heading", "list item", "body", "caption", "footnote", "table line"]
FurnitureKind = Literal["running head", "page number", "byline", "watermark", "line number", "address", "stamp"]
TermKind = Literal["person", "organisation", "place", "programme", "work", "term"]
Script = Literal["hant", "hans", "mixed", "neutral"]


class Edit(Struct, frozen=True, array_like=True, gc=False):
    """A wish to replace ``text[start:end]`` by ``new``; ``rule`` names who wishes it, as in ``"join lines"``."""

    start: int
    end: int
    new: str
    rule: str


class Change(Struct, frozen=True, array_like=True, gc=False):
    """What an edit did: ``old`` became ``new`` at ``raw[start:end]`` (empty for text that an earlier edit had inserted)."""

    rule: str
    start: int
    end: int
    old: str
    new: str


class Furniture(Struct, frozen=True, gc=False):
    """Something of the page and not of the text, kept: ``raw[start:end]`` on ``page`` (from 1)."""

    kind: FurnitureKind
    start: int
    end: int
    page: int
    text: str


class Line(Struct, frozen=True, array_like=True, gc=False):
    """One printed line of a PDF: ``raw[start:end]`` (no line end in it) and its geometry in page coordinates (points).

    ``size`` is the font size of most of its characters, ``weight`` their font weight (400 regular, 700 bold, 0 unknown);
    ``left`` and ``right`` bound the column that it stands in; ``block`` numbers runs of lines that the reading order keeps
    together (a column, a box, a table), counted through the document. ``inset`` is how far behind ``x0`` the text begins that
    a label or a gap at the head of the line sets off (0 where there is none): what a hanging indent hangs under. ``cells``
    counts its parts that stand apart by more than a word space, as the cells of a table row do, and ``gap`` is the widest white
    space between two of them. ``part`` is the number of the paragraph that a tagged PDF says the line is of, -1 for an artifact
    of the page, 0 where the file does not say.
    """

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    weight: int
    left: float
    right: float
    block: int
    inset: float = 0.0
    cells: int = 1
    part: int = 0
    gap: float = 0.0


class Page(Struct, frozen=True, array_like=True, gc=False):
    """A page begins at ``raw[start]``; ``width`` and ``height`` in points, 0 where the source has no geometry."""

    start: int
    width: float = 0.0
    height: float = 0.0


class Notice(Struct, frozen=True, gc=False):
    """Something a person should know: ``message`` about ``raw[start:end]``, raised by ``rule``."""

    rule: str
    message: str
    start: int = 0
    end: int = 0


class Source(Struct, frozen=True):
    """The file: its name, ``"text"`` or ``"pdf"``, the encoding it was read in, and the SHA-256 of its bytes."""

    file: str
    format: Literal["text", "pdf"] = "text"
    encoding: str = "utf-8"
    sha256: str = ""


class Author(Struct, frozen=True):
    """Who wrote the report, as its byline says; ``raw[start:end]`` is the byline."""

    name: str
    affiliation: str = ""
    role: str = ""
    start: int = 0
    end: int = 0


class Paragraph(Struct, frozen=True, gc=False):
    """``text[start:end]``, one logical line; ``level`` from 1 for headings and list items; ``label`` as in 壹、 or (1)."""

    start: int
    end: int
    kind: ParagraphKind = "body"
    level: int = 0
    label: str = ""


class Span(Struct, frozen=True, array_like=True, gc=False):
    """``text[start:end]``."""

    start: int
    end: int


class Token(Struct, frozen=True, array_like=True, gc=False):
    """A word, ``text[start:end]``; ``kind``: word, number, date, percentage, unit, latin, model, url, email, punctuation."""

    start: int
    end: int
    kind: str = "word"


class View(Struct, frozen=True):
    """The text in another script or regional wording.

    ``pieces`` map it to ``document.text``. They are empty for the views of equal length, whose offsets are those of the text.
    """

    text: str
    pieces: tuple[Piece, ...] = ()


class ScriptReport(Struct, frozen=True):
    """Which script a text is in, from the characters that only one script has."""

    script: Script
    hant: int = 0
    hans: int = 0


class Evidence(Struct, frozen=True, array_like=True, gc=False):
    """Where a candidate stands: ``text[start:end]`` is its Chinese (its Latin form, where it has no Chinese), and
    ``text[gloss_start:gloss_end]`` the English or acronym beside it (an empty span where there is none)."""

    start: int
    end: int
    gloss_start: int = 0
    gloss_end: int = 0


class Candidate(Struct, frozen=True):
    """What one document says of one name, programme, work, term or acronym. The glossary is built from these.

    ``zh`` is as printed, ``zh_hant`` and ``zh_hans`` the same in both scripts. ``source`` is ``"text"`` where the document
    itself gives both sides, else the table that the rendering came from (``"cldr"``). ``reasons`` say in words what spoke
    for the pair; ``confidence`` is between 0 and 1.
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
    evidence: tuple[Evidence, ...] = ()


class Document(Struct, frozen=True, dict=True):
    r"""A report on its way through the stages. Every stage takes one and gives back another.

    >>> from pipeline import Document
    >>> from pipeline.document import Edit
    >>> document = Document.of("赴埃斯比\n約開會。").edit([Edit(4, 5, "", "join lines")])
    >>> document.text
    '赴埃斯比約開會。'
    >>> document.raw_span(1, 5)  # 埃斯比約, as it stands in the raw file
    (1, 6)
    >>> document.changes
    (Change(rule='join lines', start=4, end=5, old='\n', new=''),)
    >>> set(document.account())  # every raw character is accounted for, once
    {1}
    """

    name: str
    raw: str
    text: str
    pieces: tuple[Piece, ...]
    source: Source
    pages: tuple[Page, ...] = (Page(0),)
    lines: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    notices: tuple[Notice, ...] = ()
    authors: tuple[Author, ...] = ()
    title: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    script: ScriptReport | None = None
    views: dict[str, View] = {}
    sentences: tuple[Span, ...] = ()
    tokens: tuple[Token, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    # -- making, saving ------------------------------------------------------------------------------------------------

    @classmethod
    def of(cls, raw: str, name: str = "document", source: Source | None = None, pages: Iterable[Page] = (),
           lines: Iterable[Line] = (), notices: Iterable[Notice] = ()) -> Document:
        """A Document whose text is its raw text. Without ``pages``, form feeds in ``raw`` begin new pages."""
        found = tuple(pages) or (Page(0), *(Page(m.end()) for m in re.finditer("\f", raw)))
        return cls(name=name, raw=raw, text=raw, pieces=(Piece(len(raw), 0, len(raw)),) if raw else (),
                   source=source or Source(file=name), pages=found, lines=tuple(lines), notices=tuple(notices))

    @classmethod
    def from_json(cls, data: bytes) -> Document:
        """The Document that :meth:`to_json` wrote. Raises ``msgspec.DecodeError`` for anything else."""
        return msgspec.json.decode(data, type=cls)

    def to_json(self) -> bytes:
        """UTF-8 JSON; equal Documents give equal bytes."""
        return msgspec.json.encode(self, order="deterministic")

    def replace(self, **fields: object) -> Document:
        """A copy with other annotations. The text and its map are not replaced here: edit it."""
        if fields.keys() & {"raw", "text", "pieces", "changes", "furniture"}:
            raise ValueError("text changes only through edit, set_aside and move")
        return msgspec.structs.replace(self, **fields)

    def notice(self, rule: str, message: str, start: int = 0, end: int = 0) -> Document:
        """With one more notice, about ``raw[start:end]``."""
        return self.replace(notices=(*self.notices, Notice(rule, message, start, end)))

    # -- changing the text ---------------------------------------------------------------------------------------------

    def edit(self, edits: Iterable[Edit]) -> Document:
        """Apply edits, given in text offsets of the text as it stands now.

        They are sorted by place; they may touch but not overlap (``ValueError``). Edits that change nothing are dropped.
        Annotations of the old text (paragraphs, views, sentences, tokens, candidates) are dropped with it.
        """
        wanted = [e for e in edits if self.text[e.start:e.end] != e.new]
        return self._rewrite(wanted, aside={}) if wanted else self

    def set_aside(self, spans: Iterable[tuple[int, int, FurnitureKind]]) -> Document:
        """Take ``text[start:end]`` out of the text and keep it as furniture of that kind."""
        kinds: dict[int, FurnitureKind] = {}
        wanted = []
        for start, end, kind in spans:
            if end > start:
                kinds[start] = kind
                wanted.append(Edit(start, end, "", ""))
        return self._rewrite(wanted, aside=kinds) if wanted else self

    def move(self, start: int, end: int, to: int, rule: str) -> Document:
        """Set ``text[start:end]`` at ``to``, an offset outside it in the text as it stands now."""
        return self.move_all([(start, end, to)], rule)

    def move_all(self, moves: Iterable[tuple[int, int, int]], rule: str) -> Document:
        """Set each ``text[start:end]`` at its ``to``. All offsets are those of the text as it stands now; the spans may not
        overlap, nor may a ``to`` lie inside one (``ValueError``). What goes to the same place keeps the order given."""
        wanted = [m for m in moves if m[1] > m[0] and m[2] not in m[:2]]
        if not wanted:
            return self
        spans = sorted((start, end) for start, end, _ in wanted)
        cuts = sorted({0, len(self.text), *(at for m in wanted for at in m)})
        arriving: dict[int, list[int]] = {}
        for start, _, to in wanted:
            arriving.setdefault(to, []).append(start)
        atoms = {a: (self.text[a:b], self._back.cut(a, b)) for a, b in pairwise(cuts)}
        atoms[len(self.text)] = ("", [])
        gone: dict[int, list[int]] = {}  # each moved span by its start: the atoms it consists of
        inside, k = set(), 0
        for at in cuts[:-1]:
            while k < len(spans) and spans[k][1] <= at:
                k += 1
            if k < len(spans) and spans[k][0] <= at:
                gone.setdefault(spans[k][0], []).append(at)
                inside.add(at)
        if any(b < a for (_, a), (b, _) in pairwise(spans)) or any(to in inside and to not in gone for to in arriving):
            raise ValueError("moves overlap, or one leads into itself")
        order: list[int] = []
        for at in cuts:
            order += (x for start in arriving.get(at, ()) for x in gone[start])
            order += [] if at in inside else [at]
        log = [Change(rule, a, b, self.raw[a:b], self.raw[a:b])
               for start, _, _ in wanted for a, b in runs(p for x in gone[start] for p in atoms[x][1])]
        return self._with("".join(atoms[x][0] for x in order), joined(atoms[x][1] for x in order),
                          self.changes + tuple(log), self.furniture)

    def _rewrite(self, edits: list[Edit], aside: dict[int, FurnitureKind]) -> Document:
        text = self.text
        starts = list(map(_start, edits))
        if any(map(ge, starts, starts[1:])):
            edits.sort(key=_place)
            starts = list(map(_start, edits))
        ends, new = list(map(_end, edits)), list(map(_new, edits))
        before, behind = [0, *ends], [*starts, len(text)]  # of what is kept
        if any(map(gt, before, behind)) or any(map(gt, starts, ends)):
            k = next(k for k, e in enumerate(edits) if e.start < before[k] or not e.start <= e.end <= len(text))
            raise ValueError(f"edit {starts[k]}:{ends[k]} ({edits[k].rule}) overlaps another or leaves the text")
        parts = [""] * (2 * len(edits) + 1)
        parts[::2], parts[1::2] = map(text.__getitem__, map(slice, before, behind)), new
        pieces, lows, highs, more = self._back.replaced(starts, ends, list(map(len, new)))
        old = map(text.__getitem__, map(slice, starts, ends))
        log: list[Change] = []
        furniture: list[Furniture] = []
        if not aside:
            log = list(map(Change, map(_rule, edits), lows, highs, old, new))
            for k in reversed(more):
                log[k + 1 : k + 1] = [Change(edits[k].rule, a, b, "", "") for a, b in more[k]]
        else:
            for k, (e, a, b) in enumerate(zip(edits, lows, highs, strict=True)):
                if a < b:
                    spans = [(a, b), *more.get(k, ())]
                    furniture += [Furniture(aside[e.start], x, y, self.page_of(x), self.raw[x:y]) for x, y in spans]
                else:  # nothing of the raw file: an earlier edit had put it in
                    log.append(Change("set aside", 0, 0, text[e.start : e.end], ""))
        return self._with("".join(parts), pieces, self.changes + tuple(log), self.furniture + tuple(furniture))

    def _with(self, text: str, pieces: tuple[Piece, ...], changes: tuple[Change, ...],
              furniture: tuple[Furniture, ...]) -> Document:
        return msgspec.structs.replace(self, text=text, pieces=pieces, changes=changes, furniture=furniture, paragraphs=(),
                                       script=None, views={}, sentences=(), tokens=(), candidates=())

    # -- finding the way back ------------------------------------------------------------------------------------------

    @cached_property
    def _back(self) -> Alignment:
        return Alignment(self.pieces)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that ``text[start:end]`` came from, from its first to its last character."""
        return self._back.source(start, end)

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The text span that ``raw[start:end]`` went to, or None where nothing of it is left in the text."""
        return self._back.target(start, end)

    @cached_property
    def _page_starts(self) -> list[int]:
        return [p.start for p in self.pages]

    def page_of(self, raw: int) -> int:
        """The page, from 1, that ``raw`` stands on."""
        return max(1, bisect_right(self._page_starts, raw))

    def account(self) -> list[int]:
        """How often each raw character is accounted for: a list of ones, or characters were lost or doubled."""
        seen = [0] * len(self.raw)
        spans = [(p.start, p.end) for p in self.pieces] + [(f.start, f.end) for f in self.furniture]
        spans += [(c.start, c.end) for c in self.changes if not c.new]
        for start, end in spans:
            for k in range(start, end):
                seen[k] += 1
        return seen


_start, _end, _new, _rule = map(attrgetter, ("start", "end", "new", "rule"))
_place = attrgetter("start", "end")
