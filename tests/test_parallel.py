"""Parallel reports: how well their sentences are aligned, what a run does with them, and what the glossary gains."""

from __future__ import annotations

import json
import random
from pathlib import Path

import msgspec
import pytest
from beads import aligned, beads, gold, links, reports, score
from test_run import honest, killed_at, tree, worked
from translate.storage import tmx as toolkit

from pipeline.errors import InputError
from pipeline.export import page, tables, tbx
from pipeline.export.glossary_yaml import from_yaml, to_yaml
from pipeline.export.markdown import to_markdown
from pipeline.export.spreadsheet import csv_table
from pipeline.glossary import review
from pipeline.glossary.build import build
from pipeline.glossary.lookup import lookup, show
from pipeline.glossary.model import Concept, DocumentTerms, Glossary
from pipeline.parallel.english import sentences
from pipeline.parallel.english_names import expansions, names, people
from pipeline.parallel.lengths import Lengths
from pipeline.parallel.model import Alignment
from pipeline.parallel.numbers import in_chinese, in_english
from pipeline.parallel.report import align_documents
from pipeline.parallel.write import jsonl, tmx, tsv
from pipeline.read import read_bytes
from pipeline.run import Workspace, corpus, reset, run
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


@pytest.fixture(scope="module")
def small() -> Alignment:
    return both()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "raw").mkdir()
    (tmp_path / "glossary").mkdir()
    (tmp_path / "raw" / "steel.zh.txt").write_text(ZH, "utf-8")
    (tmp_path / "raw" / "steel.en.txt").write_text(EN, "utf-8")
    return Workspace(tmp_path)


def built(workspace: Workspace) -> Glossary:
    return Glossary.from_json((workspace.built / "glossary.json").read_bytes())


def concept(glossary: Glossary, term: str) -> Concept:
    return lookup(glossary, term)[0]


# -- how well ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alignments() -> dict[Path, Alignment]:
    return {folder: aligned(folder) for folder in reports()}


def test_floor_of_the_reports_with_known_beads(alignments: dict[Path, Alignment]) -> None:
    strict = {folder.name: score(beads(a), gold(folder)).f1 for folder, a in alignments.items()}
    linked = {folder.name: score(links(beads(a)), links(gold(folder))).f1 for folder, a in alignments.items()}
    assert len(strict) >= 7
    assert sum(strict.values()) / len(strict) >= 0.97, strict
    assert min(strict.values()) >= 0.95, strict
    assert min(linked.values()) >= 0.95, linked


def test_renderings_of_these_reports_are_right(alignments: dict[Path, Alignment]) -> None:
    """What is found is compared with the list of what the English gives; what is in neither is looked at by people."""
    found = right = 0
    for folder, a in alignments.items():
        rows = [line.split("\t") for line in (folder / "terms.tsv").read_text("utf-8").splitlines()[1:]]
        wanted = {(row[0], row[1]) for row in rows}
        found += len(a.renderings)
        right += sum((r.zh or "", r.en) in wanted for r in a.renderings)
    assert right >= 80
    assert right / found >= 0.95


def test_every_sentence_is_in_one_bead(alignments: dict[Path, Alignment]) -> None:
    for a in alignments.values():
        for side, numbers in ((a.zh, [k for p in a.pairs for k in p.zh]), (a.en, [k for p in a.pairs for k in p.en])):
            assert sorted(numbers) == list(range(len(side)))


def test_paragraphs_in_another_order_are_found(alignments: dict[Path, Alignment]) -> None:
    """The English sides of a report, their paragraphs shuffled at three places, have the same beads."""
    for folder, a in alignments.items():
        paragraphs = [[s.text for s in a.en if s.paragraph == k] for k in range(a.en[-1].paragraph + 1)]
        rnd = random.Random(folder.name)
        moved = rnd.randrange(len(paragraphs) // 4, len(paragraphs) // 2)
        paragraphs.insert(-2, paragraphs.pop(moved))
        zh = "\n\n".join("".join(s.text for s in a.zh if s.paragraph == k) for k in range(a.zh[-1].paragraph + 1))
        again = both(zh, "\n\n".join(" ".join(p) for p in paragraphs if p))
        assert score(links(beads(again)), links(beads(a))).f1 > 0.9, folder.name


# -- sentences, numbers, lengths --------------------------------------------------------------------------------------------


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
    ("The U.S. Department of Labor and St. Mary's agreed.", ["The U.S. Department of Labor and St. Mary's agreed."]),
    ("", []),
])
def test_english_sentences(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == wanted


def test_broken_and_hyphenated_english_lines_are_mended() -> None:
    lines = ("The delegation went to see how the high-", "way agency of the region would re-", "form its rules, and spot-",
             "checked what long-", "term work had been done in this well-", "known place for the work-",
             "ers who had asked for the in-", "crease of their pay in the year before.")
    mended = chain(read_bytes("\n".join(lines).encode(), "en.txt"), "repair").text
    for word in ("highway", "reform", "spot-checked", "long-term", "well-known", "workers", "increase"):
        assert word in mended


def test_lines_of_an_english_form_stay_apart_and_prose_with_a_colon_does_not() -> None:
    prose = ["The report has three parts that were written by different people, and it says in its first chapter:",
             "Training takes time and money, which small firms do not have. What they do have is people who know",
             "Their trade: each of them can teach what books cannot, and the report says how that could be used in",
             "the years to come. Nobody knows yet who is to pay for it, but the ministry has promised an answer soon.",
             "Until then the regions go on as before, each with its own rules and its own idea of what a good school",
             "should be. The authors visited nine of them, from the far north to the islands, and were received with",
             "coffee and with patience wherever they came. They thank all who answered their questions, and those who",
             "did not, for they had their reasons. A list of the schools stands at the end of the second part, in the",
             "order in which they were visited, together with the names of those who showed the authors around there."]
    form = ["Authors: Maria Lindqvist, Senior Adviser; Jonas Berg, Head of Unit, National Housing Board",
            "Published by: Institute for Building Research, Gothenburg", "Date of issue: 3 March 2024", ""]
    page = ["Schools for the Building Trades", "", *form, *prose]
    mended = chain(read_bytes("\n".join(page).encode(), "en.txt"), "repair").text.splitlines()
    assert mended[1:4] == form[:3]
    assert any("who know Their trade: each of them" in line for line in mended)


@pytest.mark.parametrize(("zh", "en"), [
    ("民國113年9月15日", "15 September 2024"), ("經費約180萬元", "about 1.8 million dollars"), ("減少八成", "eighty per cent fewer"),
    ("每十人有九人", "nine out of ten"), ("四分之一", "a quarter"), ("二百零五人", "two hundred and five people"),
    ("26億元", "2.6 billion dollars"), ("三、結語", "III. Closing remarks"), ("（二）預算", "(b) Budget"), ("百分之三十五", "35%"),
])
def test_numbers_in_both_languages_share_a_key(zh: str, en: str) -> None:
    english = in_english(en)
    for number in in_chinese(zh):
        if not any(k.startswith("#1") and len(number) == 1 for k in number if "十人" in zh):
            assert any(number & other for other in english), (number, english)


def test_lengths_are_those_of_gale_and_church() -> None:
    lengths = Lengths(3.0, 10.0)
    assert lengths.delta(20, 60) == 0
    assert lengths.delta(20, 90) > 0 > lengths.delta(20, 40)
    assert lengths.fit(20, 60) > lengths.fit(20, 90)
    assert Lengths.of([]) == Lengths()


@pytest.mark.parametrize(("zh", "en"), [("", EN), (EN, ZH), (EN, EN), (ZH, ZH)])
def test_sides_in_another_language_are_named(zh: str, en: str) -> None:
    with pytest.raises(InputError):
        both(zh, en)


# -- what is written --------------------------------------------------------------------------------------------------------


def test_beads_of_a_small_report(small: Alignment) -> None:
    pairs = {(small.text("zh", p.zh), small.text("en", p.en)) for p in small.pairs}
    assert ("中小企業最擔心的是申報成本。",
            "What small and medium-sized enterprises fear most is the cost of reporting.") in pairs  # in another order
    assert ("會後並參觀一座煉鋼廠。", "") in pairs  # not translated
    assert all(0.5 < p.score <= 1 for p in small.pairs if p.zh and p.en)


def test_tsv(small: Alignment) -> None:
    head, *rows = tsv(small).decode().splitlines()
    assert head.split("\t")[:3] == ["zh", "en", "score"]
    assert len(rows) == len(small.pairs)
    assert {len(row.split("\t")) for row in rows} == {6}


def test_tmx_is_read_by_others(small: Alignment, tmp_path: Path) -> None:
    (tmp_path / "r.tmx").write_bytes(tmx(small))
    with (tmp_path / "r.tmx").open("rb") as file:
        units = toolkit.tmxfile(file, "zh-TW", "en").units
    assert [(str(u.source), str(u.target)) for u in units] == [
        (small.text("zh", p.zh), small.text("en", p.en)) for p in small.pairs if p.zh and p.en]


def test_jsonl_says_where_sentences_stand(small: Alignment) -> None:
    for line in jsonl(small).decode().splitlines():
        row = json.loads(line)
        for side, raw in (("zh", ZH), ("en", EN)):
            for s in row[f"{side}_sentences"]:
                assert "".join(raw[s["start"] : s["end"]].split()) == "".join(s["text"].split())


def test_an_alignment_survives_json(small: Alignment) -> None:
    assert Alignment.from_json(small.to_json()) == small


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
    ("我方拜訪了港務局。", "We visited the City Museum of Modern Art.", "港務局"),
    ("農業部宣布了新的計畫。", "The Ministry of Justice announced a new plan.", "農業部"),
    ("陳美玲組長發言。", "Chen Wei-ting spoke as well.", "陳美玲"),
    ("道路安全法已經通過。", "The Road Safety Act Amendment Bill of 2020 has been passed.", "道路安全"),
]


@pytest.mark.parametrize(("zh", "en", "never"), NOTHING)
def test_no_rendering_where_the_two_do_not_say_the_same(zh: str, en: str, never: str) -> None:
    around = ("貨物在2019年增加了百分之七，達到三百萬噸。", "Freight grew by seven per cent in 2019, to three million tonnes.",
              "港口將在2030年完成擴建。", "The extension of the port will be complete in 2030.")
    found = both(f"{around[0]}{zh}{around[2]}\n", f"{around[1]} {en} {around[3]}\n").renderings
    assert never not in {r.zh for r in found}


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
    from pipeline.glossary.entries import entries

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


# -- in a run ---------------------------------------------------------------------------------------------------------------


def test_the_english_side_is_aligned_and_no_report_of_its_own(workspace: Workspace) -> None:
    report = run(workspace=workspace)
    assert not report.failures
    assert worked(report)["steel.en"] == ("read", "clean", "repair")
    assert [o.worked for o in report.aligned] == [("parallel",)]
    assert sorted(p.name for p in (workspace.processed / "parallel").iterdir()) == ["steel.json", "steel.tmx", "steel.tsv"]
    documents, glossary = corpus(workspace)
    assert [d.name for d in documents] == ["steel.zh"]
    assert glossary.documents == ("steel.zh",)
    assert concept(glossary, "CBAM").text("en", "full form") == "Carbon Border Adjustment Mechanism"


def test_nothing_changed_nothing_done(workspace: Workspace) -> None:
    run(workspace=workspace)
    before = {p: p.stat().st_mtime_ns for p in workspace.root.rglob("*")}
    again = run(workspace=workspace)
    assert worked(again) == {}
    assert [o.worked for o in again.aligned] == [()]
    assert again.built is False
    assert {p: p.stat().st_mtime_ns for p in workspace.root.rglob("*")} == before


def test_a_changed_english_side_redoes_that_alignment_alone(workspace: Workspace) -> None:
    for side, text in (("zh", ZH), ("en", EN)):
        (workspace.raw / f"other.{side}.txt").write_text(text, "utf-8")
    run(workspace=workspace)
    (workspace.raw / "steel.en.txt").write_text(EN.replace("took\npart", "attended"), "utf-8")
    report = run(workspace=workspace)
    assert worked(report) == {"steel.en": ("read", "clean", "repair")}
    assert {o.name: o.worked for o in report.aligned} == {"other": (), "steel": ("parallel",)}


@pytest.mark.parametrize("side", ["en", "zh"])
def test_a_side_that_is_gone_takes_its_outputs_along(workspace: Workspace, side: str) -> None:
    run(workspace=workspace)
    (workspace.raw / f"steel.{side}.txt").unlink()
    report = run(workspace=workspace)
    assert not report.failures
    assert f"steel.{side}" in report.removed
    assert not (workspace.processed / "parallel").exists()
    assert not [name for name in tree(workspace) if f"steel.{side}" in name]
    assert not any(t.source == "parallel" for c in built(workspace).concepts for t in c.terms)


def test_an_english_report_that_becomes_a_side_leaves_the_glossary(workspace: Workspace) -> None:
    chinese = workspace.raw / "steel.zh.txt"
    chinese.unlink()
    assert worked(run(workspace=workspace))["steel.en"][-1] == "terms"
    chinese.write_text(ZH, "utf-8")
    run(workspace=workspace)
    assert not (workspace.processed / "terms" / "steel.en.json").exists()
    assert built(workspace).documents == ("steel.zh",)


def test_a_side_that_cannot_be_read_stops_nothing_else(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.raw / "steel.en.txt").write_bytes(b"")
    report = run(workspace=workspace)
    assert len(report.failures) == 1
    assert report.built
    assert not (workspace.processed / "parallel" / "steel.tsv").exists()


def test_a_side_in_the_wrong_language_is_named_in_one_line(workspace: Workspace) -> None:
    (workspace.raw / "steel.en.txt").write_text(ZH, "utf-8")
    report = run(workspace=workspace)
    [line] = report.failures
    assert "steel.en.txt" in line
    assert "English" in line
    assert "\n" not in line
    assert report.built
    assert not (workspace.processed / "parallel").exists()


def test_what_is_no_translation_is_doubted(workspace: Workspace) -> None:
    other = "The harbour was dredged in winter.\n\nFreight grew by seven per cent.\n\nThe pilots asked for new boats.\n"
    (workspace.raw / "steel.en.txt").write_text(other, "utf-8")
    [outcome] = run(workspace=workspace).aligned
    [line] = outcome.notices
    assert line.startswith("raw/steel.en.txt: ")


def test_run_parallel_stops_before_the_glossary(workspace: Workspace) -> None:
    report = run("parallel", workspace)
    assert [o.worked for o in report.aligned] == [("parallel",)]
    assert report.built is None


def test_reset_removes_alignments(workspace: Workspace) -> None:
    run(workspace=workspace)
    assert not reset(workspace)
    assert not workspace.processed.exists()


def test_killed_while_aligning_nothing_half_written_counts_as_done(workspace: Workspace) -> None:
    run("terms", workspace)
    point = 1
    while killed_at(point, lambda: run("parallel", workspace)):
        assert not list(honest(workspace))
        point += 1
    assert point > 4
    assert not run(workspace=workspace).failures
    assert (workspace.processed / "parallel" / "steel.tsv").is_file()


def test_an_outdated_alignment_is_no_corpus(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.processed / "parallel" / "steel.json").write_bytes(b"{}")
    with pytest.raises(InputError):
        corpus(workspace)
