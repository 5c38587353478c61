"""From the characters that a PDF places on a page to lines."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import degrees
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

# Glyphs that print like a common character and are coded as a radical, a compatibility form or a ligature.
_LOOKALIKE = re.compile("[⺀-⿕豈-\ufadfﬀ-ﬆ]")


class Glyph(NamedTuple):
    """One character on the page. Coordinates in points, y upwards; `height` is that of the font's line."""

    char: str
    left: float
    right: float
    base: float
    height: float


class Upright(NamedTuple):
    """Turns the points of a page whose text runs at `turn` degrees, clockwise, so that it runs from left to right."""

    turn: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return self.height - y, x
        if self.turn == 180:
            return self.width - x, self.height - y
        return (y, self.width - x) if self.turn == 270 else (x, y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as turned."""
        return (self.height, self.width) if self.turn % 180 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `em` is the width of a Han character in it, `gap` its widest gap, `paper` the page's width."""

    words: str
    left: float
    right: float
    base: float
    em: float
    gap: float
    page: int
    paper: float


def glyphs_of(page: Any) -> tuple[list[Glyph], Upright, int]:
    """The printed characters of a page, how to turn its points upright, and how many characters have no Unicode.

    The page is turned so that most of its text runs from left to right, as landscape pages need it. Slanted text
    (watermarks) is left out.
    """
    text = page.get_textpage()
    raw, count = text.raw, text.count_chars()
    angles: dict[int, int] = {}
    unknown = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index):
            continue
        if pdfium.FPDFText_HasUnicodeMapError(raw, index) or code in (0, 0xFFFD, 0xFFFE):
            unknown += 1
        elif not chr(code).isspace() and unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cs"):
            angle = degrees(pdfium.FPDFText_GetCharAngle(raw, index))
            if abs(angle - 90 * round(angle / 90)) < 5:
                angles[index] = round(angle / 90) % 4 * 90
    turn = Counter(angles.values()).most_common(1)[0][0] if angles else 0
    upright = Upright(turn, *(page.get_size() if page.get_rotation() % 180 == 0 else page.get_size()[::-1]))
    return [_glyph(raw, index, upright) for index in angles], upright, unknown


def _glyph(raw: Any, index: int, upright: Upright) -> Glyph:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    pdfium.FPDFText_GetLooseCharBox(raw, index, box)
    left, low, right, high = upright.box(box.left, box.bottom, box.right, box.top)
    base = upright.point(x.value, y.value)[1]
    if high - low > 72:  # a poster, or vertical writing, whose loose boxes are wrong
        edges = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(raw, index, *edges)
        x0, x1, y0, y1 = (edge.value for edge in edges)
        if high - low > 4 * max(x1 - x0, y1 - y0):
            left, low, right, high = upright.box(x0, y0, x1, y1)
            base = low
    char = chr(pdfium.FPDFText_GetUnicode(raw, index))
    return Glyph(unicodedata.normalize("NFKC", char) if _LOOKALIKE.match(char) else char, left, right, base, high - low)


def lines_of(glyphs: Iterable[Glyph], page: int, paper: float) -> list[Line]:
    """The lines that `glyphs` form, from the top; characters from left to right, whatever their order in the file."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if lines and lines[-1][0].base - glyph.base < 0.45 * max(glyph.height, lines[-1][0].height):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_line(sorted(line, key=lambda glyph: glyph.left), page, paper) for line in lines]


def _line(glyphs: list[Glyph], page: int, paper: float) -> Line:
    wide = [glyph.right - glyph.left for glyph in glyphs if glyph.char > "\u2e7f"]
    em = median(wide) if wide else 0.85 * median(glyph.height for glyph in glyphs)
    text, widest, last = [glyphs[0].char], 0.0, glyphs[0]
    for glyph in glyphs[1:]:
        if glyph.char == last.char and glyph.left - last.left < 0.15 * em and glyph.char not in "—…─.-":
            continue  # bold made by printing twice
        gap = glyph.left - last.right
        if gap > em or (gap > 0.15 * em and last.char < "\u2000" and glyph.char < "\u2000"):
            text.append(" ")
        text.append(glyph.char)
        widest, last = max(widest, gap), glyph
    bases = Counter(round(glyph.base, 1) for glyph in glyphs)
    return Line("".join(text), glyphs[0].left, last.right, bases.most_common(1)[0][0], em, widest, page, paper)
