"""What the English side of a parallel report gives the glossary."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from steel import EN, ZH, both, built, concept, project

from pipeline.export import page, tables, tbx
from pipeline.export.glossary_yaml import from_yaml, to_yaml
from pipeline.export.markdown import to_markdown
from pipeline.export.spreadsheet import csv_table
from pipeline.glossary import review
from pipeline.glossary.build import build
from pipeline.glossary.entries import entries
from pipeline.glossary.lookup import show
from pipeline.glossary.model import DocumentTerms, Glossary
from pipeline.parallel.english_names import expansions, names, people
from pipeline.parallel.model import Alignment
from pipeline.parallel.renderings import SURE
from pipeline.read import read_bytes
from pipeline.run import Workspace, run
from pipeline.stages import chain


@pytest.fixture(scope="module")
def small() -> Alignment:
    return both()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return project(tmp_path)


# -- renderings -------------------------------------------------------------------------------------------------------------


def test_renderings_with_their_places_on_both_sides(small: Alignment) -> None:
    found = {(r.zh, r.en, r.acronym) for r in small.renderings}
    assert (None, "Carbon Border Adjustment Mechanism", "CBAM") in found
    assert ("歐洲鋼鐵協會", "European Steel Association", "EUROFER") in found
    assert ("陳美玲", "Chen Mei-ling", None) in found
    assert ("綠色鋼鐵行動計畫", "Green Steel Action Plan", None) in found
    for r in small.renderings:
        for e in r.evidence:
            assert e.other is not None
            assert ZH[e.start : e.end] == e.sentence[slice(*e.mark)] == (r.zh or r.acronym)
            assert " ".join(EN[e.other.start : e.other.end].split()) == e.other.sentence[slice(*e.other.mark)] == r.en
            assert (e.document, e.other.document) == ("r.zh", "r.en")


NOTHING = [  # the Chinese, the English, and what must not be said of it
    ("運輸署及警務處回覆了意見。", "The Transport Department and the Police Force replied.", "運輸署及警務處"),
    ("本會第三屆年會討論了海洋政策。", "The third annual meeting of the association discussed ocean policy.", "年會"),
    ("研究中心主任說明了成果。", "The Director of the Centre explained the results.", "研究中心"),
    ("我方於2021年3月拜訪了港務局，停留47分鐘。", "In March 2021 we visited the City Museum of Modern Art for 47 minutes.", "港務局"),
    ("農業部宣布了新的計畫。", "The Ministry of Justice announced a new plan.", "農業部"),
    ("林怡君組長於2022年9月12日發言，談到安全訓練。", "On 12 September 2022 Chen Wei-ting spoke of safety training.", "林怡君"),
    ("晚間在港口放映了「海的聲音」，有412人到場。", "In the evening, at the port, 412 people heard “Winter Journey by Train”.", "海的聲音"),
    ("學員在9月12日問「誰來付錢」，全場412人都笑了。", "On 12 September 412 people laughed: “That,” they said, “is What Ministers Do.”", "誰來付錢"),
    ("道路安全法已經在2020年6月通過。", "The Road Safety Act Amendment Bill was passed in June 2020.", "道路安全"),
]


def added(zh: str, en: str) -> Alignment:
    """The report with one more paragraph, whose two sides are surely a pair."""
    a = both(f"{ZH}\n{zh}\n", f"{EN}\n{en}\n")
    assert next(p.score for p in a.pairs if a.text("zh", p.zh) == zh) >= SURE
    return a


@pytest.mark.parametrize(("zh", "en", "never"), NOTHING)
def test_no_rendering_where_the_two_do_not_say_the_same(zh: str, en: str, never: str) -> None:
    assert never not in {r.zh for r in added(zh, en).renderings}


@pytest.mark.parametrize(("zh", "en", "title"), [
    ("晚間放映了「鹽與海的百年」，觀眾412人。", "In the evening “A Century of Salt” was shown to 412 people.", "A Century of Salt"),
    ("館內的「看得見的海」共展出86件作品。", "“Sea in Sight”, at the museum, shows 86 works.", "Sea in Sight"),
])
def test_a_title_that_is_the_only_one_on_either_side(zh: str, en: str, title: str) -> None:
    assert (zh.split("「")[1].split("」")[0], title) in {(r.zh, r.en) for r in added(zh, en).renderings}


def test_an_acronym_with_two_meanings_gets_neither() -> None:
    zh = "會議討論了ETS的收費。\n\n代表也問到ETS的安全。\n"
    en = ("The meeting discussed charges under the Emissions Trading System (ETS).\n\n"
          "Delegates also asked about the safety of the Electronic Toll Service (ETS).\n")
    assert "ETS" not in {r.acronym for r in both(zh, en).renderings}


def test_names_end_where_the_capitals_do() -> None:
    found = {n.text for n in names("In 2020 the Road Traffic Safety Basic Act of Taiwan’s Executive Yuan (EY) was passed.")}
    assert "Road Traffic Safety Basic Act" in found
    assert "Executive Yuan" in found
    assert not {"Road Traffic Safety", "Safety Basic Act", "In 2020"} & found
    assert next(n for n in names("It joined the World Trade Organization (WTO).")).acronym == "WTO"


def test_titles_keep_their_article_and_namesakes_are_nobody() -> None:
    assert "The Taste of the Mine" in {n.text for n in names("It showed “The Taste of the Mine” in May.")}
    assert "Cheng Kung" not in {n.text for n in people("The panel was reviewed by National Cheng Kung University.")}
    assert "Chen Mei-ling" in {n.text for n in people("It was led by Division Director Chen Mei-ling.")}


def test_acronyms_and_what_they_stand_for() -> None:
    assert [(e.acronym, e.text) for e in expansions("It uses hydrofluorocarbons (HFCs) and the GSP (Good Supply Practice).")] \
        == [("HFCs", "hydrofluorocarbons"), ("GSP", "Good Supply Practice")]
    for name, acronym in (
            ("China National Accreditation Service for Conformity Assessment", "CNAS"),  # whose letters CoNformity ASsessment has
            ("International Centre for the Study of the Preservation and Restoration of Cultural Property", "ICCROM"),
            ("National Observatory of Energy Poverty", "ONPE"),
            ("Hong Kong Federation of the Blind", "HKFB")):
        assert [e.text for e in expansions(f"In Rome it was shown to the {name} ({acronym}) last year.")] == [name]
        assert [e.text for e in expansions(f"The {name} ({acronym}) was asked.")] == [name]
    assert not expansions("They met in Geneva (WHO).")
    assert not expansions("It was sold to China (PRC) and others (OK).")


# -- in the glossary --------------------------------------------------------------------------------------------------------


def test_renderings_are_uncertain_however_many_reports_give_them(small: Alignment) -> None:
    many = [DocumentTerms(f"r{k}.zh", small.renderings) for k in range(9)]
    glossary = build(many)
    for c in glossary.concepts:
        assert c.status == "uncertain"
        assert {t.status for t in c.terms} == {"uncertain"}
    assert concept(glossary, "歐洲鋼鐵協會").of("en")[0].source == "parallel"


def test_a_rendering_that_a_report_gives_itself_is_not_uncertain(small: Alignment) -> None:
    own = chain(read_bytes("歐洲鋼鐵協會（European Steel Association, EUROFER）於2024年發表報告。".encode(), "own.txt"))
    alone = build([entries(own)])
    together = build([entries(own), DocumentTerms("r.zh", small.renderings)])
    assert concept(together, "歐洲鋼鐵協會").status == concept(alone, "歐洲鋼鐵協會").status == "proposed"


DECIDED = [
    ("- approve: 歐洲鋼鐵協會\n  en: European Steel Association\n", "歐洲鋼鐵協會", "European Steel Association", "approved"),
    ("- reject: 歐洲鋼鐵協會\n  en: European Steel Association\n", "歐洲鋼鐵協會", "European Steel Association", "rejected"),
    ("- forbid: 歐洲鋼鐵協會\n  en: European Steel Association\n", "歐洲鋼鐵協會", "European Steel Association", "forbidden"),
    ("- reject: Carbon Border Adjustment Mechanism\n", "Carbon Border Adjustment Mechanism",
     "Carbon Border Adjustment Mechanism", "rejected"),
]


@pytest.mark.parametrize(("said", "term", "en", "status"), DECIDED)
def test_decisions_win_on_every_rebuild(workspace: Workspace, said: str, term: str, en: str, status: str) -> None:
    workspace.curated.write_text(said, "utf-8")
    for text in (EN, EN.replace("hosted", "organised"), EN):
        (workspace.raw / "steel.en.txt").write_text(text, "utf-8")
        assert not run(workspace=workspace).failures
        found = concept(built(workspace), term)
        assert {t.text: t.status for t in found.of("en", "full form")}[en] == status
        assert not found.unsupported
        assert not found.conflicts


def test_a_rejected_rendering_leaves_the_chinese_term_and_the_acronym(workspace: Workspace) -> None:
    workspace.curated.write_text("- reject: 陳美玲\n  en: Chen Mei-ling\n- reject: Carbon Border Adjustment Mechanism\n", "utf-8")
    run(workspace=workspace)
    glossary = built(workspace)
    assert concept(glossary, "陳美玲").status not in ("rejected", "forbidden")
    assert any(c.status == "uncertain" and c.text("en", "acronym") == "CBAM" and not c.of("en", "full form")
               for c in glossary.concepts)


def test_every_output_shows_both_sides(workspace: Workspace) -> None:
    run(workspace=workspace)
    glossary = built(workspace)
    found = concept(glossary, "歐洲鋼鐵協會")
    english = "It was hosted by the European Steel Association (EUROFER), and 38 companies took part."
    marked = english.replace("European Steel Association", "【European Steel Association】", 1)
    assert "steel.en" in show(found)
    assert marked in show(found)
    assert review.gloss(found.evidence[0]) == "European Steel Association"
    assert marked in tables.to_csv(glossary).decode()
    assert marked in csv_table(glossary, status="all").files[0].decode()
    for version in (tbx.v2, tbx.v3):
        written = version(glossary, status="all").files[0].decode()
        assert f"{english}</descrip>" in written
        assert "steel.en, page 1" in written
    assert "the <b>European Steel Association</b> (EUROFER)" in to_markdown(glossary)
    assert "steel.en" in page.to_page(glossary).decode()
    assert from_yaml(to_yaml(glossary)) == glossary
    assert Glossary.from_json(glossary.to_json()) == glossary
    assert '"other"' not in to_yaml(msgspec.structs.replace(glossary, concepts=()))
