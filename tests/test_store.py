"""Files whole or not at all, and known again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.store import Store, digest, sweep, write


def test_what_is_fresh_is_decided_by_content(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("clean/a", "key 1", {"clean/a.txt": b"text", "clean/a.json": b"{}"})
    assert store.fresh("clean/a", "key 1")
    assert not store.fresh("clean/a", "key 2")
    os.utime(tmp_path / "clean/a.txt", (0, 0))
    assert store.fresh("clean/a", "key 1")
    (tmp_path / "clean/a.txt").write_bytes(b"other")
    assert not store.fresh("clean/a", "key 1")
    (tmp_path / "clean/a.txt").write_bytes(b"text")
    (tmp_path / "clean/a.json").unlink()
    assert not store.fresh("clean/a", "key 1")


def test_a_record_that_cannot_be_read_is_no_record(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("read/a", "key", {"read/a.txt": b"text"})
    (tmp_path / ".records/read/a.json").write_text('{"key": "key", "outp')
    assert store.record("read/a") is None
    assert not store.fresh("read/a", "key")


def test_files_that_are_no_longer_written_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("a", "1", {"a.txt": b"x", "a.tw.txt": b"y"})
    store.save("a", "2", {"a.txt": b"x"})
    assert not (tmp_path / "a.tw.txt").exists()


def test_remove_leaves_what_a_person_changed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("a", "1", {"a.txt": b"x", "b.txt": b"y"})
    (tmp_path / "b.txt").write_bytes(b"mine")
    store.remove("a")
    store.tidy()
    assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "b.txt").read_bytes() == b"mine"
    assert list(store.ids()) == []


def test_tidy_removes_empty_folders_only(tmp_path: Path) -> None:
    root = tmp_path / "processed"
    store = Store(root)
    store.save("clean/2024/a", "1", {"clean/2024/a.txt": b"x"})
    store.remove("clean/2024/a")
    store.tidy()
    assert not root.exists()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_sweep_takes_the_remains_of_dead_runs_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []

    def keep(source: Path, target: Path) -> None:
        names.append(Path(source).name)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", keep)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a.txt", b"x")
    (name,) = names
    mine = tmp_path / name
    dead = tmp_path / name.replace(f"-{os.getpid()}-", "-999999999-")
    other_host = tmp_path / f".elsewhere{name[name.index('-'):]}"
    for path in (mine, dead, other_host):
        path.write_bytes(b"half")
    sweep(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {mine.name, other_host.name}


def test_digest_tells_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab") == digest(b"ab")
