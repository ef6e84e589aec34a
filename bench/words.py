"""Speed of words against plain ``jieba.cut`` on the same lines, as ratios taken in one run; above 1 is faster than jieba.

The load time is that of the first word in a fresh process, the tables already in the cache folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import jieba

from pipeline.document import Document
from pipeline.read import read
from pipeline.scripts.convert import convert
from pipeline.segment import Options, segment, words

RAW = Path(__file__).parent.parent / "raw"
LINES = 3_000
FIRST = "import time; t = time.perf_counter(); from pipeline.segment import words; words({!r}); print(time.perf_counter() - t)"


def seconds(*actions: Callable[[], object]) -> list[float]:
    """The processor times that the actions take, the best of five turns."""
    best = [float("inf")] * len(actions)
    for _ in range(5):
        for k, action in enumerate(actions):
            start = time.process_time()
            action()
            best[k] = min(best[k], time.process_time() - start)
    return best


def each(cut: Callable[[str], object], lines: list[str]) -> None:
    """Cut every line."""
    for line in lines:
        cut(line)


def main() -> None:
    """Print the ratios."""
    jieba.setLogLevel(60)
    lines = [line for path in sorted(RAW.glob("*.txt")) for line in read(path).text.splitlines() if line.strip()]
    lines = [convert(line, "s2tw") for line in lines]
    lines = (lines * (LINES // len(lines) + 1))[:LINES]
    simplified = [convert(line, "t2s") for line in lines]
    decided = Options(tuple(dict.fromkeys(line[2:8] for line in lines[:200] if len(line) > 8)), ("會議", "計畫"))
    document = Document.of("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder
        jieba.initialize()
    for name, text, cut in (
        ("words, Traditional", lines, words),
        ("words, Simplified", simplified, words),
        ("words, 200 approved and 2 rejected", lines, partial(words, options=decided)),
    ):
        ours, plain = seconds(partial(each, cut, text), partial(each, jieba.lcut, text))
        rate = sum(map(len, text)) / ours / 1e6
        print(f"{name:36} {plain / ours:5.2f} x jieba.cut  ({rate:.2f} million characters a second)")
    ours, plain = seconds(partial(segment, document), partial(each, jieba.lcut, lines))
    print(f"{'segment: sentences, tokens, kinds':36} {plain / ours:5.2f} x jieba.cut")
    for name, first in (("Traditional", "勞動部"), ("Simplified", "劳动部门")):
        taken = min(float(subprocess.run([sys.executable, "-c", FIRST.format(first)], capture_output=True, text=True,
                                         check=True).stdout) for _ in range(3))
        print(f"{'load, ' + name:36} {taken:5.2f} s")


if __name__ == "__main__":
    main()
