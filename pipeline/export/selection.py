"""Which part of the glossary leaves, in which script and under which language codes, with every text fit for any format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from pipeline.errors import InputError
from pipeline.export.losses import Loss
from pipeline.glossary.model import LIVE, Concept, Conflict, Evidence, Glossary, Language, Status, Term
from pipeline.wording import counted

Choice = Literal["approved", "proposed", "all"]
Script = Literal["hant", "hans"]
Direction = Literal["zh-en", "en-zh"]

CHOICES: dict[Choice, frozenset[Status]] = {
    "approved": frozenset({"approved", "admitted"}),
    "proposed": frozenset({"approved", "admitted", "proposed"}),
    "all": LIVE,
}
LANGUAGES: tuple[Language, ...] = get_args(Language)
# Control characters, surrogates and the two that XML 1.0 forbids beside them (XML 1.0, production 2), line and paragraph
# separators, and the byte order mark.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile("[\t\n\x0b\f\r\x85\u2028\u2029]")
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")


class Codes(Struct, frozen=True):
    """How a format's users write the languages. The defaults are those of BCP 47 for the scripts."""

    hant: str = "zh-Hant"
    hans: str = "zh-Hans"
    en: str = "en"

    def of(self, language: Language) -> str:
        """The code of a language of the model."""
        return {"zh-Hant": self.hant, "zh-Hans": self.hans, "en": self.en}[language]


def codes(base: Codes, changed: Iterable[str]) -> Codes:
    """``base`` with settings such as ``zh-Hant=zh-TW``. Raises ``InputError`` for anything else."""
    for setting in changed:
        language, _, code = setting.partition("=")
        if language not in LANGUAGES or not _CODE.fullmatch(code):
            raise InputError("export", f"--language {setting} is no language and its code", remedy="write it as zh-Hant=zh-TW, "
                             f"with one of {', '.join(LANGUAGES)} before the =")
        base = msgspec.structs.replace(base, **{language.removeprefix("zh-").lower(): code})
    return base


def fit(text: str) -> str:
    """The text without control characters, its white space as single spaces."""
    return " ".join(_UNFIT.sub("", _SPACES.sub(" ", text)).split())


def select(glossary: Glossary, status: Choice = "approved", script: Script | None = None,
           forbidden: bool = True) -> tuple[list[Concept], list[Loss]]:
    """The concepts that leave, with only those terms that do, every text :func:`fit`; and what stays behind.

    A concept whose English leaves takes its Chinese along, whatever the status of that. Rejected terms never leave;
    ``forbidden`` is whether the format has a way to mark what must not be used. Raises ``InputError`` if nothing leaves.
    """
    kept: list[Concept] = []
    losses: list[Loss] = []
    for concept in glossary.concepts:
        found = _selected(concept, CHOICES[status], script, forbidden, losses)
        if found:
            kept.append(found)
    if not kept:
        remedy = "approve terms in glossary/curated.yaml, or take more with --status"
        raise InputError("export", f"nothing in the glossary is {status if status != 'all' else 'found'}", remedy=remedy)
    return kept, losses


def _selected(concept: Concept, wanted: frozenset[Status], script: Script | None, forbidden: bool,
              losses: list[Loss]) -> Concept | None:
    taken = [t for t in concept.terms if t.status in wanted or (forbidden and t.status == "forbidden")]
    if any(t.language == "en" for t in taken):
        taken = [t for t in concept.terms if t in taken or (t.language != "en" and t.status in LIVE)]
    if not taken:
        losses.append(Loss("dropped", f"concepts that are {concept.status}", concept.name))
        return None
    losses += [Loss("dropped", f"terms that are {t.status}", t.text) for t in concept.terms if t not in taken]
    if script:
        other = "zh-Hans" if script == "hant" else "zh-Hant"
        taken = [t for t in taken if t.language != other]
    terms: dict[tuple[Language, str], Term] = {}
    for t in taken:
        text = fit(t.text)
        if text != t.text:
            losses.append(Loss("settled", "texts with control characters or unusual spaces", text or repr(t.text)))
        if not text or (t.language, text) in terms:
            what = "terms that are empty, or the same as another, without such characters"
            losses.append(Loss("dropped", what, repr(t.text)))
        else:
            terms[t.language, text] = msgspec.structs.replace(t, text=text, source=fit(t.source))
    if not terms:
        return None
    return msgspec.structs.replace(
        concept, terms=tuple(terms.values()), role=fit(concept.role or "") or None,
        affiliation=fit(concept.affiliation or "") or None, notes=tuple(filter(None, map(fit, concept.notes))),
        reasons=tuple(map(fit, concept.reasons)), documents=tuple(map(fit, concept.documents)),
        conflicts=tuple(_fit_conflict(c) for c in concept.conflicts), evidence=tuple(map(_fit_evidence, concept.evidence)),
    )


def _fit_conflict(conflict: Conflict) -> Conflict:
    return msgspec.structs.replace(conflict, message=fit(conflict.message), terms=tuple(map(fit, conflict.terms)))


def _fit_evidence(evidence: Evidence) -> Evidence:
    # Marks count characters, so that characters are replaced one by one here and none is taken away.
    sentence = _UNFIT.sub(" ", evidence.sentence)
    other = evidence.other and msgspec.structs.replace(
        evidence.other, document=fit(evidence.other.document), sentence=_UNFIT.sub(" ", evidence.other.sentence))
    return msgspec.structs.replace(evidence, document=fit(evidence.document), sentence=sentence, other=other)


def holds(concepts: Iterable[Concept]) -> str:
    """``3 concepts, 11 terms``."""
    concepts = list(concepts)
    terms = sum(len(c.terms) for c in concepts)
    return f"{counted(len(concepts), 'concept')}, {counted(terms, 'term')}"


def unplaced(concepts: Iterable[Concept], *fields: str) -> list[Loss]:
    """A loss for each concept that says something in a field for which a format has no place."""
    return [Loss("no place", f"concepts with {field.replace('_', ' ')}", c.name)
            for field in fields for c in concepts if getattr(c, field)]
