"""The glossary as JSON and as Markdown, with only what leaves."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.export.losses import Export, Loss
from pipeline.export.markdown import to_markdown
from pipeline.export.selection import Choice, Script, holds, select
from pipeline.glossary.model import Glossary

SCHEMA_ID = "duizhao-glossary-1.schema.json"


def json(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None) -> Export:
    """JSON in the shape of docs/glossary.schema.json, every field given. ``Glossary.from_json`` reads it back."""
    concepts, losses = select(glossary, status, script)
    chosen = Glossary(glossary.documents, tuple(concepts), glossary.version)
    return Export((msgspec.json.format(msgspec.json.encode(_whole(chosen)), indent=1) + b"\n",), holds(concepts), tuple(losses))


def markdown(glossary: Glossary, *, status: Choice = "approved", script: Script | None = None) -> Export:
    """Markdown for reading."""
    concepts, losses = select(glossary, status, script)
    text = to_markdown(Glossary(glossary.documents, tuple(concepts), glossary.version))
    losses += [Loss("no place", "concepts with further sentences", c.name) for c in concepts if len(c.evidence) > 1]
    return Export((text.encode(),), holds(concepts), tuple(losses))


def _whole(value: object) -> object:
    """Structs as dictionaries of all their fields, also of those that have their default."""
    if isinstance(value, msgspec.Struct):
        return {field: _whole(getattr(value, field)) for field in value.__struct_fields__}
    return [_whole(item) for item in value] if isinstance(value, tuple) else value


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of :func:`json`."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "title": "A glossary of duizhao",
             **msgspec.json.schema(Glossary)}
    for definition in found["$defs"].values():
        definition["description"] = " ".join(definition["description"].replace("``", "").split())
    return msgspec.json.decode(msgspec.json.encode(found), type=dict[str, Any])


if __name__ == "__main__":
    import json as standard

    print(standard.dumps(schema(), indent=1, ensure_ascii=False))
