"""Tells a number that measures something from slogans, announced lists and names (三项制度, 15分钟生活圈)."""

from __future__ import annotations

import re

from analyzer.extract.amounts import DIGITS, PLACES, Amount
from analyzer.extract.units import unit_of
from analyzer.lexicon import load

_WORDS = load("set_phrases")


def _begins(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _ends(words: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{_begins(words).pattern})\\Z")


_PHRASES = _begins(_WORDS["phrases"]["words"])
_ANNOUNCED = _begins(_WORDS["announced"]["always"])
_COUNTABLE = {
    word: re.compile(f"[^，。；、：“”！？）\n]{{0,9}}?(?:{_begins(nouns).pattern})")
    for word, nouns in _WORDS["countable"].items()
    if word != "source"
}
_MADE = _ends(_WORDS["single"]["made"])
_THINGS = frozenset(_WORDS["single"]["things"])
_EVERY = re.compile(f"(?:{_begins(_WORDS['single']['every']).pattern})[^。；，\n]{{0,12}}\\Z")
_NAMED_TIME = _begins(_WORDS["named_time"]["behind"])
_NAMED_TIME_BEFORE = _ends(_WORDS["named_time"]["before"])
_LASTING = _ends(_WORDS["duration"]["before"])
_RANKING = _ends(_WORDS["ranking"]["before"] + _WORDS["ranking"]["scope"])
_SCOPE = _ends(_WORDS["ranking"]["scope"])
_CLOSED = re.compile(r"[，。；、,;！）)和及的\s]|\Z|与|并")
_BARE_CUE = re.compile(r"(?:[为达至到]|指数|系数|得分|比)\Z")
_POWER = re.compile("[百千万亿佰仟]+")
_SESSION = re.compile("届|全会|党代会|次会议")
_CIRCLE = re.compile("[^，。；、\n]{0,12}圈")
_PER = re.compile("GDP|地区|生产|工业|增加|单位|国内|产值|投资|能耗|规上")
_CLOSING = frozenset(_WORDS["countable_at_the_end"]["units"])
_HUNDREDS = frozenset(_WORDS["idiom"]["hundreds"])
_IDIOM = frozenset(_WORDS["idiom"]["units"])


def measures(text: str, at: int, amount: Amount) -> bool:
    """Whether `amount`, whose numeral begins at `at`, measures or counts something."""
    unit = amount.unit
    if amount.kind in ("percent", "points"):
        return True
    if amount.kind == "duration" and _is_named_time(text, at, amount):
        return False
    chinese = not text[at].isdigit()
    if not unit:
        return _bare_measures(text, at, amount, chinese)
    behind = text[amount.end : amount.end + 10]
    if amount.kind == "count" and not amount.hedge and _ANNOUNCED.match(behind):
        return False
    if unit == "类" and amount.value < 10 and not amount.hedge:
        return False
    return _chinese_measures(text, at, amount, behind) if chinese else True


def _bare_measures(text: str, at: int, amount: Amount, chinese: bool) -> bool:
    """A number without unit measures where it has 万 or 亿 (带动4万多群众) or is a printed decimal (指数为3.15)."""
    large = amount.number[-1] in "万亿" or (abs(amount.value) >= 10**4 and not amount.number.isdigit())
    if chinese:
        return amount.number[-1] in "万亿" and (bool(amount.hedge or amount.upper) or text[amount.end - 1] == "级")
    if large:
        return True
    closed = _CLOSED.match(text, amount.end) is not None
    if amount.hedge in ("余", ">=", "近"):
        return closed and not 1900 <= amount.value < 2100
    return "." in amount.number and closed and _BARE_CUE.search(text, max(0, at - 2), at) is not None


def _is_named_time(text: str, at: int, amount: Amount) -> bool:
    if amount.unit in ("工作日", "个工作日", "岁", "周岁"):
        return False
    if amount.hedge != "<=" and (_NAMED_TIME.match(text, amount.end) or _CIRCLE.match(text, amount.end)):
        return True
    if amount.value == 24 and amount.unit == "小时" and not amount.hedge:
        return True
    if amount.unit != "年":
        return False
    before = text[max(0, at - 4) : at]
    if amount.value >= 1000 or _NAMED_TIME_BEFORE.search(before):
        return True
    if not text[at].isdigit():
        return _LASTING.search(before) is None
    # At the head of a clause it is the period that the clause speaks of: “，5年新增…”
    return (
        not amount.hedge
        and amount.upper is None
        and (not before or before[-1] in "，。；：、\n ")
        and (text[amount.end : amount.end + 1] not in ("的", "内", "时", "以"))
    )


def _chinese_measures(text: str, at: int, amount: Amount, behind: str) -> bool:
    unit, number = amount.unit, amount.number
    known = unit_of(unit)
    concrete = known is not None and known.concrete
    if _PHRASES.match(text, at) or number in ("零", "〇"):
        return False
    if _POWER.fullmatch(number):
        return _power_measures(text, at, amount, concrete, behind)
    if number == "二" and amount.kind in ("count", "ratio"):  # 两户 is a count, 二户来 and 二倍体 are names
        return False
    if len(number) > 1 and amount.upper is None and not number.strip(DIGITS):  # 五二所, 八四村
        return False
    if unit == "次" and _SESSION.search(text, max(0, at - 8), amount.end + 10):
        return False
    if amount.hedge or "点" in number or (amount.upper is not None and unit not in ("期", "轮", "类", "批")):
        return True
    if amount.kind == "ratio":
        return _ratio_measures(text, at, amount, behind)
    if amount.kind == "duration":
        return amount.value > 1 or _LASTING.search(text, max(0, at - 4), at) is not None
    if amount.value == 1 and number == "一":
        if unit == "次":
            return _EVERY.search(text, max(0, at - 20), at) is not None
        if amount.kind != "count":
            return len(unit) > 1 and amount.kind != "energy" and "一" not in behind[:1] and text[at - 2 : at] != "最后"
        return unit in _THINGS and _MADE.search(text, max(0, at - 6), at) is not None
    if amount.value <= 10 and unit in _IDIOM:
        return False
    if concrete or amount.kind != "count":
        return True
    if amount.value > (50 if unit in ("条", "项") else 10):
        return True
    if unit in _CLOSING and _CLOSED.match(behind):
        return True
    countable = _COUNTABLE.get(unit)
    return countable is not None and countable.match(behind) is not None


def _power_measures(text: str, at: int, amount: Amount, concrete: bool, behind: str) -> bool:
    """百, 千万 without a digit: 突破千亿, 亿元以上, 百条航线; not 万元GDP能耗, 千家万户, 百城."""
    if amount.kind == "money":
        return bool(amount.hedge) or (amount.number != "万" and _PER.match(behind) is None)
    if amount.hedge:
        return True
    if text[at - 1 : at] == "每":
        return False
    if amount.number not in ("百", "千") or amount.kind != "count":
        return (
            amount.number[-1] in "万亿" and amount.kind not in ("count", "duration", "ratio") and len(amount.number) > 1
        )
    around = text[max(0, at - 3) : at] + behind[:4]
    return amount.unit in _HUNDREDS and not re.search(rf"[{PLACES}]", around) and _CLOSED.match(behind) is None


def _ratio_measures(text: str, at: int, amount: Amount, behind: str) -> bool:
    if amount.unit == "番":
        return "翻" in text[max(0, at - 3) : at]
    if amount.unit == "成":
        return amount.value <= 10 and (_CLOSED.match(behind) is not None or "占" in text[max(0, at - 4) : at])
    return True


def ranks(text: str, start: int, end: int, unit: str) -> bool:
    """Whether the ordinal text[start:end] is a place in a ranking: 位居全省第二, 全国第一家; not 第一季度, 第三方."""
    before = text[max(0, start - 6) : start]
    if unit == "位":
        return True
    if unit == "名":
        return _RANKING.search(before) is not None or _CLOSED.match(text, end) is not None
    if unit:
        return _SCOPE.search(before) is not None
    return _RANKING.search(before) is not None and _CLOSED.match(text, end) is not None
