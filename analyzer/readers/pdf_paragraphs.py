"""From the printed lines of a PDF to paragraphs: what the typesetter broke is joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from analyzer.readers.pdf_lines import Line

# Lines that open a paragraph even where nothing is indented.
_MARKER = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|第[一二三四五六七八九十百]{1,4}[章节条编]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]"
    r"|[①-⑳]|附件|——"
)
_CLOSED = re.compile(r"[。；：！？][”’）》]*$")
# What is never broken: opening marks, a Latin word or number or one character, closing marks.
_UNIT = re.compile(r"[“‘（《【〔〈(\[]*(?:[A-Za-z0-9.,:@/%+'-]+|—+|.)[，。、；：！？）》”’】〕〉…%％‰,.;:!?)\]]*")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z,.;]$"), re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(r"(?:://|@|www)[!-~]*$")


def join(lines: Iterable[str]) -> str:
    """Printed lines as one: a space only between two Latin words, and not inside an address."""
    text = ""
    for line in lines:
        space = _LATIN_END.search(text) and _LATIN_START.match(line) and not _ADDRESS.search(text)
        text += (" " if space else "") + line
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
    whole = _setting(lines)
    pages = {number: [line for line in lines if line.page == number] for number in {line.page for line in lines}}
    settings = {number: _setting(part) if _is_filled(part) else whole for number, part in pages.items()}
    before: list[Line] = []
    for line in lines:
        if before and _begins(line, before, settings[line.page], settings[before[-1].page]):
            yield join(part.words for part in before), before[0].page
            before = []
        before.append(line)
    if before:
        yield join(part.words for part in before), before[0].page


class _Setting(NamedTuple):
    """How running text is set: its left and right edge, and whether paragraphs begin with an indent."""

    left: float
    right: float
    indented: bool


def _setting(lines: list[Line]) -> _Setting | None:
    """None where no line shows it."""
    full = _full(lines)
    if not full:
        return None
    em = median(line.em for line in full)
    often = max(2, len(full) // 10)
    steps = Counter(round(line.left / em * 2) for line in full)
    left = min((step for step, count in steps.items() if count >= often), default=min(steps)) * em / 2
    right = median(line.right for line in full)
    if not _is_filled(lines):  # the other margin tells more than lines that are all short
        right = max(right, full[0].paper - left)
    indents = sum(1.2 * em < line.left - left < 3.2 * em for line in lines)
    return _Setting(left, right, indents >= max(2, len(lines) // 12))


def _full(lines: list[Line]) -> list[Line]:
    """The lines of running text that reach far over the page."""
    longest = max((line.right - line.left for line in lines), default=0.0)
    return [line for line in lines if line.right - line.left > 0.7 * longest and line.gap < 2 * line.em]


def _is_filled(lines: list[Line]) -> bool:
    """Whether enough lines end at one place to call it the right margin."""
    full = _full(lines)
    margin = median(line.right for line in full) if full else 0.0
    return sum(abs(line.right - margin) < 0.8 * line.em for line in full) > 3


def _begins(line: Line, before: list[Line], setting: _Setting | None, earlier: _Setting | None) -> bool:
    """Whether `line` begins a new paragraph after the lines `before`."""
    last = before[-1]
    if abs(line.em - last.em) > 0.12 * last.em or line.gap > 2 * line.em or last.gap > 2 * last.em:
        return True
    if line.page == last.page and last.base - line.base > 2.6 * line.em and _leap(line, before):
        return True
    if setting is None or earlier is None:
        return True
    sentence = bool(_CLOSED.search(last.words))
    marked = bool(_MARKER.match(line.words))
    indent = (line.left - setting.left) / line.em
    centred = indent > 0.3 and _is_centred(line, setting) and _is_centred(last, earlier) and not (sentence or marked)
    if indent > 1.2 and not centred:
        return True
    # A line that had room for the next word was ended on purpose; in mid-sentence it takes much room to say so.
    room = earlier.right - last.right + (max(last.left - earlier.left, 0.0) if centred else 0.0)
    ended = sentence or (len(before) == 1 and (_MARKER.match(last.words) or centred))
    if room > (_width(line.words) + (0.6 if ended else 5.0)) * line.em:
        return True
    return sentence and marked and not setting.indented


def _is_centred(line: Line, setting: _Setting) -> bool:
    return abs((line.left - setting.left) - (setting.right - line.right)) < 0.8 * line.em


def _width(words: str) -> float:
    """Width in em of what may not be broken at the beginning of a line; nothing is broken beside a quotation mark."""
    end = 0
    while end < len(words) and (not end or words[end] in '“‘"' or words[end - 1] in '”’"'):
        unit = _UNIT.match(words, end)
        end = unit.end() if unit else len(words)
    return sum(0.55 if char < "\u2000" else 1.0 for char in words[:end])


def _leap(line: Line, before: list[Line]) -> bool:
    """Whether the step down to `line` is clearly wider than the one before it."""
    return len(before) < 2 or before[-1].base - line.base > 1.4 * (before[-2].base - before[-1].base)
