"""The numbers of a text as keys that both languages share: ``#2024``, ``#0.1`` for a tenth, ``month 9``, ``label 3``.

A number that can be read in two ways has several keys: 115年 is the year 115, and in Taiwan's calendar 2026; 八成 is 80 in a
hundred, or eight in ten.
"""

from __future__ import annotations

import re
import unicodedata

Keys = frozenset[str]

_DIGITS = {c: k for k, row in enumerate(
    ("〇零", "一壹", "二兩两貳贰", "三參叁", "四肆", "五伍", "六陸陆", "七柒", "八捌", "九玖")) for c in row}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000}
_MYRIADS = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_HAN_NUMBER = "〇零一二兩两三四五六七八九十百千萬万億亿"
_ZH = re.compile(
    rf"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)[ ]?(?P<unit>[百千]?[萬万億亿兆]|千)?(?P<after>年度?|月(?!臺|台))?"
    rf"|百分之(?P<percent>[{_HAN_NUMBER}]+)"
    rf"|(?P<below>[{_HAN_NUMBER}]+)分之(?P<above>[{_HAN_NUMBER}]+)"
    rf"|(?P<tenths>[一二兩两三四五六七八九])成(?P<more>[一二三四五六七八九半]?)"
    rf"|(?P<half>[一過过]半)"
    rf"|(?P<han>[{_HAN_NUMBER}]+)(?P<month>月)?")
_STEMS = "甲乙丙丁戊己庚辛"
_ZH_LABEL = re.compile(r"\s*(?:第?(?P<han>[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]+)(?:[、章節节编編部]| (?=\S))"
                       r"|[(（](?P<in>[一二三四五六七八九十]+)[)）]|[(（]?(?P<digits>\d{1,2})[.、)）](?!\d)"
                       rf"|(?P<stem>[{_STEMS}])、|[(（]?(?P<letter>[a-hA-H])[.)）])")
_EN_LABEL = re.compile(r"\s*(?:(?:Chapter|Part|Section|Annex|Appendix) (?P<named>\d{1,2}|[IVX]{1,5}|[A-H])\b[.:]?"
                       r"|[(\[]?(?P<bare>\d{1,2}|[IVX]{1,5}|[a-hA-H])[.)\]]+(?=\s|$))")
_ROMAN = dict(zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), range(1, 13), strict=True))
_WORDS = {word: k for k, word in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))}
_WORDS |= {word: 10 * k for k, word in enumerate(
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
_ORDINALS = {word: k for k, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 1)}
_POWERS = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_MONTHS = {word: k for k, word in enumerate(
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    1)}
_MONTHS |= {word[:3]: k for word, k in _MONTHS.items()} | {"Sept": 9}
_PARTS = {"half": 0.5, "halves": 0.5, "halved": 0.5, "quarter": 0.25, "quarters": 0.25, "tenth": 0.1, "tenths": 0.1}
NUMBER_WORDS = frozenset((*_WORDS, *_ORDINALS, *_POWERS, *(m.lower() for m in _MONTHS)))
_EN = re.compile(r"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?:st|nd|rd|th)?(?:[ -]?(?P<power>hundred|thousand|million|billion|"
                 r"trillion|bn|m)\b)?|(?P<word>[A-Za-z]+)")


def in_chinese(text: str) -> list[Keys]:
    """The numbers of a Chinese text, each with the keys under which English may have it."""
    plain = unicodedata.normalize("NFKC", text)
    out: list[Keys] = []
    at = 0
    if m := _ZH_LABEL.match(plain):
        said = m["han"] or m["in"]
        out.append(_label(_value(said) if said else float(m["digits"]) if m["digits"] else float(
            _STEMS.index(m["stem"]) + 1 if m["stem"] else ord(m["letter"].lower()) - 96)))
        at = m.end()
    for m in _ZH.finditer(plain, at):
        if m["digits"]:
            out.append(_of_digits(m))
        elif m["percent"]:
            out.append(_keys(_value(m["percent"])))
        elif m["below"]:
            below, above = _value(m["below"]), _value(m["above"])
            out.append(_keys(above / below) if below else _keys(above))
        elif m["tenths"]:
            tenths, more = _value(m["tenths"]), 0.5 if m["more"] == "半" else _value(m["more"] or "零") / 10
            out.append(_keys(tenths * 10 + more * 10, tenths))
        elif m["half"]:
            out.append(_keys(0.5, 50))
        elif m["month"] and _value(m["han"]) <= 12:
            out.append(frozenset({f"month {_value(m['han']):g}"}))
        elif len(m["han"]) > 1 or m["han"] not in "千萬万億亿百":
            out.append(_keys(_value(m["han"])))
    return out


def in_english(text: str) -> list[Keys]:
    """The numbers of an English text, in figures and in words."""
    plain = unicodedata.normalize("NFKC", text)
    out: list[Keys] = []
    at = 0
    if m := _EN_LABEL.match(plain):
        said = m["named"] or m["bare"]
        out.append(_label(float(int(said) if said.isdigit() else _ROMAN.get(said) or ord(said[0].lower()) - 96)))
        at = m.end()
    value = 0.0
    spelled = False  # whether words of one number are being read: two hundred and five
    for m in _EN.finditer(plain, at):
        word = m["word"] or ""
        small = word.lower()
        if spelled and (small in _WORDS or small in _POWERS or (small == "and" and value >= 100)):
            value = value * _POWERS[small] if small in _POWERS else value + _WORDS.get(small, 0)
            continue
        if spelled:
            out.append(_keys(value))
            spelled = False
        if m["digits"]:
            number = float(m["digits"].replace(",", "")) * _POWERS.get(m["power"] or "", 1)
            out.append(_keys(number))
        elif word in _MONTHS:
            out.append(frozenset({f"month {_MONTHS[word]}"}))
        elif small in _WORDS:
            value, spelled = float(_WORDS[small]), True
        elif small in _ORDINALS:
            out.append(_keys(_ORDINALS[small], 0.1) if small == "tenth" else _keys(_ORDINALS[small]))
        elif small in _PARTS:
            out.append(_keys(_PARTS[small], 50) if small.startswith("hal") else _keys(_PARTS[small]))
    return [*out, _keys(value)] if spelled else out


def plain_number(key: str) -> bool:
    """Whether a key is a number up to ten: such stand everywhere, and say little."""
    return key.startswith("#") and len(key) <= 3 and key[1:].isdigit() and int(key[1:]) <= 10


def _of_digits(m: re.Match[str]) -> Keys:
    value = float(m["digits"].replace(",", ""))
    unit = m["unit"] or ""
    for c in unit:
        value *= _TENS.get(c) or _MYRIADS.get(c, 1)
    after = m["after"] or ""
    if after == "月" and value <= 12:
        return frozenset({f"month {value:g}"})
    if after.startswith("年") and 1 <= value < 150 and not unit:
        return _keys(value, value + 1911)
    return _keys(value)


def _value(numeral: str) -> float:
    """What a numeral of Chinese characters says: 二十三, 一百零五, 三萬, 二〇二四."""
    if all(c in _DIGITS for c in numeral):
        return float("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[c]
            section = digit = 0
    return float(total + section + digit)


def _label(value: float) -> Keys:
    return frozenset({f"label {value:g}"})


def _keys(*values: float) -> Keys:
    return frozenset(f"#{value:.12g}" for value in values)
