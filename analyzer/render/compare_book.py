"""The workbook that compares reports."""

from __future__ import annotations

from analyzer.compare.comparison import Comparison


def compare_book(comparison: Comparison, lang: str = "zh") -> bytes:
    """The workbook as an .xlsx file."""
    raise NotImplementedError
