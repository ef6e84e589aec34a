"""What the corpus formats share: the processed reports, the ids of their sentences, and the terms in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from pipeline.document import Document, Paragraph, Span
from pipeline.glossary.match import Match, Matcher
from pipeline.glossary.model import Glossary


class Corpus(Struct, frozen=True, dict=True):
    """The reports as the last stage left them, and the glossary that was built from them."""

    documents: tuple[Document, ...]
    glossary: Glossary = Glossary()

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the glossary's terms."""
        return Matcher(self.glossary.concepts)

    def terms(self, document: Document) -> list[Match]:
        """The glossary's terms in each paragraph, without those both of whose ends cut a word (日本 in 今日|本會)."""
        starts, ends = {t.start for t in document.tokens}, {t.end for t in document.tokens}
        return [m for m in self.matcher.find(document.text.replace("\n", "\0")) if m.start in starts or m.end in ends]


class Sentence(NamedTuple):
    """``text[start:end]`` of a Document, under an ``id`` that no other sentence of the corpus has."""

    id: str
    start: int
    end: int


def paragraphs(document: Document) -> Iterator[tuple[str, Paragraph, list[Sentence]]]:
    """Each paragraph with its id and its sentences, in order.

    Ids are ``<document>-p<paragraph>`` and ``<document>-p<paragraph>s<sentence>``, counted from 1.
    """
    name, at = document_id(document.name), 0
    for k, paragraph in enumerate(document.paragraphs, 1):
        found: list[Span] = []
        while at < len(document.sentences) and document.sentences[at].start < paragraph.end:
            found.append(document.sentences[at])
            at += 1
        id = f"{name}-p{k}"
        yield id, paragraph, [Sentence(f"{id}s{n}", s.start, s.end) for n, s in enumerate(found, 1)]


def document_id(name: str) -> str:
    """The name of a Document without white space and slashes, which ids may not have; two names never give the same."""
    return re.sub(r"[\s/%]", lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), name)


def page(document: Document, start: int) -> int:
    """The page, from 1, on which ``text[start]`` stands."""
    return document.page_of(document.raw_span(start, start + 1)[0])


def text_in(document: Document, script: str = "") -> str:
    """The text as it is, or in ``"hant"`` or ``"hans"``: all spans hold for it."""
    return document.views[script].text if script else document.text


def one_line(text: str) -> str:
    """The text with each run of white space and line breaks of any kind as one space."""
    return " ".join(text.split())
