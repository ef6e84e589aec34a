"""The documents of documents.yaml: how each looks, its blocks, and the paragraphs that it must give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_NOTE = re.compile(r"\{\{(.*?)\}\}")
CONTAINERS = ("wide", "box")


@dataclass
class Look:
    """How a document is set: lengths in ems of the body but for ``size`` and ``space`` (between paragraphs), in points."""

    page: str = "A4"
    columns: int = 1
    indent: float = 2
    pitch: float = 1.6
    size: float = 11
    space: float = 0
    sans: bool = False
    head: str = ""
    verso: str = ""
    foot: str = ""
    numbered: bool = False
    watermark: str = ""
    browser: bool = False


@dataclass
class Block:
    """``what`` it is; its ``text``, or ``label`` and text, or ``rows``, or the ``blocks`` in it."""

    what: str
    text: str = ""
    label: str = ""
    rows: list[list[str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def parts(self) -> list[tuple[str, str]]:
        """The text in pieces, each with the footnote that follows it ("" for none)."""
        bits = _NOTE.split(self.text)
        return [(text, bits[k + 1] if k + 1 < len(bits) else "") for k, text in enumerate(bits) if not k % 2]


@dataclass
class Text:
    """A document."""

    name: str
    look: Look
    blocks: list[Block]


def documents() -> list[Text]:
    """All documents of documents.yaml."""
    data = yaml.safe_load((Path(__file__).parent / "documents.yaml").read_text("utf-8"))
    return [Text(name, Look(**d["look"]), [_block(b) for b in d["blocks"]]) for name, d in data.items()]


def _block(data: dict[str, Any]) -> Block:
    ((what, value),) = data.items()
    if what in CONTAINERS:
        return Block(what, blocks=[_block(b) for b in value])
    if what == "table":
        return Block(what, rows=value)
    if what in ("item", "sub"):
        return Block(what, label=value[0], text=value[1])
    return Block(what, text=str(value))


def flat(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, those within others too."""
    for block in blocks:
        yield from flat(block.blocks) if block.blocks else [block]


def truth(text: Text) -> list[str]:
    """The paragraphs that must come back, tables and pictures aside. A tabulator stands where the print shows a gap that may be
    given as a space or as none: behind labels and note numbers."""
    out, number = [], 0
    for block in flat(text.blocks):
        if block.what in ("table", "figure", "stamp"):
            continue
        said, notes = "", []
        for part, note in block.parts():
            said += part
            if note:
                number += 1
                said += str(number)
                notes.append(f"{number}\t{note}")
        said = said.replace("\n", "")
        out += [f"{block.label}\t{said}" if block.label else said, *notes]
    return out
