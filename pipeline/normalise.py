"""Traditional, Simplified and regional views of the text: the printed text itself is never changed here.

Every paragraph is looked at for itself, and a paragraph of two scripts clause by clause: only what is in the other script is
converted. A quotation in the other script than its surroundings is evidence of how something was printed, so it is left alone,
unless it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.document import Document, Piece, ScriptReport, View
from pipeline.scripts.convert import CONFIGS, convert, convert_with_pieces, engine, joined
from pipeline.scripts.detect import detect, fold, share

__all__ = ["CONFIGS", "Options", "convert", "detect", "engine", "fold", "normalise", "paragraph_scripts", "share"]


class Options(Struct, frozen=True):
    """``views``: which to make. ``quotations``: convert quotations in the other script too."""

    views: tuple[str, ...] = ("hant", "hans", "tw", "hk", "cn")
    quotations: bool = False


# From a paragraph's script (Traditional ones by region) to a view: OpenCC configurations, one after the other. OpenCC has no
# wording tables between Taiwan and Hong Kong, so there only the forms of the characters change. A text of the region itself
# stays as printed: a name keeps its 啟 or 啓.
CHAINS = {
    "tw": {"hant": (), "hans": ("tw2s",), "tw": (), "hk": ("tw2t", "t2hk"), "cn": ("tw2sp",)},
    "hk": {"hant": (), "hans": ("hk2s",), "tw": ("hk2t", "t2tw"), "hk": (), "cn": ("hk2sp",)},
    "hans": {"hant": ("s2tw",), "hans": (), "tw": ("s2twp",), "hk": ("s2hkp",), "cn": ()},
}

_QUOTATION = re.compile("「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』|“[^“”]*”|《[^《》]*》")
_CLAUSE = re.compile("[^，。；：！？、\n]+[，。；：！？、\n]*|[，。；：！？、\n]+")


def normalise(document: Document, options: Options = Options()) -> Document:
    """Fill ``document.script`` and ``document.views``.

    >>> from pipeline import Document, normalise
    >>> document = normalise(Document.of("這套軟體由資訊室開發。"))
    >>> document.script.script
    'hant'
    >>> document.views["hans"].text, document.views["cn"].text
    ('这套软体由资讯室开发。', '这套软件由信息室开发。')

    ``hant`` and ``hans`` have the length of the text and its offsets; ``tw``, ``hk`` and ``cn`` are in the wording of a
    region, with pieces that map them to the text. Raises ``ValueError`` if a dictionary breaks the equal length.
    """
    text = document.text
    report = detect(text)
    region = _region(text)
    spans = _spans(text, report, region, options.quotations)
    views = {}
    for view in options.views:
        out: list[str] = []
        pieces: list[Piece] = []
        for start, end, home in spans:
            new, inner = _through(text[start:end], CHAINS[home][view] if home else ())
            out.append(new)
            pieces += [Piece(p.length, p.start + start, p.end + start) for p in inner]
        views[view] = View("".join(out), () if view in ("hant", "hans") else joined(pieces))
    return document.replace(script=report, views=views)


def paragraph_scripts(document: Document) -> list[ScriptReport]:
    """The script of each paragraph, in the order of ``document.paragraphs``."""
    return [detect(document.text[p.start:p.end]) for p in document.paragraphs]


def _through(text: str, chain: tuple[str, ...]) -> tuple[str, tuple[Piece, ...]]:
    pieces: tuple[Piece, ...] = ()
    for config in chain:
        text, found = convert_with_pieces(text, config)
        pieces = found or pieces  # at most one configuration of a chain changes lengths
    return text, pieces or ((Piece(len(text), 0, len(text)),) if text else ())


def _spans(text: str, report: ScriptReport, region: str, quotations: bool) -> list[tuple[int, int, str]]:
    """The text in runs, each with where it is from: ``"tw"``, ``"hk"``, ``"hans"``, or ``""`` for what stays as printed."""
    main = _home(report, region, "")
    if not report.hant or not report.hans:
        return [(0, len(text), main)]
    runs: list[tuple[int, int, str]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        for start, end, home in _clauses(line, main, region, quotations) or [(0, len(line), main)]:
            if runs and runs[-1][2] == home:
                runs[-1] = (runs[-1][0], at + end, home)
            else:
                runs.append((at + start, at + end, home))
        at += len(line)
    return runs


def _clauses(line: str, main: str, region: str, quotations: bool) -> Iterator[tuple[int, int, str]]:
    """The runs of one paragraph: a quotation is one, and so is each clause outside quotations."""
    quoted = [m.span() for m in _QUOTATION.finditer(line)]
    outside = "".join(line[a:b] for a, b in _between(quoted, len(line)))
    around = _home(detect(outside), region, main)
    at = 0
    for start, end in [*quoted, (len(line), len(line))]:
        for clause in _CLAUSE.finditer(line, at, start):
            yield *clause.span(), _home(detect(clause.group()), region, around)
        if end > start:
            home = _home(detect(line[start:end]), region, around)
            other = (home == "hans") != (around == "hans")
            yield start, end, "" if other and not quotations else home
        at = end


def _home(report: ScriptReport, region: str, undecided: str) -> str:
    if report.hant == report.hans:
        return undecided
    return "hans" if report.hans > report.hant else region


def _between(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The gaps that ``spans`` leave."""
    at = 0
    for start, end in [*spans, (length, length)]:
        yield at, start
        at = end


# Forms that one region alone prints. OpenCC's tables name many more, but Hong Kong prints 說, 溫 and 參 as Taiwan does.
_HONG_KONG = frozenset("衞裏着綫羣峯牀鈎脱説鋭悦")
_TAIWAN = frozenset("衛裡臺溼檯")


def _region(text: str) -> str:
    """``"hk"`` where a Traditional text prints more of Hong Kong's forms (衞, 裏) than of Taiwan's (衛, 裡), else ``"tw"``."""
    return "hk" if sum(c in _HONG_KONG for c in text) > sum(c in _TAIWAN for c in text) else "tw"
