"""Two Documents to their alignment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from math import exp

from pipeline.document import Document, Paragraph, Span
from pipeline.errors import InputError
from pipeline.glossary.keys import has_chinese
from pipeline.parallel.align import align
from pipeline.parallel.anchors import Pairs, read_chinese, read_english, rendered, spelled_out
from pipeline.parallel.beads import Unit
from pipeline.parallel.english import sentences
from pipeline.parallel.model import Alignment, Pair, Sentence
from pipeline.parallel.names import spelled
from pipeline.parallel.renderings import Side, renderings
from pipeline.scripts.detect import fold

_COUNTERS = {"1": re.compile(r"[0-9]+"), "a": re.compile("[a-z]+"), "A": re.compile("[A-Z]+"),
             "一": re.compile("[〇零一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾甲乙丙丁戊己庚辛]+")}


def align_documents(zh: Document, en: Document, name: str = "", known: Iterable[tuple[str, str]] = ()) -> Alignment:
    """The alignment of a Chinese Document, taken up to ``terms``, with an English one, taken up to ``repair``.

    ``known`` are pairs of Chinese and English that anchor it, beside those that the Chinese report gives itself. Raises
    ``InputError`` where a side is not in its language.
    """
    _check(zh, en)
    chinese, english = _sentences(zh, chinese=True), _sentences(en, chinese=False)
    words = _words(zh)
    names = spelled([s.text for s, _ in chinese], [s.text for s, _ in english], rendered(zh.text))
    pairs = _pairs(zh, known, names, [s.text for s, _ in english])
    beads = align([_unit(zh.paragraphs[s.paragraph], s) for s, _ in chinese],
                  [_unit(en.paragraphs[s.paragraph], s) for s, _ in english],
                  [read_chinese(s.text, words(span), pairs) for s, span in chinese],
                  [read_english(s.text, pairs) for s, _ in english])
    found = tuple(Pair(b.zh, b.en, _score(b.weight) if b.zh and b.en else 0.0) for b in beads)
    script = "hans" if zh.script and zh.script.script == "hans" else "hant"
    sides = Side(zh, [span for _, span in chinese]), Side(en, [span for _, span in english])
    return Alignment(name or zh.name, zh.name, en.name, tuple(s for s, _ in chinese), tuple(s for s, _ in english), found,
                     script, renderings(*sides, found, names))


def _check(zh: Document, en: Document) -> None:
    if not has_chinese(zh.text):
        raise InputError(zh.source.file, "it has no Chinese", remedy="the Chinese side goes first, or is called .zh")
    letters = sum(c.isascii() and c.isalpha() for c in en.text)
    if not letters or sum(map(has_chinese, en.text)) > letters:
        raise InputError(en.source.file, "it is not in English", remedy="the English side goes second, or is called .en")


def _sentences(document: Document, chinese: bool) -> list[tuple[Sentence, Span]]:
    """The sentences with their spans in the text, which index the tokens too."""
    out: list[tuple[Sentence, Span]] = []
    at = 0
    for k, p in enumerate(document.paragraphs):
        if chinese:
            spans = []
            while at < len(document.sentences) and document.sentences[at].start < p.end:
                spans.append(document.sentences[at])
                at += 1
        else:
            spans = [Span(p.start + a, p.start + b) for a, b in sentences(document.text[p.start : p.end])]
        for span in spans:
            start, end = document.raw_span(span.start, span.end)
            text = " ".join(document.text[span.start : span.end].split())
            id = f"{'zh' if chinese else 'en'}{len(out) + 1}"
            out.append((Sentence(id, text, start, end, document.page_of(start), k), span))
    return out


def _words(document: Document) -> Callable[[Span], list[str]]:
    starts = [t.start for t in document.tokens]

    def of(span: Span) -> list[str]:
        low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return [document.text[t.start : t.end] for t in document.tokens[low:high]]

    return of


def _pairs(zh: Document, known: Iterable[tuple[str, str]], names: dict[str, tuple[str, ...]], english: list[str]) -> Pairs:
    by_chinese = {name: list(found) for name, found in names.items()}
    expansions = {acronym: list(phrases) for acronym, phrases in spelled_out(english).items()}
    for term, en in known:
        by_chinese.setdefault(fold(term), []).append(en)
    for c in zh.candidates:
        for term in (c.zh, *c.short) if c.zh else ():
            by_chinese.setdefault(fold("".join((term or "").split())), []).extend(x for x in (c.en, c.acronym) if x)
        if c.acronym and c.en:
            expansions.setdefault(c.acronym, []).append(c.en)
    return Pairs({term: tuple(dict.fromkeys(found)) for term, found in by_chinese.items() if found},
                 {acronym: tuple(dict.fromkeys(found)) for acronym, found in expansions.items()})


def _unit(paragraph: Paragraph, sentence: Sentence) -> Unit:
    size = sum(not c.isspace() for c in sentence.text)
    heading = paragraph.kind in ("title", "heading")
    return Unit(max(1, size), sentence.paragraph, heading, _style(paragraph) if paragraph.kind == "list item" else "")


def _style(paragraph: Paragraph) -> str:
    """What the labels of a list have in common: its level and its signs, whatever is counted with."""
    signs = (next((s for s in ("1", "a", "A", "一") if _COUNTERS[s].fullmatch(part)), part)
             for part in re.split(r"([\w]+)", paragraph.label))
    return f"{paragraph.level} {''.join(signs)}"


def _score(weight: float) -> float:
    """How likely it is a pair, where it was as likely as not before: a logistic function of half of what speaks for it."""
    return round(1 / (1 + exp(-max(-30.0, min(30.0, weight / 2)))), 3)
