"""A stretch of text cut wherever something that is to be seen begins or ends: a clause, a finding, a related place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.records import Clause, Span


@dataclass(frozen=True, slots=True)
class Piece(Span):
    """Characters that look alike: those of one clause that the same marks cover."""

    role: str  # of the clause; "" outside all clauses
    over: tuple[int, ...]  # the numbers of the marks that cover it
    begun: tuple[int, ...]  # of those and of empty ones, the numbers of the marks that begin here


def pieces(start: int, end: int, clauses: Sequence[Clause], marks: Sequence[tuple[int, Span]]) -> Iterator[Piece]:
    """The range `start:end` of a text without gaps, cut by its clauses (in text order) and by numbered `marks`.

    A mark that began before `start` begins at no piece. An empty mark, and one that begins at `end`, begins at an empty
    piece, the last.
    """
    first = bisect_right(clauses, start, key=lambda clause: clause.end)
    here = clauses[first : bisect_right(clauses, end - 1, key=lambda clause: clause.start)]
    edges = {at for span in (*here, *(mark for _, mark in marks)) for at in (span.start, span.end)}
    cuts = sorted({start, end, *(at for at in edges if start < at < end)})
    clause = 0
    for left, right in pairwise(cuts):
        while clause < len(here) and here[clause].end <= left:
            clause += 1
        role = here[clause].role if clause < len(here) and here[clause].start <= left else ""
        over = tuple(number for number, mark in marks if mark.start <= left < mark.end)
        yield Piece(left, right, role, over, tuple(number for number, mark in marks if mark.start == left))
    if late := tuple(number for number, mark in marks if mark.start == end):
        yield Piece(end, end, "", (), late)
