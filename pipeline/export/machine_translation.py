"""Glossaries of machine translation services: one rendering for each term, within the limits of the service.

Nothing that is forbidden is in them, and no term is changed (no guard against formulas): they are not for spreadsheets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pipeline.export.losses import Export, Loss
from pipeline.export.pairs import languages, one_each, sure
from pipeline.export.selection import LANGUAGES, Choice, Codes, Direction, Script, codes, select, unplaced
from pipeline.glossary.model import LIVE, STATUSES, Concept, Glossary
from pipeline.wording import counted

_MIB10 = 10 * 1024 * 1024


class Limits(Struct, frozen=True):
    """Of a term and of the whole file, in bytes of UTF-8."""

    term: int
    file: int = _MIB10


# DeepL API, "Manage glossaries": 10 MiB, 1,024 bytes a term, each source once, no control characters.
DEEPL = Limits(1024)
# Cloud Translation, Glossary: 10 million characters in all, which no file of 10 MiB exceeds; terms as long as those of DeepL.
GOOGLE = Limits(1024, 10_000_000)
# Amazon Translate, "Custom terminology": 10 MiB; its guidelines and limits allow 200 bytes a term.
AMAZON = Limits(200)

GOOGLE_CODES = Codes(hant="zh-TW", hans="zh-CN")
AMAZON_CODES = Codes(hant="zh-TW", hans="zh")


def deepl(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
          direction: Direction = "zh-en") -> Export:
    """TSV without a header."""
    return _pairs(glossary, status, script, direction, DEEPL, (), "\t")


def google(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
           direction: Direction = "zh-en") -> Export:
    """The unidirectional glossary: TSV without a header."""
    return _pairs(glossary, status, script, direction, GOOGLE, (), "\t")


def amazon(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None, direction: Direction = "zh-en",
           language: tuple[str, ...] = ()) -> Export:
    """Custom terminology: CSV whose header has the language codes, the source first."""
    written = codes(AMAZON_CODES, language)
    header = [written.of(code) for code in languages(script, direction)]
    return _pairs(glossary, status, script, direction, AMAZON, header, ",")


def google_equivalent(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
                      language: tuple[str, ...] = ()) -> Export:
    """The equivalent-term set: CSV with a column for each language, a row for each concept, usable in all directions."""
    written = codes(GOOGLE_CODES, language)
    concepts, losses = select(glossary, status, script, forbidden=False)
    taken = [code for code in LANGUAGES if not script or code == "en" or code.lower().endswith(script)]
    rows: list[tuple[Concept, list[str]]] = []
    for c in concepts:
        row = [next((t.text for t in sorted(c.of(code), key=lambda t: t.type != "full form") if t.status in LIVE), "")
               for code in taken]
        if row[-1] and any(row[:-1]):
            rows.append((c, row))
            names = {t.text for t in c.terms if t.status in LIVE} - set(row)
            losses += [Loss("dropped", "further names of a concept, where only one is taken", n) for n in sorted(names)]
        else:
            losses.append(Loss("dropped", "concepts in one language only", c.name))
    kept: list[list[str]] = []
    seen: list[dict[str, str]] = [{} for _ in taken]
    for c, row in sorted(rows, key=lambda x: (STATUSES.index(x[0].status), -sure(x[0]))):
        twice = [text for text, known in zip(row, seen, strict=True) if text and text in known]
        if twice:
            losses.append(Loss("settled", "terms of several concepts, by status and confidence", f"{twice[0]} (not {c.name})"))
            continue
        for text, known in zip(row, seen, strict=True):
            known[text] = c.id
        kept.append(row)
    data, number = _table([written.of(code) for code in taken], kept, ",", GOOGLE, losses)
    return Export((data,), counted(number, "row"), (*losses, *_unplaced(concepts)))


def _pairs(glossary: Glossary, status: Choice, script: Script | None, direction: Direction, limits: Limits,
           header: Sequence[str], separator: str) -> Export:
    concepts, losses = select(glossary, status, forbidden=False)
    pairs, lost = one_each(concepts, script, direction)
    losses += lost
    data, number = _table(header, [(p.source, p.target) for p in pairs], separator, limits, losses)
    return Export((data,), counted(number, "pair"), (*losses, *_unplaced(concepts)))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str, limits: Limits,
           losses: list[Loss]) -> tuple[bytes, int]:
    lines = [_line(header, separator)] if header else []
    size = sum(map(len, lines))
    number = 0
    for row in rows:
        line = _line(row, separator)
        if any(len(text.encode()) > limits.term for text in row):
            losses.append(Loss("dropped", f"rows with a term of more than {limits.term:,} bytes", f"{row[0][:30]}…"))
        elif size + len(line) > limits.file:
            losses.append(Loss("dropped", f"rows over the {limits.file:,} bytes of a file", row[0]))
        else:
            lines.append(line)
            size += len(line)
            number += 1
    return b"".join(lines), number


def _line(row: Sequence[str], separator: str) -> bytes:
    if separator == "\t":
        return ("\t".join(row) + "\n").encode()
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue().encode()


def _unplaced(concepts: list[Concept]) -> list[Loss]:
    return unplaced(concepts, "role", "affiliation", "notes", "evidence", "conflicts", "reasons")
