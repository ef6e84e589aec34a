"""``export``: the processed reports and the glossary, for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.cli.inputs import STDOUT, Status, emit, spare
from pipeline.errors import InputError
from pipeline.export.formats import BY_NAME, FORMATS, Format

if TYPE_CHECKING:
    from pipeline.export.corpus import Corpus
    from pipeline.glossary.model import Glossary
    from pipeline.workspace import Workspace

_WIDTH = max(len(f.name) for f in FORMATS)
_LIST = "\n".join(f"  {f.name:{_WIDTH}}  {f.purpose}" for f in FORMATS)
_HELP = f"""Write the processed reports or the glossary for other tools.

\b
Formats:
{_LIST}

\b
Examples:
  duizhao export conllu
  duizhao export moses --script hans --output corpus.zh
  duizhao export tbx
  duizhao export tmx --direction en-zh --language zh-Hant=zh-Hant-TW
  duizhao export deepl --status all --output - | head
"""


class Script(StrEnum):
    """The script of the Chinese."""

    hant = "hant"
    hans = "hans"


class Direction(StrEnum):
    """Which language is the source."""

    zh_en = "zh-en"
    en_zh = "en-zh"


@main.command(help=_HELP)
def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="One of the formats above.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file, or a folder for it, or - for "
                                                "standard output. The default is corpus or glossary with an ending of "
                                                "the format's own, here.")] = None,
    script: Annotated[Script | None, typer.Option(help="The script of the Chinese. The default is that of the reports; for a "
                                                  "glossary both, and hant where there is room for one.")] = None,
    status: Annotated[Status | None, typer.Option(help="approved (the default): what people approved or admitted, and, where "
                                                  "the format can say so, what they forbade; proposed: also what was found; "
                                                  "all: also what is uncertain.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="Source and target, for glossaries of pairs: zh-en (the default) "
                                                        "or en-zh.")] = None,
    language: Annotated[list[str] | None, typer.Option(metavar="LANGUAGE=CODE", help="How the file is to name a language: "
                                                       "zh-Hant=zh-TW. Once for each.")] = None,
) -> None:
    """Write one format, whole or not at all."""
    from pipeline.store import write
    from pipeline.workspace import Workspace

    if format not in BY_NAME:
        raise InputError("export", f"no format is called {format}", remedy=f"they are {', '.join(BY_NAME)}")
    chosen, workspace = BY_NAME[format], Workspace()
    given: dict[str, object] = {"script": script and script.value, "status": status and status.value,
                                "direction": direction and direction.value, "language": language and tuple(language)}
    options = {name: value for name, value in given.items() if value}
    for name in options.keys() - set(chosen.options):
        raise InputError("export", f"{format} has no --{name}", remedy="leave it out")
    targets = _targets(chosen, output, workspace)
    written = chosen.write(_subject(chosen, workspace), **options)
    if targets:
        for target, content in zip(targets, written.files, strict=True):
            write(target, content)
        say(f"written: {', '.join(map(str, targets))}")
    else:
        emit(written.files[0])
    if chosen.source == "glossary":
        from pipeline.export.losses import report

        say(report(format, written))


def _subject(chosen: Format, workspace: Workspace) -> Corpus | Glossary:
    if chosen.source == "glossary":
        from pipeline.workspace import load

        return load(workspace.built)
    from pipeline.export.corpus import Corpus
    from pipeline.run import corpus

    return Corpus(*corpus(workspace))


def _targets(chosen: Format, output: Path | None, workspace: Workspace) -> list[Path]:
    """A path for each file of the format; none for standard output. What people wrote is never overwritten."""
    if output == STDOUT:
        if len(chosen.files) > 1:
            problem = f"{chosen.name} has {len(chosen.files)} files, too many for standard output"
            raise InputError("export", problem, remedy="give --output FILE")
        return []
    folder = Path() if output is None else output
    if folder.is_dir():
        targets = [folder / name for name in chosen.files]
    else:
        targets = [folder, *(folder.with_suffix(Path(name).suffix) for name in chosen.files[1:])]
    for k, target in enumerate(targets):
        spare(target, workspace)
        if target in targets[:k]:
            remedy = f"end it in {Path(chosen.files[0]).suffix}"
            raise InputError(str(target), f"would be both files of {chosen.name}", remedy=remedy)
    return targets
