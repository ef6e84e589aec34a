"""What only a person can settle, gathered from the glossary and the decisions, each with the reports and with how to do it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from pipeline.glossary.curate import Contradiction
from pipeline.glossary.keys import en_key, has_chinese, zh_key
from pipeline.glossary.lookup import marked
from pipeline.glossary.model import Concept, Conflict, Evidence, Glossary
from pipeline.glossary.review import gloss

KINDS = ("decisions that contradict each other", "decision overruled", "decision without evidence", "several English",
         "several Chinese", "several expansions", "several affiliations")
_DOCUMENTS = 4  # reports that are named of one side


class Side(Struct, frozen=True):
    """One of the things in question: where it stands, and a sentence (None: there is none)."""

    text: str
    documents: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Matter(Struct, frozen=True):
    """Something to settle: its kind, what it is, its sides, and ``how``: lines of advice, some of them commands."""

    kind: str
    message: str
    sides: tuple[Side, ...] = ()
    how: tuple[str, ...] = ()


def matters(glossary: Glossary, contradictions: Iterable[Contradiction] = (),
            file: str = "glossary/curated.yaml") -> list[Matter]:
    """All there is to settle, by kind. What several concepts share is listed once.

    ``contradictions`` are those between the decisions of ``file``, which no glossary can be built of.
    """
    by_id = {c.id: c for c in glossary.concepts}
    found = [_contradiction(c, file) for c in contradictions]
    seen: set[tuple[str, str]] = set()
    for concept in glossary.concepts:
        for conflict in concept.conflicts:
            if (conflict.kind, conflict.message) not in seen:
                seen.add((conflict.kind, conflict.message))
                found.append(_matter(conflict, concept, by_id, file))
    return sorted(found, key=lambda m: KINDS.index(m.kind))


def show(matter: Matter) -> str:
    """A matter for people to read in a terminal."""
    lines = [f"{matter.kind}: {matter.message}"]
    for side in matter.sides:
        more = len(side.documents) - _DOCUMENTS
        where = ", ".join(side.documents[:_DOCUMENTS]) + (f" and {more} more" if more > 0 else "")
        lines.append(f"  {side.text}: {where or 'in no report'}")
        lines += [f"    {marked(side.evidence)}"] if side.evidence else []
    lines += [f"  → {line}" for line in matter.how]
    return "\n".join(lines) + "\n"


def count(found: Iterable[Matter]) -> str:
    """How many there are of each kind, in one line."""
    numbers = Counter(m.kind for m in found)
    if not numbers:
        return "no conflicts"
    return f"{sum(numbers.values())} to settle: " + ", ".join(f"{kind} {n}" for kind, n in numbers.items())


def _contradiction(c: Contradiction, file: str) -> Matter:
    sides = (f"{file}, line {c.before.line}: {c.before}", f"{file}, line {c.decision.line}: {c.decision}")
    how = "keep one of the two lines; until then make all does not build the glossary"
    return Matter(KINDS[0], " / ".join(sides), (), (how,))


def _matter(conflict: Conflict, concept: Concept, by_id: dict[str, Concept], file: str) -> Matter:
    together = [concept, *(by_id[id] for id in conflict.concepts if id in by_id)]
    together.sort(key=lambda c: (-len(c.documents), -c.confidence, c.name))  # advice against one names the least supported
    zh = concept.text("zh-Hant", "full form") or concept.text("zh-Hant")
    sides: tuple[Side, ...]
    if conflict.kind == "several English":
        sides = tuple(_rendering(concept, en) for en in conflict.terms)
        first, others = conflict.terms[0], conflict.terms[1:]
        how = [f"{_command('approve', zh, first)}, if that is right",
               *(f"{_command('admit', zh, en)}, or --forbid, or --reject if it is a mistake" for en in others)]
    elif conflict.kind == "several Chinese":
        english = conflict.message.partition(" is ")[0]
        sides = tuple(_concept(c, english) for c in together)
        names = [c.name for c in together]
        how = [f"one thing under several names: {_command('admit', other, of=names[0])}" for other in names[1:]]
        how += [f"not its English: {_command('reject', names[-1], english)}; right, but secondary: --admit"]
    elif conflict.kind == "several expansions":
        short = conflict.message.partition(" is ")[0]
        sides = tuple(_concept(c, short) for c in together)
        field = "short" if has_chinese(short) else "acronym"
        how = [f"a wrong pair: {_command('reject', together[-1].name, together[-1].text('en', 'full form'))}",
               f"a wrong {field}: {_edit(together[-1], field)} in {file}",
               "both right: leave it; a report that uses it says which of them it means"]
        if len({c.kind for c in together}) == 1 and all(c.text("zh-Hant") for c in together):
            how.append(f"one thing under several names: {_command('admit', together[-1].name, of=together[0].name)}")
    elif conflict.kind == "several affiliations":
        sides = tuple(Side(a, concept.documents, next((e for e in concept.evidence if zh_key(a) in zh_key(e.sentence)), None))
                      for a in conflict.terms)
        how = [f"one person: {_edit(concept, 'affiliation')} in {file}, with the affiliation that counts",
               "several persons: say so in a note (- about: …)"]
    else:
        sides = (_concept(concept),)
        gone = conflict.kind == "decision without evidence"
        how = [f"still wanted: write add for its verb in {file}; else remove it there" if gone
               else f"change or remove the decision that is wrong in {file}"]
    return Matter(conflict.kind, conflict.message, sides, tuple(how))


def _concept(concept: Concept, about: str = "") -> Side:
    """A concept, with a sentence in which ``about`` stands beside it, if there is one."""
    english = concept.text("en", "full form")
    name = f"{concept.name} = {english}" if english and english != concept.name else concept.name
    evidence = sorted(concept.evidence, key=lambda e: about not in gloss(e))
    return Side(f"{name} [{concept.status}]", concept.documents, evidence[0] if evidence else None)


def _rendering(concept: Concept, en: str) -> Side:
    """A rendering with the reports whose sentences show it. Where none does, those of the concept count."""
    term = next((t for t in concept.of("en", "full form") if t.text == en), None)
    shown = [e for e in concept.evidence if en_key(en) in en_key(gloss(e))]
    documents = tuple(sorted({e.document for e in shown}))
    if not shown and term and term.mentions:
        documents = concept.documents
    return Side(f"{en} [{term.status}]" if term else en, documents, shown[0] if shown else None)


def _command(verb: str, term: str, en: str = "", of: str = "") -> str:
    words = ["duizhao", "decide", f"--{verb}", term]
    words += ["--en", en] if en and has_chinese(term) and en != term else []
    words += ["--of", of] if of else []
    return " ".join(word if has_chinese(word) and " " not in word else shlex.quote(word) for word in words)


def _edit(concept: Concept, field: str) -> str:
    return f"\"- edit: {concept.name}\" with \"{field}: …\""
