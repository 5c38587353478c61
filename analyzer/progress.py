"""A progress bar where a person waits for many files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

_MANY = 20


def watched(results: Iterator[T], count: int) -> Iterator[T]:
    """The same `count` results, with a bar on standard error or in the notebook."""
    if count < _MANY:
        return results
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not (sys.stderr.isatty() or console.is_jupyter):
        return results
    return iter(track(results, "审查", count, console=console, transient=True))
