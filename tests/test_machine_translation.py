"""The exports for translation services: their limits, and one target for each source."""

from __future__ import annotations

import csv
import io

from termbases import concept, decided, losses

from pipeline.export import machine_translation
from pipeline.export.losses import Export
from pipeline.glossary.model import Glossary, Term


def tsv(export: Export) -> list[list[str]]:
    return [line.split("\t") for line in export.files[0].decode().splitlines()]


def test_each_source_has_one_target_and_what_was_settled_is_said() -> None:
    found = Glossary(
        concepts=(
            concept("c1", "轉型", "transition", confidence=0.4),
            concept("c2", "轉型", "transformation", confidence=0.9),
            concept("c3", "調適", "adaptation", Term("adjustment", "en", status="admitted")),
        )
    )
    export = machine_translation.deepl(found)
    assert tsv(export) == [["轉型", "transformation"], ["調適", "adaptation"]]
    [settled] = losses(export, "settled").values()
    assert settled == ["轉型 = transformation (not transition)"]
    assert "adjustment" in losses(export, "dropped")["further renderings, where only one is taken"]
    other = machine_translation.google(found, direction="en-zh")
    assert tsv(other) == [["transition", "轉型"], ["transformation", "轉型"], ["adaptation", "調適"], ["adjustment", "調適"]]


def test_terms_that_are_too_long_are_dropped_and_named() -> None:
    found = Glossary(concepts=(concept("c1", "長" * 66, "a"), concept("c2", "長" * 67, "b"), concept("c3", "長" * 342, "c")))
    assert [row[1] for row in tsv(machine_translation.deepl(found))] == ["a", "b"]  # 342 × 3 bytes are 1,026
    export = machine_translation.amazon(found)
    assert [row["en"] for row in csv.DictReader(io.StringIO(export.files[0].decode()))] == ["a"]  # 66 × 3 are 198
    assert len(losses(export, "dropped")["rows with a term of more than 200 bytes"]) == 2


def test_a_file_never_exceeds_its_limit() -> None:
    found = Glossary(concepts=tuple(concept(f"c{k}", f"{k}號" + "長" * 300, "e" * 900) for k in range(6000)))
    export = machine_translation.deepl(found)
    assert 10_480_000 < len(export.files[0]) <= 10_485_760
    [dropped] = losses(export, "dropped").values()
    assert len(dropped) + len(tsv(export)) == 6000


def test_google_sets_have_languages_as_columns_and_no_term_twice() -> None:
    found = Glossary(concepts=(*decided().concepts, concept("z", "淨零", "net-zero emissions", confidence=0.1)))
    export = machine_translation.google_equivalent(found)
    rows = list(csv.reader(io.StringIO(export.files[0].decode(), newline="")))
    assert rows[0] == ["zh-TW", "zh-CN", "en"]
    assert ["淨零排放", "净零排放", "net-zero emissions"] in rows
    for column in zip(*rows[1:], strict=True):
        assert len(set(column) - {""}) == len([c for c in column if c])
    assert losses(export, "settled")["terms of several concepts, by status and confidence"]


def test_amazon_names_the_source_first() -> None:
    assert machine_translation.amazon(decided(), direction="en-zh", script="hans").files[0].startswith(b"en,zh\n")
    assert machine_translation.amazon(decided(), language=("zh-Hant=zh-Hant",)).files[0].startswith(b"zh-Hant,en\n")
