"""Small glossaries for tests, from entries as the stage ``terms`` gives them."""

from __future__ import annotations

from pipeline.glossary.build import build
from pipeline.glossary.curate import parse
from pipeline.glossary.model import Concept, DocumentTerms, Entry, Evidence, Glossary
from pipeline.glossary.scripts import to_hans, to_hant


def entry(
    zh: str | None = None,
    en: str | None = None,
    acronym: str | None = None,
    *,
    kind: str = "organisation",
    confidence: float = 0.9,
    document: str = "",
    **fields: object,
) -> Entry:
    """An entry as the stage ``terms`` would give it, standing in one sentence."""
    name = zh or en or acronym or ""
    gloss = ", ".join(filter(None, (en if zh else None, acronym if zh or en else None)))
    sentence = f"會中由{name}（{gloss}）說明辦理情形。" if gloss else f"會中由{name}說明辦理情形。"
    at = 3 + len(name)
    evidence = Evidence(
        document,
        100 + 3,
        100 + at,
        sentence,
        mark=(3, at),
        gloss_start=100 + at + 1 if gloss else 0,
        gloss_end=100 + at + 1 + len(gloss) if gloss else 0,
        gloss_mark=(at + 1, at + 1 + len(gloss)) if gloss else (0, 0),
    )
    return Entry(
        kind=kind,
        zh=zh,
        zh_hant=to_hant(zh) if zh else None,
        zh_hans=to_hans(zh) if zh else None,
        en=en,
        acronym=acronym,  # type: ignore[arg-type]
        confidence=confidence,
        mentions=1,
        evidence=(evidence,),
        **fields,
    )  # type: ignore[arg-type]


def glossary(*documents: list[Entry], curated: str = "") -> Glossary:
    """The glossary of documents a, b, c … of these entries."""
    return build([DocumentTerms(chr(97 + k), tuple(found)) for k, found in enumerate(documents)], parse(curated))


def only(found: Glossary, name: str) -> Concept:
    """The one concept with exactly this name among its terms."""
    [concept] = [c for c in found.concepts if name in [t.text for t in c.terms]]
    return concept


def texts(concept: Concept, language: str, type: str) -> list[str]:
    return [t.text for t in concept.terms if t.language == language and t.type == type]


def conflicts(concept: Concept) -> list[str]:
    return [c.kind for c in concept.conflicts]
