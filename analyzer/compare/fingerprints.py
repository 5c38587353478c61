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
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprinted:
    """All of a text that tells what it shares with others."""

    signs: NDArray[np.uint16]
    at: Ints  # where its fingerprints begin in its signs
    hashes: Hashes  # the fingerprints


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
    common_text: Ints  # number of the text
    common_at: Ints  # where in its signs
    common: Hashes  # the fingerprints, ascending


def fingerprinted(signs: NDArray[np.uint16]) -> Fingerprinted:
    """A text with its fingerprints."""
    if len(signs) < SIGNS + WINDOW:
        return Fingerprinted(signs, np.zeros(0, np.int32), np.zeros(0, np.uint64))
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
    return Fingerprinted(signs, kept, hashes[kept])


def shared(texts: Sequence[Fingerprinted], places: Ints, before: Ints, most_places: int) -> Shared:
    """The fingerprints that pairs of `texts` share.

    `places` numbers the place of each text, `before` is the number of the text that a place wrote the last time, -1 for
    none. Texts of two places are compared, and each with the one before. What stands in more than `most_places` places
    (or in very many texts of few) is common.
    """
    hashes, group, text, at = _in_several(*_columns(texts))
    first = changes(group, text)  # of each text that has the fingerprint
    texts_of = np.bincount(group[first])
    many = (texts_of > _MANY) | (_places_of(group[first], places[text[first]], texts_of > most_places) > most_places)
    common = many[group]
    chosen = first & ~common
    seeds = _seeds(group[chosen], text[chosen], at[chosen], places, before)
    return Shared(seeds, text[common], at[common], hashes[many])


def shared_again(texts: Sequence[Fingerprinted], places: Ints, before: Ints, common: Hashes) -> Shared:
    """The same of some texts alone, where all that is `common` is known: fingerprints, ascending."""
    hashes, text, at = _columns(texts)
    own = ~_among(hashes, common)
    _, group, own_text, own_at = _in_several(hashes[own], text[own], at[own])
    first = changes(group, own_text)
    seeds = _seeds(group[first], own_text[first], own_at[first], places, before)
    return Shared(seeds, text[~own], at[~own], common)


def changes(*columns: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Where any of the columns, which are sorted together, has another value than before; the first place always."""
    changed = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.append([True], changed)[: len(columns[0])]


def _columns(texts: Sequence[Fingerprinted]) -> tuple[Hashes, Ints, Ints]:
    """The fingerprints of all texts, the number of the text and where in its signs of each."""
    text = np.repeat(np.arange(len(texts), dtype=np.int32), [len(each.at) for each in texts])
    at = np.concatenate([each.at for each in texts] or [np.zeros(0, np.int32)])
    return np.concatenate([each.hashes for each in texts] or [np.zeros(0, np.uint64)]), text, at


def _in_several(hashes: Hashes, text: Ints, at: Ints) -> tuple[Hashes, Ints, Ints, Ints]:
    """The fingerprints that occur again, ascending; all their places: number among these, text, where in its signs.

    The places are sorted by these three.
    """
    hashes, order = _in_order(hashes)
    again = np.concatenate([[False], hashes[1:] == hashes[:-1]])[: len(hashes)]
    several = again | np.concatenate([again[1:], [False]])[: len(hashes)]
    first, place = ~again[several], order[several]
    return hashes[several][first], np.cumsum(first, dtype=np.int32) - 1, text[place], at[place]


def _in_order(hashes: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes, ascending, and where each was; equal ones as they came."""
    place = np.uint64((1 << len(hashes).bit_length()) - 1)
    both = hashes & ~place | np.arange(len(hashes), dtype=np.uint64)  # sorts several times as fast as the two
    both.sort()
    order = (both & place).astype(np.int64)
    found = hashes[order]
    both &= ~place
    if not np.array_equal(both[1:] == both[:-1], found[1:] == found[:-1]):  # some differ only where they were cut
        order = np.argsort(hashes, kind="stable")
        return hashes[order], order
    return found, order


def _among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are `known`, which ascend."""
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return known[at] == hashes if len(known) else np.zeros(len(hashes), np.bool_)


def _joined(hashes: NDArray[np.uint64], length: int, tail: NDArray[np.uint64] | None = None) -> NDArray[np.uint64]:
    """The hashes of `length` signs each, with those (of `tail`) that follow on them."""
    following = (hashes if tail is None else tail)[length:]
    return hashes[: len(following)] * _power(length) + following


def _power(length: int) -> np.uint64:
    return np.uint64(pow(int(_BASE), length, 1 << 64))


def _places_of(group: Ints, place: Ints, asked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """In how many places each group stands, by its number; 0 for those not `asked` for."""
    of_interest = asked[group]
    both = group[of_interest].astype(np.int64) << np.int64(32) | place[of_interest]
    both.sort()
    return np.bincount(both[changes(both)] >> np.int64(32), minlength=len(asked))


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
