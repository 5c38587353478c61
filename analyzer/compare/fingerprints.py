"""Which texts share wording, and where: fingerprints of 12 signs, thinned out by winnowing.

Of every 8 fingerprints in a row at least the smallest is kept, so two texts that agree in 19 signs or more always keep
one of the same words. Source: S. Schleimer, D. Wilkerson, A. Aiken, Winnowing: local algorithms for document
fingerprinting, SIGMOD 2003. All texts are compared at once, by sorting, without looking at pairs that share nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNS = 12  # of a fingerprint
WINDOW = 8  # fingerprints of which the smallest is kept
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_MANY = 64  # texts with the same words: too many for the pairs to be looked at, whatever their places

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Seeds:
    """Fingerprints that two texts share: `one < other` are numbers of texts, the rest is where in their signs."""

    one: Ints
    other: Ints
    at_one: Ints
    at_other: Ints


@dataclass(frozen=True, slots=True)
class Shared:
    """Seeds of the pairs that may be compared, and what too many places share to be anybody's."""

    seeds: Seeds
    common_text: Ints  # number of the text, ascending
    common_at: Ints  # where in its signs


def fingerprints(signs: NDArray[np.uint16]) -> tuple[Ints, NDArray[np.uint64]]:
    """Where the kept fingerprints of a text begin in its signs, and the fingerprints."""
    if len(signs) < SIGNS + WINDOW:
        return np.zeros(0, np.int32), np.zeros(0, np.uint64)
    two = _joined(signs.astype(np.uint64) * _MIX, 1)
    four = _joined(two, 2)
    hashes = _joined(_joined(four, 4), 8, four)
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    least = hashes
    for step in (1, 2, 4):
        least = np.minimum(least[:-step], least[step:])
    # A fingerprint is kept where the least of any window that it stands in is as great as itself.
    greatest = np.concatenate([np.zeros(WINDOW - 1, np.uint64), least, np.zeros(WINDOW - 1, np.uint64)])
    for step in (1, 2, 4):
        greatest = np.maximum(greatest[:-step], greatest[step:])
    kept = (greatest == hashes).nonzero()[0].astype(np.int32)
    return kept, hashes[kept]


def shared(texts: Sequence[NDArray[np.uint16]], places: Ints, before: Ints, most_places: int) -> Shared:
    """The fingerprints that pairs of `texts` (signs) share.

    `places` numbers the place of each text (-1: unknown, never compared), `before` is the number of the text that a
    place wrote the last time, -1 for none. Texts of two places are compared, and each with the one before. What stands
    in more than `most_places` places (or in very many texts of few) is common.
    """
    found = [fingerprints(signs) for signs in texts]
    text = np.repeat(np.arange(len(texts), dtype=np.int32), [len(at) for at, _ in found])
    at = np.concatenate([at for at, _ in found] or [np.zeros(0, np.int32)])
    hashes = np.concatenate([each for _, each in found] or [np.zeros(0, np.uint64)])
    del found
    order = np.argsort(hashes, kind="stable")  # within a fingerprint by text and place in it, as they came
    hashes, text, at = hashes[order], text[order], at[order]
    again = np.concatenate([[False], hashes[1:] == hashes[:-1]])
    several = (again | np.concatenate([again[1:], [False]])) & (places[text] >= 0)
    group, text, at = np.cumsum(~again).astype(np.int32)[several], text[several], at[several]
    first = np.concatenate([[True], (np.diff(group) != 0) | (np.diff(text) != 0)])[: len(text)]  # of each text
    many = (_distinct(group, places[text]) > most_places) | (_distinct(group, text) > _MANY)
    common = many[group]
    by_text = np.argsort(text[common], kind="stable")
    chosen = first & ~common
    seeds = _seeds(group[chosen], text[chosen], at[chosen], places, before)
    return Shared(seeds, text[common][by_text], at[common][by_text])


def _joined(hashes: NDArray[np.uint64], length: int, tail: NDArray[np.uint64] | None = None) -> NDArray[np.uint64]:
    """The hashes of `length` signs each, with those (of `tail`) that follow on them."""
    following = (hashes if tail is None else tail)[length:]
    return hashes[: len(following)] * _power(length) + following


def _power(length: int) -> np.uint64:
    return np.uint64(pow(int(_BASE), length, 1 << 64))


def _distinct(group: Ints, value: Ints) -> NDArray[np.int64]:
    """How many different values each group has, by its number."""
    order = np.lexsort((value, group))
    group, value = group[order], value[order]
    new = np.concatenate([[True], (np.diff(group) != 0) | (np.diff(value) != 0)])[: len(group)]
    return np.bincount(group[new])


def _seeds(group: Ints, text: Ints, at: Ints, places: Ints, before: Ints) -> Seeds:
    found = []
    for step in range(1, int(np.bincount(group).max(initial=1))):
        left = (group[step:] == group[:-step]).nonzero()[0]
        one, other = text[left], text[left + step]
        chosen = left[(places[one] != places[other]) | (before[other] == one) | (before[one] == other)]
        found.append((text[chosen], text[chosen + step], at[chosen], at[chosen + step]))
    columns = [np.concatenate(column) for column in zip(*found, strict=True)] or [np.zeros(0, np.int32)] * 4
    order = np.lexsort((columns[3], columns[1], columns[0]))
    return Seeds(*(column[order] for column in columns))
