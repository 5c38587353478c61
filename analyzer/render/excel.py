"""Quantities as an Excel workbook: headings that stay, columns that filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

import xlsxwriter  # type: ignore[import-untyped]

from analyzer.records import Failure
from analyzer.render.quantity_table import COLUMNS, Row, extracted

__all__ = ["extracted", "write_extracted"]

_WIDTHS = (28, 32, 7, 44, 24, 16, 12, 9, 7, 12, 16, 6)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}  # a report's words stay words


def write_extracted(reports: Iterable[list[Row]], failures: Iterable[Failure], stream: TextIO) -> None:
    """Writes the rows of `extracted` to a sheet, and what could not be read to another, as bytes below `stream`."""
    with xlsxwriter.Workbook(stream.buffer, _OPTIONS) as book:
        _sheet(book, "数量", COLUMNS, _WIDTHS, (row for rows in reports for row in rows))
        unread = [(failure.path, failure.error) for failure in failures]
        if unread:
            _sheet(book, "没有读成", ("文件", "原因"), (40, 80), unread)


def _sheet(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[str], widths: Sequence[int], rows: Iterable[Row]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = 0
    for last, cells in enumerate(rows, 1):
        sheet.write_row(last, 0, cells)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
