"""What stands around a name and says what kind of thing it names; English written as one kind only. Chinese is folded."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import table
from pipeline.document import TermKind
from pipeline.scripts.detect import fold

# What stands right before or behind a name, without the quotation mark between, and says what it is. Folded.
BEFORE_PLACE = re.compile(
    "(?:[州省县市郡国镇岛]|首都|首府|港口|城市|小镇|村庄|位于|设于|设在|抵达|到达|前往|来自|走访|参访|造访|访问|转往|转赴|飞往|途经|行经|驶往|驶抵|"
    "流经|座落|坐落|出生于|赴|在|(?<![关对由等源归])于|(?<![出源])自|至|(?<![受得感想看提谈遇找做])到|往|离)$"
)
# Of these, what no firm and nobody stands behind.
MOVES = re.compile(
    "(?:首都|首府|港口|城市|城镇|小镇|村庄|位于|设于|抵达|到达|前往|走访|参访|造访|转往|转赴|飞往|途经|行经|驶往|驶抵|流经|坐落|座落|"
    "出生于|住在|逃往|驻守|[东西南北中]部(?:的)?)$"
)
NEAR = re.compile(
    "(?:[州省县市]的|近郊的|首都|首府|港口|城市|小镇|村庄|位于|设于|座落于|坐落于|(?:位于|座落于).{1,5}的)$"
)  # no person stands behind these
BODIES = re.compile("等?(?:组织|机构|团体|公司|企业|智库|集团)")
UNIONS = frozenset(map(fold, ("聯合國", "歐盟", "歐洲聯盟")))  # bodies that CLDR counts among the territories
AFTER_PLACE = re.compile(
    "(?:市|县|州|省|镇|村|岛|河|山区|湾|一带|地区|半岛|群岛|山脉|高原|盆地|等地|附近|港|沿岸|外海|当地|以[东西南北]|周边|境内|居民|郊外|街头)"
)
AFTER_WORK = re.compile("[》〉]?(?:[》〉]|一书|一文|书中|等电影|等书|杂志|期刊|这本书|这部|一曲|一片|影集|报告书)")
AFTER_BODY = re.compile(
    "[」”』]?\\s?(?:等(?:组织|机构|团体|公司|企业|品牌|单位|智库|媒体)|(?:共同)?(?:执行董事|董事长|执行长|首席执行官|总裁|创办人|创始人|秘书长|总干事|发言人|"
    "理事长|研究员|分析师)|旗下|推出|发布|公布|发表|用户|商家|门市|门店|股价|财报|总部|员工)"
)
LED = re.compile("\\s?的?(?:执行董事|董事长|执行长|首席执行官|总裁|创办人|创始人|秘书长|总干事|发言人|旗下)")
ACTS = re.compile(
    "\\s?(?:起诉|控告|否认|上市|投资|裁员|发布|发表|要求|呼吁|指出|表示|批评|统计|宣布|报导|报道|警告|估计|收购|承诺|主办|承办|举办|签署|推出|抗议|设有|查核|赞助|资助|负责|派|在当地|每年公布|公布|遭并购)"
)
# Heads of places that also spell foreign sounds.
SPELLING = frozenset("里海国站市城洲港桥省区角江")
FIRST_OF_PLACE = re.compile(
    r"(?:San|Santa|São|Saint|New|Los|Las|Port|Fort|Mount|Lake|Cape|North|South|East|West|Nova|Puerto|Rio|Monte)"
    r"(?: [A-Z][^\W\d_]+){1,2}$"
)
AFTER_PERSON = re.compile(
    "(?:等人|等学者|表示|指出|认为|主张|提出|说|写|著有|曾|则认为|所|出生|生于|去世|逝世|笔下|本人|夫妇|兄弟|家族|这位|此人|他|她|"
    "的(?:理论|著作|观点|学说|研究(?![站所院中机人])|名言|思想|小说|作品|影响|传记|书信|弟子|妻子|丈夫|父亲|母亲|儿子|女儿|老师|学生|诗|画作?|话|一生|遗|哲学|批评|论证|看法))|"
    "[^，。]?(?:博士|教授|先生|女士)"
)
AFTER_TERM = re.compile("[」”』]?(?:一词|一语|的概念|概念|理论|现象|效应|的定义|的说法|技术|疗法|细胞)")


@cache
def kind_words(where: str) -> dict[str, TermKind]:
    """The words of the table that are used in one place, folded -> the kind that they say."""
    return {fold(word): kind for word, place, kind in table("kind_words.tsv") if place == where}  # type: ignore[misc]
