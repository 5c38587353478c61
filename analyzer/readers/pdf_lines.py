"""From the characters that a PDF places on a page to lines."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `em` is the width of a Han character in it, `gap` the widest gap between two characters."""

    words: str
    left: float
    right: float
    base: float
    em: float
    gap: float
    page: int


def glyphs_of(text_page: Any, turn: int, width: float, height: float) -> tuple[list[Glyph], int]:
    """The printed characters of a page as shown, and how many of them the font gives no Unicode for.

    `turn` is the page's rotation in degrees, `width` and `height` the size of the page as shown. Slanted
    text (watermarks) is left out.
    """
    glyphs: list[Glyph] = []
    unknown = 0
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    edges = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    raw = text_page.raw
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index):
            continue
        if pdfium.FPDFText_HasUnicodeMapError(raw, index) or code in (0, 0xFFFD, 0xFFFE):
            unknown += 1
            continue
        if chr(code).isspace() or code in (0xAD, 0x200B, 0xFEFF) or unicodedata.category(chr(code)) in ("Cc", "Cs"):
            continue
        angle = pdfium.FPDFText_GetCharAngle(raw, index) * 180 / 3.141592653589793
        if min(angle % 90, 90 - angle % 90) > 5:
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        left, right, base, tall = box.left, box.right, y.value, box.top - box.bottom
        if tall > 72:  # a poster, or vertical writing, whose loose boxes are wrong
            pdfium.FPDFText_GetCharBox(raw, index, *edges)
            tight = [edge.value for edge in edges]
            if tall > 4 * max(tight[1] - tight[0], tight[3] - tight[2]):
                left, right, base, tall = tight[0], tight[1], tight[2], tight[3] - tight[2]
        if turn == 90:
            left, right, base, tall = box.bottom, box.top, height - x.value, box.right - box.left
        elif turn == 180:
            left, right, base = width - box.right, width - box.left, height - y.value
        elif turn == 270:
            left, right, base, tall = width - box.top, width - box.bottom, x.value, box.right - box.left
        char = chr(code)
        glyphs.append(
            Glyph(unicodedata.normalize("NFKC", char) if _LOOKALIKE.match(char) else char, left, right, base, tall)
        )
    return glyphs, unknown


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The lines that `glyphs` form, from the top; characters from left to right, whatever their order in the file."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if lines and lines[-1][0].base - glyph.base < 0.45 * max(glyph.height, lines[-1][0].height):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_line(sorted(line, key=lambda glyph: glyph.left), page) for line in lines]


def _line(glyphs: list[Glyph], page: int) -> Line:
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
    return Line("".join(text), glyphs[0].left, last.right, bases.most_common(1)[0][0], em, widest, page)
