"""What a page of an OFD file shows: its characters and drawn lines, each at its place (GB/T 33190—2016, 8 to 12)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import atan2, degrees
from typing import Any

from analyzer.errors import UnreadableReport
from analyzer.readers.pdf_lines import Glyph, Upright
from analyzer.readers.pdf_tables import Point, Shape

Element = Any  # lxml's elements are untyped
# x' = ax + cy + e, y' = bx + dy + f
Matrix = tuple[float, float, float, float, float, float]

_POINTS = 72 / 25.4  # in a millimetre
_DEEPEST = 20  # objects inside each other
_MOST = 200_000  # objects of a page, those of composite objects counted each time they are shown
_PATH = re.compile(r"[A-Za-z]|[-+]?[\d.]+(?:[eE][-+]?\d+)?")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


@dataclass(slots=True)
class Contents:
    """What a page shows, turned upright, in points with y upwards."""

    size: tuple[float, float]
    glyphs: list[Glyph]
    shapes: list[Shape]
    pictured: bool  # whether a picture fills a good part of it


@dataclass(slots=True)
class _Sheet:
    """A page while it is being read, in millimetres with y downwards."""

    units: Mapping[str, Element]
    characters: list[tuple[str, Matrix, float, float]] = field(default_factory=list)  # with width and height
    shapes: list[tuple[list[Point], bool]] = field(default_factory=list)
    pictured: float = 0.0  # square millimetres
    objects: int = 0


def children(parent: Element, name: str) -> Iterator[Element]:
    """The child elements of that name, whatever their namespace: producers write several."""
    return (child for child in parent if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name)


def contents_of(layers: Sequence[Element], units: Mapping[str, Element], box: Sequence[float]) -> Contents:
    """What the roots of a page and of its templates show. `box`: left, top, width and height in millimetres.

    Slanted text (watermarks) is left out.
    """
    sheet = _Sheet(units)
    left, top, width, height = box
    for root in layers:
        for content in children(root, "Content"):
            for layer in children(content, "Layer"):
                _draw(layer, (1.0, 0.0, 0.0, 1.0, -left, -top), sheet, 0)
    angles = [degrees(atan2(matrix[1], matrix[0])) for _, matrix, _, _ in sheet.characters]
    turns = [round(angle / 90) % 4 * 90 if abs(angle - 90 * round(angle / 90)) < 5 else None for angle in angles]
    turn = Counter(turn for turn in turns if turn is not None).most_common(1)
    upright = Upright(turn[0][0] if turn else 0, width * _POINTS, height * _POINTS)

    def point(x: float, y: float) -> Point:
        return upright.point(x * _POINTS, (height - y) * _POINTS)

    glyphs = []
    for (char, matrix, wide, high), straight in zip(sheet.characters, turns, strict=True):
        if straight is None:
            continue
        corners = [point(*_at(matrix, x, y)) for x, y in ((0, 0), (wide, 0), (wide, -high), (0, -high))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        glyphs.append(Glyph(char, min(xs), max(xs), corners[0][1], max(ys) - min(ys)))
    shapes: list[Shape] = [([point(*each) for each in points], drawn) for points, drawn in sheet.shapes]
    return Contents(upright.size, glyphs, shapes, sheet.pictured > 0.2 * width * height)


def _draw(parent: Element, matrix: Matrix, sheet: _Sheet, depth: int) -> None:
    """Collects what the objects below `parent` show."""
    for thing in parent:
        name = thing.tag.rpartition("}")[2] if isinstance(thing.tag, str) else ""
        sheet.objects += 1
        if depth > _DEEPEST or sheet.objects > _MOST:
            raise UnreadableReport("OFD 文件的结构反常，没有打开。请确认文件来源，或导出为 PDF 后再试。")
        if thing.get("Visible") == "false":
            continue
        if name == "PageBlock":
            _draw(thing, matrix, sheet, depth + 1)
        elif name == "TextObject":
            _write(thing, _placed(thing, matrix), sheet)
        elif name == "PathObject":
            drawn = thing.get("Stroke") != "false"
            for data in children(thing, "AbbreviatedData"):
                own = _placed(thing, matrix)
                sheet.shapes += [([_at(own, *each) for each in points], drawn) for points in _lines(data.text or "")]
        elif name == "ImageObject":
            _, _, wide, high = _numbers(thing.get("Boundary"), 4) or (0.0,) * 4
            sheet.pictured += wide * high
        elif name == "CompositeObject" and (unit := sheet.units.get(thing.get("ResourceID", ""))) is not None:
            for content in children(unit, "Content"):
                _draw(content, _placed(thing, matrix), sheet, depth + 1)


def _write(thing: Element, matrix: Matrix, sheet: _Sheet) -> None:
    """The characters of a text object, one by one."""
    (size,) = _numbers(thing.get("Size"), 1) or (0.0,)
    (stretch,) = _numbers(thing.get("HScale"), 1) or (1.0,)
    x = y = 0.0
    for code in children(thing, "TextCode"):
        text = code.text or ""
        (x,) = _numbers(code.get("X"), 1) or (x,)
        (y,) = _numbers(code.get("Y"), 1) or (y,)
        right, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for number, char in enumerate(text):
            wide = size * stretch * (1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5)
            if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Cs"):
                a, b, c, d, *_ = matrix
                sheet.characters.append((char, (a, b, c, d, *_at(matrix, at_x, at_y)), wide, size))
            at_x += right[number] if number < len(right) else (0.0 if down else wide)
            at_y += down[number] if number < len(down) else 0.0


def _steps(text: str | None, limit: int) -> list[float]:
    """DeltaX or DeltaY, at most `limit` of them; “g 3 5.6” stands for three times 5.6."""
    steps: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if len(steps) >= limit:
            break
        if part == "g":
            count, step = int(next(parts, "0")), float(next(parts, "0"))
            steps += [step] * min(count, limit)
        else:
            steps.append(float(part))
    return steps


def _lines(data: str) -> Iterator[list[Point]]:
    """The points of each line of a path; of curves only the ends."""
    points: list[Point] = []
    tokens = iter(_PATH.findall(data))
    for token in tokens:
        arguments = [float(next(tokens)) for _ in range(_ARGUMENTS.get(token, 0))]
        if token in ("S", "M") and points:
            yield points
            points = []
        if token == "C" and points:
            points.append(points[0])
        elif arguments:
            points.append((arguments[-2], arguments[-1]))
    if points:
        yield points


def _placed(thing: Element, outer: Matrix) -> Matrix:
    """From the space of an object to that of the page: its matrix, then its place, then what it stands in."""
    x, y, *_ = _numbers(thing.get("Boundary"), 4) or (0.0, 0.0)
    a, b, c, d, e, f = _numbers(thing.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    p, q, r, s, _, _ = outer
    return (p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, *_at(outer, e + x, f + y))


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """The first `count` numbers of an attribute, None where it is missing."""
    return tuple(float(part) for part in text.split()[:count]) if text else None
