"""The glossary and the words as parts of spaCy pipelines, found by their entry points."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from glossaries import entry, glossary
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from pipeline.errors import InputError
from pipeline.export.glossary_yaml import to_yaml
from pipeline.glossary.model import Glossary
from pipeline.segment import Options, words

WORDS = {"nlp": {"tokenizer": {"@tokenizers": "duizhao_words"}}}
DECISIONS = """
- approve: 北歐照顧科技聯盟
- edit: 職業安全局
  short: [職安局, 該局]
- forbid: 公正轉型
  en: fair transition
"""


@pytest.fixture(scope="module")
def built() -> Glossary:
    return glossary([
        entry("職業安全局", "Bureau of Occupational Safety", "BOS"),
        entry("北歐照顧科技聯盟", "Nordic Care Technology Alliance", "NCTA"),
        entry("勞動力發展", "workforce development", kind="term"),
        entry("公正轉型", "just transition", kind="term"),
        entry("公正轉型", "fair transition", kind="term"),
        entry("土耳其", "Turkey", kind="place"),
        entry("日本", "Japan", kind="place"),
        entry("亞洲", "Asia", kind="place"),
        entry("世界貿易組織", "World Trade Organization", "WTO"),
        entry("衛生組織", "Health Organisation", "WHO"),
    ], curated=DECISIONS)


@pytest.fixture(scope="module")
def file(built: Glossary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "glossary.json"
    path.write_bytes(built.to_json())
    return path


def pipe(file: Path, language: str = "zh", **config: object) -> Language:
    nlp = spacy.blank(language)
    nlp.add_pipe("duizhao_glossary", config={"path": str(file), **config})
    return nlp


def found(doc: Doc, key: str = "glossary") -> list[tuple[str, str]]:
    return [(s.text, s._.rendering) for s in doc.spans[key]]


def test_the_parts_are_found_where_nothing_of_ours_was_imported(file: Path) -> None:
    code = f"""import spacy
nlp = spacy.blank("zh", config={WORDS!r})
nlp.add_pipe("duizhao_glossary", config={{"path": {str(file)!r}}})
doc = nlp("日本")
print([(s.text, s.label_, s._.rendering) for s in doc.spans["glossary"]] == [("日本", "place", "Japan")])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.stderr, done.stdout) == ("", "True\n")


# -- the component -------------------------------------------------------------------------------------------------------


def test_chinese_terms_are_spans_with_kind_concept_and_rendering(file: Path, built: Glossary) -> None:
    doc = pipe(file)("職業安全局與北歐照顧科技聯盟（NCTA）會商。")
    assert found(doc) == [("職業安全局", "Bureau of Occupational Safety"),
                          ("北歐照顧科技聯盟", "Nordic Care Technology Alliance"), ("NCTA", "北歐照顧科技聯盟")]
    bureau, alliance, _ = doc.spans["glossary"]
    assert (bureau.label_, bureau._.status) == ("organisation", "proposed")
    assert (alliance._.status, alliance._.renderings) == ("approved", ("Nordic Care Technology Alliance", "NCTA"))
    [concept] = [c for c in built.concepts if c.id == alliance.kb_id_]
    assert concept.name == "北歐照顧科技聯盟"


@pytest.mark.parametrize("text", ["北欧照顾科技联盟来访。", "北歐照顧科技聯盟來訪。", "台灣的北歐照顧科技聯盟"])
def test_either_script_is_recognised(file: Path, text: str) -> None:
    assert [r for _, r in found(pipe(file)(text))] == ["Nordic Care Technology Alliance"]


def test_an_english_pipeline_gives_chinese_renderings_in_the_script_that_is_asked_for(file: Path) -> None:
    text = "The Nordic Care Technology Alliance (NCTA) spoke of workforce development."
    assert found(pipe(file, "en")(text)) == [
        ("Nordic Care Technology Alliance", "北歐照顧科技聯盟"), ("NCTA", "北歐照顧科技聯盟"), ("workforce development", "勞動力發展")]
    assert found(pipe(file, "en", script="hans")(text))[-1] == ("workforce development", "劳动力发展")


@pytest.mark.parametrize(("text", "expected"), [
    ("NORDIC CARE TECHNOLOGY ALLIANCE", ["NORDIC CARE TECHNOLOGY ALLIANCE"]),
    ("nordic care technology alliance", ["nordic care technology alliance"]),
    ("Nordic\nCare Technology-Alliance", ["Nordic\nCare Technology-Alliance"]),
    ("just transitions", ["just transitions"]),
    ("WTO-led talks of the WTO's members", ["WTO", "WTO"]),
    ("Who? Ask WHO.", ["WHO"]),
    ("Turkey grills turkey.", ["Turkey"]),
    ("an adjust transition, just transitional", []),
    ("Asia-Pacific, but also Asia", ["Asia"]),
    ("a fair transition", []),
])
def test_case_number_and_hyphens_of_english(file: Path, text: str, expected: list[str]) -> None:
    assert [s for s, _ in found(pipe(file, "en")(text))] == expected


def test_short_forms_that_only_a_report_gives_are_no_terms_elsewhere(file: Path) -> None:
    assert [s for s, _ in found(pipe(file)("職安局表示，該局將另行公告。"))] == ["職安局"]


def test_a_term_is_found_however_the_text_is_cut_but_not_across_words(file: Path) -> None:
    nlp = pipe(file)
    cut = Doc(nlp.vocab, words=["推動", "勞動", "力發展", "，", "今日", "本會"], spaces=[False] * 6)
    assert [s.text for s in nlp(cut).spans["glossary"]] == ["勞動力發展"]
    wide = Doc(nlp.vocab, words=["勞動力", "發展署"], spaces=[False] * 2)
    assert [s.text for s in nlp(wide).spans["glossary"]] == ["勞動力發展署"]


def test_settings(file: Path) -> None:
    text = "公正轉型：a fair transition"
    assert found(pipe(file, statuses=["approved"])("日本與北歐照顧科技聯盟")) == [
        ("北歐照顧科技聯盟", "Nordic Care Technology Alliance")]
    assert [s for s, _ in found(pipe(file, key="terms", statuses=["proposed", "forbidden"])(text), "terms")] == [
        "公正轉型", "fair transition"]
    with pytest.raises(InputError, match="no script is called tw"):
        pipe(file, script="tw")


def test_entities_go_before_those_of_other_components(file: Path) -> None:
    nlp = pipe(file, "en", ents=True)
    nlp.add_pipe("entity_ruler", first=True).add_patterns([
        {"label": "ORG", "pattern": "Care Technology"}, {"label": "GPE", "pattern": "Norway"}])
    doc = nlp("The Nordic Care Technology Alliance met in Norway.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Nordic Care Technology Alliance", "organisation"), ("Norway", "GPE")]
    assert doc.ents[0]._.rendering == "北歐照顧科技聯盟"


def test_a_saved_pipeline_needs_the_file_no_more(file: Path, built: Glossary, tmp_path: Path) -> None:
    moved = tmp_path / "glossary.json"
    moved.write_bytes(built.to_json())
    nlp = pipe(moved)
    text = "職業安全局与北欧照顾科技联盟会商。"
    expected = found(nlp(text))
    assert len(expected) == 2
    nlp.to_disk(tmp_path / "model")
    data, config = nlp.to_bytes(), nlp.config
    moved.unlink()
    assert found(spacy.load(tmp_path / "model")(text)) == expected
    assert found(type(nlp).from_config(config).from_bytes(data)(text)) == expected
    assert found(pickle.loads(pickle.dumps(nlp))(text)) == expected


def test_spans_and_renderings_travel_with_the_doc(file: Path) -> None:
    nlp = pipe(file)
    doc = nlp("職業安全局說明勞動力發展。")
    assert found(again := Doc(nlp.vocab).from_bytes(doc.to_bytes())) == found(doc)
    assert again.spans["glossary"][1].kb_id_ == doc.spans["glossary"][1].kb_id_
    [binned] = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert found(binned) == found(doc)


def test_yaml_serves_as_well(built: Glossary, tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(to_yaml(built), "utf-8")
    assert found(pipe(tmp_path / "glossary.yaml")("公正轉型"))[0] == ("公正轉型", "just transition")


def test_a_glossary_that_is_missing_or_broken_is_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"glossary.json: there is no glossary"):
        pipe(tmp_path / "glossary.json")("北歐")
    for name, content in (("glossary.json", "[1"), ("glossary.yaml", "a: ["), ("other.json", '{"concepts": 1}')):
        (tmp_path / name).write_text(content, "utf-8")
        with pytest.raises(InputError, match=f"{name}: this is no glossary") as raised:
            pipe(tmp_path / name)
        assert "\n" not in str(raised.value)


# -- the tokenizer -------------------------------------------------------------------------------------------------------


def test_the_words_are_those_of_the_pipeline() -> None:
    text = "能源署於2023年11月7日公布3,200餘件資料。\n  依 GWO 標準　辦理！"
    doc = spacy.blank("zh", config=WORDS)(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == [w for line in text.split("\n") for w in words(line)]


@settings(max_examples=80, deadline=None)
@given(st.text(st.one_of(st.sampled_from("的能源署於2023年，。 \u3000\t\n\r\u00a0\u2028Ab-"),
                         st.characters(exclude_categories=["Cs"])), max_size=40))
def test_no_character_of_any_text_is_lost(tokenizer: Language, text: str) -> None:
    assert tokenizer(text).text == text


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    return spacy.blank("zh", config=WORDS)


def test_words_of_peoples_decisions_survive_saving(tmp_path: Path) -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "duizhao_words", "not_words": ["資料"]}}}
    nlp = spacy.blank("zh", config=config)
    expected = [t.text for t in nlp("公布資料。")]
    assert expected == words("公布資料。", Options(not_words=("資料",))) != words("公布資料。")
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model")
    assert [t.text for t in loaded("公布資料。")] == expected
    assert loaded.config["nlp"]["tokenizer"] == {"@tokenizers": "duizhao_words", "not_words": ["資料"], "words": None}
    other = spacy.blank("zh", config=WORDS).from_bytes(nlp.to_bytes())
    assert [t.text for t in other("公布資料。")] == expected
    assert [t.text for t in pickle.loads(pickle.dumps(nlp.tokenizer))("公布資料。")] == expected


def test_words_and_glossary_work_together(file: Path) -> None:
    nlp = spacy.blank("zh", config=WORDS)
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("duizhao_glossary", config={"path": str(file)})
    first, second = (list(doc.spans["glossary"]) for doc in nlp.pipe(["日本代表發言。職業安全局說明。", "公正轉型是重點。"]))
    assert [(s.text, s.sent.text) for s in first] == [("日本", "日本代表發言。"), ("職業安全局", "職業安全局說明。")]
    assert [isinstance(s, Span) and s.text for s in second] == ["公正轉型"]
