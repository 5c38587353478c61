"""What every format is reduced to before it becomes a Report: pieces of text in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.records import Paragraph, Part, Report

# What may stand around a paragraph without being part of it: white space and the invisible marks of web pages.
MARGIN = (
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\u200e\u200f\u2060\ufeff"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)

# A literal \\r\\n is residue of web exports.
_BREAK = re.compile(r"\r\n|(?:\\r)?\\n|[\n\r\f\v\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a paragraph of a table cell; line breaks in `words` make several paragraphs of it."""

    words: str
    level: int | None = None
    page: int | None = None
    part: Part = Part.BODY
    cell: tuple[int, int, int] | None = None


def compose(pieces: Iterable[Piece], path: str, form: str) -> Report:
    """Report of `pieces`: a paragraph a line, the cells of a table row on one line with tabs between them.

    A cell of several paragraphs gives several Paragraphs with the same `cell`.
    """
    text: list[str] = []
    paragraphs: list[Paragraph] = []
    at, last = 0, None
    for piece in pieces:
        for line in _BREAK.split(piece.words):
            words = line.strip(MARGIN)
            if not words:
                continue
            if paragraphs:
                beside = piece.cell and last and piece.cell[:2] == last[:2] and piece.cell != last
                text.append("\t" if beside else "\n")
                at += 1
            paragraphs.append(Paragraph(at, at + len(words), piece.level, piece.page, piece.part, piece.cell))
            text.append(words)
            at, last = at + len(words), piece.cell
    return Report(path, "".join(text), tuple(paragraphs), form)
