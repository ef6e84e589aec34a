"""duizhao (對照): clean text and an aligned zh–en glossary from the Chinese text of PDFs.

The stages are functions on Documents, from ``read`` over ``clean``, ``repair``, ``normalise`` and ``segment`` to ``terms``:

>>> import pipeline
>>> document = pipeline.read("raw/2023-offshore-wind-safety.txt")
>>> document = pipeline.repair(pipeline.clean(document))
>>> for p in document.paragraphs[:2]:
...     print(p.kind, document.text[p.start : p.end])
title 赴丹麥參加離岸風電海上作業安全訓練研討會紀要
heading 壹、緣起

or all at once: ``pipeline.process("raw/2023-offshore-wind-safety.txt").candidates``. docs/library.md goes through all of it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.clean import clean
    from pipeline.document import Document
    from pipeline.errors import InputError
    from pipeline.normalise import normalise
    from pipeline.read import read
    from pipeline.repair import repair
    from pipeline.segment import segment
    from pipeline.stages import process
    from pipeline.terms import terms

__all__ = ["Document", "InputError", "clean", "normalise", "process", "read", "repair", "segment", "terms"]

_HOMES = {"Document": "document", "InputError": "errors", "process": "stages"}


class _Package(ModuleType):
    """Loads each public name when it is first asked for, so that the command starts fast.

    A stage has the name of its module: ``pipeline.clean`` is the function, also after ``pipeline/clean.py`` was imported.
    """

    def __getattr__(self, name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES.get(name, name)}"), name)
        super().__setattr__(name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
