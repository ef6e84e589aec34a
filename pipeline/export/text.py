"""Plain text for people and for other tools: what each stage leaves beside its Document."""

from __future__ import annotations

import json
import re

from pipeline.document import Document

# What a reader of CommonMark 0.31 would not show as it stands: marks within a line; marks of a block at its beginning.
_INLINE = re.compile(
    r"[\\`*]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[:])|!(?=\[)|~(?=~)|(?<=~)~|(?<=\s)#(?=#*$)"
)
_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|[-+](?:\s|$)|=+\s*$|-[- ]*$|(?:_ ?){3,}$")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")


def plain(document: Document) -> dict[str, str]:
    """The text as it stands; after ``repair``, one paragraph a line."""
    return {".txt": _ended(document.text)}


def views(document: Document) -> dict[str, str]:
    """One file a view: ``.hant.txt``, ``.hans.txt`` and the regional ones."""
    return {f".{name}.txt": _ended(view.text) for name, view in sorted(document.views.items())}


def words(document: Document) -> dict[str, str]:
    """One sentence a line, its words parted by a space."""
    return {".txt": _ended("\n".join(sentence_words(document)))}


def terms(document: Document) -> dict[str, str]:
    """The candidates as JSON lines, and as a table that can be read."""
    from pipeline.terms import rows

    found = rows(document)
    return {".jsonl": jsonl(found), ".txt": table(found)}


def sentence_words(document: Document) -> list[str]:
    """For each sentence its words, parted by a space; so are the parts of a name that is one word, as in Priya Raghunathan."""
    out: list[str] = []
    tokens = iter(document.tokens)
    token = next(tokens, None)
    for sentence in document.sentences:
        line: list[str] = []
        while token and token.start < sentence.end:
            line += document.text[token.start : token.end].split()
            token = next(tokens, None)
        out.append(" ".join(line))
    return out


def jsonl(rows: list[dict[str, object]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def table(rows: list[dict[str, object]]) -> str:
    """Tab-separated: Chinese, English, acronym or short form, kind, role and affiliation, confidence, number of places."""
    lines = ["zh\ten\tacronym\tkind\trole\taffiliation\tconfidence\tplaces"]
    for row in rows:
        if isinstance(row.get("short"), str):
            lines.append(f"{row['zh']}\t\t{row['short']}\tshort form\t\t\t\t")
            continue
        evidence = row.get("evidence")
        fields = [*(row.get(k) or "" for k in ("zh", "en", "acronym", "kind", "role", "affiliation"))]
        fields += [f"{row.get('confidence', 0):.2f}", len(evidence) if isinstance(evidence, list) else 0]
        lines.append("\t".join(str(f) for f in fields))
    return "\n".join(lines) + "\n"


def markdown(document: Document, view: str = "") -> str:
    """Headings as ``#``, list items as lists nested by their level, the rows of a table as lines, all else as paragraphs.

    The text is that of the Document, which has a paragraph a line, or of one of its views (``"hans"``).
    """
    lines = (document.views[view].text if view else document.text).split("\n")
    out: list[str] = []
    kind_before = ""
    for p, line in zip(document.paragraphs, filter(None, lines), strict=True):
        text = _literal(line)
        if p.kind == "title":
            text = f"# {text}"
        elif p.kind == "heading":
            text = "#" * min(6, p.level + 1) + f" {text}"
        elif p.kind == "list item":
            text = "  " * max(0, p.level - 1) + f"- {text}"
        elif p.kind == "footnote":
            text = f"> {text}"
        tight = p.kind == kind_before and p.kind in ("list item", "table line")
        if tight and p.kind == "table line":
            out[-1] += "\\"  # a line break
        out.append(("" if tight or not out else "\n") + text)
        kind_before = p.kind
    return _ended("\n".join(out))


def _literal(text: str) -> str:
    """A line that Markdown shows as it stands."""
    text = _INLINE.sub(lambda m: f"\\{m[0]}", text)
    number = _NUMBER.match(text)
    at = number.end() if number else 0
    return f"{text[:at]}\\{text[at:]}" if number or _BLOCK.match(text) else text


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
