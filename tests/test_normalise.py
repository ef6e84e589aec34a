"""Scripts: which one a text is in, the views of a document, and the key that variants share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Alignment, Document
from pipeline.normalise import Options, normalise, paragraph_scripts
from pipeline.scripts.detect import detect, fold, share

HANT = "本署說明，參與計畫的廠商應於期限內繳交軟體與硬碟的盤點報告。"
HANS = "本部说明，参与计划的厂商应在期限内提交软件与硬盘的盘点报告。"
HONG_KONG = "衞生署表示，病人在醫院裏面填寫表格，沿着指示領取藥物；馮啟賢教授解釋數碼政策。"


def views(text: str, **options: bool) -> dict[str, str]:
    document = normalise(Document.of(text), Options(**options))
    return {name: view.text for name, view in document.views.items()}


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (HANT, "hant"),
        (HANS, "hans"),
        (HANT + HANS, "mixed"),
        ("人口老化，山川如此。", "neutral"),
        ("ISO 14001, 2024", "neutral"),
        ("", "neutral"),
        (HANT * 12 + "「软件」", "hant"),  # one quotation makes no mixed text
        ("占總人口一成", "hant"),
        ("祕書與秘書都有人寫", "hant"),
        ("台灣的裡程", "hant"),
        ("皇后在后面等候", "neutral"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert detect(text).script == script


def test_what_taiwan_prints_is_no_simplified_character() -> None:
    assert detect("秘書處占地甚廣，群眾在床邊").hans == 0


def test_share_of_deciding_characters() -> None:
    assert share("人口") == 0
    assert share("說話") == 1
    assert share("說人") == 0.5
    assert share("no Chinese") == 0


def test_each_paragraph_is_detected() -> None:
    from pipeline.repair import repair

    document = repair(Document.of(f"{HANT}\n\n{HANS}\n\n人口。\n"))
    assert [r.script for r in paragraph_scripts(document)] == ["hant", "hans", "neutral"]


@settings(deadline=None)
@given(st.text(st.sampled_from("软件在硬盘里發展髮頭头发台臺后後面干幹「」《》，。\n人A1"), max_size=40), st.booleans())
def test_views_keep_offsets(text: str, quotations: bool) -> None:
    document = normalise(Document.of(text), Options(quotations=quotations))
    assert len(document.views["hant"].text) == len(document.views["hans"].text) == len(text)
    for view in document.views.values():
        if view.pieces:
            assert sum(p.length for p in view.pieces) == len(view.text)
            assert Alignment(view.pieces).source(0, len(view.text)) == (0, len(text))


def test_a_word_is_found_in_the_regional_wording() -> None:
    text = f"序言。\n{HANS}那台打印机坏了。"
    view = normalise(Document.of(text)).views["tw"]
    at = text.index("打印机")
    span = Alignment(view.pieces).target(at, at + 3)
    assert span is not None
    assert view.text[slice(*span)] == "印表機"


def test_views_of_a_simplified_document() -> None:
    found = views(HANS)
    assert found["hant"] == "本部說明，參與計劃的廠商應在期限內提交軟件與硬盤的盤點報告。"
    assert found["tw"] == "本部說明，參與計劃的廠商應在期限內提交軟體與硬碟的盤點報告。"
    assert found["hans"] == found["cn"] == HANS


def test_phrases_choose_the_character() -> None:
    assert views("头发发白，这里发展很快，干部晒干谷子。")["hant"] == "頭髮發白，這裡發展很快，幹部曬乾穀子。"


def test_views_of_a_document_from_taiwan() -> None:
    found = views(HANT)
    assert found["hant"] == found["tw"] == HANT
    assert found["cn"] == "本署说明，参与计划的厂商应于期限内缴交软件与硬盘的盘点报告。"
    assert found["hans"] == "本署说明，参与计划的厂商应于期限内缴交软体与硬碟的盘点报告。"


def test_views_of_a_document_from_hong_kong() -> None:
    found = views(HONG_KONG)
    assert found["hant"] == found["hk"] == HONG_KONG
    assert found["hans"] == "卫生署表示，病人在医院里面填写表格，沿着指示领取药物；冯启贤教授解释数码政策。"
    assert found["tw"].startswith("衛生署表示，病人在醫院裡面填寫表格，沿著指示")


def test_a_document_without_script_stays() -> None:
    assert set(views("人口 2024 GDP").values()) == {"人口 2024 GDP"}


def test_a_quotation_in_the_other_script_stays() -> None:
    text = HANT + "該公告原文為「关于软件产业发展的通知」，已存檔。"
    left = views(text)
    assert left["hant"] == text
    assert "「关于软件产业发展的通知」" in left["tw"]
    assert views(text, quotations=True)["hant"] == text.replace("关于软件产业发展的通知", "關於軟件產業發展的通知")


def test_a_quotation_in_the_other_script_stays_in_simplified_text() -> None:
    text = HANS + "原文写作《資訊安全管理辦法》。"
    assert views(text)["hans"] == text
    assert "《資訊安全管理辦法》" in views(text)["hant"]
    assert "《资讯安全管理办法》" in views(text, quotations=True)["hans"]


def test_a_quotation_in_the_same_script_is_converted() -> None:
    assert views("他說「這個說法對」。")["hans"] == "他说「这个说法对」。"


def test_paragraphs_of_two_scripts_are_converted_each() -> None:
    assert views(f"{HANT}\n{HANS}")["hans"].split("\n")[1] == HANS
    assert views(f"{HANT}\n{HANS}")["hant"].split("\n") == [HANT, views(HANS)["hant"]]


def test_clauses_of_two_scripts_are_converted_each() -> None:
    assert views("我們說明如下，这个软件很好，謝謝大家。")["hant"] == "我們說明如下，這個軟件很好，謝謝大家。"


@pytest.mark.parametrize(
    "variants",
    ["台灣 臺灣 台湾", "秘書長 祕書長 秘书长", "沿着 沿著", "這裡 這裏 这里", "認為 認爲 认为", "高峰會 高峯會 高峰会", "說明 説明 说明", "衛生 衞生 卫生",
     "群眾 羣眾 羣衆 群众", "線上 綫上 线上", "啟動 啓動 启动", "ＡＩ專案 AI專案 AI专案"],
)
def test_variants_share_a_key(variants: str) -> None:
    assert len({fold(v) for v in variants.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("台灣", "台中"), ("計畫", "計算"), ("綠色", "綠化"), ("秘書", "秘方")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_folding_is_idempotent_and_keeps_the_length(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)
