"""The rows of ``duizhao terms``: one JSON object for each candidate, with evidence in raw offsets."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from pipeline.document import Candidate, Document, Evidence


def rows(document: Document) -> list[dict[str, Any]]:
    """One row for each candidate, and one for each declared short form; ``start`` and ``end`` of evidence are raw offsets."""
    starts = [s.start for s in document.sentences]
    out: list[dict[str, Any]] = []
    for c in document.candidates:
        evidence = [_evidence(document, starts, e) for e in c.evidence] or _in_byline(document, c)
        row: dict[str, Any] = {
            "zh": c.zh,
            "zh_hans": c.zh_hans,
            "en": c.en,
            "acronym": c.acronym,
            "kind": c.kind,
            "source": c.source,
        }
        row |= {"short": list(c.short), "role": c.role, "affiliation": c.affiliation, "confidence": c.confidence}
        out.append({**row, "evidence": evidence})
        for short in c.short:
            beside = _of_short(document, starts, c, short)
            out.append({"zh": c.zh, "short": short, "confidence": c.confidence, "evidence": beside})
    return out


def _in_byline(document: Document, c: Candidate) -> list[dict[str, Any]]:
    """Where a name stands that was set aside with its byline."""
    out = []
    for a in document.authors:
        at = document.raw.find(a.name, a.start, a.end) if a.name == c.zh else -1
        if at >= 0:
            out.append(
                {"doc": document.name, "start": at, "end": at + len(a.name), "sentence": document.raw[a.start : a.end].strip()}
            )
    return out


def _of_short(document: Document, starts: list[int], c: Candidate, short: str) -> list[dict[str, Any]]:
    beside = [e for e in c.evidence if document.text[e.gloss_start : e.gloss_end] == short]
    return [_evidence(document, starts, e) for e in beside or c.evidence[:1]]


def _evidence(document: Document, starts: list[int], e: Evidence) -> dict[str, Any]:
    start, end = document.raw_span(e.start, e.end)
    k = bisect_right(starts, e.start) - 1
    if k >= 0:
        sentence = document.text[document.sentences[k].start : document.sentences[k].end]
    else:
        text = document.text
        sentence = text[max(text.rfind("\n", 0, e.start) + 1, e.start - 200) : min(len(text), e.end + 200)].split("\n")[0]
    return {"doc": document.name, "start": start, "end": end, "sentence": sentence.strip()}
