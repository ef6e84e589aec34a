"""Characters by what they do in a name: join it, end it, spell a foreign one. All are folded."""

from __future__ import annotations

from pipeline.scripts.detect import fold
from pipeline.words.tokenizer import FOREIGN as _SEGMENTED

BODIES = frozenset(fold("部 院 會 府 署 局 法人 國立 政府").split())
FUNCTION = frozenset(fold("的之與和及或暨"))  # may stand in a name, says nothing there
STRONG = frozenset(fold("的在將被由是了著過把於從對向為以並且而但也都又則卻使讓令"))
UNLIKELY = frozenset(fold("的與和及或暨且而在於了著被將把由向從因如對讓使為以"))  # begins a name only as part of a word
SPELLING = frozenset(fold("以於讓因如"))  # of these, those that spell the first sound of a foreign name
POSTPOSITIONS = frozenset(fold(a + b) for a in "以之" for b in "東西南北上下內外前後來間中")  # they end a phrase
HYPHENS = frozenset("-－–—‐")
PERSONAL = frozenset(  # end words for people
    fold("家師員官長者手生士星徒王后爵將兵友商迷伯婦妻夫父母兄弟姊妹子女媽爸叔侄孫妃帝皇民人工")
)
NEVER = frozenset(fold("是這你嗎"))
FOREIGN = frozenset(
    fold("".join(sorted(_SEGMENTED)))
    + fold(
        "愛李雷白強瓊喬森頓奧倫坡登丁亨漢易雪雀麗娃菲芙珊貝碧柏裘孟夢杰班本比畢邦波百拜步布蔡曹岱杜凡范芳夫高葛貢顧海韓荷侯胡霍季姜寬奎昆藍羅辛柴詹曼"
    )
)
