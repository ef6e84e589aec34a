"""Known paragraphs, set in pages and damaged, must come back: clean and repair over many layouts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typeset import Layout, lines_of, typeset

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.repair import repair

TRUTHS = [p.read_text("utf-8").splitlines() for p in sorted((Path(__file__).parent / "golden").glob("*.expected.txt"))]
# Bylines, captions and tables are no running text: what becomes of them is decided elsewhere.
REPORTS = [[text for text in truth if "　" not in text and not (text.count(" ") > 2 and len(text) < 30)] for truth in TRUTHS]

# The share of paragraphs that must come back to the letter. Where a last line is as full as the others nothing shows that the
# paragraph ends there, so none of these can be 1 for pages without indents and blank lines.
FLOORS = {
    "block": (Layout(), 0.9),
    "wide": (Layout(width=34), 0.95),
    "narrow, indented": (Layout(width=13, indent=2), 0.92),
    "blank lines between": (Layout(blank=1.0), 0.96),
    "blank lines anywhere": (Layout(blank=0.3, torn=0.1), 0.9),
    "stray spaces": (Layout(stray=0.25), 0.9),
    "pages": (Layout(width=24, indent=2, page=25), 0.97),
    "hanging items": (Layout(width=22, indent=2, hang=2), 0.95),
}

layouts = st.builds(
    Layout,
    width=st.integers(12, 40),
    indent=st.sampled_from([0, 2]),
    hang=st.sampled_from([0, 2]),
    blank=st.sampled_from([0.0, 0.5, 1.0]),
    torn=st.sampled_from([0.0, 0.1]),
    stray=st.sampled_from([0.0, 0.3]),
    page=st.sampled_from([0, 20, 33]),
)


def back(report: list[str], layout: Layout, seed: int) -> Document:
    """The report after it was set, damaged, cleaned and repaired."""
    return repair(clean(Document.of(typeset(report, layout, Random(seed)))))


def bare(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


@pytest.mark.parametrize("name", FLOORS)
def test_most_paragraphs_come_back_exactly(name: str) -> None:
    layout, floor = FLOORS[name]
    same = total = 0
    for report in REPORTS:
        found = set(back(report, layout, 1).text.split("\n"))
        total += len(report)
        same += sum(text in found for text in report)
    assert same / total >= floor


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(REPORTS), layouts, st.integers(0, 9))
def test_no_character_of_the_body_is_lost(report: list[str], layout: Layout, seed: int) -> None:
    document = back(report, layout, seed)
    assert set(document.account()) == {1}
    assert {x.text.strip() for x in document.furniture} <= {layout.head, *map(str, range(1, 99))}
    if not layout.page:
        assert bare(document.text) == bare("".join(report))


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth[0])
def test_whole_paragraphs_stay_as_they_are(truth: list[str]) -> None:
    assert repair(clean(Document.of("\n".join(truth)))).text.split("\n") == truth


def test_lines_break_where_chinese_allows() -> None:
    assert lines_of("計畫（Blue Watch），獲澳洲支持。", 10, 10) == ["計畫（Blue", "Watch），", "獲澳洲支", "持。"]
