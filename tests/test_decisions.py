"""People's decisions win, and survive every rebuild."""

from __future__ import annotations

import random

from glossaries import conflicts, entry, glossary, only, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.glossary.build import build
from pipeline.glossary.curate import Curated, parse
from pipeline.glossary.keys import en_key, zh_key
from pipeline.glossary.model import DocumentTerms, Entry


def test_decisions_on_renderings() -> None:
    found = glossary(
        [entry("公正轉型", "just transition", "JT", kind="term"), entry("公正轉型", "fair transition", kind="term")],
        [entry("公正轉型", "equitable transition", kind="term"), entry("公正轉型", "correct transformation", kind="term")],
        curated="""
- approve: 公正转型
  en: Just transition
- forbid: 公正轉型
  en: Fair transition
- admit: 公正轉型
  en: equitable transition
- reject: 公正轉型
  en: correct transformation
""",
    )
    [concept] = found.concepts
    assert [(t.text, t.status) for t in concept.of("en", "full form")] == [
        ("Just transition", "approved"),
        ("equitable transition", "admitted"),
        ("fair transition", "forbidden"),
        ("correct transformation", "rejected"),
    ]
    assert concept.status == "approved"
    assert {t.status for t in concept.of("zh-Hant")} == {t.status for t in concept.of("zh-Hans")} == {"approved"}
    assert [t.status for t in concept.of("en", "acronym")] == ["approved"]
    assert not concept.conflicts


def test_a_rejected_term_stays_and_draws_nothing_to_it() -> None:
    found = glossary(
        [entry("由亞太經濟合作", "Asia-Pacific Economic Cooperation", "APEC")],
        [entry("亞太經濟合作", "Asia-Pacific Economic Cooperation", "APEC"), entry(acronym="APEC")],
        [entry(acronym="APEC")],
        curated="- reject: 由亞太經濟合作\n",
    )
    assert only(found, "由亞太經濟合作").status == "rejected"
    good = only(found, "亞太經濟合作")
    assert (good.documents, good.conflicts) == (("b", "c"), ())


def test_an_edit_renames_and_keeps_the_evidence() -> None:
    found = glossary(
        [entry("署副署長陳世昌", kind="term", confidence=0.3)],
        [entry("陳世昌", "Chen Shih-chang", kind="person")],
        [entry("第十二大馬計畫", "Twelfth Malaysian Plan", kind="programme")],
        curated="""
- edit: 署副署長陳世昌
  to: {zh: 陳世昌}
  role: 副署長
  affiliation: 勞動部勞動力發展署
- approve: 第十二大馬計畫
  en: Twelfth Malaysian Plan
  to: {en: Twelfth Malaysia Plan}
  acronym: 12MP
""",
    )
    person = only(found, "陳世昌")
    assert (person.documents, person.role, person.affiliation) == (("a", "b"), "副署長", "勞動部勞動力發展署")
    assert "Chinese edited by a person, was 署副署長陳世昌" in person.reasons
    plan = only(found, "第十二大馬計畫")
    assert [(t.text, t.status, t.mentions) for t in plan.of("en")] == [
        ("Twelfth Malaysia Plan", "approved", 1),
        ("12MP", "approved", 0),
    ]
    assert plan.evidence[0].sentence.count("Twelfth Malaysian Plan") == 1
    assert not plan.unsupported
    assert not plan.conflicts


def test_people_acronyms_and_synonyms() -> None:
    found = glossary(
        [
            entry(en="Erik Nyström", kind="person"),
            entry(acronym="ESG", kind="term"),
            entry("人力資源發展工作小組", "HRD Working Group"),
            entry("人力資源發展工作組"),
        ],
        curated="""
- approve: Erik Nystrom
- edit: ESG
  to: {zh: 環境、社會與治理, en: "environmental, social and governance"}
- admit: 人力资源发展工作组
  of: 人力資源發展工作小組
- about: Erik Nyström
  note: Ask for his title.
""",
    )
    person = only(found, "Erik Nystrom")
    assert (person.status, person.notes) == ("approved", ("Ask for his title.",))
    assert only(found, "ESG").text("zh-Hant") == "環境、社會與治理"
    group = only(found, "人力資源發展工作小組")
    assert not group.conflicts
    assert [(t.text, t.status) for t in group.of("zh-Hant", "full form")] == [
        ("人力資源發展工作小組", "proposed"),
        ("人力資源發展工作組", "admitted"),
    ]


def test_a_decision_without_evidence_stays_marked() -> None:
    decisions = "- approve: 藍碳\n  en: blue carbon\n  note: from the law\n- add: 以工代賑\n  en: work relief\n  short: 工賑\n"
    found = glossary([entry("公正轉型", "just transition")], curated=decisions)
    gone, added = only(found, "藍碳"), only(found, "以工代賑")
    assert (gone.status, gone.unsupported, gone.notes) == ("approved", True, ("from the law",))
    assert conflicts(gone) == ["decision without evidence"]
    assert gone.conflicts[0].message == '"approve 藍碳 = blue carbon" (line 1): no report says so'
    assert (added.status, added.unsupported, added.conflicts) == ("approved", True, ())
    assert texts(added, "zh-Hans", "short form") == ["工赈"]
    # the term is there, the rendering that was decided on is not
    found = glossary([entry("藍碳", "Blue Carbon Ecosystem")], curated=decisions)
    concept = only(found, "藍碳")
    assert not concept.unsupported
    assert [(t.text, t.status, t.unsupported) for t in concept.of("en")] == [
        ("blue carbon", "approved", True),
        ("Blue Carbon Ecosystem", "proposed", False),
    ]
    assert conflicts(concept) == ["decision without evidence", "several English"]


def test_what_is_forbidden_or_admitted_need_not_stand_in_a_report() -> None:
    found = glossary([entry("預防性保存", "preventive conservation", kind="term")], curated="""
- forbid: 預防性保存
  en: preventative conservation
- admit: 預防性保存
  en: preventive care
- forbid: 不在報告裡
  en: not there
""")
    concept = only(found, "預防性保存")
    assert [(t.text, t.status, t.unsupported) for t in concept.of("en")] == [
        ("preventive conservation", "proposed", False),
        ("preventive care", "admitted", True),
        ("preventative conservation", "forbidden", True),
    ]
    assert not concept.conflicts
    assert conflicts(only(found, "不在報告裡")) == ["decision without evidence"]


def test_decisions_that_turn_out_to_be_about_one_concept_are_shown() -> None:
    found = glossary(
        [entry("衛生福利部", "Ministry of Health", short=("衛福部",))],
        curated="""
- approve: 衛生福利部
  en: Ministry of Health
- reject: 衛福部
  en: Ministry of Health
""",
    )
    [concept] = found.concepts
    assert [t.status for t in concept.of("en")] == ["approved"]
    assert [x.message for x in concept.conflicts] == [
        '"reject 衛福部 = Ministry of Health" (line 4): approved by another decision'
    ]


ZH = ["公正轉型", "公正转型", "藍碳", "臺灣海洋平臺", "台灣海洋平台", "衛生福利部", "衛福部", "何佩珊"]
EN = ["just transition", "Just Transition", "fair transition", "blue carbon", "Ho Pei-shan", "Ministry of Health", None]
ACRONYMS = ["JT", "MOHW", "ESG", None, None]
entry_of = st.builds(
    lambda zh, en, acronym, kind, confidence, short: entry(zh, en, acronym, kind=kind, confidence=confidence, short=short),
    st.sampled_from([*ZH, None]),
    st.sampled_from(EN),
    st.sampled_from(ACRONYMS),
    st.sampled_from(["term", "person", "organisation"]),
    st.sampled_from([0.2, 0.6, 0.9]),
    st.sampled_from([(), ("衛福部",), ("平台",)]),
).filter(lambda e: e.zh or e.en or e.acronym)
documents_of = st.lists(st.lists(entry_of, max_size=6), max_size=4)
decision_of = st.tuples(
    st.sampled_from(["approve", "admit", "reject", "forbid", "add"]), st.sampled_from(ZH), st.sampled_from(EN)
)
EXPECTED = {"approve": "approved", "add": "approved", "admit": "admitted", "reject": "rejected", "forbid": "forbidden"}


def decided(decisions: list[tuple[str, str, str | None]]) -> tuple[list[tuple[str, str, str | None]], Curated]:
    """Those of them that do not contradict each other, and the curated file of these."""
    kept: list[tuple[str, str, str | None]] = []
    for verb, zh, en in decisions:
        if not any(zh_key(zh) == zh_key(z) and (en_key(en) == en_key(e) or not en or not e) for _, z, e in kept):
            kept.append((verb, zh, en))
    return kept, parse("".join(f"- {verb}: {zh}\n" + (f"  en: {en}\n" if en else "") for verb, zh, en in kept))


@settings(max_examples=150, deadline=None)
@given(documents_of, documents_of, st.lists(decision_of, max_size=5))
def test_decisions_survive_every_rebuild(
    before: list[list[Entry]], after: list[list[Entry]], decisions: list[tuple[str, str, str | None]]
) -> None:
    kept, curated = decided(decisions)
    for documents in (before, after, []):
        found = build([DocumentTerms(str(k), tuple(d)) for k, d in enumerate(documents)], curated)
        for verb, zh, en in kept:
            holding = [c for c in found.concepts if zh_key(zh) in {zh_key(t.text) for t in c.of("zh-Hant")}]
            key, wanted, language = (en_key, en, "en") if en else (zh_key, zh, "zh-Hant")
            statuses = {t.status for c in holding for t in c.of(language) if key(t.text) == key(wanted)}  # type: ignore[arg-type]
            overruled = any(x.kind == "decision overruled" and x.terms == (zh,) for c in holding for x in c.conflicts)
            assert EXPECTED[verb] in statuses or (statuses and overruled)
            assert all(c.unsupported == (not c.documents) for c in holding)


@settings(max_examples=100, deadline=None)
@given(documents_of, st.lists(decision_of, max_size=4), st.randoms())
def test_the_order_of_documents_and_entries_does_not_matter(
    found: list[list[Entry]], decisions: list[tuple[str, str, str | None]], chance: random.Random
) -> None:
    _, curated = decided(decisions)
    documents = [DocumentTerms(str(k), tuple(d)) for k, d in enumerate(found)]
    shuffled = [DocumentTerms(d.name, tuple(chance.sample(d.entries, len(d.entries)))) for d in documents]
    chance.shuffle(shuffled)
    assert build(documents, curated) == build(iter(shuffled), curated)
    ids = [c.id for c in build(documents, curated).concepts]
    assert len(set(ids)) == len(ids)


def test_a_name_without_simplified_characters_is_left_as_it_is() -> None:
    found = glossary(curated="- add: 方郁文\n- add: 台湾软件\n- add: 臺灣軟體\n")
    both = [(c.text("zh-Hant"), c.text("zh-Hans")) for c in found.concepts]
    assert both == [("方郁文", "方郁文"), ("臺灣軟件", "台湾软件"), ("臺灣軟體", "台湾软体")]
