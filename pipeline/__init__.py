"""duizhao (對照): clean text and an aligned zh–en glossary from the Chinese text of PDFs.

The stages are functions on Documents::

    import pipeline

    document = pipeline.read("raw/report.pdf")
    document = pipeline.repair(pipeline.clean(document))
    for paragraph in document.paragraphs:
        print(paragraph.kind, document.text[paragraph.start : paragraph.end])

or all at once: ``pipeline.process("raw/report.pdf").candidates``.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.normalise import normalise
from pipeline.read import read
from pipeline.repair import repair
from pipeline.segment import segment
from pipeline.terms import terms

__all__ = ["Document", "InputError", "clean", "normalise", "process", "read", "repair", "segment", "terms"]


def process(path: str | Path, upto: str = "terms") -> Document:
    """Read the report at ``path`` and take it through the stages up to ``upto``.

    Raises ``InputError`` for a file that cannot be read, ``ValueError`` where no stage is called ``upto``.
    """
    from pipeline.stages import chain

    return chain(read(Path(path)), upto)
