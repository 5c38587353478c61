"""Tables of a page, found by their ruled lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from analyzer.readers.pdf_lines import Upright

_THIN = 3.0  # points: a filled rectangle this thin is a rule
_NEAR = 3.0  # rules this close are one
_OPEN = 8.0  # a box this high or wide has room for text
_MANY = 3000  # a page with more rules is a drawing

Rule = tuple[float, float, float]  # position across, start and end along
Point = tuple[float, float]
Shape = tuple[Sequence[Point], bool]  # a line through points, and whether it is drawn (or only what it encloses)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: edges of its columns from the left and of its rows from the top; the cell that each box is of."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]  # row, column of the top left box of the merged cell

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside the table."""
        column = sum(edge <= x for edge in self.columns) - 1
        row = sum(edge >= y for edge in self.rows) - 1
        inside = 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1
        return self.cells[row][column] if inside else None


def tables_of(page: Any, upright: Upright) -> list[Table]:
    """The ruled tables of a page turned upright, from the top."""
    return ruled_tables(_shapes(page, upright))


def ruled_tables(shapes: Iterable[Shape]) -> list[Table]:
    """The tables that drawn shapes rule, from the top. A single frame is no table."""
    across: list[Rule] = []
    down: list[Rule] = []
    for points, stroked in shapes:
        for x0, y0, x1, y1 in _rules(points, stroked):
            if abs(y1 - y0) <= abs(x1 - x0):
                across.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            else:
                down.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if len(across) + len(down) > _MANY:
            return []
    tables = [_table(*group) for group in _connected(across, down) if all(group)]
    return sorted((table for table in tables if table), key=lambda table: -table.rows[0])


def _rules(points: Sequence[Point], stroked: bool) -> Iterator[tuple[float, float, float, float]]:
    """The upright and level strokes of a shape; one that is a thin rectangle is a stroke itself."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) - min(xs) < _THIN or max(ys) - min(ys) < _THIN:
        if max(max(xs) - min(xs), max(ys) - min(ys)) > _THIN:
            level = max(xs) - min(xs) > max(ys) - min(ys)
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            yield (min(xs), y, max(xs), y) if level else (x, min(ys), x, max(ys))
    elif stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            if (abs(x0 - x1) < 0.5) != (abs(y0 - y1) < 0.5):
                yield x0, y0, x1, y1


def _shapes(page: Any, upright: Upright) -> Iterator[Shape]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        pdfium.FPDFPath_GetDrawMode(path.raw, fill, stroke)
        for points in _subpaths(path, upright):
            yield points, bool(stroke.value)


def _subpaths(path: Any, upright: Upright) -> list[list[Point]]:
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[list[Point]] = []
    for index in range(pdfium.FPDFPath_CountSegments(path.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not found:
            found.append([])
        found[-1].append(upright.point(*matrix.on_point(x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            found[-1].append(found[-1][0])
    return found


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch, as groups."""
    group = list(range(len(across) + len(down)))

    def top(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for a, (y, left, right) in enumerate(across):
        for d, (x, low, high) in enumerate(down, len(across)):
            if left - _NEAR <= x <= right + _NEAR and low - _NEAR <= y <= high + _NEAR:
                group[top(d)] = top(a)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for a, rule in enumerate(across):
        found.setdefault(top(a), ([], []))[0].append(rule)
    for d, rule in enumerate(down, len(across)):
        found.setdefault(top(d), ([], []))[1].append(rule)
    return list(found.values())


def _table(across: list[Rule], down: list[Rule]) -> Table | None:
    # Rules that reach past the last rule across them: a table open at the side, or cut by the end of the page.
    rows = _edges([*across, *_ends(down, across)])[::-1]
    columns = _edges([*down, *_ends(across, down)])
    if len(rows) < 2 or len(columns) < 2 or (len(rows) == 2 and len(columns) == 2):
        return None
    cells: list[list[tuple[int, int]]] = []
    for row, (upper, lower) in enumerate(pairwise(rows)):
        cells.append([])
        for column, (left, right) in enumerate(pairwise(columns)):
            place = (row, column)
            if column and not _ruled(down, left, (upper + lower) / 2):
                place = cells[row][column - 1]
            if row and not _ruled(across, upper, (left + right) / 2):
                place = cells[row - 1][column]
            cells[row].append(place)
    return Table(tuple(columns), tuple(rows), tuple(map(tuple, cells)))


def _ends(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """Edges in place of rules that are not drawn: the ends of `rules` that lie beyond all `crossing` ones."""
    low, high = min(start for _, start, _ in rules), max(end for _, _, end in rules)
    positions = [position for position, _, _ in crossing]
    beyond = [low] * (low < min(positions) - _OPEN) + [high] * (high > max(positions) + _OPEN)
    return [(position, 0.0, 0.0) for position in beyond]


def _edges(rules: list[Rule]) -> list[float]:
    edges: list[float] = []
    for position in sorted(rule[0] for rule in rules):
        if not edges or position - edges[-1] > _NEAR:
            edges.append(position)
    return edges


def _ruled(rules: list[Rule], position: float, along: float) -> bool:
    return any(abs(at - position) <= _NEAR and start <= along <= end for at, start, end in rules)
