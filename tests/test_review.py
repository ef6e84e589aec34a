"""A review: its steps without a terminal, and a real one in a pseudo-terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from glossaries import entry, glossary
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export.built import outputs
from pipeline.glossary.build import build
from pipeline.glossary.curate import Curated, Decision, Fields, parse
from pipeline.glossary.model import DocumentTerms, Entry
from pipeline.glossary.review import Item, Refused, Review, corrected, items
from pipeline.glossary.rulings import Rulings

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
FOUND = (
    [entry("公正轉型", "just transition", "JT", kind="term", confidence=0.95), entry("藍碳", kind="term", confidence=0.4)],
    [entry("公正轉型", "fair transition", kind="term", confidence=0.7), entry(en="Erik Nyström", kind="person", confidence=0.8)],
    [entry(acronym="WINDA", kind="term", confidence=0.6)],
)


def opened(curated: str = "", **options: object) -> Review:
    """A review of what was built before any of these decisions were made."""
    return Review(items(glossary(*FOUND), **options), parse(curated).decisions)  # type: ignore[arg-type]


def names(review: Review) -> list[str]:
    return [" = ".join(filter(None, (i.zh, i.en or i.acronym))) for k in review.left for i in [review.items[k]]]


def the(review: Review) -> Item:
    assert review.current
    return review.current


def test_the_surest_come_first_and_the_renderings_of_a_term_together() -> None:
    assert names(opened()) == ["公正轉型 = just transition", "公正轉型 = fair transition", "Erik Nyström", "WINDA", "藍碳"]
    assert names(opened(lowest_first=True)) == ["藍碳", "WINDA", "Erik Nyström", "公正轉型 = just transition", "公正轉型 = fair transition"]
    assert names(opened(kind="person")) == ["Erik Nyström"]


@pytest.mark.parametrize(("curated", "left"), [
    ("- approve: 公正转型\n  en: Just Transition\n", ["公正轉型 = fair transition", "Erik Nyström", "WINDA", "藍碳"]),
    ("- reject: 公正轉型\n", ["Erik Nyström", "WINDA", "藍碳"]),
    ("- edit: 公正轉型\n  en: fair transition\n  to: {en: equitable transition}\n- admit: 公正轉型\n  en: equitable transition\n",
     ["公正轉型 = just transition", "Erik Nyström", "WINDA", "藍碳"]),
    ("- approve: Erik Nystrom\n- forbid: Winda\n", ["公正轉型 = just transition", "公正轉型 = fair transition", "藍碳"]),
    ("- approve: 藍碳\n  to: {en: blue carbon}\n", ["公正轉型 = just transition", "公正轉型 = fair transition", "Erik Nyström", "WINDA"]),
    ("- about: 藍碳\n  note: ask\n- edit: 藍碳\n  kind: programme\n",
     ["公正轉型 = just transition", "公正轉型 = fair transition", "Erik Nyström", "WINDA", "藍碳"]),
])
def test_what_the_file_decides_is_not_asked_before_any_rebuild(curated: str, left: list[str]) -> None:
    assert names(opened(curated)) == left


def test_a_walk_with_every_kind_of_step() -> None:
    review = opened()
    review = review.decide(the(review).decision("approve"))
    assert the(review).en == "fair transition"
    review = review.decide(the(review).decision("forbid", note="not ours"))
    review = review.skip()
    assert names(review) == ["WINDA", "藍碳"]
    review = review.decide(the(review).decision("reject", whole=True)).decide(Decision("approve", "藍碳", 0))
    assert (review.current, [str(d) for d in review.made]) == (
        None, ["approve 公正轉型 = just transition", "forbid 公正轉型 = fair transition", "reject WINDA", "approve 藍碳"])


def test_undo_goes_back_step_by_step_to_the_beginning() -> None:
    states = [opened("- about: 藍碳\n  note: ask\n")]
    for verb in ("approve", "", "admit", "reject"):
        states.append(states[-1].decide(the(states[-1]).decision(verb)) if verb else states[-1].skip())  # type: ignore[arg-type]
    review, taken = states[-1], []
    for before in reversed(states[:-1]):
        review, decision = review.undo()
        taken.append(decision and decision.verb)
        assert (review, review.left) == (before, before.left)
    assert taken == ["reject", "admit", None, "approve"]
    with pytest.raises(Refused, match="nothing was decided"):
        review.undo()


def test_a_decision_that_contradicts_another_is_refused() -> None:
    review = opened("- approve: 公正轉型\n  en: just transition\n")
    with pytest.raises(Refused, match="reject 公正轉型: contradicts approve in line 1 of the file"):
        review.decide(the(review).decision("reject", whole=True))
    assert names(review.decide(the(review).decision("reject")))[0] == "Erik Nyström"


def test_what_others_decided_meanwhile_counts_and_own_steps_can_still_be_undone() -> None:
    review = opened()
    review = review.decide(the(review).decision("approve"))
    others = parse("# new lines above\n- reject: 藍碳\n- approve: 公正轉型\n  en: just transition\n").decisions
    review = review.reread(others)
    assert names(review) == ["公正轉型 = fair transition", "Erik Nyström", "WINDA"]
    back, decision = review.undo()
    assert str(decision) == "approve 公正轉型 = just transition"
    assert names(back) == ["公正轉型 = just transition", "公正轉型 = fair transition", "Erik Nyström", "WINDA"]


def test_conflicts_that_a_decision_settled_are_shown_no_more() -> None:
    review = opened()
    assert [c.kind for c in review.conflicts(the(review))] == ["several English"]
    review = opened("- reject: 公正轉型\n  en: fair transition\n")
    assert review.conflicts(the(review)) == []


def test_corrections_say_only_what_is_new() -> None:
    item = the(opened())
    assert corrected(item, {"zh": "公正轉型", "en": " Just  transition ", "acronym": "", "kind": "term"}) == Fields(en="Just transition")
    with pytest.raises(Refused, match="fair is not Chinese"):
        corrected(item, {"zh": "fair"})
    with pytest.raises(Refused, match="there is no kind event; there are person"):
        corrected(item, {"kind": "event"})
    d = item.decision("approve", to=Fields(zh="公平轉型", kind="programme"))
    assert (d.verb, d.term, d.en, d.to.zh) == ("approve", "公正轉型", "just transition", "公平轉型")


ENTRY = st.builds(
    lambda zh, en, acronym, kind, confidence: entry(zh, en, acronym, kind=kind, confidence=confidence),
    st.sampled_from(["公正轉型", "公正转型", "藍碳", "衛生福利部", "何佩珊"]),  # English alone may join another in the next build
    st.sampled_from(["just transition", "Just Transition", "fair transition", "blue carbon", "Ho Pei-shan", None]),
    st.sampled_from(["JT", "ESG", None]), st.sampled_from(["term", "person"]), st.sampled_from([0.2, 0.6, 0.9]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(ENTRY, max_size=5), max_size=3), st.lists(st.sampled_from("amfrxs"), max_size=6))
def test_what_is_left_is_what_the_next_build_calls_undecided(found: list[list[Entry]], keys: list[str]) -> None:
    documents = [DocumentTerms(str(k), tuple(e)) for k, e in enumerate(found)]
    verbs = {"a": "approve", "m": "admit", "f": "forbid", "r": "reject", "x": "reject"}
    review = Review(items(build(documents)))
    for key in keys:
        if not review.current:
            break
        try:
            decided = review.current.decision(verbs.get(key, "about"), whole=key == "x")  # type: ignore[arg-type]
            review = review.skip() if key == "s" else review.decide(decided)
        except Refused:
            continue
    curated = Curated(review.decisions)
    rulings = Rulings(curated)

    def said(found: tuple[Item, ...]) -> dict[tuple[str, str], Item]:
        return {(i.zh, i.en or i.acronym): i for i in found}

    before, after = said(review.items), said(items(build(documents, curated)))
    for name in before.keys() & after.keys():  # what is refused can leave its English as an entry of its own
        built = after[name].rendering.status if after[name].rendering else after[name].concept.status  # type: ignore[union-attr]
        assert (before[name].status(rulings) is None) == (built in ("proposed", "uncertain")), name


# -- the command --------------------------------------------------------------------------------------------------------------

PEOPLE_WROTE = "# ours\r\n- about: 藍碳   # ask\r\n  note: who says so?\r\n\r\n# the end"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "glossary" / "built").mkdir(parents=True)
    (tmp_path / "glossary" / "curated.yaml").write_bytes(PEOPLE_WROTE.encode())
    (tmp_path / "glossary" / "built" / "glossary.json").write_bytes(outputs(glossary(*FOUND))["glossary.json"])
    return tmp_path


def curated_of(workspace: Path) -> bytes:
    return (workspace / "glossary" / "curated.yaml").read_bytes()


def piped(workspace: Path, lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "review", *arguments], input=lines.encode(), cwd=workspace,
                          capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_line_by_line_where_there_is_no_terminal(workspace: Path) -> None:
    done = piped(workspace, "approve\ne\n\nequitable transition\n\nevent\n\n\n\n\n\n\nprogramme\n\n\nso says the law\ns\nz\nq\n")
    assert done.returncode == 0
    assert "會中由【公正轉型】（just transition, JT）說明辦理情形。" in done.stdout
    assert "other English: just transition [approved]" in done.stdout
    assert "there is no kind event" in done.stdout
    assert "no such key" in done.stdout
    assert "2 decisions in glossary/curated.yaml; 3 undecided; \"make all\" takes it over" in done.stderr
    new = curated_of(workspace).removeprefix(PEOPLE_WROTE.encode()).decode()
    assert new.replace("\r\n", "\n") == """
- approve: 公正轉型
  en: just transition
- approve: 公正轉型
  en: fair transition
  to: {en: equitable transition}
  kind: programme
  note: so says the law
"""
    assert piped(workspace, "").stdout.splitlines()[1] == "Erik Nyström"


def test_end_of_input_amid_an_edit_changes_nothing(workspace: Path) -> None:
    done = piped(workspace, "e\n公平轉型\n")
    assert (done.returncode, "nothing was changed" in done.stdout) == (0, True)
    assert curated_of(workspace) == PEOPLE_WROTE.encode()


def test_who_decided_is_written_where_it_is_asked_for(workspace: Path) -> None:
    piped(workspace, "a\n", "--kind", "person", "--by", "Lin Yu: editor")
    assert "- approve: Erik Nyström\r\n  by: \"Lin Yu: editor\"\r\n  date: 2" in curated_of(workspace).decode()


def test_mistakes_are_one_line(workspace: Path, tmp_path: Path) -> None:
    done = piped(workspace, "", "--kind", "event")
    assert (done.returncode, done.stderr.count("\n"), "there is no kind event" in done.stderr) == (2, 1, True)
    (workspace / "glossary" / "curated.yaml").write_text("- approve: 公正轉型\n- reject: 公正轉型\n", "utf-8")
    done = piped(workspace, "a\n")
    assert (done.returncode, done.stderr.count("\n"), "contradicts approve in line 1" in done.stderr) == (2, 1, True)


class Terminal:
    """``duizhao review`` in a pseudo-terminal."""

    def __init__(self, workspace: Path):
        import pty
        import termios

        self.control, terminal = pty.openpty()
        self.usual = termios.tcgetattr(self.control)
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100"}
        # the terminal is that of the process, so that Ctrl-C reaches it
        code = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from pipeline.cli import main; main()"
        self.process = subprocess.Popen([sys.executable, "-c", code, "review"], stdin=terminal, stdout=terminal, stderr=terminal,
                                        cwd=workspace, env=environment, start_new_session=True)
        os.close(terminal)
        self.said = self.until("[q]uit")

    def until(self, text: str) -> str:
        """What the terminal shows from now on until ``text`` stands there."""
        said = b""
        while text.encode() not in said:
            assert select.select([self.control], [], [], 60)[0], said.decode()
            said += os.read(self.control, 4096)
        return said.decode("utf-8", "replace")

    def press(self, keys: str, then: str = "[q]uit") -> str:
        os.write(self.control, keys.encode())
        return self.until(then)

    def leave(self, key: str) -> int:
        """The exit status. The terminal is as it was before."""
        import termios

        self.press(key, "\n")
        status = self.process.wait(60)
        assert termios.tcgetattr(self.control) == self.usual
        os.close(self.control)
        return status


@posix
def test_a_session_in_a_terminal(workspace: Path) -> None:
    terminal = Terminal(workspace)
    assert "just transition" in terminal.said
    terminal.press("ａ")  # as an input method gives it: full-width
    assert curated_of(workspace).endswith("- approve: 公正轉型\r\n  en: just transition\r\n".encode())
    terminal.press("\x1b[C", "no such key")
    terminal.press("r")
    assert curated_of(workspace).endswith("- reject: 公正轉型\r\n  en: fair transition\r\n".encode())
    terminal.press("u")
    assert b"reject" not in curated_of(workspace)
    terminal.press("e", "zh: ")
    terminal.press("\n", "en: ")
    terminal.press("s\n", "acronym: ")  # edited in place: fair transition + s
    for field in ("kind", "role", "affiliation", "note"):
        terminal.press("\n", field)
    terminal.press("\n")
    assert curated_of(workspace).endswith(b"  en: fair transition\r\n  to: {en: fair transitions}\r\n")
    terminal.press("e", "zh: ")
    terminal.press("\x15\x04", "nothing was changed")
    terminal.press("uu", "5 left")
    assert curated_of(workspace) == PEOPLE_WROTE.encode()
    assert terminal.leave("q") == 0


@posix
@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 0)])
def test_a_session_that_is_broken_off_keeps_its_decisions(key: str, status: int, workspace: Path) -> None:
    terminal = Terminal(workspace)
    terminal.press("s")
    terminal.press("x")
    assert terminal.leave(key) == status
    assert curated_of(workspace).endswith("\r\n- reject: 公正轉型\r\n".encode())
