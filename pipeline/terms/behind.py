"""The title that a sentence gives somebody behind the name: Ana Ruiz 現任所長; 甲（…）和乙（…）是學者; Ana Ruiz，某校教授."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.scripts.detect import fold
from pipeline.terms.affiliations import CUT, in_word, organisation_heads
from pipeline.terms.latin import LATIN
from pipeline.terms.lexicon import left_words
from pipeline.terms.roles import Role, before_name, title_at_end
from pipeline.terms.spans import HAN

_FAR = 160
_END = re.compile("[。！？!?\\n：:；;「『]")
_HONOUR = re.compile("\\s?(?:博士|教授|先生|女士|小姐|医生|医师|律师)?(?:\\s?[（(][^（）()\\n]{1,24}[）)])?\\s?")
_OTHERS = re.compile(  # those for whom the title is too
    rf"(?:\s?(?:和|与|及|以及|、)\s?(?:[{HAN}·・．.‧•]{{2,16}}\s?[（(][A-Z][^（）()\n]{{1,60}}[）)]|"
    rf"(?:[{HAN}]{{2,14}}的\s?)?[A-Z][{LATIN}'’.\-]*(?:[ ][{LATIN}'’.\-]+)+))*\s?"
)
_WHEN = "(?:[从自]?[0-9]{4}年(?:[0-9]+月)?(?:起|以来|后)?|当时|目前|现在|如今|后来|其后|同时|曾经?|也|亦|还|都|均|则|便|并)*"
_POST = (
    "(?:现任|现为|[担出接兼历时曾]任|身为|[获被受](?:委任|任命|委|选|聘|推选|提名)[为任]?|"
    "成为|当选|[转升接]任|升为|就任|[任是])(?:为)?"
)
_IS = re.compile(f"[，,]?\\s?{_WHEN}(?:{_POST}|[为系])了?")
_LATER = re.compile(f"[，,。；]{_WHEN}([他她]?){_WHEN}(?:{_POST})了?")
_ALL = re.compile("(?:等(?:多|数|几)?|[两三四五这]|几|多)(?:位|名)?")  # 甲（…）、乙（…）等學者, 甲（…）這位詩人
_ONE = re.compile("[一首两](?:位|名)|一[所家间个]|其中一[位名个]")
_LATIN = re.compile(rf"[{LATIN}0-9.&\s]+")
_REMARK = re.compile("[（(][^（）()\n]*[）)]")
_BEYOND = re.compile("$|[和与、兼并及暨]|之一|期间|一职|的职|至今|时$")
_ENGLISH_TITLE = re.compile(
    r"\s?(?:[a-z]+ )?(?:specialist|director|manager|engineer|analyst|professor|chair|president|secretary|officer|researcher|"
    r"advis[eo]r|consultant|fellow|coordinator|pilot|commander)\b"
)


def behind_name(text: str, start: int, end: int) -> Role | None:
    """What a sentence says of the one whose name, with its gloss in brackets, is ``text[start:end]``."""
    first = not start or text[start - 1] == "\n"
    listed = first and text[end : end + 1] == "\n"  # a line of its own, and one that says who it is
    line = text[end + listed : end + listed + _FAR].split("\n", 1)[0]
    plain = fold(line)
    if listed:
        return _title(line, alone=True)
    at = _HONOUR.match(plain).end()  # type: ignore[union-attr]
    others = _OTHERS.match(plain, at).end()  # type: ignore[union-attr]
    said = _IS.match(plain, others)
    everyone = _ALL.match(plain, others)
    if everyone and everyone.end() > others + 1 - (plain[others] == "等"):
        known = title_in(line[everyone.end() :])
        if known:
            return Role(known, "", end)
    if said:
        role = _title(line[said.end() :])
    else:
        last = not _END.search(line.rstrip())
        apart = plain[at : at + 1] in ("，", ",", "—") or (last and plain[at - 1 : at] in (" ", "\u3000"))
        role = _title(line[at:].lstrip("，,— "), alone=True) if apart else None
    if role is None:
        role = _later(text, start, line, plain, others)
    return replace(role, start=end) if role else None


def title_in(tail: str) -> str:
    """The title within the first characters of what follows several people."""
    plain = fold(tail[:9])
    for n in range(2, len(plain) + 1):
        cut = any(c in CUT and not in_word(plain, k) for k, c in enumerate(plain[:n]))
        if title_at_end(plain[:n]) and not title_at_end(plain[: n + 1]) and not cut:
            role = before_name(tail, n)
            return role.role if role and role.start <= 4 else ""
    return ""


def is_called(text: str, end: int) -> Role | None:
    """What a sentence says right behind a name: 里奧斯是某校教授."""
    said = _IS.match(fold(text[end : end + 24]))
    return _title(text[end + said.end() : end + _FAR].split("\n", 1)[0]) if said else None


def of_remark(remark: str) -> Role | None:
    """The title that a gloss gives beside the name: （Ana Ruiz，某校教授）."""
    return next((role for part in re.split("[，,；;]", remark) for role in (_title(part.strip(), alone=True),) if role), None)


def _later(text: str, start: int, line: str, plain: str, at: int) -> Role | None:
    """The title in a clause further on: of 他 and 她, or of the one with whom the sentence begins."""
    begins = not text[max(0, start - 9) : start].strip(" \u3000—*") or text[start - 1] in "。！？\n　—*"
    another = re.compile(r"[（(]\s?[A-Z]").search(plain, at)
    stop = another.start() if another else len(plain)
    full = _END.search(plain, at, stop)
    for m in _LATER.finditer(plain, at, stop):
        if m.group(1) or (begins and (full is None or m.start() < full.start())):
            role = _title(line[m.end() : stop])
            if role:
                return role
    return None


def _title(tail: str, alone: bool = False) -> Role | None:
    """The title and affiliation that a clause gives, up to the first comma; ``alone``: where the clause is nothing else."""
    english = _ENGLISH_TITLE.match(tail)
    if english and not alone:
        return Role(english.group().strip(), "", 0)
    tail = _REMARK.sub("", tail)
    one = _ONE.match(fold(tail))
    tail = tail[one.end() :] if one else tail
    clause = re.split("[，,—（(）)。！？!?：:；;「『]", tail)[0].rstrip()
    plain = fold(clause)
    for n in range(len(plain), 1, -1):
        if not (title_at_end(plain[max(0, n - 9) : n]) and _BEYOND.match(plain[n:])):
            continue
        role = before_name(clause[:n], n)
        if role is None or (alone and (n < len(plain) or not (one or _nothing_else(plain, role)))):
            return None
        vague = (one and one.group()[-1] in "所家间个") or fold(role.affiliation) in organisation_heads()
        return replace(role, affiliation="") if vague else role
    return None


def _nothing_else(plain: str, role: Role) -> bool:
    """Whether a clause is a title with its affiliation, and what stands before them no verb."""
    rest = _LATIN.sub("", plain[: role.start].replace(fold(role.affiliation), "", 1))
    return len(rest) < 16 and not any(
        (rest[k] in CUT and not in_word(rest, k)) or left_words().get(rest[k : k + 2]) in ("verb", "preposition")
        for k in range(len(rest))
    )
