"""What the English side gives the glossary: names and acronyms that the Chinese side does not give in English.

Looked for in beads that are sure. An acronym that the Chinese has bare is what the English spells out. A Chinese name (one that
the report's terms have without English, one in book or quotation marks, one that ends as names of bodies and programmes do) is
an English one of the same bead where the one translates or spells the other from end to end, by the evidence that tells where
the Chinese of a gloss begins (``pipeline.terms.align``); or where they are the only titles in quotation marks. What is found is
uncertain until a person says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.document import Candidate, Document, Span, TermKind
from pipeline.glossary.keys import acronym_key, en_key, zh_key
from pipeline.glossary.model import PARALLEL, Counterpart, Entry, Evidence
from pipeline.glossary.scripts import to_hans, to_hant
from pipeline.parallel.anchors import rendered
from pipeline.parallel.english_names import Name, expansions, names, people
from pipeline.parallel.model import Pair
from pipeline.parallel.names import FOREIGN_NAME, spells_given
from pipeline.scripts.detect import fold
from pipeline.terms.align import Query, rank
from pipeline.terms.kinds import kind_of
from pipeline.terms.lexicon import content_words, head_of, is_word, meanings, stem, surnames, titles
from pipeline.terms.signs import FUNCTION
from pipeline.terms.sound import scores
from pipeline.terms.window import COUNTED, Window, before

SURE = 0.9  # the score of a bead that is taken
WHOLE = 0.85  # how sure it is where either side renders the other without rest
QUOTED = 0.8  # where they are the only titles on either side
MOST = 0.89  # confidence that repetition can bring
EVIDENCE = 8
_BOOK = re.compile("[》〉]")
_QUOTE = re.compile("[」』”]")
_TITLE = re.compile("[「『《“]([^「」『』《》“”。！？，]{2,30})[」』》”]")
_ENGLISH_TITLE = re.compile("[“‘\"]([A-Z][^“”\"]{3,80})(?<![.,?!])[”’\"]")
_AND, _AND_TOO = re.compile("[及與与和、暨]"), re.compile(r"\band\b|&|,")
_COUNTS = frozenset("0123456789第一二三四五六七八九十")
_NUMBERED = re.compile("(?:[0-9]{2,4}年度?)?(?:第[0-9一二三四五六七八九十百]+[屆届次期])?")
_ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth) ")
_OWNED = re.compile("['’]s ")
_NTH = re.compile("第[0-9一二三四五六七八九十百]+[屆届次期]")
_LABEL = re.compile(r"\s*[（(]?(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+|[A-Za-z])[)）、.\s\u3000]+")


class Side(NamedTuple):
    """A Document with the spans of its sentences in its text."""

    document: Document
    spans: Sequence[Span]

    def text(self, k: int) -> str:
        """A sentence, character by character as in the text."""
        return self.document.text[self.spans[k].start : self.spans[k].end]


class Found(NamedTuple):
    """A rendering in a bead: ``zh`` and ``en`` span the texts of the two Documents, in their sentences ``i`` and ``j``."""

    chinese: str
    english: str
    acronym: str
    kind: TermKind
    sure: float
    zh: Span
    i: int
    en: Span
    j: int
    reason: str


def renderings(zh: Side, en: Side, pairs: Sequence[Pair], spelled: Mapping[str, tuple[str, ...]]) -> tuple[Entry, ...]:
    """The entries that the glossary gains, with a place in either document as evidence.

    ``spelled``: Chinese names (folded) and the words of the English that they spell, as ``names.spelled`` finds them.
    """
    sure = [p for p in pairs if p.zh and p.en and len(p.zh) + len(p.en) <= 4 and p.score >= SURE]
    known = {zh_key(c.zh) for c in zh.document.candidates if c.zh and c.en}
    found = [f for f in _names(zh, en, sure, spelled) if zh_key(f.chinese) not in known]
    return (*_acronyms(zh, en, pairs, found), *_entries(zh, en, found))


# -- acronyms ---------------------------------------------------------------------------------------------------------------


def _acronyms(zh: Side, en: Side, pairs: Sequence[Pair], found: Sequence[Found]) -> Iterator[Entry]:
    """What the English spells out of the acronyms that stand bare in the Chinese."""
    bare = {acronym_key(c.acronym): c for c in zh.document.candidates if c.acronym and not c.zh and not c.en}
    spelled: dict[str, dict[str, list[tuple[Span, int]]]] = defaultdict(lambda: defaultdict(list))
    for j, span in enumerate(en.spans):
        for e in expansions(en.text(j)):
            if acronym_key(e.acronym) in bare:
                spelled[acronym_key(e.acronym)][e.text].append((Span(span.start + e.start, span.start + e.end), j))
    beside = {j: p.zh for p in pairs for j in p.en}
    named = {acronym_key(f.acronym) for f in found if f.acronym}
    for key, texts in spelled.items():
        if len({en_key(text) for text in texts}) > 1 or key in named:
            continue  # two expansions: the Chinese does not say which
        candidate, (text, places) = bare[key], next(iter(texts.items()))
        evidence, together = [], False
        for place, j in places:
            own = [e for e in candidate.evidence if any(_inside(e.start, zh.spans[i]) for i in beside.get(j, ()))]
            together = together or bool(own)
            at = (own or candidate.evidence)[0]
            i = next(k for k, s in enumerate(zh.spans) if _inside(at.start, s) or k == len(zh.spans) - 1)
            evidence.append(_evidence(zh, Span(at.start, at.end), i, en, place, j))
        reason = "the English side spells it out" + ("" if together else ", in another sentence")
        kind = kind_of("", text, candidate.acronym or "", rendered=1.0)
        yield Entry(kind, en=text, acronym=candidate.acronym, source=PARALLEL, confidence=0.85 if together else 0.75,
                    reasons=(reason,), mentions=len(evidence), evidence=tuple(evidence[:EVIDENCE]))


# -- names ------------------------------------------------------------------------------------------------------------------


def _names(zh: Side, en: Side, pairs: Sequence[Pair], spelled: Mapping[str, tuple[str, ...]]) -> Iterator[Found]:
    for pair in pairs:
        found = [f for i in pair.zh for j in pair.en
                 for f in (*_phrases(zh, i, en, j), *_people(zh, i, en, j, spelled), *_quoted(zh, i, en, j))]
        taken: list[Found] = []
        for f in sorted(found, key=lambda f: (-f.sure, bool(_OWNED.search(f.english)), f.en.start - f.en.end, f.zh.start)):
            # one name, one rendering; whose it is belongs to it only where the Chinese says it too
            if not any(_overlap(f.zh, t.zh) or _overlap(f.en, t.en) for t in taken):
                taken.append(f)
        yield from taken


def _phrases(zh: Side, i: int, en: Side, j: int) -> Iterator[Found]:
    """Names that the words of the other language translate."""
    english = [(name, {stem(w) for w in content_words(name.text)}) for name in names(en.text(j))]
    if not english:
        return
    start = en.spans[j].start
    starts = frozenset(t.start for t in zh.document.tokens[_first(zh.document, zh.spans[i].start) :][:400])
    for end, kind, window, ends in _windows(zh, i, any(name.acronym for name, _ in english)):
        offered = rendered(window.chars)
        likely = [(name, stems) for name, stems in english if len(stems & offered) >= 0.5 * len(stems) and (
            ends or (name.acronym and len(stems) > 2 and stems <= offered))]
        for name, stems in likely[:12]:
            fit = _fit(window, name, stems, starts)
            if not fit or (not ends and fit[1] < WHOLE):
                continue
            at, sure = fit
            at, name = _without_number(window, at, name)
            span = Span(window.offsets[at], end)
            chinese = window.chars[at:]
            text, mark = zh.document.text, window.stop if window.quoted else ""
            said = kind or kind_of(chinese, name.text, left=text[max(0, span.start - 8) : span.start],
                                   right=text[end + bool(mark) : end + 8] or "。", mark=mark, rendered=1.0)
            if said in ("term", "person") and not window.quoted:
                if ends:
                    continue
                said = kind_of("", name.text, name.acronym, rendered=1.0)
            yield Found(chinese, name.text, name.acronym, said, sure, span, i, Span(start + name.start, start + name.end), j,
                        "the English of the parallel sentence renders it")


def _quoted(zh: Side, i: int, en: Side, j: int) -> Iterator[Found]:
    """A title that is all that either side has in quotation marks, if they share a word: 「鹽與藥」, “Salt and Medicine”."""
    document, sentence, english = zh.document, zh.text(i), en.text(j)
    one, two = list(_TITLE.finditer(sentence)), list(_ENGLISH_TITLE.finditer(english))
    if len(one) != 1 or len(two) != 1 or not _written_as_title(two[0][1]):
        return
    if not {stem(w) for w in content_words(two[0][1])} & rendered(one[0][1]):
        return
    (a, b), (c, d) = one[0].span(1), two[0].span(1)
    start, beside = zh.spans[i].start, en.spans[j].start
    kind = kind_of(one[0][1], two[0][1], left=sentence[max(0, a - 9) : a - 1], right=sentence[b + 1 : b + 9] or "。",
                   mark=sentence[b], rendered=1.0)
    yield Found(document.text[start + a : start + b], two[0][1], "", kind, QUOTED, Span(start + a, start + b), i,
                Span(beside + c, beside + d), j, "the only title in the parallel sentences")


def _written_as_title(text: str) -> bool:
    words = [w for w in text.split() if w[0].isalpha()]
    return len(words) > 1 and sum(w[0].isupper() for w in words) * 2 > len(words)


def _windows(zh: Side, i: int, anywhere: bool) -> Iterator[tuple[int, TermKind | None, Window, bool]]:
    """Where names may end in a sentence, with what stands before: known names, quotations, heads of names; with ``anywhere``,
    the other words too. The last field says whether a name is likely to end there."""
    document, span = zh.document, zh.spans[i]
    text = zh.text(i)
    for c in document.candidates:
        if c.zh and not c.en and c.kind != "person":
            yield from ((e.end, c.kind, _whole(c.zh, Span(e.start, e.end)), True) for e in _places(document, c, span))
    for m in re.finditer(f"{_BOOK.pattern}|{_QUOTE.pattern}", text):
        window = before(document.text, span.start + m.end())
        if window and window.quoted and 2 < len(window.chars) <= 30 and window.offsets[0] >= span.start:
            yield window.offsets[-1] + 1, None, window, True
    if document.paragraphs[_paragraph(document, span.start)].kind in ("title", "heading"):
        return
    folded = fold(text)
    label = _LABEL.match(text)
    low = span.start + (label.end() if label else 0)
    for token in document.tokens[_first(document, span.start) :]:
        if token.start >= span.end:
            break
        head = head_of(folded[: token.end - span.start])
        likely = head is not None and (head[1] == "organisation" or (head[1] == "programme" and len(head[0]) > 1))
        if likely or anywhere:
            window = before(document.text, token.end)
            if window and not window.quoted and window.offsets[-1] + 1 == token.end:
                inside = tuple(k for k in window.offsets if k >= low)
                if len(inside) > 2:
                    chars = window.chars[len(window.offsets) - len(inside) :]
                    yield token.end, None, replace(window, chars=chars, offsets=inside), likely


def _first(document: Document, at: int) -> int:
    """The number of the first token from ``at`` on."""
    return bisect_left(document.tokens, at, key=lambda t: t.start)


def _paragraph(document: Document, at: int) -> int:
    return max(0, bisect_right(document.paragraphs, at, key=lambda p: p.start) - 1)


def _places(document: Document, c: Candidate, span: Span) -> Iterator[Span]:
    for e in c.evidence:
        if span.start <= e.start and e.end <= span.end:
            yield Span(e.start, e.end)
    for short in c.short:
        for m in re.finditer(re.escape(short), document.text[span.start : span.end]):
            yield Span(span.start + m.start(), span.start + m.end())


def _whole(zh: str, place: Span) -> Window:
    """A name whose limits are known. Its characters need not be those of the place: a short form stands for it."""
    chars = "".join(zh.split())
    return Window(chars, (*[place.start] * (len(chars) - 1), place.end - 1), "「", quoted=True)


def _fit(window: Window, name: Name, stems: set[str], starts: frozenset[int]) -> tuple[int, float] | None:
    """Where the Chinese name begins, and how sure it is; None where the two do not render each other from end to end."""
    places = rank(window, Query(name.text))
    if not places or (not window.quoted and places[0].probability < 0.5):
        return None
    at, e = places[0].at, places[0].evidence
    chinese = window.chars[at:]
    if not window.quoted:
        if window.offsets[at] not in starts or (chinese[0] in COUNTED and at and window.chars[at - 1] in _COUNTS):
            return None  # half of a word; 第三屆…
        joined = [head_of(fold(chinese[: m.start()])) for m in _AND.finditer(chinese)]
        if any(head and head[1] == "organisation" for head in joined) or (joined and not _AND_TOO.search(name.text)):
            return None  # two names
        if _NTH.search(chinese[1:]):
            return None
    chars = [c for c in chinese if c.isalnum() and c not in FUNCTION]
    found, loose = e.get("English found", 0.0), 4 * e.get("Chinese unexplained", 0.0)
    explained = 1 - loose / max(1, len(chars))
    whole = found == 1 and explained >= 0.99
    if len(stems) < 2 or len(chars) < 3 or (not whole and (name.part or "," in name.text or len(chars) < 4)):
        return None
    if not window.quoted and len(stems) < 3 and not (whole and (head_of(fold(chinese)) or ("", ""))[1] == "organisation"):
        return None
    enough = (found >= 0.99 and explained >= 0.6) or (found >= 0.75 and len(stems) >= 4 and explained >= 0.75)
    marked = window.quoted and found >= 0.6 and explained >= 0.6
    return (at, round(0.5 + 0.2 * found + 0.15 * explained + (0.03 if window.quoted else 0.0), 3)) if enough or marked else None


def _without_number(window: Window, at: int, name: Name) -> tuple[int, Name]:
    """A name without what changes from one to the next: 2024年…, 第三屆… and 3rd."""
    if len(set(window.offsets)) < len(window.offsets):
        return at, name  # a short form stands in its place
    number = _NUMBERED.match(window.chars, at)
    if number and number.end() > at and len(window.chars) - number.end() > 2:
        at = number.end()
        nth = _ORDINAL.match(name.text)
        if nth:
            name = name._replace(text=name.text[nth.end() :], start=name.start + nth.end())
    return at, name


def _people(zh: Side, i: int, en: Side, j: int, spelled: Mapping[str, tuple[str, ...]]) -> Iterator[Found]:
    """People whose English name their characters spell: those known by a title, and Chinese names of which both parts fit."""
    document, span = zh.document, zh.spans[i]
    sentence, start = en.text(j), en.spans[j].start
    english = people(sentence)
    if not english:
        return
    reason = "the English of the parallel sentence spells it"
    known = [c for c in document.candidates if c.kind == "person" and c.zh and not c.en and not c.acronym]
    for c in known:
        for place in _places(document, c, span):
            ranked = sorted(((_spelled(fold(c.zh or ""), n.text), n) for n in english), key=lambda x: (-x[0], len(x[1].text)))
            if ranked[0][0]:
                name = _whole_name(ranked[0][1], english)
                yield Found(c.zh or "", name.text, "", "person", round(min(0.85, 0.5 + 0.4 * ranked[0][0]), 3), place, i,
                            Span(start + name.start, start + name.end), j, reason)
    folded = fold(zh.text(i))
    for stretch, words in spelled.items():
        at = folded.find(stretch)
        if at < 0 or any(fold(c.zh or "") == stretch for c in known):
            continue
        place = Span(span.start + at, span.start + at + len(stretch))
        chinese = len(words) == 2 and _spelled(stretch, " ".join(words)) >= 0.9
        for name in english:
            last = name.text.split(" ")[-1]
            if (chinese and name.text == " ".join(words)) or (
                    not chinese and last in words and len(stretch) > 2 and _titled(folded, at, at + len(stretch))):
                name = name if chinese else _whole_name(name, english)
                yield Found(document.text[place.start : place.end], name.text, "", "person", 0.8, place, i,
                            Span(start + name.start, start + name.end), j, reason)
                break


def _whole_name(name: Name, english: Sequence[Name]) -> Name:
    """The longest stretch that ends as ``name`` does, where the Chinese is a foreigner's surname alone."""
    return max((n for n in english if n.end == name.end), key=lambda n: n.end - n.start)


def _titled(folded: str, start: int, end: int) -> bool:
    """Whether a title stands right before or behind a name."""
    known = titles()
    return any(folded[end : end + n] in known or (n > 1 and folded[max(0, start - n) : start] in known) for n in range(2, 6))


def _spelled(zh: str, english: str) -> float:
    """How well an English name is that of a person; 0 where it is not."""
    tokens = english.split(" ")
    for size in (2, 1):
        romanised = surnames().get(zh[:size]) if 1 < len(zh) <= 4 and len(zh) > size else None
        if romanised and len(tokens) == 2:
            for family, personal in (tokens, tokens[::-1]):
                if family.lower().strip("-'’") in romanised and spells_given(zh[size:], personal):
                    return 0.9
    if is_word(zh):  # the dictionary has names too: 霍金斯 is Hawkins
        return 0.9 if stem(tokens[-1]) in meanings(zh) else 0.0
    if len(zh) < 3:
        return 0.0
    last = scores(zh, [tokens[-1]])[0]
    return max(scores(zh, tokens)[0], last) if last >= FOREIGN_NAME else 0.0


# -- entries ----------------------------------------------------------------------------------------------------------------


def _entries(zh: Side, en: Side, found: Sequence[Found]) -> Iterator[Entry]:
    """One entry for each Chinese name: the rendering that most beads give; none where as many give another."""
    by_name: dict[str, dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for f in found:
        by_name[zh_key(f.chinese)][en_key(f.english)].append(f)
    chosen: dict[str, list[Found]] = {}
    for key, renderings in by_name.items():
        ranked = sorted(renderings.values(), key=lambda fs: (-len(fs), -max(f.sure for f in fs), fs[0].english))
        if len(ranked) == 1 or len(ranked[0]) > len(ranked[1]) or max(f.sure for f in ranked[0]) > max(
                f.sure for f in ranked[1]):
            chosen[key] = ranked[0]
    by_english: dict[str, list[str]] = defaultdict(list)
    for key, fs in chosen.items():
        by_english[en_key(fs[0].english)].append(key)
    for keys in by_english.values():
        best = max(keys, key=lambda key: (len(chosen[key]), max(f.sure for f in chosen[key]), -len(key), key))
        yield _entry(zh, en, chosen[best])


def _entry(zh: Side, en: Side, found: Sequence[Found]) -> Entry:
    best = max(found, key=lambda f: f.sure)
    acronym = next((f.acronym for f in found if f.acronym), None)
    sure = min(MOST, 1 - (1 - best.sure) * 0.7 ** (len(found) - 1))
    times = (f"in {len(found)} parallel sentences",) if len(found) > 1 else ()
    return Entry(best.kind, zh=best.chinese, zh_hant=to_hant(best.chinese), zh_hans=to_hans(best.chinese), en=best.english,
                 acronym=acronym, source=PARALLEL, confidence=round(sure, 3), reasons=(best.reason, *times),
                 mentions=len(found), evidence=tuple(_evidence(zh, f.zh, f.i, en, f.en, f.j) for f in found[:EVIDENCE]))


def _evidence(zh: Side, at: Span, i: int, en: Side, beside: Span, j: int) -> Evidence:
    start, end = zh.document.raw_span(at.start, at.end)
    here = zh.spans[i].start
    return Evidence(zh.document.name, start, end, zh.text(i).replace("\n", " "), (at.start - here, at.end - here),
                    page=zh.document.page_of(start), other=_counterpart(en, beside, j))


def _counterpart(en: Side, at: Span, j: int) -> Counterpart:
    start, end = en.document.raw_span(at.start, at.end)
    here = en.spans[j].start
    return Counterpart(en.document.name, start, end, en.text(j).replace("\n", " "), (at.start - here, at.end - here),
                       en.document.page_of(start))


def _inside(at: int, span: Span) -> bool:
    return span.start <= at < span.end


def _overlap(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end
