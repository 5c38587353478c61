"""What is counted and dated, and the statements that set figures in relation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analyzer.records.spans import Quote


@dataclass(frozen=True, slots=True)
class Quantity(Quote):
    """A number that measures or counts something, with its hedges and unit as written: “800余份”."""

    value: Fraction  # 万 and 亿 multiplied out, percentages as printed
    upper: Fraction | None  # the upper end of a range (3—5天)
    unit: str  # measure word or unit without 万/亿: 份 人次 元 % 个百分点; "" for a bare number
    hedge: str  # "" 余 近 约 >= <=
    kind: str  # count money percent points ratio area length weight energy duration rank other
    low: Fraction | None  # the least that the printed digits and the hedge allow; None where they set no end
    high: Fraction | None  # the most
    indicator: Quote | None  # the words that say what is counted
    period: str  # 本年 上年 累计 计划 2022年 1—11月 “十三五”期间 …; "" where the text does not say
    section: int | None  # index into Outline.sections


@dataclass(frozen=True, slots=True)
class Date(Quote):
    """A calendar date as printed, possible or not: “2023年12月9日”, “1—11月”, “2月30日”."""

    year: int | None  # None where the text leaves it out
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Breakdown(Quote):
    """A total and its parts: “受理103件，其中民事91件、行政12件”."""

    total: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]  # what each part is called
    cue: str  # 其中 包括 括号 共计 对举 比例
    split: str  # exhaustive, exclusive, or "" where the words do not prove that the parts neither lack nor overlap
    rivals: tuple[Quantity, ...]  # earlier numbers of the sentence that could be the total instead
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class Change(Quote):
    """A figure at two times and the difference: “由120件增加到150件，增长25%”. What the text does not say is None."""

    before: Quantity | None
    after: Quantity
    by: tuple[Quantity, ...]
    direction: int  # 1 rises, -1 falls, 0 where the words do not say
    compared: str  # 同比 比上年 年均 …, as printed before the difference
    since: str  # the words that date the earlier figure: 2015年, 上年
    doublings: int  # 翻两番 is 2; 0 where nothing doubles
    indicator: Quote | None
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class Rate(Quote):
    """A percentage with its part and whole: “受理50件，办结48件，办结率96%”, “占总数的25%”."""

    noun: str  # 办结率, 占比
    rate: Quantity
    part: Quantity | None
    whole: Quantity | None
    sure: bool  # whether the words prove part and whole to be the ones meant
    scope: str
    period: str


@dataclass(frozen=True, slots=True)
class FormCell(Quote):
    """One number of the tables that every 政府信息公开 report has in the same form."""

    row: str  # 本年新收, 予以公开, 办理结果总计 …; 行政复议 … in the table of reviews and lawsuits
    column: str  # 自然人 … 总计; 结果维持 … 总计
    value: int | None  # None for “/” and the like
