"""Parallel reports of a project: which files of ``raw/`` are sides of one report, and their alignment brought up to date."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.document import Document
from pipeline.freshness import fingerprint
from pipeline.outcome import Outcome, told
from pipeline.store import Store, digest

STAGE = "parallel"
ZH_STAGE, EN_STAGE = "terms", "repair"  # what is aligned: the Chinese with its terms, the English in whole paragraphs
MODULES = ("pipeline.parallel.report", "pipeline.parallel.write")
_ZH, _EN = ".zh", ".en"


class Sides(Struct, frozen=True):
    """A parallel report ``name`` and what its sides are called: ``name.zh`` and ``name.en``."""

    name: str

    @property
    def zh(self) -> str:
        """The name of the Chinese side."""
        return f"{self.name}{_ZH}"

    @property
    def en(self) -> str:
        """The name of the English side."""
        return f"{self.name}{_EN}"

    @property
    def id(self) -> str:
        """What it is called in ``processed/``."""
        return f"{STAGE}/{self.name}"

    @property
    def inputs(self) -> tuple[str, str]:
        """What its sides are called there, as they are aligned."""
        return f"{ZH_STAGE}/{self.zh}", f"{EN_STAGE}/{self.en}"


class Job(Struct, frozen=True):
    """A parallel report to bring up to date. ``file`` is its English side below ``root``, ``known`` pairs that people decided
    on."""

    sides: Sides
    file: str
    root: Path
    processed: Path
    known: tuple[tuple[str, str], ...] = ()


def find(names: Collection[str]) -> tuple[Sides, ...]:
    """The parallel reports among these names of reports, sorted."""
    both = (Sides(name.removesuffix(_ZH)) for name in sorted(names) if name.endswith(_ZH))
    return tuple(sides for sides in both if sides.en in names)


def of_chinese(report: str) -> Sides | None:
    """The parallel report that a report is the Chinese side of, going by its name."""
    return Sides(report.removesuffix(_ZH)) if report.endswith(_ZH) else None


def key(store: Store, job: Job) -> str | None:
    """What decides the outputs; None where a side is not there."""
    records = [store.record(id) for id in job.sides.inputs]
    upstream = [r.outputs.get(f"{id}.json", "") for id, r in zip(job.sides.inputs, records, strict=True) if r]
    if len(upstream) < 2:
        return None
    return digest(STAGE, fingerprint(*MODULES), msgspec.json.encode(job.known), *upstream)


def bring_up_to_date(job: Job) -> Outcome:
    """Align a report whose sides are up to date. Where one has failed, which its own outcome says, nothing is left of it.

    Never raises for what is wrong with the report: the outcome says it.
    """
    store, sides = Store(job.processed), job.sides
    wanted = key(store, job)
    if wanted is None:
        store.remove(sides.id)
        return Outcome(sides.name)
    if store.fresh(sides.id, wanted):
        return Outcome(sides.name)
    try:
        files, doubt = _aligned(job)
        store.save(sides.id, wanted, files)
    except ModuleNotFoundError:
        raise
    except Exception as error:
        store.remove(sides.id)
        return Outcome(sides.name, (), (), *told(error, STAGE, job.file, job.root))
    return Outcome(sides.name, (STAGE,), doubt)


def _aligned(job: Job) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of an alignment, and what a person should know of it."""
    from pipeline.parallel.report import align_documents
    from pipeline.parallel.write import tmx, tsv

    zh, en = (Document.from_json((job.processed / f"{id}.json").read_bytes()) for id in job.sides.inputs)
    alignment = align_documents(zh, en, job.sides.name, job.known)
    id, paired = job.sides.id, sum(len(p.zh) for p in alignment.pairs if p.en)
    doubt = () if 2 * paired >= len(alignment.zh) else (
        f"{job.file}: {paired} of {len(alignment.zh)} Chinese sentences have their English there: is it the translation?",)
    return {f"{id}.json": alignment.to_json(), f"{id}.tsv": tsv(alignment), f"{id}.tmx": tmx(alignment)}, doubt
