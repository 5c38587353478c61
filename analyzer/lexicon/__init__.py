"""Words as data: reads the .toml files of this folder. A broken entry is a LexiconError that names file and entry."""

from __future__ import annotations

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
