"""What a stage depends upon, found in its own source, so that no list of it can go stale.

The fingerprint of a stage covers its module, the modules of this package that it imports (at any depth, also inside
functions), the files of ``pipeline/data`` that they name, and the versions of the libraries that they import.
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

from pipeline.store import digest

PACKAGE = Path(__file__).parent
_DATA = re.compile(r"[\w-]+\.(?:tsv|yaml|json|txt|html|css|js)")
_MODULE = re.compile(r"[a-z]\w+(?:\.[a-z]\w+)*", re.ASCII)


@cache
def fingerprint(*modules: str) -> str:
    """The digest of everything that decides what these modules (``"pipeline.clean"``) do."""
    sources, tables, libraries = dependencies(*modules)
    parts: list[bytes | str] = [f"{sys.version_info.major}.{sys.version_info.minor}"]
    for path in sorted(sources | tables):
        parts += [path.relative_to(PACKAGE).as_posix(), path.read_bytes()]
    return digest(*parts, *(f"{name} {version(name)}" for name in sorted(libraries)))


def dependencies(*modules: str) -> tuple[set[Path], set[Path], set[str]]:
    """The source files, the data tables and the distributions that the modules need, themselves among them."""
    sources: set[Path] = set()
    tables: set[Path] = set()
    imported: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        path = _file(module)
        if path and path not in sources:
            sources.add(path)
            names, named_tables = _mentions(module, path)
            waiting += [n for n in names if n.startswith("pipeline.")]
            imported |= {n.split(".")[0] for n in names}
            tables |= named_tables
    known = _distributions()
    return sources, tables, {d for name in imported for d in known.get(name, ())}


@cache
def _mentions(module: str, path: Path) -> tuple[frozenset[str], frozenset[Path]]:
    """The names that a module imports or has in a string, and the data tables whose names stand in it."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    names: set[str] = set()
    tables: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _DATA.fullmatch(node.value):
                table = PACKAGE / "data" / node.value
                tables |= {table} if table.is_file() else set()
            elif _MODULE.fullmatch(node.value):  # as in importlib.resources.files("jieba")
                names.add(node.value)
        elif isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {base, *(f"{base}.{a.name}" for a in node.names)}
    return frozenset(names), frozenset(tables)


def _file(module: str) -> Path | None:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file() and candidate.parent != PACKAGE.parent:
            return candidate
    return None


@cache
def _distributions() -> dict[str, list[str]]:
    return {name: found for name, found in packages_distributions().items() if found != ["duizhao"]}
