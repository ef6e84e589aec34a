"""The files of ``glossary/built/``."""

from __future__ import annotations

from pipeline.export.glossary_yaml import to_yaml
from pipeline.export.markdown import to_markdown
from pipeline.export.tables import to_csv
from pipeline.glossary.model import Glossary


def outputs(glossary: Glossary) -> dict[str, bytes]:
    """File names and contents. glossary.json is the same as glossary.yaml for programs: ``Glossary.from_json`` reads it."""
    return {
        "glossary.yaml": to_yaml(glossary).encode(),
        "glossary.json": glossary.to_json(),
        "glossary.csv": to_csv(glossary),
        "glossary.md": to_markdown(glossary).encode(),
    }
