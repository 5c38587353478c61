"""Data frames of what was read out of reports, for those who have pandas: pip install "analyzer[research]".

The columns of each kind, with types and units, are in the docstring of its module: analyzer/tabular/KIND.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from analyzer.libraries import library
from analyzer.records import Analysis, Audit
from analyzer.tabular import AUDITED, Column, Row, Table, rows, table

if TYPE_CHECKING:
    from pandas import DataFrame, Series  # type: ignore[import-untyped]

__all__ = ["frame_of", "to_frame"]


def to_frame(analyses: Analysis | Audit | Iterable[Analysis] | Iterable[Audit], kind: str) -> DataFrame:
    """One table of one analysis, or of several below each other: the columns of its kind, also where there is no row.

    `kind` is reports, sections, clauses, enumerations, quantities, measures, shortcomings or citations; of audits also
    findings or checks. Types never depend on the reports: string, Int64 and boolean (each with <NA>), float64, category
    with the same categories always, object for columns of lists. `text[start:end]` of a report is the column `quote`,
    character for character. Raises ValueError for another kind, MissingLibrary without pandas.
    """
    chosen = table(kind)
    several = (analyses,) if isinstance(analyses, Analysis | Audit) else analyses
    return frame_of(chosen, [row for each in several for row in rows(chosen, _source(each, kind))])


def frame_of(table: Table[Any], rows: Sequence[Row]) -> DataFrame:
    """The data frame of rows that `analyzer.tabular.rows` gave. Raises MissingLibrary without pandas."""
    pandas = library("pandas")
    cells = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    columns = zip(table.columns, cells, strict=True)
    return pandas.DataFrame({column.name: _series(pandas, column, values) for column, values in columns})


def _source(each: Analysis | Audit, kind: str) -> Analysis | Audit:
    """What the table of a kind is of. Raises ValueError for an analysis where it is of audits."""
    if kind not in AUDITED:
        return each.analysis if isinstance(each, Audit) else each
    if isinstance(each, Analysis):
        raise ValueError(f"{kind} are of audits: give what analyzer.audit returns")
    return each


def _series(pandas: Any, column: Column, values: Sequence[Any]) -> Series:
    if column.dtype == "category":
        return pandas.Series(pandas.Categorical(values, categories=list(column.words)))
    if column.dtype == "float64":
        return pandas.Series([None if value is None else float(value) for value in values], dtype="float64")
    if column.dtype in ("string", "Int64", "boolean"):
        return pandas.Series(values, dtype=column.dtype)
    return pandas.Series(values, dtype="object")
