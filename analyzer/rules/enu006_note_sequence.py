"""ENU006: numbered notes whose marks repeat, skip, or have no note, and notes that no mark calls."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.records import Analysis, Check, Part, Quote, Related, Report
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_BRACKETED = re.compile(r"[\[［]\^?(\d{1,3})[\]］]")
_BRACED = re.compile(r"〔(\d{1,2})〕")  # 〔2023〕15号 is a document's year
_ROUND = re.compile(r"[（(](\d{1,2})[）)]")  # notes and list items alike
_CIRCLED = re.compile("[①-⑳]")
_NOTES_HEADING = re.compile(r"名词解释|注\s*释|名词、术语")
_NOTE_START = re.compile(
    r"[\[［〔]\^?(\d{1,3})[\]］〕]|[（(](\d{1,2})[）)]|([①-⑳])|(\d{1,3})[.．、](?!\d)|(\d{1,3})[.．](?=\d{4} ?年)"
)
_TERM = re.compile(r"[^，。；：、！？\s”》]{1,4}[”》]?$")
_FEW = 3  # a gap of more numbers than this is a cut in the text or no note mark at all


@dataclass(frozen=True, slots=True)
class _Mark(Quote):
    number: int


@rule("ENU006", "note-sequence", "warning")
def note_sequence(analysis: Analysis) -> Iterator[Check]:
    """注释序号不连续或与注释对不上 / Note marks that repeat, skip, or do not match the notes

    查什么：正文的注释号（［4］、[^54]、〔1〕、“……”（6）、①）是否连续、有无重号；
        文末有“名词解释”“注释”时，注释号与注释条目是否一一对应。
    为什么：漏号、重号说明删改正文时没有同步改注释，读者会查错条目。
    依据：政府工作报告附“名词解释”“注释”的通行做法：号码连续，一号一条。
    不报：同一名词第二次标同一号；发文字号〔2023〕15号；正文里（1）①式的列项；
        有注释号而文末没有注释（可能是节选）时只查号序；正文没有标号的名词解释。

    Checks: whether note marks ([4], [^54], 〔1〕, (6) or ① after a quoted term) run on without gap or repetition, and,
        where the text ends in notes, whether marks and notes answer each other.
    Why: a gap or repetition shows that text was cut without its notes: the reader looks up the wrong one.
    Source: usage of glossaries and notes in government work reports: running numbers, one note each.
    Not flagged: the same mark for the same term again; document numbers 〔2023〕15号; list items (1) ①;
        missing notes where the text has none at all (an excerpt); glossaries whose terms carry no mark.
    """
    report = analysis.report
    marks, certain = _marks(report)
    if not marks:
        return
    marks, notes = _split(report, marks)
    if len(marks) < 2:
        yield NOT_ASSESSABLE
        return
    faults = list(_sequence(report.text, marks, certain))
    if sum(fault.quote is not None for fault in faults) * 3 > len(marks):
        yield NOT_ASSESSABLE  # numbers in brackets, but no running notes
        return
    called = {mark.number for mark in marks}
    explained = {note.number for note in notes}
    if not notes or len(called & explained) * 2 < max(len(called), len(explained)):
        yield from faults
        yield NOT_ASSESSABLE  # no notes, or not those of these marks
        return
    # A number missing among the marks but present among the notes is reported once, at the note.
    yield from (fault for fault in faults if not explained & set(fault.computed.get("missing", ())))
    yield from _answers(marks, notes, called, explained)
    yield from _repeated(notes)


def _marks(report: Report) -> tuple[list[_Mark], bool]:
    """The marks of the text's own style in text order, and whether that style is used for notes alone."""
    text = report.text
    for pattern in (_BRACKETED, _BRACED):
        found = [_Mark.cut(text, *match.span(), number=int(match[1])) for match in pattern.finditer(text)]
        if len(found) > 1 or (found and pattern is _BRACKETED):
            return found, True
    for pattern in (_ROUND, _CIRCLED):
        found, last, quoted = [], 0, 0
        for match in pattern.finditer(text):
            number = int(match[1]) if pattern is _ROUND else ord(match[0]) - ord("①") + 1
            before = text[max(0, match.start() - 3) : match.start()].rstrip(" 　")[-1:]
            if before and before in "”》":
                quoted += 1
            elif number != last + 1 or not "\u4e00" <= before <= "\u9fff":
                continue
            found.append(_Mark.cut(text, *match.span(), number=number))
            last = number
        if quoted > 1 and found[0].number == 1:
            return found, False
    return [], False


def _split(report: Report, marks: list[_Mark]) -> tuple[list[_Mark], list[_Mark]]:
    """The marks in the text, and the marks that open the notes at its end."""
    text, paragraphs = report.text, report.paragraphs
    starts = [paragraph.start for paragraph in paragraphs]
    first = None
    for match in _NOTES_HEADING.finditer(text):
        number = bisect_right(starts, match.start()) - 1
        if paragraphs[number].end - paragraphs[number].start <= 25:
            first = number + 1
    if first is None:
        first = next((number for number, each in enumerate(paragraphs) if each.part is Part.NOTE), None)
    if first is not None and first < len(paragraphs):
        notes: list[_Mark] = []
        for paragraph in paragraphs[first:]:
            opening = _NOTE_START.match(text, paragraph.start)
            if not opening:
                continue
            number = int(next(filter(None, opening.groups()))) if not opening[3] else ord(opening[3]) - ord("①") + 1
            # 1. inside a note's own text starts a list of its own
            if opening[1] or opening[2] or opening[3] or 0 < number - (notes[-1].number if notes else 0) <= _FEW:
                notes.append(_Mark.cut(text, *opening.span(), number=number))
        return [mark for mark in marks if mark.end <= starts[first]], notes
    # No heading: the notes begin where the numbers start again at 1.
    again = [index for index, mark in enumerate(marks) if index > 1 and mark.number == 1 < marks[index - 1].number]
    if again and len(marks) - again[-1] > 1 and marks[again[-1]].start in set(starts):
        return marks[: again[-1]], marks[again[-1] :]
    return marks, []


def _sequence(text: str, marks: list[_Mark], certain: bool) -> Iterator[Check]:
    """Each mark against the one before it. The first may be any number: the text may be an excerpt."""
    terms = {marks[0].number: _term(text, marks[0])}
    high = marks[0]
    for mark in marks[1:]:
        term = _term(text, mark)
        if mark.number == high.number + 1:
            yield CONSISTENT
        elif terms.get(mark.number) == term:
            yield CONSISTENT  # the same term again
            continue
        elif not certain and mark.number <= high.number:
            yield DOUBTFUL  # may be an item of a list
            continue
        elif mark.number in terms:
            yield _fault(mark, high, f"注释号“{mark.quote}”重复", f"Note mark {mark.quote} is used twice")
            continue
        elif mark.number < high.number:
            yield _fault(
                mark, high, f"注释号“{mark.quote}”排在了“{high.quote}”之后", f"{mark.quote} after {high.quote}"
            )
            terms[mark.number] = term
            continue
        elif mark.number - high.number - 1 <= _FEW:
            missing = list(range(high.number + 1, mark.number))
            listed = "、".join(map(str, missing))
            zh, en = (
                f"注释号从“{high.quote}”跳到“{mark.quote}”，缺{listed}",
                f"{high.quote} to {mark.quote}: {listed} missing",
            )
            yield _fault(mark, high, zh, en, missing=missing)
        else:
            yield DOUBTFUL
        terms[mark.number] = term
        high = mark


def _term(text: str, mark: _Mark) -> str:
    found = _TERM.search(text, max(0, mark.start - 6), mark.start)
    return found.group().strip("“”《》") if found else ""


def _fault(mark: _Mark, before: _Mark, zh: str, en: str, missing: list[int] | None = None) -> Check:
    return inconsistent(
        Quote.of(mark),
        f"{zh}。请核对正文标号，并与注释条目对应。",
        f"{en}: check the marks against the notes.",
        [Related.of(before, role="previous")],
        missing=missing or [],
    )


def _answers(marks: list[_Mark], notes: list[_Mark], called: set[int], explained: set[int]) -> Iterator[Check]:
    for mark in {mark.number: mark for mark in reversed(marks)}.values():
        if mark.number in explained:
            yield CONSISTENT
        else:
            yield inconsistent(
                Quote.of(mark),
                f"正文有注释号“{mark.quote}”，文末注释里没有第{mark.number}条。请补上注释或删去标号。",
                f"Mark {mark.quote} has no note {mark.number}: add the note or delete the mark.",
                [Related.of(notes[-1], role="last note")],
            )
    beyond = [note for note in notes if note.number > max(called)]
    if len(beyond) > 1:
        yield NOT_ASSESSABLE  # the marks stop before the notes do: lost in conversion (⑪), or the text was cut
    for note in notes:
        if note.number not in called and (note not in beyond or len(beyond) == 1):
            yield inconsistent(
                Quote.of(note),
                f"文末有第{note.number}条注释，正文没有对应的注释号。请在正文补标，或删去这条注释。",
                f"Note {note.number} is called by no mark in the text: mark the term or delete the note.",
            )


def _repeated(notes: list[_Mark]) -> Iterator[Check]:
    seen: dict[int, _Mark] = {}
    for note in notes:
        if note.number in seen:
            yield _fault(
                note, seen[note.number], f"文末有两条第{note.number}号注释", f"Two notes carry number {note.number}"
            )
        seen.setdefault(note.number, note)
