"""index.html: the glossary and its reports as one page that needs nothing else, neither a network nor a server.

The data stand in the page as JSON, which the script of the page turns into elements: text of the reports becomes text nodes
alone, never markup. A content security policy allows the page its own script and style, by their digests, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

from pipeline import document as doc
from pipeline.glossary.keys import acronym_key, en_key, has_chinese, zh_key
from pipeline.glossary.model import KINDS, LIVE, STATUSES, Concept, Evidence, Glossary

LIMIT = 8_000_000  # characters of reports in one page; the reports beyond are named without their text
_LANGUAGES = ("zh-Hant", "zh-Hans", "en")
_JSON = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})

Segment = tuple[Any, ...]


class Mark(Struct, frozen=True, array_like=True, gc=False):
    """``text[start:end]`` of a report names what ``key`` (see :func:`key`) is the key of."""

    start: int
    end: int
    key: str


class Reading(Struct, frozen=True):
    """Of a report, what the page shows of it. ``hant`` and ``hans`` are of equal length; spans index both."""

    name: str
    title: str
    hant: str
    hans: str
    paragraphs: tuple[doc.Paragraph, ...]
    marks: tuple[Mark, ...] = ()


class _Slim(Struct, frozen=True):
    """Of a Document's JSON, the fields that matter here."""

    name: str
    text: str
    title: str = ""
    views: dict[str, doc.View] = {}
    paragraphs: tuple[doc.Paragraph, ...] = ()
    candidates: tuple[doc.Candidate, ...] = ()


def reading_of_json(data: bytes) -> Reading:
    """What the page needs of the JSON of a Document. Raises ``msgspec.DecodeError`` for anything else."""
    return reading(msgspec.json.decode(data, type=_Slim))


def reading(document: doc.Document | _Slim) -> Reading:
    """What the page needs of a Document. A view that is missing, or of another length, is the text itself."""
    text = document.text
    hant, hans = (view.text if (view := document.views.get(name)) and len(view.text) == len(text) else text
                  for name in ("hant", "hans"))
    marks: dict[tuple[int, int], str] = {}
    for c in sorted(document.candidates, key=lambda c: -c.confidence):
        name = c.zh or c.en or c.acronym or ""
        for e in c.evidence:
            if e.end > e.start and name:
                marks.setdefault((e.start, e.end), key(name))
        for short in c.short:
            for m in re.finditer(re.escape(short), text) if short and name else ():
                marks.setdefault(m.span(), key(name))
    paragraphs = document.paragraphs or ((doc.Paragraph(0, len(text)),) if text else ())
    return Reading(document.name, document.title, hant, hans, paragraphs,
                   tuple(Mark(a, b, k) for (a, b), k in _apart(marks)))


def key(name: str) -> str:
    """What a name is known by, in a report and in the glossary."""
    return zh_key(name) if has_chinese(name) else en_key(name)


def to_page(glossary: Glossary, readings: Iterable[Reading] = (), limit: int = LIMIT) -> bytes:
    """The page. ``readings`` are the reports, by name or not; those beyond ``limit`` characters are left out, which it says."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (f"default-src 'none'; script-src {_sha256(script)}; style-src {_sha256(style)}; img-src data:; "
              "base-uri 'none'; form-action 'none'")
    parts = {"POLICY": policy, "STYLE": style, "SCRIPT": script, "DATA": _json(data(glossary, readings, limit))}
    page = _asset("page.html")
    for name in parts:  # each stands once, and the data come last: what stands in them is no place for anything
        before, _, after = page.partition(f"%{name}%")
        page = before + parts[name] + after
    return page.encode()


def data(glossary: Glossary, readings: Iterable[Reading] = (), limit: int = LIMIT) -> dict[str, Any]:
    """What the page shows, with texts cut where a mark begins or ends, so that no offset has to be counted in UTF-16."""
    at = {name: k for k, name in enumerate(glossary.documents)}
    index = {c.id: k for k, c in enumerate(glossary.concepts)}
    by_key: dict[str, int] = {}
    for k, c in enumerate(glossary.concepts):
        if c.status in LIVE:
            for t in sorted(c.terms, key=lambda t: t.type != "full form"):
                by_key.setdefault(key(t.text), k)
                if t.type == "acronym":
                    by_key.setdefault(en_key(acronym_key(t.text)), k)
    texts: list[dict[str, Any]] = []
    left_out: list[str] = []
    size = 0
    for r in readings:
        size += len(r.hant)
        if size > limit:
            left_out.append(r.name)
        else:
            texts.append({"name": r.name, "title": r.title, "paragraphs": [_paragraph(r, p, by_key) for p in r.paragraphs]})
    return {"documents": list(glossary.documents), "kinds": KINDS, "statuses": STATUSES,
            "concepts": [_concept(c, at, index) for c in glossary.concepts],
            "reports": sorted(texts, key=lambda t: str(t["name"])), "leftOut": sorted(left_out)}


def _concept(c: Concept, at: dict[str, int], index: dict[str, int]) -> dict[str, Any]:
    shown = {
        "id": c.id, "kind": c.kind, "status": c.status, "confidence": round(c.confidence, 3), "mentions": c.mentions,
        "terms": [[t.text, _LANGUAGES.index(t.language), t.type, t.status, t.source, t.confidence] for t in c.terms],
        "role": c.role, "affiliation": c.affiliation, "notes": c.notes, "unsupported": c.unsupported,
        "conflicts": [[x.kind, x.message, [index[id] for id in x.concepts if id in index]] for x in c.conflicts],
        "documents": [at[name] for name in c.documents if name in at],
        "evidence": [[at.get(e.document, -1), e.page, evidence(e), *_other(e)] for e in c.evidence],
    }
    return {field: value for field, value in shown.items() if value not in (None, (), [], False, "")}


def evidence(e: Evidence) -> list[Segment]:
    """The sentence in pieces: ``(text,)``, the term as ``(text, 1)``, the English beside it as ``(text, 2)``."""
    found = sorted((a, b, k) for k, (a, b) in ((1, e.mark), (2, e.gloss_mark)) if 0 <= a < b <= len(e.sentence))
    out: list[Segment] = []
    here = 0
    for a, b, k in found:
        if a < here:
            continue
        out += [(e.sentence[here:a],), (e.sentence[a:b], k)]
        here = b
    return [s for s in (*out, (e.sentence[here:],)) if s[0]]


def _other(e: Evidence) -> list[list[Any]]:
    """The English side of a sentence: report, page, and the sentence in pieces as above, the rendering as ``(text, 2)``."""
    if e.other is None:
        return []
    a, b = e.other.mark
    s = e.other.sentence
    return [[e.other.document, e.other.page, [p for p in ((s[:a],), (s[a:b], 2), (s[b:],)) if p[0]]]]


def _paragraph(r: Reading, p: doc.Paragraph, by_key: dict[str, int]) -> list[Any]:
    """Kind, level, and the text in pieces: Traditional, Simplified (0: the same), and the concept that it names, if any."""
    starts = [m.start for m in r.marks]
    inside = r.marks[bisect_right(starts, p.start - 1) : bisect_right(starts, p.end - 1)]
    out: list[Segment] = []
    here = p.start

    def piece(a: int, b: int, *concept: int) -> None:
        hant, hans = (" ".join(view[a:b].split("\n")) for view in (r.hant, r.hans))
        if hant:
            out.append((hant, hans if hans != hant else 0, *concept))

    for m in inside:
        concept = by_key.get(m.key)
        if concept is not None and m.end <= p.end:
            piece(here, m.start)
            piece(m.start, m.end, concept)
            here = m.end
    piece(here, p.end)
    return [p.kind, p.level, out]


def _apart(marks: dict[tuple[int, int], str]) -> Sequence[tuple[tuple[int, int], str]]:
    """The marks in their order; of those that overlap, the one that begins first, and the longest of them."""
    out: list[tuple[tuple[int, int], str]] = []
    for span, name in sorted(marks.items(), key=lambda m: (m[0][0], -m[0][1])):
        if not out or span[0] >= out[-1][0][1]:
            out.append((span, name))
    return out


def _json(value: object) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or begins a comment."""
    return msgspec.json.encode(value).decode().translate(_JSON)


def _sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("pipeline.data").joinpath(name).read_text("utf-8")
