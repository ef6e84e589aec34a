"""Values that are kept in the user's cache folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cachefolder import kept

VALUE = {"水": 1, "水庫": 2}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_value_is_made_once_for_each_key(folder: Path) -> None:
    made = []

    def make() -> dict[str, int]:
        made.append(1)
        return VALUE

    assert [kept("thing", ("1.0",), make) for _ in range(3)] == [VALUE] * 3
    assert len(made) == 1
    assert kept("thing", ("1.1",), make) == VALUE
    assert len(made) == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"short", bytes(100)])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes) -> None:
    kept("thing", (), lambda: VALUE)
    (file,) = folder.glob("thing-*/tables")
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert kept("thing", (), lambda: VALUE) == VALUE
    assert file.read_bytes() == whole
    file.unlink()
    assert kept("thing", (), lambda: VALUE) == VALUE
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "file"))
    assert kept("thing", (), lambda: VALUE) == VALUE
