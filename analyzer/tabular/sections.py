"""Sections, one row a heading. Columns, besides those that every table begins with:

level         Int64    1 for the highest level of the report
marker        string   一、 （一） 1.; "" for a heading without one
number        Int64    what the marker counts; <NA> without one
title         string   the heading without marker and closing punctuation
quote         string   the heading as printed: text[start:end]
parent        Int64    index of the section above; <NA> for the highest
section_path  string   the headings down to this one
run_in        boolean  whether text follows on the heading's own line
start, end    Int64    of the heading, in characters of the report's text
stop          Int64    where the section's text ends
characters    Int64    from the heading to there
line          Int64    of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Section
from analyzer.tabular import PLACE, Column, Row, Table, place_cells, section_at, section_cells


def _cells(analysis: Analysis, section: Section) -> Row:
    _, path = section_cells(analysis, section_at(analysis, section.start))
    return (
        section.level,
        section.marker,
        section.number,
        section.title,
        section.quote,
        section.parent,
        path,
        section.run_in,
        section.stop,
        section.stop - section.start,
        *place_cells(analysis, section.start, section.end),
    )


TABLE = Table(
    "sections",
    "章节",
    lambda analysis: analysis.outline.sections,
    _cells,
    (
        Column("level", "Int64", "级别", 6),
        Column("marker", "string", "编号", 9),
        Column("number", "Int64"),
        Column("title", "string", "标题", 44),
        Column("quote", "string"),
        Column("parent", "Int64"),
        Column("section_path", "string", "章节", 60),
        Column("run_in", "boolean"),
        Column("stop", "Int64"),
        Column("characters", "Int64", "字数", 8),
        *PLACE,
    ),
)
