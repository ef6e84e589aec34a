"""Lines set where they belong: bylines under the title, footnotes behind the paragraph that calls them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.document import Document
from pipeline.reflow.measure import Line


class Transfer(Struct, frozen=True):
    """Lines ``first`` to ``last`` are to follow line ``after`` (-1: they stay)."""

    first: int
    last: int
    after: int


def arrange(document: Document, lines: list[Line], rules: list[str],
            transfers: Sequence[Transfer]) -> tuple[Document, list[Line], list[str]]:
    """Carry out the transfers. Gives the document, its lines in their new order with their new places, and their rules."""
    text = document.text
    moves: list[tuple[int, int, int]] = []
    follow: dict[int, list[int]] = {}
    gone: set[int] = set()
    place: dict[int, int] = {}  # behind which line the next one goes that is to follow this one
    for t in transfers:
        if t.after < 0 or t.first <= t.after <= t.last:
            continue
        behind = place.get(t.after, t.after)
        if behind == t.first - 1:  # there already
            place[t.after] = t.last
        else:
            moves.append((text.rfind("\n", 0, lines[t.first].start), lines[t.last].end, lines[behind].end))
        follow.setdefault(t.after, []).extend(range(t.first, t.last + 1))
        gone.update(range(t.first, t.last + 1))
    if not moves:
        return document, lines, rules
    order: list[int] = []
    for k in range(len(lines)):
        if k not in gone:
            order.append(k)
            order += follow.get(k, ())
    document = document.move_all(moves, "set where it belongs")
    text, at = document.text, 0
    for k in order:  # nothing but white space stands between lines
        line = lines[k]
        line.start = text.find(line.text, at)
        line.end = at = line.start + len(line.text)
    return document, [lines[k] for k in order], [rules[k] for k in order]
