"""Decisions that a program appends: what people wrote stays byte for byte, and what was appended can be taken back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.glossary.curate import Decision, Fields, load, parse
from pipeline.glossary.decisions import append, plain, undo, written

OURS = [Decision("approve", "公正轉型", 0, en="just transition"),
        Decision("reject", "公司能源", 0, note="two words: no term"),
        Decision("dismiss", "公正轉型", 0, within="a: fair, #2"),
        Decision("add", "以工代賑", 0, en="work relief", to=Fields(short=("工賑", "a, b"), kind="term"), origin="old list #2")]
LINE = "- approve: 藍碳\n  en: blue carbon\n"
FILES = {
    "none": None,
    "empty": "",
    "comments": "# 決定\n\n# nothing yet",
    "comments and blank lines": f"# 決定\n\n{LINE}   # why not\n\n\n# the end\n",
    "no last line end": LINE.rstrip(),
    "a note as a block": "- about: 藍碳\n  note: |\n    One.\n\n    Two.",
    "Windows": ("\ufeff# 決定\n" + LINE).replace("\n", "\r\n"),
    "Windows without the last line end": LINE.replace("\n", "\r\n").rstrip(),
    "an indented list": "  - approve: 藍碳\n    en: blue carbon\n\n  # more\n",
    "a marked beginning": "---\n" + LINE,
    "a comment in the middle": "- approve: 藍碳   # yes\n  # the English:\n  en: blue carbon",
}


def without_lines(decisions: tuple[Decision, ...] | list[Decision]) -> list[Decision]:
    return [msgspec.structs.replace(d, line=0) for d in decisions]


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_what_people_wrote_stays_and_undo_restores_the_file(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "glossary" / "curated.yaml"
    data = (content or "").encode()
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(data)
    before = load(path).decisions
    done = [append(path, [d]) for d in OURS]
    new = path.read_bytes()
    assert new.startswith(data)
    assert (b"\r" in new) == (b"\r" in data)
    assert new.count(b"\n") == new.count(b"\r\n") or b"\r" not in new
    assert without_lines(load(path).decisions) == without_lines([*before, *OURS])
    assert [d.line for a in done if a for d in a.decisions] == [d.line for d in load(path).decisions[len(before):]]
    for appended in reversed(done):
        assert appended
        undo(appended)
    assert (path.read_bytes() if path.exists() else None) == (data if content is not None else None)
    assert os.listdir(path.parent) == (["curated.yaml"] if content is not None else [])


def test_undo_leaves_what_others_wrote_behind_and_above(tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_text(LINE.rstrip(), "utf-8")
    ours, theirs = append(path, OURS[:1]), append(path, OURS[1:2])
    assert ours
    assert theirs
    path.write_text("# on top\n" + path.read_text("utf-8"), "utf-8")
    undo(ours)
    assert path.read_text("utf-8") == "# on top\n" + LINE + written(OURS[1])
    with pytest.raises(InputError, match="not taken back"):
        undo(ours)


def test_undo_does_not_touch_lines_that_somebody_went_on_with(tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_text(LINE, "utf-8")
    ours = append(path, OURS[:1])
    assert ours
    path.write_text(path.read_text("utf-8") + "  note: so says the law\n", "utf-8")
    now = path.read_bytes()
    with pytest.raises(InputError, match="line 3: approve 公正轉型 = just transition is not taken back"):
        undo(ours)
    assert path.read_bytes() == now


@pytest.mark.parametrize(("content", "decision", "says"), [
    ("- reject: 公正轉型\n", OURS[0], r"approve 公正轉型 = just transition: contradicts reject in line 1; change or remove"),
    ("- approve: 公正转型\n  en: Just Transition\n", OURS[0], "decided already in line 1"),
    ("[]\n", OURS[0], r"line 1: nothing can be added to a list in \[ \]"),
    (LINE + "...\n", OURS[0], "cannot be written behind its last line"),
    ("approve: 藍碳\n", OURS[0], "this is not a list of decisions"),
    (LINE, Decision("approve", "公正轉型", 0, of="轉型"), "cannot be written"),
])
def test_what_cannot_be_appended_leaves_the_file_alone(content: str, decision: Decision, says: str, tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=says):
        append(path, [OURS[1], decision])
    assert path.read_text("utf-8") == content
    assert os.listdir(tmp_path) == ["curated.yaml"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    target, link = tmp_path / "ours" / "decisions.yaml", tmp_path / "curated.yaml"
    target.write_text(LINE, "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    append(link, OURS)
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert len(load(target).decisions) == 1 + len(OURS)


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    code = """
import sys
from pipeline.glossary.curate import Decision
from pipeline.glossary.decisions import append
for k in range(12):
    append(sys.argv[1], [Decision("add", f"第{sys.argv[2]}之{k}項", 0)])
"""
    path = tmp_path / "curated.yaml"
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(3)]
    assert [w.wait() for w in writers] == [0, 0, 0]
    assert {d.term for d in load(path).decisions} == {f"第{n}之{k}項" for n in range(3) for k in range(12)}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool)
TRICKY = st.sampled_from(["- x", "a: b", "a #b", "#", "yes", "null", "~", "{a}", "[x", "'", '"quoted"', "2024-06-01", "a:", "|",
                          "Vision 2040: The Next Step", "R&D", "*", "%", "@", "`", "?", "\\", "&a", "!x", "=", "<<", "\x85x"])
VALUE = (TEXT | TRICKY).filter(lambda s: plain(Decision("about", s, 0)).term != "")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["approve", "add"]), VALUE, VALUE, VALUE, st.lists(VALUE, max_size=3))
def test_any_text_is_read_again_as_it_was_given(verb: str, note: str, en: str, role: str, short: list[str]) -> None:
    to = Fields(role=role, short=tuple(short) or None, en=en if verb == "approve" else None)
    decision = Decision(verb, "公正轉型", 0, en=en, note=note, to=to, by="")  # type: ignore[arg-type]
    for eol, indent in (("\n", ""), ("\r\n", "    ")):
        assert without_lines(parse(written(decision, eol, indent)).decisions) == [plain(decision)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["# 註\n", "\n", "   \n", "- about: 藍碳\n  note: 一 # 二\n", "- add: 碳匯  # c\n", "# x"]), max_size=5),
       st.booleans(), st.booleans(), st.booleans())
def test_any_file_stays_byte_for_byte(lines: list[str], windows: bool, mark: bool, cut: bool) -> None:
    text = "".join(line if line.endswith("\n") else line + "\n" for line in dict.fromkeys(lines))
    text = text.rstrip("\n") if cut else text
    data = (("\ufeff" if mark else "") + text.replace("\n", "\r\n" if windows else "\n")).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curated.yaml"
        path.write_bytes(data)
        first, second = append(path, OURS[:2]), append(path, OURS[2:])
        assert first
        assert second
        assert path.read_bytes().startswith(data)
        undo(second)
        undo(first)
        assert path.read_bytes() == data
