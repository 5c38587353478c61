"""What a notebook shows of a record."""

from __future__ import annotations

from importlib import import_module


def html_of(record: object) -> str:
    """The HTML of a report, an analysis or an audit; it is only made there, by a module above the records."""
    return str(import_module("analyzer.notebook").html_of(record))
