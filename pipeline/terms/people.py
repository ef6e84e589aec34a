"""People: Latin names with a Chinese title and affiliation, and Chinese names with a title or in a byline."""

from __future__ import annotations

from ..document import Candidate, Document
from .mentions import Mention


def people(document: Document, found: list[Candidate], mentions: list[Mention]) -> list[Candidate]:
    """The people of a document that no gloss names."""
    return []
