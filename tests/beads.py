"""How well parallel reports are aligned: ``python tests/beads.py [FOLDER …]`` (the folders as ``tests/parallel/README.md`` says).

Strict: a bead counts only if its sentences are exactly those of one of the gold, on both sides. Links are pairs of sentences in
one bead, paragraphs pairs of paragraphs that share a bead (of those whose sentences were found).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from pipeline.parallel.model import Alignment
from pipeline.parallel.report import align_documents
from pipeline.stages import process

HERE = Path(__file__).parent / "parallel"
Bead = tuple[frozenset[str], frozenset[str]]


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def reports() -> list[Path]:
    return sorted(path.parent for path in HERE.glob("*/gold.tsv"))


def aligned(folder: Path) -> Alignment:
    zh, en = (next(folder.glob(f"{side}.*")) for side in ("zh", "en"))
    return align_documents(process(zh), process(en, "repair"), folder.name)


def tight(text: str) -> str:
    return "".join(text.split())


def gold(folder: Path) -> set[Bead]:
    rows = [line.split("\t") for line in (folder / "gold.tsv").read_text("utf-8").splitlines() if line and line[0] != "#"]
    zh, en = ([frozenset(tight(s) for s in row[k].split(" ¦ ") if s.strip()) for row in rows] for k in (0, 1))
    return set(zip(zh, en, strict=True))


def beads(a: Alignment) -> set[Bead]:
    return {(frozenset(tight(a.zh[k].text) for k in p.zh), frozenset(tight(a.en[k].text) for k in p.en)) for p in a.pairs}


def score(found: set, wanted: set) -> Score:
    right = len(found & wanted)
    return Score(right / len(found) if found else 0.0, right / len(wanted) if wanted else 0.0)


def links(beads: set[Bead]) -> set[tuple[str, str]]:
    return {(z, e) for zh, en in beads for z in zh for e in en}


def paragraphs(a: Alignment, beads: set[Bead]) -> set[tuple[int, int]]:
    zh, en = ({tight(s.text): s.paragraph for s in side} for side in (a.zh, a.en))
    return {(zh[z], en[e]) for z, e in links(beads) if z in zh and e in en}


def main() -> None:
    each = []
    for folder in [Path(name) for name in sys.argv[1:]] or reports():
        a, wanted = aligned(folder), gold(folder)
        found = beads(a)
        each.append(score(found, wanted).f1)
        print(f"{folder.name}: {len(wanted)} beads\n  strict      {score(found, wanted)}\n  links       "
              f"{score(links(found), links(wanted))}\n  paragraphs  {score(paragraphs(a, found), paragraphs(a, wanted))}")
    print(f"mean strict F1 {sum(each) / len(each):.3f}")


if __name__ == "__main__":
    main()
