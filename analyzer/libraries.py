"""Libraries that only some uses need, imported where they are asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from analyzer.errors import MissingLibrary


def library(name: str, extra: str = "research") -> Any:
    """The library `name` of an extra, imported only now. Raises MissingLibrary where it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        library = name.partition(".")[0]
        raise MissingLibrary(
            f'这项功能要用 {library}，请先安装 · this needs {library}: pip install "analyzer[{extra}]"'
        ) from error
