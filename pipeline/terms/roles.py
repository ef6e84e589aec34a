"""A person's title and affiliation, from the Chinese that stands before or after the name."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from pipeline.scripts.detect import fold
from pipeline.terms.affiliations import (
    AND,
    CUT,
    LONGEST_ROLE,
    affiliation_of,
    in_word,
    is_verb,
    name_at_end,
    name_at_start,
    organisation_end,
    organisation_heads,
    territory_at_end,
    unknown_name,
)
from pipeline.terms.endings import Endings
from pipeline.terms.latin import LATIN
from pipeline.terms.lexicon import definitions, is_word, left_words, surnames, territories, titles, word_class
from pipeline.terms.spans import HAN, has_han

_LAST_STOP = re.compile("(?s:.*)[。！？!?；;：:，,\\n「」『』（）()《》〈〉【】“”]")
_PREFIX = re.compile(
    "^(?:.{0,6}[籍裔]|著名|知名|資深的|受人.{2}的|出身的|的|首位|一位|兩位|一名|兩名|三名|幾名|多名|三位|幾位|多位|該組織|當地|旗下|所屬|來自|主講人|包括|邀請|由|和|與|及|、|以及|(?:[12][0-9]{3})?年|時任|現任|新任|其|和他的|和她的)".translate(
        str.maketrans("資該組織當屬來講請與幾時現", "资该组织当属来讲请与几时现")
    )
)
_NUMBERED = re.compile(f"(?:[一二两三四五六七八九十几多]|[0-9]+)(?:名|位|个)([{HAN}]{{2,8}})$")


_OF_A_PLACE = frozenset(
    map(fold, ("市長", "州長", "省長", "縣長", "區長", "鄉長", "鎮長", "村長", "里長", "國王", "總督", "主教", "大主教"))
)

# Who holds an office of state: the country is what he belongs to.
_OF_A_STATE = re.compile("(?:总统|总理|首相|国王|女王|皇帝|天皇|国务卿|大使|特使|外长|防长|财长|部长|次长|大臣|国家主席)$")
_OWN = re.compile("[本该][会署局部院校馆所司处社]")
_UNIT = re.compile(f"([{HAN}]{{1,10}}(?:[处组科室部司]|中心|部门))(?=(?:副|代理)?(?:[处组科室部司]长|主任|经理|主管)$)")
# Who only has a trade or a fame, and no post in a body: a name before it is no affiliation.
_TRADE = re.compile("(?:[家者手星生民客妻友后帝迷]|[演球学教]员|律师|大师|巨星|冠军|程序员|导演|编剧)$")
# Another person before, and what joins the two.
_LATIN_BEFORE = re.compile(
    rf"[A-Z][{LATIN}'’.\-]*(?:[ ][{LATIN}'’.\-]+)*[ ]?(?:博士|教授|先生|女士|小姐)?[ ]?"
    rf"(?:、|以及|及其|和他的|和她的|[{''.join(sorted(AND))}])"
)
_JOINS = re.compile(f"、|以及|及其|[{''.join(sorted(AND))}]")
_LATIN_NAME = re.compile(rf"([A-Z][{LATIN}0-9&.\-]*(?: [A-Z0-9][{LATIN}0-9&.\-/]*)*)\s?(?:的|現任|现任|前)?\s?$")
_LEADS = re.compile("(?:是|为|如|像|例如|包括|分别是|分别为|即|之一的?)$")
_PRIZE = re.compile("(?:^|[的、是为由与及届年])([^的、是为由与及届年]{2,14}奖得主)$")
_OFFICE_OF = re.compile(rf"(?:时任|现任|前|当时的)?([{HAN}]{{2,6}}?)(?:前|现任|时任)?((?:[{HAN}](?<![的、在对向])){{1,10}})$")
_PAPER = re.compile("(?:一书|期刊|杂志|周刊|月刊|季刊|报|网站)(?!社|道|告)")
_STATIONED = re.compile(f"(?:前|资深|特约|驻[{HAN}]{{2,4}})?")  # 《…》駐北京記者
_HELD = re.compile("[任担是为身作].*的$")


_MAKERS = frozenset("师人员手匠家")
_MAKES_TITLES = re.compile(f"(?:[{HAN}](?<![的之所])){{2}}[师人员手匠]$|[{HAN}]学家$")  # of more trades than a table has


_RANK = re.compile("(?:亚太|大中华|[东南西北]亚|欧洲|北美)区|首席|资深|高级|执行|共同|联席|常务|副|驻|全球")
_INDUSTRY = re.compile("科学|科技|能源|电子|生物|医疗|资本|控股|钢铁|航空|食品|实业|传媒|软件|制药|电力|化学")
_CHAIR = re.compile(rf"[ ]?([A-Z][{LATIN}.]*(?:[ ][{LATIN}.&]+)+)[ ]?[{HAN}]{{0,8}}$")  # whom a professorship is named after


class Role(Struct, frozen=True, gc=False):
    """``role`` and ``affiliation`` as printed, and where the whole begins in the text that was given."""

    role: str
    affiliation: str
    start: int


def before_name(text: str, end: int, joined: str = "") -> Role | None:
    """The title that ends at ``text[:end]`` and the affiliation before it, or ``joined``, which a bracket parts from it."""
    floor = max(0, end - 60)
    chunk = text[floor:end]
    near = fold(chunk.rstrip()[-9:])
    leads = _LEADS.search(near)
    if leads:  # 現任執行長是 Ann Lee, 學者如 Ann Lee
        near, chunk = near[: leads.start()].rstrip(), chunk.rstrip()[: -len(leads.group())]
    if not title_at_end(near.removesuffix("的")):  # no title holds a stop, so the rest need not be looked at
        return None
    stop = _LAST_STOP.match(chunk)
    start = floor + (stop.end() if stop else 0)
    stripped = text[start : floor + len(chunk)].rstrip()
    if not stripped:
        return None
    plain = fold(stripped)
    if plain.endswith("的"):  # 時任某署署長的 Ann Lee
        if not _HELD.search(plain):
            return None
        stripped, plain = stripped[:-1].rstrip(), plain[:-1].rstrip()
    other = _person_before(stripped, plain)
    start, stripped, plain = start + other, stripped[other:], plain[other:]
    title = title_at_end(plain)
    if not title:
        return None
    begin = len(plain) - len(title)
    while plain[begin - 1 : begin] in ("暨", "兼") and title_at_end(plain[: begin - 1]):  # 創辦人暨執行長
        begin -= 1 + len(title_at_end(plain[: begin - 1]))
    own = _OWN.match(plain)
    if own and own.end() <= begin:  # 本會副總幹事
        return Role(stripped[own.end() :], stripped[: own.end()], start + own.end())
    behind = joined and not other and start > 0 and text[start - 1] in "）)" and len(plain.strip()) <= LONGEST_ROLE
    lead = len(plain) - len(plain.lstrip(" 的"))
    unit = _UNIT.match(plain, lead)
    said = not unit and left_words().get(plain[lead : lead + 2]) in ("verb", "adverb", "preposition")
    one = not any(c in CUT or c in "的、" for c in plain[lead:]) and plain[lead] not in AND
    if behind and not said and one:  # 國際勞工組織（…）技能發展專家
        if unit:  # 典藏組組長 is a 組長
            lead = unit.end(1)
        return Role(stripped[lead:], joined, start + lead)
    counted = _NUMBERED.search(plain)
    if counted and counted.start(1) <= begin:  # 三名部落客
        return Role(stripped[counted.start(1) :], "", start + counted.start(1))
    chair = _CHAIR.search(stripped[:begin])
    if chair and organisation_end(plain, chair.start()) and not title_at_end(plain[: chair.start()].rstrip()):
        begin = chair.start()  # 應用海洋科學 Ann Lee 講座教授
    split = organisation_end(plain, begin)
    headed = re.search("的(.{1,4})$", plain[: split or 0])
    if headed and headed.group(1) in organisation_heads():  # 樂施會的物流統籌: 物流 is no body
        split = organisation_end(plain, headed.start())
    if plain[:split].strip() in organisation_heads():
        split = None
    if split is not None:
        role_from, affiliation = split, affiliation_of(stripped[:split], plain[:split])
        if chair:
            role_from = chair.end(1)
    else:
        role_from, affiliation = _without_head(stripped, plain, begin)
        if not affiliation and joined and not plain[:role_from].strip() and text[start - 1] in "）)":
            affiliation = joined
        affiliation = _country(stripped[:role_from], plain) or affiliation
    role = stripped[role_from:].lstrip(" 的之")
    inner = role.rfind("、")
    if inner > 0 and title_at_end(fold(role[:inner])):  # 院長、財務專家: the last is the one that leads the name
        role = role[inner + 1 :]
        again = before_name(role, len(role))
        role = again.role if again else role
    role = _without_prefix(role)
    unit = _UNIT.match(fold(role))
    if unit:  # 典藏組組長 is the 組長 of the 典藏組
        affiliation = affiliation + role[: unit.end(1)] if split is not None else role[: unit.end(1)]
        role = role[unit.end(1) :]
    folded = fold(role)
    body = next((role[:n] for n in (4, 3, 2) if folded[:n] in organisation_heads()), "")
    if body and not headed and title_at_start(folded[len(body) :].lstrip("副")):  # 中心副主任
        whole = joined if fold(joined).endswith(fold(body)) else body  # 北歐照護聯盟（…）, later 聯盟主席
        affiliation, role = affiliation or whole, role[len(body) :]
    if title == "得主":
        prize = _PRIZE.search(plain)
        role, affiliation = (stripped[prize.start(1) :], "") if prize else (role, affiliation)
    office = _OF_A_STATE.search(plain) and _OFFICE_OF.match(plain)
    if office and office.group(1) in territories() and split is None:  # 法國生態轉型部長
        role, affiliation = stripped[office.start(2) :], stripped[office.start(1) : office.end(1)]
    paper = _PAPER.match(fold(role))
    if paper and not affiliation and start and text[start - 1] == "》":  # 《自然》期刊總編輯
        return Role(role[paper.end() :], _marked(text, start, role[paper.end() :]), start + role_from)
    if affiliation.endswith(("籍", "裔")):  # 丹麥籍志工
        affiliation = ""
    if not role or len(role) > LONGEST_ROLE + 8:
        return None
    if not affiliation and _STATIONED.fullmatch(plain[: len(plain) - len(role)]):
        affiliation = _marked(text, start, role)
    return Role(role, affiliation, start + role_from)


def body_before(text: str, end: int) -> str:
    """The organisation that stands right before a name: 某校的 Ann Lee, whose title stands behind."""
    chunk = re.split("[。！？!?；;：:，,、\\n「」『』（）()《》]", text[max(0, end - 40) : end])[-1].strip().rstrip("的")
    plain = fold(chunk)
    return affiliation_of(chunk, plain) if organisation_end(plain, len(plain)) == len(plain) > 2 else ""


def _country(before: str, plain: str) -> str:
    """The territory right before an office of state: 芬蘭 of 芬蘭財政部長."""
    ahead = fold(before).rstrip("的 ") if _OF_A_STATE.search(plain) else ""
    length = next((n for n in range(8, 1, -1) if len(ahead) >= n and ahead[-n:] in territories()), 0)
    return before[len(ahead) - length : len(ahead)]


def title_at_end(plain: str) -> str:
    """The longest title that ends a folded text; of 委員會主席 only 主席."""
    found = _title_endings().longest(plain, len(plain))
    if found == "大学生" and is_word(plain[-4:-2]):  # 交大學生
        return "学生"
    if len(found) > 4:
        shorter = next((found[-n:] for n in range(2, len(found) - 1) if found[-n:] in titles() and _ends(found[:-n])), "")
        return shorter or found
    if (
        not found
        and plain[-1:] in _MAKERS
        and _MAKES_TITLES.search(plain)
        and not (plain[-1] == "人" and any(d[:1].isupper() for n in (3, 4, 5) for d in definitions(plain[-n:-1])[:1]))
        and (plain[-1] in "师家" or not is_word(plain[-2:]))
        and not is_verb(plain[-2:])
    ):
        return plain[-3:]
    return found


def title_at_start(plain: str) -> str:
    """The longest title that begins a folded text."""
    if plain[:1] not in _beginnings():
        return ""
    known = titles()
    return next((plain[:n] for n in range(min(8, len(plain)), 1, -1) if plain[:n] in known), "")


@cache
def _title_endings() -> Endings:
    return Endings(title for title in titles() if 1 < len(title) < 9)


@cache
def _beginnings() -> frozenset[str]:
    """The characters that titles begin with."""
    return frozenset(title[0] for title in titles())


def _ends(plain: str) -> bool:
    """Whether a folded text ends in the head of an organisation of two characters or more."""
    known = organisation_heads()
    return any(plain[-n:] in known for n in (2, 3, 4))


def _marked(text: str, start: int, role: str) -> str:
    """The paper or body in the quotation marks before a title: 《衛報》記者."""
    if not start or text[start - 1] not in "》」” " or (_TRADE.search(fold(role)) and not fold(role).endswith("记者")):
        return ""
    m = re.search("[《「“]([^《》「」“”。，、]{2,14})[》」”] ?$", text[max(0, start - 20) : start])
    return m.group(1) if m and not fold(role).endswith(("作者", "主角", "导演", "编剧")) else ""


def _person_before(printed: str, plain: str) -> int:
    """Where what belongs to another person ends: 教授 Anna Weber 和|博士生, 董事長魏明遠與|執行長."""
    cut = 0
    if re.search("[A-Z]", printed):
        for m in _LATIN_BEFORE.finditer(plain):
            name = re.match(r"[^\u2e80-\u9fff、]+", m.group())
            words = name.group().split() if name else []
            if len(words) > 1 or title_at_end(plain[: m.start()].rstrip()):
                cut = m.end()
    known = surnames()
    for m in _JOINS.finditer(plain):
        for length in (3, 2, 4):
            at = m.start() - length
            if at >= 2 and plain[at] in known and title_at_end(plain[:at]) and not is_word(plain[at : m.start()]):
                cut = max(cut, m.end())
    return cut if cut and title_at_end(plain[cut:]) else 0


def _without_head(printed: str, plain: str, begin: int) -> tuple[int, str]:
    """Where the title's modifiers begin where no head ends an organisation, and the name before them, if it can be one."""
    rank = _RANK.search(plain)
    if rank and rank.start() <= begin and _proper(plain[: rank.start()].rstrip("的")):  # 塔塔鋼鐵首席顧問
        return rank.start(), printed[: rank.start()].rstrip("的")
    if 2 < begin <= 6 and _proper(plain[:begin]) and not any(is_word(plain[a : a + 2]) for a in range(begin - 1)):
        return begin, printed[:begin]
    role_from = begin if plain[begin:].isascii() else _role_start(plain, begin)
    posted = re.search(f"驻[{HAN}]{{2,6}}$", plain[:role_from])
    if posted:  # UNICEF 駐土耳其副代表
        role_from = posted.start()
    if begin - role_from == 1:
        role_from = begin  # one character is no modifier
    before = printed[:role_from]
    latin = _LATIN_NAME.search(before)
    if latin:
        ahead = fold(before[: latin.start()]).rstrip()
        if any(ahead.endswith(w) for w in ("知名", "著名", "资深", "独立")) or territory_at_end(ahead):  # 英國 Linux 程式設計師
            return latin.start(), ""
        return role_from, latin.group(1)
    trade = _INDUSTRY.match(plain, role_from)
    if trade and unknown_name(plain[:role_from]):  # 吉利德科學
        role_from = trade.end()
    if 3 <= role_from <= 10 and unknown_name(plain[:role_from]):
        return role_from, printed[:role_from]
    name = name_at_end(plain[:role_from].rstrip("的 "))
    if not name:
        inner = () if plain[:role_from].endswith("的") else range(begin, role_from, -1)
        for cut in inner:  # 麥肯錫全球合夥人: the name within what was read as modifiers
            name = name_at_end(plain[:cut])
            if name:
                role_from = cut
                break
        else:
            name = "" if _TRADE.search(plain) else name_at_start(plain[:begin])
            if name:
                role_from = len(name)
    if name:
        end = len(plain[:role_from].rstrip("的 "))
        return role_from, printed[end - len(name) : end]
    return role_from, ""


def _proper(name: str) -> bool:
    """Whether a folded clause is a name and nothing else: it begins with no common word, and holds no sign or function word."""
    if not re.fullmatch(f"[{HAN}]{{2,8}}(?<![籍裔])", name) or name in territories() or left_words().get(name[:2]):
        return False
    if any(c in "的之" or ((c in CUT or c in AND) and not in_word(name, k)) for k, c in enumerate(name)):
        return False
    first = next((name[:n] for n in (5, 4, 3, 2) if is_word(name[:n])), "")
    return not first or (definitions(first)[:1] != () and definitions(first)[0][:1].isupper() and word_class(first) != "place")


def _role_start(plain: str, begin: int) -> int:
    """The beginning of a title's modifiers: to a cut, a verb, a sign."""
    at = plain.rfind("的", max(0, begin - 8), begin) + 1
    if at and re.fullmatch(f"[{HAN}]*", plain[at:begin]) and not any(c in CUT or c in AND for c in plain[at:begin]):
        return at  # 該會的資深倡議專員
    at = begin
    while at > 0 and begin - at < 10:
        c = plain[at - 1]
        if not has_han(c) or (c in CUT and not is_word(plain[at - 1 : at + 1])) or c in "的之、" or c in AND:
            break
        done = False
        for length in (4, 3, 2):
            word = plain[at - length : at] if at >= length else ""
            if word and left_words().get(word) == "preposition" and word != "数位":  # digital, not several
                done = True
            if word and left_words().get(word) == "verb" and is_verb(word):
                done = True
            region = word[-1:] == "区" or plain[at] == "区"  # 亞太區經理
            if word and not region and (word in territories() or _stops_at_place(plain, at, length, begin)):
                done = True
        if done:
            break
        at -= 1
    if begin - at > 6:  # a modifier is one or two words that the dictionary has; longer runs are a sentence
        at = begin
        for _ in range(2):
            at -= next((n for n in (4, 3, 2) if at >= n and is_word(plain[at - n : at])), 0)
    return at


def _stops_at_place(plain: str, at: int, length: int, begin: int) -> bool:
    """Whether a place ends at ``at`` that is no part of the title: 紐約藝術家, but 巴黎市長 and 歐洲區總裁."""
    word = plain[at - length : at]
    across = any(word_class(plain[at - n : at + 1]) for n in (1, 2, 3) if at < begin)
    named = any(d[:1].isupper() for d in definitions(word)[:1])  # 福利 is a place to jieba
    return word_class(word) == "place" and named and plain[begin:] not in _OF_A_PLACE and not across


def _without_prefix(role: str) -> str:
    while True:
        m = _PREFIX.match(fold(role))
        country = next((n for n in (5, 4, 3, 2) if fold(role[:n]) in territories() and title_at_end(fold(role[n:]))), 0)
        if not country and (not m or m.end() >= len(role) - 1):
            return role
        role = role[country or m.end() :].lstrip()  # type: ignore[union-attr]
