"""What stands before a gloss: the characters among which the Chinese term begins, without the spaces of a page."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from pipeline.scripts.detect import fold
from pipeline.terms.latin import has_latin
from pipeline.terms.lexicon import head_of, left_words
from pipeline.terms.spans import SPACE, all_han, has_han

LONGEST = 44  # characters that are looked at before a gloss
QUOTES = {"」": "「", "』": "『", "》": "《", "〉": "〈", "”": "“", "’": "‘", "】": "【", "｣": "｢"}
STRAIGHT = "\"'"
DOTS = frozenset("·．・•‧∙･")
COUNTED = frozenset("年月日時时屆届個个項项名位家所座次期版歲岁％%")
MEASURES = COUNTED | frozenset(  # what is counted stands behind them: 45場…, 12艘…
    "場场種种類类套份件例款支隻只條条張张輛辆艘棟栋間间台臺人元冊册部顆颗株頭头口批組组對对雙双層层段幅篇首卷輪轮門门堂節节米噸吨倍分秒週周"
)
NUMERALS = frozenset("一二三四五六七八九十百千兩两數数幾几")
_NUMBERING = NUMERALS | {"第"}
_LABEL = re.compile("\\d+|第[\\d一二三四五六七八九十]+(?:部分|章|节|節|篇|条|條|讲|講|单元|單元|部|回)")
_DATE = re.compile(
    "\\d月(?:\\d+[日號号])?|月\\d+[日號号]|\\d年[初底末]|[\\d一二三四五六七八九十○〇零](?:年代[初末]?|世[紀纪](?:[初末]|中[葉叶]))"
)
_DATED = frozenset("月年紀纪")
_INSIDE = DOTS | frozenset("-‐－–—/／&＆+.'’®™©~～_")  # may stand in a name, but not at its beginning


class Window(Struct, frozen=True, gc=False):
    """``chars[k]`` stands at ``offsets[k]`` of the text. ``quoted``: they are the inside of a closed quotation. ``stop``: the
    sign before them. ``tail``: Chinese between a closed quotation and the gloss, as in 「…」計畫（…）."""

    chars: str
    offsets: tuple[int, ...]
    stop: str
    quoted: bool = False
    tail: str = ""
    alone: bool = False  # the window and its gloss are a line of their own, as in a heading

    def span(self, k: int) -> tuple[int, int]:
        """The text span of ``chars[k:]``."""
        return self.offsets[k], self.offsets[-1] + 1

    def beginnings(self) -> list[int]:
        """The places at which a name can begin."""
        places = range(len(self.chars))
        plain = all_han(self.chars) and _NUMBERING.isdisjoint(self.chars)
        return list(places if plain else filter(self.begins, places))

    def begins(self, k: int) -> bool:
        """Whether a name can begin at ``k``: not within a Latin word or number, nor with a sign."""
        c = self.chars[k]
        if c in _INSIDE or (k and self.chars[k - 1] in DOTS):
            return False
        if k and c in MEASURES and self.chars[k - 1].isdigit():
            return False
        if k > 1 and c in COUNTED and self.chars[k - 2] == "第":
            return False
        if k > 1 and c in MEASURES and self.chars[k - 1] in NUMERALS and self.chars[k - 2] in NUMERALS:
            return False
        if k and self.chars[k - 1] == "第" and (c.isdigit() or c in "一二三四五六七八九十"):
            return False
        if k and _joined(self.chars[k - 1]) and _joined(c) and self.offsets[k] == self.offsets[k - 1] + 1:
            return False
        return not (k > 1 and self.chars[k - 1] in "-.&/'’" and _joined(c) and _joined(self.chars[k - 2]))


def _joined(c: str) -> bool:
    return c.isalnum() and (c.isascii() or not has_han(c))


def before(text: str, anchor: int, lines: frozenset[int] = frozenset(), bracketed: bool = False) -> Window | None:
    """The window that ends at ``anchor``, or None where no Chinese stands there. ``lines``: line ends that end a paragraph.
    ``bracketed``: the name holds a bracket in English, so it may in Chinese: 東海航運（1990）有限公司."""
    last = text[anchor - 1] if anchor else ""
    if last in QUOTES or last in STRAIGHT:
        inside = _quotation(text, anchor)
        if inside:
            return inside
    window = _run(text, anchor, lines)
    if bracketed and window and window.stop in ("）", ")"):
        close = window.offsets[0] - 1
        opening = max(text.rfind("（", max(0, close - 12), close), text.rfind("(", max(0, close - 12), close))
        rest = _run(text, opening, lines) if opening > 0 and "\n" not in text[opening:close] else None
        if rest:
            middle = tuple(k for k in range(opening, close + 1) if text[k] not in SPACE)
            offsets = rest.offsets + middle + window.offsets
            return Window("".join(text[k] for k in offsets), offsets, rest.stop)
    if window and window.stop in QUOTES and len(window.chars) <= 6 and _heads_name(fold(window.chars)):  # 「…」計畫（…）
        inside = _quotation(text, window.offsets[0])
        if inside:
            return replace(inside, tail=window.chars)
    return window


def _heads_name(tail: str) -> bool:
    """Whether what stands behind a quotation says what it names: 計畫, but not 有關環境."""
    return head_of(tail) is not None and all(left_words().get(tail[:n]) != "preposition" for n in (1, 2))


def _quotation(text: str, end: int) -> Window | None:
    """The inside of the quotation that closes before ``end``."""
    close = text[end - 1] if end else ""
    while end and text[end - 1] in SPACE:
        end -= 1
        close = text[end - 1] if end else ""
    floor = max(0, end - 90)
    if close in STRAIGHT:
        start = text.rfind(close, floor, end - 1)
    elif close in QUOTES:
        depth, start = 0, -1
        for k in range(end - 1, floor - 1, -1):
            if text[k] == close:
                depth += 1
            elif text[k] == QUOTES[close]:
                depth -= 1
                if not depth:
                    start = k
                    break
    else:
        return None
    if start < 0:
        return None
    kept = [k for k in range(start + 1, end - 1) if text[k] not in SPACE]
    chars = "".join([text[k] for k in kept])
    return Window(chars, tuple(kept), text[start], quoted=True) if has_han(chars) else None


def _label(text: str, kept: list[int]) -> int:
    """How many of the characters at ``kept`` are the number in front of a heading or item: 3., 3 with a space, 第二部分."""
    m = _LABEL.match("".join([text[k] for k in kept[:10]]))
    if not m or m.end() >= len(kept):
        return 0
    end, after = m.end(), text[kept[m.end()]]
    if after in ".．" and m.group().isdigit():
        return end + 1
    apart = kept[end] > kept[end - 1] + 1 and after not in COUNTED and not has_latin(after)
    return end if apart else 0


def _run(text: str, anchor: int, lines: frozenset[int]) -> Window | None:
    """Back from ``anchor`` to the first sign that no name holds."""
    kept: list[int] = []
    stop = ""
    k = anchor - 1
    while k >= 0 and len(kept) < LONGEST:
        c = text[k]
        if "\u4e00" <= c <= "\u9fff":  # most are ideographs
            kept.append(k)
        elif c in SPACE:
            if c == "\t" and kept:  # the field before
                stop = c
                break
            if c == "\n" and (text[k - 1 : k] == "\n" or k in lines):
                stop = "\n"
                break
        elif c in "-—–―－" and text[k - 1 : k] == c:  # a dash
            stop = c
            break
        elif c.isalnum() or c in _INSIDE or has_han(c) or c in "○〇":
            kept.append(k)
        else:
            stop = c
            break
        k -= 1
    kept.reverse()
    if stop in ("", "\n", "\t"):
        del kept[: _label(text, kept)]
    chars = "".join([text[j] for j in kept])
    dates = list(_DATE.finditer(chars)) if not _DATED.isdisjoint(chars) else []
    begin = 0
    if dates and dates[-1].end() < len(chars) - 1:  # no name holds a day or decade: 到11月世界氣象組織
        begin, stop = dates[-1].end(), "日"
    while begin < len(chars) and chars[begin] in _INSIDE:
        begin += 1
    if not has_han(chars[begin:]):
        return None
    return Window(chars[begin:], tuple(kept[begin:]), stop if stop else ("\n" if k < 0 else ""))
