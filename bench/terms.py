"""Cost and quality of terms, taken in one run.

Cost as ratios: against segment on the same text, and against itself at a tenth of the size (1.0 is linear), over texts that
are dense with brackets. Quality over the cases of our own writing: what each kind of evidence is worth (the share of wild cases
found without it), and confidence against precision.
"""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from pipeline.document import Document
from pipeline.read import read
from pipeline.scripts.detect import fold
from pipeline.segment import segment
from pipeline.stages import chain
from pipeline.terms import align, rows, terms

HERE = Path(__file__).parent
SAMPLES = sorted((HERE.parent / "raw").glob("*.txt"))
SIZE = 10_000_000  # bytes of the long text, in UTF-8
BRACKETS = 10_000  # brackets, or names, of the dense texts
KINDS = {  # parts of the names of evidence
    "translation": ("English", "rendered", "rendering", "guess", "letter", "unexplained", "is left"),
    "sound": ("sound", "spelled", "foreign"),
    "form": (
        *("left ", "behind", "begins", "inside", "quotation", "comma", "clause", "line", "too ", "known word", "cuts"),
        *("tears", "word begins", "words than", "length", "country", "surname", "title", "dotted", "has it", "same kind"),
    ),
    "repetition": ("elsewhere",),
}


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """The processor time that ``action`` takes, the best of some runs. What earlier runs left is collected before, so that the
    garbage collector's long pass over all that is loaded does not fall to one of them by chance."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def cost() -> None:
    """Ratios of time."""
    text = "\n".join(chain(read(path), "repair").text for path in SAMPLES) + "\n"
    ready = segment(Document.of(text))
    terms(ready)  # tables are loaded once
    ratio = seconds(lambda: terms(ready)) / seconds(lambda: segment(Document.of(text)))
    print(f"terms / segment, {len(SAMPLES)} samples: {ratio:.2f}")
    sparse = "".join(line + "\n" for line in text.splitlines() if "（" not in line and "(" not in line)
    for name, shape in {"reports end to end": text, "reports with few brackets": text + sparse * 6}.items():
        times = SIZE // len(shape.encode())
        print(f"terms, {name}, {SIZE:,} bytes: {growth(shape, times):.2f} of linear")
    for name, shape in {
        "nothing but glosses": "亞洲森林夥伴關係（Asia Forest Partnership, AFP）與",
        "brackets that never close": "報告（第一章",
        "glosses that never close": "亞洲森林夥伴關係（Asia Forest Partnership與",
        "brackets within brackets": "甲（乙（丙）",
        "Latin names": "專家 Ana Maria Lopez 表示，",
    }.items():
        print(f"terms, {name}, {BRACKETS:,} times: {growth(shape, BRACKETS):.2f} of linear")


def growth(shape: str, times: int) -> float:
    """How the time of a text grows against that of a tenth of it; 1.0 is linear."""
    large, small = Document.of(shape * times), Document.of(shape * (times // 10))
    return seconds(lambda: terms(large), 1) / max(seconds(lambda: terms(small)), 1e-6) * (times // 10) / times


def tight(text: str | None) -> str:
    """Without spaces, folded."""
    return fold("".join((text or "").split()))


def right(case: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a row is the pair that a case wants."""
    names = {tight(case["zh"]), *map(tight, case.get("also", []))}
    return tight(row["zh"]) in names and tight(row["en"]) == tight(case.get("en")) and row["acronym"] == case.get("acronym")


def quality() -> None:
    """Ablation and calibration over the cases of our own writing."""
    cases = yaml.safe_load((HERE.parent / "tests" / "cases" / "terms.yaml").read_text("utf-8"))["wild"]
    cases = [c for c in cases if c.get("zh") and (c.get("en") or c.get("acronym")) and not c.get("fails")]
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for c in cases:
        wanted[c["text"]].append(c)
    ready = {text: chain(Document.of(text), "segment") for text in wanted}

    def found() -> tuple[int, list[tuple[float, bool]]]:
        hits, claims = 0, []
        for text, document in ready.items():
            pairs = [
                r
                for r in rows(terms(document))
                if r["zh"] and isinstance(r["short"], list) and (r["en"] or r["acronym"]) and r["source"] == "text"
            ]
            hits += sum(any(right(c, r) for r in pairs) for c in wanted[text])
            claims += [(r["confidence"], any(right(c, r) for c in wanted[text])) for r in pairs]
        return hits, claims

    hits, claims = found()
    print(f"wild cases found: {hits / len(cases):.3f} of {len(cases)}")
    whole = align.weights()
    for kind, signs in KINDS.items():
        without = {
            sort: {name: value for name, value in model.items() if not any(s in name for s in signs)}
            for sort, model in whole.items()
        }
        with mock.patch.object(align, "weights", lambda without=without: without):
            print(f"  without {kind}: {found()[0] / len(cases):.3f}")
    print("confidence: claims, right")
    for low in (0.0, 0.5, 0.7, 0.9):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.9, 0.9: 1.01}[low]
        inside = [ok for value, ok in claims if low <= value < high]
        if inside:
            print(f"  {low:.1f} to {min(high, 1.0):.1f}: {len(inside)}, {sum(inside) / len(inside):.3f}")


if __name__ == "__main__":
    cost()
    quality()
