"""NUM003: an earlier figure, a later figure and their difference that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from analyzer import lexicon
from analyzer.extract.dates import Years, report_years, years_in
from analyzer.extract.intervals import Interval, below, dimension, divide, interval_of, meets, minus
from analyzer.records import Analysis, Change, Check, Quantity, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_GRADED = frozenset(["类", "级", "等", "档", "周岁", "岁"])
_YEARLY = re.compile(r"年均|平均每年|年平均")
_LAST_YEAR = re.compile(r"同比|环比|上年|去年|上一年|同期")
_SIMPLE = re.compile(r"(?:共|净|累计|总体|整体|增幅|降幅|减幅|，)*\Z")
_FIVE = re.compile(r"五年|“?十?[一二三四五]五”?(?:时期|期间|以来|规划)")
_ONE = Interval(Fraction(1), Fraction(1))


@rule("NUM003", "change", "warning")
def change(analysis: Analysis) -> Iterator[Check]:
    """前后数、增减数、增减幅度对不上 / Two figures do not give the change stated beside them

    查什么：“由A增加到B，增长P%”中A、B与P，“完成B，比上年增加D，增长P%”中B、D与P，“B（上年A），增长P%”，
        “提高D个百分点”，“翻一番”，以及说增加而数变小、说减少而数变大。
    为什么：三个数里必有一个写错；百分比之间的差写成“%”，意思也变了（由80%提高到88%是提高8个百分点）。
    依据：国家统计局《主要统计指标解释》增长速度、百分点；GB/T 15835—2011《出版物上数字用法》；
        按印出的位数四舍五入或截断都不能成立时才报。
    不报：生产总值、增加值等按不变价或可比口径计算增速的指标；起止年份不明的年均增速；与上年比而前一个数未说明是上年的；
        名次、等级；写明“同口径”“可比价”的。

    Checks: A, B and P in “from A to B, up P%”; B, D and P in “B, D more than last year, up P%”; percentage points;
        doublings; and figures that fall where the text says rise, or the reverse.
    Why: one of the three is misprinted; and a difference of percentages printed with % means another thing.
    Source: the National Bureau of Statistics on growth rates and percentage points; GB/T 15835-2011. A finding needs
        that neither rounding nor cutting off the printed digits can make the statement true.
    Not flagged: growth at constant or comparable prices (GDP, value added); yearly averages over unknown years; growth
        on last year beside a figure of some other time; ranks and grades; what the text calls comparable (同口径).
    """
    years = report_years(analysis.text, analysis.outline)
    for each in analysis.changes:
        yield from _check(analysis, each, years)


def _check(analysis: Analysis, change: Change, years: Years) -> Iterator[Check]:
    if change.before is None:
        yield _difference(analysis, change)
        return
    before, after = interval_of(change.before), interval_of(change.after)
    if change.direction and not _ranked(change.after):
        wrong = below(after, before) if change.direction > 0 else below(before, after)
        if wrong:
            yield _wrong_way(analysis, change)
            return
        yield CONSISTENT
    if change.doublings:
        yield _doubled(analysis, change, before, after)
    for by in change.by:
        yield _by(analysis, change, by, years)


def _ranked(quantity: Quantity) -> bool:
    """Whether a smaller number is the better one: 第9名 rises to 第3名."""
    return quantity.kind == "rank" or "第" in quantity.quote or quantity.unit in _GRADED


def _wrong_way(analysis: Analysis, change: Change) -> Check:
    assert change.before is not None
    says, is_ = ("增加", "变小") if change.direction > 0 else ("减少", "变大")
    return _finding(
        analysis,
        change,
        f"这里说{says}，可是从{change.before.quote}到{change.after.quote}是{is_}了。请核对两个数的先后和方向。",
        f"The text says the figure {'rises' if change.direction > 0 else 'falls'}, but {change.before.quote} to "
        f"{change.after.quote} is the reverse.",
    )


def _by(analysis: Analysis, change: Change, by: Quantity, years: Years) -> Check:
    """One difference or rate against the two figures."""
    assert change.before is not None
    before, after = interval_of(change.before), interval_of(change.after)
    low, high = (after, before) if _falls(change) else (before, after)
    if _YEARLY.search(change.compared):
        return _yearly(analysis, change, by, years)
    if by.kind == "points":
        if change.before.kind != "percent":
            return _points_of_counts(analysis, change, by)
        expected, unit = minus(high, low), "个百分点"
    elif by.kind == "percent":
        growth = divide(minus(high, low), before)
        expected, unit = Interval(*(None if end is None else end * 100 for end in growth)), "%"
    elif by.unit == "倍":
        return _times(analysis, change, by)
    elif dimension(by) == dimension(change.after) and by.kind == change.after.kind:
        expected, unit = minus(high, low), ""
    else:
        return NOT_ASSESSABLE
    if meets(expected, interval_of(by)):
        return CONSISTENT
    if not _bound(change) or (by.kind == "percent" and _elsewhere(analysis, change)):
        return DOUBTFUL
    if by.kind == "percent" and change.before.kind == "percent" and meets(minus(high, low), interval_of(by)):
        return _finding(
            analysis,
            change,
            f"从{change.before.quote}到{change.after.quote}相差{_shown(minus(high, low))}个百分点，"
            f"写成“{by.quote}”是另一个意思，应当用“个百分点”。",
            f"{change.before.quote} to {change.after.quote} is a difference in percentage points, not {by.quote}.",
            expected=_shown(minus(high, low)),
        )
    return _finding(
        analysis,
        change,
        f"从{change.before.quote}到{change.after.quote}，算出来是{_shown(expected)}{unit}，与“{by.quote}”不符，请核对。",
        f"{change.before.quote} to {change.after.quote} gives {_shown(expected)}{unit}, not {by.quote}.",
        expected=_shown(expected),
    )


def _falls(change: Change) -> bool:
    assert change.before is not None
    return change.after.value < change.before.value if not change.direction else change.direction < 0


def _bound(change: Change) -> bool:
    """Whether the difference is surely the one between the two figures: 同比 goes with last year's figure only."""
    if _LAST_YEAR.search(change.compared):
        return bool(_LAST_YEAR.search(change.since))
    return bool(_SIMPLE.match(change.compared)) or (bool(change.since) and change.since in change.compared)


def _times(analysis: Analysis, change: Change, by: Quantity) -> Check:
    """增长1.5倍 is read both ways, to 2.5 times and to 1.5 times."""
    assert change.before is not None
    times = divide(interval_of(change.after), interval_of(change.before))
    more = minus(times, _ONE)
    if _falls(change):
        return NOT_ASSESSABLE
    if meets(times, interval_of(by)) or meets(more, interval_of(by)):
        return CONSISTENT
    if not _bound(change) or _elsewhere(analysis, change):
        return DOUBTFUL
    return _finding(
        analysis,
        change,
        f"{change.after.quote}是{change.before.quote}的{_shown(times)}倍，增长{_shown(more)}倍，"
        f"与“{by.quote}”不符，请核对。",
        f"{change.after.quote} is {_shown(times)} times {change.before.quote}, which does not agree with {by.quote}.",
        expected=_shown(more),
    )


def _doubled(analysis: Analysis, change: Change, before: Interval, after: Interval) -> Check:
    times = divide(after, before)
    least = Fraction(2**change.doublings)
    if times.high is None or times.high >= least * Fraction(95, 100):
        return CONSISTENT
    if times.high >= least * Fraction(9, 10) or _elsewhere(analysis, change):
        return DOUBTFUL
    assert change.before is not None
    return _finding(
        analysis,
        change,
        f"{change.after.quote}是{change.before.quote}的{_shown(times)}倍，不到{least}倍，不能说翻了这么多番。",
        f"{change.after.quote} is {_shown(times)} times {change.before.quote}, less than {least}.",
        expected=_shown(times),
    )


def _points_of_counts(analysis: Analysis, change: Change, by: Quantity) -> Check:
    assert change.before is not None
    return _finding(
        analysis,
        change,
        f"{change.before.quote}、{change.after.quote}不是百分比，它们的变化不能用“个百分点”，应当用“%”。",
        f"{change.before.quote} and {change.after.quote} are no percentages; {by.quote} does not apply.",
    )


def _difference(analysis: Analysis, change: Change) -> Check:
    """“B, D more than before, up P%”: P must be D of B less D."""
    difference, rate = change.by
    after, by = interval_of(change.after), interval_of(difference)
    before = (
        minus(after, by)
        if change.direction > 0
        else Interval(
            None if after.low is None or by.low is None else after.low + by.low,
            None if after.high is None or by.high is None else after.high + by.high,
        )
    )
    if _YEARLY.search(change.compared) or (before.high is not None and before.high <= 0):
        return NOT_ASSESSABLE
    growth = divide(by, before)
    expected = Interval(*(None if end is None else end * 100 for end in growth))
    if meets(expected, interval_of(rate)):
        return CONSISTENT
    if _elsewhere(analysis, change):
        return DOUBTFUL
    verb = "增加" if change.direction > 0 else "减少"
    return _finding(
        analysis,
        change,
        f"{change.after.quote}，{verb}{difference.quote}，算出来{verb}{_shown(expected)}%，与“{rate.quote}”不符，请核对。",
        f"{change.after.quote} after a change of {difference.quote} is {_shown(expected)}%, not {rate.quote}.",
        expected=_shown(expected),
    )


def _yearly(analysis: Analysis, change: Change, by: Quantity, years: Years) -> Check:
    """A yearly average over a known number of years."""
    assert change.before is not None
    count = _count_of_years(analysis, change, years)
    times = divide(interval_of(change.after), interval_of(change.before))
    if by.kind != "percent" or count is None or change.direction < 0:
        return NOT_ASSESSABLE
    if any(meets(times, _power(interval_of(by), each)) for each in (count, count + 1, count - 1) if each):
        return CONSISTENT
    named = years_in(change.quote)
    if _elsewhere(analysis, change) or not named:
        return DOUBTFUL
    yearly = (float(times.low or 0) ** (1 / count) - 1) * 100, (float(times.high or 0) ** (1 / count) - 1) * 100
    shown = f"{sum(yearly) / 2:.1f}"
    return _finding(
        analysis,
        change,
        f"从{change.before.quote}到{change.after.quote}，{count}年年均增长约{shown}%，与“{by.quote}”不符。"
        "如果是可比口径的增速，请注明。",
        f"{change.before.quote} to {change.after.quote} in {count} years is about {shown}% a year, not {by.quote}.",
        expected=shown,
        years=count,
    )


def _count_of_years(analysis: Analysis, change: Change, years: Years) -> int | None:
    named = years_in(change.quote)
    if len(named) >= 2:
        return named[1] - named[0] or None
    if named and years.reviewed is not None:
        return max(years.reviewed - named[0], 0) or None
    paragraph = analysis.text[max(0, analysis.text.rfind("\n", 0, change.start), change.start - 300) : change.start]
    return 5 if _FIVE.search(paragraph) else None


def _power(rate: Interval, count: int) -> Interval:
    return Interval(*(None if end is None else (1 + end / 100) ** count for end in rate))


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon.load("growth")[name]["words"]))


def _elsewhere(analysis: Analysis, change: Change) -> bool:
    """Whether growth of this indicator is computed from other numbers than the printed ones."""
    around = analysis.text[max(0, change.start - 24) : change.end + 12]
    indicator = change.indicator.quote if change.indicator else ""
    return bool(_words("elsewhere").search(around[:24] + indicator) or _words("comparable").search(around))


def _shown(interval: Interval) -> str:
    """The middle of an interval as a clerk would print it."""
    ends = [end for end in interval if end is not None]
    middle = float(sum(ends) / len(ends)) if ends else 0.0
    return f"{middle:.2f}".rstrip("0").rstrip(".")


def _finding(analysis: Analysis, change: Change, zh: str, en: str, expected: str = "", **computed: Any) -> Check:
    roles = [("before", change.before), ("after", change.after), *(("by", each) for each in change.by)]
    related = [Related.of(each, role=role) for role, each in roles if each]
    return inconsistent(
        Quote.cut(analysis.text, change.start, change.end), zh, en, related, expected=expected, **computed
    )
