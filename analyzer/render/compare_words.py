"""The words of what compares reports: page, workbook and summary."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def compare_words(lang: str) -> dict[str, Any]:
    """The words of page/compare.toml in one language."""
    file = resources.files("analyzer.render") / "page" / "compare.toml"
    words: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))[lang]
    return words
