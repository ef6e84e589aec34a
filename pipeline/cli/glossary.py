"""``lookup``: the built glossary, asked."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.app import main
from pipeline.cli.inputs import emit
from pipeline.errors import InputError


@main.command()
def lookup(
    term: Annotated[str, typer.Argument(metavar="TERM", help="Chinese in either script, English, or an acronym.")],
) -> None:
    """A term of the built glossary, with its renderings and the sentences where it stands.

    \b
    Examples:
      duizhao lookup 勞動力發展署
      duizhao lookup "Working Group"
    """
    from pipeline.glossary.lookup import lookup as find
    from pipeline.glossary.lookup import show
    from pipeline.workspace import Workspace, load

    if not term.strip():
        raise InputError("lookup", "the term is empty", remedy="give a Chinese or English term, or an acronym")
    found = find(load(Workspace().built), term)
    if not found:
        raise InputError("lookup", f"{term} is not in the glossary", remedy="look for a part of it, or build it with: make all")
    emit("\n".join(show(concept) for concept in found) + "\n")
