"""Lists inside the text and runs of sibling headings, one row a list.

Columns, besides those that every table begins with:

section         Int64                 index of the section that it stands in; <NA> before the first heading
section_path    string                the headings down to it
style           string                一是 第一 首先 ① 1. （1） 一、 （一） other
declared        Int64                 the number announced for it; <NA> where none is
declared_quote  string                the words that announce it: 两个方面; <NA> where none do
count           Int64                 the number of its items
items           string                its items, readable, | between them
item_spans      list of (start, end)  where they stand
quote           string                the list as printed: text[start:end]
start, end      Int64                 in characters of the report's text
line            Int64                 of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Enumeration
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
    words_of,
)


def _cells(analysis: Analysis, enumeration: Enumeration) -> Row:
    declared = enumeration.declared
    if enumeration.sections:  # headings as items: the section above them
        section = analysis.outline.sections[enumeration.sections[0]].parent
    else:
        section = section_at(analysis, enumeration.start)
    return (
        *section_cells(analysis, section),
        enumeration.style,
        None if declared is None else declared.value,
        words_of(declared),
        len(enumeration.items),
        joined(enumeration.items),
        spans(enumeration.items),
        enumeration.quote,
        *place_cells(analysis, enumeration.start, enumeration.end),
    )


TABLE = Table(
    "enumerations",
    "列举",
    lambda analysis: analysis.enumerations,
    _cells,
    (
        *SECTION,
        Column("style", "string", "序号", 8),
        Column("declared", "Int64", "宣布项数", 9),
        Column("declared_quote", "string", "宣布的话", 16),
        Column("count", "Int64", "列出项数", 9),
        Column("items", "string", "各项", 80),
        Column("item_spans", SPANS),
        Column("quote", "string"),
        *PLACE,
    ),
)
