"""``export``: the processed reports and the glossary, for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.errors import InputError
from pipeline.export.formats import BY_NAME, FORMATS, Format

_WIDTH = max(len(f.name) for f in FORMATS)
_LIST = "\n".join(f"  {f.name:{_WIDTH}}  {f.purpose}" for f in FORMATS)
_HELP = f"""Write the processed reports or the glossary for other tools.

\b
Formats:
{_LIST}

\b
Examples:
  duizhao export moses
  duizhao export csv --output - | head
"""


@main.command(help=_HELP)
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats above.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file, or a folder for it, or - for "
                                                "standard output. The default is a file of the format's name here.")] = None,
) -> None:
    """Write one format, whole or not at all."""
    from pipeline import reduce, run
    from pipeline.store import write

    if format not in BY_NAME:
        raise InputError("export", f"no format is called {format}", remedy=f"they are {', '.join(BY_NAME)}")
    chosen, workspace = BY_NAME[format], run.Workspace()
    targets = _targets(chosen, output, workspace)
    subject = list(run.documents(workspace)) if chosen.source == "corpus" else reduce.load(workspace.built)
    contents = chosen.write(subject)
    if not targets:
        sys.stdout.buffer.write(contents[0])
        sys.stdout.buffer.flush()
        return
    for target, content in zip(targets, contents, strict=True):
        write(target, content)
    say(f"written: {', '.join(map(str, targets))}")


def _targets(chosen: Format, output: Path | None, workspace: object) -> list[Path]:
    """A path for each file of the format; none for standard output."""
    if output == Path("-"):
        if len(chosen.files) > 1:
            raise InputError("export", f"{chosen.name} has {len(chosen.files)} files", remedy="give --output FILE")
        return []
    if output is None or output.is_dir():
        return [(output or Path()) / name for name in chosen.files]
    return [output, *(output.with_suffix(Path(name).suffix) for name in chosen.files[1:])]
