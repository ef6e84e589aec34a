"""Names with exact truth: those of CC-CEDICT and CLDR, and names put together from their words as real ones are."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache

from pipeline.data import table
from pipeline.scripts.detect import fold
from pipeline.terms.latin import abbreviates, is_acronym, like_person
from pipeline.terms.lexicon import head_of, headwords, surnames, territories

Name = tuple[str, str, str]  # Chinese, English, acronym (of a short form: Chinese, nothing, short form)
SMALL = ("of", "the", "and", "for", "in", "on", "to", "a", "with")
GIVEN = "怡君志明淑芬建宏雅婷俊傑美玲家豪佳穎宗翰詩涵冠宇欣怡承翰子軒柏睿宜蓁品妍思遠文華國強偉成永康曉東麗珍德慧敏嘉儀啟賢"
JAPANESE = (  # given names
    "健一 Kenichi",
    "美咲 Misaki",
    "龍馬 Ryoma",
    "花子 Hanako",
    "太郎 Taro",
    "直樹 Naoki",
    "由紀子 Yukiko",
    "誠 Makoto",
    "隆 Takashi",
    "正義 Masayoshi",
    "千尋 Chihiro",
    "一郎 Ichiro",
    "惠子 Keiko",
    "真由美 Mayumi",
    "博之 Hiroyuki",
    "和也 Kazuya",
    "裕二 Yuji",
    "葵 Aoi",
    "茂 Shigeru",
    "智子 Tomoko",
)
BODIES = (
    "勞動部",
    "衛生福利部",
    "交通部",
    "經濟部",
    "教育部",
    "內政部",
    "文化部",
    "財政部",
    "環境部",
    "農業部",
    "海洋委員會",
    "行政院",
    "財團法人",
    "社團法人",
    "國立",
    "香港",
    "臺北市政府",
    "中華民國",
    "全國",
    "深圳市",
    "上海市",
)


@cache
def pools() -> dict[str, list[Name]]:
    """What the dictionary offers, by the class of the gloss."""
    out: dict[str, list[Name]] = defaultdict(list)
    given: list[tuple[str, str]] = []
    families: list[tuple[str, str]] = []
    for zh, meaning in headwords():
        if re.fullmatch("[\u3400-\u9fff·]{2,16}", zh):
            _of_entry(zh, meaning, out, given, families)
    for zh, english in territories().items():
        if " " in english and len(zh) > 2:
            out["phrase"].append((zh, english, ""))
    for zh, english in families[::2]:  # brands and drugs are spelled too
        if len(zh) > 2:
            out["phrase"].append((zh, english, ""))
            made = (english[0] + "".join(c for c in english[1:] if c not in "aeiouy")).upper()[:3]
            if is_acronym(made):
                out["acronym"].append((zh, english, made))
    out["short"] = _shorts(out["phrase"])
    out["person"] += _people(given or families, families)
    composed = _composed(families)
    out["composed"] = composed
    out["composed acronym"] = [(zh, english, made) for zh, english, _ in composed if is_acronym(made := initials(english))]
    out["brand"] = _brands(families)
    return dict(out)


def _of_entry(
    zh: str, meaning: str, out: dict[str, list[Name]], given: list[tuple[str, str]], families: list[tuple[str, str]]
) -> None:
    """One word of the dictionary: a name, a species, a person, a term."""
    first = meaning.split("/")[0]
    bare = re.sub(r"\s*\([^)]*\)|\[[^\]]*\]|,.*|;.*", "", first).strip()
    name = re.match(r"([A-Z][a-zé]+) \((?:name|surname)\)", first)
    if name:
        (families if "surname" in first or len(zh) > 3 else given).append((zh, name.group(1)))
        families.append((zh, name.group(1)))
        return
    person = re.match(r"([A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|der|bin|la))+) \((?:c\. |born |b\. )?\d{3,4}", first)
    if person and like_person(person.group(1)) and not re.search("World|War|Revolution|Treaty", first):
        out["person"].append((zh, person.group(1), ""))
        families.append((zh, person.group(1).split()[-1]))
        return
    species = re.search(r"\(([A-Z][a-z]{3,} [a-z]{3,}(?: [a-z]{3,})?)\)", first)
    if species and len(zh) > 1 and bare and bare.lower() not in species.group(1).lower():
        out["species"].append((zh, species.group(1), ""))
    if len(zh) == 2 and re.fullmatch("[a-z]{4,}", bare):
        out["nouns"].append((zh, bare, ""))
    if not re.fullmatch(r"(?:the )?[A-Za-z][\w'’-]+(?: [\w'’&-]+){0,9}", bare) or re.match(
        r"(?:to|variant|old|see|abbr|used|one|a|an|name|surname|lit|fig|be|not|is) ", bare
    ):
        return
    if len(zh) == 2 and chance(zh) > 0.25:
        return
    if len(zh) > 2 and " " not in bare and chance(zh) > 0.35:
        return
    named = re.search(r"\(([A-Z][A-Za-z&0-9-]{1,7})\)|, ([A-Z]{2,7})\b", meaning)
    acronym = next((a for a in (named.groups() if named else ()) if a), "")
    out["phrase"] += [(zh, bare, "")] * (3 if bare[0].isupper() and " " in bare else 1)
    if acronym and is_acronym(acronym) and abbreviates(acronym, bare):
        out["acronym"] += [(zh, bare, acronym)] * 3
    elif len(zh) >= 4 and bare.count(" ") in (1, 2, 3, 4) and is_acronym(made := initials(bare)):
        out["acronym"] += [(zh, bare, made)] * (2 if bare[0].isupper() else 1)


def chance(zh: str) -> float:
    """A number from 0 to 1 that belongs to a word."""
    return random.Random(zh).random()


def initials(english: str) -> str:
    """The first letters of the words of a name."""
    return "".join(w[0] for w in re.split("[ -]", english) if w and w not in SMALL).upper()


def _words(tag: str) -> list[tuple[str, str]]:
    """Two-character words with an English word for each: nouns (``"n"``) or verbs as they stand in names (``"v"``)."""
    out = []
    for zh, meaning in headwords():
        if not re.fullmatch("[\u3400-\u9fff]{2}", zh):
            continue
        first = meaning.split("/")[0]
        m = re.fullmatch("to ([a-z]{4,})" if tag == "v" else "([a-z]{4,})", first)
        if m:
            out.append((zh, m.group(1)))
    return out


def _composed(families: list[tuple[str, str]]) -> list[Name]:
    """Names of two to four words: 海洋廢棄物治理中心, 促進公共參與協會, a place, a year or Latin letters before or within."""
    rng = random.Random(19)
    nouns, verbs = _words("n"), _words("v")
    heads = [(zh, kind, english.split()[0]) for zh, kind, english in table("heads.tsv") if english and len(zh) > 1]
    named = [h for h in heads if h[1] in ("organisation", "programme")]
    terms = [h for h in heads if h[1] in ("term", "work")]
    out = []
    for _ in range(5200):
        as_name = rng.random() < 0.6
        head = rng.choice(named if as_name else terms)
        words = [
            _derived(rng, nouns, verbs)
            if rng.random() < 0.2
            else rng.choice(verbs if rng.random() < (0.4 if k else 0.12) else nouns)
            for k in range(rng.choice((1, 1, 2, 2, 3)))
        ]
        if rng.random() < 0.12:
            words.insert(0, rng.choice([f for f in families if len(f[0]) < 5]))
        elif rng.random() < 0.05:  # a letter that both sides have: 毒性T細胞, β受體
            letter = rng.choice("TBCXYZαβγ")
            words.insert(rng.randrange(len(words) + 1), (letter, letter))
        elif rng.random() < 0.08:
            latin = rng.choice(("AI", "APEC", "5G", "EU", "ESG", "G20", "IP", "DNA", "T"))
            words.insert(rng.randrange(len(words)), (latin, latin))
        zh = "".join(w for w, _ in words)
        core = [e for _, e in words]
        if len(words) > 1 and rng.random() < 0.05:
            join = rng.choice("與及和")
            zh = words[0][0] + join + "".join(w for w, _ in words[1:])
            core = [core[0], "and", *core[1:]]
        draw = rng.random()
        if draw < 0.55:
            english = [*core, head[2]]
        elif draw < 0.8:
            english = [head[2], rng.choice(("of", "for", "on")), *core]
        elif len(core) > 1:  # the English leaves a word out, or says it otherwise
            english = [*core[1:], head[2]]
        else:
            english = [rng.choice(nouns)[1], head[2]]
        if as_name:
            english = [w if w in SMALL else w[:1].upper() + w[1:] for w in english]
        if as_name and rng.random() < 0.12:  # in front of both, or of the Chinese alone
            front, said = rng.choice((("2030年", "2030"), ("2025", "2025"), ("全球", "Global"), ("國際", "International")))
            zh, english = front + zh, [said, *english] if rng.random() < 0.6 else english
        out.append((zh + head[0], " ".join(english), ""))
    return out


PREFIXED = {  # of nouns
    "非": "non",
    "抗": "anti",
    "反": "anti",
    "超": "super",
    "跨": "cross",
    "多": "multi",
    "微": "micro",
    "亞": "sub",
    "次": "sub",
    "前": "pre",
    "後": "post",
    "準": "quasi",
    "總": "total",
    "高": "high",
    "低": "low",
    "單": "mono",
    "雙": "bi",
}
SUFFIXED = {
    "性": "al",
    "化": "ization",
    "型": "type",
    "式": "style",
    "級": "grade",
    "制": "system",
    "率": "rate",
    "度": "degree",
    "力": "power",
}


def _derived(rng: random.Random, nouns: list[tuple[str, str]], verbs: list[tuple[str, str]]) -> tuple[str, str]:
    """A word with a syllable that derives it: 可重複 repeatable, 非線性, 自調節 self-regulating."""
    draw = rng.random()
    if draw < 0.25:
        zh, english = rng.choice(verbs)
        return "可" + zh, english.removesuffix("e") + "able"
    if draw < 0.4:
        zh, english = rng.choice(verbs)
        return (rng.choice("自再") + zh, rng.choice(("self-", "re")) + english)
    zh, english = rng.choice(nouns)
    if draw < 0.7:
        first = rng.choice(list(PREFIXED))
        return first + zh, PREFIXED[first] + rng.choice(("", "-")) + english
    last = rng.choice(list(SUFFIXED))
    return zh + last, english + rng.choice(("", " ")) + SUFFIXED[last]


def _brands(families: list[tuple[str, str]]) -> list[Name]:
    """Names whose Latin form says something else, so that form alone decides: 好食分享（ShareMeal）, 四海集團（Kaldor）."""
    rng = random.Random(23)
    nouns, verbs = _words("n"), _words("v")
    bodies = [zh for zh, kind, _ in table("heads.tsv") if kind == "organisation" and len(zh) > 1]
    out = []
    for _ in range(1500):
        a, b = rng.choice(nouns), rng.choice(verbs if rng.random() < 0.3 else nouns)
        zh = rng.choice(
            (a[0] + b[0], a[0] + rng.choice(bodies), a[0] + b[0] + rng.choice(bodies), a[0][:1] + b[0][:1] + rng.choice(bodies))
        )
        c, d = rng.choice(nouns)[1], rng.choice(nouns)[1]
        latin = rng.choice(
            (
                c.capitalize() + d.capitalize(),
                rng.choice(families)[1],
                c.capitalize(),
                d.capitalize() + rng.choice(("ly", "io", "go", "ix")),
            )
        )
        out.append((zh, latin, ""))
    return out


def _shorts(phrases: list[Name]) -> list[Name]:
    """Names with short forms as they are declared: some characters in their order and the head, or the head alone."""
    rng = random.Random(11)
    names = sorted({zh for zh, english, _ in phrases if len(zh) >= 5 and english[0].isupper() and _head(zh)})
    out = []
    for zh in names:
        head = _head(zh)
        front = zh[: len(zh) - len(head)]
        if rng.random() < 0.25:
            zh = rng.choice(("", "", "APEC", "2024年", "國際", "全國", "G20")) + zh
            out.append((zh, "", rng.choice(("", "", "本", "該")) + head if len(head) > 1 else front[-2:] + head))
            continue
        if rng.random() < 0.4:  # a unit is named with the body that it belongs to, its short form without
            whole = rng.choice(BODIES) + zh
        else:
            whole = zh
        taken = list(range(0, len(front), 2))[: rng.choice((1, 2, 2, 3))]
        out.append((whole, "", "".join(front[k] for k in taken) + head[-1 if rng.random() < 0.6 else 0 :]))
    return out


def _head(zh: str) -> str:
    found = head_of(fold(zh))
    return found[0] if found and found[1] in ("organisation", "programme") else ""


def _people(given: list[tuple[str, str]], families: list[tuple[str, str]]) -> list[Name]:
    """Names put together from the dictionary's, and Chinese names in romanisation."""
    from pypinyin import Style, lazy_pinyin

    rng = random.Random(7)
    out = []
    for _ in range(1900):
        (a, first), (b, last) = rng.choice(given + families), rng.choice(families)
        if len(a) > 5 or len(b) > 6:
            continue
        middle = rng.choice(("", "", "", "", " J.", " W.", " M."))
        draw = rng.random()
        if draw < 0.4:
            zh = a + rng.choice("·．・‧•") + b
            if rng.random() < 0.15:
                c, second = rng.choice(given + families)
                zh, middle = a + zh[len(a)] + c + zh[len(a)] + b, " " + second
        elif draw < 0.65:
            zh = a + b
        else:
            zh = b
        out.append((zh, f"{first}{middle} {last}", ""))
    for family, romanised in table("japanese.tsv"):
        name, latin = rng.choice(JAPANESE).split(" ")
        last = rng.choice(romanised.split()).capitalize()
        out.append((family + name, rng.choice((f"{latin} {last}", f"{last} {latin}", f"{last} {latin}")), ""))
    known = [(s, sorted(r)) for s, r in sorted(surnames().items())]
    for _ in range(900):
        family, spelled = rng.choice(known)
        name = "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2, 2))))
        style = rng.choice((Style.NORMAL, Style.WADEGILES) if hasattr(Style, "WADEGILES") else (Style.NORMAL,))
        latin = [re.sub("[^A-Za-z]", "", x.capitalize()) or "X" for x in lazy_pinyin(name, style=style)]
        west = rng.choice(given)[1]
        family_latin = rng.choice(spelled).capitalize()
        draw = rng.random()
        english = (
            f"{west} {family_latin}"
            if draw < 0.45
            else f"{'-'.join(latin)} {family_latin}"
            if draw < 0.7
            else f"{family_latin} {latin[0]}{''.join(x.lower() for x in latin[1:])}"
        )
        out.append((family + name, english, ""))
    return out
