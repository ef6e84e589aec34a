"""Speed of read, clean and repair, as ratios taken in one run.

PDF pages against pypdfium2's own text extraction of the same pages; text against itself at a tenth of the size (1.0 is
linear), over shapes that have made other tools slow.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.read import read, read_bytes
from pipeline.repair import repair

RAW = Path(__file__).parent.parent / "raw"
PAGES = 200
SIZE = 10_000_000  # bytes of UTF-8


def seconds(action: Callable[[], object]) -> float:
    """The time that ``action`` takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def many_pages(source: Path) -> bytes:
    """The pages of a PDF over and over, ``PAGES`` of them."""
    with pypdfium2.PdfDocument(source) as one, pypdfium2.PdfDocument.new() as out:
        while len(out) < PAGES:
            out.import_pages(one)
        buffer = io.BytesIO()
        out.save(buffer)
    return buffer.getvalue()


def plain(data: bytes) -> int:
    """What pypdfium2 takes from a PDF, page by page: the number of characters."""
    with pypdfium2.PdfDocument(data) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def shapes(size: int) -> dict[str, str]:
    """Texts of about ``size`` bytes."""
    reports = [read(path).text for path in sorted(RAW.glob("*.txt"))]
    body = "\n\f".join(reports)
    per_report = len(body.encode())
    page = "高齡照顧科技交流紀要\n\n本署辦理研習，與會人員就照顧\n人力與輔助科技交換意見\n\n- {} -\n\f"
    return {
        "the samples over and over": "\n\f".join([body] * max(1, size // per_report)),
        "one line": "本署辦理研習，計三十人參加" * (size // 39),
        "empty lines": "\n" * size,
        "one heading on every page": "".join(page.format(k) for k in range(size // len(page.encode()))),
        "brackets that never close": "聯盟（Alliance\n" * (size // 19),
        "brackets that close nothing": "「”" * (size // 6) + "\n完。",
        "spaces": "計 畫 以 " * (size // 12),
    }


def main() -> None:
    """Print the ratios."""
    for path in sorted(RAW.glob("*.pdf")):
        data = many_pages(path)
        ours = seconds(lambda data=data: repair(clean(read_bytes(data, "pages.pdf"))))
        theirs = seconds(lambda data=data: plain(data))
        print(f"PDF, {PAGES} pages of {path.name}: {theirs / ours:.2f} of the speed of pypdfium2's text extraction alone "
              f"({PAGES / ours:.0f} and {PAGES / theirs:.0f} pages a second)")
    small, large = shapes(SIZE // 10), shapes(SIZE)
    for name, text in large.items():
        a = seconds(lambda text=small[name]: repair(clean(Document.of(text))))
        b = seconds(lambda text=text: repair(clean(Document.of(text))))
        ratio = (b / len(text.encode())) / (a / len(small[name].encode()))
        rate = len(text.encode()) / b / 1e6
        print(f"text, {name}: {rate:.1f} MB a second; {ratio:.2f} times the time a byte that a tenth of it takes")


if __name__ == "__main__":
    main()
