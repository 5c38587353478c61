"""The text of a report as blocks of a web page: headings, paragraphs, tables, and what is marked in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from analyzer.records import Analysis, Finding, Outline, Paragraph, Part, Severity, Span
from analyzer.render.marked import Piece, pieces

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # would shift the places of a page, or cannot be written
_SEVERITIES = tuple(Severity)  # worst first


@dataclass(frozen=True, slots=True)
class Ref:
    """The sign before the words of a finding, or before another place of it: it leads to the finding's note."""

    anchor: str  # f3 for the words of finding 3, f3-2 for its second other place
    finding: int
    severity: str  # "" for another place


@dataclass(frozen=True, slots=True)
class Shown:
    """Characters that look alike."""

    words: str
    role: str
    severity: str  # of the worst finding over them; "" for none
    related: bool  # another place of a finding
    findings: str  # the numbers of all findings that speak of them: “3 7”
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table cell."""

    number: int  # among the report's paragraphs: its anchor is p and this number
    start: int  # in characters of the report's text
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """What stands below each other on the page, with the numbers of the findings that begin in it."""

    kind: Literal["title", "heading", "paragraph", "sign", "note", "table"]
    level: int  # of a heading, 1 is highest
    lines: tuple[Line, ...]  # one; of a table none
    rows: tuple[tuple[tuple[Line, ...], ...], ...]  # of a table: its rows, of cells, of paragraphs; none is left out
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Mark(Span):
    """What is marked in the text."""

    ref: Ref
    severity: Severity | None


def blocks(analysis: Analysis, findings: Sequence[Finding]) -> list[Block]:
    """The whole text; `findings` get their numbers from 1 in their order."""
    paragraphs = analysis.report.paragraphs or (Paragraph(0, len(analysis.text)),)
    marks = _placed(paragraphs, list(_marks(findings)))
    headings = {
        paragraph_at(paragraphs, section.start): section.level
        for section in analysis.outline.sections
        if not section.run_in
    }
    found = []
    for table, group in groupby(enumerate(paragraphs), lambda each: each[1].cell and each[1].cell[0]):
        several = list(group)
        for together in [several] if table is not None else [[each] for each in several]:
            lines = [
                Line(number, paragraph.start, tuple(_shown(analysis, paragraph, marks[number])))
                for number, paragraph in together
            ]
            number, paragraph = together[0]
            kind = "table" if table is not None else _kind(paragraph, analysis.outline, number in headings)
            found.append(
                Block(
                    kind,
                    headings.get(number, 0),
                    () if kind == "table" else tuple(lines),
                    _rows([each.cell for _, each in together], lines) if kind == "table" else (),
                    tuple(sorted({ref.finding for line in lines for ref in _refs(line) if ref.severity})),
                )
            )
    return found


def paragraph_at(paragraphs: Sequence[Paragraph], offset: int) -> int:
    """The number of the paragraph that `offset` stands in or behind; 0 before the first."""
    return max(0, bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.start) - 1)


def shown_text(text: str) -> str:
    """The text with a sign in place of each character that a page cannot show."""
    return _UNSEEN.sub("\ufffd", text)


def _refs(line: Line) -> Iterator[Ref]:
    for shown in line.shown:
        yield from shown.refs


def _kind(
    paragraph: Paragraph, outline: Outline, heading: bool
) -> Literal["title", "heading", "paragraph", "sign", "note"]:
    if paragraph.part is Part.NOTE:
        return "note"
    if outline.title and outline.title.contains(paragraph):
        return "title"
    if heading:
        return "heading"
    behind = outline.title.end if outline.title else 0
    signed = [quote for quote in (outline.issuer, outline.date) if quote and quote.start >= behind]
    return "sign" if any(each.contains(paragraph) for each in signed) else "paragraph"


def _marks(findings: Iterable[Finding]) -> Iterator[_Mark]:
    for number, finding in enumerate(findings, 1):
        yield _Mark(finding.start, finding.end, Ref(f"f{number}", number, finding.severity.value), finding.severity)
        for place, related in enumerate(finding.related, 1):
            if not related.path:
                yield _Mark(related.start, related.end, Ref(f"f{number}-{place}", number, ""), None)


def _placed(paragraphs: Sequence[Paragraph], marks: Sequence[_Mark]) -> defaultdict[int, list[_Mark]]:
    """The marks by the paragraphs that they touch. One that begins between two begins where the next text is."""
    found: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        number, start, end = paragraph_at(paragraphs, mark.start), mark.start, mark.end
        if start > paragraphs[number].end:
            if number + 1 < len(paragraphs) and paragraphs[number + 1].start < end:
                number += 1
                start = paragraphs[number].start
            else:
                start = end = paragraphs[number].end
        start = max(start, paragraphs[number].start)
        placed = _Mark(start, max(start, end), mark.ref, mark.severity)
        found[number].append(placed)
        for later in range(number + 1, len(paragraphs)):
            if paragraphs[later].start >= end:
                break
            found[later].append(placed)
    return found


def _shown(analysis: Analysis, paragraph: Paragraph, marks: Sequence[_Mark]) -> Iterator[Shown]:
    clauses = () if paragraph.cell else analysis.clauses  # what a cell does is not to be told from its few words
    cut = pieces(paragraph.start, paragraph.end, clauses, list(enumerate(marks)))
    for _, alike in groupby(cut, lambda piece: (piece.role, piece.over, piece.begun and piece.start)):
        several = list(alike)  # clauses of one role are one element of the page: half as many
        yield _look(analysis.text, replace(several[0], end=several[-1].end), marks)


def _look(text: str, piece: Piece, marks: Sequence[_Mark]) -> Shown:
    over = [marks[number] for number in piece.over]
    worst = min((mark.severity for mark in over if mark.severity), key=_SEVERITIES.index, default=None)
    return Shown(
        shown_text(text[piece.start : piece.end]),
        piece.role,
        worst.value if worst else "",
        any(mark.severity is None for mark in over),
        " ".join(str(number) for number in sorted({mark.ref.finding for mark in over})),
        tuple(marks[number].ref for number in piece.begun),
    )


def _rows(
    cells: Sequence[tuple[int, int, int] | None], lines: Sequence[Line]
) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """A table's lines in its grid, without columns that are empty throughout.

    A place without words, which may be merged with another, is an empty cell.
    """
    grid: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for cell, line in zip(cells, lines, strict=True):
        if cell:
            grid[cell[1:]].append(line)
    columns = sorted({column for _, column in grid})
    rows = sorted({row for row, _ in grid})
    return tuple(tuple(tuple(grid.get((row, column), ())) for column in columns) for row in rows)
