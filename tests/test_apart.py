"""A file that brings PDFium down: its one line, and all others are done."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.document import Document, Source
from pipeline.errors import InputError
from pipeline.read import apart, read_bytes
from pipeline.read import pdf as reader
from pipeline.read.apart import read_bytes_apart

SAMPLE = Path(__file__).parents[1] / "raw" / "2024-marine-debris-governance.pdf"
GOOD = SAMPLE.read_bytes()
DEADLY = GOOD + b"% deadly\n"
NOTE = "海洋廢棄物治理\n\n本署辦理研習，計三十人參加。\n"

# What Python runs when it starts, in each process: a reader that dies of a mark in the file.
DIES = """
import os, signal
from pipeline.read import pdf
read = pdf.read_pdf
def read_pdf(data, name, source):
    if b"% deadly" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    return read(data, name, source)
pdf.read_pdf = read_pdf
"""


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Each test has a reader of its own."""
    while apart._READERS:
        apart._READERS.pop().end()


def dying(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("what is patched here reaches a child by fork alone")
    whole = reader.read_pdf

    def read_pdf(data: bytes, name: str, source: Source) -> Document:
        if data == DEADLY:
            faulthandler.disable()  # pytest's, which would tell of it at length
            os.kill(os.getpid(), code) if code else os._exit(3)
        return whole(data, name, source)

    monkeypatch.setattr(reader, "read_pdf", read_pdf)


def test_what_is_read_apart_is_what_is_read_here() -> None:
    assert read_bytes_apart(GOOD, "a.pdf", "a") == read_bytes(GOOD, "a.pdf", "a")
    process = apart._READERS[0]
    assert read_bytes_apart(GOOD, "b.pdf") == read_bytes(GOOD, "b.pdf")
    assert apart._READERS[:] == [process]  # one for all


def test_texts_need_no_process() -> None:
    assert read_bytes_apart(NOTE.encode(), "a.txt").text == NOTE
    assert not apart._READERS


@pytest.mark.parametrize(("code", "said"), [
    (signal.SIGSEGV, "a.pdf: PDFium crashed while reading it; save or print it to PDF again"),
    (signal.SIGABRT, "a.pdf: PDFium crashed while reading it; save or print it to PDF again"),
    (0, "a.pdf: PDFium crashed while reading it; save or print it to PDF again"),
    (signal.SIGKILL, "a.pdf: the process that read it was killed; the machine may be short of memory"),
])
def test_a_crash_is_one_line_and_the_next_file_is_read(code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dying(code, monkeypatch)
    assert read_bytes_apart(GOOD, "good.pdf").text
    for _ in range(2):
        with pytest.raises(InputError) as error:
            read_bytes_apart(DEADLY, "a.pdf")
        assert str(error.value) == said
    assert read_bytes_apart(GOOD, "good.pdf") == read_bytes(GOOD, "good.pdf")


def test_what_is_raised_there_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"^a\.pdf: is a broken PDF; save or print it to PDF again$"):
        read_bytes_apart(b"%PDF-1.7\nnothing", "a.pdf")
    if sys.platform == "linux":
        apart._READERS.pop().end()
        monkeypatch.setattr(reader, "read_pdf", lambda data, name, source: {}["no such key"])
        with pytest.raises(KeyError) as error:
            read_bytes_apart(GOOD, "a.pdf")
        assert any("in _answer" in note for note in error.value.__notes__)  # where it was


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "sitecustomize.py").write_text(DIES, "utf-8")
    for name, data in {"a.pdf": GOOD, "b.pdf": DEADLY, "c.txt": NOTE.encode(), "d.pdf": GOOD, "e.pdf": DEADLY}.items():
        (tmp_path / "raw" / name).write_bytes(data)
    return tmp_path


def duizhao(folder: Path, *arguments: str) -> tuple[int, str, list[str]]:
    paths = [str(folder), str(Path(__file__).parents[1])]
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", *arguments], cwd=folder, capture_output=True, check=False,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)})
    return done.returncode, done.stdout.decode(), done.stderr.decode().splitlines()


def line(name: str) -> str:
    return f"duizhao: {name}: PDFium crashed while reading it; save or print it to PDF again"


def test_a_filter_does_the_other_files(folder: Path) -> None:
    files = [f"raw/{path.name}" for path in sorted((folder / "raw").iterdir())]
    status, _, said = duizhao(folder, "text", *files, "--output", "out")
    assert (status, said) == (2, [line("raw/b.pdf"), line("raw/e.pdf")])
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.txt", "c.txt", "d.txt"]
    status, out, said = duizhao(folder, "text", "raw/b.pdf")
    assert (status, out, said) == (2, "", [line("raw/b.pdf")])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_does_the_other_reports(folder: Path, jobs: str) -> None:
    status, _, said = duizhao(folder, "run", "repair", "--jobs", jobs)
    assert status == 2
    assert said[-3:] == ["reports: 3 worked on, 0 up to date, 2 failed", line("raw/b.pdf"), line("raw/e.pdf")]
    assert sorted(path.name for path in (folder / "processed" / "repair").glob("*.txt")) == ["a.txt", "c.txt", "d.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal to wait for")
def test_a_command_that_is_killed_leaves_no_reader_behind(folder: Path) -> None:
    waits = DIES.replace("os.kill(os.getpid(), signal.SIGSEGV)", "os.write(1, b'reading\\n'), signal.pause()")
    (folder / "sitecustomize.py").write_text(waits, "utf-8")
    paths = [str(folder), str(Path(__file__).parents[1])]
    command = subprocess.Popen([sys.executable, "-m", "pipeline.cli", "text", "raw/b.pdf"], cwd=folder, stdout=subprocess.PIPE,
                               env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)})
    assert command.stdout
    assert command.stdout.readline() == b"reading\n"
    command.kill()
    assert command.communicate(timeout=60) == (b"", None)  # nobody has the other end of the pipe
