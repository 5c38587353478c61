"""What was read out of a report as tables of a web page: measures, quantities, shortcomings, with their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from analyzer.records import Analysis, Span
from analyzer.render.page_text import paragraph_at
from analyzer.render.pages import words
from analyzer.tabular import printed, rows, table

KINDS = {
    "measures": ("status", "measure", "actor", "quantities", "section", "line"),
    "quantities": ("indicator", "quote", "value", "unit", "period", "section", "line"),
    "shortcomings": ("shortcoming", "causes", "plans", "section", "line"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the report, and where they stand."""

    text: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words that lead to the text, or plain text."""

    column: str
    text: str = ""
    words: tuple[Words, ...] = ()
    sort: float | None = None  # what counts in sorting, in place of the text


@dataclass(frozen=True, slots=True)
class DataTable:
    """One kind of thing read out."""

    kind: str
    columns: tuple[str, ...]  # keys of the words of columns
    rows: tuple[tuple[Cell, ...], ...]


def tables(analysis: Analysis, lang: str) -> list[DataTable]:
    """The tables of KINDS, their rows in text order."""
    make = {"measures": _measures, "quantities": _quantities, "shortcomings": _shortcomings}
    return [
        DataTable(kind, columns, tuple(tuple(row) for row in make[kind](analysis, lang)))
        for kind, columns in KINDS.items()
    ]


def _read(kind: str, analysis: Analysis) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows of a kind, each by the names of its columns: exact, and as clerks see them."""
    chosen = table(kind)
    all_names = [column.name for column in chosen.columns]
    shown_names = [column.name for column in chosen.headings]
    for exact, shown in zip(rows(chosen, analysis), printed(chosen, analysis), strict=True):
        yield dict(zip(all_names, exact, strict=True)), dict(zip(shown_names, shown, strict=True))


def _measures(analysis: Analysis, lang: str) -> Iterable[list[Cell]]:
    said = words(lang)["columns"]
    for exact, shown in _read("measures", analysis):
        yield [
            Cell("status", said[exact["status"]]),
            Cell("measure", words=(_words(analysis, Span(exact["start"], exact["end"])),)),
            Cell("actor", shown["actor"] or ""),
            Cell("quantities", shown["quantities"]),
            *_place(shown),
        ]


def _quantities(analysis: Analysis, _: str) -> Iterable[list[Cell]]:
    for exact, shown in _read("quantities", analysis):
        value = f"{shown['value']:,}" + (f"—{shown['upper']:,}" if shown["upper"] is not None else "")
        yield [
            Cell("indicator", shown["indicator"] or ""),
            Cell("quote", words=(_words(analysis, Span(exact["start"], exact["end"])),)),
            Cell("value", value, sort=float(exact["value"])),
            Cell("unit", shown["unit"]),
            Cell("period", shown["period"]),
            *_place(shown),
        ]


def _shortcomings(analysis: Analysis, _: str) -> Iterable[list[Cell]]:
    for exact, shown in _read("shortcomings", analysis):
        yield [
            Cell("shortcoming", words=(_words(analysis, Span(exact["start"], exact["end"])),)),
            Cell("causes", words=tuple(_words(analysis, Span(*span)) for span in exact["cause_spans"])),
            Cell("plans", words=tuple(_words(analysis, Span(*span)) for span in exact["plan_spans"])),
            *_place(shown),
        ]


def _place(shown: dict[str, Any]) -> tuple[Cell, Cell]:
    heading = (shown["section_path"] or "").rpartition(" / ")[2]  # the outline shows what is above it
    return Cell("section", heading), Cell("line", str(shown["line"]), sort=shown["line"])


def _words(analysis: Analysis, span: Span) -> Words:
    paragraph = paragraph_at(analysis.report.paragraphs, span.start)
    return Words(" ".join(analysis.text[span.start : span.end].split()), paragraph, span.start, span.end)
