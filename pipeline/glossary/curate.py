"""What people decided, as ``glossary/curated.yaml`` says it: a list of decisions, whose format its head shows.

Every value is taken as text, as it is written (``en: No`` and ``acronym: ON`` are no truth values, ``2024-06-01`` is no date).
The file is never written here (``decisions`` appends to it), and what is wrong in it is said with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from msgspec import Struct

from pipeline.document import TermKind
from pipeline.errors import InputError
from pipeline.glossary.keys import en_key, has_chinese, zh_key
from pipeline.glossary.model import Status
from pipeline.wording import listed

Verb = Literal["approve", "admit", "reject", "forbid", "add", "edit", "about", "dismiss"]

VERBS: tuple[Verb, ...] = get_args(Verb)
GIVES: dict[Verb, Status] = {"approve": "approved", "add": "approved", "admit": "admitted", "reject": "rejected",
                             "forbid": "forbidden"}
_COMMON = {"en", "note", "by", "date"}
_SET = {"acronym", "short", "kind", "role", "affiliation"}
_NAMES = ("zh", "en")
_FIELDS: dict[Verb, set[str]] = {
    "approve": _COMMON | _SET | {"to"},
    "admit": _COMMON | {"of"},
    "reject": _COMMON,
    "forbid": _COMMON | {"of"},
    "add": _COMMON | _SET | {"origin"},
    "edit": _COMMON | _SET | {"to"},
    "about": _COMMON,
    "dismiss": {"in", "note", "by", "date"},
}
_SEE = "the head of glossary/curated.yaml shows how decisions are written"


class Fields(Struct, frozen=True, omit_defaults=True):
    """What an entry is to say. ``None``: as it was found."""

    zh: str | None = None
    en: str | None = None
    acronym: str | None = None
    short: tuple[str, ...] | None = None
    kind: TermKind | None = None
    role: str | None = None
    affiliation: str | None = None


class Decision(Struct, frozen=True, omit_defaults=True):
    """One decision, which stands in ``line`` of the file.

    It is about ``term`` (Chinese, or the English or acronym of what has no Chinese) and, where ``en`` is given, about this
    rendering of it alone. ``to`` holds the fields that ``approve``, ``edit`` and ``add`` set. ``dismiss`` says nothing of the
    glossary: no check of a translation flags the term (any more), or only not ``within`` this English segment or file.
    """

    verb: Verb
    term: str
    line: int
    en: str = ""
    of: str = ""
    to: Fields = Fields()
    origin: str = ""
    note: str = ""
    by: str = ""
    date: str = ""
    within: str = ""

    @property
    def zh(self) -> str:
        """The term, if it is Chinese."""
        return self.term if has_chinese(self.term) else ""

    @property
    def status(self) -> Status | None:
        """What it gives its term."""
        return GIVES.get(self.verb)

    def __str__(self) -> str:
        return f"{self.verb} {self.term}" + (f" = {self.en}" if self.en else "")


class Curated(Struct, frozen=True):
    """The decisions, in the order of the file."""

    decisions: tuple[Decision, ...] = ()
    file: str = "glossary/curated.yaml"

    def words(self) -> tuple[str, ...]:
        """Chinese terms that people approved, admitted or added, as they wrote them: words for the segmenter."""
        return tuple(sorted(self._words()))

    def not_words(self) -> tuple[str, ...]:
        """Chinese terms that people rejected whatever their English, as they wrote them: no words for the segmenter."""
        kept = {zh_key(w) for w in self._words()}
        rejected = {d.zh for d in self.decisions if d.verb == "reject" and d.zh and not d.en}
        return tuple(sorted(w for w in rejected if zh_key(w) not in kept))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of Chinese and English on which people decided, sorted. What they rejected is none."""
        return tuple(sorted({(d.to.zh or d.zh, d.to.en or d.en) for d in self.decisions
                             if d.status not in (None, "rejected") and d.zh and (d.to.en or d.en)}))

    def _words(self) -> set[str]:
        found: set[str] = set()
        for d in self.decisions:
            if d.to.zh:
                found.add(d.to.zh)
            elif d.verb in ("approve", "admit", "add"):
                found.add(d.zh)
            found.update(s for s in d.to.short or () if has_chinese(s))
        return found - {""}


class Contradiction(NamedTuple):
    """``decision`` says otherwise than ``before``, or the same again. ``problem`` is said with the place of ``before`` behind
    it."""

    decision: Decision
    before: Decision
    problem: str


def load(path: Path | str, check: bool = True) -> Curated:
    """The decisions of a file; none, where there is no such file.

    Raises ``InputError`` with the line for what cannot be read as decisions, and, with ``check``, for the first of the
    :func:`contradictions`.
    """
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return Curated(file=str(path))
    return parse(decode(data, str(path)), str(path), check)


def decode(data: bytes, file: str) -> str:
    """The text of a file of decisions. Raises ``InputError`` for what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(file, "this is not UTF-8", place=f"line {line}", remedy="save the file as UTF-8") from None


def parse(text: str, file: str = "glossary/curated.yaml", check: bool = True) -> Curated:
    """:func:`load` of a text. ``file`` is what errors call it."""
    decisions = tuple(_Reader(file).decisions(text))
    for d, before, problem in contradictions(decisions) if check else ():
        raise InputError(file, f"{d}: {problem} line {before.line}", place=f"line {d.line}", remedy="keep one of the two")
    return Curated(decisions, file)


class _Reader:
    """YAML nodes to decisions. Nodes, because they know their lines, and because they leave every scalar as it is written."""

    def __init__(self, file: str):
        self.file = file

    def wrong(self, line: int, problem: str, remedy: str = _SEE) -> InputError:
        return InputError(self.file, problem, place=f"line {line}", remedy=remedy)

    def decisions(self, text: str) -> Iterator[Decision]:
        root = self.compose(text)
        if root is None or (root.id == "scalar" and not root.value.strip()):
            return
        if root.id != "sequence":
            raise self.wrong(_line(root), "this is not a list of decisions", "begin each with \"- \", as in \"- approve: …\"")
        for node in root.value:
            yield self.decision(node)

    def compose(self, text: str) -> Any:
        import yaml

        try:
            return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, max(0, text.find(chr(error.character)))) + 1  # its position may count bytes
            raise self.wrong(line, f"the character U+{error.character:04X} may not stand here", "remove it") from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem, remedy = _yaml_mistake(error.problem or str(error))
            raise self.wrong(mark.line + 1 if mark else 1, f"this is not YAML: {problem}", remedy) from None

    def decision(self, node: Any) -> Decision:
        line = _line(node)
        if node.id != "mapping":
            raise self.wrong(line, "this is not a decision", f"begin it with one of {listed(VERBS)}, as in \"- approve: …\"")
        fields = self.mapping(node)
        verbs = [v for v in VERBS if v in fields]
        if len(verbs) != 1:
            known = {f for names in _FIELDS.values() for f in names} | set(VERBS)
            unknown = next((k for k in fields if k not in known), None)
            if not verbs and unknown:
                raise self.unknown(unknown, fields[unknown][0], VERBS)
            problem = f"{listed(verbs, 'and')} in one decision" if verbs else "it is not said what is decided"
            remedy = "make it one decision each" if verbs else f"begin it with one of {listed(VERBS)}"
            raise self.wrong(line, problem, remedy)
        verb = verbs[0]
        for key, (at, _) in fields.items():
            if key != verb and key not in _FIELDS[verb]:
                raise self.unknown(key, at, sorted(_FIELDS[verb]), f" for {verb}")
        if verb == "edit" and not fields.keys() & (_SET | {"to"}):
            raise self.wrong(line, "edit does not say what is to change", "give a field, or new names in \"to: {…}\"")
        if verb == "about" and "note" not in fields:
            raise self.wrong(line, "about needs a note", "write \"note: …\" below it")
        values = {key: self.text(key, *value) for key, value in fields.items() if key in _COMMON | {verb, "of", "origin", "in"}}
        to = {key: value for key, value in fields.items() if key in _SET}
        if "to" in fields:
            to |= self.names(*fields["to"])
        self.chinese(verb, fields, values)
        within = values.pop("in", "")
        return Decision(verb=verb, term=values.pop(verb), line=line, to=self.fields(to), within=within, **values)

    def chinese(self, verb: Verb, fields: dict[str, tuple[int, Any]], values: dict[str, str]) -> None:
        """Where Chinese must stand and where it may not."""
        if "of" in values and not (has_chinese(values["of"]) and has_chinese(values[verb])):
            raise self.wrong(fields["of"][0], "of joins a Chinese term to another, and both must be Chinese",
                             "for an English synonym give the Chinese term and en")
        if "en" in values and values["en"] == values[verb]:
            raise self.wrong(fields["en"][0], "en says the same as the term", "leave it out, or give the English")

    def names(self, line: int, node: Any) -> dict[str, tuple[int, Any]]:
        """What ``to`` holds."""
        if node.id != "mapping" or not node.value:
            raise self.wrong(line, "to does not give a new name", "write it as in \"to: {zh: …, en: …}\"")
        fields = self.mapping(node)
        for key, (at, _) in fields.items():
            if key in _SET:
                raise self.wrong(at, f"{key} is no name", f"only zh and en go under to; give {key} a line of its own")
            if key not in _NAMES:
                raise self.unknown(key, at, _NAMES, " in to")
        return fields

    def fields(self, found: dict[str, tuple[int, Any]]) -> Fields:
        values: dict[str, Any] = {}
        for key, (line, node) in found.items():
            if key == "short":
                items = node.value if node.id == "sequence" else [node]
                values[key] = tuple(self.text(key, _line(item), item) for item in items)
                continue
            values[key] = self.text(key, line, node)
            if key == "kind" and values[key] not in get_args(TermKind):
                raise self.unknown(values[key], line, get_args(TermKind), thing="kind")
            if key == "zh" and not has_chinese(values[key]):
                raise self.wrong(line, f"zh is {values[key]}, which is not Chinese", "give the Chinese term")
        return Fields(**values)

    def mapping(self, node: Any) -> dict[str, tuple[int, Any]]:
        """Keys, with the line they stand in and their values."""
        found: dict[str, tuple[int, Any]] = {}
        for key, value in node.value:
            name = self.text("a key", _line(key), key)
            if name in found:
                raise self.wrong(_line(key), f"{name} stands twice in one decision (before in line {found[name][0]})",
                                 "keep one, or begin the second decision with \"- \"")
            found[name] = _line(key), value
        return found

    def text(self, key: str, line: int, node: Any) -> str:
        if node.id != "scalar":
            what = "a list" if node.id == "sequence" else "fields"
            raise self.wrong(_line(node), f"{key} must be text, not {what}", "quote text that begins with [ or {")
        value = " ".join(node.value.split())
        if not value or (not node.style and value in ("~", "null")):
            raise self.wrong(line, f"{key} is empty", "give it a value or remove it")
        return value

    def unknown(self, key: str, line: int, known: Any, where: str = "", thing: str = "field") -> InputError:
        close = get_close_matches(key.lower(), list(known), 1, 0.7)
        remedy = f"did you mean {close[0]}?" if close else f"there are {listed(known, 'and')}"
        return self.wrong(line, f"there is no {thing} {key}{where}", remedy)


def contradictions(decisions: Iterable[Decision]) -> Iterator[Contradiction]:
    """Decisions that do not say one thing: about each pair of terms, about each term, and in each edited field."""
    given: dict[tuple[str, str], Decision] = {}
    on_term: dict[str, list[Decision]] = {}
    edited: dict[tuple[str, str, str], tuple[Decision, object]] = {}
    # what is no term at all, or never to be used, has no rendering that could be right, and the other way round
    whole = {"rejected", "forbidden"}
    for d in decisions:
        term = zh_key(d.zh) or en_key(d.term)
        en = en_key(d.en)
        for field in Fields.__struct_fields__ if d.verb != "add" else ():
            value = getattr(d.to, field)
            before, old = edited.setdefault((term, en, field), (d, value)) if value is not None else (d, value)
            if before is not d:
                yield Contradiction(d, before, f"{field} is set already in" if old == value else f"{field} contradicts")
        if not d.status:
            continue
        other = given.setdefault((term, en), d)
        if other is not d:
            yield Contradiction(d, other, "decided already in" if other.status == d.status else f"contradicts {other.verb} in")
        for other in on_term.get(term, ()):
            one, two = (d, other) if not d.en else (other, d)
            if not one.en and two.en and one.status in whole and two.status not in whole:
                yield Contradiction(d, other, f"contradicts {other.verb} in")
        on_term.setdefault(term, []).append(d)


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _yaml_mistake(problem: str) -> tuple[str, str]:
    """What a parser's complaint means and what to do, for those that people meet most."""
    quote = "put text with \": \", \" #\" or quotes, or with a sign first, in double quotes"
    if "tab" in problem or "'\\t'" in problem:
        return "a tab where spaces belong", "put spaces instead"
    said = {
        "mapping values are not allowed in this context": "a second \": \" in one line",
        "did not find expected '-' indicator": "a line that is indented otherwise than those above",
        "did not find expected key": "a line that is indented otherwise than those above, or an open quote",
        "could not find expected ':'": "a line without \": \"",
        "did not find expected ',' or ']'": "a list that is not closed with ]",
        "did not find expected ',' or '}'": "fields that are not closed with }",
        "but found another document": "a line --- that parts the file in two",
    }.get(problem, problem)
    return said, "close it" if "not closed" in said else "remove the line" if "---" in said else quote
