"""The sentences of a Document under the ids that all corpus formats share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.document import Document, Paragraph, Span


class Sentence(NamedTuple):
    """``text[start:end]`` of a Document; ``id`` is the only one of its kind in a corpus."""

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


def one_line(text: str) -> str:
    """The text with each run of white space and line breaks of any kind as one space."""
    return " ".join(text.split())
