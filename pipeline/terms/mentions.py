"""From brackets to pairs: each gloss with its window, its candidates and the winner."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from pipeline.document import Document, Token
from pipeline.scripts.detect import fold
from pipeline.terms import sound
from pipeline.terms.align import Place, Query, evidences, model_of, rank, sort_of
from pipeline.terms.brackets import brackets
from pipeline.terms.glosses import CITED, Gloss, read
from pipeline.terms.latin import HONORIFICS, abbreviates, is_acronym, like_person, name_tokens, species, without_title
from pipeline.terms.lexicon import definitions, english_word, head_of
from pipeline.terms.parts import is_abbreviation
from pipeline.terms.roles import title_at_end
from pipeline.terms.spans import SPACE, Piece, back, has_han
from pipeline.terms.window import QUOTES, Window, before

_COUNTED = re.compile("[\\d一二兩两三四五六七八九十]+[個个項项種种位名類类家座條条]")
_ENUMERATION = re.compile("[a-z][\\w-]*(?:, [a-z][\\w-]*)*,? and [a-z][\\w-]*")  # ipilimumab and nivolumab
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")  # between the words of #KeepOurPier
_CODE = re.compile("[A-Z]{1,4}[ -]?\\d{1,4}")  # of a bill, a goal, a standard: HB 118
_PARTING = re.compile("[，,、]")
_start = attrgetter("start")
_YEAR = re.compile("(?:19|20)\\d\\d[a-z]?")
OPAQUE, BARE_ACRONYM = 0.88, 0.94  # what the likelihood of a boundary is worth where neither meaning nor sound bears it out
DOUBTFUL = 0.5  # confidence of a pair whose English the dictionary does not bear out: a person looks at it
LEAST = 0.12  # probability of the best candidate below which no pair is claimed


class Mention(Struct, frozen=True, gc=False):
    """A gloss that was read as a pair. ``zh`` spans the Chinese term; ``gloss`` what stands beside it."""

    gloss: Gloss
    zh: Piece
    english: str
    acronym: str
    beside: Piece
    confidence: float
    reasons: tuple[str, ...]
    window: Window | None = None
    places: tuple[Place, ...] = ()
    query: Query = Query()


class Decision(Struct, frozen=True, gc=False):
    """A bracket, what it was read as, and the pair where it is one. ``why`` says in words why there is none."""

    gloss: Gloss
    mention: Mention | None
    why: str


def squeeze(text: str, piece: Piece | None) -> str:
    """The text of a piece with single spaces."""
    return " ".join(text[piece.start : piece.end].split()) if piece else ""


def decide(document: Document) -> list[Decision]:
    """Every bracket of the document with its decision, in the order of the text."""
    text = document.text
    glosses = [read(text, b) for b in brackets(text)]
    expansions = _expansions(text, glosses)
    lines = frozenset(p.end for p in document.paragraphs)
    windows: list[tuple[Gloss, Window | None]] = [(g, _window(text, g, lines)) for g in glosses]
    seen = _repetitions(text, [w for _, w in windows if w and not w.quoted])
    out: list[Decision] = []
    for gloss, window in windows:
        if gloss.sort in ("none", "latin") and not (gloss.sort == "latin" and window):
            out.append(Decision(gloss, None, gloss.reason))
        elif gloss.sort == "reverse":
            out.append(_reverse(text, gloss))
        elif window is None:
            out.append(Decision(gloss, None, "no Chinese stands before it"))
        else:
            cuts = _cuts(document.tokens, window) if document.tokens else None
            out.append(_forward(text, gloss, window, expansions, seen.get(window.offsets[-1]), cuts))
    return _agree(text, out)


def _cuts(tokens: Sequence[Token], window: Window) -> frozenset[int]:
    """Where tokens begin among the characters of a window."""
    first = bisect_left(tokens, window.offsets[0], key=_start)
    behind = bisect_left(tokens, window.offsets[-1] + 1, first, key=_start)
    return frozenset(map(_start, tokens[first:behind]))


def _expansions(text: str, glosses: Iterable[Gloss]) -> dict[str, str]:
    """Acronym -> English, where the document spells it out."""
    out: dict[str, str] = {}
    for g in glosses:
        if g.english and g.acronym and g.sort in ("forward", "latin"):
            acronym, english = squeeze(text, g.acronym), squeeze(text, g.english)
            if abbreviates(acronym, english):
                out.setdefault(acronym, english)
    return out


def _window(text: str, gloss: Gloss, lines: frozenset[int]) -> Window | None:
    if gloss.sort in ("forward", "short"):
        english = text[gloss.english.start : gloss.english.end] if gloss.english else ""
        return before(text, gloss.anchor, lines, bracketed="(" in english or "（" in english)
    if gloss.sort == "latin" and gloss.before and gloss.english and gloss.acronym:
        # zh ACR（English）, zh English（ACR）, or 「zh」或 ACR（English）
        at = back(text, gloss.before.start)
        if at and text[at - 1] in "或即/／、" and back(text, at - 1) and text[back(text, at - 1) - 1] in "」』》”":
            at = back(text, at - 1)
        if at and (has_han(text[at - 1]) or text[at - 1] in "」』》”") and text[at - 1] not in "的之":
            return before(text, at, lines)
    return None


def _repetitions(text: str, windows: list[Window]) -> dict[int, dict[int, int]]:
    """For each window, by its end: how many characters at its end stand elsewhere with another left context -> how often."""
    wanted: dict[str, list[Window]] = defaultdict(list)
    for w in windows:
        if len(w.chars) > 1 and has_han(w.chars[-2:]):
            wanted[w.chars[-2:]].append(w)
    places: dict[str, list[int]] = {pair: [] for pair in wanted}
    if wanted:
        first, second = (re.escape("".join(sorted({pair[n] for pair in wanted}))) for n in (0, 1))
        for m in re.finditer(f"[{first}](?=[{second}])", text):
            at = m.start()
            here = places.get(text[at : at + 2])
            if here is not None and len(here) < 60:
                here.append(at + 1)
    ends = {pair: frozenset(found) for pair, found in places.items()}  # where characters end; of longer ones when asked for
    out: dict[int, dict[int, int]] = {}
    for pair, found in wanted.items():
        for w in found[:400]:
            own, n = frozenset(w.offsets[-1:]), 2
            shared = ends[pair] - own
            while shared:
                n += 1
                tail, longer = w.chars[-n:], frozenset[int]()
                if len(tail) == n:
                    if tail not in ends:
                        ends[tail] = frozenset(e for e in ends[tail[1:]] if text.startswith(tail[0], e - n + 1, e))
                    longer = ends[tail] - own
                if len(longer) < len(shared):
                    out.setdefault(w.offsets[-1], {})[n - 1] = len(shared) - len(longer)
                shared = longer
    return out


def _forward(
    text: str,
    gloss: Gloss,
    window: Window,
    expansions: dict[str, str],
    seen: dict[int, int] | None,
    cuts: frozenset[int] | None,
) -> Decision:
    english, acronym = squeeze(text, gloss.english), squeeze(text, gloss.acronym)
    short = squeeze(text, gloss.chinese) if gloss.sort == "short" else ""
    if like_person(english):
        english = without_title(english)
    query = Query(english, acronym, short, expansions.get(acronym, ""))
    window = _in_quotation(text, gloss, _without_title(window, query), english)
    places = rank(window, query, cuts, seen)
    if not places:
        return Decision(gloss, None, "no term can begin before it")
    best = places[0]
    why = _no_pair(query, window, best, gloss)
    if why:
        return Decision(gloss, None, why)
    zh = Piece(*window.span(best.at))
    beside = Piece(gloss.start + 1, gloss.end - 1)
    sure = best.probability
    if not window.quoted and not short and best.evidence.get("sound", 0) < 0.5:  # less is right of what only form speaks for
        model = model_of(window, query, [p.evidence for p in places])
        sure *= {"opaque": OPAQUE, "acronym": BARE_ACRONYM}.get(model, 1.0)
    if _strange(query, window, best) and _means_otherwise(query, window, best):
        sure = min(sure, DOUBTFUL)
    mention = Mention(
        gloss, zh, english, acronym, beside, sure, tuple(words_for(best.evidence)), window, tuple(places), query
    )
    return Decision(gloss, mention, "")


def _in_quotation(text: str, gloss: Gloss, window: Window, english: str) -> Window:
    """A quotation that holds its own gloss, 「…（English）」, is whole; so is a line that only a name and its gloss make up."""
    after = text[gloss.end : gloss.end + 3].lstrip(" \u3000")
    mark = window.stop
    if (
        mark
        and QUOTES.get(after[:1]) == mark
        and len(window.chars) <= 16
        and not window.quoted
        and window.chars[0] not in "從从由在"
    ):
        return replace(window, quoted=True)
    first = window.offsets[0]
    if "," in english and mark in tuple("，,、"):  # as many parts in both: 「我們的海、我們的家（Our Sea, Our Home）
        opening = max(text.rfind(q, max(0, first - 48), first) for q in QUOTES.values())
        between = text[opening + 1 : first] if opening >= 0 else "。"
        parts = len(_PARTING.findall(between))
        if parts == len(re.findall(",(?! and )", english)) and not any(c in QUOTES or c in "。；" for c in between):
            return _whole(text, opening, window.offsets[-1] + 1)
    if " and " in english and window.quoted and text[first - 2 : first - 1] in tuple("與与和及暨"):  # 「…」與「…」（… and …）
        other = before(text, first - 2)
        if other and other.quoted:
            return _whole(text, other.offsets[0] - 2, window.offsets[-1] + 2)
    if mark and QUOTES.get(after[:1]) in ("《", "〈") and not window.quoted:  # 《水、能源及廢棄物手冊（Handbook）》
        opening = text.rfind(QUOTES[after[:1]], max(0, first - 48), first)
        if opening >= 0 and not any(c in QUOTES or c in "。；\n" for c in text[opening + 1 : first]):
            return _whole(text, opening, window.offsets[-1] + 1)
    ends = not after or text[gloss.end : gloss.end + 1] in ("", "\n", ":", "：")
    if mark in ("", "\n") and ends and len(window.chars) <= 20:
        return replace(window, alone=True)
    return window


def _without_title(window: Window, query: Query) -> Window:
    """Without the title behind a name that its English does without: 馬偕牧師（George Leslie Mackay）."""
    if sort_of(window.chars, query) != "person" or query.english.startswith(HONORIFICS):
        return window
    title = title_at_end(fold(window.chars[-8:]))
    if not title or len(window.chars) - len(title) < 2:
        return window
    return replace(window, chars=window.chars[: -len(title)], offsets=window.offsets[: -len(title)])


def _whole(text: str, before: int, end: int) -> Window:
    """What stands behind the sign at ``before``, to ``end``, as one quotation."""
    kept = tuple(k for k in range(before + 1, end) if text[k] not in SPACE)
    return Window("".join(text[k] for k in kept), kept, text[before], quoted=True)


def _no_pair(query: Query, window: Window, best: Place, gloss: Gloss) -> str:
    """Why the best candidate is no pair with its gloss, or nothing."""
    if best.probability < LEAST:
        return "no left boundary is likely enough"
    e = best.evidence
    if e.get("English found", 0) < 0.5 and _ENUMERATION.fullmatch(query.english) and _COUNTED.search(window.chars):
        return "a list of what it counts"
    if gloss.reason == CITED and not e.get("surname spelled") and e.get("sound", 0) < 0.6:
        return "a citation"
    if gloss.sort == "latin" and e.get("English found", 0) < 0.5:
        return gloss.reason
    if not _strange(query, window, best):
        return ""
    words = query.english.split(" ")
    if _YEAR.fullmatch(words[-1]):
        return "a citation"
    if (
        query.english[0].islower()
        and not query.acronym
        and ({"the", "a", "to", "from", "was", "is"} & set(words) or (best.probability < 0.4 and len(words) > 1))
    ):
        return "nothing before it renders the English"
    brand = not words[0].isalpha() or (not words[0].islower() and best.at > 0)
    if brand and _means_otherwise(query, window, best):
        return f"{window.chars[best.at :]} means something else"
    return ""


def _strange(query: Query, window: Window, best: Place) -> bool:
    """Whether neither meaning nor sound joins the best candidate with the English."""
    if window.quoted or query.short or not query.english or sort_of(window.chars, query) != "phrase":
        return False
    return best.evidence.get("English found", 0) == 0 and best.evidence.get("sound", 0) < 0.45


def _means_otherwise(query: Query, window: Window, best: Place) -> bool:
    """Whether the dictionary knows the candidate, and as something else than the one word of its gloss."""
    term = fold(window.chars[best.at :])
    said = definitions(term)
    if " " in query.english or not said or said[0][:1].isupper() or species(query.english):
        return False
    return len(term) == 2 or english_word(query.english)


def _reverse(text: str, gloss: Gloss) -> Decision:
    """Latin first: Gogoro（睿能創意）."""
    assert gloss.before
    assert gloss.chinese
    zh = text[gloss.chinese.start : gloss.chinese.end]
    folded = fold(zh)
    left = squeeze(text, gloss.before)
    tokens = left.split(" ")
    if len(tokens) > 1 and is_acronym(tokens[-1]) and not is_acronym(tokens[0]):
        left, tokens = tokens[-1], tokens[-1:]
    acronym = left if is_abbreviation(left) else ""
    english = squeeze(text, gloss.english) if acronym and gloss.english else "" if acronym else left
    query = Query(_HUMP.sub(" ", english[1:]) if english.startswith("#") else english, acronym)
    window = Window(
        "".join(zh.split()), tuple(k for k in range(gloss.chinese.start, gloss.chinese.end) if text[k].strip()), "「", True
    )
    found = evidences(window, query, None, None, frozenset())
    e = found.get(0, {})
    head = head_of(folded)
    value = 0.35
    reasons = ["the Chinese stands in the bracket"]
    if e.get("English found", e.get("guess English found", 0)) >= 0.5:
        value += 0.45
        reasons.append("it renders the English")
    if e.get("sound", 0) >= 0.5 or (
        query.english and any(sound.spells(folded, t, 0.7) >= 0.7 for t in name_tokens(left))
    ):
        value += 0.4
        reasons.append("it spells the Latin name")
    if acronym and e.get("letters", 0) >= 0.6:
        value += 0.35
        reasons.append("the letters begin its words in English")
    if head and head[1] == "organisation":
        value += 0.3
        reasons.append(f"it ends with {head[0]}")
    if _CODE.fullmatch(left) and head and head[1] in ("programme", "work"):
        value += 0.2
        reasons.append(f"it ends with {head[0]}, and a code stands before it")
    elif len(zh) <= 5:
        value += 0.25
    elif len(zh) > 8:
        value -= 0.25
    if value < 0.5:
        return Decision(gloss, None, "a remark in Chinese: it neither renders nor spells what stands before it")
    at = gloss.before.end - len(left) if text[gloss.before.start : gloss.before.end].endswith(left) else gloss.before.start
    return Decision(
        gloss,
        Mention(gloss, gloss.chinese, english, acronym, Piece(at, gloss.before.end), min(0.95, value), tuple(reasons)),
        "",
    )


def _agree(text: str, decisions: list[Decision]) -> list[Decision]:
    """The same English glossed several times: one boundary that suits all of them, where there is one."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, d in enumerate(decisions):
        m = d.mention
        if m and m.places and m.gloss.sort != "short":
            groups[m.english.lower(), m.acronym].append(k)
    out = list(decisions)
    for members in groups.values():
        if len(members) < 2 or len({squeeze(text, out[k].mention.zh) for k in members}) < 2:  # type: ignore[union-attr]
            continue
        totals: dict[str, float] = {}
        for name in {s for k in members for s in _strings(out[k].mention)}:
            values = [_strings(out[k].mention).get(name) for k in members]
            if all(v is not None for v in values):
                totals[name] = sum(log(max(v.probability, 1e-6)) for v in values if v)
        # what suits all must suit each: two spellings of a name have only their ends in common
        totals = {n: t for n, t in totals.items() if all(_strings(out[k].mention)[n].probability > 0.05 for k in members)}
        if not totals:
            continue
        best = max(totals, key=lambda n: totals[n])
        for k in members:
            m = out[k].mention
            assert m
            assert m.window
            place = _strings(m)[best]
            out[k] = replace(
                out[k],
                mention=replace(
                    m,
                    zh=Piece(*m.window.span(place.at)),
                    confidence=max(m.confidence, 0.6),
                    reasons=(*words_for(place.evidence), "it suits all glosses of this English"),
                )
            )
    return out


def _strings(mention: Mention | None) -> dict[str, Place]:
    assert mention
    assert mention.window
    return {mention.window.chars[p.at :]: p for p in mention.places}


def words_for(evidence: dict[str, float]) -> Iterator[str]:
    """Evidence in plain words."""
    yield from (name for name, value in evidence.items() if value)
