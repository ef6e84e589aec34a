"""What people and programs get of the glossary: files that are read back with their own readers, and the lookup."""

from __future__ import annotations

import csv
import io

import pytest
import yaml
from glossaries import entry, glossary
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cells import guarded, unguarded
from pipeline.export.built import outputs
from pipeline.export.glossary_yaml import from_yaml, to_yaml
from pipeline.export.markdown import escaped, to_markdown
from pipeline.export.tables import COLUMNS, to_csv
from pipeline.glossary.lookup import lookup, show
from pipeline.glossary.model import Concept, Entry, Evidence, Glossary

NASTY = [
    '=HYPERLINK("http://example.org")',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    " =1",
    "'quoted",
    "a|b",
    "<script>alert(1)</script>",
    "a\tb",
    "*bold*_under_",
    "[x](y)",
    "no",
    "null",
    "2024-01-01",
    "1:20",
    "# no comment",
    "a: b",
    "- a",
    "{a}",
    "\"'",
    "\u2028",
    "\x85",
    "&amp;",
    "`",
    "é",
    "𠮷野家",
    "~",
    "",
]


def nasty() -> Glossary:
    sentence = "他說：「<b>=1+1</b> | *重要*」，見 [附件](javascript:alert(1))。"
    return glossary(
        [
            Entry(
                kind="person",
                zh=f"林{k}",
                zh_hant=f"林{k}",
                zh_hans=f"林{k}",
                en=f"{text}N{k}",
                role=text,
                affiliation=text,
                mentions=2,
                confidence=0.9,
                reasons=(text,),
                evidence=(Evidence(text, k, k + 2, sentence + text, mark=(0, 2)),),
            )
            for k, text in enumerate(NASTY)
        ],
        curated="- about: 林1\n  note: \"=cmd|' /C calc'!A0\"\n",
    )


def test_yaml_is_read_back_exactly_and_says_where_decisions_belong() -> None:
    found = nasty()
    text = to_yaml(found)
    assert from_yaml(text) == found
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)
    assert "glossary/curated.yaml" in text.split("version")[0]
    assert from_yaml(to_yaml(Glossary())) == Glossary()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_is_read_back_from_yaml_and_json(found: list[str]) -> None:
    concept = Concept(id="c1", kind="term", status="proposed", terms=(), reasons=tuple(found), role="".join(found))
    one = Glossary(documents=tuple(found), concepts=(concept,))
    assert from_yaml(to_yaml(one)) == Glossary.from_json(one.to_json()) == one


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    data = to_csv(nasty())
    assert data.startswith("\ufeff".encode())
    assert data.count(b"\n") == data.count(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["zh-Hant"]: unguarded(row["role"]) for row in rows} == {f"林{k}": text for k, text in enumerate(NASTY)}
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell


@given(st.text())
def test_a_guarded_cell_gives_back_its_text(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell.replace("\x00", "")


def test_csv_has_a_row_for_each_rendering() -> None:
    found = glossary(
        [entry("公正轉型", "just transition", "JT"), entry("公正轉型", "fair transition")],
        curated="- forbid: 公正轉型\n  en: fair transition\n",
    )
    rows = list(csv.DictReader(io.StringIO(to_csv(found).decode("utf-8-sig"))))
    assert [(row["en"], row["status"], row["zh-Hans"], row["acronym"]) for row in rows] == [
        ("just transition", "proposed", "公正转型", "JT"),
        ("fair transition", "forbidden", "公正转型", "JT"),
    ]


def test_markdown_is_grouped_marked_and_escaped() -> None:
    found = glossary(
        [
            entry("長照|司", "Dept. of <LTC>", kind="organisation"),
            entry(acronym="ESG", kind="term"),
            entry("挪威", "Norway", kind="place"),
            entry(en="Erik *Nyström*", kind="person", role="顧問"),
            entry("公司能源", "Corp", kind="term"),
        ],
        curated="- reject: 公司能源\n",
    )
    text = to_markdown(found)
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Organisations (1)",
        "## People (1)",
        "## Places (1)",
        "## Acronyms never spelled out (1)",
        "## Rejected and forbidden (1)",
    ]
    assert "<b>長照\\|司</b>（<b>Dept. of &lt;LTC&gt;</b>）" in text
    assert "Erik \\*Nyström\\*" in text
    rows = [line for line in to_markdown(nasty()).splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {8}
    assert "<script" not in to_markdown(nasty())


def test_markdown_shows_what_is_to_settle_once() -> None:
    found = glossary([entry("教育部", "Department of Education")], [entry("教育局", "Department of Education")])
    assert to_markdown(found).count("Department of Education is 教育局 or 教育部") == 1
    assert escaped("a\n b") == "a b"


def test_outputs_are_the_same_for_the_same_glossary() -> None:
    files = outputs(nasty())
    assert list(files) == ["glossary.yaml", "glossary.json", "glossary.csv", "glossary.md"]
    assert files == outputs(nasty())
    assert Glossary.from_json(files["glossary.json"]) == from_yaml(files["glossary.yaml"])


@pytest.fixture
def shelf() -> Glossary:
    return glossary(
        [
            entry("衛生福利部", "Ministry of Health and Welfare", "MOHW", short=("衛福部",)),
            entry("臺灣海洋廢棄物治理平臺", "Taiwan Marine Debris Platform"),
            entry("海洋廢棄物", "marine debris", kind="term"),
        ]
    )


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("衛生福利部", "衛生福利部"),
        ("卫生福利部", "衛生福利部"),
        ("衛福部", "衛生福利部"),
        ("卫福部", "衛生福利部"),
        ("mohw", "衛生福利部"),
        ("the ministry of health & welfare", "衛生福利部"),
        ("台湾海洋废弃物治理平台", "臺灣海洋廢棄物治理平臺"),
        ("台灣", "臺灣海洋廢棄物治理平臺"),
        ("marine debris", "海洋廢棄物"),
        ("海洋 廢棄物", "海洋廢棄物"),
        ("Welfare", "衛生福利部"),
    ],
)
def test_lookup(shelf: Glossary, term: str, first: str) -> None:
    assert lookup(shelf, term)[0].name == first


def test_lookup_gives_exact_names_before_parts_and_nothing_for_nothing(shelf: Glossary) -> None:
    assert [c.name for c in lookup(shelf, "Marine Debris")] == ["海洋廢棄物", "臺灣海洋廢棄物治理平臺"]
    for term in ("", "  ", "捷運", "zebra"):
        assert lookup(shelf, term) == []


def test_a_concept_is_shown_with_its_sentences(shelf: Glossary) -> None:
    shown = show(lookup(shelf, "衛福部")[0])
    assert shown.splitlines()[0] == "衛生福利部 / 卫生福利部  Ministry of Health and Welfare (MOHW)"
    assert "會中由【衛生福利部】（Ministry of Health and Welfare, MOHW）說明辦理情形。" in shown
    assert "short: 衛福部" in shown
