"""Word: a new document with the text of a report that is not one, laid out plainly as official documents are.

Paper, margins, fonts and sizes after GB/T 9704-2012, parts 5 and 7: A4, 156 mm × 225 mm of text, 仿宋 三号 (16 pt),
headings 黑体 and 楷体, title 二号 (22 pt) in the middle. The standard's 小标宋 is on few computers: 宋体 stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analyzer.readers.docx_places import Atom
from analyzer.records import Outline, Paragraph, Report
from analyzer.render.word_comments import xml_text

_FONTS = {"Normal": "仿宋", "Title": "宋体", "Heading 1": "黑体", "Heading 2": "楷体"} | {
    f"Heading {level}": "仿宋" for level in range(3, 10)
}
_PIECE = re.compile(r"[\t\n]|[^\t\n]+")
_EMPTY = 20  # cells a paragraph in them: a table with more is so sparse that it only hides its text


def new_document(report: Report, outline: Outline) -> tuple[Any, list[Atom]]:
    """python-docx's Document, and where in it the text stands (analyzer.readers.docx_places)."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    for name, font in _FONTS.items():
        _set(document.styles[name], font, 22 if name == "Title" else 16)
    atoms: list[Atom] = []
    styles = _styles(report, outline)
    for table, group in groupby(enumerate(report.paragraphs), lambda each: each[1].cell and each[1].cell[0]):
        numbered = list(group)
        if table is not None and _table(document, report, [paragraph for _, paragraph in numbered], atoms):
            continue
        for number, paragraph in numbered:
            style = styles.get(number, "Normal")
            block = document.add_paragraph(style=style)
            if style == "Normal":
                block.paragraph_format.first_line_indent = Pt(32)
            _fill(block, report, paragraph, atoms)
    return document, atoms


def _set(style: Any, font: str, size: int) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), None, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]  # fonts of the theme would win
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)
    if style.name == "Title":
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _styles(report: Report, outline: Outline) -> dict[int, str]:
    """The style of each paragraph that is a title or a heading, by its number."""
    levels = {section.start: section.level for section in outline.sections if not section.run_in}
    styles = {}
    for number, paragraph in enumerate(report.paragraphs):
        if outline.title and paragraph.overlaps(outline.title):
            styles[number] = "Title"
        elif paragraph.start in levels:
            styles[number] = f"Heading {min(levels[paragraph.start], 9)}"
    return styles


def _table(document: Any, report: Report, paragraphs: Sequence[Paragraph], atoms: list[Atom]) -> bool:
    """Adds the table whose cells `paragraphs` are in, without its empty rows and columns; False for a sparse one."""
    cells = [paragraph.cell for paragraph in paragraphs if paragraph.cell]
    rows = {row: number for number, row in enumerate(sorted({row for _, row, _ in cells}))}
    columns = {column: number for number, column in enumerate(sorted({column for _, _, column in cells}))}
    if len(rows) * len(columns) > _EMPTY * len(cells):
        return False
    table = document.add_table(len(rows), len(columns), style="Table Grid")
    grid = [row.cells for row in table.rows]
    last = None
    for paragraph in paragraphs:
        if paragraph.cell:
            _, row, column = paragraph.cell
            cell = grid[rows[row]][columns[column]]
            block = cell.add_paragraph() if paragraph.cell == last else cell.paragraphs[0]
            last = paragraph.cell
            _fill(block, report, paragraph, atoms)
    document.add_paragraph()  # else Word joins a table that follows
    return True


def _fill(block: Any, report: Report, paragraph: Paragraph, atoms: list[Atom]) -> None:
    run = block.add_run()._r
    for piece in _PIECE.finditer(report.text, paragraph.start, paragraph.end):
        words = piece.group()
        node = OxmlElement({"\t": "w:tab", "\n": "w:br"}.get(words, "w:t"))
        if words not in ("\t", "\n"):
            node.text = xml_text(words)
            node.set(qn("xml:space"), "preserve")
        run.append(node)
        atoms.append(Atom(piece.start(), piece.end(), node, 0))
