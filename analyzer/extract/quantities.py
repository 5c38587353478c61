"""Every number of a report that measures or counts something, in one pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from analyzer.extract.amounts import DIGITS, NUMBER, PLACES, SPACE, Amount, finish, read_amount
from analyzer.extract.indicators import find_indicators
from analyzer.extract.measured import measures, ranks
from analyzer.extract.periods import find_periods
from analyzer.extract.units import Unit, unit_of
from analyzer.lexicon import load
from analyzer.numerals import parse_number
from analyzer.records import Outline, Quantity, Report, Section

_ANCHOR = re.compile(rf"[\d第“\"《〔{DIGITS}{PLACES}几数]")
_RUN = re.compile(rf"\d[\d,.]*\d|\d|[{DIGITS}{PLACES}几数]+")
_YEAR = r"(?:1[89]|20)\d\d|2 0\d\d"
_TO = rf"{SPACE}(?:[-－−—–~～至到、和/]|——){SPACE}"
_MONTHS = rf"(?:\d{{1,2}}{SPACE}月?{_TO}){{0,6}}\d{{1,2}}{SPACE}月"
_DAYS = rf"(?:\d{{1,2}}{SPACE}日?{_TO}){{0,6}}\d{{1,2}}{SPACE}[日号](?!以?内)"
_SKIP = re.compile(  # what begins with these marks and measures nothing, to its end
    rf"“[^“”\n]{{1,24}}”|\"[^\"\n。；]{{1,24}}\"|《[^《》\n]{{1,80}}》|〔[^〔〕\n]{{1,8}}〕(?:第?\d+号)?"
    rf"|(?:{_YEAR})(?:{_TO}(?:{_YEAR})){{0,6}}{SPACE}年(?:{SPACE}{_MONTHS}(?:{SPACE}{_DAYS})?)?(?:度|份|代|级)?"
    rf"|(?:{_YEAR})(?:{_TO}(?:{_YEAR})){{1,6}}|(?:{_YEAR})([-./])\d{{1,2}}\1\d{{1,2}}(?!\d)|(?:{_YEAR})[-—](?=\d\d年)"
    rf"|{_MONTHS}(?:{SPACE}{_DAYS})?|{_DAYS}|0\d{SPACE}年"
    rf"|[{DIGITS}]{{4}}年(?:[{DIGITS}十]{{1,2}}月(?:[{DIGITS}十]{{1,3}}[日号])?)?|[{DIGITS}十]{{1,3}}月(?:[{DIGITS}十]{{1,3}}[日号])?"
)
_ORDINAL = re.compile(rf"第{SPACE}(?P<number>{NUMBER})(?P<unit>位|名|个|家|座|所|条)?")
_FRACTION = re.compile(
    rf"\d{{1,3}}[/／]\d{{1,3}}(?![\d/／年月.])|(?![百千]分之)[{DIGITS}{PLACES}]+分之(?:[{DIGITS}{PLACES}]+|\d+)"
)
_PROPORTION = re.compile(rf"\d+(?:[.．]\d+)?(?:{SPACE}[:：]{SPACE}\d+(?:[.．]\d+)?){{1,3}}(?![\d:：])")
_PROPORTION_CUE = re.compile(r"比[^。；\n]{0,30}\Z|结构[^。；\n]{0,24}\Z")
_TERM = re.compile(r"\d+(?:[.．]\d+)?")
_MARKER = re.compile(r"(?:\d{1,2}[.．、])(?=\d)")
_LINE_HEAD = re.compile(r"(?:\A|\n|\\n|&nbsp;)[ \t\u3000\xa0]*\Z")
_JOINT = re.compile(r"[、和与及](?=\d)")
_DEALT = re.compile(r"(?:分别|[到达为至长降高])[^。；\n]{0,24}\Z")
_MOST = 8  # numbers that share one unit
_NOT_ONE = tuple("唯统单专同另逐归划不进之万")  # 唯一一家 is one, not eleven
_LARGE = re.compile(r"[\d.]*[百千万亿]")
_HEDGES = {word: hedge for hedge, words in load("hedges")["before"].items() for word in words}
_LONGEST_HEDGE = max(map(len, _HEDGES))
_NOT_AFTER: dict[str, str] = load("hedges")["not_after"]


def find_quantities(report: Report, outline: Outline) -> tuple[Quantity, ...]:
    """The quantities of a report in text order.

    Time grows linearly with the text. What is not a quantity (dates, list markers, announced lists, slogans, names) is
    named in `measured` and its lexicon. Values are exact; the interval is what the printed digits and hedges allow.
    """
    text = report.text
    amounts = list(find_amounts(text))
    indicators = find_indicators(text, amounts)
    periods = find_periods(text, amounts, outline)
    sections = _sections(amounts, outline.sections)
    return tuple(
        Quantity(
            start=amount.start,
            end=amount.end,
            quote=text[amount.start : amount.end],
            value=amount.value,
            upper=amount.upper,
            unit=amount.unit,
            hedge=amount.hedge,
            kind=amount.kind,
            low=amount.low,
            high=amount.high,
            indicator=indicator,
            period=period,
            section=section,
        )
        for amount, indicator, period, section in zip(amounts, indicators, periods, sections, strict=True)
    )


def find_amounts(text: str) -> Iterator[Amount]:
    """The numbers with their units in text order, without what they count and when."""
    at = 0
    while anchor := _ANCHOR.search(text, at):
        start = anchor.start()
        first = text[start]
        if first in "第":
            ordinal = _ORDINAL.match(text, start)
            if ordinal and (rank := _rank(text, ordinal)):
                yield rank
            at = ordinal.end() if ordinal else start + 1
        elif first == "一" and text[start - 1 : start] in _NOT_ONE:
            at = start + 1
        elif skip := _SKIP.match(text, start):
            at = skip.end()
        elif first in '“"《〔':
            at = start + 1
        else:
            found = _numbers(text, start)
            yield from found
            at = max(found[-1].end, start + 1) if found else _RUN.match(text, start).end()  # type: ignore[union-attr]


def _numbers(text: str, at: int) -> list[Amount]:
    """What the numeral at `at` gives: as a rule one amount, several for a proportion, none for a name."""
    if text[at].isdigit():
        if _is_attached(text, at):
            return []
        marker = _MARKER.match(text, at)
        if marker and _LINE_HEAD.search(text, max(0, at - 12), at) and _begins_item(text, at, marker.end()):
            at = marker.end()
        terms = _PROPORTION.match(text, at)
        if terms and _PROPORTION_CUE.search(text, max(0, at - 40), at):
            return [_share(at + term.start(), term.group()) for term in _TERM.finditer(terms.group())]
    start, hedge = _hedge_before(text, at)
    if fraction := _FRACTION.match(text, at):
        return _fraction(text, start, hedge, fraction)
    amount = read_amount(text, at, start, hedge)
    if amount is None:
        return []
    amount = _signed(text, at, _graded(text, amount))
    unit, number = _shared_unit(text, at, amount), parse_number(amount.number)
    if unit and number:
        amount = finish(text, amount._replace(unit=unit.word, kind=unit.kind), number, hedge)
    return [amount] if measures(text, at, amount) else []


def _shared_unit(text: str, at: int, amount: Amount) -> Unit | None:
    """The unit that a bare number takes from the one after it: “7.3和5个百分点”, “分别达到162、587项”."""
    if amount.unit or not _JOINT.match(text, amount.end):
        return None
    if "." not in amount.number and not _DEALT.search(text, max(0, at - 30), at):
        return None
    end = amount.end
    for _ in range(_MOST):
        joint = _JOINT.match(text, end)
        following = read_amount(text, joint.end(), joint.end(), "") if joint else None
        if following is None or following.number[-1] in "万亿":
            return None
        if following.unit:
            return unit_of(following.unit)
        end = following.end
    return None


def _is_attached(text: str, at: int) -> bool:
    """Part of a name or of a number torn apart: G318, PM2.5, 1+5, 7×24小时, 74 76."""
    before = text[at - 1 : at]
    if before == " " and text[at - 2 : at - 1].isdigit():
        return True
    if not before or text[max(0, at - 2) : at] == "\\n":
        return False
    if before == "-":
        return text[at - 2 : at - 1].isascii() and text[at - 2 : at - 1].isalnum()
    return (before.isascii() and before.isalnum()) or before in "_+./×*＋"


def _begins_item(text: str, at: int, after: int) -> bool:
    """“2.15个村…” at the head of a line is item 2, for villages are not counted in decimals; “1.2023年…” is item 1."""
    if _SKIP.match(text, after):
        return True
    amount = read_amount(text, at, at, "")
    return amount is not None and amount.kind == "count" and amount.value < 10**4 and amount.value.denominator > 1


def _hedge_before(text: str, at: int) -> tuple[int, str]:
    """Where the hedge before the numeral begins and which it is: “近”300人次, “突破了”10亿元."""
    stop = at - 1 if text[at - 1 : at] in (" ", "\xa0", "\u3000") else at
    for length in range(_LONGEST_HEDGE, 0, -1):
        word = text[stop - length : stop] if stop >= length else ""
        if word in _HEDGES:
            if word in _NOT_AFTER and stop > length and text[stop - length - 1] in _NOT_AFTER[word]:
                continue
            if (word == "上" and text[at] not in PLACES) or (word == "过" and not _LARGE.match(text, at)):
                continue
            return stop - length, _HEDGES[word]
    return at, ""


def _graded(text: str, amount: Amount) -> Amount:
    """Takes 级 in: 百亿级, 10万吨级."""
    end = amount.end
    if text[end : end + 1] != "级" or amount.kind in ("count", "percent", "points", "duration"):
        return amount
    if not amount.unit and amount.number[-1] not in "万亿":
        return amount
    return amount._replace(end=end + 1, kind=amount.kind if amount.unit else "money")


def _signed(text: str, at: int, amount: Amount) -> Amount:
    """Takes a minus sign in: 负3.9%, 增长-2.6%."""
    if amount.start != at or at == 0 or text[at - 1] not in "负-－−" or not text[at].isdigit():
        return amount
    if (
        text[at - 1] == "负"
        and amount.kind not in ("percent", "points")
        and text[at - 2 : at - 1] not in tuple("为是达至到长")
    ):
        return amount  # 为企业减负30亿元
    if text[at - 1] != "负" and (amount.kind != "percent" or text[at - 2 : at - 1] in ("-", "－", "—")):
        return amount
    low, high = (None if end is None else -end for end in (amount.high, amount.low))
    return amount._replace(start=at - 1, value=-amount.value, low=low, high=high)


def _rank(text: str, match: re.Match[str]) -> Amount | None:
    number, unit = parse_number(match["number"]), match["unit"] or ""
    if number is None or not ranks(text, match.start(), match.end(), unit):
        return None
    return Amount(
        match.start(), match.end(), match["number"], number.value, None, unit, "", "rank", number.value, number.value
    )


def _share(start: int, printed: str) -> Amount:
    """One term of a proportion: 9.2 of 9.2:63.7:27.1."""
    value = Fraction(printed.replace("．", "."))
    return Amount(start, start + len(printed), printed, value, None, "", "", "ratio", value, value)


def _fraction(text: str, start: int, hedge: str, match: re.Match[str]) -> list[Amount]:
    number = parse_number(match.group())
    if number is None or not 0 < number.value < 1:
        return []
    amount = Amount(start, match.end(), match.group(), number.value, None, "", "", "ratio")
    return [finish(text, amount, number, hedge)]


def _sections(amounts: list[Amount], sections: tuple[Section, ...]) -> Iterator[int | None]:
    """For each amount the innermost section that holds it."""
    starts = [section.start for section in sections]
    for amount in amounts:
        index: int | None = bisect_right(starts, amount.start) - 1
        while index is not None and (index < 0 or sections[index].stop <= amount.start):
            index = None if index < 0 else sections[index].parent
        yield index
