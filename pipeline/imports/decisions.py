"""Concepts of a termbase as decisions for glossary/curated.yaml: what is new in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from pipeline.export.losses import Loss
from pipeline.glossary.curate import Curated, Decision, Fields
from pipeline.glossary.keys import en_key, has_chinese, zh_key
from pipeline.glossary.model import Concept, Status, Term
from pipeline.glossary.scripts import to_hans

_WANTED: tuple[Status, ...] = ("approved", "admitted")
_NEW = Decision(verb="add", term="", line=0)


class Merge(Struct, frozen=True):
    """What an import adds: its decisions (none: nothing is new), how many were ``known``, and what was not taken and why."""

    decisions: tuple[Decision, ...]
    known: int
    losses: tuple[Loss, ...]


def merge(concepts: Iterable[Concept], curated: Curated, origin: str) -> Merge:
    """The decisions that are not in ``curated`` yet. What people decided otherwise stays as they decided."""
    losses: list[Loss] = []
    new: list[Decision] = []
    state = _State(curated)
    for concept in concepts:
        new += (d for d in _decisions(concept, origin, losses) if state.takes(d, losses))
    return Merge(tuple(new), state.known, tuple(losses))


class _State:
    """What is decided already, with what this import adds."""

    def __init__(self, curated: Curated):
        self.known = 0
        self.pairs: dict[tuple[str, str], Decision] = {}
        self.of_term: dict[str, list[tuple[Decision, Status]]] = {}
        for d in curated.decisions:
            if d.status:
                self._note(d, d.status)
            if d.to.zh or d.to.en:  # under its new names it is known as well
                renamed = msgspec.structs.replace(d, term=d.to.zh or d.term, en=d.to.en or d.en)
                self._note(renamed, d.status or "approved")

    def takes(self, d: Decision, losses: list[Loss]) -> bool:
        """Whether a decision is new and contradicts none."""
        assert d.status
        key = _key(d)
        before = self.pairs.get(key)
        if before and before.status in (d.status, None):
            self.known += 1
            return False
        other = before or self._against(d, key[0])
        if other:
            pair = f"{d.term} = {d.en}" if d.en else d.term
            at = f"line {other.line}: {other.verb}" if other.line else f"it says {other.verb} too"
            losses.append(Loss("dropped", "terms of which something else is decided", f"{pair} ({at})"))
            return False
        self._note(d, d.status)
        return True

    def _against(self, d: Decision, term: str) -> Decision | None:
        """What refuses a term altogether where ``d`` wants one of its renderings, or the other way round."""
        refused = {"rejected", "forbidden"}
        for other, status in self.of_term.get(term, ()):
            whole, part = (other, d) if d.en else (d, other)
            statuses = (status, d.status) if d.en else (d.status, status)
            if not whole.en and part.en and statuses[0] in refused and statuses[1] not in refused:
                return other
        return None

    def _note(self, d: Decision, status: Status) -> None:
        key = _key(d)
        self.pairs.setdefault(key, d)
        self.of_term.setdefault(key[0], []).append((d, status))


def _key(d: Decision) -> tuple[str, str]:
    return zh_key(d.zh) or en_key(d.term), en_key(d.en)


def _decisions(concept: Concept, origin: str, losses: list[Loss]) -> Iterator[Decision]:
    """One concept: ``add`` for it and for each further approved rendering, ``admit`` and ``forbid`` for synonyms."""
    losses += [Loss("dropped", f"terms that are {t.status}: nobody decided on them", t.text) for t in concept.terms
               if t.status not in (*_WANTED, "forbidden")]
    chinese, spelled = _chinese(concept, losses)
    english = [t for t in concept.of("en", "full form", "variant", "short form") if _says_english(t, losses)]
    wanted = [t for t in english if t.status in _WANTED]
    main = chinese[0].text if chinese else wanted[0].text if wanted else ""
    acronyms = [t.text for t in concept.of("en", "acronym") if t.status in _WANTED]
    if not main and acronyms:
        main = acronyms.pop(0)
    if not main:
        losses.append(Loss("dropped", "concepts without an approved name", concept.name or concept.id))
        return
    short = [s for s in spelled if zh_key(s) != zh_key(main)] + acronyms[1:]
    if wanted or (chinese and chinese[0].status in _WANTED):
        # what is only a "term", as all is in formats without kinds, may turn out to be more in the reports
        to = Fields(kind=concept.kind if concept.kind != "term" else None, acronym=acronyms[0] if acronyms else None,
                    short=tuple(short) or None, role=concept.role, affiliation=concept.affiliation)
        en = wanted[0].text if chinese and wanted else ""
        note = "; ".join(concept.notes)
        yield msgspec.structs.replace(_NEW, term=main, en=en, to=to, origin=origin, note=note)
    if not chinese:
        losses += [Loss("no place", "synonyms of what has no Chinese", t.text) for t in english if t.text != main]
        return
    for t in english:
        if not wanted or t is not wanted[0]:
            add = t.status == "approved"
            yield Decision(verb="add" if add else "admit" if t.status == "admitted" else "forbid", term=main, line=0, en=t.text,
                           origin=origin if add else "")
    for t in chinese[1:]:
        if zh_key(t.text) != zh_key(main):
            yield Decision(verb="forbid" if t.status == "forbidden" else "admit", term=t.text, line=0, of=main)


def _chinese(concept: Concept, losses: list[Loss]) -> tuple[list[Term], list[str]]:
    """The Chinese terms, each once whatever its script, that which names the concept first; and the short forms in use."""
    found: dict[str, Term] = {}
    short: dict[str, str] = {}
    converted = {to_hans(t.text) for t in concept.of("zh-Hant")}
    for t in (*concept.of("zh-Hant"), *concept.of("zh-Hans")):
        if t.language == "zh-Hans" and t.text in converted:
            continue  # the build makes it of the Traditional form
        if not has_chinese(t.text):
            losses.append(Loss("dropped", "terms without Chinese characters in a Chinese section", t.text))
        elif t.type == "short form" and t.status in _WANTED:
            short.setdefault(zh_key(t.text), t.text)
        elif t.status != "rejected":
            known = found.setdefault(zh_key(t.text), t)
            if known is not t and known.language == t.language:
                losses.append(Loss("no place", "spellings that the glossary takes for the same", t.text))
    ranked = sorted(found.values(), key=lambda t: (t.status == "forbidden", t.type == "variant", t.status not in _WANTED,
                                                   t.status != "approved"))
    first = ranked[:1] if ranked and ranked[0].status != "forbidden" else []
    if ranked and not first:
        losses.append(Loss("dropped", "Chinese terms that are forbidden and whose concept has no other", ranked[0].text))
    return first + [t for t in ranked[1:] if t.status in (*_WANTED, "forbidden")], list(short.values())


def _says_english(term: Term, losses: list[Loss]) -> bool:
    if has_chinese(term.text):
        losses.append(Loss("dropped", "terms with Chinese characters in an English section", term.text))
        return False
    return term.status in (*_WANTED, "forbidden")
