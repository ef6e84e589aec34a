"""JSON lines and Parquet, one row a paragraph, with one schema for both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.export.corpus import Corpus, page, paragraphs
from pipeline.glossary.match import Match, renderings


class SentenceRow(Struct, frozen=True):
    """``text[start:end]`` of its row, as are all spans here; ``id`` as in the other corpus formats."""

    id: str
    start: int
    end: int


class TokenRow(Struct, frozen=True):
    """A word, its ``text``; ``kind``: word, number, date, percentage, unit, latin, model, url, email, punctuation."""

    text: str
    start: int
    end: int
    kind: str


class TermRow(Struct, frozen=True):
    """A term of the glossary as it stands there; ``kind``, ``concept`` and ``status`` are those of the concept,
    ``renderings`` what it is in the other language, the preferred one first."""

    text: str
    start: int
    end: int
    kind: str
    concept: str
    status: str
    renderings: list[str]


class Row(Struct, frozen=True):
    """A paragraph. Every field is in every row, none is null; lists may be empty.

    ``document`` is the name of the report and ``title`` its title (may be empty), ``page`` counts from 1. ``kind`` is title,
    heading, list item, body, caption, footnote or table line; ``level`` from 1 for headings and list items, else 0; ``label``
    as printed, like 壹、 or (1). ``text`` is the paragraph as the report has it, ``hant`` and ``hans`` are of the same length
    and in either script.
    """

    id: str
    document: str
    title: str
    page: int
    kind: str
    level: int
    label: str
    text: str
    hant: str
    hans: str
    sentences: list[SentenceRow]
    tokens: list[TokenRow]
    terms: list[TermRow]


def jsonl(corpus: Corpus) -> bytes:
    """One JSON object a line: a :class:`Row`."""
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(row) + b"\n" for row in rows(corpus))


def parquet(corpus: Corpus) -> bytes:
    """The same rows as a Parquet file. Raises ``ModuleNotFoundError`` where pyarrow is not installed."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pylist([msgspec.to_builtins(row) for row in rows(corpus)], schema=schema())
    out = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    return bytes(out.getvalue())


def schema() -> Any:
    """The schema of :class:`Row` for Arrow: text is ``string``, numbers are ``int64``, nothing is null."""
    from pyarrow import field, int64, list_, schema, string, struct

    def of(**types: Any) -> list[Any]:
        return [field(name, type, nullable=False) for name, type in types.items()]

    span = {"start": int64(), "end": int64()}
    sentence = struct(of(id=string(), **span))
    token = struct(of(text=string(), **span, kind=string()))
    term = struct(of(text=string(), **span, kind=string(), concept=string(), status=string(), renderings=list_(string())))
    return schema(of(id=string(), document=string(), title=string(), page=int64(), kind=string(), level=int64(), label=string(),
                     text=string(), hant=string(), hans=string(), sentences=list_(sentence), tokens=list_(token),
                     terms=list_(term)))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a line of JSON: what is in ``docs/corpus.schema.json``."""
    found = msgspec.json.schema(Row)
    for definition in found["$defs"].values():
        definition["description"] = " ".join(definition["description"].replace("``", "").split())
    return found


def rows(corpus: Corpus) -> Iterator[Row]:
    """The paragraphs of all reports, in order."""
    for document in corpus.documents:
        text, tokens, terms = document.text, document.tokens, corpus.terms(document)
        t = m = 0
        for id, p, sentences in paragraphs(document):
            first, first_term = t, m
            while t < len(tokens) and tokens[t].start < p.end:
                t += 1
            while m < len(terms) and terms[m].start < p.end:
                m += 1
            yield Row(
                id, document.name, document.title, page(document, p.start), p.kind, p.level, p.label,
                text[p.start : p.end], document.views["hant"].text[p.start : p.end],
                document.views["hans"].text[p.start : p.end],
                [SentenceRow(s.id, s.start - p.start, s.end - p.start) for s in sentences],
                [TokenRow(text[x.start : x.end], x.start - p.start, x.end - p.start, x.kind) for x in tokens[first:t]],
                [_term(x, text, p.start) for x in terms[first_term:m]])


def _term(match: Match, text: str, start: int) -> TermRow:
    concept, found = match.concept, text[match.start : match.end]
    return TermRow(found, match.start - start, match.end - start, concept.kind, concept.id, concept.status,
                   list(renderings(match)))
