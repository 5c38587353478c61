"""The tree of headings of a report, with its frame."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from analyzer import lexicon
from analyzer.frame import read_frame
from analyzer.markers import HEADING_STYLES, HIGH_STYLES, Mark, find_marks
from analyzer.records import Outline, Paragraph, Part, Report, Section

_RUN_IN = 60  # a run-in heading is at most this long
_LINE = 80  # and a line that is all heading, this
_ITEM = 45  # 1. and （1） head a section where they are no longer than this
_CELL = 4  # a cell of a table that a text lost the frame of
_UNBROKEN = 600  # a paragraph longer than this may hide headings inside
_LOW = frozenset(HEADING_STYLES[3:])
_STOP = re.compile(r"[。；！？：:]|&nbsp;|——|\\n|[ 　]{2}")
_COMMA = re.compile(r"[，,]")
_SENTENCE_END = re.compile(r"(?:[。！？!?]|[。！？]”|&nbsp;|\\n|[\ue000-\uf8ff])\s*\Z")
_BOLD = re.compile(r"(?P<hash>#{1,6})\s+\S|\*\*[^*\n]+\*\*\Z")
_GLOSSARY = re.compile(r"[*#（(\s]*(?:名词|词语|有关词语|用语)?(?:解释|注释|说明)[)）：:*\s]*\Z|附[：:]")
_EXPLAINS = re.compile(r"[：:]\s*(?:是?指|即|为|根据|包括)|[：:].{8}")
_DECORATION = "#*> 　\t•●◆■"
_CLOSING = " 　\t。；，、：:;,.*#\\"
_BROKEN_OFF = re.compile(r"[，、]\Z")  # “…意气风发、\n豪情满怀，…”: a heading cut by a line end


def find_outline(report: Report, marks: list[Mark] | None = None) -> Outline:
    """The frame of a report, and its headings as a tree.

    Headings are what stands after 第一部分, 一、 （一） 1. （1） ① (GB/T 9704-2012, 7.3.3, and custom) where a line
    begins, lines all in **bold**, and what the file itself marks as heading; in a text without line breaks also 一、
    and （一） after a full stop. A run-in heading (“（二）强化依法执政，狠抓关键少数。一是…”) ends at its first stop.
    """
    frame = read_frame(report)
    found = _headings(report, frame.body, find_marks(report.text) if marks is None else marks)
    return Outline(
        frame.title, frame.issuer, frame.place, frame.year, frame.date, frame.kind, _tree(report.text, found)
    )


class _Heading(NamedTuple):
    """A heading before it has its place in the tree: the lower the rank, the higher it stands."""

    start: int
    end: int
    rank: float
    mark: Mark | None
    run_in: bool


def _headings(report: Report, body: int, marks: list[Mark]) -> list[_Heading]:
    text = report.text
    starts = [mark.start for mark in marks]
    paragraphs = [each for each in report.paragraphs if each.part is Part.BODY and each.start >= body]
    following = _following(text, paragraphs, marks, starts)
    found: list[_Heading] = []
    low: list[tuple[_Heading, bool]] = []  # a run of 1. 2. 3., each with whether it looks like a heading
    glossary = False  # the numbered explanations at the end of a report are notes, not headings
    skip = -1
    for number, paragraph in enumerate(paragraphs):
        if number == skip:
            continue
        inside = marks[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        glossary = glossary or bool(_GLOSSARY.match(text, paragraph.start, paragraph.end))
        if _in_table(paragraphs, number) or (inside and _is_label(text, inside[0], paragraph)):
            continue
        mark = inside[0] if inside and not text[paragraph.start : inside[0].start].strip(_DECORATION) else None
        if mark and mark.style in _LOW:
            if low and not _goes_on(low[-1][0].mark, mark):
                found += _settled(low, found)
                low = []
            if not glossary:
                low.append((_cut(text, mark, paragraph.end), _looks_like_heading(text, mark, paragraph)))
            continue
        heading = _cut(text, mark, paragraph.end) if mark and mark.style in HIGH_STYLES else _unmarked(text, paragraph)
        if heading:
            found += _settled(low, found)
            low = []
            follower = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            if not heading.run_in and follower and _continues(text, heading, follower, marks, starts):
                heading, skip = heading._replace(end=follower.end), number + 1
            found.append(heading)
        found += _hidden(text, paragraph, inside[1:] if mark else inside, found[-1] if found else None, following)
    return sorted(found + _settled(low, found))


def _in_table(paragraphs: list[Paragraph], number: int) -> bool:
    """Whether a line stands among cells of a table that lost its frame: most lines around are a word or a figure."""
    around = paragraphs[max(0, number - 5) : number + 6]
    return len(around) > 7 and sum(each.end - each.start <= _CELL for each in around) > 0.6 * len(around)


def _is_label(text: str, mark: Mark, paragraph: Paragraph) -> bool:
    """Whether a numbered line is a row of the form for 信息公开 reports, whose table lost its frame."""
    words = "".join(text[mark.end : paragraph.end].split())
    rows = lexicon.load("disclosure_form")["applications"]["rows"]
    return any("begins" in row and words.startswith(row["begins"]) for row in rows)


def _goes_on(before: Mark | None, mark: Mark) -> bool:
    return before is not None and before.style == mark.style and before.number < mark.number


def _settled(run: list[tuple[_Heading, bool]], found: list[_Heading]) -> list[_Heading]:
    """The headings of a run of 1. 2. 3.: all of them where most look like headings, else none (then it is a list).

    A run begins at one, or goes on with the numbers of the one before.
    """
    likely = sum(looks for _, looks in run)
    if not run or likely < 0.8 * len(run):
        return []
    first = run[0][0]
    before = max((each.mark.number for each in found if each.mark and each.rank == first.rank), default=0)
    return [heading for heading, _ in run] if first.mark and first.mark.number in (1, before + 1) else []


def _looks_like_heading(text: str, mark: Mark, paragraph: Paragraph) -> bool:
    """1. and （1） head a section where they are short; “1.三大攻坚战：指…” and longer ones are items of a list."""
    if paragraph.level is not None:
        return True
    stop = text.find("。", mark.end, paragraph.end)
    if (paragraph.end if stop < 0 else stop) - mark.end > _ITEM:
        return False
    words = text[mark.end : paragraph.end if stop < 0 else stop]
    return not _EXPLAINS.search(words) and (stop >= 0 or not re.search(r"[；;，,：:]\Z", words))


def _unmarked(text: str, paragraph: Paragraph) -> _Heading | None:
    """A heading without a mark: the file says so, or the whole line is bold."""
    start, end = paragraph.start, paragraph.end
    if end - start > _LINE or "。" in text[start : end - 1]:
        return None
    if paragraph.level is not None:
        return _Heading(start, end, paragraph.level - 0.5, None, False)
    bold = _BOLD.match(text, start, end)
    if bold:
        return _Heading(start, end, len(bold["hash"]) - 0.5 if bold["hash"] else 2.5, None, False)
    return None


def _cut(text: str, mark: Mark, end: int) -> _Heading:
    """The heading that begins with `mark` in a paragraph that ends at `end`."""
    rank = float(HEADING_STYLES.index(mark.style))
    while text[end - 1] in "*# ":
        end -= 1
    stop = _STOP.search(text, mark.end, end)
    if not stop or (stop.end() >= end and end - mark.end <= _LINE):
        if end - mark.end <= _LINE:
            return _Heading(mark.start, end, rank, mark, False)
    elif stop.end() - mark.end <= _RUN_IN:
        return _Heading(mark.start, stop.end() if stop.group() in "。；！？：:" else stop.start(), rank, mark, True)
    comma = _COMMA.search(text, mark.end, min(end, mark.end + _RUN_IN))
    cut = comma.end() if comma else min(end, stop.end() if stop else end)
    return _Heading(mark.start, cut, rank, mark, cut < end)


def _continues(text: str, heading: _Heading, follower: Paragraph, marks: list[Mark], starts: list[int]) -> bool:
    """Whether a heading was broken off by a line end and goes on in the next, short line."""
    if not _BROKEN_OFF.search(text[heading.start : heading.end]) or follower.end - follower.start > _LINE:
        return False
    at = bisect_left(starts, follower.start)
    return not (at < len(marks) and marks[at].start == follower.start)


def _following(text: str, paragraphs: list[Paragraph], marks: list[Mark], starts: list[int]) -> dict[int, int]:
    """For each high mark, by its start: the number of the next of its style that opens a paragraph, 0 for none."""
    opening = set()
    for paragraph in paragraphs:
        at = bisect_left(starts, paragraph.start)
        if at < len(marks) and not text[paragraph.start : marks[at].start].strip(_DECORATION):
            opening.add(marks[at].start)
    found, last = {}, dict.fromkeys(HIGH_STYLES, 0)
    for mark in reversed(marks):
        if mark.style in HIGH_STYLES:
            found[mark.start] = last[mark.style]
            last[mark.style] = mark.number if mark.start in opening else 0
    return found


def _hidden(
    text: str, paragraph: Paragraph, inside: list[Mark], before: _Heading | None, following: dict[int, int]
) -> list[_Heading]:
    """Headings inside a paragraph: 一、 or （一） behind a full stop, in sequence.

    A text without line breaks is full of them; elsewhere one counts where the next of its style opens a paragraph
    (“主要做了以下工作：（一）…”, and （二） on a line of its own).
    """
    found: list[_Heading] = []
    last = {before.mark.style: before.mark.number} if before and before.mark else {}
    unbroken = paragraph.end - paragraph.start > _UNBROKEN
    for number, mark in enumerate(inside):
        if mark.style not in HIGH_STYLES or mark.number not in (1, last.get(mark.style, 0) + 1):
            continue
        joined = following[mark.start] == mark.number + 1
        if not joined and not (unbroken and _SENTENCE_END.search(text[max(0, mark.start - 8) : mark.start])):
            continue
        end = inside[number + 1].start if number + 1 < len(inside) else paragraph.end
        found.append(_cut(text, mark, end)._replace(run_in=True))
        lower = HEADING_STYLES[HEADING_STYLES.index(mark.style) :]
        last = {style: count for style, count in last.items() if style not in lower} | {mark.style: mark.number}
    return found


def _tree(text: str, found: list[_Heading]) -> tuple[Section, ...]:
    levels = {rank: level for level, rank in enumerate(sorted({heading.rank for heading in found}), 1)}
    stops = [len(text)] * len(found)
    parents: list[int | None] = [None] * len(found)
    open_: list[int] = []
    for number, heading in enumerate(found):
        while open_ and found[open_[-1]].rank >= heading.rank:
            stops[open_.pop()] = heading.start
        parents[number] = open_[-1] if open_ else None
        open_.append(number)
    return tuple(
        Section.cut(
            text,
            heading.start,
            heading.end,
            level=levels[heading.rank],
            marker=heading.mark.words if heading.mark else "",
            style=heading.mark.style if heading.mark else "",
            number=heading.mark.number if heading.mark else None,
            title=text[heading.mark.end if heading.mark else heading.start : heading.end].strip(_CLOSING),
            parent=parents[number],
            stop=stops[number],
            run_in=heading.run_in,
        )
        for number, heading in enumerate(found)
    )
