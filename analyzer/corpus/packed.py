"""Arrow tables, compressed: as the cache keeps them, and as they are held until somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.libraries import library

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]

_LEVEL = 3  # of zstd, where it packs closest and unpacks fastest


@dataclass(frozen=True, slots=True)
class Packed:
    """A table, as an Arrow stream compressed as a whole (column by column takes twice the time)."""

    size: int  # of the stream, in bytes
    data: bytes


def packed(table: Table) -> Packed:
    """The table, compressed."""
    arrow = library("pyarrow")
    sink = arrow.BufferOutputStream()
    with library("pyarrow.ipc").new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data = sink.getvalue()
    return Packed(data.size, arrow.Codec("zstd", _LEVEL).compress(data, asbytes=True))


def unpacked(each: Table | Packed) -> Table:
    """The table. Raises ArrowInvalid where the data is no such stream."""
    if not isinstance(each, Packed):
        return each
    data = library("pyarrow").Codec("zstd").decompress(each.data, each.size)
    with library("pyarrow.ipc").open_stream(data) as reader:
        return reader.read_all()
