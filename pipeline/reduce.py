"""The one reduce over all documents: ``processed/terms/`` and ``glossary/curated.yaml`` become ``glossary/built/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.engines import Engine
from pipeline.errors import InputError
from pipeline.export.page import Reading, reading_of_json, to_page
from pipeline.freshness import fingerprint
from pipeline.glossary import build as building
from pipeline.glossary.curate import Curated
from pipeline.glossary.entries import entries_of_json
from pipeline.glossary.model import DocumentTerms, Glossary
from pipeline.parallel.model import renderings_of_json
from pipeline.parallel.project import of_chinese
from pipeline.store import Store, digest
from pipeline.workspace import load

ID = "glossary"
INTENT = "glossary-begun"  # what a build is about to write: the files of a killed one must not pass for somebody's edits
MODULES = ("pipeline.reduce", "pipeline.export.built", "pipeline.export.page")


class Source(Struct, frozen=True):
    """What the glossary takes from one report: the JSON of the stage ``terms``, and of its alignment with its English side."""

    terms: Path
    parallel: Path | None = None


def reduce(processed: Path, built: Path, names: Iterable[str], curated: Curated, engine: Engine) -> tuple[bool, list[str]]:
    """Build the glossary of the reports ``names`` if it is stale: whether it was, and a line for each file edited by hand.

    A file that somebody edited is left as it is, and the others are written. Reports that failed have no terms and are left
    out.
    """
    from pipeline.export.built import outputs

    store = Store(built)
    sources, key = _state(processed, names, curated)
    if store.fresh(ID, key):
        store.remove(INTENT, files=False)  # of a run that was killed when it had written everything
        return False, []
    glossary = building.build(engine(entries_of, sources), curated)
    files = outputs(glossary) | {"index.html": to_page(glossary, (reading_of(source.terms) for source in sources))}
    edited = [path for path in files if _edited(store, path, digest(files[path]))]
    store.note(INTENT, key, {path: digest(data) for path, data in files.items()})
    store.save(ID, key, files, keep=edited)
    store.remove(INTENT, files=False)
    return True, [_by_hand(built / path) for path in edited]


def current(processed: Path, built: Path, names: Iterable[str], curated: Curated) -> Glossary:
    """The glossary, built from the reports ``names`` as they are in ``processed/`` now. Raises ``InputError`` if it is not."""
    record = Store(built).record(ID)
    if record is None or record.key != _state(processed, names, curated)[1]:
        raise InputError("glossary/built", "is not that of the reports as they are now", remedy="build it with: make all")
    return load(built)


def preview(processed: Path, built: Path, curated: Curated) -> Glossary:
    """The glossary that these decisions give with the reports as they were last processed; nothing is written.

    Where nothing is processed, the glossary as it was last built; ``InputError`` where there is none.
    """
    ids = [id.removeprefix("terms/") for id in Store(processed).ids() if id.startswith("terms/")]
    sources = [source for source in _state(processed, ids, curated)[0] if source.terms.exists()]
    return building.build(map(entries_of, sources), curated) if sources else load(built)


def entries_of(source: Source) -> DocumentTerms:
    """What the glossary needs of a report and of its English side."""
    found = entries_of_json(source.terms.read_bytes())
    if source.parallel is None:
        return found
    return msgspec.structs.replace(found, entries=(*found.entries, *renderings_of_json(source.parallel.read_bytes())))


def reading_of(path: Path) -> Reading:
    """What the page shows of the Document at ``path``, a JSON file of the last stage before the glossary."""
    return reading_of_json(path.read_bytes())


def _state(processed: Path, names: Iterable[str], curated: Curated) -> tuple[list[Source], str]:
    """The reports that have terms, and the key of the glossary that is built from them."""
    store = Store(processed)
    sources: list[Source] = []
    state: list[str] = []
    for name in sorted(names):
        terms = store.record(f"terms/{name}")
        if not terms:
            continue
        sides = of_chinese(name)
        aligned = store.record(sides.id) if sides else None
        files = [f"terms/{name}.json", *([f"{sides.id}.json"] if sides and aligned else [])]
        state += [name, *(record.outputs[file] for record, file in zip((terms, aligned), files, strict=False) if record)]
        sources.append(Source(*(processed / file for file in files)))
    return sources, digest(fingerprint(*MODULES), msgspec.json.encode(curated.decisions), *state)


def _edited(store: Store, path: str, new: str) -> bool:
    """Whether a file holds what neither the last build nor one that was cut short has written."""
    known = {record.outputs.get(path) for id in (ID, INTENT) if (record := store.record(id))}
    holds = store.holds(path)
    return holds is not None and holds != new and holds not in known


def _by_hand(path: Path) -> str:
    problem = "was edited by hand and is left as it is"
    remedy = "put the decision into glossary/curated.yaml (its head shows how) and delete this file"
    return str(InputError(str(path), problem, remedy=remedy))
