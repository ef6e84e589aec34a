"""A small report in Chinese and English for the tests of parallel reports."""

from __future__ import annotations

from pathlib import Path

from pipeline.glossary.lookup import lookup
from pipeline.glossary.model import Concept, Glossary
from pipeline.parallel.model import Alignment
from pipeline.parallel.report import align_documents
from pipeline.read import read_bytes
from pipeline.run import Workspace
from pipeline.stages import chain

ZH = """碳邊境調整機制研習紀要

壹、緣起

經濟部產業發展署於2024年5月12日派員赴布魯塞爾，參加CBAM研習。研習由歐洲鋼鐵協會主辦，共有38家企業參加。我國代表團由陳美玲組長率領。

貳、重點

講者指出，CBAM自2026年起收費。中小企業最擔心的是申報成本。《綠色鋼鐵行動計畫》將補助其中三成。會後並參觀一座煉鋼廠。

參、建議

建議成立輔導小組，每季開會一次。
"""
EN = """Report on a Workshop about the Carbon Border

I. Background

On 12 May 2024 the Industrial Development Administration of the Ministry of Economic
Affairs sent staff to Brussels for a workshop on the Carbon Border Adjustment Mechanism
(CBAM). It was hosted by the European Steel Association (EUROFER), and 38 companies took
part. Our delegation was led by Division Director Chen Mei-ling.

II. Main points

The speakers pointed out that charges under the mechanism begin in 2026. The Green Steel
Action Plan will subsidise thirty per cent of the costs. What small and medium-sized
enterprises fear most is the cost of reporting.

III. Recommendations

We recommend an advisory group that meets once a quarter.
"""


def both(zh: str = ZH, en: str = EN, **options: object) -> Alignment:
    chinese, english = (read_bytes(text.encode(), f"{side}.txt", f"r.{side}") for text, side in ((zh, "zh"), (en, "en")))
    return align_documents(chain(chinese), chain(english, "repair"), "r", **options)  # type: ignore[arg-type]


def project(root: Path) -> Workspace:
    """A project that holds the report."""
    (root / "raw").mkdir()
    (root / "glossary").mkdir()
    (root / "raw" / "steel.zh.txt").write_text(ZH, "utf-8")
    (root / "raw" / "steel.en.txt").write_text(EN, "utf-8")
    return Workspace(root)


def built(workspace: Workspace) -> Glossary:
    return Glossary.from_json((workspace.built / "glossary.json").read_bytes())


def concept(glossary: Glossary, term: str) -> Concept:
    return lookup(glossary, term)[0]
