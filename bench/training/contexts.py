"""Sentences of our own to set a name into, up to where it begins: Taiwan, Hong Kong and mainland usage, several fields.

A context is a beginning (a clause of ours), and behind it what may stand right before a name: a verb, a preposition, a noun
with 的, a title, a list comma, a quotation mark, a number with its measure, a country. Half of the verbs and prepositions
come from ``pipeline/data/leftwords.tsv``, half from jieba's dictionary (drawn as often as they are used), so that no weight is
learned for standing in our table alone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from math import sqrt
from pathlib import Path

import yaml

from pipeline.data import table


@cache
def pieces() -> dict[str, list[str]]:
    """The pieces of sentences in ``contexts.yaml``."""
    found: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return found


@cache
def _common(tags: str, least: int) -> tuple[list[str], list[float]]:
    """Words of two characters of jieba's dictionary with one of the tags, and how often they are to be drawn."""
    spec = find_spec("jieba")
    assert spec
    assert spec.origin
    fields = Path(spec.origin).with_name("dict.txt").read_text("utf-8").split()
    wanted = tags.split()
    found = [
        (word, sqrt(int(count)))
        for word, count, tag in zip(fields[::3], fields[1::3], fields[2::3], strict=True)
        if tag in wanted and int(count) >= least and len(word) == 2
    ]
    return [word for word, _ in found], [value for _, value in found]


def drawn(rng: random.Random, tags: str, least: int = 300) -> str:
    """A common word of one of the tags (v, n, d …)."""
    words, often = _common(tags, least)
    return rng.choices(words, often)[0]


@cache
def left() -> dict[str, list[str]]:
    """The words of ``leftwords.tsv`` by their class."""
    out: dict[str, list[str]] = defaultdict(list)
    for word, sort in table("leftwords.tsv"):
        out[sort].append(word)
    return out


def _clause(rng: random.Random) -> str:
    """What may stand between a sign and a name: 等地率先推動, 關於落實, 其中的."""
    verb = rng.choice(left()["verb"]) if rng.random() < 0.5 else drawn(rng, "v")
    noun = drawn(rng, "n", 100)
    return rng.choice(
        (
            noun + "等" + rng.choice(("", "", "地", "國", "單位")) + drawn(rng, "d") + verb,
            noun + rng.choice(("則", "也", "將", "已", "主要", "由", "在")) + verb,
            rng.choice(("關於", "針對", "有關", "對於", "透過")) + verb,
            noun + verb,
            drawn(rng, "d") + verb,
            noun + "的" + drawn(rng, "n", 100) + rng.choice(("與", "和", "由", "及", "是")),
        )
    )


def context(rng: random.Random, sort: str, zh: str = "") -> str:
    """What stands before the name ``zh`` of a class, up to where the name begins."""
    if rng.random() < 0.03:
        return ""
    start = rng.choice(pieces()["beginnings"])
    verb = rng.choice(pieces()["joins"]) + (rng.choice(left()["verb"]) if rng.random() < 0.45 else drawn(rng, "v"))
    noun = drawn(rng, "n", 100)
    if sort != "person" and len(zh) > 3 and rng.random() < 0.03:  # another of its kind
        return start + verb + noun + zh[-2:] + rng.choice("與和及")
    draw = rng.random()
    if sort == "person" and draw < 0.42:
        body = rng.choice(("", "", noun, rng.choice(pieces()["countries"]), drawn(rng, "n", 100)))
        return start + verb + body + rng.choice([*pieces()["titled"], *left()["title"]])
    if draw < 0.22:
        return start + verb
    if draw < 0.28:
        return start + verb + noun + rng.choice(("的", "的", "之"))
    if draw < 0.36:
        return start + rng.choice(("", verb + noun)) + rng.choice(left()["preposition"])
    if draw < 0.48:
        return start + rng.choice(("", "", verb + noun)) + rng.choice(pieces()["bare"])
    if draw < 0.54:
        return start + verb + rng.choice(pieces()["modifiers"])
    if draw < 0.67:
        sign = rng.choice(("、", "、", "、", "，", "。", "：", "\n\n"))
        return start + verb + noun + sign + (_clause(rng) if rng.random() < 0.4 else "")
    if draw < 0.73:
        return start + verb + rng.choice("「「『《") + (_clause(rng) if rng.random() < 0.15 else "")
    if draw < 0.79:
        return start + verb + rng.choice(pieces()["counted"])
    if draw < 0.86 and sort != "person":
        return start + verb + rng.choice(pieces()["countries"]) + rng.choice(("", "", "的", "政府的", "最大的"))
    if draw < 0.875:
        return start + verb + noun
    if draw < 0.905:  # 子公司, 外來種
        return start + verb + rng.choice(("", "", noun, rng.choice(pieces()["modifiers"]))) + rng.choice(left()["class noun"])
    if draw < 0.97:  # 甲政策與
        modifier = rng.choice(("", "", drawn(rng, "n", 100), rng.choice(pieces()["modifiers"])))
        return start + drawn(rng, "v") + modifier + noun + rng.choice("與和及或與和及暨")
    if draw < 0.985 and sort != "person":  # Latin letters before it that are none of it
        return start + verb + rng.choice(pieces()["latin"]) + rng.choice(("", "", " ", "的", "公司的", "系統的"))
    return ""
