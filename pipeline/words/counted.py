"""Measure words behind a number: 3家長照機構 is 3 家 長照 機構, not 3 家長 照 機構."""

from __future__ import annotations

from pipeline.document import Token
from pipeline.words.tokenizer import Tables, likeliest

MEASURES = frozenset("位名項项所座件家棟栋艘輛辆")
NUMERALS = frozenset("一二兩两三四五六七八九十數数幾几")
GAIN = 6.0  # by so much is a measure word likelier behind a number than elsewhere (a logarithm)
WINDOW = 3  # words that are looked at again


def counted(text: str, tokens: list[Token], tables: Tables) -> list[Token]:
    """The tokens, cut anew where a word that begins with a measure word stands behind a number, if that way is likelier."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        t = tokens[k]
        measured = t.kind == "word" and t.end - t.start > 1 and text[t.start] in MEASURES
        if measured and out and _number(text, out[-1], t.start):
            stop = k + 1
            while stop < min(k + WINDOW, len(tokens)) and _follows(tokens[stop - 1], tokens[stop]):
                stop += 1
            new = _anew(text, t.start, tokens[stop - 1].end, tables)
            if new:
                out += new
                k = stop
                continue
        out.append(t)
        k += 1
    return out


def _follows(one: Token, other: Token) -> bool:
    return other.kind == "word" and other.start == one.end


def _number(text: str, before: Token, start: int) -> bool:
    return before.end == start and (before.kind == "number" or text[before.start : before.end] in NUMERALS)


def _anew(text: str, start: int, end: int, tables: Tables) -> list[Token]:
    """The words of ``text[start:end]`` with its first character apart, if they are likelier so."""
    words, rare = tables.words, tables.rare
    rest = text[start + 1 : end]
    ways = likeliest(rest, words, rare)
    if ways[0][0] + (words.get(text[start]) or rare) + GAIN <= likeliest(text[start:end], words, rare)[0][0]:
        return []
    out = [Token(start, start + 1)]
    at = 0
    while at < len(rest):
        last = ways[at][1] + 1
        out.append(Token(start + 1 + at, start + 1 + last))
        at = last
    return out
