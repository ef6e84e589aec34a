"""``decide`` and ``conflicts``: decisions without a review, and what needs one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.errors import InputError
from pipeline.wording import counted

if TYPE_CHECKING:
    from pipeline.glossary.curate import Decision, Verb
    from pipeline.glossary.model import Glossary

TAKE_OVER = "\"make all\" takes it over into the glossary and its exports"


@main.command()
def decide(
    approve: Annotated[str, typer.Option(metavar="TERM", help="Right, and to be used.")] = "",
    admit: Annotated[str, typer.Option(metavar="TERM", help="May be used beside the preferred rendering.")] = "",
    forbid: Annotated[str, typer.Option(metavar="TERM", help="Must not be used.")] = "",
    reject: Annotated[str, typer.Option(metavar="TERM", help="No term; with --en, not its English.")] = "",
    add: Annotated[str, typer.Option(metavar="TERM", help="Not found, and to be in the glossary.")] = "",
    en: Annotated[str, typer.Option(metavar="TEXT", help="The rendering that is meant; the default is any.")] = "",
    of: Annotated[str, typer.Option(metavar="TERM", help="With --admit, --forbid: the Chinese term it is a synonym of.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark that goes with it.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Write who decided, and the day.")] = "",
    from_: Annotated[Path | None, typer.Option("--from", metavar="FILE.csv", help="glossary/built/glossary.csv after somebody "
                                               "filled in its column status, or the page's decisions.csv.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be decided, and write nothing.")] = False,
) -> None:
    """Decide on one term, or on a list that came back from a spreadsheet.

    Decisions are appended to glossary/curated.yaml; what stands there stays as it is.

    In the list, status is approved, admitted, forbidden or rejected; an empty cell and what the machine said decide nothing.
    In rows that are approved or undecided, zh-Hant, en, acronym, short forms, kind, role and affiliation may be corrected and
    notes written. A row without id adds a term. If a row is wrong, it is named, and nothing is written. The file may be
    UTF-8, UTF-16 or Big5 (cp950), with commas, semicolons or tabs.

    \b
    Examples:
      duizhao decide --approve 全球風能組織 --en "Global Wind Organisation"
      duizhao decide --admit 亞太經合會 --of 亞太經濟合作
      duizhao decide --from glossary.csv --dry-run
    """
    from pipeline.cli.inputs import emit
    from pipeline.glossary import curate
    from pipeline.glossary.decisions import append, check, written
    from pipeline.workspace import Workspace

    said: dict[Verb, str] = {"approve": approve, "admit": admit, "forbid": forbid, "reject": reject, "add": add}
    chosen = [(verb, " ".join(term.split())) for verb, term in said.items() if term.strip()]
    if len(chosen) + bool(from_) != 1:
        raise InputError("decide", "one decision at a time" if chosen else "it is not said what is decided",
                         remedy="give one of --approve, --admit, --forbid, --reject, --add, or --from")
    if from_ and any((en, of, note)):
        raise InputError("decide", "--en, --of and --note go with one term", remedy="the list has columns for them")
    file = Workspace().curated
    before = curate.load(file).decisions
    decisions = _of_list(from_, before) if from_ else _of_term(*chosen[0], en, of, note, before)
    decisions = [signed(d, by) for d in decisions]
    check(before, decisions, str(file))
    if dry_run:
        emit("".join(map(written, decisions)))
    else:
        append(file, decisions)
        for d in decisions:
            say(f"  {d}")
    count = counted(len(decisions), "decision")
    if not decisions:
        say(f"nothing new: what is decided stands in {file}")
    else:
        say(f"{count} would be added to {file}" if dry_run else f"{count} in {file}; {TAKE_OVER}")


def signed(decision: Decision, by: str) -> Decision:
    """The decision with who made it, and today; as it is where nobody is named."""
    from datetime import date

    import msgspec

    return msgspec.structs.replace(decision, by=by, date=date.today().isoformat()) if by.strip() else decision


def _of_list(file: Path, before: tuple[Decision, ...]) -> list[Decision]:
    from pipeline.glossary.answers import decisions, rows
    from pipeline.workspace import Workspace, load

    if file.suffix.lower() in (".xlsx", ".xls", ".ods"):
        raise InputError(str(file), "this is a workbook", remedy="save the sheet as CSV (UTF-8) and give that")
    found, encoding = rows(file.read_bytes(), str(file))
    made, mistakes = decisions(found, load(Workspace().built), before, str(file), encoding)
    for mistake in mistakes:
        say(f"duizhao: {mistake}")
    if mistakes:
        say(f"nothing was written: {counted(len(mistakes), 'row')} to mend")
        raise typer.Exit(2)
    return made


def _of_term(verb: Verb, term: str, en: str, of: str, note: str, before: tuple[Decision, ...]) -> list[Decision]:
    """The decision, unless it stands in the file already. Approval needs something that was found."""
    from pipeline.glossary.curate import Decision
    from pipeline.glossary.decisions import plain
    from pipeline.glossary.keys import en_key, has_chinese, zh_key

    if of and verb not in ("admit", "forbid"):
        raise InputError("decide", f"--of does not go with --{verb}", remedy="it goes with --admit and --forbid")
    if en and not has_chinese(term):
        raise InputError("decide", f"{term} is not Chinese, so it has no --en",
                         remedy="give the Chinese term, or leave --en out")
    decision = plain(Decision(verb, term, 0, en=en, of=of, note=note))

    def about(d: Decision) -> tuple[object, ...]:
        return d.status, zh_key(d.zh) or en_key(d.term), en_key(d.en), zh_key(d.of)

    if about(decision) in map(about, before):
        return []
    if verb == "approve":
        from pipeline.workspace import Workspace, load

        _found(load(Workspace().built), decision)
    return [decision]


def _found(glossary: Glossary, decision: Decision) -> None:
    """Raise ``InputError`` where the glossary has no such pair: a slip of the pen would pass for a decision."""
    from pipeline.glossary.keys import acronym_key, en_key, zh_key

    def named(text: str, language: str, type: str) -> bool:
        if language != "en":
            return bool(decision.zh) and zh_key(text) == zh_key(decision.zh)
        return en_key(text) == en_key(decision.term) or (type == "acronym" and acronym_key(text) == acronym_key(decision.term))

    found = [c for c in glossary.concepts if any(named(t.text, t.language, t.type) for t in c.terms)]
    remedy = "add it with --add, or look for it with: duizhao lookup"
    if not found:
        raise InputError("decide", f"{decision.term} is not in the glossary", remedy=remedy)
    known = [t.text for c in found for t in c.of("en", "full form")]
    if decision.en and en_key(decision.en) not in map(en_key, known):
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise InputError("decide", f"{decision.en} is no rendering of {decision.term} that was found; {has}",
                         remedy="add it with --add")


@main.command()
def conflicts() -> None:
    """What only a person can settle, with the reports and how to settle it.

    One Chinese term with several English, one English with several Chinese, one acronym with several expansions, one name
    with several affiliations, decisions that contradict each other, decisions whose evidence is gone. Decisions count as
    soon as they stand in glossary/curated.yaml.

    \b
    Examples:
      duizhao conflicts
      duizhao conflicts | less
    """
    from pipeline.cli.inputs import emit
    from pipeline.glossary import curate, settle
    from pipeline.reduce import preview
    from pipeline.workspace import Workspace

    workspace = Workspace()
    curated = curate.load(workspace.curated, check=False)
    contradicting = list(curate.contradictions(curated.decisions))
    refused = {id(c.decision) for c in contradicting}
    kept = curate.Curated(tuple(d for d in curated.decisions if id(d) not in refused), curated.file)
    found = settle.matters(preview(workspace.processed, workspace.built, kept), contradicting, curated.file)
    emit("\n".join(map(settle.show, found)))
    say(settle.count(found))
