"""The glossary as pairs of a source and a target term, for formats that know nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pipeline.errors import InputError
from pipeline.export.losses import Loss
from pipeline.export.selection import Direction, Script
from pipeline.glossary.model import LIVE, STATUSES, Concept, Language, Status, Term, TermType

_TYPES: tuple[TermType, ...] = ("full form", "variant", "short form", "acronym")


class Pair(Struct, frozen=True):
    """A term and its rendering. ``status`` is the lower of both, ``type`` is that of whichever is no full form."""

    source: str
    target: str
    concept: Concept
    status: Status
    type: TermType

    @property
    def rank(self) -> tuple[object, ...]:
        """For sorting: what should be used comes first."""
        return STATUSES.index(self.status), _TYPES.index(self.type), -sure(self.concept)

    def __str__(self) -> str:
        return f"{self.source} = {self.target}"


def sure(concept: Concept) -> float:
    """The confidence; 1 where there is none, because people gave what no report holds."""
    return concept.confidence or 1.0


def languages(script: Script | None, direction: Direction) -> tuple[Language, Language]:
    """The source and the target language."""
    chinese: Language = "zh-Hans" if script == "hans" else "zh-Hant"
    return (chinese, "en") if direction == "zh-en" else ("en", chinese)


def all_pairs(concepts: Iterable[Concept], script: Script | None, direction: Direction) -> tuple[list[Pair], list[Loss]]:
    """Every term of both languages once or more: each with the preferred one of the other language.

    Raises ``InputError`` if there is none.
    """
    source, target = languages(script, direction)
    out: list[Pair] = []
    losses: list[Loss] = []
    for c in concepts:
        sources, targets = _live(c, source), _live(c, target)
        if not sources or not targets:
            losses.append(_one_language(c))
            continue
        both = [(s, targets[0]) for s in sources] + [(sources[0], t) for t in targets[1:]]
        out += (_pair(c, s, t) for s, t in both)
    return _some(out), losses


def one_each(concepts: Iterable[Concept], script: Script | None, direction: Direction) -> tuple[list[Pair], list[Loss]]:
    """Every source term once, with the one target that is preferred: what machine translation takes.

    Where two concepts share a source term, the better decided one wins, then a full form over a short one, then confidence.
    Raises ``InputError`` if there is none.
    """
    source, target = languages(script, direction)
    found: dict[str, list[Pair]] = {}
    losses: list[Loss] = []
    for c in concepts:
        sources, targets = _live(c, source), _live(c, target)
        if not sources or not targets:
            losses.append(_one_language(c))
            continue
        for s in sources:
            found.setdefault(s.text, []).append(_pair(c, s, targets[0]))
        losses += [Loss("dropped", "further renderings, where only one is taken", t.text) for t in targets[1:]]
    return _some(list(_settled(found.values(), losses))), losses


def _some(pairs: list[Pair]) -> list[Pair]:
    if not pairs:
        raise InputError("export", "nothing that would leave has both Chinese and English", remedy="take more with --status")
    return pairs


def _settled(found: Iterable[list[Pair]], losses: list[Loss]) -> Iterator[Pair]:
    for pairs in found:
        best = min(pairs, key=lambda p: p.rank)  # the first of equals: the order of the glossary is the same in every build
        others = [p.target for p in pairs if p.target != best.target]
        if others:
            losses.append(Loss("settled", "terms with several renderings, by status, type and confidence",
                               f"{best} (not {', '.join(dict.fromkeys(others))})"))
        yield best


def _live(concept: Concept, language: Language) -> list[Term]:
    """The terms that may be used, the one to prefer first."""
    terms = [t for t in concept.of(language) if t.status in LIVE]
    return sorted(terms, key=lambda t: (_TYPES.index(t.type) > 1, STATUSES.index(t.status), _TYPES.index(t.type)))


def _pair(concept: Concept, source: Term, target: Term) -> Pair:
    status = max(source.status, target.status, key=STATUSES.index)
    types: list[TermType] = [t.type for t in (source, target) if t.type != "full form"]
    return Pair(source.text, target.text, concept, status, types[0] if types else "full form")


def _one_language(concept: Concept) -> Loss:
    return Loss("dropped", "concepts in one language only", concept.name)
