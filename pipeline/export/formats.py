"""The formats of ``duizhao export``: one table, to which a format is added as a row.

Nothing heavy is imported here: a row names its writer, as ``"module:function"`` below :mod:`pipeline.export`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pipeline.export.corpus import Corpus
    from pipeline.glossary.model import Glossary


class Format(NamedTuple):
    """What ``duizhao export NAME`` writes.

    ``writer`` is called with the :class:`~pipeline.export.corpus.Corpus` or with the built Glossary, as ``source`` says, and
    with those of the command's ``options`` that were given, as keywords (an option that is not named here is refused). It
    returns the content of each of the ``files``, in their order; for one file alone, bytes will do.
    """

    name: str
    purpose: str
    source: Literal["corpus", "glossary"]
    writer: str
    files: tuple[str, ...]
    options: tuple[str, ...] = ()

    def write(self, subject: Corpus | Glossary, **options: object) -> tuple[bytes, ...]:
        """The content of each file."""
        module, function = self.writer.split(":")
        writer: Callable[..., bytes | tuple[bytes, ...]] = getattr(import_module(f"pipeline.export.{module}"), function)
        written = writer(subject, **options)
        return (written,) if isinstance(written, bytes) else written


FORMATS = (
    Format("docbin", "the reports for spaCy: words, sentences, terms as spans", "corpus", "docbin:docbin", ("corpus.spacy",),
           ("script",)),
    Format("conllu", "the reports as CoNLL-U: words, sentences, paragraphs", "corpus", "conllu:conllu", ("corpus.conllu",),
           ("script",)),
    Format("jsonl", "the reports as JSON lines, a paragraph a row", "corpus", "rows:jsonl", ("corpus.jsonl",)),
    Format("parquet", "the same rows as Parquet (needs the extra duizhao[parquet])", "corpus", "rows:parquet",
           ("corpus.parquet",)),
    Format("moses", "one sentence a line, and the id of each in a second file", "corpus", "moses:moses",
           ("corpus.txt", "corpus.ids"), ("script",)),
    Format("csv", "the glossary as a table for spreadsheets", "glossary", "tables:to_csv", ("glossary.csv",)),
)
BY_NAME = {f.name: f for f in FORMATS}
