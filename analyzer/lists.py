"""Groups the serial marks of a text into lists: 一是…二是…三是…, over several paragraphs, one inside another."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.markers import HEADING_STYLES, HIGH_STYLES, Mark
from analyzer.records import Item, Outline, Paragraph, Part, Report

# Styles whose first mark alone is already a list that something is missing from. A lone ① or 1. is nothing.
_TELLING = frozenset({"一是", "一要", "第一", "首先", "其一"})
_SENTENCE = re.compile(r"[。！？\n]|\\r\\n|\\n")
_WORD = re.compile(r"[^\s。；！？：，、;:,!?…—\-*#>（(]\Z")
_CLOSE = 60  # glued marks of one list are no farther apart
# More than any report has; without them a text of thousands of 一是 would take time that grows with its square.
_NESTED = 50  # lists inside each other
_LONGEST = 5000  # characters of a last item, where nothing but the paragraph ends it


@dataclass(slots=True)
class _List:
    """A list while it is being read."""

    style: str
    section: int  # the innermost heading above it, -1 for none
    marks: list[Mark] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)  # of each mark
    opens: list[bool] = field(default_factory=list)  # whether the mark opens its paragraph

    def add(self, mark: Mark, paragraph: int, opens: bool) -> None:
        self.marks.append(mark)
        self.paragraphs.append(paragraph)
        self.opens.append(opens)


def marked_lists(report: Report, outline: Outline, marks: list[Mark]) -> list[tuple[str, tuple[Item, ...]]]:
    """The lists that serial marks make inside a text, each as (style, items), in the order of their first marks.

    A mark continues the innermost open list of its style that it can follow; a first mark opens a list. Lists end where
    the section ends. What is a heading already is not a list item here.
    """
    headings = {section.start for section in outline.sections}
    section_starts = [section.start for section in outline.sections]
    starts = [paragraph.start for paragraph in report.paragraphs]
    open_: list[_List] = []
    done: list[_List] = []
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if mark.start in headings or at < 0 or mark.start >= report.paragraphs[at].end:
            continue
        if _glued(report.text, mark) and not _follows_closely(open_, mark, at):
            continue
        opens = not report.text[starts[at] : mark.start].strip('#*>“" 　\t—•●◆■-')
        if report.paragraphs[at].part is Part.TABLE and mark.style in HEADING_STYLES:
            continue
        if opens and mark.style in HIGH_STYLES:  # opens a line like a heading and is none: the row of a table
            continue
        section = bisect_right(section_starts, mark.start) - 1
        open_ = [each for each in open_ if each.section == section]
        target = _continued(open_, mark, at, opens)
        if target is None:
            target = _List(mark.style, section)
            done.append(target)
            open_ = [*open_[1 - _NESTED :], target]
        else:
            del open_[open_.index(target) + 1 :]
        target.add(mark, at, opens)
    return [(each.style, _items(report, each)) for each in done if len(each.marks) > 1 or each.style in _TELLING]


def _glued(text: str, mark: Mark) -> bool:
    """Whether ① or （1） stands right behind a word: mostly the mark of a note (“千吨万人”①)."""
    return mark.style in ("①", "（1）") and bool(_WORD.search(text[max(0, mark.start - 1) : mark.start]))


def _follows_closely(open_: list[_List], mark: Mark, paragraph: int) -> bool:
    """Whether a glued mark goes on with a list all the same: ①甲路扩建②乙路亮化③丙桥加固."""
    last = next((each for each in reversed(open_) if each.style == mark.style), None)
    if not last or last.paragraphs[-1] != paragraph or last.marks[-1].number != mark.number - 1:
        return False
    return mark.start - last.marks[-1].end <= _CLOSE


def _continued(open_: list[_List], mark: Mark, paragraph: int, opens: bool) -> _List | None:
    """The open list that a mark goes on with: the innermost of its style and place that it can follow."""
    same = [each for each in reversed(open_) if each.style == mark.style]
    if mark.number == 1:
        return None
    if mark.number == 0:  # 最后，: after 其次 or 再次 in the same paragraph
        return next((each for each in same if len(each.marks) > 1 and each.paragraphs[-1] == paragraph), None)
    alike = [each for each in same if each.opens[-1] == opens or (each.paragraphs[-1] == paragraph and not opens)]
    for each in alike:
        if each.marks[-1].number == mark.number - 1 and _near(each, mark, paragraph):
            return each
    # A number out of order still belongs to the list it stands in, where it stands close enough.
    for each in same[:1]:
        if each.marks[-1].number == mark.number - 1 and _near(each, mark, paragraph):
            return each
        if each.paragraphs[-1] == paragraph or (opens and each.opens[-1]):
            return each
    return None


def _near(each: _List, mark: Mark, paragraph: int) -> bool:
    """一是 goes on through its section, as do marks that open paragraphs; ① and 1. inside a paragraph stay there."""
    return each.style in _TELLING or each.opens[-1] or paragraph == each.paragraphs[-1]


def _items(report: Report, each: _List) -> tuple[Item, ...]:
    """The items of a list: each reaches to the next mark, the last to the end of what the others are like."""
    text, marks = report.text, each.marks
    ends = [_trimmed(text, mark.start, following.start) for mark, following in pairwise(marks)]
    ends.append(_last_end(text, each, ends, report.paragraphs))
    return tuple(
        Item.cut(text, mark.start, end, marker=mark.words, number=mark.number or number)
        for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1)
    )


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*#“"):
        end -= 1
    return end


def _last_end(text: str, each: _List, ends: list[int], paragraphs: tuple[Paragraph, ...]) -> int:
    """Where the last item ends: at its first stop where every other item is one sentence, else with its paragraph."""
    last = each.marks[-1].start
    limit = min(paragraphs[each.paragraphs[-1]].end, last + _LONGEST)
    single = ends and all(
        _SENTENCE.search(text, mark.start, max(mark.start, end - 1)) is None
        for mark, end in zip(each.marks, ends, strict=False)
    )
    stop = _SENTENCE.search(text, last, limit) if single else None
    return stop.end() if stop else limit


def heading_runs(outline: Outline) -> list[tuple[int, ...]]:
    """The numbered headings of one parent and style, as indexes of sections; a number one begins another run."""
    runs: dict[tuple[int | None, str], list[list[int]]] = {}
    order: list[list[int]] = []
    for index, section in enumerate(outline.sections):
        if section.number is None:
            continue
        siblings = runs.setdefault((section.parent, section.style), [])
        if not siblings or section.number == 1:
            siblings.append([])
            order.append(siblings[-1])
        siblings[-1].append(index)
    return [tuple(run) for run in order]


def is_list(outline: Outline, run: tuple[int, ...]) -> bool:
    """Whether a run of headings is a list. A single heading is one only at the highest numbered level and with headings
    under it: there a lone 一、 says that others are missing."""
    if len(run) > 1:
        return True
    top = min(section.level for section in outline.sections if section.number is not None)
    return outline.sections[run[0]].level == top and any(section.parent == run[0] for section in outline.sections)
