"""The grammar of one amount: numeral, 万/亿, hedges, unit, range (“近300人次”, “3至5年”, “7亿多元”, “百分之三点五”)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from analyzer.extract.units import unit_of, unit_pattern
from analyzer.lexicon import load
from analyzer.numerals import Number, parse_number

DIGITS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
PLACES = "十百千万亿拾佰仟"
SPACE = r"(?:&nbsp;|[ \u3000\xa0\u2009])?"
_SCALE = r"(?:[十百千](?=[万亿])|千(?![瓦米克伏焦])|百(?!分)|[万亿])+"
_ARABIC = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,3}(?: \d{3}){1,5}(?![\d.])|\d+)(?:[.．]\d+)?(?: \d(?=[万亿%]| [万亿]))?"
)
_HAN = rf"(?:[{DIGITS}几数]|[{PLACES}](?!分之)(?<!千(?=[瓦伏克]))){{1,40}}(?:点[{DIGITS}]+[{PLACES}]*)?"
# behind 万 and 亿 only the four places below may follow: 3万4000, but 12万60周岁老人
_REST = r"(?:零\d{1,4}(?![\d年月.])[百千万]?|\d{4}(?![\d年.])|\d{1,4}[百千万])"
NUMBER = rf"(?:{_ARABIC}(?:{SPACE}{_SCALE}{_REST}{{0,3}})?|{_HAN})"
_TO = rf"{SPACE}(?:[-－−—–~～]{{1,2}}|至|到){SPACE}"
_BEHIND = {word: hedge for hedge, words in load("hedges")["behind"].items() for word in words}
# 内 and 多 may begin another word: 内容, 多功能
_GUARDS = {
    "内": "(?![涵容部外陆在需生])",
    "多": "(?![次种功层元家名个位方样项])",
    "余": "(?![名个家人])",
    "上下": "(?![贯联同游一])",
}
_AFTER = re.compile(
    SPACE
    + "(?P<tail>"
    + "|".join(word + _GUARDS.get(word, "") for word in sorted(_BEHIND, key=len, reverse=True))
    + ")"
)
_PARTS = {"百": "%", "千": "‰"}


class Amount(NamedTuple):
    """A quantity before anybody has said what it measures."""

    start: int
    end: int
    number: str  # the (last) numeral as printed: “7亿”
    value: Fraction
    upper: Fraction | None
    unit: str
    hedge: str
    kind: str
    low: Fraction | None = None
    high: Fraction | None = None


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One amount, and the second half of a range."""
    one = (
        rf"(?:(?P<parts>[百千])分之)?(?P<number>{NUMBER})(?P<more>余|多|来(?=[{PLACES}个名人家户件条亩项份天年]))?"
        rf"(?P<scale>{_SCALE})?(?P<more2>余|多)?"
        rf"(?:{SPACE}(?:个(?P<half>半)(?P<piece>月|小时)|个(?P<many>多|余)(?P<pieces>月|小时)"
        rf"|(?P<unit>{unit_pattern()}|日(?=以?内)))(?P<halves>半(?![数年月天日]))?)?"
    )
    return re.compile(one), re.compile(_TO + one)


def read_amount(text: str, at: int, start: int, hedge: str) -> Amount | None:
    """The amount whose numeral begins at `at`; None where no numeral is readable there.

    `hedge` is the one that a word before the numeral gives, from `start` on ("" and `at` where there is none).
    """
    one, to = _grammar()
    first = one.match(text, at)
    number = parse_number(_numeral(first)) if first else None
    if first is None or number is None:
        return None
    second = to.match(text, first.end())
    most = parse_number(_numeral(second)) if second else None
    if second and most and number.upper is None:
        least = _least(first, second, number, most)
        if _is_range(text[at - 1 : at], first, second, least, most):
            return _amount(text, start, second, _unit(second) or _unit(first), hedge, most, least)
    return _amount(text, start, first, _unit(first), hedge, number, None)


def _numeral(match: re.Match[str]) -> str:
    return match["number"] + (match["scale"] or "")


def _unit(match: re.Match[str]) -> str:
    if match["parts"]:
        return _PARTS[match["parts"]]
    piece = match["piece"] or match["pieces"]
    return "个" + piece if piece else (match["unit"] or "").replace("％", "%")


def _is_range(before: str, first: re.Match[str], second: re.Match[str], least: Number, most: Number) -> bool:
    """“3—5天”, “10万元至20万元”; not “从10%到15%”, which is a change, nor “3个到5家”, nor “5—3”."""
    unit, unit2 = _unit(first), _unit(second)
    if unit and (unit != unit2 or before in ("从", "由")) and not (first["parts"] and not unit2):
        return False
    if not (unit or unit2 or first["scale"] or second["scale"] or most.place > 999):
        return False
    return most.upper is None and least.value < most.value


def _least(first: re.Match[str], second: re.Match[str], least: Number, most: Number) -> Number:
    """The lower end: 5—10万元 begins at 5万. 500至1万元 takes nothing over, for 500万 would be more than 1万."""
    printed = _numeral(second)
    scale = printed[len(printed.rstrip("万亿")) :]
    if not scale or _unit(first) or _numeral(first)[-1] in "万亿":
        return least
    scaled = parse_number(_numeral(first) + scale)
    return scaled if scaled and scaled.value < most.value else least


def _amount(
    text: str, start: int, match: re.Match[str], unit: str, hedge: str, number: Number, least: Number | None
) -> Amount:
    known = unit_of(unit)
    value, upper = (least.value, number.value) if least else (number.value, number.upper)
    if match["half"] or match["halves"]:
        value += Fraction(1, 2)
    some = match["more"] or match["more2"] or match["many"] or any(word in match["number"] for word in "几数")
    complete = bool(unit or match["scale"] or some or not match["number"].isdigit())
    amount = Amount(
        start, match.end(), _numeral(match), value, upper, unit, "余" if some else "", known.kind if known else "other"
    )
    return finish(text, amount, number, hedge, least, complete)


def finish(
    text: str, amount: Amount, number: Number, hedge: str, least: Number | None = None, complete: bool = True
) -> Amount:
    """`amount` with the hedge behind it (左右, 以上; only where it is `complete`) and with its interval.

    `number` is its numeral (the upper one of a range, whose lower one is `least`), `hedge` the one before it.
    """
    tail = _AFTER.match(text, amount.end)
    inner, end = amount.hedge, amount.end
    if tail and complete and _fits(tail["tail"], amount.kind):
        inner, end = _BEHIND[tail["tail"]], tail.end()
    hedge = hedge or inner
    low, high = _interval(amount, number, least, hedge)
    return amount._replace(end=end, hedge=hedge, low=low, high=high)


def _fits(tail: str, kind: str) -> bool:
    """内 limits only times and lengths; 多 and 余 behind the unit belong to it only there too (5年多)."""
    if tail in ("余", "多", "有余", "内"):
        return kind in ("duration", "length")
    return tail != "来"


def _interval(
    amount: Amount, number: Number, least: Number | None, hedge: str
) -> tuple[Fraction | None, Fraction | None]:
    """What the printed digits and the hedge allow. Counts printed in full are exact; 12公里 is 11.5 to 12.5."""
    value, kind = amount.value, amount.kind
    low, high = (least or number).low, number.high
    if number.low >= number.value < number.high:  # 数十: 20 to 100, 十几: 10 to 20, 三四万
        return low, None if hedge == ">=" else high
    if value != number.value and amount.upper is None:  # 两年半
        low, high = value - Fraction(1, 4), value + Fraction(1, 4)
    elif number.exact and number.place >= 1 and kind not in ("count", "rank", "ratio", "points"):
        low, high = low - Fraction(1, 2), high + Fraction(1, 2)
    match hedge:
        case "余":
            return value, max(high, value + number.place)
        case "近":
            return value - min(number.place, abs(value) / 5), high
        case "约":
            return low - abs(value) / 10, high + abs(value) / 10
        case ">=":
            return value, None
        case "<=":
            return None, value if amount.upper is None else high
        case _:
            return low, high
