"""A spot of a long line, cut to a window, measured in the cells of a terminal (a Chinese character takes two)."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, get_character_cell_size

CUT = "…"

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")  # would shift or break the line
_CLOSING = re.compile(r"[，。；：、！？）”’》】,.;:!?)]{1,2}")  # must not begin a line
_WORD = re.compile(r"[A-Za-z0-9]")
_LAST_WORD = re.compile(r"[\x21-\x7e]+$")


def shown(path: str) -> str:
    """A path as a terminal may print it: names can hold line ends and commands to it."""
    return _INVISIBLE.sub("\ufffd", path)


class Excerpt(NamedTuple):
    """A piece of one line: `words[mark:stop]` is the spot."""

    words: str
    mark: int
    stop: int

    def underline(self, sign: str = "^") -> str:
        """The row to print below: `sign` under every cell of the spot."""
        spot = cell_len(self.words[self.mark : self.stop])
        return " " * cell_len(self.words[: self.mark]) + sign * max(1, spot)


def excerpt(text: str, start: int, end: int, width: int) -> Excerpt:
    """The line of `text` on which the spot `start:end` begins, as much of it around the spot as `width` cells hold."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    last = len(text) if last < 0 else last
    left, right, spot = first, last, min(end, last)
    if last - first > width or cell_len(_INVISIBLE.sub(" ", text[first:last])) > width:
        left, right = _window(text, first, last, start, spot, width - 2 * cell_len(CUT))
    before = CUT if left > first else ""
    after = CUT if right < last else ""
    words = _INVISIBLE.sub(" ", text[left:right])
    mark = len(before) + start - left
    return Excerpt(before + words + after, mark, mark + min(spot, right) - start)


def _window(text: str, first: int, last: int, start: int, spot: int, room: int) -> tuple[int, int]:
    """The spot, then what stands around it on both sides alike, until `room` is used up."""
    left = right = start
    grown = True
    while grown:
        grown = False
        if right < last and (size := _cells(text[right])) <= room:
            right, room, grown = right + 1, room - size, True
        if right >= spot and left > first and (size := _cells(text[left - 1])) <= room:
            left, room, grown = left - 1, room - size, True
    return left, right


def fold(text: str, width: int) -> list[str]:
    """`text` in lines of `width` cells: no line begins with a closing mark, no word and no number is cut in two."""
    lines = []
    rest = _INVISIBLE.sub(" ", text).strip()
    while rest:
        line = chop_cells(rest[:width], width - 4)[0]  # room for two closing marks
        if marks := _CLOSING.match(rest, len(line)):
            line = rest[: marks.end()]
        elif _WORD.match(rest, len(line)) and (word := _LAST_WORD.search(line)) and word.start():
            line = line[: word.start()]
        lines.append(line.rstrip())
        rest = rest[len(line) :].lstrip(" ")
    return lines


def _cells(character: str) -> int:
    return 1 if _INVISIBLE.match(character) else get_character_cell_size(character)
