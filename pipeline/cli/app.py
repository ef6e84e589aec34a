"""The command itself, and the one place where mistakes become a line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from pipeline.engines import WorkerLost
from pipeline.errors import InputError

EXIT_CODES = """Exit status: 0 all went well; 1 a check flagged something; 2 bad input (a line on standard error says which
file, where, what is wrong and what to do; everything else was done); 130 interrupted."""

# The commands in the order in which they are met.
ORDER = (
    *("run", "text", "words", "convert", "terms", "align", "lookup"),
    *("review", "decide", "conflicts", "import", "export", "check", "serve", "reset"),
)

# Packages that not everybody needs, and the extra that brings them.
EXTRAS = {"distributed": "cluster", "dask": "cluster", "pyarrow": "parquet"}


# What the parser raises for a mistake in the call; the parser itself is no public part of typer.
UsageError: type[Any] = typer.BadParameter.__base__ or Exception


class Commands(TyperGroup):
    """The commands, with one place where mistakes become a line and an exit status."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which they are met, not in that of the modules."""
        return sorted(super().list_commands(ctx), key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the options that stand before the command."""
        with _mistakes():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called for."""
        with _mistakes():
            return super().invoke(ctx)


main = typer.Typer(
    name="duizhao",
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
    help="""duizhao (對照): clean text and an aligned zh–en glossary from the Chinese text of PDFs.

    Put reports into raw/ and say "make all" or "duizhao run"; or use the other commands as filters, on files or
    standard input.""",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print("duizhao", version("duizhao"))
        raise typer.Exit


@main.callback()
def _command(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True,
                                                   help="Show the version and exit.")] = False) -> None:
    pass


@contextmanager
def _mistakes() -> Iterator[None]:
    """Mistakes as a line and an exit status."""
    try:
        try:
            yield
        finally:
            if sys.stdout:
                with standard_output():
                    sys.stdout.flush()
    except UsageError as error:  # the parser's own way takes four lines
        ctx, said = error.ctx, error.format_message()
        if said.startswith("Usage:"):  # no command at all: the help is the answer
            raise
        name = ctx.info_name if ctx and ctx.parent else ""
        said = said[:1].lower() + said[1:].replace("Value error, ", "").rstrip(".")
        fail(f"{name}: {said}; see duizhao {name} --help" if name else f"{said}; see duizhao --help")
    except InputError as error:
        fail(str(error))
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(error.name or "")
        how = f"pip install 'duizhao[{extra}]'" if extra else "make setup (or: pip install duizhao)"
        fail(f"the package {error.name} is missing; install what is needed with: {how}")
    except BrokenPipeError:  # whoever read us has gone, which is no error
        raise typer.Exit from None
    except WorkerLost as error:
        fail(f"{error}; what was finished is kept: run again, with fewer --jobs if it was short of memory")
    except KeyboardInterrupt:
        say("duizhao: interrupted; what was finished is kept")
        raise typer.Exit(130) from None
    except OSError as error:
        fail(f"{error.filename or 'input or output'}: {error.strerror or error}")


@contextmanager
def standard_output() -> Iterator[None]:
    """Where it is written to: an ``OSError`` names it, and what waits is dropped, or Python would try again as it ends."""
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OSError(error.errno, error.strerror, "standard output") from error


def say(line: str) -> None:
    """A line on standard error."""
    print(line, file=sys.stderr, flush=True)


def fail(line: str) -> NoReturn:
    say(f"duizhao: {' '.join(line.split())}")
    raise typer.Exit(2)
