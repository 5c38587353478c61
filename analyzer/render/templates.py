"""The files of the folder `page` of a package: templates of web pages, style sheets, scripts, words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment(package: str) -> Environment:
    """The templates. They escape every value, and a name that is not given is an error."""
    return Environment(
        loader=PackageLoader(package, "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def source(package: str, name: str) -> str:
    """The text of a file."""
    return (resources.files(package) / "page" / name).read_text(encoding="utf-8")


@cache
def words_of(package: str, name: str, lang: str) -> dict[str, Any]:
    """The words of a .toml file in one language."""
    words: dict[str, Any] = tomllib.loads(source(package, name))[lang]
    return words
