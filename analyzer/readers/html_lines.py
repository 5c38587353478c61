"""A web page as the lines that a browser shows, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Element = Any  # lxml's elements are untyped

_DROPPED = {
    *("script", "style", "noscript", "template", "iframe", "object", "svg", "head", "rt", "rp"),
    *("select", "option", "button", "input", "textarea", "map", "audio", "video", "canvas"),
}
_INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd"),
    *("mark", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u"),
    *("var", "wbr", "img", "o:p", "st1:chsdate", "label", "nobr"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_LARGEST = 200_000  # squares of a table
_WIDE = re.compile("[⺀-鿿\u3000-〿！-～]")

Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; `block` is the element that it fills or stands in."""

    words: str
    block: Element
    linked: int  # how many of its characters are link text
    level: int | None
    cell: Cell | None


def lines_of(body: Element) -> list[Line]:
    """The visible lines of `body` in order. <br>, paragraphs, list items and table cells end a line."""
    lines: list[Line] = []
    text: list[tuple[str, bool]] = []
    tables = 0

    def flush(block: Element, level: int | None, cell: Cell | None) -> None:
        plain = _tidy("".join(part for part, _ in text))
        if plain:
            linked = len(_tidy("".join(part for part, link in text if link)))
            lines.append(Line(plain, block, min(linked, len(plain)), level, cell))
        text.clear()

    def visit(element: Element, block: Element, link: bool, level: int | None, cell: Cell | None, pre: bool) -> None:
        nonlocal tables
        add(element.text, element, block, link, level, cell, pre)
        cells = {}
        if element.tag == "table" and _is_data(element):
            cells = _cells(element, tables)
            tables += 1
        stack_cells.update(cells)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and not _is_dropped(child):
                if tag == "br":
                    flush(block, level, cell)
                elif tag in _INLINE:
                    visit(child, block, link or tag == "a", level, cell, pre)
                else:
                    flush(block, level, cell)
                    inner = stack_cells.get(child, cell)
                    visit(child, child, link, _HEADINGS.get(tag, level), inner, pre or tag == "pre")
                    flush(child, _HEADINGS.get(tag, level), inner)
            add(child.tail, element, block, link, level, cell, pre)

    def add(
        part: str | None, element: Element, block: Element, link: bool, level: int | None, cell: Cell | None, pre: bool
    ) -> None:
        if part and pre:
            for number, line in enumerate(part.split("\n")):
                if number:
                    flush(block, level, cell)
                text.append((line, link))
        elif part:
            text.append((part, link))

    stack_cells: dict[Element, Cell] = {}
    visit(body, body, False, None, None, False)
    flush(body, None, None)
    return lines


def _tidy(text: str) -> str:
    return _SPACE.sub(_space, text).strip()


def _space(run: re.Match[str]) -> str:
    """One space; none where the source only broke its line beside a Han character."""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    return "" if "\n" in run.group() and (_WIDE.match(before) or _WIDE.match(after)) else " "


def _is_dropped(element: Element) -> bool:
    return (
        element.tag in _DROPPED
        or element.get("hidden") is not None
        or (element.get("style") is not None and _HIDDEN.search(element.get("style")) is not None)
    )


def _is_data(table: Element) -> bool:
    """Whether a table holds data, and does not merely lay out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[len("".join(cell.itertext())) for cell in _row_cells(row)] for row in table.iter("tr")]
    longest = max((size for row in rows for size in row), default=0)
    return len(rows) > 1 and max(map(len, rows)) > 1 and (longest < 300 or longest < sum(map(sum, rows)) / 2)


def _row_cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _cells(table: Element, index: int) -> dict[Element, Cell]:
    """Row and column of each cell, spans counted as the browser does; none for a table too large to be one."""
    places: dict[Element, Cell] = {}
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.iter("tr")):
        column = 0
        for cell in _row_cells(row):
            while (number, column) in taken:
                column += 1
            places[cell] = (index, number, column)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((number + r, column + c) for r in range(down) for c in range(across))
            if len(taken) > _LARGEST:
                return {}
    return places


def _span(cell: Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(int(text), 100) if re.fullmatch(r"[1-9]\d{0,3}", text) else 1
