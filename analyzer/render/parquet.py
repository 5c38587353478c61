"""One table as Parquet for pandas, Polars, R and DuckDB: English column names, the types of its docstring.

Parquet keeps the categories of a column only where the table has rows.

Needs pandas and pyarrow (pip install "analyzer[research]"): importing this module raises MissingLibrary without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from analyzer.dataframes import frame_of, library
from analyzer.records import Analysis, Failure
from analyzer.tabular import INTS, SPANS, Row, rows, table

pandas, pyarrow, parquet = library("pandas"), library("pyarrow"), library("pyarrow.parquet")

DEFAULT_KINDS = ("quantities",)

# Fixed here, since an empty table or list would leave them open.
_TYPES = {
    "string": pyarrow.string(),
    "Int64": pyarrow.int64(),
    "float64": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "category": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    INTS: pyarrow.list_(pyarrow.int64()),
    SPANS: pyarrow.list_(pyarrow.list_(pyarrow.int64())),
}


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
    schema = pyarrow.schema([(column.name, _TYPES[column.dtype]) for column in chosen.columns])
    frame = frame_of(chosen, [row for report in reports for row in report])
    parquet.write_table(pyarrow.Table.from_pandas(frame, schema, preserve_index=False), stream.buffer)
