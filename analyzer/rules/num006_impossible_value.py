"""NUM006: a value that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer import lexicon
from analyzer.numerals import parse_count
from analyzer.records import Analysis, Check, Quantity, Quote
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_LEVEL = (
    r"(?:均|都|已|分别|可|也)*(?:为|是|达到|达|高达|提高到|提高至|提升到|提升至|上升到|升至|保持在|稳定在|维持在|超过|"
    r"下降到|降至)?"
)
_FALL = re.compile(r"(?:下降|减少|降低|缩减|压缩|压减|降幅达?|减幅达?|缩短)了?(?:近|约|超|超过)?\Z")
_BELOW_ZERO = re.compile(r"利润|亏损|盈|净|逆差|顺差|结余|增速|增幅")
_SHARE = re.compile(r"占(?P<of>[^，。；\d]{0,16}?)(?:的)?(?:比重|比例|比)?(?:为|达到|达|约|超过)?\Z")
_ALL = re.compile(r"总数|总量|总额|全部|总和|合计|\A(?:比)?\Z")
_SIGNED = re.compile(r"净|增|变化|同比|差|温|海拔")
_HAN = "一二三四五六七八九十"
_FRACTION = re.compile(
    rf"(?<![{_HAN}百千万])(?P<under>[二三四五六七八九十]{{1,3}})分之(?P<over>[{_HAN}]{{1,3}})(?![{_HAN}百点])"
)
_RELIEF = re.compile(r"[减轻担抱胜背]\Z")  # 为基层减负12项
_COUNTED = frozenset(["count", "area", "length", "weight"])


@rule("NUM006", "impossible-value", "error")
def impossible_value(analysis: Analysis) -> Iterator[Check]:
    """不可能出现的数值 / A value that cannot be

    查什么：办结率、覆盖率、满意率等部分占整体的比率是否超过100%；占总数的比重是否超过100%；是否下降、减少了100%以上
        或若干倍；几成是否超过十成；分子是否大于分母（三分之四）；件数、人数等是否为负。
    为什么：这样的数一定写错了，或者用错了指标的名称。
    依据：国家统计局《主要统计指标解释》结构相对数；GB/T 15835—2011《出版物上数字用法》；
        减少不用倍数，见吕叔湘《现代汉语八百词》；比率的名单见 lexicon/rates.toml。
    不报：可以超过100%的比率（完成率、增长率、毛入学率、负债率、产销率、依存度）；利润、逆差一类可以为负的量；
        “提高120%”一类变化幅度。

    Checks: rates of a part in its whole (办结率, 覆盖率, 满意率) over 100%; shares of a total over 100%; falls by more
        than 100% or by 倍; more than ten 成; fractions above one; negative counts.
    Why: such a number is misprinted, or the indicator is not the one that is named.
    Source: the National Bureau of Statistics on structural relatives; GB/T 15835-2011; lexicon/rates.toml.
    Not flagged: rates that may exceed 100% (完成率, 增长率, 毛入学率, 负债率); quantities that may be negative, such as
        profit; changes of a rate.
    """
    text = analysis.text
    for quantity in analysis.quantities:
        before = text[max(0, quantity.start - 30) : quantity.start]
        if quantity.kind == "percent":
            yield from _percent(quantity, before)
        elif quantity.kind == "ratio":
            yield from _ratio(quantity, before)
        elif quantity.kind in _COUNTED and quantity.value < 0 and not _RELIEF.search(before):
            if _SIGNED.search(before[-12:]):
                yield NOT_ASSESSABLE
            else:
                yield inconsistent(quantity, f"“{quantity.quote}”是负数，请核对。", f"{quantity.quote} is negative.")
    for match in _FRACTION.finditer(text):
        under, over = parse_count(match["under"]), parse_count(match["over"])
        if under and over and over > under:
            quote = Quote.cut(text, *match.span())
            yield inconsistent(
                quote, f"“{quote.quote}”大于1，请核对。", f"The fraction {quote.quote} is more than one."
            )


def _percent(quantity: Quantity, before: str) -> Iterator[Check]:
    over = quantity.low is not None and quantity.low > (100 if quantity.unit == "%" else 1000)
    rate = _rate().search(before)
    share = None if rate else _SHARE.search(before)
    if rate and over:
        yield inconsistent(
            quantity,
            f"{rate['noun']}是部分占整体的比率，不会超过100%，这里是{quantity.quote}，请核对数字或指标的名称。",
            f"{rate['noun']} is a part of a whole and cannot exceed 100%; here it is {quantity.quote}.",
            severity="warning",
        )
    elif rate:
        yield CONSISTENT
    elif share:
        if not over:
            yield CONSISTENT
        elif not _ALL.search(share["of"]):
            yield DOUBTFUL  # investment may well exceed GDP
        else:
            yield inconsistent(
                quantity,
                f"部分占总数的比重不会超过100%，这里是{quantity.quote}，请核对。",
                f"A part cannot be {quantity.quote} of its total.",
            )
    elif over and _FALL.search(before):
        if _BELOW_ZERO.search(before):
            yield NOT_ASSESSABLE
        else:
            yield inconsistent(
                quantity,
                f"下降、减少的幅度最多是100%，这里是{quantity.quote}，请核对。",
                f"Nothing can fall by more than 100%; here it is {quantity.quote}.",
            )


def _ratio(quantity: Quantity, before: str) -> Iterator[Check]:
    if quantity.unit == "成" and quantity.value < 100:  # 5080成果
        if quantity.low is None or quantity.low <= 10:
            yield CONSISTENT
        else:
            yield inconsistent(
                quantity,
                f"十成就是全部，“{quantity.quote}”请核对。",
                f"Ten 成 are the whole; {quantity.quote} is more.",
            )
    elif quantity.unit == "倍" and _FALL.search(before):
        yield inconsistent(
            quantity,
            f"减少、下降不能用倍数：减少{quantity.quote}就成了负数。请改用百分数或“几分之几”。",
            f"A fall cannot be given in multiples ({quantity.quote}): the rest would be negative.",
            severity="warning",
        )


@cache
def _rate() -> re.Pattern[str]:
    nouns = "|".join(sorted(lexicon.load("rates")["bounded"]["nouns"], key=len, reverse=True))
    return re.compile(rf"(?P<noun>{nouns}){_LEVEL}\Z")
