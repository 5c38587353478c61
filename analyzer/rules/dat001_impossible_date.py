"""DAT001: a date that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.dates import days_of
from analyzer.records import Analysis, Check, Date, Quote, Related
from analyzer.rules import CONSISTENT, NOT_ASSESSABLE, inconsistent, rule

_LUNAR = re.compile(r"(?:农历|阴历|旧历|夏历|藏历|彝历|傣历|回历)[^。，；\n]{0,8}\Z")
_TO = re.compile(r"\s?(?:[-—－–~～]{1,2}|至|到|起至)\s?\Z")
# “2013月” is a year or a number with a word missing, 24月龄 and 12345月 are no months
_NOT_A_MONTH = re.compile(r"龄|租|薪|供|息|均|度电|嫂")
_CLOCK = re.compile(
    r"(?<![\d.:：])(?P<hour>\d{1,2})\s?时(?P<minute>\d{1,2})分(?!之)|日\s?(?P<alone>\d{1,2})时(?!代|尚|间|长|段|期|限|分|\d)"
)
_FAR_YEAR = re.compile(r"(?<!\d)(?:20\d{3}|2[1-9]\d\d)\s?年\s?(?:\d{1,2}\s?月|度|以来)")


@rule("DAT001", "impossible-date", "error")
def impossible_date(analysis: Analysis) -> Iterator[Check]:
    """日历上没有的日期 / A date that no calendar has

    查什么：月份是否在1至12月之间，日是否超出当月天数（平年2月没有29日），起止日期是否颠倒，时刻是否超出24时、60分，
        年份是否多写了一位数字。
    为什么：这样的日期一定有错字，会议、文件、案件的时间就无从核对。
    依据：GB/T 7408—2005《数据元和交换格式 信息交换 日期和时间表示法》5.2、5.3；公历（格里历）置闰规则。
    不报：农历等其他历法的日期；“1—11月”；“24时”；没有写年份的2月29日；只写一个年份、跨年度的起止月份。

    Checks: months from 1 to 12, days within the month (29 February in leap years only), ranges that run forward,
        clock times up to 24:00, years with a digit too many.
    Why: such a date holds a misprint, and the meeting, document or case cannot be looked up by it.
    Source: GB/T 7408-2005 (ISO 8601), 5.2 and 5.3; the leap years of the Gregorian calendar.
    Not flagged: dates of other calendars (农历); 1—11月; 24时; 29 February without a year; ranges across the turn of
        the year that print one year only.
    """
    text = analysis.text
    before: Date | None = None
    for date in analysis.dates:
        yield _one(text, date)
        if before and _joined(text, before, date):
            yield from _range(text, before, date)
        before = date
    yield from _clock(text)
    for match in _FAR_YEAR.finditer(text):
        quote = Quote.cut(text, *match.span())
        yield inconsistent(
            quote, f"年份“{match.group()}”有误，请核对。", f"There is a misprint in this year: {match.group()}."
        )


def _one(text: str, date: Date) -> Check:
    if _LUNAR.search(text[max(0, date.start - 12) : date.start]):
        return NOT_ASSESSABLE
    if date.day is None and date.year is None and date.month > 12 and not _month_alone(text, date):
        return NOT_ASSESSABLE
    if not 1 <= date.month <= 12:
        return inconsistent(
            date,
            f"没有“{date.month}月”这个月份，请核对。",
            f"There is no month {date.month}.",
            month=date.month,
        )
    if date.day is None:
        return CONSISTENT
    days = days_of(date.month, date.year)
    if date.month == 2 and date.day == 29 and date.year is None:
        return NOT_ASSESSABLE
    if 1 <= date.day <= days:
        return CONSISTENT
    of_year = f"{date.year}年" if date.year else ""
    return inconsistent(
        date,
        f"{of_year}{date.month}月只有{days}天，没有{date.day}日，请核对。",
        f"{date.year or ''}{'-' if date.year else ''}{date.month:02} has {days} days, there is no day {date.day}.",
        days=days,
    )


def _month_alone(text: str, date: Date) -> bool:
    """Whether “13月” without year and day must be a month: 13月份, 13月底; never 24月龄."""
    following = text[date.end : date.end + 2]
    return (date.quote.endswith("份") or following.startswith(("底", "初", "中旬", "上旬", "下旬", "末"))) and not (
        _NOT_A_MONTH.match(following)
    )


def _joined(text: str, first: Date, second: Date) -> bool:
    return second.start - first.end <= 3 and bool(_TO.match(text[first.end : second.start]))


def _range(text: str, first: Date, second: Date) -> Iterator[Check]:
    years = (first.year, second.year)
    if not (1 <= first.month <= 12 and 1 <= second.month <= 12):
        return
    if None in years and first.month != second.month:
        yield CONSISTENT if first.month < second.month else NOT_ASSESSABLE  # 11月至次年3月
        return
    if (None in (first.day, second.day) or first.month != second.month) and years[0] == years[1] is None:
        return
    start = (years[0] or years[1] or 0, first.month, first.day or 1)
    end = (years[1] or years[0] or 0, second.month, second.day or 31)
    if start <= end:
        yield CONSISTENT
        return
    whole = Quote.cut(text, first.start, second.end)
    yield inconsistent(
        whole,
        f"起止日期颠倒：“{first.quote}”晚于“{second.quote}”，请核对。",
        f"The range runs backwards: {first.quote} is later than {second.quote}.",
        [
            Related.cut(text, first.start, first.end, role="from"),
            Related.cut(text, second.start, second.end, role="to"),
        ],
        severity="warning",
    )


def _clock(text: str) -> Iterator[Check]:
    for match in _CLOCK.finditer(text):
        hour, minute = int(match["hour"] or match["alone"]), int(match["minute"] or 0)
        if hour * 60 + minute <= 24 * 60 and minute < 60:
            yield CONSISTENT
            continue
        words = match.group().lstrip("日 ")
        yield inconsistent(
            Quote.cut(text, match.end() - len(words), match.end()),
            f"没有“{words}”这个时刻，请核对。",
            f"There is no such time of day: {words}.",
        )
