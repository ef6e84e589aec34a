"""A translation against the glossary: does the English say every concept of the Chinese as people decided?

What counts as right is for a Checker to know; which segments there are, for ``bitext``; how it is told, for ``report``.

    >>> from pipeline.check import Checker
    >>> from pipeline.check.bitext import Segment
    >>> from pipeline.glossary.model import Concept, Term
    >>> terms = (Term("公正轉型", "zh-Hant", status="approved"), Term("just transition", "en", status="approved"))
    >>> checker = Checker([Concept("c1", "term", "approved", terms)])
    >>> [found] = checker.check([Segment("report.txt", 1, "推動公正轉型。", "It promotes a fair change.")])
    >>> found.rule, found.term, found.expected
    ('missing', '公正轉型', ('just transition',))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from pipeline.check.bitext import Segment
from pipeline.check.english import Finder, Hit, acronym_at, is_acronym, words
from pipeline.data import table
from pipeline.glossary.curate import Curated
from pipeline.glossary.keys import acronym_key, en_key, has_chinese, looks_like_acronym, zh_key
from pipeline.glossary.match import Match, Matcher
from pipeline.glossary.model import LIVE, Concept, Status, Term
from pipeline.wording import listed

Rule = Literal["missing", "forbidden", "acronym", "unexplained"]

RULES: dict[Rule, str] = {
    "missing": "The English has none of the renderings of a term of the Chinese.",
    "forbidden": "A rendering that people forbade.",
    "acronym": "Another acronym behind the name than its own.",
    "unexplained": "An acronym before the name that it stands for.",
}
APPROVED: frozenset[Status] = frozenset(("approved", "admitted"))
_BRACKET = re.compile(r"\s*[(（]\s*(?:hereinafter|abbreviated as|or)?\s*[\"“']?([^()（）\s]{2,12})[\"”']?\s*[)）]")
_CUT = 3  # terms of so few characters may stand across two words and not be meant


class Finding(Struct, frozen=True):
    """Something flagged in a segment: which rule, of which term, which renderings are right, and what stands there instead
    (``found``, at ``start`` to ``end`` of the English; else ``""``). ``senses``: whether the term is several things."""

    rule: Rule
    segment: Segment
    term: str
    concept: str
    expected: tuple[str, ...]
    found: str = ""
    start: int = 0
    end: int = 0
    senses: bool = False

    @property
    def message(self) -> str:
        """What is wrong, in a line."""
        choices = listed(f"\"{e}\"" for e in self.expected)
        if self.rule == "missing":
            many = ", by what is meant" if self.senses else ""
            return f"{self.term} should be {choices}{many}; the English has none of them" if len(self.expected) > 1 else \
                f"{self.term} should be {choices}, which the English does not have"
        instead = f"; say {choices}" if self.expected else ""
        if self.rule == "forbidden":
            return f"\"{self.found}\" must not be used for {self.term}{instead}"
        if self.rule == "acronym":
            return f"{self.term} has the acronym {choices}, not \"{self.found}\""
        return f"\"{self.found}\" stands for {self.term} and is not explained yet{instead} at its first mention"


class _Rendering(NamedTuple):
    concept: Concept
    term: Term


class Checker:
    """Checks translations against concepts.

    ``statuses``: which renderings count as right. ``acronyms``: whether an acronym counts only once its name was mentioned.
    ``checkable`` says how many concepts have a rendering that counts.
    """

    def __init__(self, concepts: Iterable[Concept], statuses: Iterable[Status] = APPROVED, curated: Curated = Curated(),
                 acronyms: bool = True):
        given = [c for c in concepts if c.status != "rejected"]
        kept = [c for c in given if c.status != "forbidden"]
        self._statuses = frozenset(statuses)
        self._strict = acronyms
        self._right = {c.id: [t for t in c.of("en") if t.status in self._statuses] for c in given}
        self._matcher = Matcher(kept, (LIVE - {"uncertain"}) | self._statuses)
        self._names = {c.id: c.name for c in given}
        self._forbidden = [_Rendering(c, t) for c in given for t in c.of("en") if t.status == "forbidden"]
        self._adjectives = {c.id: _adjectives(c) for c in kept if c.kind == "place"}
        right = [t for terms in (*self._right.values(), *self._adjectives.values()) for t in terms]
        self._allowed_anywhere = {en_key(t.text) for c in kept for t in c.of("en") if t.status in APPROVED}
        live = [t for c in kept for t in c.of("en", "full form", "variant") if t.status in LIVE]
        self._finder = Finder({t.text for t in (*right, *live, *(f.term for f in self._forbidden)) if not is_acronym(t)})
        self._dismissed = [(zh_key(d.zh) or en_key(d.term), d.within) for d in curated.decisions if d.verb == "dismiss"]
        self.checkable = sum(c.kind != "person" and bool(self._right[c.id]) for c in kept)

    def check(self, segments: Sequence[Segment]) -> Iterator[Finding]:
        """What is to be flagged in the segments of a document, in order."""
        explained: set[str] = set()
        for segment in segments:
            hits: dict[str, list[Hit]] = {}
            for hit in self._finder.find(segment.en):
                hits.setdefault(hit.key, []).append(hit)
            explained |= hits.keys()
            found = list(self._segment(segment, hits, explained))
            yield from (f for f in sorted(found, key=lambda f: (f.start, f.term)) if not self._silenced(f))

    def _segment(self, segment: Segment, hits: dict[str, list[Hit]], explained: set[str]) -> Iterator[Finding]:
        named = {m.concept.id: m for m in reversed(self._named(segment.zh))}
        right = {id: self._places(segment.en, self._accepted(m), hits) for id, m in named.items()}
        wrong = list(self._wrong(segment.en, hits, right))
        said = set()
        for rendering, hit in wrong:
            said.add(rendering.concept.id)
            match = named.get(rendering.concept.id)
            yield self._finding("forbidden", segment, rendering.concept, match, hit)
        for id, match in named.items():
            terms = self._renderings(match)
            if not terms:
                continue
            own = [h for h in right[id] if not any(_inside(h, o) for two in right.keys() - {id} for o in right[two])]
            if not own:
                if id not in said:
                    yield self._finding("missing", segment, match.concept, match)
                continue
            acronyms = {t.text for t in terms if is_acronym(t)}
            names = [t.text for c in (match.concept, *match.others) for t in c.of("en", "full form", "variant")
                     if t.status in LIVE and not is_acronym(t)]
            chinese = has_chinese(segment.zh[match.start : match.end])
            if self._strict and chinese and names and explained.isdisjoint(names) and all(h.key in acronyms for h in own):
                yield self._finding("unexplained", segment, match.concept, match, own[0])
            if other := self._other_acronym(segment.en, own, match):
                yield self._finding("acronym", segment, match.concept, match, other)

    def _named(self, zh: str) -> list[Match]:
        """The terms that the Chinese names, but for people, and for what stands across words by chance (國會 in 美國會議)."""
        found = [m for m in self._matcher.find(zh) if m.concept.kind != "person"]
        if any(m.end - m.start <= _CUT and self._right.get(m.concept.id) for m in found):
            from pipeline.segment import tokens

            edges = {edge for t in tokens(zh) for edge in (t.start, t.end)}
            found = [m for m in found if m.end - m.start > _CUT or m.start in edges or m.end in edges
                     or edges.isdisjoint(range(m.start, m.end))]
        return found

    def _renderings(self, match: Match) -> list[Term]:
        """What counts as right for any of the senses. A sense on which nobody decided counts with what was found for it."""
        if not any(self._right[c.id] for c in (match.concept, *match.others)):
            return []
        return [t for c in (match.concept, *match.others)
                for t in self._right[c.id] or [t for t in c.of("en") if t.status in LIVE]]

    def _accepted(self, match: Match) -> list[Term]:
        """The renderings, and for a country what is of it: 瑞典專家 are Swedish experts."""
        return self._renderings(match) + [t for c in (match.concept, *match.others) for t in self._adjectives.get(c.id, ())]

    def _places(self, en: str, terms: list[Term], hits: dict[str, list[Hit]]) -> list[Hit]:
        return [h for t in terms for h in (acronym_at(en, t.text) if is_acronym(t) else hits.get(t.text, ()))]

    def _wrong(self, en: str, hits: dict[str, list[Hit]], right: dict[str, list[Hit]]) -> Iterator[tuple[_Rendering, Hit]]:
        """Forbidden renderings, but for those that are part of a right one, or right for something else."""
        taken: list[Hit] = []
        for rendering in self._forbidden:
            id = rendering.concept.id
            if id not in right and en_key(rendering.term.text) in self._allowed_anywhere:
                continue
            own = self._places(en, self._right[id], hits)
            others = [h for other in right.keys() - {id} for h in right[other]]
            for hit in self._places(en, [rendering.term], hits):
                if any(_inside(hit, h) or _same(hit, h) for h in (*own, *others, *taken)):
                    continue
                if len(words(en[hit.start : hit.end])) != len(words(rendering.term.text)):
                    continue  # who forbids off-shore does not mean offshore
                taken.append(hit)
                yield rendering, hit

    def _other_acronym(self, en: str, own: list[Hit], match: Match) -> Hit | None:
        """An acronym in brackets behind the name that is not one of its own, where it has any."""
        known = {acronym_key(t.text) for c in (match.concept, *match.others) for t in c.of("en", "acronym") if t.status in LIVE}
        for hit in own if known else ():
            bracket = _BRACKET.match(en, hit.end)
            if bracket and looks_like_acronym(bracket[1]) and acronym_key(bracket[1]) not in known:
                return Hit(*bracket.span(1), bracket[1])
        return None

    def _finding(self, rule: Rule, segment: Segment, concept: Concept, match: Match | None, hit: Hit | None = None) -> Finding:
        terms = self._renderings(match) if match else self._right[concept.id]
        if rule == "acronym":
            terms = [t for t in concept.of("en", "acronym") if t.status in LIVE]
        elif rule == "unexplained":
            terms = [t for t in terms if not is_acronym(t)] or list(concept.of("en", "full form"))
        term = segment.zh[match.start : match.end] if match else concept.name
        found = segment.en[hit.start : hit.end] if hit else ""
        start, end = (hit.start, hit.end) if hit else (0, 0)
        return Finding(rule, segment, term, concept.id, tuple(dict.fromkeys(t.text for t in terms)), found, start, end,
                       bool(match and match.others) or len([t for t in concept.of("en", "full form") if t in terms]) > 1)

    def _silenced(self, finding: Finding) -> bool:
        names = {zh_key(t) if has_chinese(t) else en_key(t) for t in (finding.term, self._names[finding.concept])}
        return any(term in names and (not within or within in (finding.segment.file, _name(finding.segment.file))
                                    or en_key(within) == en_key(finding.segment.en)) for term, within in self._dismissed)


def _adjectives(place: Concept) -> list[Term]:
    """What else may stand in English for a country: Swedish for Sweden, UK for the United Kingdom."""
    known = {row[0]: row[1].split() for row in table("demonyms.tsv")}
    return [Term(word, "en", "variant") for t in place.of("en") if t.status in LIVE for word in known.get(t.text, ())]


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _same(one: Hit, two: Hit) -> bool:
    return (one.start, one.end) == (two.start, two.end)


def _inside(one: Hit, two: Hit) -> bool:
    """Whether one is a part of two, which is longer."""
    return two.start <= one.start and one.end <= two.end and not _same(one, two)
