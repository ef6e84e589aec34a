"""What stands in a bracket and is no gloss: numbers, citations, addresses, dates, remarks, sentences."""

from __future__ import annotations

import re

from pipeline.terms.latin import LATIN, is_acronym, is_roman, like_person
from pipeline.terms.lexicon import is_word, left_words

_REMARK = re.compile(
    "^(?:如|例|含|包含|包括|见|参|详|图|表|注|附|单位|约|共|第|截至|现|今|原为|原|前|后|因|由|在|以|为|针对|按|据|来源|资料|图片|摄|编按|股票|股|"
    "代码|代号|电话|传真|其中|部分|另|不|未|已|可|需|或|与|和|及|若|但|指|是|有|无|目前|当时|尤其|特别|主要|即使|依|从|对|除|自|至|于|同|上|下|左|右|节|"
    "接|续|完|略|笑|掌声|暂|译|本|该|此|最|平均|年|月|每|也|亦|又|并|且|知名|著名|并非|非|仅|只|限|起|即将|将|时|当)"
)
_WEAK_REMARK = frozenset("上下本年月时特最前后")  # these can begin a name as well
_UNIT = (
    r"(?:[kMGTmµμn]?(?:mol|Pa|Wh|W|Hz|eq|g|L|l|m|V|A|B|b|s|J|U|IU|cal|Bq|Sv|t)|dl|ml|cc|mmHg|kcal|km|cm|mm|nm|ha|ppm|ppb|dB|pH|rpm|mph|fps|px|bps|"
    r"USD|NTD|TWD|HKD|RMB|CNY|EUR|GBP|JPY|US\$|NT\$|HK\$|NT|US|CO2e|tCO2e|AM|PM|am|pm|min|hr|h|yr|BC|AD|No|vs|[℃°]C?)"
)
_NUMBER = re.compile(
    rf"^[\s<>≤≥＜＞=＝~～≈±+\-–—−×*^%％$€£￥¥\d.,:：/·（）()]*(?:{_UNIT}(?:[²³23]|\b)[\s<>≤≥=~～±+\-–—×*^%％$\d.,/·]*)*$"
)
_MEASURE = re.compile(r"^[\d.,~～\-–]+\s*[a-zA-Zµμ%]{1,6}\s*/\s*[a-zA-Z]{1,5}\b")
_OPERATOR = re.compile(r"[#~<>≤≥＜＞＝=±→←↑↓≈∑]|\d\s*%")
_URL = re.compile(r"https?:|www\.|@[\w.]|\.(?:com|org|net|gov|edu|jpg|png|pdf|html?)\b|[_`\\{}|]", re.I)
_URL_SIGNS = re.compile(r"[:.@_`\\{}|]")  # no address without one of these
_RANGE = re.compile(
    r"^[\s,，;；]*(?:(?:b|d|c|ca|born|fl|r)\.?\s*)?(?:公元前?|BC|AD|西元前?)?\s*\d{3,4}\s*年?(?:\s*[-–—−~～－至]\s*(?:\d{2,4}\s*年?|present|今|现在|))?[\s,，]*$",
    re.I,
)
_DATES = re.compile(
    r"[\s,，;；]+(?:(?:b|d|c|ca|born)\.?\s*)?\d{3,4}\s*年?\s*[-–—−~～－至]\s*(?:\d{2,4}\s*年?|present|今|现在)?\s*$|"
    r"[\s,，;；]+(?:b|d|born|died)\.?\s*\d{4}\s*年?\s*$"
)
_CITATION = re.compile(
    rf"et al\b|\bn\.d\.|\bpp?\.\s*\d|\bvol\.|\bibid|\bop\. cit|\beds?\.|"
    rf"(?:^|[;；]\s*)[A-Z][{LATIN}'’.\-]*(?:\s*(?:,|&|and|、)?\s*[A-Z][{LATIN}'’.\-]*){{0,3}}\s*[,，]\s*(?:19|20)\d\d[a-z]?\b(?!\s*[-–—−~～－至])|"
    rf"\b(?:Press|Books|Publish\w+|Penguin|Routledge|Springer|Elsevier)\b.*\d{{4}}"
)
_CITED = re.compile(r"[.\d]|et al|ibid")  # no citation without one of these
# Conventions and laws are cited with their year: Occupational Safety and Health Convention, 1981.
_INSTRUMENT = re.compile(
    r"\b(?:Convention|Recommendation|Act|Ordinance|Regulations?|Protocol|Treaty|Rules|Directive|Order|Code|Declaration|"
    r"Agreement|Charter|Covenant|Law|Bill|Resolution|Guidelines?|Standards?)(?: \([^)]*\))?(?:[,，]\s*|\s+)\d{4}$"
)
_PUBLISHER = re.compile(r"^[A-Z][\w .]+:\s*[A-Z].*\d{4}")
_CLAUSE = re.compile(
    r"^(?:especially|as|if|when|where|which|who|that|such|e\.g|i\.e|eg|ie|including|see|note|not|in|at|for|from|with|because|since|while|by|on|"
    r"about|after|before|than|but|and|or|to|via|per|also|only)\b(?:[^A-Z]|$)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|may|must|does|did|said|says|cannot|don't|doesn't|it's|that's|there's|I'm|you|we|they|he|she)\b"
)
_TITLE_SHAPE = re.compile(r"^(?:[A-Z“\"'‘(\[0-9][^\s]*|[a-z]{1,4}|[–—&:-])(?:\s+(?:[A-Z“\"'‘(0-9][^\s]*|[a-z]{1,5}|[–—&:-]))*$")
_LISTED = re.compile(
    r"^(?:Figure|Fig\.?|Table|Chapter|Section|Part|Annex|Appendix|(?:FAX|TEL|Tel|Fax)(?=[\s:：.]*\d)|Note|Source|Photo|Step|Level|Phase)"
    r"\b[\s:：.]*[\dA-Z]?[\d\-. ]*$|"
    r"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?)"
    r"(?:\s*[-–~,.\d]|$)"
)
_LANGUAGES = frozenset(
    ["中文", "英文", "日文", "法文", "德文", "韩文", "俄文", "华语", "汉语", "粤语", "繁体", "简体", "繁体中文", "简体中文"]
)
_CODE = re.compile(r"[A-Z]{1,6}[\-‐ ]?(?!(?:19|20)\d\d$)\d{4,}")
# Gross, Levy, & Back, 2001
_NAMES = re.compile(rf"[A-Z][{LATIN}'’\-]+(?:, [A-Z][{LATIN}'’\-]+)+, & [A-Z][{LATIN}'’\-]+(?:, \d{{4}}[a-z]?)?")
_QUESTION = re.compile(r"(?:what|how|why) ")  # what is said is a name of what is said
_BOOK = re.compile(r"(?:ISBN|ISSN|DOI|doi)[\s:：]*\d")
_STANDARD = re.compile(r"^(?:ISO|IEC|CNS|EN|ASTM|IEEE|SA|GB|BS)[ /\-]?\w*[ \-]?\d")
_WITHOUT_QUOTES = str.maketrans("", "", "“”\"")
_QUOTED = re.compile(r"[“\"].+[”\"]")
_SPACE = re.compile(r"\s")


def no_gloss(inner: str, titled: bool = False) -> str:
    """Why what a bracket holds, with Latin letters in it, can render no name, or nothing. ``titled``: it stands behind the
    title of a work, whose year is no citation."""
    if is_roman(inner) and len(inner) < 6 and inner not in ("MIX", "CD", "DC", "CM", "MD", "MC"):
        return "an enumerator"
    if _is_address(inner) and not _SPACE.search(inner.replace("\n", "")[:25]):
        return "an address or file name"
    if is_figure(inner) and not is_acronym(inner):
        return "a number with its unit"
    if _LISTED.match(inner):
        return "a reference, a date or a number"
    if not titled and (
        _PUBLISHER.match(inner) or (_CITED.search(inner) and _CITATION.search(inner) and not with_year(inner))
    ):
        return "a citation"
    if _NAMES.fullmatch(inner):
        return "a citation"
    if _CODE.fullmatch(inner):
        return "a number of a register"
    if _OPERATOR.search(inner.removeprefix("#")) or _MEASURE.match(inner):
        return "a figure or formula"
    return ""


def no_name(words: str) -> str:
    """Why English in a bracket is no name of the term before it, or nothing."""
    if _is_address(words):
        return "an address or file name"
    if _CLAUSE.match(words):
        return "a remark in English"
    count = words.count(" ") + 1
    long = (count > 6 and not _TITLE_SHAPE.match(words)) or (count > 2 and words[0].islower() and not _QUESTION.match(words))
    if long and _FINITE.search(words):
        return "a sentence of English"
    if count > 24:
        return "a sentence of English"
    if _QUOTED.search(words) and not like_person(words.translate(_WITHOUT_QUOTES)):
        return "it quotes something"
    return ""


def _is_address(words: str) -> bool:
    """Whether an address or file name is in it."""
    return bool(_URL_SIGNS.search(words) and _URL.search(words))


def is_remark(body: str) -> bool:
    """Whether a folded text begins as a remark does, and not as a name: 自2020年起, but 自然…."""
    if body.startswith("前身"):
        return True
    m = _REMARK.match(body)
    if not m or body[0] in _WEAK_REMARK:
        return False
    return m.end() > 1 or not is_word(body[:2]) or body[:2] in left_words()


def is_figure(words: str) -> bool:
    """Whether it is a number, perhaps with its unit, or the number of a book or paper."""
    if _BOOK.match(words):
        return True
    return bool(_NUMBER.match(words)) and any(c.isdigit() for c in words)


def is_years(words: str) -> bool:
    """Whether it is a year, or the first and last of a life or a term of office."""
    return bool(_RANGE.match(words))


def without_dates(words: str) -> int:
    """How many characters a name has without the dates behind it: Charles Le Gendre, 1830-1899."""
    m = _DATES.search(words)
    return m.start() if m and m.end() == len(words) else len(words)


def with_year(words: str) -> bool:
    """Whether it is a convention or law that is cited with its year."""
    return bool(_INSTRUMENT.search(words))


def is_language(body: str) -> bool:
    """Whether a folded text names a language and nothing else."""
    return body in _LANGUAGES


def is_reference(words: str) -> bool:
    """Whether Latin is a standard or a label, which Chinese explains and does not render: ISO 27001（資訊安全）."""
    return len(words) < 2 or bool(_LISTED.match(words) or _STANDARD.match(words))
