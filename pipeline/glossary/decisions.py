"""Decisions that a program adds to ``glossary/curated.yaml``: at its end, so that what people wrote stays byte for byte.

Each call writes whole or not at all, and while it works no other call does. A file that an editor saves meanwhile is read
again. Line ends, a byte order mark, the indentation of the list and a missing last line end are kept as they are.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from pipeline.errors import InputError
from pipeline.glossary import curate
from pipeline.glossary.curate import Decision, Fields

T = TypeVar("T")

_TRIES = 5  # how often a file that somebody else is changing is read again
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_UNSAFE = re.compile(r":(\s|$)|\s#")
_FLOW = re.compile(r"[\[\]{},]")  # what means something between brackets


class Appended(Struct, frozen=True):
    """What :func:`append` wrote: ``block``, at the byte ``at`` of ``path``. ``joint``: how much of it ends the line before.

    ``created``: there was no such file. ``decisions`` carry the lines in which they stand.
    """

    path: Path
    at: int
    block: bytes
    joint: int
    created: bool
    decisions: tuple[Decision, ...]


def append(path: Path | str, decisions: Sequence[Decision], heading: str = "") -> Appended | None:
    """Write decisions at the end of the file, all or none; None where there are none to write.

    ``heading`` stands above them as a comment, behind an empty line.

    Raises ``InputError`` for a file that cannot be read as decisions, for a decision that contradicts one in it or among
    these (or says the same again), and for what the file has no way to say.
    """
    if not decisions:
        return None
    file, target = str(path), Path(os.path.realpath(path))

    def change(data: bytes | None) -> tuple[bytes, Appended]:
        text = curate.decode(data or b"", file)
        before = curate.parse(text, file).decisions
        check(before, decisions, file)
        indent = _indent(text, file)
        eol = "\r\n" if "\r\n" in text else "\n"
        joint = "" if not text or text.endswith("\n") else eol
        above = f"{eol}{indent}# {' '.join(heading.split())}{eol}" if heading else ""
        block = (joint + above + "".join(written(d, eol, indent) for d in decisions)).encode()
        new = (data or b"") + block
        after = _parsed_again(new, file)
        if [_without_line(d) for d in after] != [_without_line(d) for d in (*before, *map(plain, decisions))]:
            raise InputError(file, f"{decisions[0]} cannot be written behind its last line",
                             remedy="end the file with a list of decisions, each beginning with \"- \"")
        return new, Appended(target, len(data or b""), block, len(joint), data is None, after[len(before):])

    return _changed(target, change, file)


def undo(appended: Appended) -> None:
    """Take back what :func:`append` wrote, so that the file is as if it had never been there.

    What others wrote behind it stays. Raises ``InputError`` where somebody has changed the lines since.
    """
    def change(data: bytes | None) -> tuple[bytes | None, None]:
        data = data or b""
        at = appended.at if data[appended.at:].startswith(appended.block) else data.rfind(appended.block)
        end = at + len(appended.block)
        kept = appended.block[: appended.joint] if end < len(data) else b""
        new = data[:at] + kept + data[end:]
        gone = [_without_line(d) for d in appended.decisions]
        if at >= 0:
            old, left = (_parsed_again(x, str(appended.path)) for x in (data, new))
            ahead = len(_parsed_again(data[:at] + kept, str(appended.path)))
            expected = [*old[:ahead], *old[ahead + len(gone):]]
            if [_without_line(d) for d in left] == [_without_line(d) for d in expected]:
                return (None if appended.created and not new else new), None
        first = appended.decisions[0]
        raise InputError(str(appended.path), f"{first} is not taken back: its lines were changed since",
                         place=f"line {first.line}", remedy="remove them there")

    _changed(appended.path, change, str(appended.path))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process at a time writes decisions in ``folder``, where the system can tell. No lock file is left behind."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def check(before: Sequence[Decision], decisions: Sequence[Decision], file: str) -> None:
    """Raise ``InputError`` for the first of ``decisions`` that contradicts one of ``before``, or another of them."""
    for d, other, problem in curate.contradictions((*before, *decisions)):
        if other.line:
            raise InputError(file, f"{d}: {problem} line {other.line}", remedy="change or remove that line first")
        raise InputError(file, f"{d}: {problem} \"{other}\", which is decided with it", remedy="keep one of the two")


def written(decision: Decision, eol: str = "\n", indent: str = "") -> str:
    """A decision as the lines of YAML that say it."""
    d = plain(decision)
    fields = [(d.verb, _scalar(d.term)), ("en", _scalar(d.en)), ("of", _scalar(d.of)), ("in", _scalar(d.within))]
    names = ", ".join(f"{key}: {_scalar(value, True)}" for key in ("zh", "en") if (value := getattr(d.to, key)))
    fields.append(("to", f"{{{names}}}" if names else ""))
    fields += [("kind", d.to.kind or ""), ("acronym", _scalar(d.to.acronym or ""))]
    short = [_scalar(s, len(d.to.short or ()) > 1) for s in d.to.short or ()]
    fields.append(("short", short[0] if len(short) == 1 else f"[{', '.join(short)}]" if short else ""))
    for key, value in (("role", d.to.role), ("affiliation", d.to.affiliation), ("origin", d.origin), ("note", d.note),
                       ("by", d.by), ("date", d.date)):
        fields.append((key, _scalar(value or "")))
    lines = [f"{key}: {value}" for key, value in fields if value]
    return "".join(f"{indent}{'  ' if k else '- '}{line}{eol}" for k, line in enumerate(lines))


def plain(decision: Decision) -> Decision:
    """The decision as it will be read again: white space as single spaces, and what is empty left out."""
    def tidy(value: str | None) -> str | None:
        return " ".join(value.split()) or None if value else None

    to = decision.to
    short = tuple(s for text in to.short or () if (s := tidy(text)))
    fields = {f: tidy(getattr(to, f)) for f in Fields.__struct_fields__ if f not in ("short", "kind")}
    words = {f: tidy(getattr(decision, f)) or "" for f in ("term", "en", "of", "within", "origin", "note", "by", "date")}
    return msgspec.structs.replace(decision, to=Fields(kind=to.kind or None, short=short or None, **fields), **words)


def _scalar(text: str, between_brackets: bool = False) -> str:
    """Text as YAML: plain where that reads as the same text, else in double quotes."""
    special = text[:1] in _INDICATORS or _UNSAFE.search(text) or (between_brackets and _FLOW.search(text))
    if not text or not (special or text in ("~", "null") or not text.isprintable()):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


def _indent(text: str, file: str) -> str:
    """What stands before the ``-`` of the list."""
    import yaml

    root: Any = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None or root.id == "scalar":
        return ""
    if root.flow_style:
        raise InputError(file, "nothing can be added to a list in [ ]", place=f"line {root.start_mark.line + 1}",
                         remedy="write it as lines that begin with \"- \"; an empty list needs no line at all")
    line = text.split("\n")[root.start_mark.line]
    return line[: len(line) - len(line.lstrip(" "))] if line.lstrip(" ").startswith("-") else ""


def _parsed_again(data: bytes, file: str) -> tuple[Decision, ...]:
    """The decisions; none where this is no list of decisions (any more), which is for the caller to see."""
    try:
        return curate.parse(curate.decode(data, file), file, check=False).decisions
    except InputError:
        return ()


def _without_line(decision: Decision) -> Decision:
    return msgspec.structs.replace(decision, line=0)


def _changed(path: Path, change: Callable[[bytes | None], tuple[bytes | None, T]], file: str) -> T:
    """Put what ``change`` makes of the file's bytes in its place; None stands for no file. Messages call it ``file``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.parent):
            for _ in range(_TRIES):
                before = _bytes(path)
                after, told = change(before)
                if before is not None and not os.access(path, os.W_OK):
                    raise InputError(file, "may not be written", remedy="allow it, as with: chmod u+w")
                if _replaced(path, before, after):
                    return told
    except OSError as error:
        raise OSError(error.errno, error.strerror, file) from error
    raise InputError(file, "somebody else is changing it", remedy="try again")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replaced(path: Path, before: bytes | None, after: bytes | None) -> bool:
    """Put ``after`` in the place of the file, on disk for good, unless it no longer holds ``before``."""
    if after is None:
        path.unlink()
        return True
    temporary = path.with_name(f".{path.name}-{os.getpid()}-{token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            os.chmod(temporary, path.stat().st_mode & 0o7777)
        if _bytes(path) != before:
            return False
        os.replace(temporary, path)
        return True
    finally:
        temporary.unlink(missing_ok=True)
