"""Word: what the page shows, in reading order, with the numbering that Word computes and tracked changes accepted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from analyzer.errors import UnreadableReport
from analyzer.readers.docx_numbering import numberer
from analyzer.readers.docx_styles import Chain, Element, heading_level, is_contents_line, is_hidden, is_on, style_chain
from analyzer.readers.docx_styles import value as value_of
from analyzer.readers.pieces import Piece, compose
from analyzer.records import Part, Report

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Deleted text, and what is not text: properties, comments, pronunciation marks, the fallback copy of a drawing.
_SKIPPED = {
    *map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:rt", "w:sdtPr", "w:tblPr")),
    _MC + "Fallback",
}
_FIXED = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_T, _R, _P, _TBL, _ROW, _CELL = map(qn, ("w:t", "w:r", "w:p", "w:tbl", "w:tr", "w:tc"))
_SYM, _FIELD, _BOX = map(qn, ("w:sym", "w:fldChar", "w:txbxContent"))
_NOTE_MARKS = {
    qn("w:footnoteReference"): RELATIONSHIP_TYPE.FOOTNOTES,
    qn("w:endnoteReference"): RELATIONSHIP_TYPE.ENDNOTES,
}
# Characters of the Symbol font that carry meaning; other glyphs of symbol fonts are shown as a bullet.
_SYMBOL = {0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB7: "•"}
_UNPACKED_LIMIT = 400 * 1024 * 1024
_XML_LIMIT = 64 * 1024 * 1024

Runs = list[tuple[str, Element | None]]  # text with the element (w:t, w:tab …) that it is; None for a computed number


@dataclass
class _Walk:
    """What a reading of one document carries along."""

    chain: Chain
    number: Callable[[Element], str]
    tables: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)  # relationship type and id, in order of reference
    held: Runs = field(default_factory=list)  # of paragraphs whose end mark is deleted or hidden


def read(data: bytes, path: str) -> Report:
    """Report of a .docx file's bytes. Raises UnreadableReport for what cannot be read whole, others for damage."""
    return compose((piece for piece, _ in paragraphs(open_document(data))), path, "docx")


def open_document(data: bytes) -> Any:
    """python-docx's Document. Raises UnreadableReport for an abnormally large file, python-docx's errors for others."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    xml = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    if sum(sizes.values()) > _UNPACKED_LIMIT or xml > _XML_LIMIT:
        raise UnreadableReport("文件解压后大得反常，没有打开。请确认文件来源，或用 Word 打开后另存为新的 .docx。")
    document = docx.Document(io.BytesIO(data))
    if document.element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableReport("文件里有 Word 不会写的定义（DTD），没有打开。请用 Word 打开后另存为新的 .docx。")
    return document


def paragraphs(document: Any) -> Iterator[tuple[Piece, Runs]]:
    """Every paragraph in reading order, with its text element by element; footnotes and endnotes at the end."""
    body = document.element.body
    if next(body.iter(qn("w:altChunk")), None) is not None:
        raise UnreadableReport("文件里嵌入了另一个文件，内容读不全。请用 Word 打开，另存为新的 .docx 后再试。")
    parts = {rel.reltype: rel.target_part for rel in document.part.rels.values() if not rel.is_external}

    def root(kind: str) -> Element | None:
        return parse_xml(parts[kind].blob) if kind in parts else None

    chain = style_chain(root(RELATIONSHIP_TYPE.STYLES))
    walk = _Walk(chain, numberer(root(RELATIONSHIP_TYPE.NUMBERING), chain))
    yield from _story(body, walk, Piece(""))
    roots: dict[str, Element] = {kind: root(kind) for kind in {kind for kind, _ in walk.notes} & parts.keys()}
    for kind, ident in dict.fromkeys(walk.notes):
        for note in roots.get(kind, ()):
            if note.get(qn("w:id")) == ident:
                yield from _story(note, walk, Piece("", part=Part.NOTE))


def _story(parent: Element, walk: _Walk, like: Piece) -> Iterator[tuple[Piece, Runs]]:
    """The paragraphs of what has a beginning and an end of its own: the body, a cell, a note, a text box."""
    outside, walk.held = walk.held, []
    yield from _blocks(parent, walk, like)
    yield from _released(walk, like)
    walk.held = outside


def _released(walk: _Walk, like: Piece) -> Iterator[tuple[Piece, Runs]]:
    """What a paragraph without end mark holds, where no paragraph follows that it could run into."""
    if walk.held:
        yield replace(like, words="".join(text for text, _ in walk.held)), walk.held
        walk.held = []


def _blocks(parent: Element, walk: _Walk, like: Piece) -> Iterator[tuple[Piece, Runs]]:
    """The paragraphs below `parent`, through content controls and the like; each piece is made after `like`."""
    for child in parent.iterchildren():
        if child.tag == _P:
            yield from _paragraph(child, walk, like)
        elif child.tag == _TBL:
            yield from _released(walk, like)
            yield from _table(child, walk, like)
        elif child.tag == _MC + "AlternateContent":
            yield from _blocks(_shown(child), walk, like)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child, walk, like)


def _table(table: Element, walk: _Walk, like: Piece) -> Iterator[tuple[Piece, Runs]]:
    index, walk.tables = walk.tables, walk.tables + 1
    part = Part.NOTE if like.part is Part.NOTE else Part.TABLE
    for row, line in enumerate(_inside(table, _ROW)):
        properties = line.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        column = int(value_of(properties, "w:gridBefore") or 0)
        for cell in _inside(line, _CELL):
            properties = cell.find(qn("w:tcPr"))
            merged = None if properties is None else properties.find(qn("w:vMerge"))
            deleted = properties is not None and properties.find(qn("w:cellDel")) is not None
            if not deleted and (merged is None or merged.get(qn("w:val")) == "restart"):
                yield from _story(cell, walk, replace(like, part=part, cell=(index, row, column)))
            column += int(value_of(properties, "w:gridSpan") or 1)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """The children `tag` of `parent`, also those wrapped in content controls."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _inside(child, tag)


def _paragraph(paragraph: Element, walk: _Walk, like: Piece) -> Iterator[tuple[Piece, Runs]]:
    if is_contents_line(paragraph, walk.chain):
        return
    runs: Runs = []
    boxes: list[Element] = []
    _inline(paragraph, walk, runs, boxes, [])
    mark = paragraph.find(qn("w:pPr") + "/" + qn("w:rPr"))
    if mark is not None and (is_on(mark, "w:del") or is_on(mark, "w:moveFrom") or is_on(mark, "w:specVanish")):
        walk.held += runs
    else:
        runs = walk.held + runs
        walk.held = []
        if number := walk.number(paragraph):
            runs.insert(0, (number, None))
        words = "".join(text for text, _ in runs)
        yield replace(like, words=words, level=heading_level(paragraph, walk.chain)), runs
    for box in boxes:
        yield from _story(box, walk, like)


def _inline(parent: Element, walk: _Walk, runs: Runs, boxes: list[Element], fields: list[bool]) -> None:
    """Collects the text below `parent`, and the text boxes anchored there.

    `fields` has, for each field that is open, whether its code (True) or its result (False) is being read.
    """
    for child in parent.iterchildren():
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == _BOX:
            boxes.append(child)
        elif tag == _MC + "AlternateContent":
            _inline(_shown(child), walk, runs, boxes, fields)
        elif tag == _FIELD:
            kind = child.get(qn("w:fldCharType"))
            if kind == "begin":
                fields.append(True)
            elif fields and kind == "separate":
                fields[-1] = False
            elif fields:
                fields.pop()
        elif tag in _NOTE_MARKS:
            walk.notes.append((_NOTE_MARKS[tag], child.get(qn("w:id"), "")))
        elif tag == _R:
            if not is_hidden(child, _owner(child), walk.chain):
                _inline(child, walk, runs, boxes, fields)
            else:
                _inline(child, walk, [], [], fields)
        elif any(fields):
            continue
        elif tag in (_T, _MATH_TEXT):
            runs.append((child.text or "", child))
        elif tag in _FIXED:
            runs.append((_FIXED[tag], child))
        elif tag == _SYM:
            runs.append((_symbol(child), child))
        else:
            _inline(child, walk, runs, boxes, fields)


def _owner(run: Element) -> Element:
    return next(run.iterancestors(_P))


def _shown(alternatives: Element) -> Element:
    """Of mc:AlternateContent the first choice, which newer Word shows; the fallback says the same once more."""
    choice = alternatives.find(_MC + "Choice")
    return alternatives if choice is None else choice


def _symbol(element: Element) -> str:
    code = element.get(qn("w:char"), "")
    point = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
    if element.get(qn("w:font"), "").lower() == "symbol":
        return _SYMBOL.get(point & 0xFF, "•")
    return "•" if point < 32 or 0xE000 <= point <= 0xF8FF else chr(point)
