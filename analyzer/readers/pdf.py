"""PDF: the text as printed, without page numbers and running heads, its hard-wrapped lines joined into paragraphs."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from analyzer.errors import UnreadableReport
from analyzer.readers.pdf_lines import Glyph, Line, glyphs_of, lines_of
from analyzer.readers.pdf_paragraphs import join_cell, paragraphs_of
from analyzer.readers.pdf_tables import Table, tables_of
from analyzer.readers.pieces import Piece, compose
from analyzer.records import Part, Report

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~～]+\s*\d{1,4}\s*[-—–－·•~～]+|第\s*\d{1,4}\s*页\W*(?:共\s*\d{1,4}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}")
_INDEX = re.compile(rb"startxref\s+(\d{1,12})")
_INDEX_START = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")
_STREAM = re.compile(rb"/FlateDecode(?:(?!endobj|stream).){0,1000}?stream\r?\n", re.DOTALL)
_LEADER = re.compile(r"(?:[.．·…]\s?){4,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$")
_CONTENTS = re.compile(r"目\s*[录次]")
_EDGE = 100  # points from the page's edge: where running heads and page numbers stand (GB/T 9704: within 37 mm)


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Filled:
    """A table with the text of its cells."""

    table: Table
    cells: list[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    lines: list[Line]
    tables: list[_Filled]
    height: float


def read(data: bytes, path: str) -> Report:
    """Report of a PDF's bytes. Raises UnreadableReport for one that is encrypted, scanned or cut off."""
    if b"%%EOF" not in data.rstrip(b"\x00\r\n \t")[-2048:]:
        raise UnreadableReport("PDF 文件不完整（缺少结尾）。请重新下载或复制这个文件。")
    if _is_damaged(data):
        raise UnreadableReport("PDF 文件已损坏，读出来会缺字。请重新下载或复制这个文件，或用原来的软件重新导出 PDF。")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableReport("PDF 已加密，需要密码才能打开。请先取消密码保护，或换用未加密的文件。") from error
        raise UnreadableReport("PDF 文件已损坏，打不开。请重新下载，或用原来的软件重新导出 PDF。") from error
    try:
        pages = [_page(document[index], index + 1, len(document)) for index in range(len(document))]
    finally:
        document.close()
    return compose(_pieces(_without_furniture(pages)), path, "pdf")


def _is_damaged(data: bytes) -> bool:
    """Whether bytes are missing in the middle: the index is not where the end says, and a stream breaks off.

    pdfium repairs such a file as best it can, and shows pages with less text.
    """
    ends = _INDEX.findall(data)
    at = int(ends[-1]) + data.find(b"%PDF-") if ends else len(data)
    if _INDEX_START.match(data, at) or b"/Encrypt" in data:
        return False
    for stream in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        try:
            unpack.decompress(data[stream.end() : data.find(b"endstream", stream.end())], 1 << 26)
        except zlib.error:
            return True
        if not (unpack.eof or unpack.unconsumed_tail):
            return True
    return False


def _page(page: Any, number: int, count: int) -> _Page:
    glyphs, upright, unknown = glyphs_of(page)
    width, height = upright.size
    if unknown > max(3, len(glyphs) // 50):
        raise UnreadableReport(
            f"第 {number} 页的字体没有文字编码，读出来会是乱码。请用原始电子版重新导出 PDF，或先做文字识别（OCR）。"
        )
    is_cover = number == 1 and count > 3
    if len(glyphs) < 20 and not is_cover and _is_picture(page, width * height):
        raise UnreadableReport(
            f"第 {number} 页是扫描件（图片），没有可读的文字。请用原始电子版，或先做文字识别（OCR）。"
        )
    tables = tables_of(page, upright)
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
        _Filled(table, [(place, join_cell(lines_of(content[place], number, width))) for place in sorted(content)])
        for table, content in zip(tables, cells, strict=True)
    ]
    return _Page(number, lines_of(free, number, width), filled, height)


def _is_picture(page: Any, area: float) -> bool:
    """Whether a page without text shows some: as a picture, or as letters drawn with lines."""
    paths = 0
    for thing in page.get_objects(max_depth=3):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) > 0.2 * area:
                return True
        paths += thing.type == pdfium.FPDF_PAGEOBJ_PATH
    return paths > 100


def _without_furniture(pages: list[_Page]) -> list[_Page]:
    """The pages without page numbers, running heads and feet, and the lines of a table of contents."""
    repeated: Counter[tuple[str, bool]] = Counter()
    counted: Counter[int] = Counter()  # how far bare numbers at the edge are from the number of their page
    for page in pages:
        edge = [line for line in page.lines if _at_edge(line, page)]
        repeated.update({_shape(line, page) for line in edge})
        counted.update({int(line.words) - page.number for line in edge if _NUMBER.fullmatch(line.words)})
    contents = sum(bool(_LEADER.search(line.words)) for page in pages for line in page.lines) >= 3

    def stays(line: Line, page: _Page) -> bool:
        if contents and (_LEADER.search(line.words) or _CONTENTS.fullmatch(line.words)):
            return False
        if not _at_edge(line, page):
            return True
        if _NUMBER.fullmatch(line.words):
            return (step := int(line.words) - page.number) != 0 and counted[step] < 2
        return not _PAGE_NUMBER.fullmatch(line.words) and repeated[_shape(line, page)] < max(2, 0.4 * len(pages))

    return [replace(page, lines=[line for line in page.lines if stays(line, page)]) for page in pages]


def _at_edge(line: Line, page: _Page) -> bool:
    """Whether a line is one of the first or last two of its page, and close to the page's edge."""
    outer = line in page.lines[:2] or line in page.lines[-2:]
    return outer and not _EDGE < line.base < page.height - _EDGE


def _shape(line: Line, page: _Page) -> tuple[str, bool]:
    return re.sub(r"\d+|\s", "", line.words), line.base > page.height / 2


def _pieces(pages: list[_Page]) -> Iterator[Piece]:
    """Text and tables in the order of the page; a table that goes on over the page stays one table."""
    placed: list[tuple[int, float, Line | _Filled]] = []
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
