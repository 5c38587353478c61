"""Measures (举措), one row a thing done or planned. Columns, besides those that every table begins with:

section           Int64        index of the section; <NA> before the first heading
section_path      string       the headings down to it
point             string       the numbered item or the heading that it belongs to; <NA> before the first
status            category     done planned
quote             string       the measure as printed: text[start:end]
actor             string       who acts; <NA> where the sentence does not say
action            string       the verb; <NA> where there is none
object            string       what it acts on, without the count; <NA> where there is none
quantities        string       the numbers in it as printed, readable: 4次 | 30人
quantity_indexes  list of int  the same as `index` of the table of quantities of this report
start, end        Int64        in characters of the report's text
line              Int64        of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Measure
from analyzer.tabular import INTS, PLACE, SECTION, Column, Row, Table, joined, place_cells, section_cells, words_of

STATUS = {"done": "已做", "planned": "计划"}


def _cells(analysis: Analysis, measure: Measure) -> Row:
    return (
        *section_cells(analysis, measure.section),
        words_of(measure.point),
        measure.status,
        measure.quote,
        words_of(measure.actor),
        words_of(measure.action),
        words_of(measure.object),
        joined(analysis.quantities[index] for index in measure.quantities),
        list(measure.quantities),
        *place_cells(analysis, measure.start, measure.end),
    )


TABLE = Table(
    "measures",
    "举措",
    lambda analysis: analysis.measures,
    _cells,
    (
        *SECTION,
        Column("point", "string", "要点", 36),
        Column("status", "category", "状态", 7, STATUS),
        Column("quote", "string", "举措", 60),
        Column("actor", "string", "主体", 16),
        Column("action", "string", "动作", 10),
        Column("object", "string", "对象", 36),
        Column("quantities", "string", "数量", 20),
        Column("quantity_indexes", INTS),
        *PLACE,
    ),
)
