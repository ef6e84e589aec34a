"""``review``: the undecided entries one by one, in a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.cli.decide import TAKE_OVER, signed
from pipeline.cli.keys import END, Input, open_input
from pipeline.errors import InputError
from pipeline.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.text import Text

    from pipeline.glossary.curate import Decision, Verb
    from pipeline.glossary.decisions import Appended
    from pipeline.glossary.model import Counterpart, Evidence
    from pipeline.glossary.review import Item, Review

SENTENCES = 3

_KEYS = "[a]pprove [e]dit ad[m]it [f]orbid [r]eject [x] no term [s]kip [u]ndo [q]uit [?]"
_HELP = """\
  a  approve: right, and to be used
  e  approve with corrections: the Chinese, the English, the acronym, the kind, …
  m  admit: may be used beside the preferred rendering
  f  forbid: must not be used
  r  reject: this is not its English (a term without English: this is no term)
  x  no term at all, whatever its English
  s  skip: asked again in the next review
  u  undo the last step, as often as there are steps
  q  quit; every decision is in the file already
  +  all sentences of this entry, and why it was found"""
_VERBS: dict[str, Verb] = {"a": "approve", "m": "admit", "f": "forbid", "r": "reject", "x": "reject"}


@main.command()
def review(
    kind: Annotated[str, typer.Option(metavar="KIND", help="organisation, person, place, programme, work or term alone.")] = "",
    lowest_first: Annotated[bool, typer.Option("--lowest-first", help="Begin with what is least certain.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Write who decided, and the day, with each decision.")] = "",
) -> None:
    """Decide on what is undecided, one entry after the other, with a key each.

    The most certain come first: they are the quickest to confirm, exports hold only what is approved or admitted, and
    what you approve is a word for the segmenter. The renderings of one term come together. --lowest-first turns the
    order round, to look for mistakes.

    Every decision is appended to glossary/curated.yaml at once; undo takes it out again. Where standard input is no
    terminal, the first letter of each line counts as a key.

    \b
    Examples:
      duizhao review
      duizhao review --kind organisation --by "Lin Yu"
    """
    from pipeline.glossary import curate
    from pipeline.glossary.model import KINDS
    from pipeline.glossary.review import Review, items
    from pipeline.workspace import Workspace, load

    wanted = next((known for known in KINDS if known == kind), None)
    if kind and not wanted:
        raise InputError("review", f"there is no kind {kind}", remedy=f"there are {', '.join(KINDS)}")
    workspace = Workspace()
    everything = items(load(workspace.built), wanted, lowest_first)
    decisions = curate.load(workspace.curated).decisions
    with open_input() as source:
        session = _Session(workspace.curated, Review(everything, decisions), by, source)
        session.run()
    say(session.summary())


class _Session:
    """A review on a terminal: shows the current item, reads a key, writes what was decided."""

    def __init__(self, file: Path, review: Review, by: str, source: Input):
        from rich.console import Console

        self.file, self.review, self.by, self.source = file, review, by, source
        self.console: Console = Console(highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())
        self.written: list[Appended] = []

    def run(self) -> None:
        from pipeline.glossary.review import Refused

        keys = {**dict.fromkeys(_VERBS, self.decide), "e": self.edit, "s": self.skip, " ": self.skip, "u": self.undo}
        seen: Item | None = None
        while (item := self.review.current) is not None:
            if item is not seen:
                _show(self.console, self.review, item)
                seen = item
            key = self.source.key()
            if key in (END, "q"):
                break
            try:
                if key == "?":
                    self.console.print(_HELP, markup=False)
                elif key == "+":
                    _evidence(self.console, item.evidence())
                    _line(self.console, "because", "; ".join(item.concept.reasons))
                elif key in keys:
                    keys[key](key, item)
                else:
                    self.tell("no such key; ? shows what there is")
            except Refused as refused:
                self.tell(str(refused))
            except InputError as error:
                self.tell(str(error))
                self.reread()
            if key == "u":
                seen = None

    def decide(self, key: str, item: Item) -> None:
        self.write(item.decision(_VERBS[key], whole=key == "x"))

    def edit(self, key: str, item: Item) -> None:
        from pipeline.glossary.model import KINDS
        from pipeline.glossary.review import Refused, corrected, shown

        self.tell("Enter keeps a field as it is; Ctrl-C or Ctrl-D leaves the entry as it was")
        values, note = shown(item), ""
        while True:
            try:
                for field, value in values.items():
                    prompt = f"  {field} ({', '.join(KINDS)})" if field == "kind" else f"  {field}"
                    values[field] = self.source.line(prompt, value)
                note = self.source.line("  note", note)
                to = corrected(item, values)
                break
            except (EOFError, KeyboardInterrupt):
                self.console.print()
                raise Refused("nothing was changed") from None
            except Refused as refused:  # what was typed stays, to be mended
                self.tell(str(refused))
        if not note and not any(getattr(to, field) for field in to.__struct_fields__):
            raise Refused("nothing was changed; a approves it as it is")
        self.write(item.decision("approve", to=to, note=note))

    def write(self, decision: Decision) -> None:

        from pipeline.glossary.decisions import append

        decision = signed(decision, self.by)
        self.review.decide(decision)  # is it refused, nothing is written
        appended = append(self.file, [decision])
        if appended:
            self.written.append(appended)
            self.review = self.review.decide(appended.decisions[0])
            self.tell(f"{appended.decisions[0]}")

    def skip(self, key: str, item: Item) -> None:
        self.review = self.review.skip()
        self.tell("skipped")

    def undo(self, key: str, item: Item) -> None:
        from pipeline.glossary.decisions import undo

        before, decision = self.review.undo()
        if decision:
            undo(self.written[-1])
            self.written.pop()
        self.review = before
        self.tell(f"undone: {decision}" if decision else "back to what was skipped")

    def reread(self) -> None:
        from pipeline.glossary import curate

        self.review = self.review.reread(curate.load(self.file).decisions)

    def tell(self, line: str) -> None:
        self.console.print(f"→ {line}", markup=False, style="dim", soft_wrap=True)

    def summary(self) -> str:
        made, left = len(self.review.made), len(self.review.left)
        skipped = len(self.review.steps) - made
        rest = f"{left + skipped} undecided" if left + skipped else "nothing is undecided"
        decided = f"{counted(made, 'decision')} in {self.file}" if made else "no decisions"
        return f"{decided}; {rest}" + (f"; {TAKE_OVER}" if made else "")


def _show(console: Console, review: Review, item: Item) -> None:
    """An item: its names, what is known of it, its conflicts, and sentences with the term marked."""
    from rich.text import Text

    concept = item.concept
    console.rule(f"{len(review.left)} left", align="right", style="dim", characters="─")
    names = " / ".join(dict.fromkeys(filter(None, (item.zh, concept.text("zh-Hans", "full form")))))
    english = f"{item.en} ({item.acronym})" if item.en and item.acronym else item.en or item.acronym
    console.print(Text(names, "bold cyan").append("  " * bool(names)).append(english or "(no English)", "bold green"))
    facts = [concept.kind, f"confidence {item.confidence:.2f}", *(t for t in (concept.role, concept.affiliation) if t)]
    _line(console, "", ", ".join(facts))
    for other in review.renderings(item):
        if other.rendering != item.rendering:
            _line(console, "other English", f"{other.en} [{other.status(review.rulings) or 'undecided'}]")
    _line(console, "short", ", ".join(t.text for t in concept.of("zh-Hant", "short form")))
    other_forms = (*concept.of("zh-Hant", "full form")[1:], *concept.of("zh-Hant", "variant"))
    _line(console, "also", ", ".join(t.text for t in other_forms))
    for conflict in review.conflicts(item):
        _line(console, "conflict", conflict.message, "bold red")
    for note in concept.notes:
        _line(console, "note", note)
    _evidence(console, item.evidence()[:SENTENCES])
    more = concept.mentions - min(SENTENCES, len(concept.evidence))
    _line(console, "", f"and {counted(more, 'more place')}" if more > 0 else "")
    console.print(_KEYS, markup=False, style="dim", soft_wrap=True)


def _line(console: Console, label: str, text: str, style: str = "") -> None:
    if text:
        console.print(f"  {label}: {text}" if label else f"  {text}", markup=False, style=style or None)


def _evidence(console: Console, evidence: list[Evidence]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    for e in (side for found in evidence for side in found.sides):
        page = f", page {e.page}" if e.page > 1 else ""
        _line(console, "", f"{e.document}{page}", "dim")
        sentence = _marked(e)
        console.print(Padding(sentence, (0, 0, 0, 4), expand=False) if console.is_terminal else Text("    ") + sentence)


def _marked(e: Evidence | Counterpart) -> Text:
    """The sentence with the term in 【】 and its gloss underlined."""
    from rich.text import Text

    text = Text(e.sentence)
    gloss = getattr(e, "gloss_mark", (0, 0))
    for (a, b), style in ((e.mark, "bold cyan"), (gloss, "green underline")):
        if b > a:
            text.stylize(style, a, b)
    a, b = e.mark
    return Text.assemble(text[:a], "【", text[a:b], "】", text[b:]) if b > a else text


