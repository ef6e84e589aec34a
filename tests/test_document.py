"""The Document's promises: no character is lost, every span finds its way back, JSON is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Alignment, Document, Edit, Line, Page, Piece

RAW = "為推動 (APEC\n)合作\n作者｜單位\n繼續"


@st.composite
def histories(draw: st.DrawFn) -> list[Document]:
    """A Document and what it became under random edits, asides and moves: one Document a step."""
    documents = [Document.of(draw(st.text(max_size=30)))]
    for _ in range(draw(st.integers(0, 5))):
        d = documents[-1]
        cuts = sorted(draw(st.lists(st.integers(0, len(d.text)), min_size=2, max_size=6)))
        spans = [(cuts[k], cuts[k + 1]) for k in range(0, len(cuts) - 1, 2)]
        action = draw(st.sampled_from(["edit", "aside", "move"]))
        if action == "edit":
            d = d.edit([Edit(a, b, draw(st.text(max_size=3)), "rule") for a, b in spans])
        elif action == "aside":
            d = d.set_aside([(a, b, "byline") for a, b in spans])
        else:
            free = [k for k in range(len(d.text) + 1) if not any(a < k < b for a, b in spans)]
            d = d.move_all([(a, b, draw(st.sampled_from(free))) for a, b in spans], "rule")
        documents.append(d)
    return documents


@given(histories())
def test_every_raw_character_is_accounted_for_once(documents: list[Document]) -> None:
    for d in documents:
        assert d.account() == [1] * len(d.raw)
        assert sum(p.length for p in d.pieces) == len(d.text)


@given(histories())
def test_json_round_trip_is_exact(documents: list[Document]) -> None:
    for d in documents:
        assert Document.from_json(d.to_json()) == d
        assert Document.from_json(d.to_json()).to_json() == d.to_json()


@given(histories())
def test_kept_characters_find_their_way_back_and_forth(documents: list[Document]) -> None:
    d = documents[-1]
    changed = {k for c in d.changes for k in range(c.start, c.end)}
    for k in range(len(d.text)):
        start, end = d.raw_span(k, k + 1)
        assert 0 <= start <= end <= len(d.raw)
        if end - start == 1 and start not in changed:
            assert d.raw[start] == d.text[k]
            assert d.locate(start, end) == (k, k + 1)


@given(st.text(max_size=30))
def test_no_edit_changes_nothing(raw: str) -> None:
    d = Document.of(raw)
    assert d.edit([]) is d
    assert d.set_aside([]) is d
    assert d.edit([Edit(k, k + 1, c, "same") for k, c in enumerate(raw)]) is d


def test_an_edit_is_logged_with_its_rule_and_raw_place() -> None:
    d = Document.of(RAW).edit([Edit(3, 4, "", "stray space")]).edit([Edit(8, 9, "", "join lines")])
    assert d.text == "為推動(APEC)合作\n作者｜單位\n繼續"
    assert [(c.rule, c.start, c.end, c.old, c.new) for c in d.changes] == [
        ("stray space", 3, 4, " ", ""), ("join lines", 9, 10, "\n", "")]
    assert d.raw_span(d.text.index("合作"), d.text.index("合作") + 2) == (11, 13)


def test_furniture_keeps_text_kind_place_and_page() -> None:
    raw = "第一頁\n\f林某｜某署　科員\n第二頁"
    d = Document.of(raw)
    at = raw.index("林")
    d = d.set_aside([(at, at + 8, "byline")])
    (f,) = d.furniture
    assert (f.kind, f.start, f.text, f.page) == ("byline", at, "林某｜某署　科員", 2)
    assert d.text == "第一頁\n\f\n第二頁"


def test_replacing_over_a_gap_keeps_both_sides_accounted() -> None:
    d = Document.of("甲\n頁首\n乙").set_aside([(2, 4, "running head")])
    d = d.edit([Edit(1, 3, "，", "join")])
    assert d.text == "甲，乙"
    assert d.account() == [1] * len(d.raw)
    assert d.raw_span(0, 3) == (0, 6)


def test_a_moved_passage_keeps_its_origin() -> None:
    d = Document.of("正文1續文\n註一\n下段").move(6, 9, 3, "footnote behind its call")
    assert d.text == "正文1註一\n續文\n下段"
    assert d.raw_span(3, 5) == (6, 8)
    assert d.locate(6, 8) == (3, 5)
    with pytest.raises(ValueError, match="into itself"):
        d.move(0, 4, 2, "no")


@pytest.mark.parametrize("edits", [[Edit(0, 2, "", "a"), Edit(1, 3, "", "b")], [Edit(2, 99, "x", "a")], [Edit(3, 2, "x", "a")]])
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Document.of("一二三四").edit(edits)


def test_text_cannot_be_replaced_behind_the_map() -> None:
    with pytest.raises(ValueError, match="only through edit"):
        Document.of("甲").replace(text="乙")


def test_editing_drops_annotations_of_the_old_text() -> None:
    from pipeline.document import Paragraph

    d = Document.of("甲 乙").replace(paragraphs=(Paragraph(0, 3),))
    assert d.edit([Edit(1, 2, "", "stray space")]).paragraphs == ()


def test_pages_come_from_form_feeds_or_from_the_reader() -> None:
    assert [p.start for p in Document.of("甲\f乙\f").pages] == [0, 2, 4]
    line = Line(0, 1, 1, 0, 0, 12, 12, 12, 400, 0, 500, 0)
    d = Document.of("甲\n乙", pages=[Page(0, 595, 842), Page(2, 842, 595)], lines=[line])
    assert (d.page_of(0), d.page_of(1), d.page_of(2)) == (1, 1, 2)


def test_an_alignment_with_runs_that_map_as_a_whole() -> None:
    # 软件工程师 -> 軟體工程師: two characters each, but 网络 -> 網路 shows a run that is one unit
    a = Alignment([Piece(2, 0, 2), Piece(3, 2, 6), Piece(1, 6, 7)])
    assert a.source(0, 1) == (0, 1)
    assert a.source(2, 3) == a.source(4, 5) == (2, 6)
    assert a.source(1, 6) == (1, 7)
    assert a.target(3, 4) == (2, 5)
    assert a.target(6, 7) == (5, 6)
    assert a.target(7, 9) is None
