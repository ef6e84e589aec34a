"""Reading text: encodings told apart, and one clear line for what is no text."""

from __future__ import annotations

import codecs
import hashlib
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.read import read, read_bytes
from pipeline.read.text import decode

HANT = (
    "海岸管理署為推動里海復育，邀集沿海五縣市召開檢討會議。會中決議：一、由各縣市盤點廢棄魚塭的面積與產權；\r\n"
    "二、復育經費以三年為期分攤（中央六成，地方四成）；三、於2026年底前提出成果報告。與會代表提醒，經費核撥的時程\r\n"
    "應與養殖期配合，否則漁民無法參與。「先試辦再擴大」的作法獲得多數同意。\r\n"
)
HANS = (
    "海岸管理部门为推动湿地修复，邀请沿海五个城市召开讨论会。会议决定：一、由各市清查废弃鱼塘的面积和产权；\n"
    "二、修复经费按三年分担（中央六成，地方四成）；三、在2026年底前提交成果报告。与会代表提醒，经费拨付的时间\n"
    "应当与养殖季节配合，否则渔民无法参加。“先试点再扩大”的做法得到多数同意。\n"
)
HKSCS = "屯門碼頭旁的䂻石與啲舖頭，由區議會的咗嘅喺小組討論如何保留，文件由秘書處呈交。" * 3


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (HANT, "utf-8", "utf-8"), (HANT, "utf-8-sig", "utf-8"), (HANT, "utf-16", "utf-16"), (HANT, "utf-16-le", "utf-16-le"),
        (HANT, "utf-16-be", "utf-16-be"), (HANT, "utf-32", "utf-32"), (HANT, "cp950", "cp950"), (HANT, "gb18030", "gb18030"),
        (HANS, "gb18030", "gb18030"), (HANS, "gbk", "gb18030"), (HANS, "utf-16-le", "utf-16-le"),
        (HKSCS, "big5hkscs", "big5hkscs"), ("No. 5, plain English only.\n", "utf-16-le", "utf-16-le"),
        ("甲乙\n", "utf-16-be", "utf-16-be"), ("⽂物保存（Museum）的⼀般原則\n", "utf-16-le", "utf-16-le"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_the_text_is_as_it_was(text: str, codec: str, name: str) -> None:
    document = read_bytes(text.encode(codec), "報告.txt")
    assert (document.raw, document.source.encoding) == (text, name)


def some_of(text: str) -> st.SearchStrategy[str]:
    """Clauses of a text in any order and number."""
    return st.lists(st.sampled_from(re.findall("[^，。；：]+.", text)), min_size=1, max_size=12).map("".join)


@settings(max_examples=80, deadline=None)
@given(some_of(HANT), st.sampled_from(["cp950", "utf-8", "utf-16", "gb18030"]))
def test_traditional_clauses_in_any_order_come_back(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x")[0] == text


@settings(max_examples=80, deadline=None)
@given(some_of(HANS), st.sampled_from(["gb18030", "utf-8", "utf-16-be"]))
def test_simplified_clauses_in_any_order_come_back(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "x")[0] == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), "x") == (text, "utf-8")
    assert decode(("a" + text).encode(), "x") == ("a" + text, "utf-8")


def attempt(data: bytes) -> Document | None:
    """What is read of ``data``; None where it is refused, in one line."""
    try:
        return read_bytes(data, "x")
    except InputError as refusal:
        if "\n" in str(refusal):
            raise AssertionError(str(refusal)) from refusal
        return None


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_give_a_document_or_one_line(data: bytes) -> None:
    if document := attempt(data):
        document.to_json()


def test_line_ends_and_form_feeds_stay_as_they_are() -> None:
    document = read_bytes("甲\r\n乙\r丙\n\f丁".encode(), "x.txt")
    assert document.raw == "甲\r\n乙\r丙\n\f丁"
    assert len(document.pages) == 2


def test_the_source_is_told() -> None:
    data = HANT.encode("cp950")
    document = read_bytes(data, "dir/報告.txt")
    assert document.name == "報告"
    assert (document.source.file, document.source.format) == ("dir/報告.txt", "text")
    assert document.source.sha256 == hashlib.sha256(data).hexdigest()
    assert read_bytes(data, "x.txt", "別名").name == "別名"


def _zip(member: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"), (b"\x89PNG\r\n\x1a\n\0\0", "PNG"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (_zip("word/document.xml"), "Word"), (_zip("xl/workbook.xml"), "Excel"), (_zip("a.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"), (b"abc\0\0\0def\0\x01\x02", "binary"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "UTF-8"), (codecs.BOM_UTF16_LE + b"a", "UTF-16"), (b"{\\rtf1 text}", "Rich Text"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_bytes(data, "報告.txt")
    assert str(caught.value).startswith("報告.txt")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "missing.txt")
