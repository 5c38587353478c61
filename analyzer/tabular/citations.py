"""Cited documents, one row a citation. Columns, besides those that every table begins with:

section       Int64   index of the section; <NA> before the first heading
section_path  string  the headings down to it
title         string  without title marks and white space
kind          string  law regulation party_rule plan notice meeting_document other
number        string  国发〔2021〕7号 without white space; "" for none
cited_year    Int64   of the number, else the first that title or the brackets behind it print; <NA> for none
law           string  the title in the table of laws that it resolves to; <NA> for none
quote         string  the citation as printed: text[start:end]
start, end    Int64   in characters of the report's text
line          Int64   of the report's text, from 1
"""

from __future__ import annotations

from analyzer.records import Analysis, Citation
from analyzer.tabular import PLACE, SECTION, Column, Row, Table, place_cells, section_at, section_cells

_KINDS = {
    "law": "法律",
    "regulation": "行政法规",
    "party_rule": "党内法规",
    "plan": "规划计划",
    "notice": "通知文件",
    "meeting_document": "会议文件",
    "other": "其他",
}


def _cells(analysis: Analysis, citation: Citation) -> Row:
    return (
        *section_cells(analysis, section_at(analysis, citation.start)),
        citation.title,
        citation.kind,
        citation.number,
        citation.year,
        None if citation.law is None else citation.law.title,
        citation.quote,
        *place_cells(analysis, citation.start, citation.end),
    )


TABLE = Table(
    "citations",
    "引用",
    lambda analysis: analysis.citations,
    _cells,
    (
        *SECTION,
        Column("title", "string", "文件名称", 44),
        Column("kind", "string", "种类", 10, _KINDS),
        Column("number", "string", "文号", 18),
        Column("cited_year", "Int64", "文件年份", 9),
        Column("law", "string"),
        Column("quote", "string", "原文", 44),
        *PLACE,
    ),
)
