"""Learn the weights of ``pipeline/terms/align.py``: ``python bench/training/terms.py`` writes ``pipeline/data/weights.tsv``.

The examples have exact truth. *Synthetic glosses*: a name or term of CC-CEDICT or CLDR is set into a running sentence of
our own, with its English in brackets behind it; for most of them its own entry, and some of its words, are hidden from the
dictionary meanwhile, so that the evidence is what it would be for a name that no dictionary knows. *Sentences of our own
writing*: ``bench/training/terms.yaml``.

The model is a conditional logit over the candidates of a gloss (McFadden 1974), fitted by gradient descent with L2
regularisation.
Everything is seeded: the same packages give the same weights. ``--check`` gives the accuracy on a fifth that is kept out.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml

from pipeline.data import table
from pipeline.scripts.detect import fold
from pipeline.segment import tokens
from pipeline.terms import align
from pipeline.terms.latin import abbreviates, is_acronym, like_person
from pipeline.terms.lexicon import head_of, headwords, surnames, territories
from pipeline.terms.window import before

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "pipeline" / "data" / "weights.tsv"
STRENGTH = 0.7  # of the regularisation, in examples
ROUNDS = 2  # sentences for each name
PER_CLASS = {"phrase": 4000, "person": 2600, "acronym": 2000, "short": 900}

# Beginnings of sentences as reports have them; a word of leftwords.tsv, a noun or nothing stands between them and the name.
BEGINNINGS = [
    "今年三月，本會",
    "為了落實政策目標，主管機關",
    "會議中，與會代表",
    "研究團隊自去年起",
    "根據最新統計，各地業者",
    "有鑑於此，工作小組",
    "第二場次由學者",
    "本案經評估後，承辦單位",
    "在技術面上，廠商",
    "面對人口老化，地方政府",
    "這份報告",
    "該部門",
    "近年來，許多城市",
    "訪談對象多半",
    "考察期間，我們",
    "本次交流",
    "除了既有做法，執行單位",
    "計畫主持人",
    "專題演講後，講者",
    "上半年，委員會",
    "過去十年間，企業",
    "依照規定，申請人",
    "另一方面，學校",
    "在實務上，醫療人員",
    "社區居民",
    "當時的政府",
    "早期的研究者",
    "其後，主辦城市",
    "座談會上，業界",
    "從數據來看，出口商",
    "後續工作",
    "團隊成員",
    "市民普遍",
    "部分國家",
]
JOINS = ("", "", "我們", "目前", "已經", "也", "則", "將", "已", "曾", "持續", "積極", "共同", "首先", "正式", "主要")
TITLED = (
    "總統",
    "教授",
    "主席",
    "執行長",
    "研究員",
    "作家",
    "創辦人",
    "部長",
    "經濟學家",
    "哲學家",
    "導演",
    "局長",
    "發言人",
    "物理學家",
    "前總理",
    "學者",
    "市長",
    "著名歌手",
    "評論家",
    "院士",
    "大使",
    "設計師",
)
MODIFIERS = (
    "國內",
    "海外",
    "多項",
    "兩個",
    "這個",
    "新的",
    "其中一個",
    "重要的",
    "常見的",
    "所謂",
    "全球最大的",
    "歷史悠久的",
    "該校",
    "政府的",
    "企業的",
    "第一個",
    "各國",
    "上述",
    "相關",
    "主要",
    "我國",
    "在地",
    "當地",
    "傳統",
    "現行",
)


def main() -> None:
    """Learn, and write or check."""
    check = "--check" in sys.argv
    rng = random.Random(20260101)
    examples = synthetic(rng) + own()
    by_class: dict[str, list[tuple[list[dict[str, float]], int]]] = defaultdict(list)
    for sort, candidates, right in examples:
        by_class[sort].append((candidates, right))
    rows = []
    for sort in sorted(by_class):
        data = by_class[sort]
        rng.shuffle(data)
        if check:
            held, rest = data[: len(data) // 5], data[len(data) // 5 :]
            learned = fit(rest)
            print(
                f"{sort}: {len(rest)} examples; right boundary {accuracy(rest, learned):.3f}, "
                f"on {len(held)} kept out {accuracy(held, learned):.3f}"
            )
            continue
        learned = fit(data)
        print(f"{sort}: {len(data)} examples; right boundary {accuracy(data, learned):.3f}")
        rows += [(sort, name, f"{value:.2f}") for name, value in sorted(learned.items()) if abs(value) >= 0.01]
    if not check:
        head = (
            "# Weights of the evidence for where a Chinese term begins (pipeline/terms/align.py).\n"
            "# Learned by bench/training/terms.py.\n"
            "# Fields: class of gloss, evidence, weight.\n"
        )
        TARGET.write_text(head + "".join("\t".join(r) + "\n" for r in rows), "utf-8")


def fit(data: list[tuple[list[dict[str, float]], int]], rounds: int = 400) -> dict[str, float]:
    """Weights of a conditional logit, by gradient descent with momentum."""
    names = sorted({name for candidates, _ in data for c in candidates for name in c})
    column = {name: k for k, name in enumerate(names)}
    matrix = np.zeros((sum(len(c) for c, _ in data), len(names)))
    starts, chosen = [], []
    row = 0
    for candidates, right in data:
        starts.append(row)
        chosen.append(row + right)
        for c in candidates:
            for name, value in c.items():
                matrix[row, column[name]] = value
            row += 1
    group = np.repeat(np.arange(len(data)), np.diff([*starts, row]))
    target = matrix[chosen].sum(axis=0)
    w, velocity = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(rounds):
        total = matrix @ w
        total -= np.maximum.reduceat(total, starts)[group]
        power = np.exp(total)
        share = power / np.add.reduceat(power, starts)[group]
        gradient = (target - share @ matrix - STRENGTH * w) / len(data)
        velocity = 0.9 * velocity + 0.5 * gradient
        w = w + velocity
    return dict(zip(names, map(float, w), strict=True))


def accuracy(data: list[tuple[list[dict[str, float]], int]], learned: dict[str, float]) -> float:
    """How many glosses have their right boundary first."""
    hits = 0
    for candidates, right in data:
        totals = [sum(learned.get(name, 0.0) * value for name, value in c.items()) for c in candidates]
        hits += totals.index(max(totals)) == right
    return hits / len(data)


# -- examples ------------------------------------------------------------------------------------------------------------------


def synthetic(rng: random.Random) -> list[tuple[str, list[dict[str, float]], int]]:
    """Names of the dictionary in sentences of ours."""
    pools = _pools()
    left = defaultdict(list)
    for word, sort in table("leftwords.tsv"):
        left[sort].append(word)
    nouns = list(pools["nouns"])
    out = []
    for sort, wanted in PER_CLASS.items():
        pool = pools[sort]
        for zh, english, acronym in [x for _ in range(ROUNDS) for x in rng.sample(pool, min(wanted, len(pool)))]:
            draw = rng.random()
            seen = {}
            if sort == "phrase" and rng.random() < 0.06:  # figures and Latin letters that both sides have
                shared = rng.choice(("2030", "2050", "AI", "G20", "EU", "APEC", "2025"))
                zh = shared + ("年" if shared[0] == "2" else "") + zh
                english = f"{english} {shared}" if shared[0] == "2" else f"{shared} {english}"
            if rng.random() < 0.2:
                seen[len(zh)] = rng.choice((1, 1, 2))
            if rng.random() < 0.12:
                seen[len(zh) + rng.choice((1, 2, 2, 3))] = 1
            if rng.random() < 0.35 and len(zh) > 3:  # its last word stands elsewhere too
                seen.setdefault(rng.randrange(1, min(len(zh), 5)), rng.choice((1, 2, 3)))
            known = english if sort == "acronym" and rng.random() < 0.4 else ""
            query = (
                align.Query("", acronym, "", known)
                if sort == "acronym"
                else align.Query(short=acronym)
                if sort == "short"
                else align.Query(english, acronym)
            )
            if draw < 0.1:
                mark = rng.choice(("「」", "「」", "《》", "“”"))
                text = _sentence(rng, zh, english, sort, left, nouns) + mark[0] + zh + mark[1]
            else:
                text = _sentence(rng, zh, english, sort, left, nouns) + zh
            example = _example(text, zh, query, seen, hidden=rng.random() < 0.65, gaps=rng if rng.random() < 0.5 else None)
            if example:
                out.append(example)
    return out


def _sentence(rng: random.Random, zh: str, english: str, sort: str, left: dict[str, list[str]], nouns: list[str]) -> str:
    """The text before the name."""
    start = rng.choice(BEGINNINGS)
    join = rng.choice(JOINS)
    draw = rng.random()
    verb = join + rng.choice(left["verb"])
    if sort == "person" and draw < 0.42:
        return start + verb + rng.choice(("", rng.choice(nouns))) + rng.choice((*TITLED, *left["title"]))
    if draw < 0.22:
        return start + verb
    if draw < 0.28:
        return start + verb + rng.choice(nouns) + rng.choice(("的", "的", "之"))
    if draw < 0.46:
        return start + rng.choice(("", verb + rng.choice(nouns))) + rng.choice(left["preposition"])
    if draw < 0.54:
        return start + verb + rng.choice(MODIFIERS)
    if draw < 0.70:
        return start + verb + rng.choice(nouns) + rng.choice(("、", "、", "、", "，", "。", "：", "\n\n"))
    if draw < 0.77:
        return start + verb + rng.choice("「「『《")
    if draw < 0.84:
        return start + verb + rng.choice(("一項", "一種", "一個", "兩種", "三大", "五個", "2019年", "第3屆", "2月", "2021年"))
    if draw < 0.91 and sort != "person":
        return start + verb + rng.choice(COUNTRIES) + rng.choice(("", "", "的", "政府的", "最大的"))
    if draw < 0.95:
        return start + verb + rng.choice(nouns)
    return ""


COUNTRIES = (
    "日本",
    "美國",
    "韓國",
    "德國",
    "法國",
    "英國",
    "泰國",
    "越南",
    "新加坡",
    "加拿大",
    "澳洲",
    "紐西蘭",
    "荷蘭",
    "瑞典",
    "歐洲",
    "印度",
    "丹麥",
    "墨西哥",
)


def _example(
    text: str, zh: str, query: align.Query, seen: dict[int, int], hidden: bool = True, gaps: random.Random | None = None
) -> tuple[str, list[dict[str, float]], int] | None:
    window = before(text, len(text))
    cuts = frozenset(t.start for t in tokens(text))
    if window is None:
        return None
    if window.stop == "\n" and gaps is None and len(window.chars) < 20:
        window = window._replace(alone=len(zh) == len(window.chars) or len(zh) % 3 == 0)
    tight = "".join(zh.split())
    without = {fold(tight)} if hidden else set()
    if gaps:  # words that a dictionary does not have, or has with other English
        parts = [fold(tight[a:b]) for a in range(len(tight)) for b in range(a + 1, min(len(tight), a + 4) + 1)]
        without |= {p for p in parts if gaps.random() < 0.3}
    found = align.evidences(window, query, cuts, seen, frozenset(without))
    right = next((k for k, (at, _) in enumerate(found) if window.chars[at:] == tight), None)
    return None if right is None or len(found) < 2 else (align.sort_of(window, query), [e for _, e in found], right)


def _pools() -> dict[str, list[tuple[str, str, str]]]:
    """What the dictionary offers: Chinese, English, acronym."""
    pools: dict[str, list] = defaultdict(list)
    given, families = [], []
    for zh, meaning in headwords():
        if not re.fullmatch("[\u3400-\u9fff·]{2,16}", zh):
            continue
        senses = meaning.split("/")
        first = senses[0]
        bare = re.sub(r"\s*\([^)]*\)|\[[^\]]*\]|,.*|;.*", "", first).strip()
        name = re.match(r"([A-Z][a-zé]+) \((?:name|surname)\)", first)
        if name:
            (families if "surname" in first or len(zh) > 3 else given).append((zh, name.group(1)))
            families.append((zh, name.group(1)))
            continue
        person = re.match(
            r"([A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|der|bin|la))+) \((?:c\. |born |b\. )?\d{3,4}", first
        )
        if person and len(zh) >= 2 and like_person(person.group(1)) and not re.search("World|War|Revolution|Treaty", first):
            pools["person"].append((zh, person.group(1), ""))
            families.append((zh, person.group(1).split()[-1]))
            continue
        if len(zh) == 2 and re.fullmatch("[a-z]{4,}", bare):
            pools["nouns"].append(zh)
        if (
            len(zh) < 2
            or not re.fullmatch(r"(?:the )?[A-Za-z][\w'’-]+(?: [\w'’&-]+){0,9}", bare)
            or re.match(r"(?:to|variant|old|see|abbr|used|one|a|an|name|surname|lit|fig|be|not|is) ", bare)
        ):
            continue
        if len(zh) == 2 and rng_of(zh) > (0.08 if " " not in bare else 0.25):
            continue
        if len(zh) > 2 and " " not in bare and rng_of(zh) > 0.35:
            continue
        named = re.search(r"\(([A-Z][A-Za-z&0-9-]{1,7})\)|, ([A-Z]{2,7})\b", meaning)
        acronym = next((a for a in (named.groups() if named else ()) if a), "")
        pools["phrase"].append((zh, bare, ""))
        if bare[0].isupper() and " " in bare:
            pools["phrase"] += [(zh, bare, "")] * 2
        if acronym and is_acronym(acronym) and abbreviates(acronym, bare):
            pools["acronym"] += [(zh, bare, acronym)] * 3
        elif len(zh) >= 4 and bare.count(" ") in (1, 2, 3, 4):
            made = "".join(w[0] for w in re.split("[ -]", bare) if w and w not in ("of", "the", "and", "for", "in")).upper()
            if is_acronym(made):
                pools["acronym"] += [(zh, bare, made)] * (2 if bare[0].isupper() else 1)
    for zh, english in territories().items():
        if " " in english and len(zh) > 2:
            pools["phrase"].append((zh, english, ""))
    for zh, english in families[::2]:  # brands and drugs are spelled too
        if len(zh) > 2:
            pools["phrase"].append((zh, english, ""))
            made = (english[0] + "".join(c for c in english[1:] if c not in "aeiouy")).upper()[:3]
            if is_acronym(made):
                pools["acronym"].append((zh, english, made))
    pools["short"] = _shorts(pools["phrase"])
    pools["person"] += _people(given or families, families)
    return {k: list(v) for k, v in pools.items()}


def _shorts(phrases: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Names with short forms as they are declared: some characters in their order and the head, or the head alone."""
    rng = random.Random(11)
    names = sorted({zh for zh, english, _ in phrases if len(zh) >= 5 and english[0].isupper() and lexicon_head(zh)})
    out = []
    for zh in names:
        head = lexicon_head(zh)
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


def lexicon_head(zh: str) -> str:
    """The head that ends a name."""
    found = head_of(fold(zh))
    return found[0] if found and found[1] in ("organisation", "programme") else ""


def rng_of(zh: str) -> float:
    """A number from 0 to 1 that belongs to a word."""
    return random.Random(zh).random()


GIVEN = "怡君志明淑芬建宏雅婷俊傑美玲家豪佳穎宗翰詩涵冠宇欣怡承翰子軒柏睿宜蓁品妍思遠文華國強偉成永康曉東麗珍德慧敏嘉儀啟賢"


def _people(given: list[tuple[str, str]], families: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Names put together from the dictionary's, and Chinese names in romanisation."""
    from pypinyin import Style, lazy_pinyin

    rng = random.Random(7)
    out = []
    for _ in range(1500):
        (a, first), (b, last) = rng.choice(given + families), rng.choice(families)
        if len(a) > 5 or len(b) > 6:
            continue
        middle = rng.choice(("", "", "", "", " J.", " W.", " M."))
        draw = rng.random()
        if draw < 0.45:
            zh = a + rng.choice("·．・‧•") + b
            if rng.random() < 0.15:
                c, second = rng.choice(given + families)
                zh, middle = a + zh[len(a)] + c + zh[len(a)] + b, " " + second
        elif draw < 0.6:
            zh = a + b
        else:
            zh = b
        out.append((zh, f"{first}{middle} {last}", ""))
    known = [(s, sorted(r)) for s, r in sorted(surnames().items())]
    for _ in range(900):
        family, spelled = rng.choice(known)
        name = "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2, 2))))
        latin = [
            x.capitalize()
            for x in lazy_pinyin(
                name, style=rng.choice((Style.NORMAL, Style.WADEGILES) if hasattr(Style, "WADEGILES") else (Style.NORMAL,))
            )
        ]
        latin = [re.sub("[^A-Za-z]", "", x) or "X" for x in latin]
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


def own() -> list[tuple[str, list[dict[str, float]], int]]:
    """Sentences of our own writing: ``before`` with the term in ⟦⟧, its English and acronym."""
    path = HERE / "terms.yaml"
    out = []
    for item in yaml.safe_load(path.read_text("utf-8")) if path.exists() else ():
        text = item["text"]
        start, end = text.index("⟦"), text.index("⟧")
        zh = text[start + 1 : end]
        tail = text[end + 1 :]
        plain = text[:start] + zh + tail
        query = align.Query(item.get("en", ""), item.get("acronym", ""), item.get("short", ""))
        example = _example(plain, zh, query, {}, hidden=False)
        if example:
            out += [example] * (3 * ROUNDS)
        else:
            print("no candidate is right:", text)
    return out


if __name__ == "__main__":
    main()
