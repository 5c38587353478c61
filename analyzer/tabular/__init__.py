"""What was read out of reports as tables: one module a kind, whose docstring lists its columns with types and units.

A table is one set of rows for two readers. Programs get all columns under English names, text as it is printed, values
exact (`rows`). Clerks get the columns that have a Chinese heading, text on one line, codes in words (`printed`).
Neither needs pandas; `analyzer.dataframes` makes data frames of them.

Every table begins with the columns HEAD: path (of the file), report (its title), year (that it reports on) and index
(the place of the row among those of its report, from 0: what other tables refer to).
"""

from __future__ import annotations

import importlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from analyzer.records import Analysis, Audit, Quote

T = TypeVar("T")
Spans = list[tuple[int, int]]
Cell = str | int | float | bool | bytes | Fraction | list[int] | Spans | list[tuple[str, int, int]] | None
Row = tuple[Cell, ...]
PrintedCell = str | int | float | None
PrintedRow = tuple[PrintedCell, ...]

KINDS = ("sections", "clauses", "enumerations", "quantities", "measures", "shortcomings", "citations")
TABLES = ("reports", *KINDS)
AUDITED = ("findings", "checks")  # tables of Audits

# The dtypes that no data frame has of its own.
INTS, SPANS, RELATED = "list of int", "list of (start, end)", "list of (path, start, end)"
BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and type for programs, its heading for clerks."""

    name: str
    dtype: str  # string Int64 float64 boolean category, or INTS, SPANS, RELATED
    heading: str = ""  # "" leaves it out of what clerks see
    width: int = 0  # in a workbook, in characters
    words: Mapping[str, str] = field(default_factory=dict)  # for values, in the words of clerks


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """How one kind of thing becomes rows."""

    kind: str
    heading: str  # the name of the sheet
    items: Callable[[Any], Sequence[T]]  # of an Analysis; of an Audit for the kinds of AUDITED
    cells: Callable[[Analysis, T], Row]  # as many as `own`
    own: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*HEAD, *self.own)

    @property
    def headings(self) -> tuple[Column, ...]:
        """The columns that clerks see."""
        return tuple(column for column in self.columns if column.heading)


HEAD = (
    Column("path", "string", "文件", 28),
    Column("report", "string", "报告", 32),
    Column("year", "Int64", "年份", 7),
    Column("index", "Int64"),
)
SECTION = (Column("section", "Int64"), Column("section_path", "string", "章节", 44))
PLACE = (Column("start", "Int64"), Column("end", "Int64"), Column("line", "Int64", "行", 6))


def table(kind: str) -> Table[Any]:
    """The table of a kind. Raises ValueError for one that is neither of TABLES nor of AUDITED."""
    if kind not in (*TABLES, *AUDITED):
        raise ValueError(f"there is no table of {kind!r}, only {', '.join((*TABLES, *AUDITED))}")
    found: Table[Any] = importlib.import_module(f"{__name__}.{kind}").TABLE
    return found


def rows(table: Table[Any], source: Analysis | Audit) -> list[Row]:
    """The rows of one report, in text order, with the cells of `table.columns`; of an Audit for kinds of AUDITED."""
    analysis = source.analysis if isinstance(source, Audit) else source
    title = analysis.outline.title
    head = (analysis.report.path, title.quote if title else None, analysis.outline.year)
    items = table.items(source if table.kind in AUDITED else analysis)
    return [(*head, index, *table.cells(analysis, item)) for index, item in enumerate(items)]


def printed(table: Table[Any], analysis: Analysis) -> list[PrintedRow]:
    """The same rows as clerks see them, with the cells of `table.headings`."""
    shown = [(number, column.words) for number, column in enumerate(table.columns) if column.heading]
    return [tuple(_printed(row[number], words) for number, words in shown) for row in rows(table, analysis)]


# --- what the tables share -------------------------------------------------------------------------------------------


def section_at(analysis: Analysis, offset: int) -> int | None:
    """The section that the character at `offset` stands in, None before the first heading."""
    number = bisect_right(analysis.outline.sections, offset, key=lambda section: section.start) - 1
    return number if number >= 0 else None


def section_cells(analysis: Analysis, section: int | None) -> Row:
    """The cells of SECTION: the index, and the headings down to it: 一、主要工作 / （二）强化依法执政."""
    names, index = [], section
    while index is not None:
        heading = analysis.outline.sections[index]
        names.append(" ".join((heading.marker + heading.title).split()))
        index = heading.parent
    return section, " / ".join(reversed(names))


def place_cells(analysis: Analysis, start: int, end: int) -> Row:
    """The cells of PLACE."""
    return start, end, bisect_right(analysis.report.line_starts, start)


def joined(quotes: Iterable[Quote]) -> str:
    """Quotes as one readable text."""
    return " | ".join(" ".join(quote.quote.split()) for quote in quotes)


def words_of(quote: Quote | None) -> str | None:
    return None if quote is None else quote.quote


def spans(quotes: Iterable[Quote]) -> Spans:
    return [(quote.start, quote.end) for quote in quotes]


def _printed(cell: Cell, words: Mapping[str, str]) -> PrintedCell:
    if isinstance(cell, str):
        return words.get(cell, cell) if words else " ".join(cell.split())
    if isinstance(cell, Fraction):  # the nearest float prints the same digits for anything that a report prints
        whole = cell.denominator == 1
        return cell.numerator if whole else float(Decimal(cell.numerator) / Decimal(cell.denominator))
    if isinstance(cell, list | bytes):
        raise TypeError("lists are for programs: give the column no heading")
    return cell
