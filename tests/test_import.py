"""Termbases of other tools as decisions: exact round trips with our exports, foreign files, and what people wrote stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from termbases import DECISIONS, TBX2, TBX3, TMX, concept, decided, faults, names, said
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import InputError
from pipeline.export import machine_translation, omegat, spreadsheet, tbx, tmx
from pipeline.export.losses import Export
from pipeline.export.selection import select
from pipeline.export.spreadsheet import PART, STAND_IN
from pipeline.glossary.build import build
from pipeline.glossary.curate import parse
from pipeline.glossary.decisions import append, written
from pipeline.glossary.model import Concept, Glossary, Term
from pipeline.imports import read
from pipeline.imports.decisions import Merge, merge

FULL: dict[str, Callable[..., Export]] = {".tbx": tbx.v3, "2.tbx": tbx.v2, ".csv": spreadsheet.csv_table}
PAIRS: dict[str, Callable[..., Export]] = {".tmx": tmx.tmx, ".utf8": omegat.omegat}


def added(data: bytes, name: str, before: str = "") -> str:
    """What an import appends."""
    return "".join(map(written, merge(read(data, name)[0], parse(before), name).decisions))


def appended(before: str, merged: Merge) -> str:
    """The decisions file after an import."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curated.yaml"
        path.write_bytes(before.encode())
        append(path, merged.decisions, "Imported from a:")
        return path.read_bytes().decode()


# -- round trips ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FULL)
def test_a_glossary_comes_back_from_its_own_export_exactly(ending: str) -> None:
    text = added(FULL[ending](decided()).files[0], f"terms{ending}")
    assert said(decided(text)) == said(decided())


@pytest.mark.parametrize("ending", PAIRS)
@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
@pytest.mark.parametrize("script", ["hant", "hans"])
def test_pairs_come_back_from_their_own_export(ending: str, direction: str, script: str) -> None:
    """All but what is forbidden, which these formats cannot hold. What comes back from Simplified has Traditional forms that
    only conversion gives (计划 is 計劃 and 計畫)."""
    text = added(PAIRS[ending](decided(), direction=direction, script=script).files[0], f"terms{ending}")
    held = ("zh-Hans", "en") if script == "hans" else ("zh-Hant", "zh-Hans", "en")
    for c in decided().concepts:
        [same] = [o for o in decided(text).concepts if o.text("en") == c.text("en")]
        assert {n for n in names(same) if n[0] in held} == {n for n in names(c) if n[3] != "forbidden" and n[0] in held}
        assert (same.kind, same.role, same.affiliation, same.notes) == (c.kind, c.role, c.affiliation, c.notes)


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_glossaries_of_translation_services_come_back_as_pairs(direction: str) -> None:
    for name, writer in (("a.tsv", machine_translation.deepl), ("a.csv", machine_translation.amazon)):
        data = writer(decided(), direction=direction).files[0]
        once = decided(added(data, name))
        assert writer(once, direction=direction).files[0].count(b"\n") == data.count(b"\n")
        assert ("#淨灘", "=beach clean-up & <more>") in {(c.text("zh-Hant"), c.text("en")) for c in once.concepts}


odd = st.text(
    st.one_of(
        st.characters(categories=["L", "N", "P", "S", "Zs"]),
        st.characters(categories=["Cc", "Cf", "Co", "Zl", "Zp", "Cn", "Cs"]),
        st.sampled_from("\t\r\n\"'#=+-@|;,<>&＝😀👩‍🔬\ue000\U000f0000\x00\x85\u2028\ufeff\ufffe"),
    ),
    max_size=8,
)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    out = []
    for k in range(draw(st.integers(1, 3))):
        more = [
            Term(f"{draw(odd)}丙{k}", "zh-Hant", draw(st.sampled_from(["short form", "variant"])), "approved"),
            Term(f"{draw(odd)}e{k}", "en", "full form", "admitted"),
            Term(f"{draw(odd)}A{k}", "en", "acronym", "approved"),
            Term(f"{draw(odd)}丁{k}", "zh-Hans", "full form", "approved"),
            Term(f"{draw(odd)}f{k}", "en", "full form", "forbidden"),
        ]
        fields = {"role": draw(odd) or None, "affiliation": draw(odd) or None, "notes": tuple(draw(st.lists(odd, max_size=2)))}
        out.append(concept(f"c{k}", f"{draw(odd)}甲{k}", f"{draw(odd)}b{k}", *more, **fields))
    return Glossary(concepts=tuple(out))


def plain(found: list[Concept], change: Callable[[str], str] = lambda text: text) -> dict[str, tuple[object, ...]]:
    return {
        c.id: ({(t.language, change(t.text), t.type, t.status) for t in c.terms}, c.role, c.affiliation, tuple(map(change, c.notes)))
        for c in found
    }


@settings(max_examples=150, deadline=None)
@given(glossaries())
@example(Glossary(concepts=(concept("c0", "#甲", "=b", notes=("status: x", "note: y", "''")),)))
@example(Glossary(concepts=(concept("c0", "甲", "'=b", role="'x", affiliation="-"),)))
def test_odd_characters_come_back_from_tbx_and_tables(found: Glossary) -> None:
    chosen, _ = select(found)
    for write, order in ((tbx.v3, TBX3), (tbx.v2, TBX2)):
        data = write(found).files[0]
        assert faults(etree.fromstring(data), order) == []
        assert plain(read(data, "a.tbx")[0]) == plain(chosen)
    back = read(spreadsheet.csv_table(found).files[0], "a.csv")[0]
    assert plain(back) == plain(chosen, lambda text: text.replace(PART, STAND_IN))


@settings(max_examples=150, deadline=None)
@given(glossaries())
def test_odd_characters_come_back_from_pairs(found: Glossary) -> None:
    chosen, _ = select(found, forbidden=False)
    wanted = {t.text for c in chosen for t in c.terms if t.language != "zh-Hans"}
    data = tmx.tmx(found).files[0]
    assert faults(etree.fromstring(data), TMX) == []
    assert {t.text for c in read(data, "a.tmx")[0] for t in c.terms} == wanted
    lines = omegat.omegat(found).files[0].decode().split("\n")[1:-1]
    assert all(line.count("\t") == 2 and not line.startswith("#") for line in lines)
    assert {cell.strip() for line in lines for cell in line.split("\t")[:2]} == wanted
    deepl = machine_translation.deepl(found).files[0].decode()
    rows = [line.split("\t") for line in deepl.split("\n")[:-1]]
    assert {len(row) for row in rows} == {2}
    assert len({row[0] for row in rows}) == len(rows)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" for row in rows for cell in row for c in cell)
    assert all(cell == cell.strip() for row in rows for cell in row)


@settings(max_examples=150, deadline=None)
@given(glossaries())
def test_whatever_is_imported_is_read_as_it_was_meant(found: Glossary) -> None:
    merged = merge(select(found)[0], parse(""), "a; b: c #")
    if merged.decisions:
        assert not merge(select(found)[0], parse(appended("", merged)), "a; b: c #").decisions


FILES = {
    ".tbx": tbx.v3(decided()).files[0],
    ".tmx": tmx.tmx(decided()).files[0],
    ".csv": spreadsheet.csv_table(decided()).files[0],
    ".utf8": omegat.omegat(decided()).files[0],
    ".tsv": machine_translation.deepl(decided()).files[0],
}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_damaged_file_is_read_or_refused(suffix: str, data: st.DataObject) -> None:
    content = bytearray(FILES[suffix])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    refusal = f"a{suffix}"
    try:
        merged = merge(read(bytes(content), f"a{suffix}")[0], parse(DECISIONS), "a")
        appended(DECISIONS, merged)
    except InputError as error:
        refusal = str(error)
    assert refusal.startswith(f"a{suffix}")


# -- what people wrote ---------------------------------------------------------------------------------------------------

WRITTEN = "# mine,  with  spaces\r\n- approve: 淨零排放   # yes\r\n  en: net-zero emissions\r\n\r\n- reject: 高振邦"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "curated.yaml").write_bytes(WRITTEN.encode())
    (tmp_path / "terms.tbx").write_bytes(tbx.v3(decided()).files[0])
    monkeypatch.chdir(tmp_path)
    return tmp_path / "glossary" / "curated.yaml"


def duizhao(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_an_import_only_appends_and_a_second_one_changes_nothing(workspace: Path) -> None:
    status, _, said = duizhao("import", "terms.tbx", "--origin", "Ministry: list #3")
    assert status == 0
    once = workspace.read_bytes()
    assert once.startswith(WRITTEN.encode() + b"\r\n")
    assert once.count(b"\n") == once.count(b"\r\n"), "its line ends are those of the file"
    assert 'origin: "Ministry: list #3"' in once.decode()
    assert "5 concepts: 7 decisions added, 1 known already" in said
    assert "dropped 1: terms of which something else is decided (高振邦 = Kao Chen-pang (line 5: reject))" in said
    status, _, said = duizhao("import", "terms.tbx", "--origin", "Ministry: list #3")
    assert (status, workspace.read_bytes()) == (0, once)
    assert "0 decisions added, 8 known already" in said
    found = build([], parse(once.decode()))
    [wda] = [c for c in found.concepts if c.name == "勞動部勞動力發展署"]
    assert {t.source for t in wda.terms if t.language == "en"} == {"Ministry: list #3"}


def test_a_dry_run_shows_and_writes_nothing(workspace: Path) -> None:
    status, out, said = duizhao("import", "terms.tbx", "--dry-run")
    assert (status, workspace.read_bytes()) == (0, WRITTEN.encode())
    assert "- add: 勞動部勞動力發展署\n  en: " in out
    assert "would be added" in said


def test_an_import_makes_the_file_where_there_is_none(workspace: Path) -> None:
    workspace.unlink()
    assert duizhao("import", "terms.tbx")[0] == 0
    assert said(decided(workspace.read_text())) == said(decided())


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.tbx", b"<tbx><text>", "a.tbx, line 1: this is not XML: "),
        ("a.tbx", b"<html/>", "a.tbx: its root is html, so that it is neither TBX nor TMX"),
        ("a.tmx", b"zh\ten", "a.tmx, line 1: this is not XML: "),
        ("a.csv", b'zh-Hant,en\n"x', "a.csv: this is not CSV: unexpected end of data; save it as CSV in UTF-8"),
        ("a.csv", b"zh-Hant,zh-Hant\nx,y\n", "a.csv, line 1: only one of its columns names a language; name the columns"),
        ("a.tsv", "淨零".encode(), "a.tsv: it has one column only; part source and target by a tab"),
        ("a.utf8", b"# nothing\n", "a.utf8: it holds no terms"),
        ("a.csv", b" \n", "a.csv: is empty"),
        ("a.docx", b"x", "a.docx: its format is unknown; name it with one of the endings .tbx, "),
        ("missing.csv", None, "missing.csv: No such file or directory"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(workspace: Path, name: str, data: bytes | None, line: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    status, out, said = duizhao("import", name)
    assert (status, out, workspace.read_bytes()) == (2, "", WRITTEN.encode())
    assert said.startswith(f"duizhao: {line}")
    assert said.count("\n") == 1


def test_an_indented_list_of_decisions_is_not_broken(workspace: Path) -> None:
    text = "  - reject: 工作坊\n"
    workspace.write_text(text)
    assert duizhao("import", "terms.tbx")[0] == 0
    assert workspace.read_text().startswith(text)
    assert len(parse(workspace.read_text()).decisions) > 1


def test_a_mistake_in_what_people_wrote_is_named_with_its_line(workspace: Path) -> None:
    workspace.write_text("- approve: 工作坊\n- approv: 淨零\n")
    status, _, said = duizhao("import", "terms.tbx")
    assert status == 2
    assert "line 2" in said


# -- files of other tools ------------------------------------------------------------------------------------------------

DCT = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
 <text><body><conceptEntry id="c5"><min:subjectField>energy</min:subjectField>
  <langSec xml:lang="zh-TW"><termSec><term>碳費</term></termSec></langSec>
  <langSec xml:lang="de"><termSec><term>CO2-Abgabe</term></termSec></langSec>
  <langSec xml:lang="en-GB">
   <termSec><term>carbon <hi>fee</hi></term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
   <termSec><term>carbon tax</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec></conceptEntry></body></text></tbx>"""
NTIG = """<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><martifHeader/><text><body>
 <termEntry id="7"><langSet xml:lang="ZH-tw"><ntig><termGrp><term>碳費</term></termGrp></ntig></langSet>
 <langSet xml:lang="EN"><ntig><termGrp><term>carbon fee</term><termNote type="termType">entryTerm</termNote></termGrp></ntig>
 <ntig><termGrp><term>CF</term></termGrp></ntig></langSet></termEntry></body></text></martif>"""
UNITS = """<tmx version="1.4"><header srclang="en" segtype="sentence" datatype="plaintext" adminlang="en" o-tmf="x"
 creationtool="x" creationtoolversion="1"/><body>
 <tu><tuv xml:lang="en-US"><seg>carbon <bpt i="1"/>fee</seg></tuv><tuv xml:lang="zh-CN"><seg>碳费</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.tbx", DCT, "- add: 碳費\n  en: carbon fee\n  origin: a.tbx\n  note: \"subject field: energy\"\n\n- forbid: 碳費\n  en: carbon tax\n"),
        ("a.tbx", NTIG, "- add: 碳費\n  en: carbon fee\n  acronym: CF\n  origin: a.tbx\n"),
        ("a.tmx", UNITS, "- add: 碳费\n  en: carbon fee\n  origin: a.tmx\n"),
        ("a.csv", "Chinese;English;Note\n碳費;carbon fee;2025\n", "- add: 碳費\n  en: carbon fee\n  origin: a.csv\n  note: \"2025\"\n"),
        ("a.csv", "zh_TW,en_US\n碳費,carbon fee|carbon charge\n", "- add: 碳費\n  en: carbon fee\n  origin: a.csv\n\n- admit: 碳費\n  en: carbon charge\n"),
        ("a.tsv", "carbon fee\t碳費\ncarbon fee\tCO2\n", "- add: 碳費\n  en: carbon fee\n  origin: a.tsv\n"),
        ("a.tab", "# head\ncarbon fee\t碳費\tof 2025\n", "- add: 碳費\n  en: carbon fee\n  origin: a.tab\n  note: of 2025\n"),
        ("a.csv", "en,zh-Hant\n'=x,碳費\n'sHertogenbosch,斯海爾托亨博思\n", "- add: 碳費\n  en: \"=x\"\n  origin: a.csv\n\n- add: 斯海爾托亨博思\n  en: \"'sHertogenbosch\"\n  origin: a.csv\n"),
        ("a.csv", "status,zh-Hant,zh-Hans,en\nforbidden,碳費,碳费,carbon tax\nrejected,作坊,作坊,shop\n", "- forbid: 碳費\n  en: carbon tax\n"),
        ("a.csv", "english,中文\ncarbon fee,碳費\ncarbon levy,碳費\n", "- add: 碳費\n  en: carbon fee\n  origin: a.csv\n\n- add: 碳費\n  en: carbon levy\n  origin: a.csv\n"),
    ],
)
def test_files_of_other_tools(name: str, data: str, wanted: str) -> None:
    found, meant = (parse(text).decisions for text in (added(data.encode(), name), wanted))
    assert [msgspec.structs.replace(d, line=0) for d in found] == [msgspec.structs.replace(d, line=0) for d in meant]


def test_xml_fetches_nothing_and_expands_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("碳費")
    data = f"""<!DOCTYPE tmx [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "{'z' * 50}">]><tmx version="1.4"><header/><body>
    <tu><tuv xml:lang="zh"><seg>碳&x;</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu></body></tmx>"""
    try:
        found = read(data.encode(), "a.tmx")[0]
    except InputError:
        return
    assert all("費" not in t.text for c in found for t in c.terms)


def test_what_was_not_decided_is_not_added() -> None:
    one = msgspec.structs.replace(concept("c1", "碳費", "carbon fee"), terms=(Term("碳費", "zh-Hant"), Term("carbon fee", "en")))
    data = tbx.v3(Glossary(concepts=(one, concept("c2", "淨零", "net zero"))), status="all").files[0]
    merged = merge(read(data, "a.tbx")[0], parse(""), "a.tbx")
    assert [d.term for d in merged.decisions] == ["淨零"]
    assert {loss.what for loss in merged.losses} == {"terms that are proposed: nobody decided on them"}


def test_decisions_of_people_win_over_an_import() -> None:
    before = "- forbid: 淨零排放\n  en: net-zero emissions\n- reject: 零碳排\n- approve: 高振邦\n  en: Kao\n  to: {en: Kao Chen-pang}\n"
    merged = merge(read(tbx.v3(decided()).files[0], "a.tbx")[0], parse(before), "a.tbx")
    refused = [loss.subject for loss in merged.losses if "something else" in loss.what]
    assert refused == ["淨零排放 = net-zero emissions (line 1: forbid)", "零碳排 (line 3: reject)"]
    assert not [d for d in merged.decisions if d.term == "高振邦"], "known under the name that people gave"
    assert appended(before, merged).startswith(before)


def test_many_concepts_are_merged_in_linear_time() -> None:
    rows = "\n".join(f"詞{k}號,term number {k}" for k in range(5000))
    merged = merge(read(f"zh-Hant,en\n{rows}".encode(), "a.csv")[0], parse(DECISIONS), "a.csv")
    assert len(merged.decisions) == 5000


def test_a_workbook_is_no_termbase_to_import() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(InputError, match=r"its format is unknown"):
        read(out.getvalue(), "a.xlsx")
