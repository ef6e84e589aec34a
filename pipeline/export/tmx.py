"""TMX 1.4b (LISA OSCAR, 2005): the glossary as a translation memory, a unit for each pair of terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pipeline.errors import InputError
from pipeline.export.losses import Export
from pipeline.export.pairs import all_pairs, languages
from pipeline.export.selection import Choice, Codes, Direction, Script, codes, select, unplaced
from pipeline.glossary.model import Glossary
from pipeline.wording import counted

# Users of translation memories write the regions, which stand for the scripts.
CODES = Codes(hant="zh-TW", hans="zh-CN")


def tmx(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None, direction: Direction = "zh-en",
        language: tuple[str, ...] = ()) -> Export:
    """A unit for each pair. What is known of its concept stands in properties whose type begins with ``x-``."""
    written = codes(CODES, language)
    source, target = languages(script, direction)
    if written.of(source) == written.of(target):
        raise InputError("export", f"{written.of(source)} would stand for both languages", remedy="give another --language")
    concepts, losses = select(glossary, status, forbidden=False)
    pairs, alone = all_pairs(concepts, script, direction)
    memory = Memory(written.of(source), "phrase")
    counts: dict[str, int] = {}
    for pair in pairs:
        id = pair.concept.id
        counts[id] = counts.get(id, 0) + 1
        memory.add(f"{id}-{counts[id]}", {written.of(source): pair.source, written.of(target): pair.target}, {
            "kind": pair.concept.kind, "status": pair.status, "term-type": pair.type, "role": pair.concept.role,
            "affiliation": pair.concept.affiliation}, pair.concept.notes)
    losses += [*alone, *unplaced(concepts, "evidence", "conflicts", "reasons", "confidence")]
    return Export((memory.written(),), counted(len(pairs), "pair"), tuple(losses))


class Memory:
    """A TMX file whose units are translated from ``source``, a language's code; ``segments`` is what a unit holds."""

    def __init__(self, source: str, segments: Literal["phrase", "sentence"]):
        from lxml import etree

        self._root = etree.Element("tmx", {"version": "1.4"})
        etree.SubElement(self._root, "header", {
            "creationtool": "duizhao", "creationtoolversion": "1", "segtype": segments, "o-tmf": "duizhao", "adminlang": "en",
            "srclang": source, "datatype": "plaintext"})
        self._body = etree.SubElement(self._root, "body")

    def add(self, id: str, texts: Mapping[str, str], properties: Mapping[str, str | None], notes: Iterable[str] = ()) -> None:
        """A unit: ``texts`` by the codes of their languages; ``properties``, whose types begin with ``x-``, where they are
        given."""
        from lxml import etree

        unit = etree.SubElement(self._body, "tu", {"tuid": id})
        for note in notes:
            etree.SubElement(unit, "note").text = note
        for name, value in properties.items():
            if value:
                etree.SubElement(unit, "prop", {"type": f"x-{name}"}).text = value
        for code, text in texts.items():
            variant = etree.SubElement(unit, "tuv", {"{http://www.w3.org/XML/1998/namespace}lang": code})
            etree.SubElement(variant, "seg").text = text

    def written(self) -> bytes:
        """The file."""
        from lxml import etree

        etree.indent(self._root)
        data: bytes = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8",
                                     doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        return data + b"\n"
