"""From audits to what people and programs read. One file a format; each has the same `write`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import TextIO

from analyzer.records import Audit, Failure

Write = Callable[[Iterable[Audit], Iterable[Failure], TextIO, str], None]

# Format → the module of this folder whose `write` makes it. A format of bytes writes to `stream.buffer`.
FORMATS = {"terminal": "terminal", "json": "json"}


def writer(name: str) -> Write:
    """The `write` of a format, imported only now. Raises KeyError for a name outside FORMATS."""
    write: Write = importlib.import_module(f"{__name__}.{FORMATS[name]}").write
    return write
