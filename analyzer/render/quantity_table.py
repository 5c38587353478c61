"""The quantities of a report as rows of a table that a clerk can read: what CSV and Excel show."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from fractions import Fraction

from analyzer.records import Analysis, Quantity

Cell = str | int | float | None
Row = tuple[Cell, ...]

COLUMNS = ("文件", "报告", "年份", "章节", "指标", "数值", "上限", "单位", "约数", "时期", "原文", "行")
_HEDGES = {"": "", "余": "余", "近": "近", "约": "约", ">=": "以上", "<=": "以内"}


def extracted(analysis: Analysis) -> list[Row]:
    """One row a quantity, in text order, with the cells of COLUMNS; values multiplied out, percentages as printed."""
    outline = analysis.outline
    title = " ".join(outline.title.quote.split()) if outline.title else ""
    return [
        (
            analysis.report.path,
            title,
            outline.year,
            _section_path(analysis, quantity),
            _flat(quantity.indicator.quote) if quantity.indicator else "",
            _number(quantity.value),
            _number(quantity.upper),
            quantity.unit,
            _HEDGES.get(quantity.hedge, quantity.hedge),
            quantity.period,
            _flat(quantity.quote),
            bisect_right(analysis.report.line_starts, quantity.start),
        )
        for quantity in analysis.quantities
    ]


def _section_path(analysis: Analysis, quantity: Quantity) -> str:
    """The headings above a quantity, the highest first: 一、主要工作 / （二）强化依法执政."""
    names, index = [], quantity.section
    while index is not None:
        section = analysis.outline.sections[index]
        names.append(_flat(section.marker + section.title))
        index = section.parent
    return " / ".join(reversed(names))


def _flat(words: str) -> str:
    return " ".join(words.split())


def _number(value: Fraction | None) -> int | float | None:
    """A whole number as int; else the nearest float, which prints the same digits for anything a report prints."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    return float(Decimal(value.numerator) / Decimal(value.denominator))
