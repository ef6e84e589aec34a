"""What an export says of itself: its files, and what did not go into them as it was."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

LossKind = Literal["settled", "dropped", "no place"]
_SHOWN = 3  # examples of one kind of loss


class Loss(Struct, frozen=True):
    """One thing that an export changed (``settled``), left out (``dropped``), or has no field for (``no place``).

    ``what`` is the same for all losses of a sort, ``subject`` says which one this is.
    """

    kind: LossKind
    what: str
    subject: str = ""


class Export(Struct, frozen=True):
    """The content of each file of a format, how much of the glossary it holds, and what was lost."""

    files: tuple[bytes, ...]
    holds: str = ""
    losses: tuple[Loss, ...] = ()


def report(name: str, export: Export) -> str:
    """The loss report for people: a line for each sort of loss, with a count and a few examples."""
    lines = [f"{name}: {export.holds}" if export.holds else name]
    kinds: tuple[LossKind, ...] = ("settled", "dropped", "no place")
    for kind in kinds:
        sorts: dict[str, list[str]] = {}
        for loss in export.losses:
            if loss.kind == kind:
                sorts.setdefault(loss.what, []).append(loss.subject)
        for what, subjects in sorts.items():
            named = list(dict.fromkeys(s for s in subjects if s))
            shown = ", ".join(named[:_SHOWN]) + (", …" if len(named) > _SHOWN else "")
            lines.append(f"  {kind} {len(subjects)}: {what}" + (f" ({shown})" if shown else ""))
    if len(lines) == 1:
        lines.append("  nothing was lost")
    return "\n".join(lines)
