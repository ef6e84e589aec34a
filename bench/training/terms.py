"""Learn the weights of ``pipeline/terms/align.py``: ``python bench/training/terms.py`` writes ``pipeline/data/weights.tsv``.

The examples have exact truth. *Synthetic glosses*: a name or term of CC-CEDICT or CLDR, or one put together from their words
(``names.py``), is set into a running sentence of our own (``contexts.py``), with its English in brackets behind it; for most
of them its own entry, and some of its words, are hidden from the dictionary meanwhile, so that the evidence is what it would
be for a name that no dictionary knows. *Sentences of our own writing*: ``terms.yaml``.
The model is a conditional logit over the candidates of a gloss (McFadden 1974), fitted by gradient descent with L2
regularisation, and L1 besides, so that evidence which earns little has no weight.
Everything is seeded: the same packages give the same weights. ``--check`` gives the accuracy on a fifth that is kept out.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml
from contexts import context
from msgspec.structs import replace
from names import Name, pools

from pipeline.scripts.convert import convert
from pipeline.scripts.detect import fold
from pipeline.segment import tokens
from pipeline.terms import align
from pipeline.terms.lexicon import head_of
from pipeline.terms.window import before

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "pipeline" / "data" / "weights.tsv"
STRENGTH = 0.7  # of the regularisation by squares, in examples
SPARSITY = 8.0  # of that by magnitudes, in examples: what earns less has no weight
RATE = 0.5  # of the descent
ROUNDS = 4  # sentences for each name
OWN = 48  # how often a sentence of our own counts
DRAWN = (  # pool, class of the gloss, how many names
    ("phrase", "phrase", 3000),
    ("composed", "phrase", 2600),
    ("species", "phrase", 250),
    ("brand", "phrase", 500),
    ("person", "person", 2600),
    ("acronym", "acronym", 1700),
    ("composed acronym", "acronym", 1500),
    ("short", "short", 900),
)

Example = tuple[str, list[dict[str, float]], int]  # class, candidates with their evidence, which is right


def main() -> None:
    """Learn, and write or check."""
    check = "--check" in sys.argv
    rng = random.Random(20260101)
    by_class: dict[str, list[tuple[list[dict[str, float]], int]]] = defaultdict(list)
    for sort, candidates, right in synthetic(rng) + own():
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
    """Weights of a conditional logit, by proximal gradient descent with momentum (Beck and Teboulle 2009)."""
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
    w = last = np.zeros(len(names))
    for _ in range(rounds):
        ahead = w + 0.9 * (w - last)
        total = matrix @ ahead
        total -= np.maximum.reduceat(total, starts)[group]
        power = np.exp(total)
        share = power / np.add.reduceat(power, starts)[group]
        step = ahead + RATE * (target - share @ matrix - STRENGTH * ahead) / len(data)
        last, w = w, np.sign(step) * np.maximum(np.abs(step) - RATE * SPARSITY / len(data), 0.0)
    return dict(zip(names, map(float, w), strict=True))


def accuracy(data: list[tuple[list[dict[str, float]], int]], learned: dict[str, float]) -> float:
    """How many glosses have their right boundary first."""
    hits = 0
    for candidates, right in data:
        totals = [sum(learned.get(name, 0.0) * value for name, value in c.items()) for c in candidates]
        hits += totals.index(max(totals)) == right
    return hits / len(data)


def synthetic(rng: random.Random) -> list[Example]:
    """Names in sentences of ours, a half in each script."""
    drawn: list[tuple[str, Name, str]] = []
    for pool, sort, wanted in DRAWN:
        names = pools()[pool]
        for name in (x for _ in range(ROUNDS) for x in rng.sample(names, min(wanted, len(names)))):
            name = _with_figures(rng, name) if pool == "phrase" else name
            drawn.append((sort, name, _text(rng, name[0], sort)))
    scripts = [convert("\n\0\n".join(text for _, _, text in drawn), way).split("\n\0\n") for way in ("t2s", "s2t")]
    out = []
    for (sort, (zh, english, acronym), _), *texts in zip(drawn, *scripts, strict=True):
        text = texts[rng.random() < 0.6]
        if sort == "acronym":
            query = align.Query("", acronym, "", english if rng.random() < 0.4 else "")
        elif sort == "short":
            query = align.Query(short=acronym)
        else:
            query = align.Query(english, acronym)
        hidden, gaps = rng.random() < 0.65, rng if rng.random() < 0.7 else None
        example = _example(text, zh, query, _seen(rng, zh, sort), hidden, gaps)
        out += [example] if example else []
    return out


def _with_figures(rng: random.Random, name: Name) -> Name:
    """Some names with figures and Latin letters that both sides have."""
    zh, english, acronym = name
    if rng.random() >= 0.06:
        return name
    shared = rng.choice(("2030", "2050", "AI", "G20", "EU", "APEC", "2025"))
    if shared[0] == "2":
        return shared + "年" + zh, f"{english} {shared}", acronym
    return shared + zh, f"{shared} {english}", acronym


def _text(rng: random.Random, zh: str, sort: str) -> str:
    """A sentence up to the end of the name, some of them in quotation marks, some broken by a line end as a page breaks it."""
    before_it = context(rng, sort, zh)
    if before_it[-1:] not in tuple("「『《") and rng.random() < 0.1:
        mark = rng.choice(("「」", "「」", "《》", "“”"))
        return before_it + mark[0] + zh + mark[1]
    if rng.random() < 0.06 and len(before_it) > 4:
        at = rng.randrange(len(before_it) - 4, len(before_it) + len(zh))
        whole = before_it + zh
        if not (whole[at - 1 : at + 1].isascii() or "\n" in whole[at - 2 : at + 2]):
            return whole[:at] + "\n" + whole[at:]
    return before_it + zh


def _seen(rng: random.Random, zh: str, sort: str) -> dict[int, int]:
    """How much of it stands elsewhere with another left context: all of it, its last word or two, more than all of it."""
    seen = {}
    if rng.random() < 0.3:
        seen[len(zh)] = rng.choice((1, 1, 2, 3))
    if rng.random() < 0.03:
        seen[len(zh) + rng.choice((1, 2, 2, 3))] = rng.choice((1, 1, 2))
    if rng.random() < (0.5 if sort == "short" else 0.35) and len(zh) > 3:
        seen.setdefault(rng.randrange(2, len(zh)), rng.choice((1, 2, 3, 5)))
    head = head_of(fold(zh))
    if head and 1 < len(head[0]) < len(zh) and rng.random() < 0.5:  # its head ends other names
        seen[len(head[0])] = rng.choice((1, 2, 4))
    return seen


def _example(
    text: str, zh: str, query: align.Query, seen: dict[int, int], hidden: bool = True, gaps: random.Random | None = None
) -> Example | None:
    window = before(text, len(text))
    cuts = frozenset(t.start for t in tokens(text))
    if window is None:
        return None
    whole = len("".join(zh.split())) == len(window.chars)
    if window.stop in ("", "\n") and len(window.chars) <= 20 and len(zh) % 10 < (7 if whole else 1):
        window = replace(window, alone=True)  # a heading, mostly
    tight = fold("".join(zh.split()))
    without, mute = {tight} if hidden else set(), set()
    if gaps:  # words that a dictionary does not have, and words that it has with other English
        parts = [tight[a:b] for a in range(len(tight)) for b in range(a + 1, min(len(tight), a + 4) + 1)]
        share = gaps.choice((0.1, 0.25, 0.4)) / (1 if query.english else 2)
        without |= {p for p in parts if gaps.random() < share / 3}
        mute |= {p for p in parts if gaps.random() < share}
        for k in range(0, len(tight), 2):  # a word with all that is in it
            if gaps.random() < share:
                mute |= {p for p in parts if p in tight[k : k + 2]}
    found = align.evidences(window, query, cuts, seen, frozenset(without), frozenset(mute))
    right = next((k for k, at in enumerate(found) if fold(window.chars[at:]) == tight), None)
    if right is None or len(found) < 2:
        return None
    candidates = list(found.values())
    return align.model_of(window, query, candidates), candidates, right


def own() -> list[Example]:
    """Sentences of our own writing: ``text`` with the term in ⟦⟧, its English and acronym, or its short form."""
    path = HERE / "terms.yaml"
    out = []
    for item in yaml.safe_load(path.read_text("utf-8")) if path.exists() else ():
        text = item["text"]
        start, end = text.index("⟦"), text.index("⟧")
        zh = text[start + 1 : end]
        plain = text[:start] + zh + text[end + 1 :]
        query = align.Query(item.get("en", ""), item.get("acronym", ""), item.get("short", ""))
        example = _example(plain, zh, query, {}, hidden=False)
        if example:
            out += [example] * OWN
        else:
            print("no candidate is right:", text)
    return out


if __name__ == "__main__":
    main()
