"""Word: where in the file each character of a report's text stands. It reads as `docx.read` does, by its functions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from analyzer.readers.docx import paragraphs
from analyzer.readers.docx_styles import Element
from analyzer.readers.pieces import place
from analyzer.records import Span


@dataclass(frozen=True, slots=True)
class Atom(Span):
    """A stretch of the text that is one element of the file, whole or in part."""

    node: Element  # w:t, w:tab, w:br, w:sym, m:t …
    at: int  # where in the element's text the stretch begins


def places(document: Any) -> tuple[str, list[Atom]]:
    """The text that `docx.read` gives for python-docx's `document`, and the atoms it consists of, in order.

    Between them is what no element holds: the numbers that Word computes, and the breaks between paragraphs and cells.
    """
    read = list(paragraphs(document))
    text: list[str] = []
    atoms: list[Atom] = []
    for placed in place(piece for piece, _ in read):
        text += placed.before, placed.words
        start = placed.paragraph.start - placed.at  # where the piece's words would begin
        end = placed.at + len(placed.words)
        at = 0
        for words, node in read[placed.piece][1]:
            first, last = max(at, placed.at), min(at + len(words), end)
            if node is not None and first < last:
                atoms.append(Atom(start + first, start + last, node, first - at))
            at += len(words)
    return "".join(text), atoms


def atoms_of(atoms: list[Atom], span: Span) -> list[Atom]:
    """Those of `atoms` that `span` touches, the first and the last cut to it; of an empty span none."""
    first = bisect_right(atoms, span.start, key=lambda atom: atom.end)
    last = bisect_left(atoms, span.end, key=lambda atom: atom.start)
    found = []
    for atom in atoms[first:last]:
        start, end = max(atom.start, span.start), min(atom.end, span.end)
        if start < end:
            found.append(Atom(start, end, atom.node, atom.at + start - atom.start))
    return found
