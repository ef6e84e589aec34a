"""``import``: a termbase of another tool, added to people's decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.errors import InputError
from pipeline.wording import counted


@main.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TBX (2 or 3), TMX, CSV, TSV, or a glossary of OmegaT "
                                         "(.utf8, .tab, .txt).")],
    origin: Annotated[str, typer.Option(metavar="NAME", help="Where its terms are from; the default is the file's name.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and write nothing.")] = False,
) -> None:
    """Add a termbase to glossary/curated.yaml, as approved concepts with their origin.

    Decisions are only appended: what stands in the file stays as it is, and what people decided otherwise is left out and
    named. To import the same file again changes nothing.

    \b
    Examples:
      duizhao import terms.tbx --origin "Ministry of Labor, 2024"
      duizhao import terms.csv --dry-run
    """
    from pipeline.cli.inputs import emit
    from pipeline.export.losses import Export, report
    from pipeline.export.selection import fit
    from pipeline.glossary.curate import load
    from pipeline.glossary.decisions import append, written
    from pipeline.imports import read
    from pipeline.imports.decisions import merge
    from pipeline.workspace import Workspace

    curated = Workspace().curated
    origin = fit(origin) or file.name
    concepts, losses = read(file.read_bytes(), str(file))
    if not concepts:
        raise InputError(str(file), "there is no Chinese with its English", remedy="give a termbase that has both")
    if not curated.parent.is_dir():
        raise InputError(str(curated.parent), "there is no such folder", remedy="say this in the folder that holds glossary/")
    added = merge(concepts, load(curated), origin)
    if dry_run:
        emit("".join(map(written, added.decisions)))
    else:
        append(curated, added.decisions, f"Imported from {origin}:")
    holds = f"{counted(len(concepts), 'concept')}: {counted(len(added.decisions), 'decision')} " \
            f"{'would be ' if dry_run else ''}added, {added.known} known already"
    say(report(str(file), Export((), holds, (*losses, *added.losses))))
