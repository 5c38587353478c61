"""Passages that two texts share, grown from the fingerprints that they have in common.

Seed and extend: every shared fingerprint grows to the longest run of equal signs around it; runs that follow each other
in both texts with little between them are one passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.fingerprints import SIGNS, Seeds, Shared
from analyzer.compare.wording import FREE, OTHER, Wording

_GAP = 30  # signs that may differ between two runs of one passage
_BIT = 20  # signs of a clause cut in two that are left out at the ends of a passage


@dataclass(frozen=True, slots=True)
class Run:
    """Equal signs: `one[at:at + length] == other[there:there + length]`."""

    at: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Runs of two texts, in order in both: what stands between them differs."""

    one: int  # number of the text
    other: int
    runs: tuple[Run, ...]
    characters: int  # signs in runs that count: no masks, nothing that many places share


def aligned(texts: Sequence[Wording], shared: Shared, least: int) -> Iterator[Aligned]:
    """The passages of at least `least` characters that count, pair by pair."""
    letters: dict[int, str] = {}
    counting: dict[int, NDArray[np.bool_]] = {}
    for one, other, seeds in _pairs(shared.seeds, least):
        for number in (one, other):
            if number not in letters:
                letters[number] = texts[number].signs.tobytes().decode("utf-16-le")
        if other not in counting:
            counting[other] = _counting(texts[other], other, shared)
        for joined in _passages(_runs(letters[one], letters[other], seeds)):
            runs = _whole_clauses(joined, texts[other])
            characters = sum(int(counting[other][run.there : run.there + run.length].sum()) for run in runs)
            if characters >= least:
                yield Aligned(one, other, runs, characters)


def _pairs(seeds: Seeds, least: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """The seeds of each pair of texts that has enough of them for `least` signs."""
    if not len(seeds.one):
        return
    new = (np.diff(seeds.one) != 0) | (np.diff(seeds.other) != 0)
    bounds = np.concatenate([[0], new.nonzero()[0] + 1, [len(seeds.one)]])
    enough = (np.diff(bounds) * SIGNS >= least).nonzero()[0]
    for start, stop in zip(bounds[enough].tolist(), bounds[enough + 1].tolist(), strict=True):
        places = zip(seeds.at_one[start:stop].tolist(), seeds.at_other[start:stop].tolist(), strict=True)
        yield int(seeds.one[start]), int(seeds.other[start]), list(places)


def _counting(text: Wording, number: int, shared: Shared) -> NDArray[np.bool_]:
    """Which signs of a text count: characters that are in no fingerprint that many places share."""
    counts = text.signs >= FREE
    start, stop = np.searchsorted(shared.common_text, (number, number + 1))
    for at in shared.common_at[start:stop].tolist():
        counts[at : at + SIGNS] = False
    return counts


def _runs(one: str, other: str, seeds: Iterable[tuple[int, int]]) -> list[Run]:
    """The longest runs around the seeds, by where they begin in the other text."""
    runs: list[Run] = []
    reached: dict[int, int] = {}  # by how far the texts are apart: the end of the last run in the other text
    for at, there in seeds:
        if reached.get(there - at, -1) > there:
            continue
        ahead = _agree(one, other, at, there)
        back = _agree_backwards(one, other, at, there)
        runs.append(Run(at - back, there - back, back + ahead))
        reached[there - at] = there + ahead
    return sorted(runs, key=lambda run: run.there)


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


def _agree(one: str, other: str, at: int, there: int) -> int:
    """How many signs agree from `at` and `there` on."""
    length, step = 0, 32
    while step:
        piece = one[at + length : at + length + step]
        if len(piece) == step and other.startswith(piece, there + length):
            length, step = length + step, step * 2
        else:
            step //= 2
    return length


def _agree_backwards(one: str, other: str, at: int, there: int) -> int:
    """How many signs agree right before `at` and `there`."""
    length, step = 0, 32
    while step:
        piece = one[max(0, at - length - step) : at - length]
        if len(piece) == step and other.endswith(piece, 0, there - length):
            length, step = length + step, step * 2
        else:
            step //= 2
    return length
