"""The longest runs of equal signs that texts share: every seed of every pair grown at once.

All texts stand in one row, so that a step of growing is one comparison of arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.fingerprints import SIGNS, Ints, Seeds, Shared, changes
from analyzer.compare.wording import FREE

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """Equal signs: `one[at:at + length] == other[there:there + length]`."""

    at: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class Row:
    """The signs of all texts, one behind the other, with a 0 before each and at the end, which agrees with nothing."""

    signs: NDArray[np.uint16]
    starts: Longs  # where each text begins
    counting: Ints  # how many signs before each place count: characters that are in no common fingerprint

    def counted(self, text: int, run: Run) -> int:
        """The signs of a run in `text`, its other one, that count."""
        start = int(self.starts[text]) + run.there
        return int(self.counting[start + run.length] - self.counting[start])


def row_of(texts: Sequence[NDArray[np.uint16]], shared: Shared) -> Row:
    """The row of the texts whose fingerprints are `shared`."""
    nothing = np.zeros(1, np.uint16)
    signs = np.concatenate([nothing, *(piece for text in texts for piece in (text, nothing))])
    starts = np.cumsum([1, *(len(text) + 1 for text in texts)], dtype=np.int64)
    common = np.zeros(len(signs), np.bool_)
    common[starts[shared.common_text] + shared.common_at] = True
    covered = common.copy()
    for step in range(1, SIGNS):
        covered[step:] |= common[:-step]
    counting = np.zeros(len(signs) + 1, np.int32)
    np.cumsum((signs >= FREE) & ~covered, out=counting[1:])
    return Row(signs, starts, counting)


def runs_by_pair(row: Row, seeds: Seeds, least: int) -> Iterator[tuple[int, int, list[Run]]]:
    """The runs of each pair of texts, by where they begin in the other text.

    Only of pairs whose runs have at least `least` signs that count, all together.
    """
    seeds = _of_pairs(seeds, least)
    order = np.lexsort((seeds.at_one, seeds.at_other - seeds.at_one, seeds.other, seeds.one))
    one, other, at, there = (column[order] for column in (seeds.one, seeds.other, seeds.at_one, seeds.at_other))
    left, right = row.starts[one] + at, row.starts[other] + there
    # A seed grows no farther than to the next one of the same run, which goes on from there.
    followed = ~changes(one, other, there - at)[1:]
    gap = np.append(np.where(followed, at[1:] - at[:-1], len(row.signs)), [len(row.signs)])[: len(at)]
    ahead = _agreeing(row.signs, left, right, gap, 1)
    first = np.append([True], ~followed | (ahead < gap)[:-1])[: len(at)].nonzero()[0]
    last = np.append(first[1:] - 1, [len(at) - 1])[: len(first)]
    back = _agreeing(row.signs, left[first] - 1, right[first] - 1, np.full(len(first), len(row.signs)), -1)
    begins, length = right[first] - back, right[last] - right[first] + ahead[last] + back
    counted = row.counting[begins + length] - row.counting[begins]
    yield from _paired(one[first], other[first], at[first] - back, there[first] - back, length, counted, least)


def _of_pairs(seeds: Seeds, least: int) -> Seeds:
    """The seeds of pairs of texts that have enough of them for `least` signs."""
    pair = np.cumsum(changes(seeds.one, seeds.other)) - 1
    enough = (np.bincount(pair) * SIGNS >= least)[pair]
    return Seeds(*(column[enough] for column in (seeds.one, seeds.other, seeds.at_one, seeds.at_other)))


def _agreeing(signs: NDArray[np.uint16], left: Longs, right: Longs, most: Longs, step: int) -> Longs:
    """How many signs agree from each two places on, forwards (`step` 1) or backwards (-1), `most` at the most."""
    lengths = np.zeros(len(left), np.int64)
    going, length = np.arange(len(left)), 0
    while len(going):
        sign = signs[left[going] + step * length]
        going = going[(sign == signs[right[going] + step * length]) & (sign > 0) & (length < most[going])]
        length += 1
        lengths[going] = length
    return lengths


def _paired(
    one: Ints, other: Ints, at: Longs, there: Longs, length: Longs, counted: Ints, least: int
) -> Iterator[tuple[int, int, list[Run]]]:
    order = np.lexsort((at, there, other, one))
    one, other, counted = one[order], other[order], counted[order]
    at, there, length = at[order], there[order], length[order]
    new = changes(one, other)
    bounds = np.append(new.nonzero()[0], [len(one)])
    enough = np.bincount(np.cumsum(new) - 1, counted) >= least if len(one) else np.zeros(0, np.bool_)
    for start, stop in zip(bounds[:-1][enough].tolist(), bounds[1:][enough].tolist(), strict=True):
        columns = (column[start:stop].tolist() for column in (at, there, length))
        yield int(one[start]), int(other[start]), [Run(*each) for each in zip(*columns, strict=True)]
