"""A translation checked against the glossary: seeded errors are found, right translations pass."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

from pipeline.check import APPROVED, Checker, Finding
from pipeline.check.bitext import Segment, read
from pipeline.check.english import Finder, acronym_at, is_form
from pipeline.check.report import FORMATS
from pipeline.errors import InputError
from pipeline.glossary.curate import parse
from pipeline.glossary.model import LIVE, Glossary
from tests.glossaries import entry, glossary

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "check.yaml").read_text("utf-8"))
PAIRS = CASES["pairs"]


@cache
def decided() -> Glossary:
    return glossary(curated=CASES["glossary"])


def flagged(pair: dict[str, object], checker: Checker) -> list[Finding]:
    before = pair.get("before", [])
    segments = [Segment("report.en.txt", k, p["zh"], p["en"], True) for k, p in enumerate([*before, pair], 1)]  # type: ignore[misc, index]
    return [f for f in checker.check(segments) if f.segment == segments[-1]]


def check(zh: str, en: str, curated: str = "", **options: object) -> list[Finding]:
    found = glossary(curated=CASES["glossary"] + curated)
    return list(Checker(found.concepts, curated=parse(CASES["glossary"] + curated), **options).check(  # type: ignore[arg-type]
        [Segment("report.en.txt", 1, zh, en, True)]))


def measure() -> tuple[list[str], list[str], int]:
    """Seeded errors that are not found, false alarms, and how many errors were seeded."""
    checker = Checker(decided().concepts)
    missed, alarms, seeded = [], [], 0
    for pair in PAIRS:
        wanted = [tuple(flag) for flag in pair.get("flags", [])]
        found = [(f.rule, f.term) for f in flagged(pair, checker)]
        seeded += len(wanted)
        missed += [f"{rule} {term}: {pair['en']}" for rule, term in wanted if (rule, term) not in found]
        alarms += [f"{rule} {term}: {pair['en']}" for rule, term in found if (rule, term) not in wanted]
    return missed, alarms, seeded


def test_all_seeded_errors_are_found_and_at_most_two_right_pairs_flagged() -> None:
    missed, alarms, seeded = measure()
    assert len(PAIRS) >= 60
    assert seeded >= 40
    assert missed == []
    assert len(alarms) <= 2, alarms



@pytest.mark.parametrize(("word", "listed", "first", "is_one"), [
    ("societies", "society", False, True), ("society", "societies", False, True), ("agencies", "agency", False, True),
    ("crises", "crisis", False, True), ("workers'", "worker", False, True), ("agency's", "agency", False, True),
    ("phasing", "phase", True, True), ("planned", "plan", True, True), ("applied", "apply", True, True),
    ("built", "build", True, True), ("bus", "bu", False, False), ("analysis", "analysi", False, False),
    ("aging", "aged", True, False), ("house", "housing", True, False), ("trained", "train", False, False),
    ("ring", "r", True, False), ("businesses", "business", False, True), ("boxes", "box", False, True),
])
def test_forms_of_a_word(word: str, listed: str, first: bool, is_one: bool) -> None:
    assert is_form(word, listed, first) is is_one


@pytest.mark.parametrize(("term", "text", "found"), [
    ("labour force", "The labor force is ageing.", True), ("labor force", "The labour force is aging.", True),
    ("fibre programme", "Two fiber programs began.", True), ("travelling exhibition", "A traveling exhibition came.", True),
    ("neighbourhood centre", "It has neighborhood centers.", True), ("organised crime", "Organized crime fell.", True),
    ("pulmonary disease", "Pulmonary diseases fell.", True), ("fourth report", "Set forth in a forth report.", False),
    ("morning care", "They offer mourning care.", False), ("filling station", "At the filing station.", False),
    ("World Health Organization", "The World Health Organisation said so.", False),
    ("World Health Organization", "The World Health Organization said so.", True),
    ("Department of Labor", "The Department of Labour said so.", False),
    ("Global Wind Organisation", "The Global Wind-Organisation's rules.", True),
])
def test_british_and_american_are_one_but_in_names(term: str, text: str, found: bool) -> None:
    assert bool(Finder({term}).find(text)) is found


def test_acronyms_are_found_as_they_are_written() -> None:
    assert [(h.start, h.end) for h in acronym_at("SMEs and an SME's plan; smes, PSME, SME&Co", "SME")] == [(0, 4), (12, 17)]
    assert [(h.start, h.end) for h in acronym_at("COVID 19, COVID-19, COVID", "COVID-19")] == [(0, 8), (10, 18)]
    assert [(h.start, h.end) for h in acronym_at("SDG 8, SDGs, sdgs", "SDGs")] == [(0, 3), (7, 11)]


def test_half_of_a_compound_is_no_term() -> None:
    assert [h.start for h in Finder(["aged society"]).find("super-aged society, aged society-led, - aged society")] == [20, 40]


def test_a_name_of_one_word_has_a_capital() -> None:
    assert [h.start for h in Finder(["Parliament"]).find("parliament, Parliament")] == [12]


def test_what_is_expected_and_what_stands_there() -> None:
    [found] = check("工會支持公正轉型。", "The unions support a fair transition.")
    assert (found.rule, found.expected, found.found, found.segment.en[found.start : found.end]) == (
        "forbidden", ("just transition", "equitable transition"), "fair transition", "fair transition")
    [found] = check("環保局協助清運。", "The office helped.")
    assert (set(found.expected), found.senses) == ({"Environmental Protection Bureau", "Nature Conservation Bureau"}, True)
    assert "by what is meant" in found.message


def test_proposed_renderings_count_where_they_are_asked_for() -> None:
    found = glossary([entry("綠色技能聯盟", "Green Skills Alliance")])
    segments = [Segment("a.txt", 1, "綠色技能聯盟成立。", "A league was founded.")]
    assert (Checker(found.concepts, APPROVED).checkable, list(Checker(found.concepts, APPROVED).check(segments))) == (0, [])
    [flag] = Checker(found.concepts, LIVE).check(segments)
    assert (flag.rule, flag.expected) == ("missing", ("Green Skills Alliance",))


def test_acronyms_anywhere() -> None:
    assert check("勞動力發展署派員出席。", "The WDA sent delegates.", acronyms=False) == []


@pytest.mark.parametrize(("place", "silent"), [
    ("", True), ("  in: report.en.txt\n", True), ("  in: A fair   change is wanted.\n", True), ("  in: other.en.txt\n", False),
    ("  in: Another sentence.\n", False)])
def test_dismissed_alarms_are_silent(place: str, silent: bool) -> None:
    assert bool(check("推动公正转型。", "A fair change is wanted.", f"- dismiss: 公正轉型\n{place}")) is not silent


@pytest.mark.parametrize("term", ["勞發署", "勞動力發展署"])
def test_an_alarm_is_dismissed_by_what_stands_there_or_by_the_name(term: str) -> None:
    assert check("勞發署出席。", "It attended.", f"- dismiss: {term}\n") == []


def test_a_dismissal_changes_no_glossary() -> None:
    assert glossary(curated="- dismiss: 公正轉型\n").concepts == ()
    assert glossary(curated=CASES["glossary"] + "- dismiss: 公正轉型\n") == decided()


TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="zh-TW"/><body>
<tu><tuv xml:lang="zh-TW"><seg>推動<bpt i="1">&lt;b></bpt>公正轉型<ept i="1">&lt;/b></ept>。</seg></tuv>
<tuv xml:lang="en-GB"><seg>A <hi>just</hi> transition.</seg></tuv><tuv xml:lang="fr"><seg>Oui.</seg></tuv></tu>
<tu><tuv xml:lang="zh-TW"><seg>未譯</seg></tuv></tu></body></tmx>"""
XLIFF_12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="zh-Hant" original="a" datatype="plaintext"><body>
<trans-unit id="1"><source>A <g id="1">just</g> <x id="2"/>transition.</source><target>推動公正轉型。</target>
<alt-trans><source>Other.</source><target>其他。</target></alt-trans></trans-unit>
<trans-unit id="2"><source>Open.</source></trans-unit></body></file></xliff>"""
XLIFF_20 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-TW" trgLang="en"><file id="f">
<unit id="u"><segment><source>推動<pc id="1">公正轉型</pc>。</source><target>A <mrk id="m" type="term">just</mrk> transition.</target>
</segment><segment><source>未譯</source></segment></unit></file></xliff>"""
ONE = ("推動公正轉型。", "A just transition.")


@pytest.mark.parametrize(("name", "content", "line"), [
    ("a.tmx", TMX, 3), ("a.xlf", XLIFF_12, 3), ("a.xliff", XLIFF_20, 2), ("a.xml", XLIFF_20, 2),
    ("a.tsv", "推動公正轉型。\tA just transition.\n", 1), ("a.tsv", "id\ten\tzh-TW\n\n7\tA just transition.\t推動公正轉型。\n", 3),
    ("a.tsv", "1\tA just transition.\t推動公正轉型。\r\n2\t\t未譯\r\n", 1)])
def test_bilingual_files(name: str, content: str, line: int) -> None:
    assert [(s.zh, s.en, s.line, s.file) for s in read((name, content.encode()))] == [(*ONE, line, name)]


def test_two_texts_in_either_order() -> None:
    zh, en = ("zh.txt", "推動公正轉型。\n\n又。".encode()), ("en.txt", b"A just transition.\r\n\r\nAnd.\r\n\r\n")
    wanted = [Segment("en.txt", 1, *ONE, True), Segment("en.txt", 3, "又。", "And.", True)]
    assert read(zh, en) == read(en, zh) == wanted


@pytest.mark.parametrize(("files", "says"), [
    ([("zh.txt", "一\n二\n"), ("en.txt", "One\n")], "en.txt: it has 1 line and zh.txt has 2"),
    ([("zh.txt", "一\n"), ("en.txt", "")], "en.txt: is empty"),
    ([("zh.txt", "one\n"), ("en.txt", "One\n")], "there is no Chinese"),
    ([("a.tmx", "<tmx><body>")], "a.tmx, line 1: this is not XML"),
    ([("a.tmx", "<html/>")], "its root is html"),
    ([("a.tmx", "<tmx><body/></tmx>")], "no Chinese with its English"),
    ([("a.xlf", XLIFF_20.replace('"en"', '"fr"'))], "it is from zh-TW into fr"),
    ([("a.tsv", "推動公正轉型。\tA just transition.\n一\n")], "a.tsv, line 2: it has 1 column and others have more"),
    ([("a.tsv", "推動公正轉型。\n\t\n")], "a.tsv: it has one column only"),
    ([("a.docx", "PK")], "this is no TSV, TMX or XLIFF"),
])
def test_bad_input_is_said_in_a_line(files: list[tuple[str, str]], says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(*[(name, text.encode()) for name, text in files])
    assert says in str(caught.value)
    assert caught.value.remedy or "empty" in says or "root" in says


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    entities = f'<!DOCTYPE tmx [<!ENTITY in "inner"><!ENTITY out SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    content = entities + TMX.partition('"tmx14.dtd">')[2].replace("transition.", "transition.&in;&out;")
    assert [s.en for s in read(("a.tmx", content.encode()))] == ["A just transition."]


def test_every_format_has_line_and_term() -> None:
    found = check("工會支持公正轉型與學徒制。", "=The unions support a fair transition.")
    lines = FORMATS["text"](found).splitlines()
    assert lines[0].startswith("report.en.txt:1: 學徒制 should be \"apprenticeship\"")
    assert lines[1].startswith("report.en.txt:1:23: \"fair transition\" must not be used for 公正轉型")
    rows = json.loads(FORMATS["json"](found))
    assert [(r["line"], r["term"], r["en"][r["start"] : r["end"]]) for r in rows] == [(1, "學徒制", ""), (1, "公正轉型", "fair transition")]
    table = list(csv.DictReader(io.StringIO(FORMATS["csv"](found).removeprefix("\ufeff"), newline="")))
    assert [(r["line"], r["term"], r["expected"]) for r in table] == [("1", "學徒制", "apprenticeship"), ("1", "公正轉型", "just transition|equitable transition")]
    assert table[0]["en"].startswith("'=")
    log = json.loads(FORMATS["sarif"](found))
    [run] = log["runs"]
    rules = [r["id"] for r in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["termInSegment/v1"]) == 64
    region = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 23, "endColumn": 38, "snippet": {"text": "fair transition"}}
    assert json.loads(FORMATS["sarif"]([]))["runs"][0]["results"] == []


def test_the_command_stands_in_a_pipeline(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "pipeline.cli", "check", *arguments], cwd=tmp_path, capture_output=True,
                              text=True, encoding="utf-8", check=False)

    (tmp_path / "zh.txt").write_text("推動公正轉型。\n", "utf-8")
    (tmp_path / "right.txt").write_text("A just transition.\n", "utf-8")
    (tmp_path / "wrong.txt").write_text("A fair transition.\n", "utf-8")
    done = run("zh.txt", "right.txt")
    assert (done.returncode, "there is no built glossary" in done.stderr) == (2, True)
    built = tmp_path / "glossary" / "built"
    built.mkdir(parents=True)
    (built / "glossary.json").write_bytes(decided().to_json())
    assert run("zh.txt", "right.txt").returncode == 0
    done = run("zh.txt", "wrong.txt")
    assert (done.returncode, done.stdout.count("\n"), "1 flagged" in done.stderr) == (1, 1, True)
    assert run("zh.txt", "wrong.txt", "--format", "sarif", "--output", "found.sarif").returncode == 1
    assert json.loads((tmp_path / "found.sarif").read_text("utf-8"))["runs"][0]["results"]
    done = run("zh.txt", "wrong.txt", "--output", "zh.txt")
    assert (done.returncode, (tmp_path / "zh.txt").read_text("utf-8")) == (2, "推動公正轉型。\n")
    assert run("zh.txt", "none.txt").returncode == 2
    (tmp_path / "glossary" / "curated.yaml").write_text("- dismiss: 公正轉型\n  in: wrong.txt\n", "utf-8")
    assert run("zh.txt", "wrong.txt").returncode == 0
    (built / "glossary.json").write_bytes(Glossary().to_json())
    done = run("zh.txt", "right.txt")
    assert (done.returncode, "has no approved or admitted English rendering" in done.stderr) == (0, True)


if __name__ == "__main__":
    print(len(PAIRS), "pairs", *measure(), sep="\n")
