"""A term of the glossary by any of its names."""

from __future__ import annotations

from pipeline.glossary.keys import acronym_key, en_key, has_chinese
from pipeline.glossary.model import Concept, Counterpart, Evidence, Glossary
from pipeline.scripts.detect import fold
from pipeline.wording import counted

SHOWN = 3  # sentences of one concept


def lookup(glossary: Glossary, term: str) -> list[Concept]:
    """The concepts that are called so, in either language and either script, then those with a name that holds the term.

    Scripts, variants and width of Chinese and the case and punctuation of English are folded.
    """
    wanted = fold("".join(term.split())).casefold() if has_chinese(term) else en_key(term)
    if not wanted.strip() or not glossary.concepts:
        return []
    exact: list[Concept] = []
    part: list[Concept] = []
    names = [(concept, t.text, t.language) for concept in glossary.concepts for t in concept.terms]
    folded = fold("\n".join("".join(text.split()) for _, text, _ in names)).casefold().split("\n")
    for (concept, text, language), chinese in zip(names, folded, strict=True):
        name = en_key(text) if language == "en" and not has_chinese(term) else chinese
        if name == wanted or (language == "en" and acronym_key(text) == acronym_key(term)):
            exact.append(concept)
        elif wanted in name:
            part.append(concept)
    return list({c.id: c for c in exact + part}.values())


def show(concept: Concept, sentences: int = SHOWN) -> str:
    """A concept for people to read in a terminal: its names, what is known of it, and sentences with the term in 【】."""
    chinese = concept.text("zh-Hant", "full form")
    simplified = concept.text("zh-Hans", "full form")
    head = " / ".join(dict.fromkeys(t for t in (chinese, simplified) if t))
    english = "; ".join(_with_status(t.text, t.status, concept.status) for t in concept.of("en", "full form"))
    acronym = ", ".join(t.text for t in concept.of("en", "acronym"))
    named = f"{english} ({acronym})" if english and acronym else english or acronym
    lines = [f"{head}  {named}".strip() if head else named]
    facts: list[str] = [concept.kind, concept.status]
    if concept.status in ("proposed", "uncertain"):
        facts.append(f"confidence {concept.confidence:.2f}")
    if concept.unsupported:
        facts.append("in no report")
    lines.append("  " + ", ".join(facts))
    for label, texts in (("short", [t.text for t in concept.of("zh-Hant", "short form")]),
                         ("also", [t.text for t in concept.of("zh-Hant", "variant")]),
                         ("role", [concept.role]), ("of", [concept.affiliation]),
                         ("conflict", [c.message for c in concept.conflicts]), ("note", concept.notes)):
        lines += [f"  {label}: {text}" for text in texts if text]
    for evidence in concept.evidence[:sentences]:
        for e in evidence.sides:
            lines.append(f"  {e.document}, {'page ' + str(e.page) + ', ' if e.page > 1 else ''}characters {e.start}–{e.end}")
            lines.append(f"    {marked(e)}")
    more = concept.mentions - min(sentences, len(concept.evidence))
    if more > 0:
        lines.append(f"  and {counted(more, 'more place')}")
    return "\n".join(lines) + "\n"


def marked(evidence: Evidence | Counterpart, opening: str = "【", closing: str = "】") -> str:
    """The sentence of a piece of evidence with the term set between marks."""
    a, b = evidence.mark
    s = evidence.sentence
    return f"{s[:a]}{opening}{s[a:b]}{closing}{s[b:]}" if b > a else s


def _with_status(text: str, status: str, usual: str) -> str:
    return text if status == usual else f"{text} [{status}]"
