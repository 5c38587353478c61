"""PDF: the text as printed, without page numbers and running heads, its hard-wrapped lines joined into paragraphs."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from analyzer.errors import UnreadableReport
from analyzer.readers.apart import apart
from analyzer.readers.pages import PAGE_LIMIT, Page, page_of, pieces_of, refuse_scanned, without_furniture
from analyzer.readers.pdf_lines import glyphs_of
from analyzer.readers.pdf_tables import tables_of
from analyzer.readers.pieces import compose
from analyzer.records import Report

_INDEX = re.compile(rb"startxref\s+(\d{1,12})")
_INDEX_START = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")
# A form's head, also with letters written as #46; and in it the names of what the form shows, or where they are listed.
_FORM = re.compile(rb"/(?:F|#46)(?:o|#6[fF])(?:r|#72)(?:m|#6[dD])\b")
_INNER = re.compile(rb"/XObject\s*(?:<<|\d)|/Resources\s+\d|#[0-9A-Fa-f]{2}")
_STREAM = re.compile(rb"/FlateDecode(?:(?!endobj|stream).){0,1000}?stream\r?\n", re.DOTALL)


def read(data: bytes, path: str) -> Report:
    """Report of a PDF's bytes. Raises UnreadableReport for one that is encrypted, scanned or cut off."""
    if b"%%EOF" not in data.rstrip(b"\x00\r\n \t")[-2048:]:
        raise UnreadableReport("PDF 文件不完整（缺少结尾）。请重新下载或复制这个文件。")
    if _is_damaged(data):
        raise UnreadableReport("PDF 文件已损坏，读出来会缺字。请重新下载或复制这个文件，或用原来的软件重新导出 PDF。")
    return apart(read_here, data, path) if _may_never_end(data) else read_here(data, path)


def read_here(data: bytes, path: str) -> Report:
    """Like `read`, of a file that is complete, in this process."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableReport("PDF 已加密，需要密码才能打开。请先取消密码保护，或换用未加密的文件。") from error
        raise UnreadableReport("PDF 文件已损坏，打不开。请重新下载，或用原来的软件重新导出 PDF。") from error
    try:
        if len(document) > PAGE_LIMIT:
            raise UnreadableReport(
                f"文件有 {len(document):,} 页，不像一份报告，没有打开。请只留下报告正文，另存后再试。"
            )
        pages = [_page(document[index], index + 1, len(document)) for index in range(len(document))]
    finally:
        document.close()
    refuse_scanned([number for number, page in enumerate(pages, 1) if page is None], len(pages))
    return compose(pieces_of(without_furniture([page for page in pages if page])), path, "pdf")


def _may_never_end(data: bytes) -> bool:
    """Whether drawn forms may show others inside them, as few files do: forms that each show the next one ten times
    make pdfium draw for ever."""
    nested = 0
    for form in _FORM.finditer(data):
        start = max(data.rfind(b"obj", 0, form.start()), form.start() - 4000)
        head = data[start : data.find(b"stream", form.end(), form.end() + 4000)]
        nested += bool(_INNER.search(head))
    return nested > 1


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


def _page(page: Any, number: int, count: int) -> Page | None:
    """The page with its lines and tables; None for a picture of one."""
    glyphs, upright, unknown = glyphs_of(page)
    width, height = upright.size
    if unknown > max(3, len(glyphs) // 50):
        raise UnreadableReport(
            f"第 {number} 页的字体没有文字编码，读出来会是乱码。请用原始电子版重新导出 PDF，或先做文字识别（OCR）。"
        )
    is_cover = number == 1 and count > 3
    if len(glyphs) < 20 and not is_cover and _is_picture(page, width * height):
        return None
    return page_of(number, glyphs, tables_of(page, upright), width, height)


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
