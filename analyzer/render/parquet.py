"""One table as Parquet for pandas, Polars, R and DuckDB: English column names, the types of its docstring.

Parquet keeps the categories of a column only where the table has rows.

Needs pandas and pyarrow (pip install "analyzer[research]"): importing this module raises MissingLibrary without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from analyzer.arrow import arrow_of, for_pandas
from analyzer.libraries import library
from analyzer.records import Analysis, Failure
from analyzer.tabular import Row, rows, table

pandas, pyarrow, parquet = library("pandas"), library("pyarrow"), library("pyarrow.parquet")

DEFAULT_KINDS = ("quantities",)


def extracted(analysis: Analysis, kinds: Sequence[str]) -> list[Row]:
    """The rows of one report. A Parquet file holds one table: `kinds` must name one kind."""
    (kind,) = kinds
    return rows(table(kind), analysis)


def write_extracted(
    reports: Iterable[list[Row]], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str]
) -> None:
    """Writes the rows of `extracted`, report after report, as bytes below `stream`. Failures have no place here."""
    (kind,) = kinds
    chosen = table(kind)
    whole = arrow_of(chosen.columns, [row for report in reports for row in report])
    parquet.write_table(for_pandas(chosen.columns, whole), stream.buffer)
