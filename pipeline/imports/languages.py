"""Which language of the model a code or the head of a column means."""

from __future__ import annotations

from pipeline.glossary.keys import has_chinese, looks_like_acronym
from pipeline.glossary.model import Language, TermType
from pipeline.scripts.detect import detect

_NAMES: dict[str, Language] = {
    "english": "en", "英文": "en", "英語": "en", "英语": "en", "traditional chinese": "zh-Hant", "繁體中文": "zh-Hant",
    "繁體": "zh-Hant", "正體中文": "zh-Hant", "simplified chinese": "zh-Hans", "简体中文": "zh-Hans", "简体": "zh-Hans",
    "chinese": "zh-Hant", "中文": "zh-Hant", "chinese (traditional)": "zh-Hant", "chinese (simplified)": "zh-Hans",
}
_HANS = {"hans", "cn", "sg", "my"}


def language_of(code: str) -> Language | None:
    """The language of a BCP 47 code (in any case, also with ``_``) or of the name of a language, None for any other.

    ``zh`` alone is Traditional here; :func:`of_text` tells by the characters.
    """
    name = code.strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    parts = name.replace("_", "-").split("-")
    if any(len(p) > 8 or not p.isalnum() for p in parts):
        return None
    if parts[0] in ("en", "eng"):
        return "en"
    if parts[0] in ("zh", "zho", "chi", "cmn"):
        return "zh-Hans" if _HANS & set(parts[1:]) and "hant" not in parts else "zh-Hant"
    return None


def of_text(text: str, code: str = "") -> Language:
    """The language of a term. A code that names the script counts; else its characters do."""
    said = language_of(code) if code else None
    if said and (said == "en" or "-" in code.replace("_", "-")):
        return said
    if not has_chinese(text):
        return said or "en"
    script = detect(text)
    return "zh-Hans" if script.hans > script.hant else "zh-Hant"


def type_of(text: str, language: Language, others: bool) -> TermType:
    """The type of a term of which none is given; ``others``: whether there are full forms in its language beside it."""
    return "acronym" if language == "en" and others and looks_like_acronym(text) else "full form"
