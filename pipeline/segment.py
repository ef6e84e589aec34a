"""Sentences and words of a document.

Sentences lie within paragraphs. Every character that is no white space is in exactly one token, and no sentence cuts one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from pipeline.document import Document, Script, Span, Token
from pipeline.scripts.detect import detect
from pipeline.words.counted import counted
from pipeline.words.decided import forms, joined
from pipeline.words.names import foreign_names, people
from pipeline.words.sentences import ends
from pipeline.words.tokenizer import Han, cutter, tables
from pipeline.words.tokens import folded, joined_names, shaped

_RUN = re.compile(r"\S+")


class Options(Struct, frozen=True):
    """``words`` are words wherever they stand, in either script; ``not_words`` never are. Both come from people's decisions."""

    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


def segment(document: Document, options: Options = Options()) -> Document:
    """Fill ``document.sentences`` and ``document.tokens``; both index ``document.text``.

    >>> from pipeline import Document, segment
    >>> document = segment(Document.of("職安署於2023年9月11日發布公告。場館應加強宣導。"))
    >>> len(document.sentences)
    2
    >>> print(*(document.text[t.start : t.end] for t in document.tokens))
    職安署 於 2023年9月11日 發布 公告 。 場館 應 加強 宣導 。
    """
    text = document.text
    spans: list[Span] = []
    found: list[Token] = []
    whole = (document.script or detect(text)).script
    for start, end in _paragraphs(document):
        paragraph = text[start:end]
        inner = tokens(paragraph, options, None if whole == "mixed" else whole)
        found += [Token(start + t.start, start + t.end, t.kind) for t in inner]
        spans += [Span(start + s.start, start + s.end) for s in _sentences(paragraph, inner)]
    return document.replace(sentences=tuple(spans), tokens=tuple(found))


def words(line: str, options: Options = Options()) -> list[str]:
    """The words of one line of text, which stays as it is: joined they are the line without its white space."""
    return [word for t in tokens(line, options) for word in line[t.start:t.end].split()]


def sentences(text: str) -> list[Span]:
    """The sentences of one paragraph or of several, one a line; the white space between them is in none."""
    out = []
    for start, end in _lines(text):
        line = text[start:end]
        out += [Span(start + s.start, start + s.end) for s in _sentences(line, tokens(line))]
    return out


def tokens(text: str, options: Options = Options(), script: Script | None = None) -> list[Token]:
    """The tokens of one paragraph, which is in ``script`` (found out where it is not given)."""
    han: Han = "hans" if (script or detect(text).script) == "hans" else "hant"
    looked = folded(text)
    rejected = forms(options.not_words)
    cut = cutter(han, rejected)
    known = tables(han).words
    out: list[Token] = []
    at = 0
    shapes = joined_names(looked, shaped(looked))
    for start, end, kind in [*shapes, (len(text), len(text), "")]:
        if kind == "numeral":
            longer = any(known.get(looked[start:stop]) for stop in range(end + 1, min(end + 3, len(text)) + 1))
            if longer and looked[start] != "第":
                continue  # 百萬富翁
            kind = "number"
        out += _cut(looked, at, start, cut)
        if kind:
            out.append(Token(start, end, kind))
        at = end
    out = counted(looked, out, tables(han))
    for names in (foreign_names, people):
        out = names(looked, out, known.get)
    if rejected:
        again = [(_cut(looked, t.start, t.end, cut) if looked[t.start : t.end] in rejected else [t]) for t in out]
        out = [t for part in again for t in part]
    if options.words:
        out = joined(out, text, options.words, lambda word: bool(known.get(word)), lambda a, b: _cut(looked, a, b, cut))
    return out


def _cut(text: str, start: int, end: int, cut: Callable[[str], list[str]]) -> list[Token]:
    """The words of ``text[start:end]``, which has Chinese characters and white space only."""
    out = []
    for run in _RUN.finditer(text, start, end):
        at = run.start()
        for word in cut(run.group()):
            out.append(Token(at, at + len(word)))
            at += len(word)
    return out


def _paragraphs(document: Document) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in document.paragraphs] or list(_lines(document.text))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _sentences(text: str, inner: list[Token]) -> list[Span]:
    inside = {k for t in inner for k in range(t.start + 1, t.end)}
    out = []
    start = 0
    for end in [*(e for e in ends(text) if e not in inside), len(text)]:
        body = text[start:end]
        if body.strip():
            out.append(Span(start + len(body) - len(body.lstrip()), start + len(body.rstrip())))
        start = end
    return out
