"""Where something stands: characters of a report's text.

Everything found in a report is a `Quote`: a half-open span of characters of `Report.text` together with its words,
cut in one place (`Quote.cut`), so that `text[start:end] == quote` cannot be false.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters of one report's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """A span with its words: `text[start:end] == quote`."""

    quote: str

    @classmethod
    def cut(cls, text: str, start: int, end: int, **fields: Any) -> Self:
        """The quote `text[start:end]`; `fields` are the record's own. Raises ValueError for a range outside `text`."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"no such range of a text of {len(text)} characters: {start}:{end}")
        return cls(start, end, text[start:end], **fields)

    @classmethod
    def of(cls, other: Quote, **fields: Any) -> Self:
        """The words that another record quotes; `fields` are the record's own."""
        return cls(other.start, other.end, other.quote, **fields)
