"""The runs of a page: what one text object shows, with its place, size and weight.

PDFium is asked as little as will do. Most runs need only the place of their first and last character: inside a run white space
matters where PDFium puts a space of its own, and such runs are looked at character by character.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from math import atan2, hypot, pi

from msgspec import Struct

from pipeline.read.lines import GAP, SEAM_GAP, head_end, spaced
from pipeline.read.pdfium import Api, api
from pipeline.read.tags import PageTags


class Run(Struct, gc=False):
    """Text that one text object shows without a wide gap, in page coordinates as displayed and turned so that the writing goes
    from left to right (points, origin top left, y downwards).

    ``base`` is the baseline, ``count`` the number of characters that are no spaces. ``turn`` is the direction of writing in
    quarter turns clockwise, -1 for a slanted run. ``order`` counts runs in the order of the content stream. ``inset`` is how
    far behind ``x0`` the text begins that a label sets off, 0 where there is no label. ``part`` is the number of the paragraph
    that the file's tags give it to, as in :class:`PageTags`.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int
    turn: int
    order: int
    count: int
    inset: float = 0.0
    part: int = 0


class Frame(Struct, frozen=True):
    """From PDFium's page space (y upwards, before the page's rotation) to the page as displayed. ``width`` and ``height`` are
    those before the rotation by ``turns`` quarter turns clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height of the page as displayed."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def place(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """The displayed place of a point, turned back by the quarter turns of the writing."""
        x, y = x - self.left, y - self.bottom
        turns = (self.turns - turn) % 4  # turning the page and turning the writing back add up
        width, height = self.width, self.height
        return ((x, height - y), (y, x), (width - x, y), (height - y, width - x))[turns]


def runs(text_page: int, frame: Frame, seam: float = SEAM_GAP, tags: PageTags | None = None) -> tuple[list[Run], int]:
    """The runs of a page in the order of its content stream, and how many characters have a font that does not say what they
    are; ``text_page`` is the address of PDFium's text page, ``seam`` as in :func:`shows_space`, ``tags`` what the file says of
    its paragraphs."""
    a = api()
    count = a.count(text_page)
    if count <= 0:
        return [], 0
    reader = _Reader(a, text_page, frame, _text(a, text_page, count), seam, tags)
    for start, end in _lines(reader.chars, count):
        reader.line(start, end)
    return reader.out, reader.unmapped


def _text(a: Api, page: int, count: int) -> Sequence[str]:
    """The characters of a page, one for each index that PDFium knows them by."""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    written = a.text(page, 0, count, ctypes.addressof(buffer)) - 1
    text = buffer.raw[: 2 * written].decode("utf-16-le", "surrogatepass") if written == count else ""
    if len(text) == count and not _SURROGATE.search(text):
        return text.translate(_MENDED) if _ODD.search(text) else text
    chars: list[str] = []
    for i in range(count):
        c = a.unicode(page, i)
        if 0xDC00 <= c < 0xE000 and chars and "\ud800" <= chars[-1] < "\udc00":
            chars[-1] = chr(0x10000 + ((ord(chars[-1]) - 0xD800) << 10) + (c - 0xDC00))
            chars.append("")
        else:
            chars.append(chr(c) if c < 0x110000 else _UNKNOWN)
    return [_UNKNOWN if _SURROGATE.match(c) else c.translate(_MENDED) for c in chars]


_UNKNOWN = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MENDED = {**dict.fromkeys([*range(0x20), 0xFFFE, 0xFFFF], _UNKNOWN), **dict.fromkeys([9], " "), 10: "\n", 13: "\r", 2: "-"}
_MENDED[0xFFFE] = "-"  # like U+0002 a hyphen at a line end


def _lines(chars: Sequence[str], count: int) -> Iterator[tuple[int, int]]:
    """Where PDFium sees lines: a bound within which to look for text objects."""
    if isinstance(chars, str):
        for m in _LINE.finditer(chars):
            yield m.span()
    else:
        yield 0, count


_LINE = re.compile("[^\r\n]+")
_SCRIPT = re.compile("[!-\u024f]+|[\u2e80-\uffef]+|.")
_LOOSE = re.compile(r"(?<=[^\x00-\u2e7f]) | (?=[^\x00-\u2e7f])|(?:^|(?<= ))\S(?: \S){2}|[ \u3000]{2}")


class _Reader:
    """Reads one text page."""

    def __init__(self, a: Api, page: int, frame: Frame, chars: Sequence[str], seam: float, tags: PageTags | None):
        self.tags, self.part = tags, 0
        self.a, self.page, self.frame, self.chars, self.seam = a, page, frame, chars, seam
        self.out: list[Run] = []
        self.unmapped = 0
        self._order = 0
        self._weights: dict[int, int] = {}
        self._checks: dict[int, int] = {}
        self._floats = (ctypes.c_float * 6)()
        self._doubles = (ctypes.c_double * 2)()
        self._top = frame.bottom + frame.height
        self._at, self._at2 = ctypes.addressof(self._floats), ctypes.addressof(self._doubles)

    def line(self, start: int, end: int) -> None:
        """Read the text objects among ``chars[start:end]``."""
        get, page = self.a.object, self.page
        owner, at_end = get(page, start), get(page, end - 1)
        while start < end:
            stop, following = end, None
            if not owner:  # a space of PDFium's own
                stop = start + 1
                following = get(page, stop) if stop < end else None
            else:
                if owner != at_end:
                    stop, following = self._end_of(owner, start, end - 1, at_end)
                self._run(owner, start, stop)
            start, owner = stop, following

    def _end_of(self, owner: int, low: int, high: int, after: int | None) -> tuple[int, int | None]:
        """Where the text object ends that holds character ``low`` and not ``high``, and the one that follows, as ``after`` is
        the one at ``high``. Most end where the script changes, since fonts do."""
        get, page, step = self.a.object, self.page, 4
        m = _SCRIPT.match(self.chars, low, high) if isinstance(self.chars, str) else None
        if m and (guess := m.end()) < high:
            if (found := get(page, guess)) == owner:
                low = guess
            else:
                high, after = guess, found
                if guess == low + 1 or get(page, guess - 1) == owner:
                    return guess, found
        while low + step < high:  # leap ahead, then halve
            if (found := get(page, low + step)) != owner:
                high, after = low + step, found
                break
            low, step = low + step, 2 * step
        while high - low > 1:
            middle = (low + high) // 2
            if (found := get(page, middle)) == owner:
                low = middle
            else:
                high, after = middle, found
        return high, after

    def _run(self, owner: int, start: int, end: int) -> None:
        a, page, frame, chars, at, m = self.a, self.page, self.frame, self.chars, self._at, self._floats
        begin, tail = start, end
        self.part = self.tags.of(owner) if self.tags else 0
        while start < end and chars[start].isspace():
            start += 1
        while tail > start and chars[tail - 1].isspace():
            tail -= 1
        before = self._typed(begin, start) if begin < start else ""
        if start == tail:  # nothing but spaces, which may belong to the run before
            if before and self.out:
                self.out[-1].text += before
            return
        after = self._typed(tail, end) if tail < end else ""
        a.matrix(page, start, at)
        right, rise, slope, scale = m[0], m[1], m[2], m[3]
        size = abs(a.size(page, start)) * ((hypot(slope, scale) if slope else abs(scale)) or 1.0)
        size = size if 0.01 < size < FAR else 1.0
        turn = 0
        if rise or right < 0 or frame.turns:
            quarter = atan2(rise, right) / (pi / 2)
            turn = (frame.turns - round(quarter)) % 4
            if abs(quarter - round(quarter)) > 0.06:
                turn = -1
        a.origin(page, start, self._at2, self._at2 + 8)
        x, y = self._doubles[0], self._doubles[1]
        x0, base = (x - frame.left, self._top - y) if turn <= 0 and not frame.turns else frame.place(x, y, turn)
        x0, base = x0 if -FAR < x0 < FAR else 0.0, base if -FAR < base < FAR else 0.0  # a broken file may say anything
        weight, mapped = self._font(owner, start, tail)
        text = self._mapped(start, tail) if mapped else self._unmapped(start, tail)
        self._order += 1
        spaces = text.count(" ")
        if (spaces or "\u3000" in text) and _LOOSE.search(text):
            first = len(self.out)
            self._slowly(start, text, base, size, weight, turn)
            self.out[first].text = before + self.out[first].text
            self.out[-1].text += after
            return
        x1 = self._extent(tail - 1, turn)[1]
        if turn == 0 and tail - start > 1 and frame.turns == 0 and m[3] < y - 0.8 * size:
            self._downwards(start, tail, before + text + after, size, weight)
            return
        head = head_end(text)
        inset = self._extent(start + head, turn)[0] - x0 if head and start + head < tail else 0.0
        count = len(text) - spaces
        text = before + text + after if before or after else text
        self.out.append(Run(text, x0, x1 if x1 > x0 else x0, base, size, weight, turn, self._order, count, inset, self.part))

    def _downwards(self, start: int, end: int, text: str, size: float, weight: int) -> None:
        """A run of vertical writing. Turned by a quarter it is like any other, and its columns follow from right to left."""
        self.a.box(self.page, start, self._at)
        left, top = self.frame.place(self._floats[0], self._floats[1], 0)
        self.a.box(self.page, end - 1, self._at)
        bottom = self.frame.place(0.0, self._floats[3], 0)[1]
        base = self.frame.shown[0] - left - 0.12 * size
        count = len(text) - text.count(" ")
        self.out.append(Run(text, top, max(top, bottom), base, size, weight, 1, self._order, count, 0.0, self.part))

    def _typed(self, start: int, end: int) -> str:
        """The spaces in ``chars[start:end]`` that somebody typed."""
        return "".join(self.chars[i] for i in range(start, end) if self._wide(i))

    def _wide(self, i: int) -> bool:
        self.a.box(self.page, i, self._at)
        left, top, right, bottom = self._floats[:4]
        return right - left > 0.05 and top - bottom > 0.05  # PDFium gives its own spaces no extent

    def _slowly(self, start: int, text: str, base: float, size: float, weight: int, turn: int) -> None:
        """Character by character; what a wide gap parts becomes runs of their own."""
        chars: list[str] = []
        xs: list[float] = []
        ends: list[float] = []

        def close() -> None:
            ink = [k for k, c in enumerate(chars) if not c.isspace()]
            if ink:
                head = head_end("".join(chars))
                inset = xs[head] - xs[ink[0]] if head and head < len(xs) else 0.0
                shown = spaced(chars, xs, ends, size, self.seam)
                self.out.append(Run(shown, xs[ink[0]], ends[ink[-1]], base, size, weight, turn,
                                    self._order, len(ink), inset, self.part))
                self._order += 1
            chars.clear()
            xs.clear()
            ends.clear()

        for k, c in enumerate(text):
            low, high = self._extent(start + k, turn)
            if c == " " and high - low < 0.01 * size:
                continue  # PDFium's own, or one that nobody sees
            if ends and (low - ends[-1] > GAP * size or low < xs[-1] - GAP * size):
                close()
            chars.append(c)
            xs.append(low)
            ends.append(high)
        close()

    def _extent(self, i: int, turn: int) -> tuple[float, float]:
        """Where a character begins and ends along the direction of writing."""
        self.a.box(self.page, i, self._at)
        m, frame = self._floats, self.frame  # left, top, right, bottom
        if turn <= 0 and frame.turns == 0:
            x, y = m[0] - frame.left, m[2] - frame.left
        else:
            x, y = frame.place(m[0], m[1], max(0, turn))[0], frame.place(m[2], m[3], max(0, turn))[0]
            x, y = min(x, y), max(x, y)
        return (x, y) if -FAR < x <= y < FAR else (0.0, 0.0)

    def _font(self, owner: int, start: int, end: int) -> tuple[int, bool]:
        """The weight of a run's font (400 or 700; 0 where the font does not say), and whether it maps all its characters."""
        a = self.a
        font = a.font(owner) or 0
        weight = self._weights.get(font)
        if weight is None:
            weight = self._weights[font] = _weight(a, font) if font else 0
            self._checks[font] = _CHECKS
        # a face without a bold cut is emboldened by stroking its outlines too
        if weight != 700 and a.mode(owner) == _FILL_AND_STROKE:
            weight = 700
        left = self._checks.get(font, 0)
        if left > 0:
            if any(self.chars[i] > "~" and a.unmapped(self.page, i) for i in range(start, min(end, start + left))):
                self._checks[font] = left = -1
            else:
                self._checks[font] = left = max(0, left - (end - start))
        return weight, left >= 0

    def _mapped(self, start: int, end: int) -> str:
        found = self.chars[start:end]
        return found if isinstance(found, str) else "".join(found)

    def _unmapped(self, start: int, end: int) -> str:
        """The text of a run in a font that does not map all characters; codes that happen to be ASCII may well be meant."""
        out = []
        for i in range(start, end):
            if self.a.unmapped(self.page, i) and not " " <= self.chars[i] <= "~":
                self.unmapped += 1
                out.append(_UNKNOWN)
            else:
                out.append(self.chars[i])
        return "".join(out)


FAR = 1e5  # points: no page is as large
_CHECKS = 40  # characters of a font that are looked at before it is trusted
_FILL_AND_STROKE = 2
_BOLD = ("bold", "heavy", "black", "demi", "粗", "semibd", "-bd", ",bd", "w7", "w8", "w9")


def _weight(a: Api, font: int) -> int:
    buffer = ctypes.create_string_buffer(256)
    size = a.name(font, ctypes.addressof(buffer), 256)
    name = buffer.raw[: max(0, min(size, 256) - 1)].decode("utf-8", "replace").lower()
    value = a.weight(font)
    return 700 if any(x in name for x in _BOLD) or value >= 600 else 400 if value > 0 else 0


def by_turn(found: list[Run]) -> list[list[Run]]:
    """Runs parted by their direction of writing, the one that most characters have first."""
    turns: dict[int, list[Run]] = {}
    for run in found:
        turns.setdefault(run.turn, []).append(run)
    return sorted(turns.values(), key=lambda runs: -sum(r.count for r in runs))
