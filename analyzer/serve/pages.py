"""The one page of `analyzer serve`, with the looks of the pages about reports (render/page)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analyzer.readers.formats import SUFFIXES
from analyzer.render import pages
from analyzer.serve.limits import Limits

DOWNLOADS = ("docx", "xlsx", "html")


def page(lang: str, limits: Limits) -> str:
    """The page in one language. Style and script are files of their own: under its policy nothing else runs."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            lang=lang,
            words=words(lang),
            limits={"file_bytes": limits.file_bytes, "files": limits.files},
            downloads=DOWNLOADS,
            accepted=sorted(SUFFIXES),
        )
    )


@cache
def style() -> str:
    return pages.source("base.css") + _file("page.css")


@cache
def script() -> str:
    return pages.source("base.js") + _file("list.js") + _file("page.js")


@cache
def words(lang: str) -> dict[str, Any]:
    """The words of the page, beside those that it shares with the pages about reports."""
    return {**pages.words(lang), **tomllib.loads(_file("words.toml"))[lang]}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("analyzer.serve", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return (resources.files("analyzer.serve") / "page" / name).read_text(encoding="utf-8")
