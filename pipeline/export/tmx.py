"""TMX 1.4b (LISA OSCAR, 2005): the glossary as a translation memory, a unit for each pair of terms."""

from __future__ import annotations

from pipeline.errors import InputError
from pipeline.export.losses import Export
from pipeline.export.pairs import all_pairs, languages
from pipeline.export.selection import Choice, Codes, Direction, Script, codes, counted, select, unplaced
from pipeline.glossary.model import Glossary

# Users of translation memories write the regions, which stand for the scripts.
CODES = Codes(hant="zh-TW", hans="zh-CN")


def tmx(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None, direction: Direction = "zh-en",
        language: tuple[str, ...] = ()) -> Export:
    """A unit for each pair. What is known of its concept stands in properties whose type begins with ``x-``."""
    from lxml import etree

    written = codes(CODES, language)
    source, target = languages(script, direction)
    if written.of(source) == written.of(target):
        raise InputError("export", f"{written.of(source)} would stand for both languages", remedy="give another --language")
    concepts, losses = select(glossary, status, forbidden=False)
    pairs, alone = all_pairs(concepts, script, direction)
    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(root, "header", {
        "creationtool": "duizhao", "creationtoolversion": "1", "segtype": "phrase", "o-tmf": "duizhao", "adminlang": "en",
        "srclang": written.of(source), "datatype": "plaintext"})
    body = etree.SubElement(root, "body")
    counts: dict[str, int] = {}
    for pair in pairs:
        id = pair.concept.id
        counts[id] = counts.get(id, 0) + 1
        unit = etree.SubElement(body, "tu", {"tuid": f"{id}-{counts[id]}"})
        for note in pair.concept.notes:
            etree.SubElement(unit, "note").text = note
        for name, value in (("kind", pair.concept.kind), ("status", pair.status), ("term-type", pair.type),
                            ("role", pair.concept.role), ("affiliation", pair.concept.affiliation)):
            if value:
                etree.SubElement(unit, "prop", {"type": f"x-{name}"}).text = value
        for code, text in ((written.of(source), pair.source), (written.of(target), pair.target)):
            variant = etree.SubElement(unit, "tuv", {"{http://www.w3.org/XML/1998/namespace}lang": code})
            etree.SubElement(variant, "seg").text = text
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    losses += [*alone, *unplaced(concepts, "evidence", "conflicts", "reasons", "confidence")]
    return Export((data + b"\n",), counted(len(pairs), "pair"), tuple(losses))
