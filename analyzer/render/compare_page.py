"""The page that compares reports, whole in one file."""

from __future__ import annotations

from analyzer.compare.comparison import Comparison


def compare_page(comparison: Comparison, lang: str = "zh") -> str:
    """The page as HTML."""
    raise NotImplementedError
