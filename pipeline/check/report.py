"""What a check found, for people, for programs, for spreadsheets, and for services that show findings beside lines (SARIF)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from pipeline.cells import guarded
from pipeline.check import RULES, Finding

_COLUMNS = ("file", "line", "rule", "term", "expected", "found", "message", "zh", "en")


def text(findings: Sequence[Finding]) -> str:
    """A line for each, as compilers write them: file, line, and, where it is that of the English, column."""
    return "".join(f"{_place(f)}: {f.message} [{f.rule}]\n" for f in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects. ``start`` and ``end`` bound ``found`` in ``en`` (half-open, code points)."""
    rows = [{"file": f.segment.file, "line": f.segment.line, "rule": f.rule, "term": f.term, "concept": f.concept,
             "expected": list(f.expected), "found": f.found, "start": f.start, "end": f.end, "message": f.message,
             "zh": f.segment.zh, "en": f.segment.en} for f in findings]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_csv(findings: Sequence[Finding]) -> str:
    """A row for each, with a head; renderings in one cell are parted by ``|``. No cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for f in findings:
        cells = (f.segment.file, str(f.segment.line), f.rule, f.term, "|".join(f.expected), f.found, f.message, f.segment.zh,
                 f.segment.en)
        writer.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0 (OASIS Standard, 2020): one run, whose results tell by a fingerprint that they were there before."""
    names = list(RULES)
    rules = [{"id": name, "shortDescription": {"text": RULES[name]}, "defaultConfiguration": {"level": _level(name)}}
             for name in names]
    results = [{"ruleId": f.rule, "ruleIndex": names.index(f.rule), "level": _level(f.rule), "message": {"text": f.message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(f.segment.file)}, "region": _region(f)}}],
                "partialFingerprints": {"termInSegment/v1": _fingerprint(f)},
                "properties": {"term": f.term, "concept": f.concept, "expected": list(f.expected), "found": f.found}}
               for f in findings]
    driver = {"name": "duizhao", "version": version("duizhao"), "rules": rules}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
           "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": text, "json": as_json, "csv": as_csv, "sarif": sarif}


def _place(f: Finding) -> str:
    place = f"{f.segment.file}:{f.segment.line}"
    return f"{place}:{f.start + 1}" if f.segment.text and f.found else place


def _region(f: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": f.segment.line}
    if f.segment.text and f.found:
        region |= {"startColumn": f.start + 1, "endColumn": f.end + 1, "snippet": {"text": f.found}}
    return region


def _level(rule: str) -> str:
    return "warning" if rule == "unexplained" else "error"


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(f: Finding) -> str:
    return sha256("\0".join((f.rule, f.concept, f.found, f.segment.zh, f.segment.en)).encode()).hexdigest()
