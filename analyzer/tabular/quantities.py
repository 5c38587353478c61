"""Quantities, one row a number with its unit. Columns, besides those that every table begins with:

section          Int64     index of the section; <NA> before the first heading
section_path     string    the headings down to it
indicator        string    the words that say what is counted; <NA> where none do
indicator_start  Int64     where they stand, in characters of the report's text
indicator_end    Int64
value            float64   in `unit`, 万 and 亿 multiplied out, percentages as printed: 1.2亿元 is 120000000
upper            float64   the upper end of a range (3—5天); NaN for a single number
unit             string    unit or measure word without 万 and 亿; "" for a bare number
hedge            category  "" 余 近 约 >= <=
low, high        float64   the least and the most that the printed digits and the hedge allow; NaN where there is no end
kind             string    count money percent points ratio area length weight energy duration rank other
period           string    本年 上年 累计 计划 2022年 …; "" where the text does not say
quote            string    the number as printed, with hedges and unit: text[start:end]
start, end       Int64     in characters of the report's text
line             Int64     of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Quantity
from analyzer.tabular import PLACE, SECTION, Column, Row, Table, place_cells, section_cells, words_of

HEDGES = {"": "", "余": "余", "近": "近", "约": "约", ">=": "以上", "<=": "以内"}


def _cells(analysis: Analysis, quantity: Quantity) -> Row:
    indicator = quantity.indicator
    return (
        *section_cells(analysis, quantity.section),
        words_of(indicator),
        None if indicator is None else indicator.start,
        None if indicator is None else indicator.end,
        quantity.value,
        quantity.upper,
        quantity.unit,
        quantity.hedge,
        quantity.low,
        quantity.high,
        quantity.kind,
        quantity.period,
        quantity.quote,
        *place_cells(analysis, quantity.start, quantity.end),
    )


TABLE = Table(
    "quantities",
    "数量",
    lambda analysis: analysis.quantities,
    _cells,
    (
        *SECTION,
        Column("indicator", "string", "指标", 24),
        Column("indicator_start", "Int64"),
        Column("indicator_end", "Int64"),
        Column("value", "float64", "数值", 16),
        Column("upper", "float64", "上限", 12),
        Column("unit", "string", "单位", 9),
        Column("hedge", "category", "约数", 7, HEDGES),
        Column("low", "float64"),
        Column("high", "float64"),
        Column("kind", "string"),
        Column("period", "string", "时期", 12),
        Column("quote", "string", "原文", 16),
        *PLACE,
    ),
)
