"""The words behind a figure of the comparing page: each figure leads to its quote in the sentence around it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.render.page_text import shown_text

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_END = re.compile(r"[。！？\n]")
_AROUND = 120  # characters of a sentence that are shown on either side


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where words stand: in which report (its row in the table of reports), from which character to which."""

    report: int
    start: int
    end: int

    @property
    def anchor(self) -> str:
        return f"q{self.report}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A source as the page shows it."""

    source: Source
    file: str
    line: int  # of the report's text, from 1
    before: str
    words: str
    after: str


def numbers_of(reports: DataFrame) -> dict[str, int]:
    """The row of each report by its path."""
    return {path: number for number, path in enumerate(reports.path)}


def files_of(paths: Sequence[str]) -> list[str]:
    """The reports below the folder that holds them all: a page may be passed on, the folders above are nobody's."""
    try:
        top = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths]) if paths else ""
    except ValueError:  # two drives
        return list(paths)
    return [os.path.relpath(path, top).replace(os.sep, "/") for path in paths]


def line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def quoted(sources: Iterable[Source], reports: DataFrame, files: Mapping[int, str]) -> Iterator[Quoted]:
    """The quotes of `sources` in their order in the reports, each once."""
    texts = reports.text.tolist()
    for source in sorted(set(sources)):
        text = texts[source.report]
        first = max(source.start - _AROUND, _sentence_start(text, source.start))
        last = max(source.end, min(source.end + _AROUND, _sentence_end(text, source.end)))
        yield Quoted(
            source,
            files[source.report],
            line_at(text, source.start),
            shown_text(text[first : source.start].lstrip()),
            shown_text(text[source.start : source.end]),
            shown_text(text[source.end : last].rstrip()),
        )


def _sentence_start(text: str, offset: int) -> int:
    return max(text.rfind(sign, 0, offset) for sign in "。！？\n") + 1


def _sentence_end(text: str, offset: int) -> int:
    """Behind the sign that ends the sentence whose words end at `offset`, or at the end of the line."""
    if text[offset - 1 : offset] in ("。", "！", "？"):
        return offset
    found = _END.search(text, offset)
    return len(text) if found is None else found.start() if found[0] == "\n" else found.end()
