"""The parallel reports in tests/parallel/: every sentence of either text is in exactly one bead of gold.tsv."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "parallel"
REPORTS = sorted(p.name for p in HERE.iterdir() if p.is_dir())
FURNITURE = {  # whole lines that belong to the pages and not to the text
    "speed-management-workshop": r"交通部運輸研究所出國報告|Institute of Transportation, MOTC: Reports on Official Travel|- \d+ -",
    "energy-poverty-brief": r"永續與社會政策研究中心｜政策簡報27|CSSP Policy Brief 27 \| February 2025|\d+",
    "salt-museum-annual-report": r"國立鹽業博物館｜年報|National Museum of Salt \| Annual Report|\d+",
    "cold-chain-industry": r"中国冷链物流发展报告摘要（2024）|China Cold Chain Logistics Report 2024: Summary|(?:Page )?\d+(?: of \d+)?",
}


def beads(report: str) -> list[tuple[list[str], list[str]]]:
    """The rows of gold.tsv: sentences of the Chinese, sentences of the English."""
    rows = [line.split("\t") for line in (HERE / report / "gold.tsv").read_text("utf-8").splitlines()]
    assert all(len(row) == 2 for row in rows)
    return [(zh.split(" ¦ ") if zh else [], en.split(" ¦ ") if en else []) for zh, en in rows]


def folded(text: str) -> str:
    """Without white space, and without hyphens: a line may end in one that no word has."""
    return re.sub(r"[\s-]", "", text)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("side", ["zh", "en"])
def test_every_sentence_is_in_one_bead(report: str, side: str) -> None:
    lines = (HERE / report / f"{side}.txt").read_text("utf-8").splitlines()
    text = folded("".join(x for x in lines if not re.fullmatch(FURNITURE.get(report, r"(?!)"), x.strip())))
    left = [folded(s) for bead in beads(report) for s in bead[side == "en"]]
    at = 0
    while at < len(text):
        here = max((s for s in left if text.startswith(s, at)), key=len, default="")
        assert here, text[at : at + 60]
        left.remove(here)
        at += len(here)
    assert left == []


@pytest.mark.parametrize("report", REPORTS)
def test_gold_is_of_sentences_in_chinese_order(report: str) -> None:
    rows = beads(report)
    assert all(zh or en for zh, en in rows)
    for zh, en in rows:
        assert all(re.search(r"[。！？](?![」』）]*$)", s) is None for s in zh), zh
        assert all(re.search(r"[a-z]{3}[.!?] [A-Z“]", s) is None for s in en), en
    text = folded((HERE / report / "zh.txt").read_text("utf-8"))
    places = [text.find(folded(s)[:6]) for zh, _ in rows for s in zh if text.count(folded(s)[:6]) == 1]
    assert places == sorted(places)


@pytest.mark.parametrize("report", REPORTS)
def test_terms_are_in_the_english_and_not_explained_in_the_chinese(report: str) -> None:
    head, *rows = [x.split("\t") for x in (HERE / report / "terms.tsv").read_text("utf-8").splitlines()]
    assert head == ["zh", "en", "acronym"]
    chinese, english = ("".join(s for bead in beads(report) for s in bead[side]) for side in (0, 1))
    for zh, en, acronym in rows:
        assert en in english
        assert en not in chinese
        assert zh in chinese
        assert acronym in english
