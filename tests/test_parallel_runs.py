"""Parallel reports in a run: what is aligned when, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from steel import EN, ZH, built, concept, project
from test_run import honest, killed_at, tree, worked

from pipeline.errors import InputError
from pipeline.run import Workspace, corpus, reset, run


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return project(tmp_path)


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
