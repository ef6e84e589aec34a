"""Everything that one document says of names and terms, as candidates for the glossary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from msgspec.structs import replace

from pipeline.document import Candidate, Document, Evidence, TermKind
from pipeline.scripts.detect import fold
from pipeline.terms.align import sort_of
from pipeline.terms.bare import acronyms, pairs
from pipeline.terms.kinds import agree, kind_of
from pipeline.terms.mentions import Decision, Mention, decide, squeeze
from pipeline.terms.people import people
from pipeline.terms.places import places
from pipeline.terms.singles import settled
from pipeline.terms.spans import Piece
from pipeline.terms.window import DOTS, QUOTES

_DOT = re.compile(f"[{''.join(sorted(DOTS))}]")  # 烏利‧希克 and 烏利．希克 are one
BARE = 200  # bare uses of a term that are kept as evidence


def gather(document: Document, with_places: bool = True, with_people: bool = True, least: float = 0.0) -> list[Candidate]:
    """The candidates of a document, in the order in which they first stand in it."""
    plain = fold(document.text)
    decisions = decide(document)
    mentions = [d.mention for d in decisions if d.mention and d.mention.confidence >= least]
    mentions += pairs(document, mentions, [(d.gloss.start, d.gloss.end) for d in decisions])
    shorts = [m for m in mentions if m.gloss.sort == "short"]
    shorts += [
        replace(m, gloss=replace(m.gloss, sort="short", chinese=m.gloss.short))
        for m in mentions
        if m.gloss.sort == "forward" and m.gloss.short
    ]
    found = _merge(document, plain, [m for m in mentions if m.gloss.sort != "short"])
    found = settled(plain, agree(_with_shorts(document, plain, found, shorts)))
    if with_people:
        found += people(document, plain, found, mentions)
    if with_places:
        found += places(document, plain, found)
    found += _spelled_out(document, decisions, found)
    found += acronyms(document, found)
    found = _with_bare_uses(document, found)
    return sorted(found, key=lambda c: (c.evidence[0].start if c.evidence else 0, c.zh or "", c.en or "", c.acronym or ""))


def _merge(document: Document, plain: str, mentions: list[Mention]) -> list[Candidate]:
    """One candidate for each (zh, en, acronym); an acronym alone joins the pair that spells it out. ``plain``: the text,
    folded."""
    text = document.text
    groups: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for m in mentions:
        groups[_DOT.sub("·", _tight(plain, m.zh)), m.english.casefold(), m.acronym].append(m)
    by_zh: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key in groups:
        by_zh[key[0]].append(key)
    for keys in by_zh.values():
        for key in keys if len(keys) > 1 else ():
            _, english, acronym = key
            fuller = [
                k
                for k in keys
                if k != key and k in groups and (k[1] == english or not english) and (k[2] == acronym or not acronym)
            ]
            if fuller and not (english and acronym):
                groups[max(fuller, key=lambda k: (bool(k[1]), bool(k[2])))] += groups.pop(key)
    out = []
    for group in groups.values():
        group.sort(key=lambda m: m.zh.start)
        m = max(group, key=lambda m: (bool(m.english) + bool(m.acronym), m.confidence))
        english, acronym = m.english, m.acronym
        zh = _printed(text, m.zh)
        strongest = max(x.confidence for x in group)
        out.append(
            Candidate(
                kind=_kind(text, m),
                zh=zh,
                zh_hant=_view(document, "hant", m.zh, zh),
                zh_hans=_view(document, "hans", m.zh, zh),
                en=english or None,
                acronym=acronym or None,
                confidence=round(strongest, 3),
                reasons=m.reasons,
                evidence=tuple(Evidence(x.zh.start, x.zh.end, x.beside.start, x.beside.end) for x in group),
            )
        )
    return out


def _kind(text: str, m: Mention) -> TermKind:
    left, right = text[max(0, m.zh.start - 8) : m.zh.start], text[m.gloss.end : m.gloss.end + 8]
    mark = left[-1:] if left[-1:] in QUOTES.values() else ""
    evidence = next((p.evidence for p in m.places if m.window and m.window.offsets[p.at] == m.zh.start), {})
    return kind_of(
        _tight(text, m.zh),
        m.english,
        m.acronym,
        left,
        right,
        mark,
        evidence.get("sound", 0.0),
        evidence.get("English found", 0.0),
        m.window.tail if m.window else "",
        m.window is not None and not m.window.quoted and sort_of(m.window.chars, m.query) == "person",
    )


def _with_shorts(document: Document, plain: str, found: list[Candidate], shorts: Iterable[Mention]) -> list[Candidate]:
    text = document.text
    out = list(found)
    place = {fold("".join(c.zh.split())): k for k, c in reversed(list(enumerate(out))) if c.zh}
    for m in shorts:
        assert m.gloss.chinese
        short = squeeze(text, m.gloss.chinese)
        key = _tight(plain, m.zh)
        at = place.get(key)
        evidence = Evidence(m.zh.start, m.zh.end, m.gloss.chinese.start, m.gloss.chinese.end)
        if at is None:
            place[key] = len(out)
            zh = _printed(text, m.zh)
            out.append(
                Candidate(
                    kind=kind_of(_tight(text, m.zh)),
                    zh=zh,
                    zh_hant=_view(document, "hant", m.zh, zh),
                    zh_hans=_view(document, "hans", m.zh, zh),
                    short=(short,),
                    confidence=round(m.confidence, 3),
                    reasons=m.reasons,
                    evidence=(evidence,),
                )
            )
        elif short not in out[at].short:
            c = out[at]
            out[at] = replace(c, short=(*c.short, short), evidence=(*c.evidence, evidence))
    return out


def _spelled_out(document: Document, decisions: list[Decision], found: list[Candidate]) -> list[Candidate]:
    """Acronyms that the report spells out in Latin letters only: GRI (Global Reporting Initiative)."""
    text = document.text
    known = {c.acronym for c in found if c.acronym and c.en}
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for d in decisions:
        g = d.gloss
        if d.mention is None and g.sort == "latin" and g.english and g.acronym and squeeze(text, g.acronym) not in known:
            groups[squeeze(text, g.english), squeeze(text, g.acronym)].append(
                Evidence(g.english.start, g.english.end, g.acronym.start, g.acronym.end)
            )
    return [
        Candidate(
            kind=kind_of("", en, acronym),
            en=en,
            acronym=acronym,
            confidence=0.9,
            reasons=("the letters begin the words",),
            evidence=tuple(evidence),
        )
        for (en, acronym), evidence in groups.items()
    ]


def _with_bare_uses(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Each candidate with its further occurrences, where no longer term holds them."""
    text = document.text
    names: dict[str, list[int]] = defaultdict(list)
    for k, c in enumerate(found):
        name = c.zh or c.en
        if name and len(name) > 1 and c.source == "text":
            names[name].append(k)
    by_pair: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_pair[name[:2]].append(name)
    more: dict[int, list[Evidence]] = defaultdict(list)
    first, second = (re.escape("".join(sorted({pair[n] for pair in by_pair}))) for n in (0, 1))
    end = 0
    for m in re.finditer(f"[{first}](?=[{second}])", text) if by_pair else ():
        at = m.start()
        for name in by_pair.get(text[at : at + 2], ()) if at >= end else ():
            if text.startswith(name, at):
                end = at + len(name)
                for k in names[name]:
                    if len(more[k]) < BARE:
                        more[k].append(Evidence(at, end, end, end))
                break
    out = []
    for k, c in enumerate(found):
        here = more[k] if k in more and len(c.evidence) < 50 else []
        extra = [e for e in here if not any(x.start < e.end and e.start < x.end for x in c.evidence)]
        out.append(replace(c, evidence=(*c.evidence, *extra)) if extra else c)
    return out


def _tight(text: str, piece: Piece) -> str:
    return "".join(text[piece.start : piece.end].split())


def _printed(text: str, piece: Piece) -> str:
    return text[piece.start : piece.end].replace("\n", "")


def _view(document: Document, name: str, piece: Piece, otherwise: str) -> str:
    view = document.views.get(name)
    if view is None or len(view.text) != len(document.text):
        return otherwise
    return view.text[piece.start : piece.end].replace("\n", "")
