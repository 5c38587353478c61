"""Reports, one row each. Columns, besides those that every table begins with:

title         string    the title as printed; <NA> where none is found
issuer        string    who reports, as printed; <NA> where the text does not say
place         string    the place that reports: 雁回坪镇; <NA> where the text does not say
level         string    of the place: 乡 镇 街道 县 区 市 州 省; "" where its name does not say
date          string    the date line as printed; <NA> without one
kind          string    法治政府 工作报告 信息公开 工作总结 other
characters    Int64     of the report's text
sections      Int64     how many headings; likewise the columns below
clauses       Int64
measures      Int64
quantities    Int64
shortcomings  Int64
text          string    the whole text: what all offsets of the other tables count in
"""

from __future__ import annotations

from analyzer.records import Analysis, Report
from analyzer.tabular import Column, Row, Table, words_of


def _cells(analysis: Analysis, report: Report) -> Row:
    outline = analysis.outline
    return (
        words_of(outline.title),
        words_of(outline.issuer),
        outline.place.name if outline.place else None,
        outline.place.level if outline.place else "",
        words_of(outline.date),
        outline.kind,
        len(report.text),
        len(outline.sections),
        len(analysis.clauses),
        len(analysis.measures),
        len(analysis.quantities),
        len(analysis.shortcomings),
        report.text,
    )


TABLE = Table(
    "reports",
    "报告",
    lambda analysis: (analysis.report,),
    _cells,
    (
        Column("title", "string"),
        Column("issuer", "string", "发文机关", 24),
        Column("place", "string", "地方", 16),
        Column("level", "string", "层级", 6),
        Column("date", "string", "日期", 15),
        Column("kind", "string", "种类", 10, {"other": "其他"}),
        Column("characters", "Int64", "字数", 8),
        Column("sections", "Int64", "章节", 6),
        Column("clauses", "Int64", "分句", 6),
        Column("measures", "Int64", "举措", 6),
        Column("quantities", "Int64", "数量", 6),
        Column("shortcomings", "Int64", "不足", 6),
        Column("text", "string"),
    ),
)
