"""From what was kept of reports to the tables of a corpus: reports in batches, batches as one.

A batch is a dict of Arrow tables, perhaps packed: one of every kind of `analyzer.corpus.kept.KINDS`, rows report after
report, and "heads", one row a report with what is kept once and how many rows of each kind are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy

from analyzer.arrow import arrow_of
from analyzer.cores import cores
from analyzer.corpus.kept import KINDS, Kept, columns, comparing
from analyzer.corpus.packed import Packed, unpacked
from analyzer.libraries import library
from analyzer.tabular import BYTES, HEAD, Column, Row

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]

Batch = dict[str, "Table | Packed"]

_PIECES = 2000  # of a table, at most


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a file's rows are: report `number` of batch `batch`."""

    path: str
    batch: int
    number: int


@cache
def _heads() -> tuple[Column, ...]:
    return (
        Column("title", "string"),
        Column("year", "Int64"),
        *for_comparing(),
        *(Column(kind, "Int64") for kind in KINDS),
    )


@cache
def for_comparing() -> tuple[Column, ...]:
    """The columns of all that comparing reports begins with: the lean audit, and what each rule kept, by its code."""
    return (Column("lean", "string"), *(Column(code, BYTES) for code in comparing()))


def batch_of(kept: Sequence[Kept]) -> Batch:
    """The batch of reports, in their order."""
    heads = [(each.title, each.year, *compared_of(each), *(len(each.rows[kind]) for kind in KINDS)) for each in kept]
    tables = {kind: arrow_of(columns(kind), [row for each in kept for row in each.rows[kind]]) for kind in KINDS}
    return {"heads": arrow_of(_heads(), heads), **tables}


def compared_of(kept: Kept) -> Row:
    """The cells of `for_comparing`."""
    return (kept.lean, *(kept.compared.get(code) for code in comparing()))


class Tables(Mapping[str, "Table"]):
    """The tables of the files `placed`, in their order, with all their columns, each made when it is first asked for.

    The columns path and report are dictionaries: a report's rows share them. A table is taken out of the batches, so
    that none is held twice.
    """

    def __init__(self, batches: Sequence[Batch], placed: Sequence[Placed]) -> None:
        arrow = library("pyarrow")
        self._batches = batches or [batch_of(())]
        heads = self._of_batches("heads")
        bases = numpy.cumsum([0, *map(len, heads)])
        self._chosen = numpy.array([bases[each.batch] + each.number for each in placed], dtype=numpy.int64)
        whole = arrow.concat_tables(heads)
        self._counts = {kind: whole[kind].to_numpy() for kind in KINDS}
        own = _taken(whole, self._chosen)
        self.for_comparing = own.select([column.name for column in for_comparing()])
        paths = arrow.array([_encodable(each.path) for each in placed], arrow.large_string())
        self._head = paths, own["title"].combine_chunks(), own["year"]
        self._made: dict[str, Table] = {}

    def __getitem__(self, kind: str) -> Table:
        if kind not in self._made:
            self._made[kind] = self._joined(kind)
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)

    def _joined(self, kind: str) -> Table:
        counts, chosen = self._counts[kind], self._chosen
        lengths = counts[chosen]
        starts = (numpy.cumsum(counts) - counts)[chosen] - (numpy.cumsum(lengths) - lengths)
        rows = numpy.repeat(starts, lengths) + numpy.arange(lengths.sum())
        reports = numpy.repeat(numpy.arange(len(chosen), dtype=numpy.int32), lengths)
        table = _taken(library("pyarrow").concat_tables(self._of_batches(kind)), rows)
        paths, titles, years = self._head
        shared = (_shared(paths, reports), _shared(titles, reports), years.take(reports))
        for place, (column, values) in enumerate(zip(HEAD, shared, strict=False)):  # index is the table's own
            table = table.add_column(place, column.name, values)
        return table

    def _of_batches(self, kind: str) -> list[Table]:
        with ThreadPoolExecutor(cores()) as pool:
            return list(pool.map(unpacked, [batch.pop(kind) for batch in self._batches]))


def _taken(table: Table, rows: Any) -> Table:
    """These rows of the table: pieces of it as they are where there are few, since to copy all of it takes long."""
    ends = numpy.append((numpy.diff(rows) != 1).nonzero()[0] + 1, [len(rows)])[: len(rows)]
    if len(ends) > _PIECES:
        return table.take(rows)
    pieces = zip([0, *ends.tolist()], ends.tolist(), strict=False)
    slices = [table.slice(rows[start], end - start) for start, end in pieces]
    return library("pyarrow").concat_tables(slices or [table.slice(0, 0)])


def _shared(values: Any, places: Any) -> Any:
    """The values at `places`, each kept once."""
    return library("pyarrow").DictionaryArray.from_arrays(places, values)


def _encodable(path: str) -> str:
    """The path without lone surrogates, which stand for bytes that are no text; still another for every file."""
    return path.encode("utf-8", "backslashreplace").decode()
