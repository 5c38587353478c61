"""From the characters that a PDF places on a page to lines, and from lines to paragraphs."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

# Lines that open a paragraph even where nothing is indented.
_MARKER = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十百]{1,4}[章节条编]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]"
    r"|[①-⑳]|[一二三四五六七八九十]是|附件|——"
)
_CLOSED = re.compile(r"[。；：！？][”’）》]*$")
# Marks that may not begin a line, and so go to the end of a full one.
_CLOSING = "，。、；：！？）》”’】〕…%％,.;:!?)]"
_WORD = re.compile(r"[A-Za-z0-9.,:@/%+-]+")
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
        if glyph.char == last.char and glyph.left - last.left < 0.3 * (last.right - last.left):
            continue  # bold made by printing twice
        gap = glyph.left - last.right
        if gap > em or (gap > 0.15 * em and last.char < "\u2000" and glyph.char < "\u2000"):
            text.append(" ")
        text.append(glyph.char)
        widest, last = max(widest, gap), glyph
    bases = Counter(round(glyph.base, 1) for glyph in glyphs)
    return Line("".join(text), glyphs[0].left, last.right, bases.most_common(1)[0][0], em, widest, page)


def join(lines: Iterable[str]) -> str:
    """Printed lines as one: a space only between two Latin words."""
    text = ""
    for line in lines:
        latin = text and text[-1].isascii() and text[-1].isalpha() and line[0].isascii() and line[0].isalpha()
        text += (" " if latin else "") + line
    return text


def join_cell(lines: list[Line]) -> str:
    """The lines of a table cell: one paragraph, unless a sentence ends and a marked one begins."""
    parts: list[list[str]] = []
    for line in lines:
        if parts and not (_CLOSED.search(parts[-1][-1]) and _MARKER.match(line.words)):
            parts[-1].append(line.words)
        else:
            parts.append([line.words])
    return "\n".join(map(join, parts))


def paragraphs_of(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """Hard-wrapped lines joined into paragraphs, each with the page that it begins on."""
    margins = {page: _margins([line for line in lines if line.page == page]) for page in {line.page for line in lines}}
    whole = _margins(lines)
    open_lines: list[Line] = []
    for line in lines:
        if open_lines and _begins(line, open_lines, margins[line.page] or whole, margins[open_lines[-1].page] or whole):
            yield join(part.words for part in open_lines), open_lines[0].page
            open_lines = []
        open_lines.append(line)
    if open_lines:
        yield join(part.words for part in open_lines), open_lines[0].page


def _margins(lines: list[Line]) -> tuple[float, float] | None:
    """Left and right edge of the running text; None where too few lines show them."""
    if not lines:
        return None
    longest = max(line.right - line.left for line in lines)
    full = [line for line in lines if line.right - line.left > 0.7 * longest and line.gap < 2 * line.em]
    if len(full) < 3:
        return None
    em = median(line.em for line in full)
    often = max(2, len(full) // 10)
    lefts = Counter(round(line.left / em * 2) for line in full)
    left = min((step for step, count in lefts.items() if count >= often), default=min(lefts))
    return left * em / 2, sorted(line.right for line in full)[len(full) // 2]


def _begins(
    line: Line, before: list[Line], margins: tuple[float, float] | None, earlier: tuple[float, float] | None
) -> bool:
    """Whether `line` begins a new paragraph after the lines `before`."""
    last = before[-1]
    if abs(line.em - last.em) > 0.12 * last.em or max(line.gap - 2 * line.em, last.gap - 2 * last.em) > 0:
        return True
    if line.page == last.page and last.base - line.base > 2.6 * line.em and _leap(line, before):
        return True
    if margins is None or earlier is None:
        return True
    if line.left > margins[0] + 1.2 * line.em:
        return True
    word = _WORD.match(line.words)
    need = len(word[0]) * 0.55 if word else 1 + (line.words[1:2] in _CLOSING and len(line.words) > 1)
    if earlier[1] - last.right > (need + 0.6) * line.em:
        return True
    return bool(_CLOSED.search(last.words) and _MARKER.match(line.words))


def _leap(line: Line, before: list[Line]) -> bool:
    """Whether the step down to `line` is clearly wider than the one before it."""
    return len(before) < 2 or before[-1].base - line.base > 1.4 * (before[-2].base - before[-1].base)
