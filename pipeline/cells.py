"""Cells of tables for spreadsheets, which take for a formula what begins like one (OWASP, CSV Injection)."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full-width forms count as well


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, by a ``'`` before it. :func:`unguarded` takes that away again."""
    cell = cell.replace("\x00", "")
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith("'") else cell


def unguarded(cell: str) -> str:
    """The cell that :func:`guarded` was given. ``'s-Hertogenbosch``, as people write it, keeps its own."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith((*_FORMULA, "'")) else cell
