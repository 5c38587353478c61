"""Tables as an Excel workbook, a sheet each: headings that stay, columns that filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

import xlsxwriter  # type: ignore[import-untyped]

from analyzer.records import Analysis, Failure
from analyzer.tabular import PrintedCell, PrintedRow, printed, table

DEFAULT_KINDS = ("measures", "quantities", "shortcomings", "enumerations", "citations", "sections")

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}  # a report's words stay words
_ROWS = 1_048_575  # that a sheet of Excel holds below its headings; the rest goes on in a further sheet
_CHARACTERS = 32_767  # that a cell holds


def extracted(analysis: Analysis, kinds: Sequence[str]) -> list[list[PrintedRow]]:
    """The rows of one report, a list for each of `kinds`."""
    return [printed(table(kind), analysis) for kind in kinds]


def write_extracted(
    reports: Iterable[list[list[PrintedRow]]], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str]
) -> None:
    """Writes a sheet a kind, and one of what could not be read, as bytes below `stream`."""
    sheets: list[list[PrintedRow]] = [[] for _ in kinds]
    for report in reports:
        for sheet, rows in zip(sheets, report, strict=True):
            sheet += rows
    with xlsxwriter.Workbook(stream.buffer, _OPTIONS) as book:
        for kind, rows in zip(kinds, sheets, strict=True):
            columns = [(column.heading, column.width) for column in table(kind).headings]
            _sheets(book, table(kind).heading, columns, rows)
        unread = [(failure.path, failure.error) for failure in failures]
        if unread:
            _sheets(book, "没有读成", [("文件", 40), ("原因", 80)], unread)


def _sheets(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[PrintedRow]
) -> None:
    for first in range(0, max(len(rows), 1), _ROWS):
        sheet = book.add_worksheet(f"{name}{first // _ROWS + 1}" if first else name)
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write(0, column, heading, bold)
        shown = rows[first : first + _ROWS]
        for number, cells in enumerate(shown, 1):
            sheet.write_row(number, 0, [_cell(cell) for cell in cells])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(shown), len(columns) - 1)


def _cell(cell: PrintedCell) -> PrintedCell:
    return cell[: _CHARACTERS - 1] + "…" if isinstance(cell, str) and len(cell) > _CHARACTERS else cell
