"""``run`` and ``reset``: what make calls, and what a run says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.engines import Engine
    from pipeline.run import Outcome, Report


@main.command()
def run(
    stages: Annotated[list[str] | None, typer.Argument(metavar="STAGE", help="read, clean, repair, normalise, segment, "
                                                       "terms, parallel or glossary (the default: everything).")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to share the reports between.")] = 1,
    cluster: Annotated[str, typer.Option(metavar="ADDRESS", help="A Dask scheduler to work on, as tcp://host:8786.")] = "",
) -> None:
    """Bring processed/ and glossary/built/ up to date with raw/ and glossary/curated.yaml.

    A stage that is named is brought up to date with all that it needs. What is up to date is left alone.

    \b
    Examples:
      duizhao run
      duizhao run repair --jobs 4
    """
    from pipeline import engines
    from pipeline.run import run as bring_up_to_date
    from pipeline.stages import NAMES

    for stage in stages or ():
        if stage not in NAMES:
            raise InputError("run", f"no stage is called {stage}", remedy=f"the stages are {', '.join(NAMES)}")
    upto = max(stages or [NAMES[-1]], key=NAMES.index)
    engine: Engine = engines.dask(cluster) if cluster else engines.processes(jobs) if jobs > 1 else engines.serial
    with _progress() as progress:
        report = bring_up_to_date(upto, engine=engine, progress=progress)
    _summary(report)
    if report.failures:
        raise typer.Exit(2)


@main.command()
def reset() -> None:
    """Remove what was built. What people wrote or changed by hand stays."""
    from pipeline.run import reset as remove
    from pipeline.workspace import Workspace

    for line in remove(Workspace()):
        say(line)


@contextmanager
def _progress() -> Iterator[Callable[[Outcome, int], None]]:
    """A bar on a terminal, a quiet line for each report that had work elsewhere."""
    if not sys.stderr.isatty():
        yield lambda outcome, total: _tell(outcome, say)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reports", total=None)

        def advance(outcome: Outcome, total: int) -> None:
            bar.update(task, total=total, advance=1)
            _tell(outcome, lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True))

        yield advance


def _tell(outcome: Outcome, tell: Callable[[str], None]) -> None:
    if outcome.worked:
        tell(f"{outcome.name}: {' '.join(outcome.worked)}")
    for line in outcome.notices:
        tell(f"  {line}")
    if outcome.details:
        tell(outcome.details)


def _summary(report: Report) -> None:
    worked = sum(bool(o.worked) and not o.failure for o in report.outcomes)
    failed = len(report.failures)
    fresh = len(report.outcomes) - worked - sum(bool(o.failure) for o in report.outcomes)
    parts = [f"{worked} worked on", f"{fresh} up to date"]
    parts += [f"{len(report.removed)} removed"] if report.removed else []
    parts += [f"{failed} failed"] if failed else []
    line = f"reports: {', '.join(parts)}"
    if not report.outcomes and not failed:
        line = "raw/ holds no reports: put .txt or .pdf files there"
    if report.aligned:
        line += f"; parallel: {sum(bool(o.worked) for o in report.aligned)} aligned of {len(report.aligned)}"
    if report.built is not None:
        line += "; glossary: " + ("built" if report.built else "up to date")
    say(line)
    for file in report.left:
        say(f"{file}: left out, it is neither .txt nor .pdf")
    for failure in report.failures:
        say(f"duizhao: {failure}")
