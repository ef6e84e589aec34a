"""What was decided of every bracket, so that a translator can read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.document import Document
from pipeline.terms.align import model_of, weights
from pipeline.terms.mentions import Decision, decide, squeeze


class Explanation(NamedTuple):
    """One bracket: where it stands (raw offset), what it holds, the verdict, and lines that say why."""

    start: int
    bracket: str
    verdict: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The bracket and its verdict, and below them the candidates with their evidence."""
        return "\n".join((f"{self.start}: {self.bracket}  {self.verdict}", *("    " + line for line in self.lines)))


def explanations(document: Document) -> Iterator[Explanation]:
    """One explanation for each bracket, in the order of the text."""
    text = document.text
    for d in decide(document):
        bracket = " ".join(text[d.gloss.start : d.gloss.end].split())
        bracket = bracket if len(bracket) <= 90 else bracket[:88] + "…" + bracket[-1]
        start = document.raw_span(d.gloss.start, d.gloss.end)[0]
        if d.mention is None:
            yield Explanation(start, bracket, f"no gloss: {d.why}")
            continue
        m = d.mention
        en = ", ".join(x for x in (m.english, m.acronym) if x)
        if m.gloss.sort == "short" and m.gloss.chinese:
            en = f"short form {squeeze(text, m.gloss.chinese)}"
        yield Explanation(start, bracket, f"{squeeze(text, m.zh)} = {en}  (confidence {m.confidence:.2f})", tuple(_lines(d)))


def _lines(decision: Decision) -> Iterator[str]:
    m = decision.mention
    if m is None or m.window is None:
        if m:
            yield "because " + "; ".join(m.reasons)
        return
    model = weights().get(model_of(m.window, m.query, [p.evidence for p in m.places]), {})
    chosen = m.window.span(0)[1], m.zh.start
    for place in m.places[:4]:
        if place.probability < 0.005:
            break
        mark = "→" if m.window.span(place.at)[0] == chosen[1] else " "
        parts = sorted(((model.get(n, 0.0) * v, n, v) for n, v in place.evidence.items()), key=lambda x: -abs(x[0]))
        said = "; ".join(f"{n}{'' if v == 1 else f' {v:.2f}'} {w:+.1f}" for w, n, v in parts[:6] if abs(w) >= 0.15)
        yield f"{mark} {m.window.chars[place.at :]}  {place.probability:.2f}  {said}"
