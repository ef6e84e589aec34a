"""glossary.yaml: the glossary as YAML for people to read, of which a program can read every field back."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from pipeline.glossary.model import Concept, Glossary

HEAD = """\
# The glossary, built by duizhao from the reports. Whatever is written here is lost with the next build:
# decisions (approve, reject, forbid, admit, edit, add) belong in glossary/curated.yaml, whose head shows how they are written.
# start, end, gloss_start and gloss_end count the characters of the report as read; mark and gloss_mark those of the sentence.
"""
# Plain where no YAML reader could take it for anything but text; the rest is quoted.
_PLAIN = re.compile(r"[A-Za-z\u3400-\u4dbf\u4e00-\u9fff][\w\u3400-\u4dbf\u4e00-\u9fff ().·&/’-]*(?<! )", re.ASCII)
_WORDS = frozenset(["y", "yes", "n", "no", "on", "off", "true", "false", "null"])
_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def to_yaml(glossary: Glossary) -> str:
    """The glossary as YAML 1.1 and 1.2 alike: a comment above each concept names it; terms and evidence take a line each."""
    lines = [HEAD.rstrip(), f"version: {glossary.version}", f"documents: {_flow(glossary.documents)}"]
    lines.append("concepts:" if glossary.concepts else "concepts: []")
    for concept in glossary.concepts:
        lines += ["", f"# {_title(concept)}", *_concept(concept)]
    return "\n".join(lines) + "\n"


def from_yaml(text: str | bytes) -> Glossary:
    """The glossary that :func:`to_yaml` wrote. Slow for thousands of concepts; ``Glossary.from_json`` is quick.

    Raises ``yaml.YAMLError`` for what is no YAML and ``msgspec.ValidationError`` for what is no glossary.
    """
    import yaml

    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # both are safe loaders
    return msgspec.convert(loaded, Glossary)


def _title(concept: Concept) -> str:
    names = [t.text for t in concept.of("en", "full form")] or [t.text for t in concept.of("en", "acronym")]
    title = " = ".join(dict.fromkeys(filter(None, (concept.text("zh-Hant", "full form"), "; ".join(names)))))
    return _BREAKS.sub(" ", " ".join(title.split()))


def _concept(concept: Concept) -> list[str]:
    lines = []
    for field, value in msgspec.to_builtins(concept).items():
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            lines.append(f"{field}:")
            lines += (f"- {_flow(item)}" for item in value)
        else:
            lines.append(f"{field}: {_flow(value)}")
    return [("- " if k == 0 else "  ") + line for k, line in enumerate(lines)]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items() if (k, v) != ("other", None)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return _scalar(value)
    return json.dumps(value)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _BREAKS.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
