"""From candidates of many documents to concepts."""

from __future__ import annotations

import pytest
from glossaries import conflicts, entry, glossary, only, texts

from pipeline.document import Author, Candidate, Document, Edit, Page, Span
from pipeline.document import Evidence as Place
from pipeline.glossary.build import Options, build
from pipeline.glossary.entries import EVIDENCE, entries, entries_of_json
from pipeline.glossary.keys import abbreviates, acronym_key, en_key, zh_key
from pipeline.glossary.model import DocumentTerms, Entry, Evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣海洋廢棄物", "台湾海洋废弃物"),
        ("「淨零排放人才　開創未來」", "淨零排放人才 開創未來"),
        ("５Ｇ專網", "5g专网"),
        ("祕書處", "秘书处"),
        ("約翰‧史密斯", "約翰・史密斯"),
        ("「藍海」計畫", "藍海計畫"),
    ],
)
def test_chinese_is_the_same(one: str, other: str) -> None:
    assert zh_key(one) == zh_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asia-Pacific Economic Cooperation", "asia pacific economic cooperation"),
        ("The World Bank", "World Bank"),
        ("Research & Development", "research and development"),
        ("Päivi Korhonen", "Paivi Korhonen"),
        ("Søren Mæland", "Soren Maeland"),
        ("workers’ council", "workers' council"),
    ],
)
def test_english_is_the_same(one: str, other: str) -> None:
    assert en_key(one) == en_key(other)


@pytest.mark.parametrize(("one", "other"), [("APEC", "apec"), ("SMEs", "SME"), ("U.N.", "UN"), ("SDGs", "SDG")])
def test_acronyms_are_the_same(one: str, other: str) -> None:
    assert acronym_key(one) == acronym_key(other)


def test_keys_tell_apart_what_differs() -> None:
    assert zh_key("教育部") != zh_key("教育局")
    assert en_key("Ministry of Labor") != en_key("Ministry of Education")
    assert en_key("eHealth+") != en_key("eHealth")
    assert acronym_key("GPS") != acronym_key("GP")
    assert acronym_key("V&A") != acronym_key("VA")
    assert en_key("★") == "★"
    assert abbreviates("勞發署", "勞動部勞動力發展署")
    assert not abbreviates("工作坊", "APEC工作坊")


def test_scripts_and_variants_are_one_concept() -> None:
    found = glossary(
        [entry("臺灣海洋廢棄物治理平臺", "Taiwan Marine Debris Platform")],
        [entry("台湾海洋废弃物治理平台")],
        [entry("台灣海洋廢棄物治理平台", "Taiwan marine debris platform")],
    )
    [concept] = found.concepts
    assert concept.documents == ("a", "b", "c")
    assert texts(concept, "en", "full form") == ["Taiwan Marine Debris Platform"]
    assert set(texts(concept, "zh-Hant", "full form") + texts(concept, "zh-Hant", "variant")) >= {
        "臺灣海洋廢棄物治理平臺",
        "台灣海洋廢棄物治理平台",
    }
    assert texts(concept, "zh-Hans", "full form") == ["台湾海洋废弃物治理平台"]
    assert not concept.conflicts


def test_what_a_report_prints_comes_before_what_conversion_gives() -> None:
    simplified = Entry(kind="term", zh="台湾皇后镇", zh_hant="臺灣皇後鎮", zh_hans="台湾皇后镇", confidence=0.9, mentions=9)
    traditional = Entry(kind="term", zh="臺灣皇后鎮", zh_hant="臺灣皇后鎮", zh_hans="台湾皇后镇", confidence=0.9, mentions=1)
    [concept] = glossary([simplified], [traditional]).concepts
    assert concept.text("zh-Hant") == "臺灣皇后鎮"
    sources = {t.text: t.source for t in concept.terms}
    assert sources == {"臺灣皇后鎮": "text", "臺灣皇後鎮": "opencc", "台湾皇后镇": "text"}


def test_an_acronym_joins_the_concept_that_spells_it_out_elsewhere() -> None:
    found = glossary(
        [entry("瑞典地方政府及區域協會", "Swedish Association of Local Authorities and Regions", "SALAR")],
        [entry(acronym="SALAR"), entry(acronym="ESG", kind="term")],
    )
    assert len(found.concepts) == 2
    assert only(found, "SALAR").documents == ("a", "b")
    assert only(found, "SALAR").mentions == 2
    alone = only(found, "ESG")
    assert [t.text for t in alone.terms] == ["ESG"]  # no invented expansion


def test_a_name_with_an_acronym_alone_takes_its_english_from_the_document_that_spells_it_out() -> None:
    for elsewhere in (
        entry(en="Carbon Border Adjustment Mechanism", acronym="CBAM"),  # in Latin letters alone
        entry("碳邊境調整機制", "Carbon Border Adjustment Mechanism", "CBAM"),
    ):
        found = glossary([entry("碳邊境調整機制", acronym="CBAM", kind="programme")], [elsewhere])
        [concept] = found.concepts
        assert concept.text("zh-Hant") == "碳邊境調整機制"
        assert concept.text("en") == "Carbon Border Adjustment Mechanism"
        assert concept.documents == ("a", "b")


def test_an_acronym_with_two_expansions_is_a_conflict_and_stays_with_its_own_document() -> None:
    found = glossary(
        [entry("能力建構分組", "Capacity Building Network", "CBN"), entry(acronym="CBN")],
        [entry("公民電視網", "Citizens Broadcasting Network", "CBN")],
        [entry(acronym="CBN")],
    )
    first, second = only(found, "能力建構分組"), only(found, "公民電視網")
    assert first.mentions == 2  # the bare acronym of its own document
    assert second.mentions == 1
    [unknown] = [c for c in found.concepts if not c.text("zh-Hant")]
    assert unknown.documents == ("c",)
    assert all("several expansions" in conflicts(c) for c in (first, second, unknown))
    [said] = first.conflicts
    assert said.message == "CBN is Capacity Building Network (能力建構分組) or Citizens Broadcasting Network (公民電視網)"
    assert set(said.concepts) == {second.id, unknown.id}


def test_several_english_for_one_chinese_are_shown() -> None:
    found = glossary(
        [entry("公正轉型", "just transition", kind="term")],
        [entry("公正轉型", "fair transition", kind="term", confidence=0.6)],
        [entry("公正轉型", "Just Transition", kind="term")],
    )
    [concept] = found.concepts
    assert [t.text for t in concept.of("en")] == ["Just Transition", "fair transition"]
    assert conflicts(concept) == ["several English"]
    assert concept.conflicts[0].terms == ("Just Transition", "fair transition")


def test_several_chinese_for_one_english_are_shown_in_both() -> None:
    found = glossary([entry("教育部", "Department of Education")], [entry("教育局", "Department of Education")])
    one, other = only(found, "教育部"), only(found, "教育局")
    assert conflicts(one) == conflicts(other) == ["several Chinese"]
    assert one.conflicts[0].concepts == (other.id,)


def test_a_person_named_in_both_ways_is_one_concept() -> None:
    found = glossary(
        [entry("何佩珊", kind="person", role="視察", affiliation="長期照顧司")],
        [entry("何佩珊", "Ho Pei-shan", kind="person")],
        [entry(en="Ho Pei-Shan", kind="person", role="視察")],
    )
    [concept] = found.concepts
    assert (concept.kind, concept.role, concept.affiliation) == ("person", "視察", "長期照顧司")
    assert concept.documents == ("a", "b", "c")
    assert not concept.conflicts


def test_a_name_in_another_order_is_no_conflict_but_another_affiliation_is() -> None:
    found = glossary(
        [entry("林淑芬", "Lin Shu-fen", kind="person", affiliation="環境部氣候變遷署")],
        [entry("林淑芬", "Shu-Fen Lin", kind="person", affiliation="氣候署")],
        [entry("林淑芬", kind="person", affiliation="國立海洋大學")],
    )
    [concept] = found.concepts
    assert conflicts(concept) == ["several affiliations"]
    assert concept.conflicts[0].terms == ("國立海洋大學", "環境部氣候變遷署")


def test_a_person_is_not_a_thing_of_the_same_name() -> None:
    found = glossary([entry("布蘭登港", "Port Brandon", kind="place")], [entry(en="Port Brandon", kind="person")])
    assert [c.kind for c in found.concepts] == ["person", "place"]


def test_short_forms_join_their_full_form() -> None:
    found = glossary(
        [
            entry("衛生福利部", short=("衛福部",)),
            entry("APEC工作坊", short=("工作坊",), kind="programme"),
            entry("工作坊", "Workshop"),
        ],
        [entry("衛福部", "Ministry of Health and Welfare", "MOHW"), entry("工作坊", "workshop", kind="term")],
    )
    ministry = only(found, "衛生福利部")
    assert texts(ministry, "zh-Hant", "short form") == ["衛福部"]
    assert texts(ministry, "zh-Hans", "short form") == ["卫福部"]
    assert ministry.text("en", "acronym") == "MOHW"
    # 工作坊 is short for one workshop in document a only
    assert [c.documents for c in found.concepts if c.text("zh-Hant", "full form") == "工作坊"] == [("b",)]
    assert only(found, "APEC工作坊").documents == ("a",)


def test_an_abbreviation_of_two_names_is_a_conflict_and_a_way_to_speak_is_not() -> None:
    found = glossary(
        [entry("勞動部勞動力發展署", short=("勞發署",)), entry("漁業工作坊", short=("工作坊",))],
        [entry("勞動力發展署", short=("勞發署",)), entry("氣候工作坊", short=("工作坊",))],
    )
    assert conflicts(only(found, "勞動部勞動力發展署")) == ["several expansions"]
    assert only(found, "勞動力發展署").conflicts[0].message == "勞發署 is 勞動力發展署 or 勞動部勞動力發展署"
    assert not only(found, "漁業工作坊").conflicts


def test_an_affiliation_by_a_short_form_is_that_of_the_full_form_in_its_document() -> None:
    society = entry("香港社區健康促進會", short=("本會",))
    found = glossary(
        [
            society,
            entry("李嘉敏", kind="person", affiliation="本會"),
            entry("馮啟賢", kind="person", affiliation="HIHR"),
            entry("維港健康研究院", "Harbour Institute for Health Research", "HIHR"),
        ],
        [entry("馮啟賢", kind="person", affiliation="維港健康研究院"), entry("鄧詠欣", kind="person", affiliation="本會")],
    )
    assert only(found, "李嘉敏").affiliation == "香港社區健康促進會"
    assert only(found, "馮啟賢").affiliation == "維港健康研究院"
    assert not only(found, "馮啟賢").conflicts
    assert only(found, "鄧詠欣").affiliation == "本會"  # of another document, which does not say whose


def test_confidence_grows_with_documents_and_decides_the_status() -> None:
    one = glossary([entry("藍碳", "blue carbon", kind="term", confidence=0.87)])
    two = glossary(
        [entry("藍碳", "blue carbon", kind="term", confidence=0.87)], [entry("藍碳", "Blue Carbon", kind="term", confidence=0.87)]
    )
    assert [(c.status, c.confidence) for c in one.concepts] == [("uncertain", 0.87)]
    assert [(c.status, c.confidence) for c in two.concepts] == [("proposed", 0.909)]
    strict = build([DocumentTerms("a", (entry("藍碳", "blue carbon"),))], options=Options(threshold=0.95))
    assert strict.concepts[0].status == "uncertain"


def test_the_kind_that_most_speaks_for_wins_and_the_id_does_not_depend_on_it() -> None:
    works = glossary([entry("綠色就業指引", "Green Job Guide", kind="work")])
    mixed = glossary(
        [entry("綠色就業指引", "Green Job Guide", kind="programme")],
        [entry("綠色就業指引", kind="programme")],
        [entry("綠色就業指引", kind="work")],
    )
    assert (works.concepts[0].kind, mixed.concepts[0].kind) == ("work", "programme")
    assert works.concepts[0].id == mixed.concepts[0].id


def test_places_keep_the_table_they_are_from() -> None:
    found = glossary([entry("挪威", "Norway", kind="place", source="cldr")])
    assert {t.text: t.source for t in found.concepts[0].terms} == {"挪威": "text", "Norway": "cldr"}


def test_evidence_is_counted_in_full_and_shown_from_many_documents() -> None:
    places = [Evidence(d, k * 10, k * 10 + 2, f"第{k}次到訪挪威。", mark=(5, 7)) for d in "ab" for k in range(8)]
    documents = [
        DocumentTerms(
            d,
            (
                Entry(
                    kind="place",
                    zh="挪威",
                    en="Norway",
                    source="cldr",
                    confidence=1.0,
                    mentions=30,
                    evidence=tuple(e for e in places if e.document == d),
                ),
            ),
        )
        for d in "ab"
    ]
    [concept] = build(documents, options=Options(evidence=6)).concepts
    assert concept.mentions == 60
    assert [e.document for e in concept.evidence] == ["a"] * 3 + ["b"] * 3


def report() -> Document:
    """A report in which a line break was joined, so that text and raw offsets differ."""
    raw = "何佩珊｜長期照顧司　視察\n一、參訪銀髮生活實驗\n室（Silver Living Lab）。\f實驗室由市府設立。"
    document = Document.of(raw, "visit", pages=[Page(0), Page(raw.index("\f") + 1)])
    document = document.set_aside([(0, 13, "byline")])
    break_at = document.text.index("\n")
    document = document.edit([Edit(break_at, break_at + 1, "", "join lines")])
    text = document.text
    at = text.index("銀髮")
    gloss = text.index("Silver")
    places = [Place(text.rindex("實驗室"), text.rindex("實驗室") + 3), Place(at, at + 7, gloss, gloss + 17)]
    end = text.index("。") + 1
    return document.replace(
        sentences=(Span(0, end), Span(end + 1, len(text))),
        authors=(Author("何佩珊", "長期照顧司", "視察", 0, 13),),
        candidates=(
            Candidate(kind="organisation", zh="銀髮生活實驗室", en="Silver Living Lab", confidence=0.9, evidence=tuple(places)),
            Candidate(kind="person", zh="何佩珊", role="視察", confidence=0.9),
        ),
    )


def test_evidence_points_into_the_raw_text() -> None:
    document = report()
    found = entries(document)
    lab, author = found.entries
    first, second = lab.evidence  # those with a gloss first
    assert document.raw[first.start : first.end] == "銀髮生活實驗\n室"
    assert document.raw[first.gloss_start : first.gloss_end] == "Silver Living Lab"
    assert first.sentence == "一、參訪銀髮生活實驗室（Silver Living Lab）。"
    assert first.sentence[slice(*first.mark)] == "銀髮生活實驗室"
    assert first.sentence[slice(*first.gloss_mark)] == "Silver Living Lab"
    assert (first.page, second.page) == (1, 2)
    assert second.sentence == "實驗室由市府設立。"
    [byline] = author.evidence
    assert document.raw[byline.start : byline.end] == byline.sentence[slice(*byline.mark)] == "何佩珊"
    assert found == entries_of_json(document.to_json())


def test_a_term_quoted_in_the_other_script_is_there_in_both() -> None:
    document = Document.of("依《粤港澳大湾区发展规划纲要》辦理。")
    quoted = Candidate(kind="work", zh=document.text[2:14], zh_hant=document.text[2:14], zh_hans=document.text[2:14])
    [found] = entries(document.replace(candidates=(quoted,))).entries
    assert (found.zh, found.zh_hant, found.zh_hans) == (
        "粤港澳大湾区发展规划纲要", "粵港澳大灣區發展規劃綱要", "粤港澳大湾区发展规划纲要")


def test_evidence_of_one_document_is_capped_and_counted() -> None:
    document = Document.of("挪威。" * 50)
    document = document.replace(
        sentences=tuple(Span(k, k + 3) for k in range(0, 150, 3)),
        candidates=(Candidate(kind="place", zh="挪威", evidence=tuple(Place(k, k + 2) for k in range(0, 150, 3))),),
    )
    [found] = entries(document).entries
    assert (found.mentions, len(found.evidence)) == (50, EVIDENCE)
