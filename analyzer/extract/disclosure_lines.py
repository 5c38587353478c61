"""The tables of a 政府信息公开 report in a text that lost their frame: cells line by line, or a row a line.

What was copied from a page keeps the cells of a row together, one a line; what a program took from a PDF has blocks of
lines between blank ones, and a block may be a column instead. Labels then stand anywhere, but the numbers keep the
order of the page, from the top. So a table is read by its shape alone, and not at all where the shape leaves a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.disclosure_form import form, squeezed
from analyzer.records import FormCell, Paragraph, Part, Report, Span

_NUMBERS = re.compile(r"\d{1,9}(?:[ \t]{1,40}\d{1,9}){0,20}")
_ROW = re.compile(r".{1,80}?\s(?P<numbers>\d{1,9}(?:[ \t]{1,40}\d{1,9}){6})")  # “（一）予以公开\t7\t1\t0\t0\t0\t0\t8”
_NUMBER = re.compile(r"\d+")
_HEADING = 40  # a heading is no longer than this

Block = list[list[Span]]  # successive lines, each with its numbers


def applications_in_lines(report: Report) -> list[FormCell]:
    """The cells of the table on applications, none where it cannot be read."""
    lines = _between(report, form().heading, form().reviews)
    words = squeezed("".join(report.text[line.start : line.end] for line in lines))
    divided = all(row in words for row in form().divided)
    names = form().rows(divided)
    rows = _grid(_blocks(report.text, lines), len(form().columns))
    if len(rows) != len(names):
        return []
    return [
        FormCell.cut(report.text, at.start, at.end, row=name, column=column, value=int(report.text[at.start : at.end]))
        for name, row in zip(names, rows, strict=True)
        for column, at in zip(form().columns, row, strict=True)
    ]


def reviews_in_lines(report: Report) -> list[FormCell]:
    """The cells of the table on reviews and lawsuits, none where it cannot be read."""
    lines = _between(report, form().reviews, form().end)
    numbers = [at for group in _blocks(report.text, lines) for block in group for line in block for at in line]
    names = [(case, outcome) for case in form().cases for outcome in form().outcomes]
    if len(numbers) != len(names):
        return []
    return [
        FormCell.cut(report.text, at.start, at.end, row=row, column=column, value=int(report.text[at.start : at.end]))
        for (row, column), at in zip(names, numbers, strict=True)
    ]


def _between(report: Report, heading: str, following: str) -> list[Paragraph]:
    """The lines between the last heading that ends with `heading` and the next that has `following` in it."""
    found: list[Paragraph] = []
    for line in reversed(report.paragraphs):
        short = line.end - line.start <= _HEADING
        words = squeezed(report.text[line.start : line.end]) if short else ""
        if words.endswith(heading):
            return found[::-1]
        found = [] if following in words else [*found, line]
    return []


def _blocks(text: str, lines: list[Paragraph]) -> Iterator[list[Block]]:
    """The blocks of lines with numbers, those together that no other line parts."""
    group: list[Block] = []
    before = -1
    for line in lines:
        match = _NUMBERS.fullmatch(text, line.start, line.end) or _ROW.fullmatch(text, line.start, line.end)
        if not match or line.part is not Part.BODY:
            yield group
            group = []
            continue
        start = match.start("numbers") if match.re is _ROW else line.start
        numbers = [Span(*each.span()) for each in _NUMBER.finditer(text, start, line.end)]
        if not group or text.count("\n", before, line.start) > 1:
            group.append([])
        group[-1].append(numbers)
        before = line.end
    yield group


def _grid(groups: Iterator[list[Block]], width: int) -> list[list[Span]]:
    """The rows of a table of `width` columns, nothing where its blocks do not say how they lie."""
    rows: list[list[Span]] = []
    for group in groups:
        rest = group
        while rest:
            block, beside = rest[0], rest[:width]
            height = len(block)
            cells = [at for line in block for at in line]
            alike = len(beside) == width and all(len(each) == height for each in beside)
            if all(len(line) == width for line in block):
                rows += block
                rest = rest[1:]
            elif len(cells) > height or (alike and height % width == 0):
                return []
            elif alike:
                rows += [[column[at][0] for column in beside] for at in range(height)]
                rest = rest[width:]
            elif height % width == 0:
                rows += [cells[at : at + width] for at in range(0, height, width)]
                rest = rest[1:]
            else:
                return []
    return rows
