"""From a Document to the little of it that the glossary needs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pipeline import document as doc
from pipeline.glossary.model import DocumentTerms, Entry, Evidence
from pipeline.glossary.scripts import to_hans, to_hant

EVIDENCE = 8  # sentences that are kept of one candidate in one document; all are counted


class Slim(Struct, frozen=True):
    """Of a Document's JSON, the fields that matter here. The rest (tokens, views, log) is skipped while decoding."""

    name: str
    raw: str
    text: str
    pieces: tuple[doc.Piece, ...]
    pages: tuple[doc.Page, ...] = (doc.Page(0),)
    authors: tuple[doc.Author, ...] = ()
    paragraphs: tuple[doc.Paragraph, ...] = ()
    sentences: tuple[doc.Span, ...] = ()
    candidates: tuple[doc.Candidate, ...] = ()


def entries_of_json(data: bytes) -> DocumentTerms:
    """:func:`entries` of the JSON of a Document, of which only what is needed is decoded.

    Raises ``msgspec.DecodeError`` for anything but a Document.
    """
    return entries(msgspec.json.decode(data, type=Slim))


def entries(document: doc.Document | Slim) -> DocumentTerms:
    """The candidates of a Document with their evidence resolved: the sentence, and where in the raw text they stand.

    An author whose name stands in the byline alone has the byline as evidence.
    """
    if not document.candidates:
        return DocumentTerms(document.name)
    resolve = _Resolver(document)
    return DocumentTerms(document.name, tuple(resolve.entry(c) for c in document.candidates))


class _Resolver:
    def __init__(self, document: doc.Document | Slim):
        self.document = document
        self.back = doc.Alignment(document.pieces)
        self.pages = [p.start for p in document.pages]
        self.spans: Sequence[doc.Span | doc.Paragraph] = document.sentences or document.paragraphs
        self.starts = [s.start for s in self.spans]

    def entry(self, candidate: doc.Candidate) -> Entry:
        glossed_first = sorted(candidate.evidence, key=lambda e: (e.gloss_end <= e.gloss_start, e.start, e.end))
        evidence = [self.evidence(e) for e in glossed_first[:EVIDENCE]] or self.byline(candidate)
        fields = {f: getattr(candidate, f) for f in candidate.__struct_fields__ if f != "evidence"}
        if candidate.zh:
            fields["zh_hant"] = to_hant(candidate.zh_hant or candidate.zh)
            fields["zh_hans"] = to_hans(candidate.zh_hans or candidate.zh)
        return Entry(**fields, mentions=max(1, len(candidate.evidence)), evidence=tuple(evidence))

    def evidence(self, found: doc.Evidence) -> Evidence:
        glossed = found.gloss_end > found.gloss_start
        low = min(found.start, found.gloss_start) if glossed else found.start
        high = max(found.end, found.gloss_end) if glossed else found.end
        a, b = self.around(low, high)
        start, end = self.back.source(found.start, found.end)
        gloss = self.back.source(found.gloss_start, found.gloss_end) if glossed else (0, 0)
        return Evidence(
            document=self.document.name, start=start, end=end, sentence=self.document.text[a:b].replace("\n", " "),
            mark=(found.start - a, found.end - a), gloss_start=gloss[0], gloss_end=gloss[1],
            gloss_mark=(found.gloss_start - a, found.gloss_end - a) if glossed else (0, 0), page=self.page(start),
        )

    def around(self, low: int, high: int) -> tuple[int, int]:
        """The sentences that ``text[low:high]`` stands in, without the white space around them; at least the span itself."""
        a, b = low, high
        first = bisect_right(self.starts, low) - 1
        if first >= 0 and self.spans[first].end > low:
            a = self.spans[first].start
        last = bisect_right(self.starts, max(low, high - 1)) - 1
        if last >= 0 and self.spans[last].end > high - 1:
            b = max(b, self.spans[last].end)
        while a < low and self.document.text[a].isspace():
            a += 1
        while b > high and self.document.text[b - 1].isspace():
            b -= 1
        return a, b

    def byline(self, candidate: doc.Candidate) -> list[Evidence]:
        name = candidate.zh or candidate.en
        for author in self.document.authors:
            if name and author.name == name:
                line = self.document.raw[author.start : author.end]
                at = line.find(name)
                a, b = (at, at + len(name)) if at >= 0 else (0, len(line))  # a name that the byline spaces out: all of it
                return [Evidence(document=self.document.name, start=author.start + a, end=author.start + b,
                                 sentence=line.replace("\n", " "), mark=(a, b), page=self.page(author.start))]
        return []

    def page(self, raw: int) -> int:
        return max(1, bisect_right(self.pages, raw))
