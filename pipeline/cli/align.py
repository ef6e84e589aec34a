"""``align``: the sentences of a report and of its English side."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.cli.inputs import OutputFile, put, spare


class Format(StrEnum):
    """How pairs are written."""

    tsv = "tsv"
    tmx = "tmx"
    jsonl = "jsonl"


@main.command()
def align(
    chinese: Annotated[Path, typer.Argument(metavar="ZH", help="The report in Chinese, as text or PDF.")],
    english: Annotated[Path, typer.Argument(metavar="EN", help="The same in English.")],
    format: Annotated[Format, typer.Option(help="A table, a translation memory, or JSON lines.")] = Format.tsv,
    output: OutputFile = None,
) -> None:
    """Align the sentences of a report with those of its English side, each pair with a score from 0 to 1.

    Both are cleaned and repaired first. Decisions in glossary/curated.yaml, where there is one, help to find pairs. In a
    project the same is done by "duizhao run" for raw/NAME.zh.txt and raw/NAME.en.txt (or .pdf).

    \b
    Examples:
      duizhao align report.zh.pdf report.en.pdf > report.tsv
      duizhao align report.zh.txt report.en.txt --format tmx --output report.tmx
    """
    from pipeline.glossary import curate
    from pipeline.parallel.report import align_documents
    from pipeline.parallel.write import FORMATS, summary
    from pipeline.read.apart import read_bytes_apart
    from pipeline.stages import chain
    from pipeline.workspace import Workspace

    workspace = Workspace()
    spare(output, workspace, chinese, english)
    known = curate.load(workspace.curated).pairs()
    zh, en = (read_bytes_apart(path.read_bytes(), str(path)) for path in (chinese, english))
    alignment = align_documents(chain(zh), chain(en, "repair"), chinese.stem.removesuffix(".zh"), known)
    put(output, FORMATS[format.value](alignment))
    say(summary(alignment))
