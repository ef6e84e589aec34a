"""The formats of ``duizhao export``: one table, to which a format is added as a row.

Nothing heavy is imported here: a row names its writer, as ``"module:function"`` below :mod:`pipeline.export`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.export.losses import Export

if TYPE_CHECKING:
    from pipeline.export.corpus import Corpus
    from pipeline.glossary.model import Glossary


class Format(NamedTuple):
    """What ``duizhao export NAME`` writes.

    ``writer`` is called with the :class:`~pipeline.export.corpus.Corpus` or with the built Glossary, as ``source`` says, and
    with those of the command's ``options`` that were given, as keywords (an option that is not named here is refused). It
    returns the content of each of the ``files``, in their order (for one file alone, bytes will do), or an
    :class:`~pipeline.export.losses.Export`, which also says what was lost. No two formats have a file in common: one would
    take the place of the other, and of what people may have filled in there.
    """

    name: str
    purpose: str
    source: Literal["corpus", "glossary"]
    writer: str
    files: tuple[str, ...]
    options: tuple[str, ...] = ()

    def write(self, subject: Corpus | Glossary, **options: object) -> Export:
        """The content of each file, and what was lost."""
        module, function = self.writer.split(":")
        written: bytes | tuple[bytes, ...] | Export = getattr(import_module(f"pipeline.export.{module}"), function)(
            subject, **options)
        if isinstance(written, Export):
            return written
        return Export((written,) if isinstance(written, bytes) else written)


_CONCEPTS = ("status", "script", "language")
_PAIRS = ("status", "script", "direction")

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
    Format("tbx", "the glossary as TBX 3 (ISO 30042:2019), dialect Basic", "glossary", "tbx:v3", ("glossary.tbx",),
           _CONCEPTS),
    Format("tbx2", "the same as TBX 2, for OmegaT, Weblate and others", "glossary", "tbx:v2",
           ("glossary.tbx2.tbx",), _CONCEPTS),
    Format("tmx", "the glossary as a translation memory (TMX 1.4b)", "glossary", "tmx:tmx", ("glossary.tmx",),
           (*_PAIRS, "language")),
    Format("omegat", "a glossary for a project of OmegaT", "glossary", "omegat:omegat", ("glossary.utf8",), _PAIRS),
    Format("csv", "the glossary as a table, for spreadsheets, memoQ, MultiTerm", "glossary", "spreadsheet:csv_table",
           ("glossary.csv",), _CONCEPTS),
    Format("xlsx", "the same table as a workbook", "glossary", "spreadsheet:xlsx", ("glossary.xlsx",), _CONCEPTS),
    Format("deepl", "a glossary for DeepL (TSV)", "glossary", "machine_translation:deepl",
           ("glossary.deepl.tsv",), _PAIRS),
    Format("google", "a one-way glossary for Google Cloud Translation (TSV)", "glossary", "machine_translation:google",
           ("glossary.google.tsv",), _PAIRS),
    Format("google-sets", "equivalent terms for Google Cloud Translation (CSV)", "glossary",
           "machine_translation:google_equivalent", ("glossary.google-sets.csv",), _CONCEPTS),
    Format("amazon", "custom terminology for Amazon Translate (CSV)", "glossary", "machine_translation:amazon",
           ("glossary.amazon.csv",), (*_PAIRS, "language")),
    Format("json", "the glossary as JSON (docs/glossary.schema.json)", "glossary", "plain:json", ("glossary.json",),
           ("status", "script")),
    Format("markdown", "the glossary for reading", "glossary", "plain:markdown", ("glossary.md",), ("status", "script")),
)
BY_NAME = {f.name: f for f in FORMATS}
