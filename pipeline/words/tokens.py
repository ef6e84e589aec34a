"""What is one token by its shape: dates, numbers, percentages, quantities, URLs, e-mail addresses, Latin names, model names.

Full-width letters and digits are folded for looking (``folded``, of equal length); the printed text stays. Where two shapes
begin at the same place, the one that stands first in ``SHAPES`` is taken.
"""

from __future__ import annotations

import re

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
NUMERAL = "〇零○一二三四五六七八九十百千萬億兆万亿兩两"
LATIN = "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿḀ-ỿ"
ERA = "(?:中華|中华)?(?:民國|民国)|西元|公元"

_N = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_YEAR = r"(?:\d{1,4}|[〇零○一二三四五六七八九十百]{1,5}|元)"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_UNIT = (r"(?:(?:km|m|cm|mm)/[hs]|[kMGTPcdmnµμ]?(?:Wh|Wp|W|VA|V|Hz|Pa|cal|bps|Ω|m[²³]|mol|L)|[kMGT]B|[km][AJ]|[kcmnµμ]?m|"
         r"[kmµμ]?g(?:/(?:[mkdc]?[m]³|[Ll]|kg))?|ha|tCO2e?|toe|ppm|ppb|dB|℃|°[CF]?)")
_JOINT = r"['’.&\-‐‑/+]"
_MODEL = rf"(?=[\d./\-‐‑]{{0,20}}[{LATIN}])(?=[{LATIN}./\-‐‑]{{0,40}}\d)[{LATIN}\d]+(?:[.\-‐‑/][{LATIN}\d]+)*"
_STANDARD = r"(?:ISO|IEC|CNS|IFRS|IAS|ASTM|ANSI|SDG|COP|RFC)(?:/[A-Z]{2,5})?"

_SHORT = r"Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nos|Vol|Fig|Figs|Co|Ltd|Inc|Corp|vs|etc|al|cf|ca|pp|ed|eds|approx|Dept|Univ|Art|Sec"
_ODD = r"(?:[多餘余幾几](?=[年月日天週周個个人名位家次歲岁種种萬万億亿元件所座間间條条公英平噸吨場场處处項项頁页部本國国]))?"

SHAPES = (
    ("email", r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+"),
    ("url", r"(?:https?://|ftp://|www\.)[!-~]*[\w/=&#~]|(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:com|org|net|gov|edu|int|tw|hk|cn|eu|io|info)\b"
            r"(?:/[!-~]*[\w/=&#~])?"),
    ("date", rf"(?:(?:{ERA}) ?)?{_YEAR} ?年 ?{_DAY} ?月 ?{_DAY} ?[日號号]|(?:{ERA}) ?前?{_YEAR} ?年(?:度| ?{_DAY} ?月)?"
             r"|\d{4} ?年 ?\d{1,2} ?月|\d{1,2} ?月 ?\d{1,2} ?[日號号]|\d{4}(?P<part>[-/.])\d{1,2}(?P=part)\d{1,2}(?!\d)"),
    ("percentage", rf"{_N} ?[%‰]|百分之(?:{_N}|[{NUMERAL}點点]+)"),
    ("model", rf"[A-Z]{{2,6}} [A-Z]\d+(?![{LATIN}\d])|{_STANDARD} \d+(?:[-:]\d+)*"),
    ("unit", rf"{_N} ?{_UNIT}(?![{LATIN}\d])"),
    ("number", rf"第 ?{_N}|{_N} ?[萬億兆千百万亿]+{_ODD}"
               rf"|{_N}(?![{LATIN}\d]|[.\-‐‑/][{LATIN}]){_ODD}"),
    ("model", _MODEL),
    ("latin", rf"(?:[A-Z]\.){{2,4}}|[A-Z]\.(?:-?[A-Z]\.)*(?= ?[A-Z])|(?:{_SHORT})\.(?!\w)"
              rf"|#?[{LATIN}]+(?:{_JOINT}[{LATIN}]+)*\+{{0,2}}(?![{LATIN}\d])|[{LATIN}]+"),
    ("number", _N),
    ("date", rf"[{NUMERAL}]{{3,5}}年(?:度|(?!級|级|代|齡|龄))|[一二三四五六七八九十]{{2,3}}[日號号](?![稱称誌志])"),
    ("numeral", rf"第[{NUMERAL}]+|[{NUMERAL}]+分之[{NUMERAL}]+"
                rf"|(?:[二三四五六七八九]?[十百千][{NUMERAL}]+|[{NUMERAL}][十百千萬億兆万亿][{NUMERAL}]*){_ODD}"),
    ("word", r"[ぁ-ゖァ-ヺー]+|[가-힣]+"),
    ("punctuation", rf"(?P<same>[…—─=*_~.·-])(?P=same)*|[^\s{HAN}]"),
)
_KINDS = [kind for kind, _ in SHAPES]
_BEGINNING = rf"(?=[^\s{HAN}]|[{NUMERAL}第元民中西公])"  # most Chinese characters begin none of them, which is told at once
_SHAPE = re.compile(_BEGINNING + "(?:" + "|".join(f"(?P<k{k}>{shape})" for k, (_, shape) in enumerate(SHAPES)) + ")")
_FULL_WIDTH = {0xFF01 + k: 0x21 + k for k in range(94) if chr(0x21 + k).isalnum() or chr(0x21 + k) in "%@&+-./_"}


def folded(text: str) -> str:
    """The text with half-width letters, digits and the signs within numbers and names, for looking only; of equal length."""
    return text.translate(_FULL_WIDTH)


def shaped(text: str) -> list[tuple[int, int, str]]:
    """The tokens with a shape, in order: start, end, kind. What is between them is runs of Chinese characters and white space.

    ``text`` is folded. Chinese numerals have the kind ``numeral``: whether one is a word by itself depends on the dictionary.
    """
    return [(*m.span(), _KINDS[int(m.lastgroup[1:])]) for m in _SHAPE.finditer(text) if m.lastgroup]


_TITLE_CASE = re.compile(rf"[A-ZÀ-ÖØ-Þ][{LATIN}'’\-‐‑]*[a-zß-öø-ÿ][{LATIN}'’\-‐‑]*|[A-Z]|(?:[A-Z]\.-?)+|(?:St|Jr|Sr)\.")
_PARTICLES = frozenset(("al", "bin", "binti", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
                        "la", "le", "ter", "van", "von", "y", "zu"))
LONGEST_NAME = 6  # in words


def joined_names(text: str, tokens: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The tokens, with the words of a Latin name made one: words in title case, initials and particles with a space between,
    as in Maria T. Okonkwo or Farid bin Hassan.

    Where other Latin words stand beside them (an English sentence), only a name with an initial is one.
    """
    out: list[tuple[int, int, str]] = []
    k = 0
    while k < len(tokens):
        stop = k + 1
        while stop < len(tokens) and _beside(text, tokens[stop - 1], tokens[stop]):
            stop += 1
        out += _names(text, tokens[k:stop]) if stop - k > 1 else tokens[k:stop]
        k = stop
    return out


def _beside(text: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[2] == other[2] == "latin" and text[one[1] : other[0]] == " "


def _names(text: str, run: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    words = [text[start:end] for start, end, _ in run]
    title = [bool(_TITLE_CASE.fullmatch(word)) for word in words]
    out: list[tuple[int, int, str]] = []
    k = 0
    while k < len(run):
        stop = k
        while stop < len(run) and (title[stop] or (stop > k and words[stop] in _PARTICLES)):
            stop += 1
        while stop > k and not title[stop - 1]:
            stop -= 1
        initial = any(word.endswith(".") or len(word) == 1 for word in words[k + 1 : stop])
        if 1 < stop - k <= LONGEST_NAME and (initial or stop - k == len(run)):
            out.append((run[k][0], run[stop - 1][1], "latin"))
        else:
            stop = max(stop, k + 1)
            out += run[k:stop]
        k = stop
    return out
