"""What only a person can settle: listed once, with the reports and with commands that settle it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from glossaries import entry, glossary

from pipeline.export.built import outputs
from pipeline.glossary.build import build
from pipeline.glossary.curate import contradictions, parse
from pipeline.glossary.model import DocumentTerms, Entry
from pipeline.glossary.settle import Matter, count, matters, show


def of(*documents: list[Entry], curated: str = "") -> list[Matter]:
    return matters(glossary(*documents, curated=curated))


SEVERAL_ENGLISH = [[entry("公正轉型", "just transition", kind="term", document="a")],
                   [entry("公正轉型", "fair transition", kind="term", document="b")]]
SEVERAL_CHINESE = [[entry("公正轉型", "just transition", kind="term")], [entry("公平轉型", "just transition", kind="term")]]
EXPANSIONS = [[entry("衛生福利部", "Ministry of Health", "MOH", document="a")],
              [entry("香港醫務所", "Medical Office of Hongkong", "MOH", document="b")]]


def test_one_term_with_several_renderings() -> None:
    [matter] = of(*SEVERAL_ENGLISH)
    assert (matter.kind, matter.message) == ("several English", "公正轉型 is just transition or fair transition") or \
        matter.message == "公正轉型 is fair transition or just transition"
    assert {(s.text, s.documents) for s in matter.sides} == {
        ("just transition [proposed]", ("a",)), ("fair transition [proposed]", ("b",))}
    text = show(matter)
    assert "會中由【公正轉型】（fair transition）說明辦理情形。" in text
    assert "duizhao decide --approve 公正轉型 --en" in text


def test_one_rendering_with_several_terms_is_listed_once() -> None:
    [matter] = of(*SEVERAL_CHINESE)
    assert matter.kind == "several Chinese"
    assert [s.documents for s in matter.sides] in ([("a",), ("b",)], [("b",), ("a",)])


def test_one_acronym_with_several_expansions() -> None:
    [matter] = of(*EXPANSIONS)
    assert matter.kind == "several expansions"
    assert {s.text.partition(" [")[0] for s in matter.sides} == {
        "衛生福利部 = Ministry of Health", "香港醫務所 = Medical Office of Hongkong"}


def test_several_affiliations_and_decisions_whose_evidence_is_gone() -> None:
    found = of([entry("陳世昌", kind="person", affiliation="勞動部")], [entry("陳世昌", kind="person", affiliation="文化局")],
               curated="- about: 陳世昌\n  note: ask\n- approve: 藍碳\n  en: blue carbon\n")
    gone, two = found
    assert [gone.kind, two.kind] == ["decision without evidence", "several affiliations"]
    assert "藍碳 = blue carbon [approved]: in no report" in show(gone)
    assert "(line 3)" in gone.message
    assert {s.text for s in two.sides} == {"勞動部", "文化局"}


def test_decisions_that_contradict_each_other() -> None:
    curated = parse("- approve: 藍碳\n- reject: 藍碳\n- edit: 碳匯\n  acronym: A\n- edit: 碳匯\n  acronym: B\n", check=False)
    found = matters(glossary(), contradictions(curated.decisions))
    assert [m.message for m in found] == [
        "glossary/curated.yaml, line 1: approve 藍碳 / glossary/curated.yaml, line 2: reject 藍碳",
        "glossary/curated.yaml, line 3: edit 碳匯 / glossary/curated.yaml, line 5: edit 碳匯"]
    assert count(found) == "2 to settle: decisions that contradict each other 2"
    assert count([]) == "no conflicts"


@pytest.mark.parametrize("documents", [SEVERAL_ENGLISH, SEVERAL_CHINESE], ids=["several English", "several Chinese"])
def test_the_commands_that_are_shown_settle_it(documents: list[list[Entry]], tmp_path: Path) -> None:
    [matter] = of(*documents)
    built = tmp_path / "glossary" / "built"
    built.mkdir(parents=True)
    (built / "glossary.json").write_bytes(outputs(glossary(*documents))["glossary.json"])
    for line in matter.how[: 2 if matter.kind == "several English" else 1]:
        command = re.search(r"duizhao (decide [^,;]*)", line)
        assert command
        subprocess.run([sys.executable, "-m", "pipeline.cli", *shlex.split(command[1])], cwd=tmp_path, check=True, capture_output=True)
    curated = parse((tmp_path / "glossary" / "curated.yaml").read_text("utf-8"))
    found = [DocumentTerms(chr(97 + k), tuple(e)) for k, e in enumerate(documents)]
    assert matters(build(found, curated)) == []


def test_the_command_lists_contradictions_that_stop_the_build(tmp_path: Path) -> None:
    built = tmp_path / "glossary" / "built"
    built.mkdir(parents=True)
    (built / "glossary.json").write_bytes(outputs(glossary(*SEVERAL_ENGLISH))["glossary.json"])
    (tmp_path / "glossary" / "curated.yaml").write_text("- approve: 藍碳\n- reject: 藍碳\n", "utf-8")
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "conflicts"], cwd=tmp_path, capture_output=True, check=True)
    assert "line 1: approve 藍碳 / " in done.stdout.decode()
    assert done.stderr.decode() == "2 to settle: decisions that contradict each other 1, several English 1\n"
