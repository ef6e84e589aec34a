"""``check``: a translation against the glossary."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.cli.inputs import OutputFile, Status, put, spare
from pipeline.wording import counted


class Format(StrEnum):
    """How what is flagged is written."""

    text = "text"
    json = "json"
    csv = "csv"
    sarif = "sarif"


class Acronyms(StrEnum):
    """Where an acronym counts as a rendering."""

    explained = "explained"
    anywhere = "anywhere"


@main.command()
def check(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A text file, a sentence or paragraph a line; or one TSV, "
                                           "TMX or XLIFF (1.2, 2.0) file with both languages.")],
    target: Annotated[Path | None, typer.Argument(metavar="TARGET", help="Its translation, with the same lines.")] = None,
    status: Annotated[Status, typer.Option(help="Which renderings count: approved (those that people approved or admitted), "
                                           "proposed (also what was found), all (also what is uncertain).")] = Status.approved,
    acronyms: Annotated[Acronyms, typer.Option(help="Whether an acronym counts only once its name was mentioned, or "
                                               "anywhere.")] = Acronyms.explained,
    format: Annotated[Format, typer.Option(help="How what is flagged is written.")] = Format.text,
    output: OutputFile = None,
) -> None:
    """Check a translation against the glossary: a term of the Chinese without its rendering, a forbidden rendering.

    Exit status: 0 nothing is flagged; 1 something is; 2 bad input. What is flagged wrongly is silenced for good by a line in
    glossary/curated.yaml: "- dismiss: TERM", with "in: …" for one English segment or one file.

    \b
    Examples:
      duizhao check report.zh.txt report.en.txt
      duizhao check memory.tmx --status proposed --format csv --output flagged.csv
      duizhao check report.xlf --format sarif
    """
    from pipeline.check import APPROVED, Checker
    from pipeline.check.bitext import read
    from pipeline.check.report import FORMATS
    from pipeline.glossary import curate
    from pipeline.glossary.model import LIVE
    from pipeline.workspace import Workspace, load

    workspace = Workspace()
    spare(output, workspace, source, target)
    files = [(str(path), path.read_bytes()) for path in (source, target) if path]
    segments = read(*files)
    statuses = {Status.approved: APPROVED, Status.proposed: LIVE - {"uncertain"}, Status.all: LIVE}[status]
    curated = curate.load(workspace.curated)
    checker = Checker(load(workspace.built).concepts, statuses, curated, acronyms is Acronyms.explained)
    if not checker.checkable:
        which = "approved or admitted" if status is Status.approved else "proposed" if status is Status.proposed else "such"
        say(f"duizhao: the glossary has no {which} English rendering, so only forbidden ones can be found"
            + ("; --status proposed also takes what was found" if status is Status.approved else ""))
    findings = list(checker.check(segments))
    put(output, FORMATS[format.value](findings))
    say(f"{counted(len(segments), 'segment')}, {counted(checker.checkable, 'concept')} with renderings: "
        f"{len(findings)} flagged")
    if findings:
        raise typer.Exit(1)
