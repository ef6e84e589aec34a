"""A small whole build, compared with the one that was last approved (``make approve`` accepts a new one)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.run import Workspace, run

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "build"
ENDINGS = (".txt", ".jsonl", ".yaml", ".csv", ".md")  # what people and other tools read


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("golden")
    shutil.copytree(HERE / "corpus", root, dirs_exist_ok=True)
    report = run(workspace=Workspace(root))
    assert not report.failures
    files = [p for part in ("processed", "glossary/built") for p in (root / part).rglob("*")]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files if p.suffix in ENDINGS}


def test_the_build_is_as_approved(built: dict[str, bytes], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--approve"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, data in built.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(data)
    expected = {p.relative_to(GOLDEN).as_posix(): p.read_bytes() for p in GOLDEN.rglob("*") if p.is_file()}
    assert built.keys() == expected.keys()
    for name in sorted(built):
        assert built[name].decode() == expected[name].decode(), name
