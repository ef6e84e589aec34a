"""Files that the machine writes: whole or not at all, and known again later.

A *record* says under which key a set of files was written and what was in them (SHA-256). Files are up to date when their
record has the wanted key and they still hold what it says: neither a lost file, nor a half-written one, nor one that was
changed by hand passes for done.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

import msgspec


class Record(msgspec.Struct, frozen=True):
    """``outputs`` maps the path of each file, relative to the store's root, to the digest of its content."""

    key: str
    outputs: dict[str, str]


def digest(*parts: bytes | str) -> str:
    """SHA-256 over the parts, each with its length, in hexadecimal."""
    h = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        h.update(len(data).to_bytes(8, "big"))
        h.update(data)
    return h.hexdigest()


def write(path: Path, data: bytes) -> None:
    """Write a file whole: into a temporary one beside it, which then takes its place. ``OSError`` names ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{_host()}-{os.getpid()}-{token_hex(4)}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def sweep(root: Path) -> None:
    """Remove the temporary files that killed runs of this machine left below ``root``."""
    for path in root.rglob(f".{_host()}-*.tmp"):
        pid = path.name[len(_host()) + 2 :].split("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            path.unlink(missing_ok=True)


class Store:
    """A folder of files with their records, which stand in ``<root>/<records>/<id>.json``."""

    def __init__(self, root: Path, records: str = ".records"):
        self.root = root
        self._records = root / records

    def record(self, id: str) -> Record | None:
        """The record, or None where there is none that can be read."""
        try:
            return msgspec.json.decode(self._path(id).read_bytes(), type=Record)
        except (OSError, msgspec.DecodeError):
            return None

    def fresh(self, id: str, key: str) -> Record | None:
        """The record, if it has this key and its files are as it says."""
        record = self.record(id)
        if record and record.key == key and all(self.holds(path) == d for path, d in record.outputs.items()):
            return record
        return None

    def holds(self, path: str) -> str | None:
        """The digest of a file's content, None where there is no such file."""
        try:
            return digest((self.root / path).read_bytes())
        except OSError:
            return None

    def save(self, id: str, key: str, files: dict[str, bytes], keep: Iterable[str] = ()) -> Record:
        """Write the files, then their record; remove what an earlier record had and this one has not.

        The files named in ``keep`` are not touched. The record says what they should hold, so that they are not fresh.
        """
        before = self.record(id)
        for path in files.keys() - set(keep):
            write(self.root / path, files[path])
        record = self.note(id, key, {path: digest(data) for path, data in files.items()})
        for path, d in before.outputs.items() if before else ():
            if path not in files and self.holds(path) == d:
                (self.root / path).unlink(missing_ok=True)
        return record

    def note(self, id: str, key: str, outputs: dict[str, str]) -> Record:
        """Write a record alone."""
        record = Record(key, outputs)
        write(self._path(id), msgspec.json.encode(record))
        return record

    def remove(self, id: str, files: bool = True) -> list[str]:
        """Remove a record with its ``files``. Those that hold something else than it says stay: their paths."""
        record = self.record(id)
        kept: list[str] = []
        for path, d in sorted(record.outputs.items()) if record and files else ():
            if self.holds(path) == d:
                (self.root / path).unlink(missing_ok=True)
            elif (self.root / path).exists():
                kept.append(path)
        self._path(id).unlink(missing_ok=True)
        return kept

    def ids(self) -> Iterable[str]:
        """The ids of all records, sorted."""
        return sorted(p.relative_to(self._records).as_posix().removesuffix(".json") for p in self._records.rglob("*.json"))

    def tidy(self) -> None:
        """Remove folders that have become empty, the root among them."""
        for folder, _, _ in os.walk(self.root, topdown=False):
            try:
                os.rmdir(folder)
            except OSError:
                continue

    def _path(self, id: str) -> Path:
        return self._records / f"{id}.json"


def _host() -> str:
    return socket.gethostname().replace("-", "_").replace("/", "_") or "host"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
