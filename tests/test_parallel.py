"""Parallel reports: how well their sentences are aligned, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.parallel.english import sentences
from pipeline.parallel.model import Alignment
from pipeline.parallel.report import align_documents
from pipeline.stages import process

REPORTS = sorted(p.parent for p in (Path(__file__).parent / "parallel").glob("*/gold.tsv"))
Beads = set[tuple[frozenset[str], frozenset[str]]]


def tight(text: str) -> str:
    return "".join(text.split())


def gold(folder: Path) -> Beads:
    rows = [line.split("\t") for line in (folder / "gold.tsv").read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {tuple(frozenset(tight(s) for s in side.split(" ¦ ") if s.strip()) for side in row[:2]) for row in rows}  # type: ignore[misc]


def found(a: Alignment) -> Beads:
    return {(frozenset(tight(a.zh[k].text) for k in p.zh), frozenset(tight(a.en[k].text) for k in p.en)) for p in a.pairs}


def f1(predicted: set, wanted: set) -> float:  # type: ignore[type-arg]
    return 2 * len(predicted & wanted) / (len(predicted) + len(wanted))


@pytest.fixture(scope="module")
def alignments() -> dict[str, Alignment]:
    out = {}
    for folder in REPORTS:
        zh, en = (next(folder.glob(f"{side}.*")) for side in ("zh", "en"))
        out[folder.name] = align_documents(process(zh), process(en, "repair"), folder.name)
    return out


def test_beads_of_reports(alignments: dict[str, Alignment]) -> None:
    """Strict: a bead counts only if it has exactly the sentences of the gold."""
    assert len(REPORTS) >= 4
    each = {folder.name: f1(found(alignments[folder.name]), gold(folder)) for folder in REPORTS}
    assert sum(each.values()) / len(each) >= 0.95, each
    assert min(each.values()) >= 0.9, each


@pytest.mark.parametrize(("text", "wanted"), [
    ("Dr. K. Sato of the U.S. Navy spoke. Mr. Chen left.", ["Dr. K. Sato of the U.S. Navy spoke.", "Mr. Chen left."]),
    ("It opened at 9 a.m. on 3 May. No. 3 was closed (see Fig. 2).", ["It opened at 9 a.m. on 3 May.",
                                                                      "No. 3 was closed (see Fig. 2)."]),
    ("Costs fell by 3.5 %, i.e. by a third. “Who pays?” she asked.", ["Costs fell by 3.5 %, i.e. by a third.",
                                                                     "“Who pays?” she asked."]),
    ("She said: “We do.” Nobody disagreed.", ["She said: “We do.”", "Nobody disagreed."]),
    ("He works for Acme Co., Ltd. in Tokyo. She lives in Washington, D.C. The two met in 2019. 14 others came.",
     ["He works for Acme Co., Ltd. in Tokyo.", "She lives in Washington, D.C.", "The two met in 2019.", "14 others came."]),
    ("3. Findings", ["3. Findings"]),
    ("(a) Training is modular. It works.", ["(a) Training is modular.", "It works."]),
    ("Under the Ordinance (Cap. 487) it is a duty. The answer was no. Three left.",
     ["Under the Ordinance (Cap. 487) it is a duty.", "The answer was no.", "Three left."]),
])
def test_english_sentences(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == wanted
