"""How much of one statement stands in another: shared words, each weighed by how rare it is in the reports compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.statements import Bag, Statement

Floats = NDArray[np.float64]
Weights = Mapping[str, float]


class Likeness(NamedTuple):
    """Of each statement (rows) in each of other statements (columns)."""

    weight: Floats  # of the words shared
    cover: Floats  # the share of the weight of all words of the one: 1 where all stand in the other
    back: Floats  # the same the other way round
    rank: Floats  # to choose between the others that cover as much
    rarest: Floats  # weight of the rarest word of the one, 0 where it does not stand in the other


def weights_of(bags: Collection[Bag]) -> Weights:
    """The weight of each word: its inverse document frequency (Spärck Jones 1972), 1 for a word of one bag alone."""
    spread = Counter(word for bag in bags for word in bag)
    most = math.log(1 + len(bags))
    return {word: math.log(1 + len(bags) / count) / most for word, count in spread.items()}


def likeness(ones: Sequence[Statement], others: Sequence[Statement], weights: Weights) -> Likeness:
    """Of two that cover as much, that ranks first which counts in the same unit, then that which says least else."""
    bags, theirs = [one.bag for one in ones], [other.bag for other in others]
    weight = shared(bags, theirs, weights)
    cover = weight / np.maximum(total(bags, weights), 1e-9)[:, None]
    units = shared([one.units for one in ones], [other.units for other in others], {})
    back = weight / np.maximum(total(theirs, weights), 1e-9)
    rank = cover + 0.1 * np.minimum(1, units) + 0.05 * back
    rarest = [frozenset(sorted(bag, key=lambda word: (-weights.get(word, 1), word))[:1]) for bag in bags]
    return Likeness(weight, cover, back, rank, shared(rarest, theirs, weights))


def total(bags: Iterable[Bag], weights: Weights) -> Floats:
    """The weight of all words of each bag; a word that `weights` does not know counts 1."""
    return np.array([math.fsum(weights.get(word, 1) for word in bag) for bag in bags])


def shared(bags: Sequence[Bag], others: Sequence[Bag], weights: Weights) -> Floats:
    """The weight of the words that each of `bags` (rows) shares with each of `others` (columns)."""
    holders: dict[str, list[int]] = {}
    for number, bag in enumerate(others):
        for word in bag:
            holders.setdefault(word, []).append(number)
    columns = {word: np.array(numbers) for word, numbers in holders.items()}
    found = np.zeros((len(bags), len(others)))
    for row, bag in zip(found, bags, strict=True):
        for word in sorted(bag & columns.keys()):  # sorted: sums of floats depend on their order
            row[columns[word]] += weights.get(word, 1)
    return found
