"""The workbook that compares reports: all rows of all tables, numbers as numbers, every figure with its quote."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter  # type: ignore[import-untyped]

from analyzer.compare.comparison import Comparison, main_cells
from analyzer.render import compare_sheets
from analyzer.render.compare_sheets import MIDDLE, SLIM, WIDE, Column, where_of
from analyzer.render.compare_words import compare_words
from analyzer.render.excel import OPTIONS, sheets
from analyzer.tabular import PrintedCell

_COLUMNS = 250  # indicators of the matrix at most; the sheet of figures has all
_HEDGED = {  # as Excel writes a number
    "余": 'General"余"',
    "近": '"近"General',
    "约": '"约"General',
    ">=": 'General"以上"',
    "<=": 'General"以内"',
}
_SHEETS = {
    "cells": compare_sheets.cells,
    "outliers": compare_sheets.outliers,
    "changes": compare_sheets.changes,
    "copies": compare_sheets.copies,
    "followup": compare_sheets.followup,
    "profile": compare_sheets.profile,
    "terms": compare_sheets.terms,
    "findings": compare_sheets.findings,
}


def compare_book(comparison: Comparison, lang: str = "zh") -> bytes:
    """The workbook as an .xlsx file."""
    said, where = compare_words(lang), where_of(comparison.reports)
    names, written = said["sheets"], io.BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        _sheet(book, names["overview"], compare_sheets.overview(comparison, where, lang))
        _matrix(book, comparison, lang)
        for name, make in _SHEETS.items():
            _sheet(book, names[name], make(comparison, where, lang))
        if len(comparison.failures):
            paths, errors = comparison.failures.path, comparison.failures.error
            _sheet(book, names["failures"], [(said["file"], WIDE, list(paths)), (said["reason"], WIDE, list(errors))])
    return written.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[Column]) -> None:
    headings = [(heading, width) for heading, width, _ in columns]
    sheets(book, name, headings, list(zip(*(cells for *_, cells in columns), strict=True)))


def _matrix(book: xlsxwriter.Workbook, comparison: Comparison, lang: str) -> None:
    """The main indicators as numbers, which a format shows with their hedges."""
    said = compare_words(lang)
    cells = main_cells(comparison.cells, _COLUMNS)
    keys = list(dict.fromkeys(zip(cells.indicator, cells.unit_family, strict=True)))
    sizes = cells.groupby(["indicator", "unit_family"]).place.nunique()
    keys.sort(key=lambda key: -sizes[key])
    across = {key: number for number, key in enumerate(keys, 2)}
    down = {owner: number for number, owner in enumerate(sorted(set(zip(cells.place, cells.year, strict=True))))}
    rows: list[list[PrintedCell]] = [[place, int(year), *[None] * len(keys)] for place, year in down]
    units, formats = {}, {}
    for row in cells.itertuples():
        at, column = down[row.place, row.year], across[row.indicator, row.unit_family]
        rows[at][column] = row.value
        units[row.indicator, row.unit_family] = row.unit
        if row.hedge:
            formats[at, column] = _HEDGED[row.hedge]
    headings = [(f"{key[0]}（{units[key]}）", MIDDLE // 2 + 2) for key in keys]
    columns = [(said["place"], MIDDLE), (said["year"], SLIM), *headings]
    for sheet, _ in sheets(book, said["sheets"]["matrix"], columns, [tuple(row) for row in rows], formats):
        sheet.freeze_panes(1, 2)
