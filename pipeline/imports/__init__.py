"""Termbases of other tools, read as concepts, and added to people's decisions."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.errors import InputError
from pipeline.export.losses import Loss
from pipeline.glossary.model import Concept

SUFFIXES = (".tbx", ".tmx", ".csv", ".tsv", ".utf8", ".tab", ".txt", ".xml")


def read(data: bytes, name: str) -> tuple[list[Concept], list[Loss]]:
    """The concepts of a file, whose format its name and its beginning tell; and what of it cannot be taken.

    Raises ``InputError`` for what is no termbase.
    """
    from pipeline.imports import delimited, xml

    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(name, "its format is unknown", remedy=f"name it with one of the endings {', '.join(SUFFIXES)}")
    if not data.strip():
        raise InputError(name, "is empty")
    if suffix in (".tbx", ".tmx", ".xml"):
        return xml.read(data, name)
    return delimited.read(data, name, suffix)
