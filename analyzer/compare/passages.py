"""Passages that two texts share: runs of equal signs that follow each other in both with little between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from analyzer.compare.runs import Run
from analyzer.compare.wording import OTHER, Wording

_GAP = 30  # signs that may differ between two runs of one passage
_BIT = 20  # signs of a clause cut in two that are left out at the ends of a passage


def aligned(
    runs: Iterable[Run], counted: Callable[[Run], int], other: Callable[[], Wording], least: int
) -> Iterator[tuple[tuple[Run, ...], int]]:
    """The passages of at least `least` characters that count in the runs of two texts, and how many do in each.

    `runs` are sorted by where they begin in the other text, whose wording `other` gives; `counted` says how many signs
    of a run count. A passage is runs in order in both texts: what stands between them differs.
    """
    for joined in _passages(runs):
        if sum(map(counted, joined)) < least:
            continue
        whole = _whole_clauses(joined, other())
        characters = sum(map(counted, whole))
        if characters >= least:
            yield whole, characters


def promising(runs: Iterable[Run], counted: Callable[[Run], int], least: int) -> bool:
    """Whether the runs of two texts may make a passage, before their ends are looked at."""
    return any(sum(map(counted, joined)) >= least - _BIT for joined in _passages(runs))


def _passages(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """Runs that follow each other in both texts, together."""
    growing: list[list[Run]] = []
    for run in runs:
        for passage in [each for each in growing if _between(each[-1], run)[1] > _GAP]:
            growing.remove(passage)
            yield tuple(passage)
        following = [each for each in growing if each[-1].at < run.at and max(_between(each[-1], run)) <= _GAP]
        if not following:
            growing.append([run])
            continue
        nearest = min(following, key=lambda passage: max(_between(passage[-1], run)))
        overlap = max(0, -min(_between(nearest[-1], run)))  # never the whole run: its seeds are first in both texts
        nearest.append(Run(run.at + overlap, run.there + overlap, run.length - overlap))
    yield from map(tuple, growing)


def _whole_clauses(runs: tuple[Run, ...], other: Wording) -> tuple[Run, ...]:
    """The runs without headings and bits of clauses at either end, where these are short."""
    first = runs[0]
    start, stop = first.there, first.there + min(_BIT, first.length)
    borders = (other.begins[start:stop] & (other.signs[start:stop] != OTHER)).nonzero()[0]
    cut = int(borders[0]) if len(borders) else 0
    runs = (Run(first.at + cut, first.there + cut, first.length - cut), *runs[1:])
    last = runs[-1]
    stop = last.there + last.length
    start = stop - min(_BIT, last.length)
    borders = (other.begins[start + 1 : stop + 1] & (other.signs[start:stop] != OTHER)).nonzero()[0]
    length = start + 1 + int(borders[-1]) - last.there if len(borders) else last.length
    return (*runs[:-1], Run(last.at, last.there, length))


def _between(run: Run, later: Run) -> tuple[int, int]:
    """The signs between two runs in both texts; negative where the runs overlap."""
    return later.at - run.at - run.length, later.there - run.there - run.length
