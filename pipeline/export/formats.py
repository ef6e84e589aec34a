"""The formats of ``duizhao export``: one table, to which a format is added as a row.

Nothing heavy is imported here: a row names its writer, as ``"module:function"`` below :mod:`pipeline.export`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, NamedTuple


class Format(NamedTuple):
    """What ``duizhao export NAME`` writes.

    ``writer`` is called with the list of all processed Documents (``source`` is ``"corpus"``) or with the built Glossary, and
    with those of the command's options that are named in ``options`` and were given, as keywords. It returns the content of
    each of the ``files``, in their order; for one file alone, bytes will do.
    """

    name: str
    purpose: str
    source: Literal["corpus", "glossary"]
    writer: str
    files: tuple[str, ...]
    options: tuple[str, ...] = ()

    def write(self, subject: object, **options: object) -> tuple[bytes, ...]:
        """The content of each file, made of the Documents or the Glossary."""
        module, function = self.writer.split(":")
        writer: Callable[..., bytes | tuple[bytes, ...]] = getattr(import_module(f"pipeline.export.{module}"), function)
        written = writer(subject, **options)
        return (written,) if isinstance(written, bytes) else written


FORMATS = (
    Format("moses", "one sentence a line, and the id of each in a second file", "corpus", "moses:moses",
           ("corpus.txt", "corpus.ids")),
    Format("csv", "the glossary as a table for spreadsheets", "glossary", "tables:to_csv", ("glossary.csv",)),
)
BY_NAME = {f.name: f for f in FORMATS}
