#!/usr/bin/env python3
"""Typeset the documents of documents.yaml into tests/fixtures/pdf, as README.md says.

generate.py [PRODUCER ...] [--to FOLDER]
"""

from __future__ import annotations

import argparse
import functools
import http.server
import subprocess
import tempfile
import threading
from pathlib import Path

import damage
import latex
import platypus
import web
import writer
from model import Text, documents, truth
from shrink import shrink

# which typesetter sets which documents: those that its like would be used for
PLAN = {
    "libreoffice": "ministry paper brochure law minutes letter draft scores",
    "chromium": "ministry paper brochure law minutes letter draft webpage scores",
    "weasyprint": "ministry paper brochure minutes draft scores",
    "xelatex": "ministry paper law minutes scores",
    "reportlab": "law minutes letter draft scores",
}
_PORT = 8093
_CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]


def by_chromium(text: Text, work: Path) -> Path:
    """Served over HTTP, so that a print-out names an address."""
    (work / f"{text.name}.html").write_text(web.page(text), "utf-8")
    out = work / f"{text.name}.pdf"
    plain = [] if text.look.browser else ["--no-pdf-header-footer"]
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=work)
    with http.server.ThreadingHTTPServer(("127.0.0.1", _PORT), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _run([*_CHROMIUM, *plain, f"--print-to-pdf={out}", f"http://127.0.0.1:{_PORT}/{text.name}.html"], work)
        server.shutdown()
    return out


def by_weasyprint(text: Text, work: Path) -> Path:
    """The same HTML, by WeasyPrint."""
    import weasyprint

    out = work / f"{text.name}.pdf"
    weasyprint.HTML(string=web.page(text)).write_pdf(out)
    return out


def by_libreoffice(text: Text, work: Path) -> Path:
    """Flat ODT, by LibreOffice Writer."""
    (work / f"{text.name}.fodt").write_text(writer.fodt(text), "utf-8")
    _run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(work), str(work / f"{text.name}.fodt")], work)
    return work / f"{text.name}.pdf"


def by_xelatex(text: Text, work: Path) -> Path:
    """LaTeX with xeCJK, run twice for the number of pages."""
    (work / f"{text.name}.tex").write_text(latex.source(text), "utf-8")
    for _ in range(2):
        _run(["xelatex", "-interaction=nonstopmode", f"{text.name}.tex"], work)
    return work / f"{text.name}.pdf"


def by_reportlab(text: Text, work: Path) -> Path:
    """Platypus."""
    out = work / f"{text.name}.pdf"
    platypus.build(text, out)
    return out


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=180)


PRODUCERS = {"libreoffice": by_libreoffice, "chromium": by_chromium, "weasyprint": by_weasyprint, "xelatex": by_xelatex,
             "reportlab": by_reportlab}


def main() -> None:
    """Make the PDFs of the producers that are named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("producers", nargs="*", default=list(PLAN), metavar="PRODUCER")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "fixtures" / "pdf")
    options = parser.parse_args()
    texts = {text.name: text for text in documents()}
    options.to.mkdir(parents=True, exist_ok=True)
    for text in texts.values():
        (options.to / f"{text.name}.txt").write_text("\n".join(truth(text)) + "\n", "utf-8")
    for producer in options.producers:
        for name in PLAN[producer].split():
            with tempfile.TemporaryDirectory() as folder:
                out = PRODUCERS[producer](texts[name], Path(folder))
                if not out.exists():
                    print(f"{name}.{producer}: nothing was made")
                    continue
                shrink(out)
                to = options.to / f"{name}.{producer}.pdf"
                to.write_bytes(out.read_bytes())
                print(f"{to.name}: {to.stat().st_size} bytes")
    for what, (change, sources) in damage.PLAN.items():
        for source in sources.split():
            if (options.to / f"{source}.pdf").exists():
                change(options.to / f"{source}.pdf", options.to / f"{source}-{what}.pdf")


if __name__ == "__main__":
    main()
