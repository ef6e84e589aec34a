"""The columns that lines stand in: their left and right edges, found over the whole document.

A block of two short lines does not show how wide its column is; the same column on other pages does.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from pipeline.document import Line


def settle(lines: list[Line]) -> list[Line]:
    """The lines with ``left`` and ``right`` filled in."""
    blocks: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        blocks[line.block].append(line)
    edges: dict[int, tuple[float, float]] = {}
    for number, members in blocks.items():
        edges[number] = min(x.x0 for x in members), max(x.x1 for x in members)
    return [msgspec.structs.replace(x, left=edges[x.block][0], right=edges[x.block][1]) for x in lines]
