"""The figures of many reports side by side: for each place and year the value of each indicator, with its quote.

Only levels of the year reviewed count: no plans, no earlier years, no differences, parts, shares per village, no totals
of five years. Where a report states an indicator more than once, a statement about the whole year or the whole place
goes before others, else the first; other values that cannot be the same number are marked, none is made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING

from analyzer.compare.readings import plain
from analyzer.compare.reviewed import Key, Statement, statements_of
from analyzer.extract.units import in_base
from analyzer.lexicon import load
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_COLUMNS = {
    "place": "string",
    "called": "string",
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


def cells(named: DataFrame, quantities: DataFrame, reports: DataFrame, clauses: DataFrame) -> DataFrame:
    """One row for each place, year and indicator that a report states: the long form of the matrix.

    `named` comes from `canonical`, the others are tables of `analyzer.to_frame`. What no report states has no row. A
    report without a place or a reviewed year gives nothing. Columns:

    place, called, year   string, Int64    whose figure (by its latest name, and as the report calls it), and of which
                                           year: a 政府工作报告 of 2024 speaks of 2023
    tier                  string           of the place: 乡级 县级 地级 省级, "" where its name does not say
    indicator             string           as `canonical` names it
    unit_family           string           likewise
    value, low, high      float64          in `unit`; low, high as digits and hedge allow, NaN: no end
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
    found = statements_of(named, quantities, reports, clauses)
    units = _units(found)
    tiers, rows = load("indicators")["tiers"], []
    levels = dict(zip(plain(reports["place"]), plain(reports["level"]), strict=True))
    for (place, year, indicator, family), statements in sorted(found.items()):
        best = min(statements, key=lambda statement: statement.rank)
        unit = units[indicator, family]
        value, low, high = (_converted(number, best.unit, unit) for number in (best.value, best.low, best.high))
        rows.append(
            (
                *(
                    place,
                    best.called,
                    year,
                    tiers.get(levels[place], ""),
                    indicator,
                    family,
                    value,
                    low,
                    high,
                    unit,
                    best.hedge,
                ),
                *(shown(value or 0.0, best.hedge), best.quote, best.phrase, best.how, best.path, best.start, best.end),
                len(statements),
                any(not _may_equal(best, other) for other in statements),
            )
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


# --- units -----------------------------------------------------------------------------------------------------------


def _units(found: Mapping[Key, list[Statement]]) -> dict[tuple[str, str], str]:
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


def _may_equal(one: Statement, other: Statement) -> bool:
    """Whether some number lies in both intervals, each in the unit of the first."""
    low, high = (_converted(end, other.unit, one.unit) for end in (other.low, other.high))
    return not _below(one.high, low) and not _below(high, one.low)


def _below(high: float | None, low: float | None) -> bool:
    return high is not None and low is not None and high < low
