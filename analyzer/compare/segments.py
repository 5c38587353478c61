"""Two texts side by side: what agrees, which numbers and names were exchanged, what stands in one of them only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np

from analyzer.compare.runs import Run
from analyzer.compare.wording import KINDS, NAME, NUMBER, OTHER, PHRASE, TITLE, Wording
from analyzer.records import Span

if TYPE_CHECKING:
    from analyzer.compare.reuse import Passage

_EXCHANGED = {NUMBER: "number", NAME: "name", TITLE: "title", PHRASE: "words", OTHER: "words", ord(KINDS[0]): "name"}
_OPENING, _CLOSING = "（(“《", "。！？；”）)"
_SHORTEST = 3  # signs that agree inside a difference


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text a beside the piece of text b that answers it.

    `kind`: same (but for punctuation); number, name, title (one in place of the other); words (other words); or,
    outside of passages, only (in one of the texts; the other side is empty).
    """

    kind: str
    in_a: Span
    in_b: Span


def side_by_side(text_a: str, text_b: str, passages: Iterable[Passage]) -> list[Segment]:
    """All of two texts in order: the segments of their `passages`, and what stands between these in one text only.

    Passages that overlap, or stand in another order in the two texts, cannot all be shown: the longer ones are.
    """
    chosen: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: -passage.characters):
        if all(_in_order(passage, other) for other in chosen):
            chosen.append(passage)
    found: list[Segment] = []
    at_a = at_b = 0
    for passage in sorted(chosen, key=lambda passage: passage.in_b.start):
        found += _alone(Span(at_a, passage.in_a.start), Span(at_b, passage.in_b.start))
        found += passage.segments
        at_a, at_b = passage.in_a.end, passage.in_b.end
    return [*found, *_alone(Span(at_a, len(text_a)), Span(at_b, len(text_b)))]


def segments(text_a: str, text_b: str, a: Wording, b: Wording, runs: Sequence[Run]) -> tuple[Segment, ...]:
    """A passage in pieces, without gaps on either side; `runs` are of signs of `a` and `b`."""
    runs = list(_with_those_between(a, b, runs))
    first, last = runs[0], runs[-1]
    at_a, at_b = int(a.starts[first.at]), int(b.starts[first.there])
    if at_a and at_b and text_a[at_a - 1] == text_b[at_b - 1] in _OPENING:
        at_a, at_b = at_a - 1, at_b - 1
    end_a, end_b = int(a.ends[last.at + last.length - 1]), int(b.ends[last.there + last.length - 1])
    if end_a < len(text_a) and text_a[end_a] in _CLOSING and text_b.startswith(text_a[end_a], end_b):
        end_a, end_b = end_a + 1, end_b + 1
    found: list[Segment] = []
    for each in _differences(text_a, text_b, a, b, runs):
        if each.in_a.start > at_a or each.in_b.start > at_b:
            found.append(Segment("same", Span(at_a, each.in_a.start), Span(at_b, each.in_b.start)))
        found.append(each)
        at_a, at_b = each.in_a.end, each.in_b.end
    if end_a > at_a or end_b > at_b:
        found.append(Segment("same", Span(at_a, end_a), Span(at_b, end_b)))
    return tuple(found)


def _differences(text_a: str, text_b: str, a: Wording, b: Wording, runs: Sequence[Run]) -> Iterator[Segment]:
    last: Run | None = None
    for run in runs:
        if last:
            in_a = _signs(a, last.at + last.length, run.at)
            in_b = _signs(b, last.there + last.length, run.there)
            if text_a[in_a.start : in_a.end] != text_b[in_b.start : in_b.end]:  # not a's own name, left in by b
                yield Segment("words", in_a, in_b)
        pieces = a.signs[run.at : run.at + run.length]
        for number in np.isin(pieces, list(_EXCHANGED)).nonzero()[0].tolist():
            in_a = _signs(a, run.at + number, run.at + number + 1)
            in_b = _signs(b, run.there + number, run.there + number + 1)
            if text_a[in_a.start : in_a.end] != text_b[in_b.start : in_b.end]:
                yield Segment(_EXCHANGED[int(pieces[number])], in_a, in_b)
        last = run


def _signs(text: Wording, start: int, stop: int) -> Span:
    """Where signs stand in the text; an empty span behind the sign before, where there are none."""
    if start == stop:
        return Span(int(text.ends[start - 1]), int(text.ends[start - 1]))
    return Span(int(text.starts[start]), int(text.ends[stop - 1]))


def _with_those_between(a: Wording, b: Wording, runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, and shorter ones in what differs between them."""
    last = runs[0]
    for run in runs:
        at, there = last.at + last.length, last.there + last.length
        one, other = a.signs[at : run.at].tolist(), b.signs[there : run.there].tolist()
        for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if one and other else ():
            if block.size >= _SHORTEST:
                yield Run(at + block.a, there + block.b, block.size)
        yield run
        last = run


def _alone(in_a: Span, in_b: Span) -> Iterator[Segment]:
    """What stands in one of the texts only."""
    if in_a.start < in_a.end:
        yield Segment("only", in_a, Span(in_b.start, in_b.start))
    if in_b.start < in_b.end:
        yield Segment("only", Span(in_a.end, in_a.end), in_b)


def _in_order(one: Passage, other: Passage) -> bool:
    """Whether one passage stands wholly before the other, in both texts alike."""
    return (one.in_a.end <= other.in_a.start and one.in_b.end <= other.in_b.start) or (
        other.in_a.end <= one.in_a.start and other.in_b.end <= one.in_b.start
    )
