"""Clauses with their roles, one row a clause. Columns, besides those that every table begins with:

section       Int64     index of the section; <NA> before the first heading
section_path  string    the headings down to it
quote         string    the clause as printed: text[start:end]
role          category  heading measure plan target result shortcoming cause background other
characters    Int64     its length, to weigh the roles by
start, end    Int64     in characters of the report's text
line          Int64     of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Clause
from analyzer.tabular import PLACE, SECTION, Column, Row, Table, place_cells, section_at, section_cells

ROLES = {
    "heading": "标题",
    "measure": "举措",
    "plan": "计划",
    "target": "目标",
    "result": "成效",
    "shortcoming": "不足",
    "cause": "原因",
    "background": "背景",
    "other": "其他",
}


def _cells(analysis: Analysis, clause: Clause) -> Row:
    return (
        *section_cells(analysis, section_at(analysis, clause.start)),
        analysis.text[clause.start : clause.end],
        clause.role,
        clause.end - clause.start,
        *place_cells(analysis, clause.start, clause.end),
    )


TABLE = Table(
    "clauses",
    "子句",
    lambda analysis: analysis.clauses,
    _cells,
    (
        *SECTION,
        Column("quote", "string", "原文", 60),
        Column("role", "category", "作用", 7, ROLES),
        Column("characters", "Int64", "字数", 7),
        *PLACE,
    ),
)
