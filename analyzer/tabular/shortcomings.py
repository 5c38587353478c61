"""Shortcomings (不足), one row a stated one. Columns, besides those that every table begins with:

section       Int64                 index of the section; <NA> before the first heading
section_path  string                the headings down to it
quote         string                the shortcoming as printed: text[start:end]
causes        string                the causes that it gives, readable, | between them; "" for none
cause_spans   list of (start, end)  where they stand
plans         string                the planned measures that answer it, best first, | between them; "" for none
plan_spans    list of (start, end)  where they stand
start, end    Int64                 in characters of the report's text
line          Int64                 of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Shortcoming
from analyzer.tabular import (
    PLACE,
    SECTION,
    SPANS,
    Column,
    Row,
    Table,
    joined,
    place_cells,
    section_at,
    section_cells,
    spans,
)


def _cells(analysis: Analysis, shortcoming: Shortcoming) -> Row:
    return (
        *section_cells(analysis, section_at(analysis, shortcoming.start)),
        shortcoming.quote,
        joined(shortcoming.causes),
        spans(shortcoming.causes),
        joined(shortcoming.plans),
        spans(shortcoming.plans),
        *place_cells(analysis, shortcoming.start, shortcoming.end),
    )


TABLE = Table(
    "shortcomings",
    "不足",
    lambda analysis: analysis.shortcomings,
    _cells,
    (
        *SECTION,
        Column("quote", "string", "不足", 60),
        Column("causes", "string", "原因", 36),
        Column("cause_spans", SPANS),
        Column("plans", "string", "对应的计划", 60),
        Column("plan_spans", SPANS),
        *PLACE,
    ),
)
