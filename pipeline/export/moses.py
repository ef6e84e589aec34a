"""Text as machine translation and language models are trained on: one sentence a line, as Moses and OPUS have it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.document import Document
from pipeline.export.units import one_line, paragraphs


def moses(documents: Iterable[Document]) -> tuple[bytes, bytes]:
    """The sentences, one a line, and for each line its id, document and page (from 1), parted by tabs."""
    text: list[str] = []
    ids: list[str] = []
    for document in documents:
        for _, _, sentences in paragraphs(document):
            for s in sentences:
                page = document.page_of(document.raw_span(s.start, s.end)[0])
                text.append(f"{one_line(document.text[s.start : s.end])}\n")
                ids.append(f"{s.id}\t{one_line(document.name)}\t{page}\n")
    return "".join(text).encode(), "".join(ids).encode()
