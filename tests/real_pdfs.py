"""Real PDFs against the paragraphs that they must give: which come back to the letter."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "pdf"
_HAN = "\u2e80-\u9fff\uff00-\uffef「」『』（）《》〈〉，。、；：？！"


def files(folder: Path = FOLDER) -> list[Path]:
    """The PDFs, named DOCUMENT.TYPESETTER.pdf or DOCUMENT.TYPESETTER-WHAT WAS DONE.pdf."""
    return sorted(folder.glob("*.pdf"))


def truth(file: Path) -> list[str]:
    """The paragraphs of a PDF, but for what its typesetter cannot keep: XeLaTeX drops the typed spaces around ideographs and
    sets its own between them and all Latin letters and digits."""
    document, made = file.stem.split(".")
    text = (file.parent / f"{document}.txt").read_text("utf-8")
    return (re.sub(f" (?=[{_HAN}])|(?<=[{_HAN}]) ", "", text) if made.startswith("xelatex") else text).splitlines()


def wanted(line: str) -> list[str]:
    """The ways in which a paragraph of a truth file may come: a tabulator stands for a gap of the print that may be given as a
    space or as none."""
    parts = line.split("\t")
    return ["".join(a + b for a, b in zip(parts, (*gaps, ""), strict=True)) for gaps in product(("", " ", "　"), repeat=len(parts) - 1)]


def compare(text: str, file: Path) -> tuple[list[str], list[str]]:
    """The true paragraphs of a PDF that ``text`` lacks, and its own that are not among them. In the text layers of WeasyPrint
    and ReportLab an ideographic space may be a space, as the font has it."""
    paragraphs = truth(file)
    if file.stem.partition(".")[2].startswith(("weasyprint", "reportlab")):
        text, paragraphs = re.sub("　+", " ", text), [re.sub("　+", " ", p) for p in paragraphs]
    found = Counter(text.split("\n"))
    missing = []
    for line in paragraphs:
        match = next((w for w in wanted(line) if found[w]), None)
        if match is None:
            missing.append(line.replace("\t", " "))
        else:
            found[match] -= 1
    return missing, [line for line, n in found.items() for _ in range(n) if line]
