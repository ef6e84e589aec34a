"""An alignment: the sentences of two documents and which of them belong together."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from pipeline.glossary.model import Entry


class Sentence(Struct, frozen=True):
    """A sentence as repaired. ``raw[start:end]`` of its document, on ``page`` (from 1), in paragraph number ``paragraph``."""

    id: str
    text: str
    start: int
    end: int
    page: int
    paragraph: int


class Pair(Struct, frozen=True):
    """A bead: the numbers of the sentences on either side. ``score`` between 0 and 1; 0 where a side is empty."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float = 0.0

    @property
    def shape(self) -> str:
        """As in ``1-2``."""
        return f"{len(self.zh)}-{len(self.en)}"


class Alignment(Struct, frozen=True):
    """``zh_document`` and ``en_document`` sentence by sentence; ``script`` is that of the Chinese.

    ``renderings`` are what the English gives the glossary: entries of ``zh_document`` whose evidence is on both sides.
    """

    name: str
    zh_document: str
    en_document: str
    zh: tuple[Sentence, ...]
    en: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    script: str = "hant"
    renderings: tuple[Entry, ...] = ()

    @classmethod
    def from_json(cls, data: bytes) -> Alignment:
        """The alignment that :meth:`to_json` wrote. Raises ``msgspec.DecodeError`` for anything else."""
        return msgspec.json.decode(data, type=cls)

    def to_json(self) -> bytes:
        """UTF-8 JSON; equal alignments give equal bytes."""
        return msgspec.json.encode(self, order="deterministic")

    def text(self, language: str, numbers: tuple[int, ...]) -> str:
        """The sentences of one side with these numbers: Chinese without, English with a space between."""
        side, joint = (self.zh, "") if language == "zh" else (self.en, " ")
        return joint.join(side[k].text for k in numbers)


class _Slim(Struct, frozen=True):
    """Of an alignment's JSON, what the glossary needs."""

    renderings: tuple[Entry, ...] = ()


def renderings_of_json(data: bytes) -> tuple[Entry, ...]:
    """The renderings in the JSON of an alignment. Raises ``msgspec.DecodeError`` for anything else."""
    return msgspec.json.decode(data, type=_Slim).renderings
