"""Sentences and words of a document.

Sentences lie within paragraphs. Every character that is no white space is in exactly one token, and no sentence cuts one.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from . import words as dictionary
from .document import Document, Span, Token
from .script import detect
from .sentences import ends
from .tokens import folded, shaped


class Options(Struct, frozen=True):
    """``words`` are words wherever they stand, in either script; ``not_words`` never are. Both come from people's decisions."""

    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


def segment(document: Document, options: Options = Options()) -> Document:
    """Fill ``document.sentences`` and ``document.tokens``; both index ``document.text``."""
    text = document.text
    spans: list[Span] = []
    found: list[Token] = []
    for start, end in _paragraphs(document):
        paragraph = text[start:end]
        inner = tokens(paragraph, options)
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


def tokens(text: str, options: Options = Options()) -> list[Token]:
    """The tokens of one paragraph."""
    looked = folded(text)
    cut = dictionary.cutter(_script(text), options.not_words)
    known = dictionary.tables(_script(text)).words
    out: list[Token] = []
    at = 0
    for start, end, kind in [*shaped(looked), (len(text), len(text), "")]:
        if kind == "numeral":
            if any(known.get(looked[start:stop]) for stop in range(end + 1, min(end + 4, len(text)) + 1)):
                continue
            kind = "number"
        for run_start, run_end in _runs(looked, at, start):
            for word in cut(looked[run_start:run_end]):
                out.append(Token(run_start, run_start + len(word)))
                run_start += len(word)
        if kind:
            out.append(Token(start, end, kind))
        at = end
    return out


def _script(text: str) -> dictionary.Han:
    report = detect(text)
    return "hans" if report.hans > report.hant else "hant"


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs without white space in ``text[start:end]``."""
    begin = start
    for k in range(start, end):
        if text[k].isspace():
            if k > begin:
                yield begin, k
            begin = k + 1
    if end > begin:
        yield begin, end


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
