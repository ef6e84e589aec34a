"""The glossary as a component for spaCy, registered as ``duizhao_glossary`` by an entry point.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> component = nlp.add_pipe("duizhao_glossary", config={"path": "glossary/built/glossary.json"})
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from pipeline.errors import InputError
from pipeline.glossary.match import Match, Matcher, renderings
from pipeline.glossary.model import LIVE, Concept, Glossary, Status
from pipeline.glossary.model import Language as Written

_FILE = "glossary.json"
_CHINESE: dict[str, Written] = {"hant": "zh-Hant", "hans": "zh-Hans"}
_ATTRIBUTES: dict[str, Any] = {"rendering": "", "renderings": (), "status": "", "concepts": ()}


class GlossaryMarker:
    """Marks the terms of a glossary in Docs; see :func:`glossary_marker` for the settings."""

    def __init__(self, path: str = "", key: str = "glossary", ents: bool = False, script: str = "hant",
                 statuses: Iterable[Status] = LIVE):
        if script not in _CHINESE:
            raise InputError("duizhao_glossary", f"no script is called {script}", remedy="it is hant or hans")
        self.path, self.key, self.ents, self.script, self.statuses = path, key, ents, script, tuple(statuses)
        self._glossary: Glossary | None = None
        self._matcher: Matcher | None = None
        if path and Path(path).is_file():  # else to_disk's copy may follow, where the path was that of another computer
            self._set(load(path))

    def __call__(self, doc: Doc) -> Doc:
        """Mark the terms of a Doc. A term both of whose ends cut a word is none (日本 in 今日|本會)."""
        starts = {token.idx for token in doc}
        ends = {token.idx + len(token) for token in doc}
        found = [m for m in self.matcher.find(doc.text) if m.start in starts or m.end in ends]
        spans = mark(doc, found, self.key, self.script, self.statuses)
        if self.ents:
            ours = filter_spans(spans)
            taken = {i for span in ours for i in range(span.start, span.end)}
            doc.set_ents([*ours, *(e for e in doc.ents if taken.isdisjoint(range(e.start, e.end)))])
        return doc

    @property
    def glossary(self) -> Glossary:
        """The glossary. Raises ``InputError`` where there is none at the path."""
        if self._glossary is None:
            self._set(load(self.path))
        assert self._glossary is not None
        return self._glossary

    @property
    def matcher(self) -> Matcher:
        """What finds the terms. Raises ``InputError`` where there is no glossary at the path."""
        if self._matcher is None:
            self._matcher = Matcher(self.glossary.concepts, self.statuses)
        return self._matcher

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The concepts and their terms, without the sentences in which they stand."""
        bare = (msgspec.structs.replace(c, evidence=(), conflicts=(), reasons=()) for c in self.glossary.concepts)
        return Glossary(self.glossary.documents, tuple(bare)).to_json()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> GlossaryMarker:
        """Take over what :meth:`to_bytes` gave."""
        self._set(Glossary.from_json(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """As :meth:`to_bytes`, into a folder."""
        data = self.to_bytes()
        Path(path).mkdir(parents=True, exist_ok=True)
        Path(path, _FILE).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> GlossaryMarker:
        """As :meth:`from_bytes`, from a folder."""
        return self.from_bytes(Path(path, _FILE).read_bytes())

    def _set(self, glossary: Glossary) -> None:
        self._glossary, self._matcher = glossary, None


@Language.factory("duizhao_glossary", assigns=["doc.spans", "span._.rendering"], default_config={
    "path": "glossary/built/glossary.json", "key": "glossary", "ents": False, "script": "hant", "statuses": sorted(LIVE)})
def glossary_marker(nlp: Language, name: str, path: str, key: str, ents: bool, script: str,
                    statuses: list[str]) -> GlossaryMarker:
    """The component, for ``nlp.add_pipe("duizhao_glossary", config=…)``.

    ``path`` is a built glossary (``.json`` or ``.yaml``). ``key`` names the group in ``doc.spans``; with ``ents`` the terms
    become entities too, before those that are there. Chinese renderings of English are in ``script`` (``"hant"`` or
    ``"hans"``). Concepts and terms of these ``statuses`` are marked.
    """
    return GlossaryMarker(path, key, ents, script, msgspec.convert(statuses, list[Status]))


def mark(doc: Doc, found: Iterable[Match], key: str, script: str = "hant", statuses: Iterable[Status] = LIVE) -> list[Span]:
    """Set ``doc.spans[key]`` to the terms found.

    Of each span, ``label_`` is the kind, ``kb_id_`` the id of the concept, ``_.rendering`` what it is in the other language
    (preferred), ``_.renderings`` all that is admitted, ``_.status`` that of the concept, ``_.concepts`` the ids of all concepts
    of this name. Where a word reaches over an end of the term, the span does too.
    """
    spans: dict[tuple[int, int], Span] = {}
    for match in found:
        span = doc.char_span(match.start, match.end, match.concept.kind, kb_id=match.concept.id, alignment_mode="expand")
        if span is None or (span.start, span.end) in spans:
            continue
        spans[span.start, span.end] = span
        other = renderings(match, _CHINESE[script], statuses)
        values = (other[0] if other else "", other, match.concept.status, tuple(c.id for c in _concepts(match)))
        for name, value in zip(_ATTRIBUTES, values, strict=True):
            span._.set(name, value)
    doc.spans[key] = SpanGroup(doc, name=key, spans=list(spans.values()))
    return list(spans.values())


def load(path: str | Path) -> Glossary:
    """The glossary of a file that ends in ``.json`` or ``.yaml``. Raises ``InputError`` where there is none."""
    import yaml

    from pipeline.export.glossary_yaml import from_yaml

    try:
        data = Path(path).read_bytes()
        return from_yaml(data) if Path(path).suffix in (".yaml", ".yml") else Glossary.from_json(data)
    except OSError as error:
        problem = "there is no glossary" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        raise InputError(str(path), problem, remedy="give the path of glossary.json") from None
    except (msgspec.MsgspecError, yaml.YAMLError) as error:
        raise InputError(str(path), f"this is no glossary ({' '.join(str(error).split())})", remedy="build it anew") from None


def _concepts(match: Match) -> tuple[Concept, ...]:
    return match.concept, *match.others


for _name, _default in _ATTRIBUTES.items():
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)
