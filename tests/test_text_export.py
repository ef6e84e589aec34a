"""``duizhao text --format markdown``: what a reader of Markdown shows is the repaired text."""

from __future__ import annotations

from itertools import pairwise

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.document import Document, Paragraph
from pipeline.export.text import markdown
from pipeline.stages import chain

TABLE = """表1　河川攔除量（2023年）

河川 攔除量（公噸） 塑膠占比
芝塔龍河 1,046 61%
布蘭塔斯河 735 57%

以上為本署統計，2024年起每季公布一次，並送各縣市政府參考。
"""
PLAIN = st.text(st.sampled_from("計畫 a1.)(#>-+=*_`~[]!<&;/|\\:"), min_size=1, max_size=12).map(lambda s: " ".join(s.split()))


def shown(text: str) -> list[tuple[str, str]]:
    """(the tag, its text) of each block that a reader of CommonMark sees; ``\\n`` is a line break in it."""
    parsed, out = MarkdownIt("commonmark").parse(text), []
    for before, token in pairwise(parsed):
        if token.type == "inline":
            parts = ("\n" if c.type.endswith("break") else c.content for c in token.children or ())
            out.append((before.tag, "".join(parts)))
    return out


@given(PLAIN.filter(bool), st.sampled_from([("body", 0, "p"), ("title", 0, "h1"), ("heading", 2, "h3"), ("footnote", 0, "p")]))
@example("1. 建立", ("list item", 1, "p"))
@example("C#", ("title", 0, "h1"))
@example("第3期 #", ("heading", 1, "h2"))
def test_markdown_shows_the_text_as_it_stands(text: str, form: tuple[str, int, str]) -> None:
    kind, level, tag = form
    paragraph = Paragraph(0, len(text), kind, level)  # type: ignore[arg-type]
    document = msgspec.structs.replace(Document.of(text), paragraphs=(paragraph,))
    assert shown(markdown(document)) == [(tag, text)]


def test_the_rows_of_a_table_stay_lines() -> None:
    blocks = [text for _, text in shown(markdown(chain(Document.of(TABLE), "repair")))]
    assert "河川 攔除量（公噸） 塑膠占比\n芝塔龍河 1,046 61%\n布蘭塔斯河 735 57%" in blocks
