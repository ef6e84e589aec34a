"""The user's cache folder, and how a folder of prepared files gets into it whole or not at all."""

from __future__ import annotations

import hashlib
import marshal
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def cache_folder() -> Path:
    """Where duizhao may keep what it can make again: ``$DUIZHAO_CACHE``, else the platform's cache folder for the user."""
    chosen = os.environ.get("DUIZHAO_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "duizhao"


def prepared(name: str, fill: Callable[[Path, Path], None], whole: Callable[[Path], bool]) -> Path | None:
    """The folder ``name`` in the cache, filled by ``fill(folder, target)`` if it is not there, or None where that fails.

    It is filled under another name and renamed to ``target``, so that a reader never sees half of it. Two processes may do
    this at once: the second finds the folder of the first and drops its own. A folder that ``whole`` finds damaged is
    replaced.
    """
    try:
        target = cache_folder() / name
        if target.is_dir() and whole(target):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=target.parent))
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return None
    try:
        fill(fresh, target)
        if target.exists() and not whole(target):
            shutil.rmtree(target, ignore_errors=True)
        os.replace(fresh, target)
        os.chmod(target, 0o755)  # mkdtemp makes folders for one user only
    except OSError:  # another process was first, or the disk is full
        shutil.rmtree(fresh, ignore_errors=True)
    return target if target.is_dir() and whole(target) else None


def kept(name: str, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    """What ``make`` gives, from the cache if it can be had: a value of the types that ``marshal`` writes.

    ``key`` says what it is made from (versions of packages, tables): another key is another folder. A damaged file is replaced.
    """
    digest = hashlib.sha256(repr((name, *key, marshal.version)).encode()).hexdigest()[:16]
    made: list[Any] = []
    read: list[bytes] = []

    def fill(folder: Path, _: Path) -> None:
        made.append(make())
        data = marshal.dumps(made[0])
        (folder / "tables").write_bytes(hashlib.sha256(data).digest() + data)

    def whole(folder: Path) -> bool:
        try:
            data = (folder / "tables").read_bytes()
        except OSError:
            return False
        read[:] = [data[32:]]
        return hashlib.sha256(read[0]).digest() == data[:32]

    found = prepared(f"{name}-{digest}", fill, whole)
    if made:
        return made[0]
    return marshal.loads(read[0]) if found else make()
