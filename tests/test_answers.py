"""Lists that came back from a spreadsheet, and single decisions on the command line."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from glossaries import entry, glossary
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.export.built import outputs
from pipeline.export.tables import COLUMNS, to_csv
from pipeline.glossary.answers import decisions, rows
from pipeline.glossary.curate import Decision, Fields, parse
from pipeline.glossary.decisions import written
from pipeline.glossary.model import Glossary

FOUND = glossary(
    [entry("公正轉型", "just transition", "JT", kind="term"), entry("藍碳", kind="term"), entry("陳世昌", kind="person")],
    [entry("公正轉型", "fair transition", kind="term", confidence=0.7), entry(en="Erik Nyström", kind="person")],
    [entry("赫爾辛堡", "Helsingborg", kind="place"), entry("-減碳", "=carbon cut", kind="term")],
)
Table = list[list[str]]


def table(found: Glossary = FOUND) -> Table:
    return list(csv.reader(io.StringIO(to_csv(found).decode("utf-8-sig"), newline="")))


def filled(cells: dict[tuple[str, str], dict[str, str]], found: Table | None = None) -> Table:
    """glossary.csv with cells of some rows, by their (zh-Hant, en), filled in."""
    out = []
    for row in found or table():
        named = dict(zip(COLUMNS, row, strict=True))
        out.append(list((named | cells.get((named["zh-Hant"], named["en"]), {})).values()))
    return out


def saved(found: Table, separator: str = ",", encoding: str = "utf-8-sig", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(found)
    return out.getvalue().encode(encoding, "replace")


def said(data: bytes, curated: str = "") -> tuple[list[Decision], list[str]]:
    found, encoding = rows(data, "list.csv")
    made, mistakes = decisions(found, FOUND, parse(curated).decisions, "list.csv", encoding)
    return made, [str(m) for m in mistakes]


ANSWERS = {
    ("公正轉型", "just transition"): {"status": "approved", "notes": "so says the law"},
    ("公正轉型", "fair transition"): {"status": "Forbidden"},
    ("藍碳", ""): {"status": "approve", "en": "blue carbon", "short forms": "碳 | 藍"},
    ("陳世昌", ""): {"role": "副署長"},
    ("", "Erik Nyström"): {"status": "rejected"},
    ("赫爾辛堡", "Helsingborg"): {"notes": "a city, not the ferry"},
}
EXPECTED = """- approve: 公正轉型
  en: just transition
  note: so says the law
- forbid: 公正轉型
  en: fair transition
- approve: 藍碳
  to: {en: blue carbon}
  short: [碳, 藍]
- edit: 陳世昌
  role: 副署長
- reject: Erik Nyström
- about: 赫爾辛堡
  en: Helsingborg
  note: a city, not the ferry
"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp950", "gb18030"])
def test_every_row_that_says_something_new_is_a_decision(separator: str, encoding: str) -> None:
    made, mistakes = said(saved(filled(ANSWERS), separator, encoding))
    assert mistakes == []
    assert sorted("".join(map(written, made)).split("- ")) == sorted(EXPECTED.split("- "))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp950"])
def test_a_list_that_nobody_touched_says_nothing(encoding: str) -> None:
    assert said(saved(table(), encoding=encoding)) == ([], [])


def test_what_a_spreadsheet_does_to_a_file_changes_nothing() -> None:
    found = [[*row, "", ""] for row in table()] + [[""] * 22]
    assert said(b"sep=;\r\n" + saved(found, ";", "utf-8")) == ([], [])
    assert said(saved([row[:9] for row in table()], "\t", "utf-16", "\n")) == ([], [])


def test_a_list_that_was_taken_over_says_nothing_the_second_time() -> None:
    data = saved(filled(ANSWERS))
    made, _ = said(data)
    assert len(made) == 6
    again, mistakes = said(data, "".join(map(written, made)))
    assert (again, mistakes) == ([], [])


def test_an_older_list_does_not_take_decisions_back() -> None:
    curated = "- approve: 公正轉型\n  en: just transition\n- reject: 藍碳\n"
    assert said(saved(table()), curated) == ([], [])


def test_a_rendering_corrected_in_its_cell() -> None:
    made, mistakes = said(saved(filled({("公正轉型", "fair transition"): {"status": "approved", "en": "equitable transition"}})))
    assert mistakes == []
    assert made == [Decision("approve", "公正轉型", 0, en="fair transition", to=Fields(en="equitable transition"))]


def test_rows_without_id_are_known_by_their_names_and_new_ones_added() -> None:
    made, mistakes = said(saved([
        ["zh", "en", "status", "kind"],
        ["公正转型", "Just Transition", "approved", ""],
        ["以工代賑", "work relief", "approved", "term"],
        ["工作坊", "Conference", "rejected", ""],
        ["", "Vera Lind", "", ""],
    ]))
    assert mistakes == []
    assert [(str(d), d.to) for d in made] == [
        ("approve 公正轉型 = just transition", Fields()),
        ("add 以工代賑 = work relief", Fields(kind="term")),
        ("reject 工作坊 = Conference", Fields()),
    ]


@pytest.mark.parametrize(("cells", "curated", "says"), [
    ({("藍碳", ""): {"status": "aproved"}}, "", "there is no status aproved; there are approved, admitted"),
    ({("藍碳", ""): {"status": "approved", "kind": "event"}}, "", "there is no kind event; there are person"),
    ({("藍碳", ""): {"status": "approved", "zh-Hant": "blue"}}, "", "blue is not Chinese; give"),
    ({("藍碳", ""): {"status": "approved"}}, "- reject: 藍碳\n", "contradicts reject in line 1 of what was decided before"),
    ({("藍碳", ""): {"status": "rejected", "role": "長官"}}, "", "it is rejected, and other cells were changed"),
    ({("藍碳", ""): {"status": "approved", "id": "c0", "zh-Hant": "綠碳"}}, "", "no entry of the glossary has the id c0"),
    ({("公正轉型", "fair transition"): {"status": "approved", "en": "just transition"}}, "- forbid: 公正轉型\n  en: just transition\n",
     "contradicts forbid in line 1"),
])
def test_a_mistake_is_named_by_its_row(cells: dict[tuple[str, str], dict[str, str]], curated: str, says: str) -> None:
    found = filled(cells)
    number = next(k for k, (old, new) in enumerate(zip(table(), found, strict=True), 1) if old != new)
    _, [mistake] = said(saved(found), curated)
    assert mistake.startswith(f"list.csv, row {number}: ")
    assert says in mistake


@pytest.mark.parametrize(("data", "says"), [
    (b"", "is empty"),
    ("中文,英文\n藍碳,blue carbon\n".encode(), "row 1: no column is called status"),
    (b"status,en\napproved,blue carbon\n", "row 1: no column is called zh-Hant"),
    ('zh,en,status\n"藍碳,blue carbon\n'.encode(), "this is not CSV"),
    (b"PK\x03\x04" + bytes(40), "list.csv"),
])
def test_what_is_no_such_list_is_said(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        rows(data, "list.csv")


def test_a_list_of_the_decided_rows_alone_with_few_columns() -> None:
    wanted = [COLUMNS.index(name) for name in ("id", "zh-Hant", "en", "acronym", "status")]
    for row in table()[1:]:
        made, mistakes = said(saved([[COLUMNS[k] for k in wanted], [[*row[:1], "rejected", *row[2:]][k] for k in wanted]]))
        assert ([d.verb for d in made], mistakes) == (["reject"], [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["", "approved", "admitted", "forbidden", "rejected", "proposed"]), min_size=7, max_size=7))
def test_any_statuses_make_a_file_that_can_be_read(statuses: list[str]) -> None:
    head, *body = table()
    made, mistakes = said(saved([head, *([row[0], status, *row[2:]] for row, status in zip(body, statuses, strict=True))]))
    assert mistakes == []
    assert len(made) == sum(status not in ("", "proposed") for status in statuses)
    assert len(parse("".join(map(written, made))).decisions) == len(made)


# -- the command --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "glossary" / "built").mkdir(parents=True)
    (tmp_path / "glossary" / "curated.yaml").write_text("# ours\n", "utf-8")
    (tmp_path / "glossary" / "built" / "glossary.json").write_bytes(outputs(FOUND)["glossary.json"])
    return tmp_path


def decide(workspace: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard error, and what was added to the file."""
    file = workspace / "glossary" / "curated.yaml"
    before = file.read_text("utf-8")
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "decide", *arguments], cwd=workspace, capture_output=True,
                          check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    after = file.read_text("utf-8")
    assert after.startswith(before)
    return done.returncode, done.stderr.decode(), after[len(before):]


def test_decisions_one_by_one(workspace: Path) -> None:
    status, told, added = decide(workspace, "--approve", "公正转型", "--en", "Just transition", "--note", "law: yes")
    assert (status, added) == (0, "- approve: 公正转型\n  en: Just transition\n  note: \"law: yes\"\n")
    assert "make all" in told
    assert decide(workspace, "--approve", "公正轉型", "--en", "just transition")[1:] == (
        "nothing new: what is decided stands in glossary/curated.yaml\n", "")
    assert decide(workspace, "--admit", "公平轉型", "--of", "公正轉型")[2] == "- admit: 公平轉型\n  of: 公正轉型\n"
    assert decide(workspace, "--approve", "Erik Nystrom", "--dry-run")[::2] == (0, "")


@pytest.mark.parametrize(("arguments", "says"), [
    ((), "it is not said what is decided"),
    (("--approve", "藍碳", "--reject", "藍碳"), "one decision at a time"),
    (("--approve", "藍色碳匯"), "藍色碳匯 is not in the glossary; add it with --add"),
    (("--approve", "公正轉型", "--en", "just transit"), "it has just transition, fair transition"),
    (("--reject", "ESG", "--en", "environment"), "ESG is not Chinese"),
    (("--approve", "藍碳", "--of", "公正轉型"), "--of does not go with --approve"),
    (("--from", "gone.csv"), "gone.csv: No such file"),
    (("--from", "list.xlsx"), "save the sheet as CSV"),
])
def test_mistakes_of_one_line(arguments: tuple[str, ...], says: str, workspace: Path) -> None:
    status, told, added = decide(workspace, *arguments)
    assert (status, told.count("\n"), added) == (2, 1, "")
    assert says in told


def test_a_list_is_taken_whole_or_not_at_all(workspace: Path) -> None:
    wrong = ANSWERS | {("赫爾辛堡", "Helsingborg"): {"status": "yes!"}, ("陳世昌", ""): {"kind": "people"}}
    (workspace / "list.csv").write_bytes(saved(filled(wrong), ";", "cp950"))
    status, told, added = decide(workspace, "--from", "list.csv")
    assert (status, added, told.count("list.csv, row ")) == (2, "", 2)
    assert "nothing was written: 2 rows to mend" in told
    (workspace / "list.csv").write_bytes(saved(filled(ANSWERS), ";", "cp950"))
    assert "6 decisions would be added" in decide(workspace, "--from", "list.csv", "--dry-run")[1]
    status, told, added = decide(workspace, "--from", "list.csv", "--by", "Lin Yu")
    assert (status, added.count("by: Lin Yu"), "6 decisions in glossary/curated.yaml; \"make all\"" in told) == (0, 6, True)
