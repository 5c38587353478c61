"""The figures of many reports side by side: for each place and year the value of each indicator, with its quote.

Only levels of the year reviewed count: no plans, no earlier years, no differences, parts, shares per village, no totals
of five years. Where a report states an indicator more than once, a statement about the whole year or the whole place
goes before others, else the first; other values that cannot be the same number are marked, none is made up.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from analyzer.compare.readings import plain
from analyzer.extract.dates import report_years, years_in
from analyzer.extract.units import in_base
from analyzer.lexicon import load
from analyzer.libraries import library
from analyzer.records import Outline, Quote

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_SEVERAL_YEARS = re.compile(  # a paragraph that sums up more than one year
    r"(?:过去|近|这|前|最近|过去的|前面)?(?:五|三|四|两|5|3)年[来间内里]|[过这]去?的?五年|五年[，是]|[“\"]?十[一二三四]?五[”\"]?(?:时期|期间|以来|末|五年)|本届政府"
)
_NEAR = 400  # characters before a number in which its paragraph is looked at
_YEARLY = re.compile(r"\s?[，,（(、]?\s?(?:同比|按?可比|比上年|较上年|比去年|较去年|增长同比)")
_AHEAD = frozenset(["plan", "target", "shortcoming", "cause"])  # roles of clauses that state nothing achieved

_COLUMNS = {
    "place": "string",
    "year": "Int64",
    "tier": "string",
    "indicator": "string",
    "unit_family": "string",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "unit": "string",
    "hedge": "string",
    "shown": "string",
    "quote": "string",
    "phrase": "string",
    "how": "string",
    "path": "string",
    "start": "Int64",
    "end": "Int64",
    "statements": "Int64",
    "conflict": "boolean",
}


class _Statement(NamedTuple):
    rank: tuple[bool, bool, str, int]  # the best first: whole, more than an end, then in the order of files and texts
    value: float
    low: float | None
    high: float | None
    unit: str
    hedge: str
    quote: str
    phrase: str
    how: str
    path: str
    start: int
    end: int


def cells(named: DataFrame, quantities: DataFrame, reports: DataFrame, clauses: DataFrame) -> DataFrame:
    """One row for each place, year and indicator that a report states: the long form of the matrix.

    `named` comes from `canonical`, the others are tables of `analyzer.to_frame`. What no report states has no row. A
    report without a place or a reviewed year gives nothing. Columns:

    place, year           string, Int64    whose figure, and of which year: a 政府工作报告 of January 2024 speaks of 2023
    tier                  string           of the place: 乡级 县级 地级 省级, "" where its name does not say
    indicator             string           as `canonical` names it
    unit_family           string           likewise
    value, low, high      float64          in `unit`; low and high as the printed digits and the hedge allow, NaN: no end
    unit                  string           the one that reports print most often for this indicator
    hedge                 string           "" 余 近 约 >= <=
    shown                 string           the value for readers: 8600余, 近400, 70.5亿
    quote                 string           as printed: text[start:end] of the report `path`
    phrase, how           string           of the number, as in `canonical`
    path, start, end      string, Int64    where it stands
    statements            Int64            how often the reports state it
    conflict              boolean          whether they state values that cannot be the same number

    """
    pandas = library("pandas")
    found = _statements(named, quantities, reports, clauses)
    units = _units(found)
    tiers, rows = load("indicators")["tiers"], []
    levels = dict(zip(plain(reports["place"]), plain(reports["level"]), strict=True))
    for (place, year, indicator, family), statements in sorted(found.items()):
        best = min(statements, key=lambda statement: statement.rank)
        unit = units[indicator, family]
        value, low, high = (_converted(number, best.unit, unit) for number in (best.value, best.low, best.high))
        rows.append(
            (
                place,
                year,
                tiers.get(levels[place], ""),
                indicator,
                family,
                value,
                low,
                high,
                unit,
                best.hedge,
                shown(value or 0.0, best.hedge),
            )
            + (best.quote, best.phrase, best.how, best.path, best.start, best.end, len(statements))
            + (any(not _may_equal(best, other) for other in statements),)
        )
    return pandas.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def matrix(cells: DataFrame, column: str = "shown") -> DataFrame:
    """Place and year down, indicator and unit across, the most widely stated first; missing where none is stated.

    `column` is what to show of `cells`: shown, value, quote, conflict …
    """
    wide = cells.pivot(index=["place", "year"], columns=["indicator", "unit_family"], values=column)
    order = cells.groupby(["indicator", "unit_family"], sort=False).size().sort_values(ascending=False, kind="stable")
    units = cells.drop_duplicates(["indicator", "unit_family"]).set_index(["indicator", "unit_family"])["unit"]
    wide = wide[order.index]
    wide.columns = wide.columns.map(lambda key: (key[0], units[key]))
    wide.columns.names = ["indicator", "unit"]
    return wide


def shown(value: float, hedge: str) -> str:
    """A value for readers, with its hedge: 8600余, 近400, 500亿以上."""
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size and isclose(round(value / size, 4) * size, value, rel_tol=1e-12):
            number = f"{round(value / size, 4):.12g}{word}"
            break
    else:
        number = f"{value:.12g}"
    before, after = {"余": ("", "余"), "近": ("近", ""), "约": ("约", ""), ">=": ("", "以上"), "<=": ("", "以内")}.get(
        hedge, ("", "")
    )
    return before + number + after


# --- which statements count ------------------------------------------------------------------------------------------


def _statements(
    named: DataFrame, quantities: DataFrame, reports: DataFrame, clauses: DataFrame
) -> dict[tuple[str, int, str, str], list[_Statement]]:
    years = _years(reports)
    texts = dict(zip(plain(reports["path"]), plain(reports["text"]), strict=True))
    ahead = _ahead(clauses)
    levels = named[(named["sense"] == "level").fillna(False)]
    rows = levels.drop(columns=["quote"]).merge(quantities, on=["path", "index"], how="left", sort=False)
    names = ("path", "canonical", "unit_family", "phrase", "how", "whole", "carried", "period", "upper")
    numbers = ("value", "low", "high", "unit", "hedge", "quote", "start", "end")
    found: defaultdict[tuple[str, int, str, str], list[_Statement]] = defaultdict(list)
    for cell in zip(*(plain(rows[name]) for name in (*names, *numbers)), strict=True):
        path, indicator, family, phrase, how, whole, carried, period, upper, *number = cell
        if path not in years or upper is not None:
            continue
        place, year, five = years[path]
        value, low, high, unit, hedge, quote, start, end = number
        text = texts[path]
        paragraph = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
        several = (five or _SEVERAL_YEARS.search(text, paragraph, start)) and not _YEARLY.match(text, end)
        if _is_ahead(ahead[path], start) or not (carried or _holds(period, whole, year, bool(several))):
            continue
        rank = (not (whole or period), hedge in (">=", "<="), path, start)
        statement = _Statement(rank, value, low, high, unit, hedge, quote, phrase, how, path, start, end)
        found[place, year, indicator, family].append(statement)
    return found


def _years(reports: DataFrame) -> dict[str, tuple[str, int, bool]]:
    """For each report its place, the year it reviews, and whether it reviews five years."""
    found = {}
    names = ("path", "place", "year", "kind", "title", "date", "text")
    for path, place, year, kind, title, date, text in zip(*(plain(reports[name]) for name in names), strict=True):
        outline = Outline(_quote(title), None, None, year, _quote(date), kind, ())
        years = report_years(text, outline)
        reviewed = years.reviewed
        if reviewed is None and not years_in(title or ""):
            reviewed = year  # read off the opening or a heading: of the year under review
        if place and reviewed:
            found[path] = place, reviewed, years.five
    return found


def _quote(words: str | None) -> Quote | None:
    return None if words is None else Quote(0, len(words), words)


def _holds(period: str, whole: bool, year: int, several: bool) -> bool:
    """Whether a number of this period is one of the year reviewed, in a text that reviews one year or `several`."""
    if period == "本年" or period == f"{year}年":
        return True
    return (period == "" or (period == "累计" and whole)) and not several


def _ahead(clauses: DataFrame) -> defaultdict[str, tuple[list[int], list[bool]]]:
    """For each report where its clauses begin, and whether each states a plan or a shortcoming."""
    found: defaultdict[str, tuple[list[int], list[bool]]] = defaultdict(lambda: ([], []))
    for path, start, role in zip(*(plain(clauses[name]) for name in ("path", "start", "role")), strict=True):
        starts, ahead = found[path]
        starts.append(start)
        ahead.append(role in _AHEAD)
    return found


def _is_ahead(clauses: tuple[list[int], list[bool]], at: int) -> bool:
    starts, ahead = clauses
    number = bisect_right(starts, at) - 1
    return number >= 0 and ahead[number]


# --- units -----------------------------------------------------------------------------------------------------------


def _units(found: dict[tuple[str, int, str, str], list[_Statement]]) -> dict[tuple[str, str], str]:
    """For each indicator the unit printed most often, of several the one met first."""
    counts: defaultdict[tuple[str, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (_, _, indicator, family), statements in sorted(found.items()):
        for statement in statements:
            counts[indicator, family][statement.unit] += 1
    return {key: max(units, key=lambda unit: units[unit]) for key, units in counts.items()}


def _converted(number: float | None, unit: str, into: str) -> float | None:
    """`number` of `unit` in another unit of the same family; measure words count alike."""
    if number is None or unit == into:
        return number
    one, other = in_base(Fraction(1), unit), in_base(Fraction(1), into)
    if one is None or other is None:
        return number
    return float(Fraction(str(number)) * one[0] / other[0])


def _may_equal(one: _Statement, other: _Statement) -> bool:
    """Whether some number lies in both intervals, each in the unit of the first."""
    low, high = (_converted(end, other.unit, one.unit) for end in (other.low, other.high))
    return not _below(one.high, low) and not _below(high, one.low)


def _below(high: float | None, low: float | None) -> bool:
    return high is not None and low is not None and high < low
