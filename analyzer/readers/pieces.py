"""What every format is reduced to before it becomes a Report: pieces of text in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

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


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of the report and where it comes from: `words` begins at `at` in the words of piece `piece`."""

    paragraph: Paragraph
    words: str
    before: str  # what parts it from the paragraph before: a line break or a tab
    piece: int
    at: int


def place(pieces: Iterable[Piece]) -> Iterator[Placed]:
    """The paragraphs that `pieces` make, with white space around them and empty ones left out.

    Each has a line, the cells of a table row share one with tabs between them; a cell of several paragraphs gives
    several Paragraphs with the same `cell`.
    """
    end, last = 0, None
    for number, piece in enumerate(pieces):
        for at, words in _lines(piece.words):
            beside = piece.cell and last and piece.cell[:2] == last[:2] and piece.cell != last
            before = "" if not end else "\t" if beside else "\n"
            start = end + len(before)
            end, last = start + len(words), piece.cell
            yield Placed(
                Paragraph(start, end, piece.level, piece.page, piece.part, piece.cell), words, before, number, at
            )


def compose(pieces: Iterable[Piece], path: str, form: str) -> Report:
    """Report of `pieces`."""
    placed = list(place(pieces))
    text = "".join(each.before + each.words for each in placed)
    return Report(path, text, tuple(each.paragraph for each in placed), form)


def _lines(words: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, without the white space around them, with where each begins."""
    begin = 0
    for mark in chain(_BREAK.finditer(words), (None,)):
        line = words[begin : mark.start() if mark else None]
        if kept := line.strip(MARGIN):
            yield begin + len(line) - len(line.lstrip(MARGIN)), kept
        begin = mark.end() if mark else begin
