"""The processed reports for other tools: each format is read back with the tool that it is for."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import main
from pipeline.document import Document, Paragraph
from pipeline.export import rows
from pipeline.export.conllu import conllu
from pipeline.export.corpus import Corpus, document_id, paragraphs
from pipeline.export.formats import BY_NAME, FORMATS, Format
from pipeline.run import Workspace, corpus, run
from pipeline.segment import segment
from pipeline.stages import chain

# Two pages, an e with its accent apart.
WIND = """離岸風電安全研習紀要

壹、緣起

能源署於2023年11月參加全球風能組織（Global Wind
Organisation, GWO）年會，其後與該組織簽署合作備忘錄。會議於 2023年11月7日在Cafe\u0301 Nord 舉行！\f
全球風能組織秘書長Erik Lund表示：「訓練要練到出事也不慌。」能源署將把GWO標準納入規定。
"""
CARE = """高齡照顧科技交流紀要

衛生主管機關邀請北歐照顧科技聯盟（Nordic Care Technology
Alliance, NCTA）來訪，雙方就照顧人力與輔助科技交換意見。
"""
DECISIONS = "- approve: 全球風能組織\n  en: Global Wind Organisation\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("reports")
    (root / "raw" / "2023").mkdir(parents=True)
    (root / "glossary").mkdir()
    (root / "raw" / "2023" / "wind report.txt").write_text(WIND, "utf-8")
    (root / "raw" / "care.txt").write_text(CARE, "utf-8")
    found = Workspace(root)
    found.curated.write_text(DECISIONS, "utf-8")
    assert not run(workspace=found).failures
    return found


@pytest.fixture(scope="module")
def reports(workspace: Workspace) -> Corpus:
    return Corpus(*corpus(workspace))


def written(reports: Corpus, format: str, **options: str) -> tuple[bytes, ...]:
    return BY_NAME[format].write(reports, **options).files


def sentences(reports: Corpus) -> list[str]:
    return [" ".join(d.text[s.start : s.end].split()) for d in reports.documents for s in d.sentences]


# -- what all formats share ----------------------------------------------------------------------------------------------


def test_ids_are_stable_fit_for_every_format_and_never_shared(reports: Corpus) -> None:
    found = [s.id for d in reports.documents for _, _, in_it in paragraphs(d) for s in in_it]
    assert found[0] == "2023%2Fwind%20report-p1s1"
    assert len(set(found)) == len(found) == sum(len(d.sentences) for d in reports.documents)
    assert document_id("a b") == "a%20b" != document_id("a%20b") != document_id("a/b")


@pytest.mark.parametrize("format", [f for f in FORMATS if f.source == "corpus"], ids=lambda f: f.name)
def test_every_format_writes_the_files_that_it_names_and_always_the_same(format: Format, reports: Corpus) -> None:
    contents = written(reports, format.name)
    assert len(contents) == len(format.files)
    assert all(contents)
    assert written(reports, format.name) == contents


@pytest.mark.parametrize("format", [f for f in FORMATS if f.source == "corpus"], ids=lambda f: f.name)
def test_a_report_of_which_no_text_is_left_does_no_harm(format: Format, reports: Corpus) -> None:
    empty = chain(Document.of("", "empty"))
    assert written(Corpus((empty, *reports.documents), reports.glossary), format.name)
    contents = written(Corpus((empty,)), format.name)
    assert format.name in ("docbin", "parquet") or not any(contents)


# -- DocBin --------------------------------------------------------------------------------------------------------------


def test_docbin_has_the_exact_text_its_words_sentences_and_paragraphs(reports: Corpus) -> None:
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_bytes(*written(reports, "docbin")).get_docs(spacy.blank("zh").vocab))
    assert [doc.user_data["document"] for doc in docs] == ["2023/wind report", "care"]
    for doc, document in zip(docs, reports.documents, strict=True):
        assert doc.text == document.text
        assert [(t.idx, t.text) for t in doc if not t.is_space] == [
            (t.start, document.text[t.start : t.end]) for t in document.tokens]
        assert [s.text.strip() for s in doc.sents] == [document.text[s.start : s.end] for s in document.sentences]
        assert [(s.text, s.label_) for s in doc.spans["paragraphs"]] == [
            (document.text[p.start : p.end], p.kind) for p in document.paragraphs]


def test_docbin_has_the_terms_as_spans(reports: Corpus) -> None:
    import spacy
    from spacy.tokens import DocBin

    doc = next(DocBin().from_bytes(*written(reports, "docbin")).get_docs(spacy.blank("zh").vocab))
    found = [(s.text, s.label_, s._.rendering, s._.status) for s in doc.spans["glossary"]]
    assert ("全球風能組織", "organisation", "Global Wind Organisation", "approved") in found
    assert ("GWO", "organisation", "全球風能組織", "approved") in found
    [concept] = {s.kb_id_ for s in doc.spans["glossary"] if s.text in ("全球風能組織", "GWO", "Global Wind Organisation")}
    assert concept in {c.id for c in reports.glossary.concepts}
    assert "全球風能組織" in {s.text for s in doc.spans["candidates"] if s.label_ == "organisation"}
    [simplified, _] = DocBin().from_bytes(*written(reports, "docbin", script="hans")).get_docs(spacy.blank("zh").vocab)
    assert "全球风能组织" in {s.text for s in simplified.spans["glossary"]}


# -- CoNLL-U -------------------------------------------------------------------------------------------------------------


@cache
def validator(level: int) -> Any:
    from udtools import Validator

    return Validator(level=level, output=None)


def incidents(data: bytes, path: Path, level: int) -> list[str]:
    """What the validator of Universal Dependencies has against a file."""
    path.write_bytes(data)
    state = validator(level).validate_file(str(path))
    return [incident.testid for incident in state.error_tracker]


def with_tree(data: bytes) -> bytes:
    """With a made-up tree and word class, so that a validator that asks for them goes on to the metadata."""
    row = re.compile(r"^(\d+)\t([^\t]+)\t_\t_\t_\t_\t_\t_\t_\t", re.MULTILINE)
    return row.sub(lambda m: f"{m[1]}\t{m[2]}\t_\tX\t_\t_\t{0 if m[1] == '1' else 1}\t{'root' if m[1] == '1' else 'dep'}\t_\t",
                   data.decode()).encode()


def test_conllu_passes_the_validator(reports: Corpus, tmp_path: Path) -> None:
    [data] = written(reports, "conllu")
    assert incidents(data, tmp_path / "corpus.conllu", level=1) == []
    assert incidents(with_tree(data), tmp_path / "corpus.conllu", level=2) == []
    broken = data.replace("# text = 壹、".encode(), "# text = 貳、".encode())
    assert incidents(with_tree(broken), tmp_path / "corpus.conllu", level=2)[0] == "text-form-mismatch"


def test_conllu_says_documents_paragraphs_and_sentences(reports: Corpus) -> None:
    lines = written(reports, "conllu")[0].decode().splitlines()
    assert [x for x in lines if x.startswith("# newdoc")] == ["# newdoc id = 2023%2Fwind%20report", "# newdoc id = care"]
    assert sum(x.startswith("# newpar id = ") for x in lines) == sum(len(d.paragraphs) for d in reports.documents)
    texts = [x.removeprefix("# text = ") for x in lines if x.startswith("# text = ")]
    assert texts == [normalize("NFC", s) for s in sentences(reports)]
    ids = [x.removeprefix("# sent_id = ") for x in lines if x.startswith("# sent_id = ")]
    assert ids == [s.id for d in reports.documents for _, _, in_it in paragraphs(d) for s in in_it]


def spelled_out(data: bytes) -> str:
    """The text that CoNLL-U gives, from its words and what MISC says of white space."""
    plain = {r"\s": " ", r"\t": "\t", r"\n": "\n", r"\r": "\r", "\\\\": "\\", r"\p": "|"}

    def unescaped(text: str) -> str:
        return re.sub(r"\\u(....)|\\.", lambda m: chr(int(m[1], 16)) if m[1] else plain[m[0]], text)

    out = []
    for line in data.decode().splitlines():
        if line[:1].isdigit():
            cells = line.split("\t")
            misc = dict(fact.split("=", 1) for fact in cells[9].split("|") if "=" in fact)
            gap = "" if misc.get("SpaceAfter") == "No" else unescaped(misc.get("SpacesAfter", " "))
            out.append((unescaped(misc["SpacesInToken"]) if "SpacesInToken" in misc else cells[1]) + gap)
    return "".join(out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.one_of(st.sampled_from("的能源署於2023年，。！「」 \u3000\t\u00a0\u2028\u200b|\\_#=e\u0301A\ufffd神豈"),
                                  st.characters(exclude_categories=["Cs", "Cc", "Cn"])), max_size=20), max_size=4))
def test_conllu_of_any_text_is_valid_and_tells_every_space(folder: Path, lines: list[str]) -> None:
    document, at = Document.of("\n".join(line for line in lines if line.strip())), 0
    for line in document.text.split("\n"):
        document = document.replace(paragraphs=(*document.paragraphs, Paragraph(at, at + len(line))))
        at += len(line) + 1
    document = segment(document)
    data = conllu(Corpus((document,)))
    assert incidents(data, folder / "any.conllu", level=1) == []
    assert normalize("NFC", spelled_out(data)) == normalize("NFC", document.text.lstrip()).replace("\ufffd", "□")


# -- JSON lines, Parquet -------------------------------------------------------------------------------------------------


def test_rows_cover_the_text_and_their_spans_fit(reports: Corpus) -> None:
    found = list(rows.rows(reports))
    for document in reports.documents:
        mine = [row for row in found if row.document == document.name]
        assert "\n".join(row.text for row in mine) == document.text.rstrip("\n")
        assert sum(len(row.tokens) for row in mine) == len(document.tokens)
        assert sum(len(row.sentences) for row in mine) == len(document.sentences)
    for row in found:
        assert len(row.text) == len(row.hant) == len(row.hans)
        assert all(row.text[t.start : t.end] == t.text for t in (*row.tokens, *row.terms))
    assert [row.page for row in found if row.text.startswith("全球風能組織秘書長")] == [2]
    terms = {(t.text, t.kind, *t.renderings) for row in found for t in row.terms}
    assert ("全球風能組織", "organisation", "Global Wind Organisation", "GWO") in terms


def test_jsonl_and_parquet_load_as_a_dataset_with_the_same_schema(
        reports: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets = pytest.importorskip("datasets", reason="of the extra dev")
    loaded = []
    for format, builder in (("jsonl", "json"), ("parquet", "parquet")):
        file = tmp_path / BY_NAME[format].files[0]
        file.write_bytes(written(reports, format)[0])
        loaded.append(datasets.load_dataset(builder, data_files=str(file), split="train", cache_dir=str(tmp_path / "cache")))
    assert loaded[0].features == loaded[1].features
    assert loaded[1].features == datasets.Features.from_arrow_schema(rows.schema())
    expected = [msgspec.to_builtins(row) for row in rows.rows(reports)]
    assert loaded[0].to_list() == loaded[1].to_list() == expected


def test_the_schema_is_that_of_the_documented_row() -> None:
    pytest.importorskip("pyarrow", reason="of the extra parquet")
    assert json.loads(Path(__file__).parents[1].joinpath("docs/corpus.schema.json").read_bytes()) == rows.json_schema()
    assert rows.schema().names == list(rows.Row.__struct_fields__)
    for name, struct in (("sentences", rows.SentenceRow), ("tokens", rows.TokenRow), ("terms", rows.TermRow)):
        assert [f.name for f in rows.schema().field(name).type.value_type] == list(struct.__struct_fields__)


# -- one sentence a line -------------------------------------------------------------------------------------------------


def test_moses_has_one_sentence_a_line_and_an_id_for_each(reports: Corpus) -> None:
    text, ids = written(reports, "moses")
    lines, found = text.decode().splitlines(), list(csv.reader(io.StringIO(ids.decode()), delimiter="\t"))
    assert lines == sentences(reports)
    assert [row[0] for row in found] == [s.id for d in reports.documents for _, _, in_it in paragraphs(d) for s in in_it]
    last = max(k for k, row in enumerate(found) if row[1] == "2023/wind report")
    assert (found[last][2], lines[last][-6:]) == ("2", "準納入規定。")
    assert "能源署将把GWO标准纳入规定。" in written(reports, "moses", script="hans")[0].decode().splitlines()


# -- the command ---------------------------------------------------------------------------------------------------------


def duizhao(*arguments: str) -> tuple[int, bytes, str]:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout_bytes, done.stderr


def test_the_command_writes_files_or_standard_output(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    assert duizhao("export", "moses")[::2] == (0, "written: corpus.txt, corpus.ids\n")
    assert Path("corpus.txt").read_text("utf-8").count("\n") == Path("corpus.ids").read_text("utf-8").count("\n") > 5
    assert duizhao("export", "moses", "--output", "reports.zh", "--script", "hans")[0] == 0
    assert "标准" in Path("reports.zh").read_text("utf-8")
    assert Path("reports.ids").read_bytes() == Path("corpus.ids").read_bytes()
    status, out, said = duizhao("export", "jsonl", "--output", "-")
    assert (status, said) == (0, "")
    assert {json.loads(line)["document"] for line in out.splitlines()} == {"2023/wind report", "care"}


def test_parquet_without_pyarrow_says_what_to_install(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.root)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    status, _, line = duizhao("export", "parquet")
    assert (status, line.count("\n"), Path("corpus.parquet").exists()) == (2, 1, False)
    assert "pyarrow is missing; install what is needed with: pip install 'duizhao[parquet]'" in line


@pytest.mark.parametrize(("arguments", "said"), [
    (["conll"], "no format is called conll; they are docbin, conllu"),
    (["jsonl", "--script", "hans"], "jsonl has no --script"),
    (["moses", "--output", "-"], "moses has 2 files"),
    (["moses", "--output", "x.ids"], "x.ids: would be both files of moses; end it in .txt"),
    (["jsonl", "--output", "raw/x.jsonl"], "raw/x.jsonl: is where people write"),
    (["jsonl", "--output", "glossary/curated.yaml"], "glossary/curated.yaml: is where people write"),
])
def test_mistakes_are_a_line(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(workspace.root)
    status, out, line = duizhao("export", *arguments)
    assert (status, out, line.count("\n")) == (2, b"", 1)
    assert said in line


def test_what_is_missing_or_stale_is_not_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "raw: there is no such folder" in duizhao("export", "jsonl")[2]
    (tmp_path / "raw").mkdir()
    assert "raw: holds no reports" in duizhao("export", "jsonl")[2]
    (tmp_path / "raw" / "care.txt").write_text(CARE, "utf-8")
    stale = "raw/care.txt: is not in processed/ as it is now; bring it up to date with: make all"
    assert stale in duizhao("export", "jsonl")[2]
    run("terms", Workspace())
    assert "glossary/built: is not that of the reports as they are now" in duizhao("export", "jsonl")[2]
    run(workspace=Workspace())
    assert duizhao("export", "jsonl")[0] == 0
    (tmp_path / "raw" / "care.txt").write_text(CARE.replace("聯盟", "協會"), "utf-8")
    status, _, line = duizhao("export", "jsonl", "--output", "late.jsonl")
    assert (status, stale in line) == (2, True)
    assert not Path("late.jsonl").exists()
