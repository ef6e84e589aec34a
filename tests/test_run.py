"""Runs: what is redone and what is not, what one bad report does to the others, and what is left when a run is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import stages, store
from pipeline.engines import processes, serial
from pipeline.errors import InputError
from pipeline.run import Outcome, Report, Workspace, reset, run

WIND = """離岸風電安全研習紀要

壹、緣起

能源署於2023年11月參加全球風能組織（Global Wind
Organisation, GWO）年會，其後與該組織簽署合作備忘錄，並推動
《海上作業安全指引》（Offshore Safety Guidelines）。
"""
CARE = """高齡照顧科技交流紀要

壹、緣起

衛生主管機關邀請北歐照顧科技聯盟（Nordic Care Technology
Alliance, NCTA）來訪，雙方就照顧人力與輔助科技交換意見。
"""
ALL = ("read", *(stage.name for stage in stages.STAGES))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "raw").mkdir()
    (tmp_path / "glossary").mkdir()
    (tmp_path / "raw" / "wind.txt").write_text(WIND, "utf-8")
    (tmp_path / "raw" / "care.txt").write_text(CARE, "utf-8")
    return Workspace(tmp_path)


def tree(workspace: Workspace) -> dict[str, bytes]:
    """Everything that is built, temporary files and all."""
    found = [p for root in (workspace.processed, workspace.built) for p in root.rglob("*") if p.is_file()]
    return {p.relative_to(workspace.root).as_posix(): p.read_bytes() for p in found}


def worked(report: Report) -> dict[str, tuple[str, ...]]:
    return {o.name: o.worked for o in report.outcomes if o.worked}


def test_everything_once_and_then_nothing(workspace: Workspace) -> None:
    seen: list[tuple[str, int]] = []
    first = run(workspace=workspace, progress=lambda outcome, total: seen.append((outcome.name, total)))
    assert worked(first) == {"care": ALL, "wind": ALL}
    assert first.built
    assert not first.failures
    assert seen == [("care", 2), ("wind", 2)]
    for stage in ALL:
        assert (workspace.processed / stage / "wind.json").is_file()
    assert "全球風能組織" in (workspace.built / "glossary.yaml").read_text("utf-8")
    before = {p: p.stat().st_mtime_ns for p in workspace.root.rglob("*")}
    second = run(workspace=workspace)
    assert worked(second) == {}
    assert second.built is False
    assert {p: p.stat().st_mtime_ns for p in workspace.root.rglob("*")} == before


def test_a_changed_report_is_redone_alone(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.raw / "wind.txt").write_text(WIND + "\n該組織將持續辦理訓練。\n", "utf-8")
    report = run(workspace=workspace)
    assert worked(report) == {"wind": ALL}
    assert report.built


def test_a_touched_report_with_the_same_content_is_fresh(workspace: Workspace) -> None:
    run(workspace=workspace)
    os.utime(workspace.raw / "wind.txt", (1, 1))
    assert worked(run(workspace=workspace)) == {}


def test_a_report_that_is_gone_takes_its_outputs_along(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.raw / "wind.txt").unlink()
    report = run(workspace=workspace)
    assert report.removed == ("wind",)
    assert not [name for name in tree(workspace) if "wind" in name]
    assert "全球風能組織" not in (workspace.built / "glossary.yaml").read_text("utf-8")


def test_one_stage_brings_up_what_it_needs_and_no_more(workspace: Workspace) -> None:
    report = run("repair", workspace)
    assert worked(report) == {"care": ALL[:3], "wind": ALL[:3]}
    assert report.built is None
    assert not (workspace.processed / "segment").exists()
    assert worked(run(workspace=workspace)) == {"care": ALL[3:], "wind": ALL[3:]}


def test_a_lost_or_changed_output_is_made_again(workspace: Workspace) -> None:
    run(workspace=workspace)
    expected = tree(workspace)
    (workspace.processed / "repair" / "wind.txt").unlink()
    (workspace.processed / "clean" / "care.json").write_bytes(b"{}")
    report = run(workspace=workspace)
    assert worked(report) == {"wind": ("repair",), "care": ("clean",)}
    assert tree(workspace) == expected


def test_a_change_in_the_decisions_redoes_words_but_not_repair(workspace: Workspace) -> None:
    run(workspace=workspace)
    workspace.curated.write_text("- approve: 海上作業安全指引\n  en: Offshore Safety Guidelines\n  kind: work\n", "utf-8")
    again = worked(run(workspace=workspace))
    assert "segment" in again["wind"]
    assert "repair" not in again["wind"]


BAD = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64),
    "broken.pdf": b"%PDF-1.4\nthis is no PDF\n",
}


def test_bad_reports_do_not_stop_the_good_ones(workspace: Workspace) -> None:
    for name, data in BAD.items():
        (workspace.raw / name).write_bytes(data)
    report = run(workspace=workspace)
    assert sorted(worked(report)) == ["care", "wind"]
    assert len(report.failures) == len(BAD)
    for name, line in zip(sorted(BAD), sorted(report.failures), strict=True):
        assert line.startswith(f"raw/{name}")
        assert "\n" not in line
        assert "fault of the program" not in line
    assert not [name for name in tree(workspace) if "empty" in name or "broken" in name]
    again = run(workspace=workspace)
    assert worked(again) == {}
    assert again.failures == report.failures


def test_a_report_that_goes_bad_takes_its_old_outputs_along(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.raw / "wind.txt").write_bytes(b"")
    assert len(run(workspace=workspace).failures) == 1
    assert not [name for name in tree(workspace) if "wind" in name]


def test_our_own_fault_is_said_and_the_other_reports_go_on(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    repair = stages.BY_NAME["repair"]

    def fail(document: object) -> None:
        if getattr(document, "name", "") == "wind":
            raise IndexError("index out of range")
        return repair.function(document)

    fail.__module__ = repair.function.__module__
    monkeypatch.setitem(stages.BY_NAME, "repair", repair._replace(function=fail))
    report = run(workspace=workspace)
    assert worked(report)["care"] == ALL
    (line,) = report.failures
    assert line.startswith("raw/wind.txt: repair failed")
    assert "IndexError" in next(o.details for o in report.outcomes if o.name == "wind")
    assert (workspace.processed / "clean" / "wind.json").exists()


def test_a_missing_package_stops_at_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = stages.BY_NAME["clean"]

    def fail(document: object) -> None:
        raise ModuleNotFoundError("No module named 'jieba'", name="jieba")

    fail.__module__ = clean.function.__module__
    monkeypatch.setitem(stages.BY_NAME, "clean", clean._replace(function=fail))
    with pytest.raises(ModuleNotFoundError):
        run(workspace=workspace)


def test_reports_of_one_name_are_told_apart(workspace: Workspace) -> None:
    (workspace.raw / "wind.TXT").write_text(CARE, "utf-8")
    (workspace.raw / "2024").mkdir()
    (workspace.raw / "2024" / "wind.txt").write_text(CARE, "utf-8")
    (workspace.raw / ".hidden.txt").write_text(CARE, "utf-8")
    (workspace.raw / "notes.docx").write_bytes(b"PK")
    report = run("read", workspace)
    assert sorted(worked(report)) == ["2024/wind", "care", "wind"]
    (line,) = report.failures
    assert "has the same name" in line
    assert (workspace.processed / "read" / "2024" / "wind.txt").exists()


def test_a_folder_without_raw_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "processed").mkdir()
    (tmp_path / "processed" / "mine.txt").write_text("x")
    with pytest.raises(InputError, match="no such folder"):
        run(workspace=Workspace(tmp_path))
    assert (tmp_path / "processed" / "mine.txt").exists()


def test_what_is_no_report_is_named_and_what_is_hidden_is_not(workspace: Workspace) -> None:
    for name in ("letter.docx", ".notes.txt", "drafts/list.md"):
        (workspace.raw / name).parent.mkdir(exist_ok=True)
        (workspace.raw / name).write_text("x", "utf-8")
    (workspace.raw / "moved.txt").symlink_to(workspace.root / "nowhere.txt")
    report = run("read", workspace)
    assert report.left == ("raw/drafts/list.md", "raw/letter.docx")
    (line,) = report.failures
    assert line == "raw/moved.txt: No such file or directory"


def test_a_malformed_curated_file_stops_before_anything_is_touched(workspace: Workspace) -> None:
    run(workspace=workspace)
    before = tree(workspace)
    workspace.curated.write_text("- approve: [\n", "utf-8")
    (workspace.raw / "wind.txt").unlink()
    with pytest.raises(InputError, match=r"curated\.yaml, line"):
        run(workspace=workspace)
    assert tree(workspace) == before


def test_a_built_file_edited_by_hand_is_left_and_named(workspace: Workspace) -> None:
    run(workspace=workspace)
    path = workspace.built / "glossary.csv"
    path.write_bytes(path.read_bytes() + b"mine,,\r\n")
    for _ in range(2):
        report = run(workspace=workspace)
        (line,) = report.failures
        assert "glossary.csv" in line
        assert "curated.yaml" in line
        assert path.read_bytes().endswith(b"mine,,\r\n")
    path.unlink()
    assert not run(workspace=workspace).failures
    assert path.exists()


def test_reset_removes_what_was_built_and_nothing_else(workspace: Workspace) -> None:
    run(workspace=workspace)
    (workspace.processed / "clean" / "wind.txt").write_text("edited", "utf-8")
    (workspace.processed / "mine.txt").write_text("mine", "utf-8")
    (line,) = reset(workspace)
    assert "wind.txt" in line
    assert set(tree(workspace)) == {"processed/clean/wind.txt", "processed/mine.txt"}
    assert sorted(p.name for p in workspace.raw.iterdir()) == ["care.txt", "wind.txt"]


def test_processes_give_what_one_process_gives(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace=workspace, engine=serial)
    expected = tree(workspace)
    reset(workspace)
    (workspace.raw / "empty.txt").write_bytes(b"")
    report = run(workspace=workspace, engine=processes(2))
    assert len(report.failures) == 1
    assert tree(workspace) == expected


def test_two_runs_at_once_do_no_harm(workspace: Workspace) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "run"]
    both = [subprocess.Popen(command, cwd=workspace.root, stderr=subprocess.PIPE) for _ in range(2)]
    for one in both:
        _, err = one.communicate()
        assert one.returncode == 0, err.decode()
    report = run(workspace=workspace)
    assert worked(report) == {}
    assert not report.failures
    assert not [name for name in tree(workspace) if name.endswith(".tmp")]


# -- being killed ----------------------------------------------------------------------------------------------------------


def killed_at(point: int, action: Callable[[], object]) -> bool:
    """Run ``action`` in a child that kills itself (SIGKILL) at its ``point``-th step on the disk; whether it got that far.

    Steps are: before a file is written, in the middle of it, before it takes its place, and after.
    """
    child = os.fork()
    if child == 0:
        steps = iter(range(1, 1_000_000))

        def step() -> None:
            if next(steps) == point:
                os.kill(os.getpid(), signal.SIGKILL)

        replace = os.replace

        def write_bytes(self: Path, data: bytes) -> int:
            step()
            with open(self, "wb", buffering=0) as file:
                file.write(data[: len(data) // 2])
                step()
                return file.write(data[len(data) // 2 :])

        def replace_with_steps(source: Path, target: Path) -> None:
            step()
            replace(source, target)
            step()

        Path.write_bytes = write_bytes  # type: ignore[method-assign]
        os.replace = replace_with_steps  # type: ignore[assignment]
        try:
            action()
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def honest(workspace: Workspace) -> Iterator[str]:
    """The records whose files are not what they say."""
    for root in (workspace.processed, workspace.built):
        kept = store.Store(root)
        for id in kept.ids():
            record = kept.record(id)
            if id != "glossary-begun" and record and any(kept.holds(path) != d for path, d in record.outputs.items()):
                yield id


def test_killed_at_any_step_nothing_half_written_counts_as_done(workspace: Workspace) -> None:
    (workspace.raw / "care.txt").unlink()
    run(workspace=workspace)
    expected = tree(workspace)
    reset(workspace)
    point, kills = 1, 0
    while killed_at(point, lambda: run(workspace=workspace)):
        kills += 1
        assert not list(honest(workspace))
        assert {name: data for name, data in tree(workspace).items() if name in expected and expected[name] != data} == {}
        if point % 10 == 0:  # taken up from where it stood
            report = run(workspace=workspace)
            assert not report.failures
            assert tree(workspace) == expected
        reset(workspace)
        point += 1
    assert kills > 50
    assert tree(workspace) == expected


def test_killed_while_a_changed_report_is_redone_and_then_changed_back(workspace: Workspace) -> None:
    (workspace.raw / "care.txt").unlink()
    run(workspace=workspace)
    expected = tree(workspace)
    for point in range(3, 100, 7):
        (workspace.raw / "wind.txt").write_text(WIND.replace("年會", "大會"), "utf-8")
        if not killed_at(point, lambda: run(workspace=workspace)):
            break
        (workspace.raw / "wind.txt").write_text(WIND, "utf-8")
        assert not run(workspace=workspace).failures
        assert tree(workspace) == expected


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_real_run_that_is_stopped_is_taken_up(workspace: Workspace, number: signal.Signals) -> None:
    for k in range(6):
        (workspace.raw / f"more-{k}.txt").write_text(CARE.replace("紀要", f"紀要之{k}"), "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "run"]
    process = subprocess.Popen(command, cwd=workspace.root, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stderr.readline().startswith("care: read clean")
    process.send_signal(number)
    _, err = process.communicate()
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert "Traceback" not in err
    assert not list(honest(workspace))
    outcomes: list[Outcome] = []
    report = run(workspace=workspace, progress=lambda outcome, total: outcomes.append(outcome))
    assert not report.failures
    assert "care" not in worked(report)
    assert {o.name for o in outcomes} == {"care", "wind", *(f"more-{k}" for k in range(6))}
    assert not [name for name in tree(workspace) if name.endswith(".tmp")]


def test_a_run_killed_after_its_last_write_leaves_no_note_of_a_build_begun(workspace: Workspace) -> None:
    run(workspace=workspace)
    expected = tree(workspace)
    kept = store.Store(workspace.built)
    kept.note("glossary-begun", "key", {})
    run(workspace=workspace)
    assert tree(workspace) == expected
