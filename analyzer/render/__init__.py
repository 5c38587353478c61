"""From audits to what people and programs read. One file a format; each has the same `write`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from analyzer.records import Analysis, Audit, Failure

Write = Callable[[Iterable[Audit], Iterable[Failure], TextIO, str], None]

# Format → the module of this folder whose `write` makes it. A format of bytes writes to `stream.buffer`.
FORMATS = {"terminal": "terminal", "json": "json"}

# The same for `analyzer extract`: modules with `extracted` (one report, in a worker) and `write_extracted` (all).
EXTRACTS = {"json": "json", "csv": "csv", "xlsx": "excel"}


def extractor(
    name: str,
) -> tuple[Callable[[Analysis], Any], Callable[[Iterable[Any], Iterable[Failure], TextIO], None]]:
    """`extracted` and `write_extracted` of a format of EXTRACTS, imported only now."""
    module = importlib.import_module(f"{__name__}.{EXTRACTS[name]}")
    return module.extracted, module.write_extracted


def writer(name: str) -> Write:
    """The `write` of a format, imported only now. Raises KeyError for a name outside FORMATS."""
    write: Write = importlib.import_module(f"{__name__}.{FORMATS[name]}").write
    return write
