"""Text as translation and language models are trained on: one sentence a line, as Moses and OPUS have it."""

from __future__ import annotations

from pipeline.export.corpus import Corpus, one_line, page, paragraphs, text_in


def moses(corpus: Corpus, script: str = "") -> tuple[bytes, bytes]:
    """The sentences, one a line, and for each line its id, document and page (from 1), parted by tabs."""
    lines: list[str] = []
    ids: list[str] = []
    for document in corpus.documents:
        text = text_in(document, script)
        for _, _, sentences in paragraphs(document):
            for s in sentences:
                lines.append(f"{one_line(text[s.start : s.end])}\n")
                ids.append(f"{s.id}\t{one_line(document.name)}\t{page(document, s.start)}\n")
    return "".join(lines).encode(), "".join(ids).encode()
