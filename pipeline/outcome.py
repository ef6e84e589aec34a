"""What became of one piece of work in a run, and how a failure is told."""

from __future__ import annotations

import traceback
from pathlib import Path

from msgspec import Struct

from pipeline.errors import InputError


class Outcome(Struct, frozen=True):
    """What became of one report: the stages that had work, what a person should know, and what failed."""

    name: str
    worked: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    failure: str = ""
    details: str = ""


def told(error: Exception, stage: str, file: str, root: Path) -> tuple[str, str]:
    """The line for a person, and the traceback where the fault is ours."""
    if isinstance(error, InputError):
        return str(error), ""
    if isinstance(error, OSError):
        name = str(error.filename or file).removeprefix(f"{root}/")
        return f"{name}: {error.strerror or error}", ""
    line = f"{file}: {stage} failed, which is a fault of the program: {type(error).__name__}: {error}"
    return " ".join(line.split()), traceback.format_exc()
