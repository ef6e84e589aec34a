"""The pipeline, readable at a glance: the stages in their order, and the files that each leaves for people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.export import text as write
from pipeline.normalise import normalise
from pipeline.read import read
from pipeline.repair import repair
from pipeline.segment import segment
from pipeline.terms import terms

Texts = dict[str, str]  # file name ending -> content


class Stage(NamedTuple):
    """``function`` takes a Document and gives back another; ``texts`` are the files beside its JSON."""

    name: str
    summary: str
    function: Callable[..., Document]
    texts: Callable[[Document], Texts]

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules whose source decides what the stage writes."""
        return self.function.__module__, self.texts.__module__


READ = "read"
STAGES = (
    Stage("clean", "mend characters and spaces, set page furniture aside", clean, write.plain),
    Stage("repair", "join broken lines into paragraphs", repair, write.plain),
    Stage("normalise", "Traditional, Simplified and regional views", normalise, write.views),
    Stage("segment", "sentences and words", segment, write.words),
    Stage("terms", "names, programmes and acronyms, with their English", terms, write.terms),
)
BY_NAME = {stage.name: stage for stage in STAGES}
OF_REPORTS = (READ, *(stage.name for stage in STAGES))
PARALLEL = "parallel"  # the sentences of reports that have an English side beside them
GLOSSARY = "glossary"
NAMES = (*OF_REPORTS, PARALLEL, GLOSSARY)


def chain(document: Document, upto: str = STAGES[-1].name) -> Document:
    """Take a Document that was just read through the stages, to the one named ``upto`` (``"read"``: through none).

    Raises ``ValueError`` for a name that is no stage of a document.
    """
    if upto not in OF_REPORTS:
        raise ValueError(f"no stage {upto!r}: one of {', '.join(OF_REPORTS)}")
    for stage in STAGES[: OF_REPORTS.index(upto)]:
        document = stage.function(document)
    return document


def process(path: str | Path, upto: str = STAGES[-1].name) -> Document:
    """Read the report at ``path`` and take it through the stages up to ``upto``.

    >>> from pipeline import process
    >>> process("raw/2023-offshore-wind-safety.txt", "repair").title
    '赴丹麥參加離岸風電海上作業安全訓練研討會紀要'
    >>> [c.zh for c in process("raw/2023-offshore-wind-safety.txt").candidates if c.acronym == "GWO"]
    ['全球風能組織']

    Raises ``InputError`` for a file that cannot be read, ``ValueError`` where no stage is called ``upto``.
    """
    return chain(read(Path(path)), upto)
