"""The folders of a project, and the glossary as it was last built there.

For what only looks at a project: no stage is imported here.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.errors import InputError
from pipeline.glossary.model import Glossary


class Workspace(Struct, frozen=True):
    """The folders of a project."""

    root: Path = Path()

    @property
    def raw(self) -> Path:
        """Where people put reports."""
        return self.root / "raw"

    @property
    def processed(self) -> Path:
        """What the stages write."""
        return self.root / "processed"

    @property
    def curated(self) -> Path:
        """What people decided."""
        return self.root / "glossary" / "curated.yaml"

    @property
    def built(self) -> Path:
        """The glossary as built."""
        return self.root / "glossary" / "built"


def load(built: Path) -> Glossary:
    """The glossary as it was last built. Raises ``InputError`` where there is none, or none that can be read."""
    path = built / "glossary.json"
    try:
        return Glossary.from_json(path.read_bytes())
    except FileNotFoundError:
        raise InputError(str(path), "there is no built glossary yet", remedy="build it with: make all") from None
    except msgspec.DecodeError as error:
        raise InputError(str(path), f"this is no glossary ({error})", remedy="delete it and build it with: make all") from None
