"""What people decide: read as it is written, and what is wrong in it said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import InputError
from pipeline.glossary.curate import VERBS, Curated, load, parse

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "curated.yaml").read_text("utf-8"))
SHIPPED = Path(__file__).parents[1] / "glossary" / "curated.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_is_said_with_its_line(case: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_text(str(case["text"]), "utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, line {case['line']}: ")
    for part in case["says"]:  # type: ignore[attr-defined]
        assert part in message
    assert "\n" not in message
    assert caught.value.remedy


def test_a_missing_file_and_an_empty_one_decide_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "curated.yaml").decisions == ()
    for text in ("", "\n\n", "# nothing yet\n", "---\n", "\ufeff# with a byte order mark\n", "[]\n"):
        (tmp_path / "curated.yaml").write_text(text, "utf-8")
        assert load(tmp_path / "curated.yaml").decisions == ()


def test_what_is_not_utf8_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_bytes("# 決定\n- approve: ".encode() + "公正轉型".encode("big5") + b"\n")
    with pytest.raises(InputError, match=r"line 2: this is not UTF-8; save the file as UTF-8"):
        load(path)


def test_values_are_text_as_it_is_written() -> None:
    curated = parse("""
- add: 挪威
  en: NO
  acronym: on
  date: 2026-02-30
  note: 1_000
- add: 安大略省
  en: "null"
""")
    first, second = curated.decisions
    assert (first.en, first.to.acronym, first.date, first.note) == ("NO", "on", "2026-02-30", "1_000")
    assert second.en == "null"


def test_lines_comments_and_block_text() -> None:
    curated = parse("""# first

- approve: 公正轉型   # a comment
  en: >-
    just
    transition

- about: 公正轉型
  note: |
    One.
    Two.
""")
    assert [(d.verb, d.line, d.en, d.note) for d in curated.decisions] == [
        ("approve", 3, "just transition", ""), ("about", 8, "", "One. Two.")]


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "curated.yaml"
    path.write_bytes("\ufeff- approve: 公正轉型\r\n  en: just transition\r\n- reject: 等經濟體\r\n".encode())
    assert [str(d) for d in load(path).decisions] == ["approve 公正轉型 = just transition", "reject 等經濟體"]


def test_decisions_that_only_look_alike_stand_side_by_side() -> None:
    curated = parse("""
- approve: 公正轉型
  en: just transition
- forbid: 公正轉型
  en: fair transition
- admit: 公正轉型
  en: equitable transition
- about: 公正轉型
  note: one
- about: 公正轉型
  note: two
- edit: 公正轉型
  kind: programme
- edit: 公正轉型
  acronym: JT
- approve: 教育部
  en: Department of Education
- approve: 教育局
  en: Department of Education
""")
    assert len(curated.decisions) == 9


def test_words_and_no_words() -> None:
    curated = parse("""
- approve: 綠色就業指引
  en: Green Job Guide
- admit: 綠色就业指南
- add: 勞動部勞動力發展署
  short: [勞發署, WDA]
- edit: 署副署長陳世昌
  to: {zh: 陳世昌}
- reject: 公司能源
- reject: 工作坊
  en: Conference
- forbid: 公平轉型
  en: fair transition
- approve: Abt Global
""")
    assert curated.words() == ("勞動部勞動力發展署", "勞發署", "綠色就业指南", "綠色就業指引", "陳世昌")
    assert curated.not_words() == ("公司能源",)
    assert Curated().words() == Curated().not_words() == ()


def test_the_shipped_file_is_read_and_its_head_shows_every_verb() -> None:
    load(SHIPPED)
    head = "\n".join(line[4:] for line in SHIPPED.read_text("utf-8").splitlines() if line.startswith("#   "))
    assert {d.verb for d in parse(head).decisions} == set(VERBS)
