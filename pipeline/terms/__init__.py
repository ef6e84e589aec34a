"""Names, programmes, acronyms: pairs of Chinese and English that a report itself gives, its people, and its places."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pipeline.document import Document
from pipeline.terms.gather import gather
from pipeline.terms.report import Explanation, explanations
from pipeline.terms.rows import rows

__all__ = ["Explanation", "Options", "explain", "rows", "terms"]


class Options(msgspec.Struct, frozen=True):
    """``places`` and ``people`` can be left out; ``least`` is the confidence below which no pair is claimed."""

    places: bool = True
    people: bool = True
    least: float = 0.0


def terms(document: Document, options: Options = Options()) -> Document:
    """The document with its candidates: pairs, short forms, people, places, acronyms. Spans index ``document.text``.

    >>> from pipeline import Document, segment, terms
    >>> document = terms(segment(Document.of("講師來自全球風能組織（Global Wind Organisation, GWO）。")))
    >>> for c in document.candidates:
    ...     print(c.zh, c.en, c.acronym, c.kind, [document.text[e.start : e.end] for e in c.evidence])
    全球風能組織 Global Wind Organisation GWO organisation ['全球風能組織']
    """
    return document.replace(candidates=tuple(gather(document, options.places, options.people, options.least)))


def explain(document: Document, options: Options = Options()) -> Iterator[Explanation]:
    """Every bracket with what was decided of it and why; for pairs the candidates, their evidence and the winner."""
    return explanations(document)
