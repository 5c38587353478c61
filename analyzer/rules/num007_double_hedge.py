"""NUM007: two hedges on one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer import lexicon
from analyzer.records import Analysis, Check, Quantity
from analyzer.rules import CONSISTENT, inconsistent, rule

_DIGIT = r"[\d一二三四五六七八九十百千万亿两几数零〇点.]"


@rule("NUM007", "double-hedge", "info")
def double_hedge(analysis: Analysis) -> Iterator[Check]:
    """一个数前后用了两个概数词 / Two hedges on one number

    查什么：同一个数前后的概数词是否矛盾（近300余人、超过500人左右，按警告报）或重复（约200人左右、超过500人以上）。
    为什么：“近”是不到，“余”是超出，放在一起读者不知道是多是少；重复的词应当删去一个。
    依据：GB/T 15835—2011《出版物上数字用法》概数；吕叔湘《现代汉语八百词》近、约、余、左右、以上。
    不报：只用一个概数词的；“近5年以上”一类指最近几年的；“达到……以上”；区间（3—5天左右）。

    Checks: whether the hedges before and behind one number clash (近300余人, a warning) or repeat each other
        (约200人左右).
    Why: 近 is a bit less and 余 a bit more, so that the reader cannot tell which; of two equal words one is idle.
    Source: GB/T 15835-2011 on approximate numbers; Lü Shuxiang, 800 Words of Contemporary Chinese.
    Not flagged: a single hedge; 近 with years, where it means the latest ones; 达到……以上; ranges.
    """
    for quantity in analysis.quantities:
        if quantity.hedge:
            yield _check(quantity)


def _check(quantity: Quantity) -> Check:
    match = _shape().match(quantity.quote)
    if (
        not match
        or quantity.upper is not None
        or (quantity.kind == "duration" and (match["front"] or "").endswith("近"))
    ):
        return CONSISTENT
    data = lexicon.load("doubled_hedges")
    words = [match["front"], match["odd"], match["back"]]
    sorts = [_sort("before", match["front"]), _sort("behind", match["odd"]), _sort("behind", match["back"])]
    for first, second in ((0, 1), (0, 2), (1, 2)):
        a, b = sorts[first], sorts[second]
        for verdict in ("clash", "repeat"):
            if a and b and b in data[verdict].get(a, ()):
                return _finding(quantity, words[first] or "", words[second] or "", verdict == "clash")
    return CONSISTENT


def _finding(quantity: Quantity, first: str, second: str, clash: bool) -> Check:
    zh = f"“{first}”和“{second}”意思相反，不能同用" if clash else f"“{first}”和“{second}”意思重复"
    en = "contradict each other" if clash else "repeat each other"
    return inconsistent(
        quantity,
        f"“{quantity.quote}”中{zh}，请删去一个。",
        f"{first} and {second} {en} in {quantity.quote}; delete one.",
        severity="warning" if clash else None,
    )


@cache
def _shape() -> re.Pattern[str]:
    """Hedge, digits, 余 or 多, 万 and unit, hedge."""
    data = lexicon.load("doubled_hedges")
    front = "|".join(sorted((word for words in data["before"].values() for word in words), key=len, reverse=True))
    back = "|".join(word for key in ("about", "over", "under") for word in data["behind"][key])
    return re.compile(
        rf"(?P<front>{front})?\s?{_DIGIT}[\d,.\s十百千万亿]*(?:{_DIGIT})*(?P<odd>余|多)?(?:(?!余|多)[^\d])*?(?P<back>{back})?\Z"
    )


@cache
def _sorts(side: str) -> dict[str, str]:
    return {word: sort for sort, words in lexicon.load("doubled_hedges")[side].items() for word in words}


def _sort(side: str, word: str | None) -> str | None:
    return _sorts(side).get(word) if word else None
