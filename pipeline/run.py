"""A run: bring what is in ``processed/`` and ``glossary/built/`` up to date with ``raw/`` and ``glossary/curated.yaml``.

Freshness is decided by content: an output is redone when its input, the source of its stage, the tables and library versions
that the stage uses, or its options have changed, and only then. Finished documents are on disk at once; a run that was
killed is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import stages
from pipeline.document import Document
from pipeline.engines import Engine, serial
from pipeline.errors import InputError
from pipeline.export.text import plain
from pipeline.freshness import fingerprint
from pipeline.glossary import curate
from pipeline.glossary.model import Glossary
from pipeline.outcome import Outcome as Outcome
from pipeline.outcome import told
from pipeline.parallel import project as parallel
from pipeline.read import read_bytes
from pipeline.read.apart import read_bytes_apart
from pipeline.reduce import current, reduce
from pipeline.segment import Options as SegmentOptions
from pipeline.store import Store, digest, sweep
from pipeline.workspace import Workspace as Workspace

SUFFIXES = (".txt", ".pdf")


class Job(Struct, frozen=True):
    """One report to bring up to date, up to the stage ``upto``.

    ``file`` is its path below ``root``; ``options`` maps stage names to their options.
    """

    name: str
    file: str
    root: Path
    processed: Path
    upto: str
    options: dict[str, Struct]


class Report(Struct, frozen=True):
    """What became of a run. ``failures`` are one line each; ``built`` tells whether the glossary was stale, None: not asked.

    ``aligned`` are the outcomes of parallel reports, ``left`` the files in ``raw/`` that are no reports.
    """

    outcomes: tuple[Outcome, ...]
    removed: tuple[str, ...]
    failures: tuple[str, ...]
    built: bool | None = None
    aligned: tuple[Outcome, ...] = ()
    left: tuple[str, ...] = ()


def run(upto: str = stages.GLOSSARY, workspace: Workspace = Workspace(), engine: Engine = serial,
        progress: Callable[[Outcome, int], None] = lambda outcome, total: None) -> Report:
    """Bring everything up to and including the stage ``upto`` up to date.

    ``name.zh`` and ``name.en`` are the sides of one report, which are aligned; the English side goes no further by itself.
    ``progress`` is called with the outcome of each report, and the number of reports (a parallel one counts once more). A
    report that fails does not stop the others; its outputs from the failed stage on are removed, for they no longer say what
    is in ``raw/``.
    Raises ``InputError`` for a workspace without ``raw/`` or a malformed ``curated.yaml`` (before anything is touched), and
    ``ModuleNotFoundError`` where a package is missing.
    """
    if upto not in stages.NAMES:
        raise InputError("run", f"no stage is called {upto}", remedy=f"the stages are {', '.join(stages.NAMES)}")
    if not workspace.raw.is_dir():
        raise InputError(str(workspace.raw), "there is no such folder", remedy="run where raw/ and glossary/ are")
    curated = curate.load(workspace.curated)
    workspace = Workspace(workspace.root.resolve())  # workers may stand elsewhere
    options = _options(curated)
    for folder in (workspace.processed, workspace.built):
        sweep(folder)
    files, clashes = reports(workspace.raw)
    pairs = parallel.find(files.keys())
    last = upto if upto in stages.OF_REPORTS else stages.OF_REPORTS[-1]
    jobs = [Job(name, file.relative_to(workspace.root).as_posix(), workspace.root, workspace.processed,
                min(last, limit, key=stages.NAMES.index), options) for name, file, limit in _with_limits(files, pairs)]
    both = [] if upto in stages.OF_REPORTS else _alignments(workspace, files, pairs, curated)
    total = len(jobs) + len(both)
    outcomes: list[Outcome] = []
    removed = _prune(Store(workspace.processed), files, pairs)  # first: what a report no longer has must not be taken for it
    for outcome in _each(engine, jobs, both):
        outcomes.append(outcome)
        progress(outcome, total)
    aligned = tuple(outcomes[len(jobs) :])
    failures = [*clashes, *(o.failure for o in outcomes if o.failure)]
    left = tuple(path.relative_to(workspace.root).as_posix() for path in _visible(workspace.raw) if not _is_report(path))
    report = Report(tuple(outcomes[: len(jobs)]), removed, tuple(failures), None, aligned, left)
    if upto != stages.GLOSSARY:
        return report
    built, edited = reduce(workspace.processed, workspace.built, files, curated, engine)
    edited = [line.removeprefix(f"{workspace.root}/") for line in edited]
    return msgspec.structs.replace(report, failures=(*failures, *edited), built=built)


def corpus(workspace: Workspace = Workspace()) -> tuple[tuple[Document, ...], Glossary]:
    """The Documents of all reports in ``raw/`` as the last stage left them, by name, and the glossary built from them.
    The English sides of parallel reports are not among them.

    Raises ``InputError`` where there are none, and where something is missing or older than the reports, the decisions or the
    program.
    """
    if not workspace.raw.is_dir():
        raise InputError(str(workspace.raw), "there is no such folder", remedy="run where raw/ and glossary/ are")
    curated = curate.load(workspace.curated)
    workspace = Workspace(workspace.root.resolve())
    files, _ = reports(workspace.raw)
    if not files:
        raise InputError("raw", "holds no reports", remedy="put .txt or .pdf files there, then: make all")
    pairs = parallel.find(files.keys())
    last = {name: _current(workspace, name, file, limit, _options(curated))
            for name, file, limit in _with_limits(files, pairs)}
    store = Store(workspace.processed)
    for job in _alignments(workspace, files, pairs, curated):
        if not store.fresh(job.sides.id, parallel.key(store, job) or ""):
            raise _outdated(job.file)
    whole = (id for name, id in last.items() if id.startswith(f"{stages.OF_REPORTS[-1]}/"))
    found = tuple(Document.from_json((workspace.processed / f"{id}.json").read_bytes()) for id in whole)
    return found, current(workspace.processed, workspace.built, files, curated)


def reset(workspace: Workspace = Workspace()) -> list[str]:
    """Remove what was built; a line for each file that stays because somebody changed it."""
    kept = []
    for root in (workspace.processed, workspace.built):
        store = Store(root)
        sweep(root)
        for id in store.ids():
            kept += [root / path for path in store.remove(id)]
        store.tidy()
    return [f"{path}: was changed by hand, and stays" for path in sorted(set(kept))]


def reports(raw: Path) -> tuple[dict[str, Path], list[str]]:
    """The reports below ``raw/`` by name (the path without its ending), and a line for each whose name is taken."""
    found: dict[str, Path] = {}
    clashes = []
    for path in filter(_is_report, _visible(raw)):
        inside = path.relative_to(raw)
        name = inside.with_suffix("").as_posix()
        if name in found:
            problem = f"{found[name].name} has the same name"
            clashes.append(str(InputError(f"raw/{inside}", problem, remedy="rename one of them")))
        else:
            found[name] = path
    return found, clashes


def _visible(raw: Path) -> Iterator[Path]:
    """The files below ``raw/``, sorted, with links that lead nowhere; none that is hidden or in a hidden folder."""
    for path in sorted(raw.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(raw).parts)
        if not hidden and (path.is_file() or (path.is_symlink() and not path.exists())):
            yield path


def _is_report(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def process(job: Job) -> Outcome:
    """Bring one report up to date. Never raises for what is wrong with the report: the outcome says it."""
    store, names = Store(job.processed), stages.OF_REPORTS[: stages.OF_REPORTS.index(job.upto) + 1]
    worked: list[str] = []
    document: Document | None = None  # as far as it is needed: what is fresh is not even loaded
    name = before = stages.READ
    try:
        data = (job.root / job.file).read_bytes()
        upstream = digest(data, job.file)
        for name in names:
            id, options = f"{name}/{job.name}", job.options.get(name)
            key = _key(name, options, upstream)
            record = store.fresh(id, key)
            if record:
                document = None
            else:
                if name == stages.READ:
                    document = read_bytes_apart(data, job.file, job.name)
                else:
                    document = document or Document.from_json((job.processed / before / f"{job.name}.json").read_bytes())
                    function = stages.BY_NAME[name].function
                    document = function(document, options) if options else function(document)
                files = {f"{id}.json": document.to_json()}
                files |= {f"{id}{ending}": text.encode() for ending, text in _modules(name)[1](document).items()}
                record = store.save(id, key, files)
                worked.append(name)
            upstream, before = record.outputs[f"{id}.json"], name
    except ModuleNotFoundError:
        raise
    except Exception as error:
        for stale in names[names.index(name) :]:
            store.remove(f"{stale}/{job.name}")
        return Outcome(job.name, tuple(worked), (), *told(error, name, job.file, job.root))
    return Outcome(job.name, tuple(worked), notices(document) if document else ())


def _options(curated: curate.Curated) -> dict[str, Struct]:
    """The options of stages that depend upon people's decisions."""
    return {"segment": SegmentOptions(curated.words(), curated.not_words())}


def _key(name: str, options: Struct | None, upstream: str) -> str:
    """What decides the outputs of a stage for a report whose input has the digest ``upstream``."""
    return digest(name, fingerprint(*_modules(name)[0]), msgspec.json.encode(options), upstream)


def _each(engine: Engine, jobs: list[Job], both: list[parallel.Job]) -> Iterator[Outcome]:
    """The outcomes of the reports, then those of the parallel ones, for which their sides must be done."""
    yield from engine(process, jobs)
    if both:
        yield from engine(parallel.bring_up_to_date, both)


def _with_limits(files: dict[str, Path], pairs: Iterable[parallel.Sides]) -> Iterator[tuple[str, Path, str]]:
    """Each report with the last stage that it goes through: English sides are only read, cleaned and repaired."""
    english = {sides.en for sides in pairs}
    for name, file in files.items():
        yield name, file, parallel.EN_STAGE if name in english else stages.OF_REPORTS[-1]


def _alignments(workspace: Workspace, files: dict[str, Path], pairs: Iterable[parallel.Sides],
                curated: curate.Curated) -> list[parallel.Job]:
    known = curated.pairs()
    return [parallel.Job(sides, files[sides.en].relative_to(workspace.root).as_posix(), workspace.root, workspace.processed,
                         known) for sides in pairs]


def _current(workspace: Workspace, report: str, file: Path, upto: str, options: dict[str, Struct]) -> str:
    """The id of what the stage ``upto`` left of a report. Raises ``InputError`` where that is not up to date."""
    store, id, path = Store(workspace.processed), "", file.relative_to(workspace.root).as_posix()
    upstream = digest(file.read_bytes(), path)
    for name in stages.OF_REPORTS[: stages.OF_REPORTS.index(upto) + 1]:
        id = f"{name}/{report}"
        record = store.fresh(id, _key(name, options.get(name), upstream))
        if record is None:
            raise _outdated(path)
        upstream = record.outputs[f"{id}.json"]
    return id


def _outdated(path: str) -> InputError:
    return InputError(path, "is not in processed/ as it is now", remedy="bring it up to date with: make all")


def _modules(name: str) -> tuple[tuple[str, ...], Callable[[Document], dict[str, str]]]:
    if name == stages.READ:
        return (read_bytes.__module__, plain.__module__), plain
    stage = stages.BY_NAME[name]
    return stage.modules, stage.texts


def notices(document: Document) -> tuple[str, ...]:
    """What a person should know of a Document, a line each, with the line of the raw file where it begins."""
    encoding = document.source.encoding
    first = () if encoding in ("utf-8", "") else (f"{document.source.file}: read as {encoding}",)
    lines = []
    for n in document.notices:
        place = f"page {document.page_of(n.start)}" if document.source.format == "pdf" else (
            f"line {document.raw.count(chr(10), 0, n.start) + 1}")
        lines.append(f"{document.source.file}, {place}: {n.message}")
    return (*first, *lines)


def _prune(store: Store, files: dict[str, Path], pairs: Iterable[parallel.Sides]) -> tuple[str, ...]:
    """Remove the outputs of reports that are no longer in ``raw/``, and those that a report no longer has; the names of the
    former."""
    kept = {sides.id for sides in pairs}
    for name, _, limit in _with_limits(files, pairs):
        kept |= {f"{stage}/{name}" for stage in stages.OF_REPORTS[: stages.OF_REPORTS.index(limit) + 1]}
    gone = [id for id in store.ids() if id not in kept]
    for id in gone:
        store.remove(id)
    if gone:
        store.tidy()
    return tuple(sorted({id.split("/", 1)[1] for id in gone} - files.keys()))
