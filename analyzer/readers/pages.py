"""Printed pages, whatever the format: from their lines and tables to pieces, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from analyzer.errors import UnreadableReport
from analyzer.readers.pdf_lines import Glyph, Line, lines_of
from analyzer.readers.pdf_paragraphs import join_cell, paragraphs_of
from analyzer.readers.pdf_tables import Table
from analyzer.readers.pieces import Piece
from analyzer.records import Part

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~～]+\s*\d{1,4}\s*[-—–－·•~～]+|第\s*\d{1,4}\s*页\W*(?:共\s*\d{1,4}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}")
_LEADER = re.compile(r"(?:[.．·…]\s?){4,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$")
_CONTENTS = re.compile(r"目\s*[录次]")
_EDGE = 100  # points from the page's edge: where running heads and page numbers stand (GB/T 9704: within 37 mm)
PAGE_LIMIT = 2000

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with the text of its cells."""

    table: Table
    cells: list[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as printed; coordinates in points, y upwards."""

    number: int
    lines: list[Line]
    tables: list[Filled]
    height: float


def page_of(number: int, glyphs: Iterable[Glyph], tables: Sequence[Table], width: float, height: float) -> Page:
    """A page of that size, its characters set in lines, inside `tables` and beside them."""
    free: list[Glyph] = []
    cells: list[defaultdict[Place, list[Glyph]]] = [defaultdict(list) for _ in tables]
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.height
        for table, content in zip(tables, cells, strict=True):
            if (place := table.cell_at(x, y)) is not None:
                content[place].append(glyph)
                break
        else:
            free.append(glyph)
    filled = [
        Filled(table, [(place, join_cell(lines_of(content[place], number, width))) for place in sorted(content)])
        for table, content in zip(tables, cells, strict=True)
    ]
    return Page(number, lines_of(free, number, width), filled, height)


def refuse_scanned(numbers: list[int], count: int) -> None:
    """Raises UnreadableReport where some of the `count` pages are pictures: what they say would be missing."""
    if not numbers:
        return
    runs = [list(run) for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0])]
    named = "、".join(str(run[0][1]) + (f"—{run[-1][1]}" if len(run) > 1 else "") for run in runs)
    which = "文件全是扫描件" if len(numbers) == count else f"第 {named} 页是扫描件"
    raise UnreadableReport(f"{which}（图片），没有可读的文字。请用原始电子版，或先做文字识别（OCR）。")


def without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without page numbers, running heads and feet, and the lines of a table of contents."""
    repeated: Counter[tuple[str, bool]] = Counter()
    counted: Counter[int] = Counter()  # how far bare numbers at the edge are from the number of their page
    for page in pages:
        edge = [line for line in page.lines if _at_edge(line, page)]
        repeated.update({_shape(line, page) for line in edge})
        counted.update({int(line.words) - page.number for line in edge if _NUMBER.fullmatch(line.words)})
    contents = sum(bool(_LEADER.search(line.words)) for page in pages for line in page.lines) >= 3

    def stays(line: Line, page: Page) -> bool:
        if contents and (_LEADER.search(line.words) or _CONTENTS.fullmatch(line.words)):
            return False
        if not _at_edge(line, page):
            return True
        if _NUMBER.fullmatch(line.words):
            return (step := int(line.words) - page.number) != 0 and counted[step] < 2
        return not _PAGE_NUMBER.fullmatch(line.words) and repeated[_shape(line, page)] < max(2, 0.4 * len(pages))

    return [replace(page, lines=[line for line in page.lines if stays(line, page)]) for page in pages]


def _at_edge(line: Line, page: Page) -> bool:
    """Whether a line is one of the first or last two of its page, and close to the page's edge."""
    outer = line in page.lines[:2] or line in page.lines[-2:]
    return outer and not _EDGE < line.base < page.height - _EDGE


def _shape(line: Line, page: Page) -> tuple[str, bool]:
    return re.sub(r"\d+|\s", "", line.words), line.base > page.height / 2


def pieces_of(pages: list[Page]) -> Iterator[Piece]:
    """Text and tables in the order of the page; a table that goes on over the page stays one table."""
    placed: list[tuple[int, float, Line | Filled]] = []
    for page in pages:
        placed += [(page.number, -line.base, line) for line in page.lines]
        placed += [(page.number, -filled.table.rows[0], filled) for filled in page.tables]
    placed.sort(key=lambda entry: entry[:2])
    index, first, head = -1, 0, list[tuple[Place, str]]()
    before: tuple[int, Table] | None = None
    for is_line, group in groupby(placed, key=lambda entry: isinstance(entry[2], Line)):
        if is_line:
            before = None
            for words, number in paragraphs_of([thing for _, _, thing in group if isinstance(thing, Line)]):
                yield Piece(words, page=number)
            continue
        for number, _, thing in group:
            if isinstance(thing, Line):
                continue
            cells, goes_on = thing.cells, before and before[0] == number - 1 and _same_columns(before[1], thing.table)
            if before and goes_on:
                first += len(before[1].rows) - 1
                if _first_row(cells) == head:  # repeated on the new page
                    cells = cells[len(head) :]
            else:
                index, first, head = index + 1, 0, _first_row(cells)
            before = number, thing.table
            for (row, column), words in cells:
                yield Piece(words, page=number, part=Part.TABLE, cell=(index, first + row, column))


def _first_row(cells: list[tuple[Place, str]]) -> list[tuple[Place, str]]:
    return [cell for cell in cells if cell[0][0] == 0]


def _same_columns(one: Table, other: Table) -> bool:
    return abs(one.columns[0] - other.columns[0]) < 4 and abs(one.columns[-1] - other.columns[-1]) < 4
