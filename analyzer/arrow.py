"""Rows of `analyzer.tabular` as Arrow, which keeps millions of them small, and as the same data frames as ever.

Types are fixed by the columns, never by the rows: an empty table has those of a full one. Needs pyarrow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from analyzer.libraries import library
from analyzer.tabular import BYTES, INTS, RELATED, SPANS, Cell, Column, Row

if TYPE_CHECKING:
    from pandas import DataFrame, Series  # type: ignore[import-untyped]
    from pyarrow import Schema, Table  # type: ignore[import-untyped]

_SURROGATE = re.compile(r"[\ud800-\udfff]")


@cache
def types() -> dict[str, Any]:
    """The Arrow type of each dtype of a column. Raises MissingLibrary without pyarrow, like all functions here."""
    arrow = library("pyarrow")
    ints = arrow.list_(arrow.int64())
    place = [("path", arrow.large_string()), ("start", arrow.int64()), ("end", arrow.int64())]
    return {
        "string": arrow.large_string(),
        "Int64": arrow.int64(),
        "float64": arrow.float64(),
        "boolean": arrow.bool_(),
        "category": arrow.dictionary(arrow.int8(), arrow.large_string()),
        BYTES: arrow.large_binary(),
        INTS: ints,
        SPANS: arrow.list_(ints),
        RELATED: arrow.list_(arrow.struct(place)),
    }


def schema_of(columns: Sequence[Column]) -> Schema:
    """The types of `columns`."""
    return library("pyarrow").schema([(column.name, types()[column.dtype]) for column in columns])


def arrow_of(columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    """The Arrow table of rows with the cells of `columns`.

    A lone surrogate, which a damaged text or a file name may hold, becomes U+FFFD: no offset moves.
    """
    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [_array(column, values) for column, values in zip(columns, cells, strict=True)]
    return library("pyarrow").table(arrays, schema_of(columns))


def typed(columns: Sequence[Column], table: Table) -> Table:
    """`table`, as read from a file, with the very types of `columns`. Raises KeyError where one is missing."""
    arrays = [_retyped(column, table[column.name]) for column in columns]
    return library("pyarrow").table(arrays, schema_of(columns))


def for_pandas(columns: Sequence[Column], table: Table) -> Table:
    """`table` as it is to be written: strings as such, with what tells pandas.read_parquet the types of its columns."""
    schema = schema_of(columns)
    like = frame_of_arrow(columns, schema.empty_table())
    return table.cast(schema).replace_schema_metadata(library("pyarrow").Schema.from_pandas(like).metadata)


def frame_of_arrow(columns: Sequence[Column], table: Table) -> DataFrame:
    """The data frame that `analyzer.dataframes.frame_of` would make of the same rows.

    Strings may come as dictionaries.
    """
    pandas = library("pandas")
    return pandas.DataFrame({column.name: _series(pandas, column, table[column.name]) for column in columns})


def _array(column: Column, values: Sequence[Cell]) -> Any:
    arrow, kind = library("pyarrow"), types()[column.dtype]
    if column.dtype == "category":
        return _codes(column, arrow.array(values, arrow.large_string()))
    if column.dtype == "float64":
        return arrow.array([None if value is None else float(value) for value in values], kind)  # type: ignore[arg-type]
    if column.dtype == RELATED:
        named = [[{"path": path, "start": start, "end": end} for path, start, end in cell] for cell in values]  # type: ignore[union-attr,misc,str-unpack]
        return arrow.array(named, kind)
    try:
        return arrow.array(values, kind)
    except UnicodeEncodeError:
        return arrow.array([None if value is None else _encodable(str(value)) for value in values], kind)


def _encodable(words: str) -> str:
    return _SURROGATE.sub("\ufffd", words)


def _codes(column: Column, strings: Any) -> Any:
    """The array of a category: always the same words behind the same codes."""
    arrow = library("pyarrow")
    words = arrow.array(list(column.words), arrow.large_string())
    codes = library("pyarrow.compute").index_in(strings, value_set=words).cast(arrow.int8())
    return arrow.DictionaryArray.from_arrays(codes, words)


def _retyped(column: Column, chunks: Any) -> Any:
    arrow = library("pyarrow")
    if column.dtype == "category":
        return _codes(column, chunks.cast(arrow.large_string()).combine_chunks())
    return chunks.cast(types()[column.dtype])


def _series(pandas: Any, column: Column, chunks: Any) -> Series:
    arrow = library("pyarrow")
    if column.dtype == "category":
        codes = chunks.combine_chunks().indices.fill_null(-1).to_numpy()
        return pandas.Series(pandas.Categorical.from_codes(codes, categories=list(column.words)))
    if column.dtype == "float64":
        return pandas.Series(chunks.to_numpy())
    if column.dtype == "string":
        return pandas.Series(pandas.StringDtype().__from_arrow__(chunks.cast(arrow.large_string())))
    if column.dtype in ("Int64", "boolean"):
        return pandas.Series(pandas.api.types.pandas_dtype(column.dtype).__from_arrow__(chunks))
    cells = chunks.to_pylist()
    if column.dtype == SPANS:
        cells = [[tuple(span) for span in cell] for cell in cells]
    elif column.dtype == RELATED:
        cells = [[tuple(place.values()) for place in cell] for cell in cells]
    return pandas.Series(cells, dtype="object")
