"""What a reader gives: a report, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from analyzer.records.notebook import html_of
from analyzer.records.spans import Span


class Part(StrEnum):
    """Where in a file a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    NOTE = "note"  # footnote or endnote


@dataclass(frozen=True, slots=True)
class Paragraph(Span):
    """One paragraph (or table cell) of a report, white space around it left out."""

    level: int | None = None  # heading level that the file itself states (Word style, <h2>), 1 is highest
    page: int | None = None  # 1-based, where the format has pages
    part: Part = Part.BODY
    cell: tuple[int, int, int] | None = None  # table, row, column, 0-based


@dataclass(frozen=True)
class Report:
    """One report as read: its text never changes, every offset of the analysis counts characters of it."""

    path: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    format: str  # txt docx pdf html

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines of `text` begin."""
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    def __repr__(self) -> str:
        return f"Report({self.path!r}, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        return html_of(self)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it."""

    path: str
    error: str
