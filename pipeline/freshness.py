"""What a stage depends upon, found in its own source, so that no list of it can go stale.

The fingerprint of a stage covers its module, the modules of this package that it imports (at any depth, also inside
functions), the data tables that they name, and the versions of the libraries that they import.
"""

from __future__ import annotations

import ast
import sys
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

from pipeline.store import digest

PACKAGE = Path(__file__).parent


@cache
def fingerprint(*modules: str) -> str:
    """The digest of everything that decides what these modules (``"pipeline.clean"``) do."""
    sources, tables, libraries = dependencies(*modules)
    parts: list[bytes | str] = [f"{sys.version_info.major}.{sys.version_info.minor}"]
    for path in sorted(sources | tables):
        parts += [path.relative_to(PACKAGE).as_posix(), path.read_bytes()]
    return digest(*parts, *(f"{name} {version(name)}" for name in sorted(libraries)))


@cache
def dependencies(*modules: str) -> tuple[set[Path], set[Path], set[str]]:
    """The source files, the data tables and the distributions that the modules need, themselves among them."""
    sources: set[Path] = set()
    tables: set[Path] = set()
    imported: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        path = _file(module)
        if path is None or path in sources:
            continue
        package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
        sources.add(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value and "\n" not in node.value:
                table = PACKAGE / "data" / node.value
                tables |= {table} if len(node.value) < 80 and table.is_file() and table.suffix != ".py" else set()
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                above = package[: len(package) + 1 - node.level] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                names = [base, *(f"{base}.{a.name}" for a in node.names)]
            waiting += [n for n in names if n.startswith("pipeline.")]
            imported |= {n.split(".")[0] for n in names}
    known = _distributions()
    return sources, tables, {d for name in imported for d in known.get(name, ())}


def _file(module: str) -> Path | None:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file() and candidate.parent != PACKAGE.parent:
            return candidate
    return None


@cache
def _distributions() -> dict[str, list[str]]:
    return {name: found for name, found in packages_distributions().items() if found != ["duizhao"]}
