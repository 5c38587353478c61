"""Words as data: reads the files of this folder. A broken entry is a LexiconError that names file and entry."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from analyzer.errors import LexiconError


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file `name`.toml as a dict. Raises LexiconError where it is missing or not TOML."""
    file = resources.files(__name__) / f"{name}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}.toml：{error}") from error


def load_rows(name: str) -> list[dict[str, str]]:
    """The rows of lexicon file `name`.csv, each by the columns of its first line.

    Raises LexiconError where the file is missing or a row has more or fewer cells than the first line.
    """
    file = resources.files(__name__) / f"{name}.csv"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}.csv：{error}") from error
    rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise LexiconError(f"{name}.csv：第{number}行的列数与首行不同")
    return rows
