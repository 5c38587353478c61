"""The one page of `analyzer serve`, with the looks of the pages about reports (render/page)."""

from __future__ import annotations

from functools import cache
from typing import Any

from analyzer.readers.formats import SUFFIXES
from analyzer.render import pages
from analyzer.render.templates import environment, source, words_of
from analyzer.serve.limits import Limits

DOWNLOADS = ("docx", "xlsx", "html")
_REPORTS, _HERE = "analyzer.render", "analyzer.serve"


def page(lang: str, limits: Limits) -> str:
    """The page in one language. Style and script are files of their own: under its policy nothing else runs."""
    return (
        environment(_HERE)
        .get_template("page.html")
        .render(
            lang=lang,
            words=words(lang),
            limits={"file_bytes": limits.file_bytes, "files": limits.files},
            downloads=DOWNLOADS,
            accepted=sorted(SUFFIXES),
        )
    )


def style() -> str:
    return source(_REPORTS, "base.css") + source(_HERE, "page.css")


def script() -> str:
    return source(_REPORTS, "base.js") + source(_HERE, "list.js") + source(_HERE, "page.js")


@cache
def words(lang: str) -> dict[str, Any]:
    """The words of the page, beside those that it shares with the pages about reports."""
    return {**pages.words(lang), **words_of(_HERE, "words.toml", lang)}
