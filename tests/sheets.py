"""Pages of paragraphs for tests, and what is made of them."""

from __future__ import annotations

from paper import Paper, pdf

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.read import read_bytes
from pipeline.reflow.geometry import breaks
from pipeline.repair import repair

SENTENCE = (
    "流域調適的成敗取決於地方，去年秋天三個縣市首度共同模擬潰堤時的疏散路線，"
    "結果有兩處收容所位在淹水範圍內，居民因此要求重新檢討"
)


def paragraph(length: int, start: int = 0) -> str:
    """A paragraph of that many characters."""
    return (SENTENCE * (length // len(SENTENCE) + 2))[start : start + length - 1] + "。"


def typeset(paragraphs: list[str], width: int = 20, first: int = 2, hang: int = 0) -> list[tuple[int, str, bool]]:
    """Lines of ``width`` characters: the indent of each, its text, and whether its paragraph ends with it."""
    out = []
    for text in paragraphs:
        indent = first
        while text:
            line, text = text[: width - indent], text[width - indent :]
            while text and text[0] in "，。":
                line, text = line + text[0], text[1:]
            out.append((indent, line, not text))
            indent = hang
    return out


def page(lines: list[tuple[int, str, bool]], pitch: float = 16, after: float = 0, x: float = 60, size: float = 10) -> Paper:
    """The lines on one page; ``after`` points follow a paragraph."""
    paper, y = Paper(), 60.0
    for indent, text, ends in lines:
        paper.write(x + size * indent, y, text, size)
        y += pitch + (after if ends else 0)
    return paper


def verdicts(document: Document) -> list[str]:
    found = breaks(document)
    return [found[line.end].verdict for line in document.lines[:-1]]


def wrong(lines: list[tuple[int, str, bool]], document: Document) -> list[str]:
    """Line ends that are judged against the truth; 'unknown' is no judgement."""
    told = zip(lines, verdicts(document), strict=False)
    return [text for (_, text, ends), verdict in told if verdict == ("join" if ends else "break")]


MIXED = [paragraph(n) for n in (47, 90, 33, 70, 58)]


def paragraphs(*pages: Paper) -> list[str]:
    """The paragraphs that come back from a PDF of these pages."""
    return repair(clean(read_bytes(pdf(*pages), "x"))).text.split("\n")
