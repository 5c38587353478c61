"""The words of what compares reports: page, workbook and summary."""

from __future__ import annotations

from typing import Any

from analyzer.render.templates import words_of


def compare_words(lang: str) -> dict[str, Any]:
    """The words of page/compare.toml in one language."""
    return words_of("analyzer.render", "compare.toml", lang)
