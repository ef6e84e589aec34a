"""The exports of the glossary, read back with the libraries of those who use such files."""

from __future__ import annotations

import csv
import io
import json as stdjson
from pathlib import Path

import jsonschema
import pytest
from glossaries import entry, glossary
from lxml import etree
from openpyxl import load_workbook
from termbases import TBX2, TBX3, TMX, concept, decided, faults, local, losses
from translate.storage.csvl10n import csvfile
from translate.storage.omegat import OmegaTFile
from translate.storage.tbx import tbxfile
from translate.storage.tmx import tmxfile
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import InputError
from pipeline.export import machine_translation, omegat, plain, spreadsheet, tbx, tmx
from pipeline.export.formats import BY_NAME, FORMATS
from pipeline.export.losses import Export, Loss, report
from pipeline.export.markdown import to_markdown
from pipeline.glossary.model import Glossary, Term

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = [f.name for f in FORMATS if f.source == "glossary"]


# -- what leaves ---------------------------------------------------------------------------------------------------------


MIXED = (
    [entry("公正轉型", "just transition", "JT", kind="term"), entry("淨零", "net zero", kind="term")],
    [entry("碳費", "carbon fee", kind="term", confidence=0.2), entry("公司能源", "Corp", kind="term")],
)
RULED = """
- approve: 公正轉型
  en: just transition
- forbid: 淨零
  en: net nil
- reject: 公司能源
"""


@pytest.mark.parametrize(
    ("status", "texts"),
    [
        ("approved", {"公正轉型", "just transition", "JT", "淨零", "net nil"}),
        ("proposed", {"公正轉型", "just transition", "JT", "淨零", "net nil", "net zero"}),
        ("all", {"公正轉型", "just transition", "JT", "淨零", "net nil", "net zero", "碳費", "carbon fee"}),
    ],
)
def test_only_what_was_asked_for_leaves(status: str, texts: set[str]) -> None:
    root = etree.fromstring(tbx.v3(glossary(*MIXED, curated=RULED), status=status, script="hant").files[0])  # type: ignore[arg-type]
    assert {e.text for e in root.iter("{*}term")} == texts


def test_what_is_forbidden_is_deprecated_in_tbx_and_in_no_machine_translation() -> None:
    found = glossary(*MIXED, curated=RULED)
    for export in (tbx.v2(found), tbx.v3(found)):
        root = etree.fromstring(export.files[0])
        [term] = [e for e in root.iter("{*}term") if e.text == "net nil"]
        assert "deprecatedTerm-admn-sts" in [n.text for n in term.itersiblings()]
    for name in ("deepl", "google", "google-sets", "amazon", "tmx", "omegat"):
        export = BY_NAME[name].write(found, status="all")
        assert b"net nil" not in export.files[0], name
        assert "net nil" in losses(export, "dropped")["terms that are forbidden"]


@pytest.mark.parametrize("name", OURS)
def test_nothing_to_export_is_said_in_one_line(name: str) -> None:
    with pytest.raises(InputError, match="nothing in the glossary is approved; approve terms"):
        BY_NAME[name].write(glossary([entry("碳費", "carbon fee")]))


def test_what_characters_do_to_terms_is_said() -> None:
    twins = (Term("a\x07b", "en", status="approved"), Term("\x07", "en", status="approved"))
    export = tbx.v3(Glossary(concepts=(concept("c1", "甲\u3000乙", "ab", *twins),)))
    assert [e.text for e in etree.fromstring(export.files[0]).iter("{*}term")] == ["甲 乙", "ab"]
    assert len(losses(export, "settled")["texts with control characters or unusual spaces"]) == 3
    assert losses(export, "dropped") == {
        "terms that are empty, or the same as another, without such characters": ["'a\\x07b'", "'\\x07'"]
    }


@pytest.mark.parametrize("name", OURS)
def test_the_same_glossary_gives_the_same_bytes(name: str) -> None:
    assert BY_NAME[name].write(decided()) == BY_NAME[name].write(decided())


def test_the_loss_report_counts_and_gives_examples() -> None:
    found = Export((b"",), "1 pair", (*(Loss("dropped", "terms", f"t{k}") for k in range(5)), Loss("no place", "roles", "")))
    assert report("deepl", found) == "deepl: 1 pair\n  dropped 5: terms (t0, t1, t2, …)\n  no place 1: roles"
    assert report("json", Export((b"",), "2 terms")) == "json: 2 terms\n  nothing was lost"


# -- TBX -----------------------------------------------------------------------------------------------------------------


def test_tbx_3_is_of_its_dialect() -> None:
    root = etree.fromstring(tbx.v3(decided()).files[0])
    assert root.tag == "{urn:iso:std:iso:30042:ed-2}tbx"
    assert (root.get("type"), root.get("style"), root.get(LANG)) == ("TBX-Basic", "dca", "en")
    assert faults(root, TBX3) == []


def test_tbx_2_is_of_its_dialect() -> None:
    data = tbx.v2(decided()).files[0]
    root = etree.fromstring(data)
    assert b'<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">' in data
    assert (root.tag, root.get("type"), root.get(LANG)) == ("martif", "TBX-Basic", "en")
    assert faults(root, TBX2) == []


def test_the_check_of_dialects_sees_faults() -> None:
    for before, after in (
        (b"fullForm", b"full form"),
        (b"partOfSpeech", b"wordClass"),
        (b'descrip type="subjectField"', b'descrip type="context"'),
        (b"noun", b"properNoun"),
    ):
        root = etree.fromstring(tbx.v3(decided()).files[0].replace(before, after))
        assert faults(root, TBX3), before
    root = etree.fromstring(tbx.v3(decided()).files[0])
    section = next(e for e in root.iter("*") if local(e) == "termSec")
    section.append(section[0])
    assert faults(root, TBX3)


def test_acronyms_short_forms_and_simplified_forms_are_typed_terms_of_their_concept() -> None:
    root = etree.fromstring(tbx.v3(decided()).files[0])
    [found] = [e for e in root.iter("{*}conceptEntry") if "WDA" in [t.text for t in e.iter("{*}term")]]
    typed = {
        (section.get(LANG), part.findtext("{*}term"), part.findtext("{*}termNote"))
        for section in found.iter("{*}langSec")
        for part in section.iter("{*}termSec")
    }
    assert typed == {
        ("zh-Hant", "勞動部勞動力發展署", "fullForm"),
        ("zh-Hans", "劳动部劳动力发展署", "fullForm"),
        ("zh-Hant", "勞發署", "shortForm"),
        ("zh-Hans", "劳发署", "shortForm"),
        ("zh-Hant", "發展署", "shortForm"),
        ("zh-Hans", "发展署", "shortForm"),
        ("en", "Workforce Development Agency, Ministry of Labor", "fullForm"),
        ("en", "WDA", "acronym"),
    }


def test_translate_toolkit_reads_tbx_2() -> None:
    store = tbxfile.parsestring(tbx.v2(decided()).files[0], sourcelanguage="zh-Hant", targetlanguage="en")
    units = {u.get_source_terms()[0].text: u for u in store.units}
    assert len(units) == 5
    unit = units["淨零排放"]
    terms = {t.text: t.administrative_status for t in (*unit.get_source_terms(), *unit.get_target_terms())}
    assert terms == {
        "淨零排放": "preferredTerm-admn-sts",
        "零碳排": "admittedTerm-admn-sts",
        "歸零排放": "deprecatedTerm-admn-sts",
        "net-zero emissions": "preferredTerm-admn-sts",
        "net zero": "admittedTerm-admn-sts",
        "zero emission": "deprecatedTerm-admn-sts",
    }
    assert [t.text for t in units["#淨灘"].get_target_terms()] == ["=beach clean-up & <more>"]
    simplified = units["勞動部勞動力發展署"].get_target_terms("zh-Hans")
    assert [t.text for t in simplified] == ["劳动部劳动力发展署", "劳发署", "发展署"]


def test_sentences_are_contexts_with_their_source() -> None:
    found = glossary([entry("公正轉型", "just transition", document="a")], curated="- approve: 公正轉型\n  en: just transition\n")
    root = etree.fromstring(tbx.v3(found).files[0])
    [group] = root.iter("{*}descripGrp")
    assert [e.text for e in group] == ["會中由公正轉型（just transition）說明辦理情形。", "a, page 1"]
    assert faults(root, TBX3) == []


def test_language_codes_are_settings() -> None:
    root = etree.fromstring(tbx.v3(decided(), language=("zh-Hant=zh-Hant-TW", "zh-Hans=zh-CN", "en=en-GB")).files[0])
    assert {e.get(LANG) for e in root.iter("{*}langSec")} == {"zh-Hant-TW", "zh-CN", "en-GB"}
    one = etree.fromstring(tbx.v3(decided(), script="hans", language=("zh-Hans=zh",)).files[0])
    assert {e.get(LANG) for e in one.iter("{*}langSec")} == {"zh", "en"}


@pytest.mark.parametrize("setting", ["zh=zh-TW", "zh-Hant", "zh-Hant=", "zh-Hant=zh_TW", "zh-Hant=中文", "en=en US"])
def test_a_wrong_language_code_is_named(setting: str) -> None:
    with pytest.raises(InputError, match="is no language and its code"):
        tbx.v3(decided(), language=(setting,))


def test_two_scripts_are_not_written_under_one_code() -> None:
    with pytest.raises(InputError, match="zh would stand for both scripts; choose one with --script"):
        tbx.v3(decided(), language=("zh-Hant=zh", "zh-Hans=zh"))


# -- TMX, OmegaT ---------------------------------------------------------------------------------------------------------


def test_tmx_is_valid_and_translate_toolkit_reads_it() -> None:
    data = tmx.tmx(decided()).files[0]
    root = etree.fromstring(data)
    assert faults(root, TMX) == []
    assert root.get("version") == "1.4"
    head = root[0].attrib
    wanted = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert set(head) == wanted
    assert head["segtype"] in ("block", "paragraph", "sentence", "phrase")
    assert len({u.get("tuid") for u in root.iter("tu")}) == len(list(root.iter("tu")))
    units = tmxfile.parsestring(data, sourcelanguage="zh-TW", targetlanguage="en").units
    assert {(u.source, u.target) for u in units} == {
        ("勞動部勞動力發展署", "Workforce Development Agency, Ministry of Labor"),
        ("勞動部勞動力發展署", "WDA"),
        ("勞發署", "Workforce Development Agency, Ministry of Labor"),
        ("發展署", "Workforce Development Agency, Ministry of Labor"),
        ("淨零排放", "net-zero emissions"),
        ("淨零排放", "net zero"),
        ("零碳排", "net-zero emissions"),
        ("高振邦", "Kao Chen-pang"),
        ("#淨灘", "=beach clean-up & <more>"),
        ("2030年濕地計畫", "Wetlands 2030: The Next Step"),
    }


def test_tmx_in_the_other_direction_and_script() -> None:
    data = tmx.tmx(decided(), direction="en-zh", script="hans").files[0]
    units = tmxfile.parsestring(data, sourcelanguage="en", targetlanguage="zh-CN").units
    assert ("net zero", "净零排放") in {(u.source, u.target) for u in units}
    assert etree.fromstring(data)[0].get("srclang") == "en"


def test_omegat_reads_every_line() -> None:
    data = omegat.omegat(decided()).files[0]
    first, *lines = data.decode().splitlines()
    assert first.startswith("#")
    assert "coding: utf-8" in first
    assert not any(line.startswith("#") for line in lines), "OmegaT would skip it"
    units = OmegaTFile.parsestring(data).units[1:]
    found = {u.source.strip(): (u.target, u.getnotes()) for u in units}
    assert found["#淨灘"] == ("=beach clean-up & <more>", "term; note: role: not a role")
    assert found["高振邦"] == ("Kao Chen-pang", "person; role: 副署長; affiliation: 職業安全衛生署")
    assert found["勞發署"][1] == "organisation; short form"
    assert {len(line.split("\t")) for line in lines} == {3}


# -- tables --------------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_concept_and_runs_nothing() -> None:
    data = spreadsheet.csv_table(decided()).files[0]
    assert data.startswith("\ufeff".encode())
    rows = {row["en"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
    assert len(rows) == 5
    row = rows["net-zero emissions|net zero"]
    assert (row["zh-Hant"], row["zh-Hans"]) == ("淨零排放|零碳排", "净零排放|零碳排")
    assert (row["zh-Hant forbidden"], row["en forbidden"]) == ("歸零排放", "zero emission")
    assert "'=beach clean-up & <more>" in rows
    wda = rows["Workforce Development Agency, Ministry of Labor"]
    assert (wda["en acronym"], wda["zh-Hant short form"]) == ("WDA", "勞發署|發展署")


def test_translate_toolkit_reads_csv_of_pairs() -> None:
    data = machine_translation.amazon(decided()).files[0]
    store = csvfile(fieldnames=["source", "target"])
    store.parse(data)
    pairs = {(u.source, u.target) for u in store.units}
    assert ("勞動部勞動力發展署", "Workforce Development Agency, Ministry of Labor") in pairs
    assert ("#淨灘", "=beach clean-up & <more>") in pairs


def test_openpyxl_reads_the_workbook_as_the_csv() -> None:
    data = spreadsheet.xlsx(decided()).files[0]
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["glossary"]
    sheet = book["glossary"]
    found = [["" if c.value is None else c.value for c in row] for row in sheet.iter_rows()]
    text = spreadsheet.csv_table(decided()).files[0].decode("utf-8-sig")
    assert [[c.removeprefix("'") for c in row] for row in csv.reader(io.StringIO(text, newline=""))] == found
    assert {c.data_type for row in sheet.iter_rows() for c in row if c.value is not None} == {"s"}, "a formula would be f"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def test_a_bar_within_a_term_is_told() -> None:
    export = spreadsheet.csv_table(Glossary(concepts=(concept("c1", "甲|乙", "a"),)))
    assert "甲｜乙".encode() in export.files[0]
    assert losses(export, "settled") == {"terms with |, which parts synonyms: ｜ stands for it": ["甲|乙"]}


# -- JSON, Markdown ------------------------------------------------------------------------------------------------------


def test_json_is_as_its_schema_says() -> None:
    published = stdjson.loads((Path(__file__).parent.parent / "docs" / "glossary.schema.json").read_text())
    assert published == plain.schema(), "write it anew: python -m pipeline.export.plain > docs/glossary.schema.json"
    data = plain.json(decided()).files[0]
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(stdjson.loads(data), published)
    broken = stdjson.loads(data)
    broken["concepts"][0]["terms"][0]["status"] = "good"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, published)


def test_json_and_markdown_hold_what_was_chosen() -> None:
    found = glossary(*MIXED, curated=RULED)
    chosen = Glossary.from_json(plain.json(found).files[0])
    assert {c.name for c in chosen.concepts} == {"公正轉型", "淨零"}
    assert Glossary.from_json(plain.json(decided()).files[0]) == decided()
    assert plain.markdown(found).files[0] == to_markdown(chosen).encode()


# -- the command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "glossary" / "built").mkdir(parents=True)
    (tmp_path / "glossary" / "built" / "glossary.json").write_bytes(decided().to_json())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def duizhao(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["export", *arguments])
    return result.exit_code, result.stdout_bytes, result.stderr


@pytest.mark.parametrize("name", OURS)
def test_every_format_is_written_with_its_loss_report(workspace: Path, name: str) -> None:
    status, out, said = duizhao(name)
    written = BY_NAME[name].write(decided())
    assert (status, out) == (0, b"")
    assert (workspace / BY_NAME[name].files[0]).read_bytes() == written.files[0]
    assert said == f"written: {BY_NAME[name].files[0]}\n{report(name, written)}\n"
    assert duizhao(name, "--output", "-")[1] == written.files[0], "nothing but the file goes to standard output"


def test_no_two_formats_have_a_file_in_common() -> None:
    files = [name for f in FORMATS for name in f.files]
    assert len(files) == len(set(files))


def test_options_reach_the_format(workspace: Path) -> None:
    _, out, _ = duizhao("amazon", "-o", "-", "--direction", "en-zh", "--script", "hans", "--language", "zh-Hans=zh-SG")
    assert out.startswith(b"en,zh-SG\n")
    assert "净零排放".encode() in out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["deepl", "--language", "en=en-GB"], "export: deepl has no --language; leave it out"),
        (["tbx", "--direction", "en-zh"], "export: tbx has no --direction; leave it out"),
        (["tbx", "--language", "english"], "export: --language english is no language and its code; write it as"),
        (["xls"], "export: no format is called xls; they are "),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(workspace: Path, arguments: list[str], line: str) -> None:
    status, out, said = duizhao(*arguments)
    assert (status, out, said.count("\n")) == (2, b"", 1)
    assert said.startswith(f"duizhao: {line}")
    assert [p.name for p in workspace.iterdir()] == ["glossary"]
