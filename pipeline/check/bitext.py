"""Texts and their translations, segment by segment: two text files, or one TSV, TMX (1.4) or XLIFF (1.2, 2.0) file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct

from pipeline.errors import InputError
from pipeline.glossary.keys import has_chinese
from pipeline.imports.languages import language_of
from pipeline.read.text import decode
from pipeline.wording import counted

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements whose content is a native code of the tool and no text (TMX 1.4b, XLIFF 1.2).
_CODES = {"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex"}


class Segment(Struct, frozen=True):
    """A piece of Chinese and its English, in ``line`` (from 1) of ``file``. ``text``: whether the line is the English itself,
    so that columns of the one are columns of the other."""

    file: str
    line: int
    zh: str
    en: str
    text: bool = False


def read(source: tuple[str, bytes], target: tuple[str, bytes] | None = None) -> list[Segment]:
    """The segments of two text files or of one bilingual file, given by name and content; untranslated units are left out.

    Which side is Chinese is told by languages and characters. Raises ``InputError`` for files that do not fit each other, for
    unknown formats, and where there is no Chinese and English.
    """
    found = list(_lines(source, target) if target else _bilingual(*source))
    if not any(has_chinese(s.zh) for s in found):
        what = "no Chinese with its English" if not target else f"no Chinese, and neither is there in {target[0]}"
        raise InputError(source[0], f"there is {what}", remedy="give a text and its translation")
    return found


def _lines(source: tuple[str, bytes], target: tuple[str, bytes]) -> Iterator[Segment]:
    sides = [[line.rstrip() for line in decode(content, name)[0].replace("\r\n", "\n").rstrip().split("\n")] if content.strip()
             else [] for name, content in (source, target)]
    for (name, _), side in zip((source, target), sides, strict=True):
        if not side:
            raise InputError(name, "is empty")
    one, two = map(len, sides)
    if one != two:
        raise InputError(target[0], f"it has {counted(two, 'line')} and {source[0]} has {one}",
                         remedy="give both the same lines, a paragraph or sentence each")
    name = target[0]
    if sum(map(has_chinese, sides[1])) > sum(map(has_chinese, sides[0])):
        sides.reverse()
        name = source[0]
    for k, (zh, en) in enumerate(zip(*sides, strict=True), 1):
        if zh.strip():
            yield Segment(name, k, zh, en, text=True)


def _bilingual(name: str, content: bytes) -> Iterator[Segment]:
    if not content.strip():
        raise InputError(name, "is empty")
    suffix = PurePath(name).suffix.lower()
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00").startswith(b"<"):
        yield from _xml(name, content)
    elif suffix in (".tsv", ".tab", ".txt", "") and "\t" in (text := decode(content, name)[0].removeprefix("\ufeff")):
        yield from _table(name, text)
    else:
        raise InputError(name, "this is no TSV, TMX or XLIFF", remedy="give one of these, or a text file and its translation")


def _table(name: str, text: str) -> Iterator[Segment]:
    """Columns by the languages that the first row names; else those that are Chinese and English by their characters."""
    rows = [(k, line.split("\t")) for k, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1) if line.strip()]
    if not any(len(row) > 1 for _, row in rows):
        raise InputError(name, "it has one column only", remedy="part Chinese and English by a tab")
    languages = [language_of(cell) for cell in rows[0][1]]
    chinese = next((k for k, code in enumerate(languages) if code and code != "en"), None)
    english = next((k for k, code in enumerate(languages) if code == "en"), None)
    if chinese is not None and english is not None:
        rows = rows[1:]
    else:
        width = max(len(row) for _, row in rows)
        share = [sum(has_chinese(row[k]) for _, row in rows if k < len(row)) for k in range(width)]
        chinese = max(range(width), key=share.__getitem__)
        plain = [k for k in range(width) if k != chinese]
        letters = {k: sum(c.isalpha() for _, row in rows for cell in row[k : k + 1] if not has_chinese(cell) for c in cell)
                   for k in plain}
        english = max(plain, key=letters.__getitem__)
    for line, row in rows:
        if len(row) <= max(chinese, english):
            raise InputError(name, f"it has {counted(len(row), 'column')} and others have more", place=f"line {line}",
                             remedy="part Chinese and English by a tab")
        if row[chinese].strip() and row[english].strip():
            yield Segment(name, line, row[chinese].strip(), row[english].strip())


def _xml(name: str, content: bytes) -> Iterator[Segment]:
    from pipeline.imports.xml import root_of

    root = root_of(content, name)
    kind = str(root.tag).rpartition("}")[2]
    if kind == "tmx":
        yield from _tmx(name, root)
    elif kind == "xliff" and root.get("version", "").startswith("2"):
        sides = _sides(name, root.get("srcLang", ""), root.get("trgLang", ""))
        for segment in root.iter("{*}segment"):
            yield from _unit(name, segment, sides)
    elif kind == "xliff":
        for file in root.iter("{*}file"):
            sides = _sides(name, file.get("source-language", ""), file.get("target-language", ""))
            for unit in file.iter("{*}trans-unit"):
                yield from _unit(name, unit, sides)
    else:
        raise InputError(name, f"its root is {kind}, so that it is neither TMX nor XLIFF")


def _tmx(name: str, root: _Element) -> Iterator[Segment]:
    for unit in root.iter("{*}tu"):
        zh = en = ""
        for variant in unit.findall("{*}tuv"):
            language = language_of(variant.get(_LANG) or variant.get("lang") or "")
            segment = variant.find("{*}seg")
            text = _text(segment) if segment is not None else ""
            if language == "en":
                en = en or text
            elif language:
                zh = zh or text
        if zh and en:
            yield Segment(name, int(unit.sourceline or 1), zh, en)


def _sides(name: str, source: str, target: str) -> bool | None:
    """Whether the source is Chinese and the target English, None: their characters must tell."""
    one, two = (language_of(code) if code else None for code in (source, target))
    wrong = next((code for code, known in ((source, one), (target, two)) if code and not known), "")
    if wrong or (one and two and (one == "en") == (two == "en")):
        raise InputError(name, f"it is from {source or 'no language'} into {target or 'none'}",
                         remedy="give a translation between Chinese and English")
    return one != "en" if one else two == "en" if two else None


def _unit(name: str, unit: _Element, chinese_source: bool | None) -> Iterator[Segment]:
    """The source and the target that are its own: those of alternatives are not."""
    source, target = unit.find("{*}source"), unit.find("{*}target")
    if source is None or target is None:
        return
    zh, en = _text(source), _text(target)
    if chinese_source is False or (chinese_source is None and has_chinese(en) and not has_chinese(zh)):
        zh, en = en, zh
    if zh and en:
        yield Segment(name, int(unit.sourceline or 1), zh, en)


def _text(element: _Element) -> str:
    """The text without native codes."""

    def parts(e: _Element) -> Iterator[str]:
        if isinstance(e.tag, str) and str(e.tag).rpartition("}")[2] not in _CODES:
            yield e.text or ""
            for child in e:
                yield from parts(child)
                yield child.tail or ""

    return " ".join("".join(parts(element)).split())
