"""Stated shortcomings by their points: 财政收支矛盾突出 is one of five in one sentence, and one of three a year later.

Two shortcomings that have a point in common are seldom alike as wholes; the point itself is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from analyzer.compare.likeness import Weights, likeness, shared, weights_of
from analyzer.compare.statements import Statement, bags_of
from analyzer.lexicon import load

# Chosen by reading matches of real places, so that a wrong one is rarer than a missing one.
_EQUAL = 0.8  # cosine of two points, from which they are one where they share
_STATED = 0.55  # this weight of words; or
_NEAR = 0.65  # cosine, where they share
_TELLING = 1.2  # this weight

_POINT = re.compile(r"[^，。；：！？\n]+(?=[，。；：！？\n]|\Z)(?!，但)")  # before 但 stands what went well


@cache
def topics() -> dict[str, str]:
    """The topic of each word that has one: 普法 and 法治宣传 are one (lexicon/answers.toml)."""
    return {word: topic for topic, words in load("answers")["topics"].items() for word in words}


def by_topic(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with the topic of each word that has one in its place."""
    known = topics()
    return [replace(one, bag=frozenset(known.get(word, word) for word in one.bag)) for one in statements]


def point_weights(shortcomings: Sequence[Statement]) -> Weights:
    """The weight of each word and topic by how many of their points have it."""
    return weights_of([point.bag for point in by_topic([point for _, point in _points(shortcomings)])])


def stated_again(
    lacking: Sequence[Statement], later: Sequence[Statement], weights: Weights
) -> list[tuple[int, float] | None]:
    """For each shortcoming the number of the later one that has a point of it, and the cosine; None without.

    `weights` are those of `point_weights`. A topic alone is not enough: a word must be the same.
    """
    ours, theirs = _points(lacking), _points(later)
    found: list[tuple[int, float] | None] = [None] * len(lacking)
    if not ours or not theirs:
        return found
    points, others = ([point for _, point in each] for each in (ours, theirs))
    words = shared([point.bag for point in points], [point.bag for point in others], weights)
    alike = likeness(by_topic(points), by_topic(others), weights)
    cosine = np.sqrt(alike.cover * alike.back)
    same = ((cosine >= _EQUAL) & (alike.weight >= _STATED)) | ((cosine >= _NEAR) & (alike.weight >= _TELLING))
    cosine = np.where(same & (words > 0), cosine, 0)
    for (number, _), row in zip(ours, cosine, strict=True):
        at, best = int(np.argmax(row)), float(row.max())
        before = found[number]
        if best > (before[1] if before else 0):
            found[number] = theirs[at][0], best
    return found


def _points(shortcomings: Sequence[Statement]) -> list[tuple[int, Statement]]:
    """Each point with the number of its shortcoming."""
    pieces = [(number, piece[0]) for number, one in enumerate(shortcomings) for piece in _POINT.finditer(one.quote)]
    bags = bags_of([quote for _, quote in pieces])
    return [
        (number, replace(shortcomings[number], quote=quote, bag=bag & shortcomings[number].bag))
        for (number, quote), bag in zip(pieces, bags, strict=True)
    ]
