"""Sentences and words: cases as data, properties, people's decisions, and that nobody else's jieba sees anything of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.segment import segment, sentences

CASES = Path(__file__).parent / "cases"
SENTENCES = yaml.safe_load((CASES / "sentences.yaml").read_text("utf-8"))


def _cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize("case", SENTENCES["wild"])
def test_sentences_end_where_they_should(case: str) -> None:
    assert _cut(case.replace("|", "")) == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize("case", SENTENCES["negative"])
def test_sentences_do_not_end_elsewhere(case: str) -> None:
    assert _cut(case) == [case]
