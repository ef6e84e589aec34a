"""All that was said of one thing, as a concept: its terms in order, their status, confidence and evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec

from pipeline.document import TermKind
from pipeline.glossary.keys import acronym_key, en_key, has_chinese, within, zh_key
from pipeline.glossary.model import KINDS, LIVE, STATUSES, Concept, Conflict, Evidence, Language, Status, Term, TermType
from pipeline.glossary.rulings import Record, Rulings, overrides
from pipeline.glossary.scripts import to_hans, to_hant

FURTHER = 0.7  # what each further document that says the same leaves of the doubt


def concept_id(key: tuple[str, str]) -> str:
    """``c`` and twelve hexadecimal digits: an XML name, the same in every build."""
    return "c" + sha256(":".join(key).encode()).hexdigest()[:12]


def confidence(records: Iterable[Record]) -> float:
    """How sure it is that a pair belongs together: the best that one document says; each further document that says the same
    takes three tenths of the doubt."""
    best: dict[str, float] = {}
    for r in records:
        if r.document:
            best[r.document] = max(best.get(r.document, 0.0), r.entry.confidence)
    if not best:
        return 0.0
    return round(1 - (1 - max(best.values())) * FURTHER ** (len(best) - 1), 3)


def assemble(key: tuple[str, str], records: list[Record], rulings: Rulings, threshold: float, limit: int) -> Concept:
    """The concept known by ``key``, of these records (sorted; at least one)."""
    return _Assembly(key, records, rulings, threshold).concept(limit)


class _Assembly:
    def __init__(self, key: tuple[str, str], records: list[Record], rulings: Rulings, threshold: float):
        self.key, self.records, self.rulings, self.threshold = key, records, rulings, threshold
        self.decisions = [r.decision for r in records if r.decision]
        self.found = [r for r in records if r.document]
        self.own = [r for r in self.found if not r.entry.parallel]  # what the Chinese side says by itself
        self.edited = overrides(self.decisions)
        self.main = key[1] if key[0] == "zh" else ""

    def concept(self, limit: int) -> Concept:
        english = self.english()
        vouching = [t for t in english if self.vouches(t)]
        chinese = self.chinese_status(vouching)
        acronyms = self.acronyms(english, chinese)
        terms = [*self.chinese(chinese), *english, *acronyms]
        naming = [t for t in (*(vouching or ([] if self.main else english)), *acronyms) if vouching or not self.main]
        status = chinese if self.rulings.of_chinese(self.main) or not naming else naming[0].status
        evidence = sorted(_apart(e for r in self.found for e in r.entry.evidence), key=_by_gloss)
        return Concept(
            id=concept_id(self.key), kind=self.kind(), status=status, terms=_distinct(terms),
            role=self.edited.role or self.most(lambda r: r.entry.role),
            affiliation=self.edited.affiliation or self.most(lambda r: r.entry.affiliation),
            confidence=(naming[0].confidence if naming else None) or confidence(self.own) or confidence(self.found),
            reasons=tuple(dict.fromkeys(reason for r in self.records for reason in r.entry.reasons)),
            notes=tuple(dict.fromkeys(d.note for d in self.decisions if d.note)),
            conflicts=(*self.affiliations(), *self.unsupported(), *self.overruled(terms)),
            unsupported=not self.found,
            documents=tuple(sorted({r.document for r in self.found})), mentions=_mentions(self.found),
            evidence=_spread(evidence, limit),
        )

    # -- terms ---------------------------------------------------------------------------------------------------------

    def english(self) -> list[Term]:
        """The renderings, each under one spelling: that which is printed most."""
        acronyms = {r.acronym for r in self.records if r.acronym}
        by_key: defaultdict[str, list[Record]] = defaultdict(list)
        for r in self.records:
            if r.en and acronym_key(r.entry.en) not in acronyms:
                by_key[r.en].append(r)
        terms = []
        for en, records in by_key.items():
            sure = confidence(records)
            status = self.rulings.of_chinese(self.main)
            for zh in (*sorted({r.zh for r in records}, reverse=True), self.main):
                status = self.rulings.of_pair(zh, en) or status
            mentions, unsupported = _support(records)
            terms.append(Term(_printed(records, lambda r: r.entry.en), "en", "full form", status or self.auto(sure, records),
                              _source(records), sure if mentions else None, mentions, unsupported))
        return sorted(terms, key=_preferred)

    def chinese_status(self, english: list[Term]) -> Status:
        decided = self.rulings.of_chinese(self.main)
        if decided:
            return decided
        if english and english[0].status in ("approved", "admitted", "rejected"):  # nothing else vouches for it
            return english[0].status
        sure = confidence(self.own) or confidence(self.found)
        return self.auto(max([t.confidence or 0.0 for t in english if t.status in LIVE], default=sure), self.found)

    def vouches(self, term: Term) -> bool:
        """Whether an English rendering says how sure the concept is. One that the English side of a report gives does so only
        where people chose it: the Chinese stands by itself."""
        return not term.parallel or term.status in ("approved", "admitted")

    def chinese(self, status: Status) -> list[Term]:
        by_key: defaultdict[str, list[Record]] = defaultdict(list)
        for r in self.records:
            if r.zh:
                by_key[r.zh].append(r)
        short = {zh_key(s): s for r in reversed(self.records) for s in r.entry.short if has_chinese(s)}
        if self.edited.short is not None:
            short = {zh_key(s): s for s in self.edited.short if has_chinese(s)}
        terms: list[Term] = []
        for zh in sorted(by_key, key=lambda zh: (zh != self.main, zh)):
            type: TermType = "short form" if zh in short else "full form"
            given = (self.rulings.of_chinese(zh) or status) if zh != self.main else status
            terms += self.spellings(by_key[zh], type, given)
        for zh in sorted(short.keys() - by_key.keys()):
            given = self.rulings.of_chinese(zh) or status
            saying = [r for r in self.records if zh in map(zh_key, r.entry.short)]
            both: tuple[tuple[str, Language], ...] = ((to_hant(short[zh]), "zh-Hant"), (to_hans(short[zh]), "zh-Hans"))
            for text, language in both:
                terms.append(Term(text, language, "short form", given, _source(saying) if text == short[zh] else "opencc",
                                  unsupported=not any(r.document for r in saying)))
        return terms

    def spellings(self, records: list[Record], type: TermType, status: Status) -> list[Term]:
        """The ways in which one Chinese term is written in either script; all but the most frequent are variants."""
        terms = []
        languages: tuple[Language, ...] = ("zh-Hant", "zh-Hans")
        for language in languages:
            said: defaultdict[str, list[Record]] = defaultdict(list)
            for r in records:
                said[(r.entry.zh_hant if language == "zh-Hant" else r.entry.zh_hans) or r.entry.zh or ""].append(r)
            ranked = sorted(said, key=lambda text: (*_weight(text, said[text]), text))
            for k, text in enumerate(ranked):
                mentions, unsupported = _support(said[text], printed=True)
                if k and not mentions and not any(_wanted(r) and r.entry.zh == text for r in said[text]):
                    continue  # how somebody wrote a term when rejecting it, or what conversion made of it, is no variant
                as_is = [r for r in said[text] if r.entry.zh == text]
                source = "opencc" if not as_is else "text" if any(r.document for r in as_is) else _source(as_is)
                terms.append(Term(text, language, "variant" if k else type, status, source,
                                  mentions=mentions, unsupported=unsupported))
        return terms

    def acronyms(self, english: list[Term], chinese: Status) -> list[Term]:
        by_key: defaultdict[str, list[Record]] = defaultdict(list)
        for r in self.records:
            if r.acronym:
                by_key[r.acronym].append(r)
        given = {en_key(t.text): t.status for t in english}
        terms = []
        for acronym, records in by_key.items():
            paired = [given[r.en] for r in records if r.en in given]
            status = self.rulings.of_acronym(acronym) or (min(paired, key=STATUSES.index) if paired else None)
            status = status or (chinese if self.main or english else self.auto(confidence(records), records))
            terms.append(Term(_printed(records, lambda r: r.entry.acronym), "en", "acronym", status,
                              "text" if any(r.document for r in records) else _source(records), None, *_support(records)))
        if self.edited.acronym is not None:
            kept = [t for t in terms if acronym_key(t.text) == acronym_key(self.edited.acronym)]
            return kept or [Term(self.edited.acronym, "en", "acronym", chinese, "curated")]
        shorts = {s for r in self.records for s in r.entry.short if not has_chinese(s) and acronym_key(s) not in by_key}
        terms += [Term(s, "en", "acronym", self.rulings.of_acronym(acronym_key(s)) or chinese) for s in sorted(shorts)]
        return sorted(terms, key=_preferred)

    def auto(self, sure: float, records: Iterable[Record] = ()) -> Status:
        """What the machine says of its own finding. What only English sides give is uncertain, however often."""
        printed = [r for r in records if r.document]
        weak = sure < self.threshold or (printed and all(r.entry.parallel for r in printed))
        return "uncertain" if self.found and weak else "proposed"

    # -- fields --------------------------------------------------------------------------------------------------------

    def kind(self) -> TermKind:
        if self.edited.kind:
            return self.edited.kind
        added = [d.to.kind for d in self.decisions if d.verb == "add" and d.to.kind]
        weight: Counter[TermKind] = Counter()
        for r in self.found:
            weight[r.entry.kind] += max(1, round(r.entry.confidence * 100))
        return added[0] if added else min(weight or ["term"], key=lambda k: (-weight[k], KINDS.index(k)))

    def most(self, field: Callable[[Record], str | None]) -> str | None:
        """What most documents say."""
        said = Counter(value for r in self.records if (value := field(r)))
        return min(said, key=lambda v: (-said[v], v)) if said else None

    # -- what a person should see --------------------------------------------------------------------------------------

    def affiliations(self) -> list[Conflict]:
        """Whether one name has affiliations of which none holds another: perhaps two people of one name."""
        if self.edited.affiliation is not None or self.kind() != "person":
            return []
        said = sorted({r.entry.affiliation for r in self.found if r.entry.affiliation})
        apart = [a for a in said if not any(a != b and within(zh_key(a), zh_key(b)) for b in said)]
        if len({zh_key(a) for a in apart}) < 2:
            return []
        return [Conflict("several affiliations", f"given as of {' and of '.join(apart)}: one person or several?", tuple(apart))]

    def unsupported(self) -> list[Conflict]:
        """Decisions about what no report holds (any more). What people added needs no report, nor does a synonym that they
        admitted or forbade: only the term that it is a synonym of does."""
        out = []
        for record in self.records:
            d = record.decision
            if d is None or d.verb == "add":
                continue
            synonym = d.verb in ("admit", "forbid") and bool(record.zh)
            zh = zh_key(d.of) or record.zh
            en = record.en if d.en or d.to.en else ""
            if not any((not zh or r.zh == zh or zh in map(zh_key, r.entry.short)) and (synonym or not en or r.en == en)
                       and (bool(zh) or (record.en in ("", r.en) and record.acronym in ("", r.acronym))) for r in self.found):
                out.append(Conflict("decision without evidence", f"\"{d}\" (line {d.line}): no report says so", (d.term,)))
        return out

    def overruled(self, terms: list[Term]) -> list[Conflict]:
        """Decisions about terms that turned out to be one with others, of which other decisions say otherwise."""
        out = []
        for record in self.records:
            d = record.decision
            if d is None or d.status is None:
                continue
            if record.zh and not d.en:
                status = {t.status for t in terms if t.language != "en" and zh_key(t.text) == record.zh}
            else:
                status = {t.status for t in terms if t.language == "en" and (
                    (record.en and en_key(t.text) == record.en) or (record.acronym and acronym_key(t.text) == record.acronym))}
            if status and d.status not in status:
                said = f"\"{d}\" (line {d.line}): {', '.join(sorted(status))} by another decision"
                out.append(Conflict("decision overruled", said, (d.term,)))
        return out


def _preferred(term: Term) -> tuple[object, ...]:
    return (STATUSES.index(term.status), term.source != "text", -(term.confidence or 0.0), -term.mentions, term.text)


def _printed(records: list[Record], field: Callable[[Record], str | None]) -> str:
    """The spelling that is printed most; of what people wrote themselves, theirs."""
    own = [value for r in records if _wanted(r) and (value := field(r))]
    if own:
        return own[0]
    count: Counter[str] = Counter()
    for r in records:
        count[field(r) or ""] += r.entry.mentions
    return min(count, key=lambda text: (-count[text], text.isupper(), text))


def _wanted(record: Record) -> bool:
    """Whether it is a decision for a term."""
    return record.decision is not None and record.decision.status in ("approved", "admitted")


def _weight(text: str, records: list[Record]) -> tuple[bool, int]:
    """For sorting spellings: what is printed so comes before what only conversion gives, the frequent before the rare."""
    return not any(r.document and r.entry.zh == text for r in records), -sum(r.entry.mentions for r in records)


def _source(records: list[Record]) -> str:
    """``"text"`` if a report gives it; else where most of it is from."""
    sources = sorted({r.entry.source for r in records if r.document}) or sorted({r.entry.source for r in records})
    return "text" if "text" in sources else sources[0] if sources else "curated"


def _support(records: list[Record], printed: bool = False) -> tuple[int, bool]:
    """How often it stands in the reports, and whether people decided on what does not stand there at all.

    ``printed``: of something that the Chinese prints, so that what its English side says of it is no place more.
    """
    added = any(r.decision and r.decision.verb == "add" for r in records)
    found = _mentions(records) if printed else sum(r.entry.mentions for r in records if r.document)
    return found, not found and not added


def _mentions(records: Iterable[Record]) -> int:
    """The places in the Chinese. An English side tells them again, but for names that the report's own terms do not have."""
    by_document: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for r in records:
        if r.document:
            by_document[r.document][r.entry.parallel] += r.entry.mentions
    return sum(count[False] or count[True] for count in by_document.values())


def _apart(evidence: Iterable[Evidence]) -> set[Evidence]:
    """Without places that are told again with what stands beside them, there or on the English side."""
    found = set(evidence)
    told = {(e.document, e.start, e.end) for e in found if e.other or e.gloss_end > e.gloss_start}
    return {e for e in found if e.other or e.gloss_end > e.gloss_start or (e.document, e.start, e.end) not in told}


def _by_gloss(e: Evidence) -> tuple[object, ...]:
    beside = (e.other.document, e.other.start, e.other.end) if e.other else ("", 0, 0)
    return (e.gloss_end <= e.gloss_start, e.other is None, e.document, e.start, e.end, e.gloss_start, e.sentence, beside)


def _spread(evidence: list[Evidence], limit: int) -> tuple[Evidence, ...]:
    """At most ``limit`` of them, from as many documents as there are, those with a gloss first."""
    if len(evidence) <= limit:
        return tuple(evidence)
    turn: Counter[str] = Counter()
    ranked = []
    for k, e in enumerate(evidence):
        ranked.append((turn[e.document], k, e))
        turn[e.document] += 1
    ranked.sort(key=lambda x: x[:2])
    return tuple(sorted((e for _, _, e in ranked[:limit]), key=_by_gloss))


def _distinct(terms: list[Term]) -> tuple[Term, ...]:
    """Without those that say the same again: of two, the first, with the places of both."""
    found: dict[tuple[str, str], Term] = {}
    for t in terms:
        same = found.get((t.language, t.text))
        found[t.language, t.text] = msgspec.structs.replace(same, mentions=same.mentions + t.mentions) if same else t
    return tuple(found.values())

