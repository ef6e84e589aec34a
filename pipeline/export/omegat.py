"""The glossary of an OmegaT project: UTF-8, a source, a target and a comment parted by tabs.

OmegaT skips lines that begin with ``#`` and takes the spaces off both ends of a field, so that a space before it saves such a
term (its GlossaryReaderTSV).
"""

from __future__ import annotations

from pipeline.export.losses import Export, Loss
from pipeline.export.pairs import Pair, all_pairs
from pipeline.export.selection import Choice, Direction, Script, select, unplaced
from pipeline.glossary.model import Glossary
from pipeline.wording import counted

HEAD = "# Glossary in tab-separated format -*- coding: utf-8 -*-"


def omegat(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None,
           direction: Direction = "zh-en") -> Export:
    """A line for each pair of terms; the comment says what they are."""
    concepts, losses = select(glossary, status, forbidden=False)
    pairs, alone = all_pairs(concepts, script, direction)
    lines = [HEAD, *("\t".join((_guarded(p.source), p.target, comment(p))) for p in pairs)]
    losses += [Loss("settled", "concepts with several notes, joined by /", c.name) for c in concepts if len(c.notes) > 1]
    losses += [*alone, *unplaced(concepts, "evidence", "conflicts", "reasons", "confidence")]
    return Export(("\n".join(lines).encode() + b"\n",), counted(len(pairs), "pair"), tuple(losses))


def comment(pair: Pair) -> str:
    """The kind; the type and the status, where they are not the usual ones; role, affiliation and notes."""
    c = pair.concept
    said = [c.kind, pair.type if pair.type != "full form" else "", pair.status if pair.status != "approved" else "",
            f"role: {c.role}" if c.role else "", f"affiliation: {c.affiliation}" if c.affiliation else ""]
    if c.notes:
        said.append(f"note: {' / '.join(c.notes)}")
    return "; ".join(filter(None, said))


def _guarded(source: str) -> str:
    return f" {source}" if source.startswith("#") else source
