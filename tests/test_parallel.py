"""Parallel reports: how well their sentences are aligned, and what is written of it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from beads import aligned, beads, gold, links, reports, score
from steel import EN, ZH, both
from translate.storage import tmx as toolkit

from pipeline.errors import InputError
from pipeline.parallel.english import sentences
from pipeline.parallel.lengths import Lengths
from pipeline.parallel.model import Alignment
from pipeline.parallel.numbers import in_chinese, in_english
from pipeline.parallel.write import jsonl, tmx, tsv
from pipeline.read import read_bytes
from pipeline.stages import chain


@pytest.fixture(scope="module")
def small() -> Alignment:
    return both()


# -- how well ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alignments() -> dict[Path, Alignment]:
    return {folder: aligned(folder) for folder in reports()}


def test_floor_of_the_reports_with_known_beads(alignments: dict[Path, Alignment]) -> None:
    strict = {folder.name: score(beads(a), gold(folder)).f1 for folder, a in alignments.items()}
    linked = {folder.name: score(links(beads(a)), links(gold(folder))).f1 for folder, a in alignments.items()}
    assert len(strict) >= 7
    assert sum(strict.values()) / len(strict) >= 0.98, strict
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
