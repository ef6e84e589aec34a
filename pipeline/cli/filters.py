"""``text``, ``words``, ``convert`` and ``terms``: the stages as Unix filters."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import main
from pipeline.cli.inputs import Files, Output, by_line, each_document, each_text, line_end
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.document import Document


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
        view = script.value if script is not ScriptChoice.keep else ""
        document = normalise(document) if view else document
        if format is TextFormat.markdown:
            return markdown(document, view)
        return line_end(document.views[view].text if view else document.text)

    each_document(files, output, ".md" if format is TextFormat.markdown else ".txt", write)


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

    def write(document: Document) -> str:
        return "".join(f"{sentence}\n" for sentence in sentence_words(chain(document, "segment")))

    if lines:
        each_text(files, output, lambda text: by_line(text, lambda line: " ".join(line_words(line))))
    else:
        each_document(files, output, ".txt", write)


@main.command()
def convert(
    config: Annotated[str, typer.Option(metavar="NAME", help="An OpenCC configuration: s2t, t2s, s2tw, tw2s, s2hk, "
                                        "hk2s, s2twp, tw2sp, …")],
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
    from pipeline.scripts.convert import CONFIGS
    from pipeline.scripts.convert import convert as opencc

    def write(text: str) -> str:
        return by_line(text, lambda line: opencc(line, config)) if lines else opencc(text, config)

    if config not in CONFIGS:
        raise InputError("convert", f"no configuration is called {config}", remedy=f"they are {', '.join(CONFIGS)}")
    each_text(files, output, write)


@main.command()
def terms(
    files: Files = None,
    format: Annotated[TermFormat | None, typer.Option(help="JSON lines (the default), YAML, or a table.")] = None,
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

    if explain and format:
        raise InputError("terms", "--explain has a format of its own", remedy="leave out --format")

    def write(document: Document) -> str:
        if explain:
            return "".join(f"{e}\n" for e in explanations(chain(document, "segment")))
        found = rows(chain(document, "terms"))
        if format is TermFormat.yaml:
            import yaml

            return str(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=120))
        return table(found) if format is TermFormat.table else jsonl(found)

    ending = ".txt" if explain or format is TermFormat.table else f".{(format or TermFormat.jsonl).value}"
    each_document(files, output, ending, write)
