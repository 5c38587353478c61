"""Cuts the words beside a count into the items of a list."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analyzer import lexicon

_ITEM = 40  # an item is no longer than this
_LEAD = 20  # what stands before the first item, in its clause
_JOINT = re.compile(r"以及|和|与|及")


class Piece(NamedTuple):
    start: int
    end: int


def split(text: str, start: int, end: int, marks: str) -> list[Piece]:
    pieces, at = [], start
    for index in range(start, end + 1):
        if index == end or text[index] in marks:
            pieces.append(Piece(at, index))
            at = index + 1
    return pieces


def split_last(text: str, pieces: list[Piece]) -> list[Piece]:
    """Parts the last piece at its 和, where it has just one."""
    joints = list(_JOINT.finditer(text, pieces[-1].start + 1, pieces[-1].end - 1))
    if len(joints) != 1:
        return pieces
    return [*pieces[:-1], Piece(pieces[-1].start, joints[0].start()), Piece(joints[0].end(), pieces[-1].end)]


def first_of(text: str, marks: str, start: int, end: int) -> int:
    return min((at for mark in marks if (at := text.find(mark, start, end)) >= 0), default=end)


@cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted(lexicon.load("announcements")["leads"], key=len, reverse=True))


def without_lead(text: str, pieces: list[Piece]) -> list[Piece]:
    """Cuts what does not belong to the first item: 针对|水污染和燃煤污染两大瓶颈.

    Where another item begins with the same two characters as a later part of the first, the first begins there; else
    known verbs and prepositions are cut off.
    """
    if any(not 0 < piece.end - piece.start <= _ITEM + _LEAD * (piece is pieces[0]) for piece in pieces):
        return []
    start, end = pieces[0]
    heads = {text[piece.start : piece.start + 2] for piece in pieces[1:] if piece.end - piece.start > 2}
    alike = max((text.rfind(head, start, end) for head in heads), default=-1)
    if alike > start:
        start = alike
    else:
        length = max(piece.end - piece.start for piece in pieces[1:])
        cut = True
        while cut and end - start > length:
            cut = False
            for lead in _leads():
                if text.startswith(lead, start) and end - start > len(lead) + 1:
                    start, cut = start + len(lead), True
                    break
    return [Piece(start, end), *pieces[1:]]
