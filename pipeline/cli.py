"""The command: argument parsing, and where its output goes. What is done, is done by the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from pipeline.engines import WorkerLost
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.document import Document
    from pipeline.engines import Engine
    from pipeline.run import Outcome, Report

EXIT_CODES = """Exit status: 0 all went well; 2 bad input (a line on standard error says which file, where, what is wrong
and what to do; everything else was done); 130 interrupted."""



class Commands(TyperGroup):
    """The commands, with one place where mistakes become a line and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called for."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            _fail(str(error))
        except ModuleNotFoundError as error:
            _fail(f"the package {error.name} is missing; install what is needed with: make setup (or: pip install duizhao)")
        except BrokenPipeError:  # whoever read us has gone, which is no error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except WorkerLost as error:
            _fail(f"{error}; what was finished is kept: run again, with fewer --jobs if it was short of memory")
        except KeyboardInterrupt:
            print_line("duizhao: interrupted; what was finished is kept")
            raise typer.Exit(130) from None
        except OSError as error:
            _fail(f"{error.filename or 'input/output'}: {error.strerror or error}")


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

Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help="Files, or - for standard input.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write one file for each input there.")]


class TextStage(StrEnum):
    """How far the text is taken."""

    clean = "clean"
    repair = "repair"


class ScriptChoice(StrEnum):
    """Which script or regional wording the text is given in."""

    keep = "keep"
    hant = "hant"
    hans = "hans"
    tw = "tw"
    hk = "hk"
    cn = "cn"


class Spacing(StrEnum):
    """Spaces where Chinese meets Latin letters or digits."""

    habit = "habit"
    keep = "keep"
    none = "none"
    space = "space"


class TextFormat(StrEnum):
    """How paragraphs are written."""

    text = "text"
    markdown = "markdown"


class TermFormat(StrEnum):
    """How terms are written."""

    jsonl = "jsonl"
    yaml = "yaml"
    table = "table"


@main.command()
def run(
    stages: Annotated[list[str] | None, typer.Argument(metavar="STAGE", help="read, clean, repair, normalise, segment, "
                                                       "terms or glossary (the default: everything).")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to share the reports between.")] = 1,
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
def text(
    files: Files = None,
    stage: Annotated[TextStage, typer.Option(help="How far to go: mended lines, or whole paragraphs.")] = TextStage.repair,
    script: Annotated[ScriptChoice, typer.Option(help="Script, or regional wording.")] = ScriptChoice.keep,
    format: Annotated[TextFormat, typer.Option(help="One paragraph a line, or Markdown.")] = TextFormat.text,
    spacing: Annotated[Spacing, typer.Option(help="Spaces between Chinese and Latin letters or digits: the document's own "
                                             "habit, as they are, none, or one.")] = Spacing.habit,
    output: Output = None,
) -> None:
    """Clean text: one paragraph a line, page furniture set aside.

    \b
    Examples:
      duizhao text report.pdf > report.txt
      pdftotext -layout report.pdf - | duizhao text --script hans
      duizhao text raw/*.txt --output clean/
    """
    from pipeline.clean import Options, clean
    from pipeline.export.text import markdown
    from pipeline.normalise import normalise
    from pipeline.repair import Options as RepairOptions
    from pipeline.repair import repair

    if stage is TextStage.clean and format is TextFormat.markdown:
        raise InputError("text", "Markdown needs paragraphs", remedy="leave out --stage clean")

    def write(document: Document) -> str:
        document = clean(document, Options(spacing=spacing.value))
        document = document if stage is TextStage.clean else repair(document, RepairOptions(spacing=spacing.value))
        if script is not ScriptChoice.keep:
            document = normalise(document)
            if format is TextFormat.text:
                return _line_end(document.views[script.value].text)
        return markdown(document) if format is TextFormat.markdown else _line_end(document.text)

    _filter(files, output, ".md" if format is TextFormat.markdown else ".txt", write)


@main.command()
def words(
    files: Files = None,
    lines: Annotated[bool, typer.Option("--lines", help="Take lines as they are: one line out for one line in.")] = False,
    output: Output = None,
) -> None:
    """Segmented text: one sentence a line, words parted by a space.

    \b
    Examples:
      duizhao words report.txt
      duizhao words --lines sentences.txt > words.txt
    """
    from pipeline.export.text import sentence_words
    from pipeline.segment import words as line_words
    from pipeline.stages import chain

    if lines:
        _filter_text(files, output, lambda text: _by_line(text, lambda line: " ".join(line_words(line))))
    else:
        _filter(files, output, ".txt", lambda document: "".join(f"{s}\n" for s in sentence_words(chain(document, "segment"))))


@main.command()
def convert(
    config: Annotated[str, typer.Option(help="An OpenCC configuration: s2t, t2s, s2tw, tw2s, s2hk, hk2s, s2twp, tw2sp, …")],
    files: Files = None,
    lines: Annotated[bool, typer.Option("--lines", help="Convert line by line: no phrase reaches over a line end.")] = False,
    output: Output = None,
) -> None:
    """Convert between Traditional, Simplified and regional Chinese. Nothing else is changed.

    \b
    Examples:
      duizhao convert --config s2twp report.txt
      echo 软件 | duizhao convert --config s2twp
    """
    from pipeline.convert import CONFIGS
    from pipeline.convert import convert as opencc

    def write(text: str) -> str:
        return _by_line(text, lambda line: opencc(line, config)) if lines else opencc(text, config)

    if config not in CONFIGS:
        raise InputError("convert", f"no configuration is called {config}", remedy=f"they are {', '.join(CONFIGS)}")
    _filter_text(files, output, write)


@main.command()
def terms(
    files: Files = None,
    format: Annotated[TermFormat, typer.Option(help="JSON lines, YAML, or a table.")] = TermFormat.jsonl,
    explain: Annotated[bool, typer.Option("--explain", help="What was decided of each bracket, and why.")] = False,
    output: Output = None,
) -> None:
    """Names, programmes and acronyms, with the English that the report gives them.

    \b
    Examples:
      duizhao terms report.txt --format table
      duizhao terms report.txt --explain
      duizhao terms raw/*.txt --output terms/
    """
    from pipeline.export.text import jsonl, table
    from pipeline.stages import chain
    from pipeline.terms import explain as explanations
    from pipeline.terms import rows

    def write(document: Document) -> str:
        if explain:
            return "".join(f"{e}\n" for e in explanations(chain(document, "segment")))
        found = rows(chain(document, "terms"))
        if format is TermFormat.yaml:
            import yaml

            return str(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=120))
        return jsonl(found) if format is TermFormat.jsonl else table(found)

    _filter(files, output, ".txt" if explain or format is TermFormat.table else f".{format.value}", write)


@main.command()
def lookup(term: Annotated[str, typer.Argument(help="Chinese in either script, English, or an acronym.")]) -> None:
    """A term of the built glossary, with its renderings and the sentences where it stands.

    \b
    Examples:
      duizhao lookup 勞動力發展署
      duizhao lookup "Working Group"
    """
    from pipeline.glossary.lookup import lookup as find
    from pipeline.glossary.lookup import show
    from pipeline.reduce import load
    from pipeline.run import Workspace

    found = find(load(Workspace().built), term)
    if not found:
        raise InputError("lookup", f"{term} is not in the glossary", remedy="part of it may be; \"make all\" builds it anew")
    _print("\n".join(show(concept) for concept in found) + "\n")


@main.command()
def reset() -> None:
    """Remove what was built. What people wrote or changed by hand stays."""
    from pipeline.run import Workspace
    from pipeline.run import reset as remove

    for line in remove(Workspace()):
        print(line, file=sys.stderr)


# -- filters ---------------------------------------------------------------------------------------------------------------


def _filter(files: list[str] | None, output: Path | None, ending: str, write: Callable[[Document], str]) -> None:
    """Read each input as a report and write what ``write`` makes of it."""
    from pipeline.read import read_bytes

    _each(files, output, ending, lambda data, file: write(read_bytes(data, file)))


def _filter_text(files: list[str] | None, output: Path | None, write: Callable[[str], str]) -> None:
    """Read each input as plain text, as it is."""
    from pipeline.read.text import decode

    _each(files, output, ".txt", lambda data, file: write(decode(data, file)[0] if data else ""))


def _each(files: list[str] | None, output: Path | None, ending: str, write: Callable[[bytes, str], str]) -> None:
    names = files or ["-"]
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
        except (InputError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            failed = True
            print(_line(error, name), file=sys.stderr)
            continue
        if output:
            from pipeline.store import write as write_file

            write_file(targets[k], result.encode())
        else:
            _print(result)
    if failed:
        raise typer.Exit(2)


def _line(error: InputError | OSError, name: str) -> str:
    said = str(error) if isinstance(error, InputError) else f"{error.filename or name}: {error.strerror or error}"
    return f"duizhao: {said}"


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _by_line(text: str, change: Callable[[str], str]) -> str:
    return "".join(f"{change(line)}\n" for line in text.removesuffix("\n").split("\n")) if text else ""


def _fail(line: str) -> NoReturn:
    print_line(f"duizhao: {' '.join(line.split())}")
    raise typer.Exit(2)


# -- what a run says -------------------------------------------------------------------------------------------------------


@contextmanager
def _progress() -> Iterator[Callable[[Outcome, int], None]]:
    """A bar on a terminal, a quiet line for each report that had work elsewhere."""
    if not sys.stderr.isatty():
        yield lambda outcome, total: _tell(outcome, print_line)
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


def print_line(line: str) -> None:
    """A line on standard error."""
    print(line, file=sys.stderr, flush=True)


def _tell(outcome: Outcome, say: Callable[[str], None]) -> None:
    if outcome.worked:
        say(f"{outcome.name}: {' '.join(outcome.worked)}")
    for line in outcome.notices:
        say(f"  {line}")
    if outcome.details:
        say(outcome.details)


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
    if report.built is not None:
        line += "; glossary: " + ("built" if report.built else "up to date")
    print_line(line)
    for failure in report.failures:
        print_line(f"duizhao: {failure}")


if __name__ == "__main__":
    main()
