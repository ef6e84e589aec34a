"""The page: what stands in it, that all of it is text, and the server for it."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from glossaries import entry, glossary

import pipeline
from pipeline.document import Candidate, Document, Paragraph, Piece, Source, View
from pipeline.document import Evidence as Found
from pipeline.export.page import data, evidence, key, reading, reading_of_json, to_page
from pipeline.freshness import dependencies
from pipeline.glossary.model import Evidence
from pipeline.serve import server

HOSTILE = """</script><script>alert("1")</script><!--<script>"'&\u2028]]>"""


def document(text: str, *candidates: Candidate, hans: str = "") -> Document:
    """A Document as the stage ``terms`` leaves it."""
    views = {"hant": View(text), "hans": View(hans or text)}
    starts = [0, *(k + 1 for k, c in enumerate(text) if c == "\n")]
    paragraphs = tuple(Paragraph(a, text.find("\n", a) if "\n" in text[a:] else len(text)) for a in starts)
    return Document("a", text, text, (Piece(len(text), 0, len(text)),), Source("a.txt"), views=views, paragraphs=paragraphs,
                    candidates=candidates)


def inside(page: bytes) -> dict[str, object]:
    """The data of a page, as a browser finds them: up to the first end of the element."""
    [found] = re.findall(r'<script type="application/json" id="data">(.*?)</script', page.decode(), re.DOTALL | re.IGNORECASE)
    return json.loads(found)  # type: ignore[no-any-return]


def test_nothing_of_a_report_ends_or_begins_an_element() -> None:
    found = glossary([entry("公正轉型", HOSTILE, kind="term", role=HOSTILE)])
    page = to_page(found, [reading(document(f"會中說明{HOSTILE}。"))])
    empty = to_page(glossary([]))
    for sign in (b"<script", b"</script", b"<!--", b"]]>"):
        assert page.lower().count(sign) == empty.lower().count(sign)
    [concept] = inside(page)["concepts"]  # type: ignore[misc]
    assert concept["role"] == HOSTILE
    assert "\u2028" not in page.decode()


def test_the_page_asks_for_nothing_and_runs_only_what_is_its_own() -> None:
    page = to_page(glossary([entry("公正轉型", "just transition")])).decode()
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:|//)|@import|url\(""", page)
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    for name in ("style", "script"):
        [text] = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "innerHTML" not in page
    assert not re.search("%[A-Z]+%", page)


def test_the_parts_of_the_page_belong_to_what_decides_the_build() -> None:
    _, tables, _ = dependencies("pipeline.reduce")
    assert {"page.html", "page.css", "page.js"} <= {path.name for path in tables}


@pytest.mark.parametrize(
    ("mark", "gloss", "marked"),
    [
        ((0, 4), (5, 20), [("公正轉型", 1), ("just transition", 2)]),
        ((5, 20), (0, 4), [("公正轉型", 2), ("just transition", 1)]),
        ((0, 4), (0, 0), [("公正轉型", 1)]),
        ((0, 4), (2, 8), [("公正轉型", 1)]),
        ((0, 0), (0, 0), []),
        ((0, 99), (0, 0), []),
    ],
)
def test_a_sentence_is_cut_at_its_marks(mark: tuple[int, int], gloss: tuple[int, int], marked: list[object]) -> None:
    sentence = "公正轉型（just transition）是重點。"
    pieces = evidence(Evidence("a", 0, 4, sentence, mark=mark, gloss_mark=gloss))
    assert "".join(p[0] for p in pieces) == sentence
    assert [p for p in pieces if len(p) > 1] == marked


TEXT = "𠮷野公正轉型\n會中說明公正轉型及轉型基金、𠮷野。"
TERM = Candidate("term", zh="公正轉型", en="just transition", confidence=0.9,
                 evidence=(Found(2, 6, 0, 0), Found(TEXT.index("公正", 7), TEXT.index("公正", 7) + 4, 0, 0)))
OVERLAP = Candidate("term", zh="轉型", confidence=0.5, evidence=(Found(4, 6, 0, 0),))
UNKNOWN = Candidate("term", zh="基金", confidence=0.5, evidence=(Found(TEXT.index("基金"), TEXT.index("基金") + 2, 0, 0),))


def test_a_report_stands_whole_in_both_scripts_with_its_terms_marked() -> None:
    hans = TEXT.replace("會", "会").replace("轉", "转").replace("說", "说")
    shown = data(glossary([entry("公正轉型", "just transition", kind="term")]),
                 [reading(document(TEXT, TERM, OVERLAP, UNKNOWN, hans=hans))])
    [report] = shown["reports"]
    pieces = [p for _, _, p in report["paragraphs"]]
    assert ["".join(s[0] for s in p) for p in pieces] == TEXT.split("\n")
    assert ["".join(s[1] or s[0] for s in p) for p in pieces] == hans.split("\n")
    assert [[s for s in p if len(s) > 2] for p in pieces] == [[("公正轉型", "公正转型", 0)], [("公正轉型", "公正转型", 0)]]


def test_short_forms_are_marked_and_what_was_rejected_is_not() -> None:
    text = "水庫安全檢查署（以下簡稱水檢署）說明，水檢署辦理。"
    found = Candidate("organisation", zh="水庫安全檢查署", short=("水檢署",), confidence=0.9, evidence=(Found(0, 7, 0, 0),))
    concept = entry("水庫安全檢查署", short=("水檢署",))
    for curated, marked in (("", ["水庫安全檢查署", "水檢署", "水檢署"]), ("- reject: 水庫安全檢查署\n", [])):
        [report] = data(glossary([concept], curated=curated), [reading(document(text, found))])["reports"]
        assert [s[0] for s in report["paragraphs"][0][2] if len(s) > 2] == marked


def test_reports_beyond_what_a_page_holds_are_named() -> None:
    shown = data(glossary([]), [reading(document("甲" * 10)), reading(document("乙" * 10))], limit=15)
    assert len(shown["reports"]) == 1
    assert shown["leftOut"] == ["a"]


def test_a_document_and_its_json_read_the_same() -> None:
    processed = pipeline.process(Path(__file__).parent / "corpus" / "raw" / "wind.txt")
    found = reading_of_json(processed.to_json())
    assert found == reading(processed)
    assert found.marks
    assert len(found.hant) == len(found.hans)
    assert key("Just Transition") == key("just transition")


def test_a_view_of_another_length_is_not_shown() -> None:
    found = reading(document("甲乙", hans="甲"))
    assert found.hans == "甲乙"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, int]]:
    (tmp_path / "index.html").write_text("<p>page</p>")
    (tmp_path / ".records").mkdir()
    (tmp_path / ".records" / "a.json").write_text("{}")
    (tmp_path / "folder").mkdir()
    with server(tmp_path, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving.server_address  # type: ignore[misc]
        serving.shutdown()


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "127.0.0.1", 200),
        ("/index.html?x", "localhost:8000", 200),
        ("/", "glossary.example", 403),
        ("/", "127.0.0.1.example", 403),
        ("/", "", 403),
        ("/.records/a.json", "127.0.0.1", 404),
        ("/%2erecords/a.json", "127.0.0.1", 404),
        ("/../../etc/passwd", "127.0.0.1", 404),
        ("/folder/", "127.0.0.1", 404),
    ],
)
def test_only_this_machine_is_served_and_only_files(address: tuple[str, int], path: str, host: str, status: int) -> None:
    assert address[0] == "127.0.0.1"
    connection = http.client.HTTPConnection(*address)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    assert answer.status == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    connection.close()


def test_serve_says_where_and_ends_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--port", "0"]
    none = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (none.returncode, none.stderr.count("\n")) == (2, 1)
    assert "build it with: make all" in none.stderr
    (tmp_path / "glossary" / "built").mkdir(parents=True)
    (tmp_path / "glossary" / "built" / "index.html").write_bytes(to_page(glossary([])))
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr
        line = serving.stderr.readline()
        [port] = re.findall(r"http://127\.0\.0\.1:(\d+)/", line)
        taken = subprocess.run([*command[:-1], port], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (taken.returncode, "choose another with --port" in taken.stderr) == (2, True)
        serving.send_signal(signal.SIGINT)
        assert serving.stderr.read().strip() == ""
    assert serving.returncode == 0
