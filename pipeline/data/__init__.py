"""Small sorted tables, one thing a file: tab-separated, ``#`` lines at the head say what and from where."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``pipeline/data/<name>``, as tuples of their fields."""
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
