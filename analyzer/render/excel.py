"""Tables as an Excel workbook, a sheet each: headings that stay, columns that filter, pages that print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

import xlsxwriter  # type: ignore[import-untyped]

from analyzer.records import Analysis, Audit, Failure, Severity
from analyzer.render.findings import CHECKS, FINDINGS, SEVERITY, Heading, check_rows, finding_rows, headings
from analyzer.render.words import WORDS
from analyzer.tabular import PrintedCell, PrintedRow, printed, table

DEFAULT_KINDS = ("measures", "quantities", "shortcomings", "enumerations", "citations", "sections")
NEEDS = ("measures", "quantities", "shortcomings")

# A report's words stay words; rows go to the disk as they come.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
_UNREAD = (Heading("文件", "file", 40), Heading("原因", "reason", 80))
_ROWS = 1_048_575  # that a sheet of Excel holds below its headings; the rest goes on in a further sheet
_CHARACTERS = 32_767  # that a cell holds
_LINE = 15  # points a line is high
_LINES = 8  # of a cell shown at once: LibreOffice and WPS do not find the height of a row by themselves
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # no file has them
_COLOURS = {
    Severity.ERROR: {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    Severity.WARNING: {"font_color": "#7F6000", "bg_color": "#FFEB9C"},
    Severity.INFO: {"font_color": "#1F4E79", "bg_color": "#DDEBF7"},
}


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the findings, what was checked, and what was read out (NEEDS), a sheet each, as bytes below `stream`."""
    audits, words = list(audits), WORDS[lang]
    found = [row for audit in audits for row in finding_rows(audit, lang)]
    checks = [row for audit in audits for row in check_rows(audit, lang)]
    with xlsxwriter.Workbook(stream.buffer, OPTIONS) as book:
        for sheet, rows in sheets(book, words["findings sheet"], _named(FINDINGS, lang), found):
            for severity, colours in _COLOURS.items():
                equal = {"type": "cell", "criteria": "==", "value": f'"{words[severity.value]}"'}
                sheet.conditional_format(
                    1, SEVERITY, max(rows, 1), SEVERITY, equal | {"format": book.add_format(colours)}
                )
        sheets(book, words["checks sheet"], _named(CHECKS, lang), checks)
        for kind in NEEDS:
            _table_sheets(book, kind, [row for audit in audits for row in printed(table(kind), audit.analysis)])
        _unread_sheet(book, words["not audited"], failures, lang)


def extracted(analysis: Analysis, kinds: Sequence[str]) -> list[list[PrintedRow]]:
    """The rows of one report, a list for each of `kinds`."""
    return [printed(table(kind), analysis) for kind in kinds]


def write_extracted(
    reports: Iterable[list[list[PrintedRow]]], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str]
) -> None:
    """Writes a sheet a kind, and one of what could not be read, as bytes below `stream`."""
    tables: list[list[PrintedRow]] = [[] for _ in kinds]
    for report in reports:
        for kept, rows in zip(tables, report, strict=True):
            kept += rows
    with xlsxwriter.Workbook(stream.buffer, OPTIONS) as book:
        for kind, rows in zip(kinds, tables, strict=True):
            _table_sheets(book, kind, rows)
        _unread_sheet(book, "没有读成", failures, "zh")


def _named(columns: Sequence[Heading], lang: str) -> list[tuple[str, int]]:
    return list(zip(headings(columns, lang), (column.width for column in columns), strict=True))


def _table_sheets(book: xlsxwriter.Workbook, kind: str, rows: Sequence[PrintedRow]) -> None:
    columns = [(column.heading, column.width) for column in table(kind).headings]
    sheets(book, table(kind).heading, columns, rows)


def _unread_sheet(book: xlsxwriter.Workbook, name: str, failures: Iterable[Failure], lang: str) -> None:
    unread = [(failure.path, failure.error) for failure in failures]
    if unread:
        sheets(book, name, _named(_UNREAD, lang), unread)


def sheets(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[PrintedRow],
    number_formats: Mapping[tuple[int, int], str] | None = None,
) -> list[tuple[Any, int]]:
    """The sheets that the rows take, each with the number of its rows.

    `columns` are headings and widths; `number_formats` are Excel's, by row and column of the cell, both from 0.
    """
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "vcenter"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    number_formats = number_formats or {}
    formats = {kind: book.add_format({"num_format": kind, "valign": "top"}) for kind in number_formats.values()}
    made = []
    for first in range(0, max(len(rows), 1), _ROWS):
        sheet = book.add_worksheet(f"{name}{first // _ROWS + 1}" if first else name)
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width, wrapped)
            sheet.write(0, column, heading, bold)
        shown = rows[first : first + _ROWS]
        for number, cells in enumerate(shown, 1):
            sheet.set_row(number, _LINE * _lines(cells, columns))
            sheet.write_row(number, 0, [_cell(cell) for cell in cells])
            for column in range(len(cells)) if number_formats else ():
                if kind := number_formats.get((first + number - 1, column)):
                    sheet.write(number, column, cells[column], formats[kind])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(shown), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        made.append((sheet, len(shown)))
    return made


def _lines(cells: PrintedRow, columns: Sequence[tuple[str, int]]) -> int:
    """The lines that the row takes, at most _LINES; GBK has as many bytes as characters take cells."""
    taken = (
        -(-len(cell.encode("gbk", "replace")) // width)
        for cell, (_, width) in zip(cells, columns, strict=True)
        if isinstance(cell, str)
    )
    return min(max(taken, default=1) or 1, _LINES)


def _cell(cell: PrintedCell) -> PrintedCell:
    if not isinstance(cell, str):
        return cell
    cell = _SURROGATE.sub("?", cell)
    return cell[: _CHARACTERS - 1] + "…" if len(cell) > _CHARACTERS else cell
