"""The tables of a 政府信息公开 report, cell by cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from analyzer.extract.disclosure_form import form, row_of, squeezed
from analyzer.extract.disclosure_lines import applications_in_lines, reviews_in_lines
from analyzer.records import FormCell, Report, Span

_SIGN = "政府信息公开申请"  # no report with these tables is without these words
_VALUE = re.compile(r"\d[\d,，]{0,11}|[/／\\—–－-]{1,3}|无")

Row = list[tuple[int, Span]]  # column and place of each cell with words, from the left


def find_disclosure(report: Report) -> tuple[FormCell, ...]:
    """The numbers of the tables on applications and on reviews and lawsuits, those of each table row by row.

    Rows are known by their labels where the file says where the cells stand, and by their order where the text lost the
    frame: then all of them must be there, else none is given. A blank cell is left out. Of two forms in one report (an
    annex) the first counts. The other table of the form, 主动公开政府信息情况, has no sums.
    """
    if _SIGN not in report.text:
        return ()
    tables = _tables(report)
    applications = _applications(report.text, tables) or applications_in_lines(report)
    reviews = _reviews(report.text, tables) or reviews_in_lines(report)
    return (*applications, *reviews)


def value_of(words: str) -> int | None:
    """The number in a cell, None for a sign in place of one."""
    digits = re.sub("[,，]", "", words)
    return int(digits) if digits.isdecimal() else None


def _tables(report: Report) -> list[list[Row]]:
    """The rows of each table in which the file says where the cells stand."""
    found: defaultdict[int, defaultdict[int, dict[int, Span]]] = defaultdict(lambda: defaultdict(dict))
    for paragraph in report.paragraphs:
        if paragraph.cell:
            table, row, column = paragraph.cell
            cells = found[table][row]
            start = cells[column].start if column in cells else paragraph.start  # a cell of several paragraphs
            cells[column] = Span(start, paragraph.end)
    return [[sorted(row.items()) for row in table.values()] for table in found.values()]


def _applications(text: str, tables: list[list[Row]]) -> list[FormCell]:
    columns = form().columns
    found: dict[str, list[FormCell]] = {}
    for table in tables:
        rows = []
        for row in table:
            values = _values(text, row)
            label = row[-len(values) - 1][1] if len(row) > len(values) else None
            name = row_of(text[label.start : label.end]) if label else None
            if name and values:
                rows.append((name, values))
        whole = Counter(tuple(at for at, _ in values) for _, values in rows if len(values) == len(columns))
        usual = whole.most_common(1)[0][0] if whole else ()
        for name, values in rows:
            found.setdefault(name, _cells(text, values, usual, ((name, column) for column in columns)))
    return [cell for cells in found.values() for cell in cells]


def _reviews(text: str, tables: list[list[Row]]) -> list[FormCell]:
    """The cells of the first table with a column for every outcome of every kind of case."""
    names = [(case, outcome) for case in form().cases for outcome in form().outcomes]
    for table in tables:
        heads = [at for row in table for at, cell in row if squeezed(text[cell.start : cell.end]) in form().outcomes]
        rows = [values for row in table if len(values := _values(text, row)) == len(row)]
        if len(heads) == len(names) and len(rows) == 1:
            return _cells(text, rows[0], sorted(heads), names)
    return []


def _values(text: str, row: Row) -> Row:
    """The cells with numbers at the right end of a row."""
    first = len(row)
    while first and _VALUE.fullmatch(squeezed(text[row[first - 1][1].start : row[first - 1][1].end])):
        first -= 1
    return row[first:]


def _cells(text: str, values: Row, usual: Sequence[int], names: Iterable[tuple[str, str]]) -> list[FormCell]:
    """The cells of a row by name: in order where none is blank, else by the columns that are `usual`."""
    names = list(names)
    if len(values) == len(names):
        places = dict(zip(names, (span for _, span in values), strict=True))
    else:
        at = dict(values)
        places = {name: at[column] for name, column in zip(names, usual, strict=False) if column in at}
    return [
        FormCell.cut(text, span.start, span.end, row=row, column=column, value=value_of(text[span.start : span.end]))
        for (row, column), span in places.items()
    ]
