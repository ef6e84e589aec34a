"""What commands read and where they write: standard input and output, files, a file for each input."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import say, standard_output
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.document import Document
    from pipeline.workspace import Workspace

Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Files, or - for standard input.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write one file for each input there.")]
OutputFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE",
                                                 help="Write it there; the default, and -, is standard output.")]
STDOUT = Path("-")


class Status(StrEnum):
    """How much of the glossary is taken."""

    approved = "approved"
    proposed = "proposed"
    all = "all"


def each_document(files: list[str] | None, output: Path | None, ending: str, write: Callable[[Document], str]) -> None:
    """Read each input as a report and write what ``write`` makes of it."""
    from pipeline.read.apart import read_bytes_apart

    _each(files, output, ending, lambda data, file: write(read_bytes_apart(data, file)))


def each_text(files: list[str] | None, output: Path | None, write: Callable[[str], str]) -> None:
    """Read each input as plain text, as it is."""
    from pipeline.read.text import decode

    _each(files, output, ".txt", lambda data, file: write(decode(data, file)[0] if data else ""))


def _each(files: list[str] | None, output: Path | None, ending: str, write: Callable[[bytes, str], str]) -> None:
    names = files or ["-"]
    if output and output.exists() and not output.is_dir():
        raise InputError(str(output), "is a file", remedy="--output takes a folder, for one file for each input")
    targets = [output / (("stdin" if name == "-" else Path(name).stem) + ending) for name in names] if output else []
    for k, target in enumerate(targets):
        if target in targets[:k]:
            other = names[targets.index(target)]
            raise InputError(names[k], f"would overwrite {target}, the output of {other}", remedy="rename one of them")
        if names[k] != "-" and target.exists() and Path(names[k]).exists() and target.samefile(names[k]):
            raise InputError(names[k], "its output would overwrite it", remedy="choose another --output")
    failed = False
    for k, name in enumerate(names):
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            result = write(data, "standard input" if name == "-" else name)
        except ModuleNotFoundError:
            raise
        except Exception as error:  # one bad file does not stop the others
            failed = True
            say(_line(error, "standard input" if name == "-" else name))
            continue
        if output:
            from pipeline.store import write as write_file

            write_file(targets[k], result.encode())
        else:
            emit(result)
    if failed:
        raise typer.Exit(2)


def _line(error: Exception, name: str) -> str:
    if isinstance(error, InputError):
        return f"duizhao: {error}"
    if isinstance(error, OSError):
        return f"duizhao: {error.filename or name}: {error.strerror or error}"
    return f"{traceback.format_exc()}duizhao: {name}: this is a fault of the program, please report it"


def emit(content: str | bytes) -> None:
    """Write to standard output, text as UTF-8 whatever the locale. Raises ``OSError`` that names it."""
    if not sys.stdout:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
    with standard_output():
        sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
        sys.stdout.buffer.flush()


def put(output: Path | None, content: str | bytes) -> None:
    """Write to ``output``, whole or not at all; to standard output where it is None or ``-``."""
    from pipeline.store import write

    if output is None or output == STDOUT:
        emit(content)
    else:
        write(output, content.encode() if isinstance(content, str) else content)


def spare(output: Path | None, workspace: Workspace, *by_people: Path | None) -> None:
    """Raise ``InputError`` where ``output`` is a file that people write: in raw/, the decisions, or one of those named."""
    if output is None or output == STDOUT:
        return
    place = output.resolve()
    if workspace.raw.resolve() in place.parents or place in {p.resolve() for p in (workspace.curated, *by_people) if p}:
        raise InputError(str(output), "is where people write", remedy="choose another --output")


def line_end(text: str) -> str:
    """The text with a line end behind its last line."""
    return text if not text or text.endswith("\n") else text + "\n"


def by_line(text: str, change: Callable[[str], str]) -> str:
    """Change each line for itself. Only a line feed ends one, so that there are as many lines after as before."""
    return "".join(f"{change(line)}\n" for line in text.removesuffix("\n").split("\n")) if text else ""
