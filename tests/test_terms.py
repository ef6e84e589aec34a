"""Terms: pairs, short forms, people, places and acronyms out of sentences as reports have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.scripts.detect import fold
from pipeline.stages import chain
from pipeline.terms import explain, rows, terms

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "terms.yaml").read_text("utf-8"))
WILD = [c for c in CASES["wild"] if not c.get("fails")]
FAILING = [c for c in CASES["wild"] if c.get("fails")]
NEGATIVE = CASES["negative"]

# What the cases must reach together; a case alone may fail. Raise them when the stage gets better, never lower them.
FLOOR_FOUND = 0.98
FLOOR_KIND = 0.95
FLOOR_NEGATIVE = 0.99


def found(text: str) -> list[dict[str, Any]]:
    """The rows of a text that has gone through the whole chain."""
    return rows(chain(Document.of(text), "terms"))


def tight(text: str | None) -> str:
    return fold("".join((text or "").split()))


def fits(case: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a row says what the case wants."""
    if "short" in case:
        return tight(row["zh"]) in {tight(case["zh"]), *map(tight, case.get("also", []))} and row["short"] == case["short"]
    if isinstance(row["short"], str):
        return False
    if "role" in case:
        return (
            tight(row["zh"]) == tight(case.get("zh"))
            and tight(row["en"]) == tight(case.get("en"))
            and row["kind"] == "person"
            and (row["role"], row["affiliation"]) == (case["role"], case["affiliation"])
        )
    names = {tight(case["zh"]), *map(tight, case.get("also", []))}
    if tight(row["zh"]) not in names:
        return False
    return tight(row["en"]) == tight(case.get("en")) and (row["acronym"] == case.get("acronym") or not case.get("acronym"))


def claims(text: str) -> list[dict[str, Any]]:
    """The pairs that a text is said to hold."""
    return [
        r
        for r in found(text)
        if r["zh"] and isinstance(r["short"], list) and (r["en"] or r["acronym"]) and r["source"] == "text"
    ]


def test_wild_cases_reach_the_floor() -> None:
    missed = [c["text"] for c in WILD if not any(fits(c, r) for r in found(c["text"]))]
    assert len(missed) <= (1 - FLOOR_FOUND) * len(WILD), "\n".join(missed)


def test_kinds_reach_the_floor() -> None:
    wanted = [(c, next((r for r in found(c["text"]) if fits(c, r)), None)) for c in WILD if "kind" in c]
    wrong = [f"{r['zh'] or r['en']}: {r['kind']}, not {c['kind']}" for c, r in wanted if r and r["kind"] != c["kind"]]
    assert len(wrong) <= (1 - FLOOR_KIND) * len(wanted), "\n".join(wrong)


def test_what_is_no_gloss_gives_no_pair() -> None:
    wrong = [
        f"{c['text']}  {[(r['zh'], r['en'], r['acronym']) for r in claims(c['text'])]}" for c in NEGATIVE if claims(c["text"])
    ]
    assert len(wrong) <= (1 - FLOOR_NEGATIVE) * len(NEGATIVE), "\n".join(wrong)


@pytest.mark.parametrize("case", [c for c in NEGATIVE if c.get("person") is False], ids=lambda c: c["text"])
def test_products_and_companies_are_no_people(case: dict[str, Any]) -> None:
    assert not [r for r in found(case["text"]) if r.get("kind") == "person"]


@pytest.mark.parametrize("case", FAILING, ids=lambda c: c["text"])
@pytest.mark.xfail(strict=True)
def test_known_failures(case: dict[str, Any]) -> None:
    assert any(fits(case, r) for r in found(case["text"]))


def test_the_cases_are_many() -> None:
    assert len(WILD) >= 150
    assert len(NEGATIVE) >= 80


REPORT = """林佩珊｜海洋委員會海洋保育署　研究員

一、會議背景

海洋委員會海洋保育署（以下簡稱海保署）於2024年5月派員赴菲律賓與紐西蘭，參加亞太海洋廢棄物治理論壇（Asia-Pacific Marine Debris Governance
Forum, APMDGF）。海保署副署長吳立人於開幕式致詞，並與論壇主席Carmen Villanueva會談。APMDGF 今年首度納入 ESG 議題。
"""


def test_one_candidate_has_all_its_occurrences_and_raw_offsets() -> None:
    document = chain(Document.of(REPORT), "terms")
    pair = next(c for c in document.candidates if c.acronym == "APMDGF" and c.zh)
    assert pair.en == "Asia-Pacific Marine Debris Governance Forum"
    for row in rows(document):
        for e in row["evidence"]:
            printed = "".join(document.raw[e["start"] : e["end"]].split())
            assert tight(row["zh"] or row["en"] or row["acronym"]) == tight(printed)
            assert e["doc"] == document.name
            assert e["sentence"]


def test_short_forms_stand_in_the_row_and_as_rows_of_their_own() -> None:
    found_rows = found(REPORT)
    full = [r for r in found_rows if r["zh"] == "海洋委員會海洋保育署" and isinstance(r["short"], list)]
    assert [r["short"] for r in full] == [["海保署"]]
    assert any(r["zh"] == "海洋委員會海洋保育署" and r["short"] == "海保署" for r in found_rows)


def test_people_places_and_bare_acronyms() -> None:
    found_rows = [r for r in found(REPORT) if isinstance(r["short"], list)]
    people = {(r["zh"], r["en"]): (r["role"], r["affiliation"]) for r in found_rows if r["kind"] == "person"}
    assert people["吳立人", None] == ("副署長", "海保署")
    assert str(people[None, "Carmen Villanueva"][0]).endswith("主席")
    places = {r["zh"]: (r["en"], r["source"]) for r in found_rows if r["kind"] == "place"}
    assert places == {"菲律賓": ("Philippines", "cldr"), "紐西蘭": ("New Zealand", "cldr")}
    assert [r["acronym"] for r in found_rows if not r["zh"] and not r["en"]] == ["ESG"]


def test_unions_are_bodies_though_cldr_lists_them_with_the_territories() -> None:
    rows_ = found("歐盟與聯合國在肯亞簽署協定，聯合國並派員前往。")
    assert {r["zh"]: (r["en"], r["kind"]) for r in rows_} == {
        "歐盟": ("European Union", "organisation"),
        "聯合國": ("United Nations", "organisation"),
        "肯亞": ("Kenya", "place"),
    }


def test_explain_decides_every_bracket_and_says_why() -> None:
    text = "依亞洲森林夥伴關係（Asia Forest Partnership）所述（Smith, 2019），範圍（5 km）不變。"
    said = [str(e) for e in explain(chain(Document.of(text), "segment"))]
    assert len(said) == 3
    assert "亞洲森林夥伴關係 = Asia Forest Partnership" in said[0]
    assert "→ 亞洲森林夥伴關係" in said[0]
    assert said[1].endswith("no gloss: a citation")
    assert "number" in said[2]


_INK = st.text(st.sampled_from("海洋委員會署長的與在（）()「」《》，。、：\n 王小明APECabcDrive,.;-/·0123%"), max_size=120)


@settings(max_examples=120, deadline=None)
@given(_INK | st.text(max_size=60))
def test_any_text_is_taken_and_every_zh_stands_at_its_span(text: str) -> None:
    document = terms(Document.of(text))
    for c in document.candidates:
        for e in c.evidence:
            assert 0 <= e.start < e.end <= len(text)
            assert 0 <= e.gloss_start <= e.gloss_end <= len(text)
            assert tight(text[e.start : e.end]) == tight(c.zh or c.en or c.acronym)
        assert 0 <= c.confidence <= 1
    rows(document)
    for explanation in explain(Document.of(text)):
        assert str(explanation)
