"""What became of a plan or a stated shortcoming, as far as next year's words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np

from analyzer.compare.likeness import Likeness, Weights, likeness, total
from analyzer.compare.statements import DONE, LACKING, PLANNED, Statement, bags_of
from analyzer.lexicon import load

# Chosen on the sample reports and on reports of real places, so that a wrong match is rarer than a missing one.
_COVERED = 0.6  # of the weight of a plan's words, from which another statement speaks of it
_AGAIN = 0.6  # likewise for two shortcomings, of the one that has more words
_TOLD = 0.7  # the least weight of the words shared: that of one word that few statements have
_CHECKABLE = 1.2  # the least weight of a statement that can be said not to be found
_MENTIONED = 0.45  # of the words of a plan in one sentence, from which it may be meant there
_TOUCHED = 1.2  # weight of the words that something done shares with a shortcoming that it answers

_HEAD = re.compile(r"[。；：\n]")


class Fate(NamedTuple):
    outcome: str  # taken_up repeated dropped unclear
    basis: str  # words plan mentioned thin longer
    found: Statement | None = None
    score: float = float("nan")


def fates_of_plans(
    plans: Sequence[Statement],
    following: Mapping[str, Sequence[Statement]],
    said: Sequence[Statement],
    weights: Weights,
) -> list[Fate]:
    """The fate of each plan by next year's statements (by their status) and by all its sentences (`said`)."""
    whole = total([plan.bag for plan in plans], weights)
    done, again = (likeness(plans, following[status], weights) for status in (DONE, PLANNED))
    mentioned = likeness(plans, said, weights)
    fates = []
    for number, plan in enumerate(plans):
        was_done = _best(done, number, following[DONE])
        is_planned = _best(again, number, following[PLANNED])
        begun = was_done is not None and _begun().search(was_done.found.quote) is not None
        if was_done and not (is_planned and begun):
            fates.append(Fate("taken_up", "words", *was_done))
        elif is_planned:
            fates.append(Fate("repeated", "words", *is_planned))
        elif any(word in plan.headings for word in load("followup")["horizon"]["words"]):
            fates.append(Fate("unclear", "longer"))
        else:
            fates.append(_absent(plan, whole[number], mentioned, number))
    return fates


def fates_of_shortcomings(
    lacking: Sequence[Statement],
    answers: Sequence[Fate | None],
    following: Mapping[str, Sequence[Statement]],
    said: Sequence[Statement],
    weights: Weights,
) -> list[Fate]:
    """The fate of each shortcoming; `answers` is for each the fate of the plan that answered it and was taken up."""
    heads, others = _heads(lacking), _heads(following[LACKING])
    again = likeness(heads, others, weights)
    back = likeness(others, heads, weights).cover.T
    again = again._replace(cover=np.minimum(again.cover, back))
    touched = likeness(lacking, following[DONE], weights)
    whole = total([head.bag for head in heads], weights)
    mentioned = likeness(heads, said, weights)
    fates = []
    for number, one in enumerate(lacking):
        is_stated = _best(again, number, following[LACKING], _AGAIN)
        answer = answers[number]
        if is_stated:
            fates.append(Fate("repeated", "words", *is_stated))
        elif answer:
            fates.append(Fate("taken_up", "plan", answer.found, answer.score))
        elif touched.weight[number].max(initial=0) >= _TOUCHED:
            at = int(np.argmax(touched.weight[number] + touched.rank[number]))
            fates.append(Fate("taken_up", "words", following[DONE][at], float(touched.cover[number, at])))
        else:
            fates.append(_absent(replace(one, bag=heads[number].bag), whole[number], mentioned, number))
    return fates


class _Match(NamedTuple):
    found: Statement
    score: float


def _best(alike: Likeness, number: int, others: Sequence[Statement], enough: float = _COVERED) -> _Match | None:
    """The one of `others` that surely speaks of statement `number`, or None."""
    sure = (alike.cover[number] >= enough) & (alike.weight[number] >= _TOLD)
    if not sure.any():
        return None
    at = int(np.argmax(np.where(sure, alike.rank[number], -1)))
    return _Match(others[at], float(alike.cover[number, at]))


def _absent(one: Statement, whole: float, mentioned: Likeness, number: int) -> Fate:
    """Dropped, where the words of a statement would tell and no sentence has them."""
    if whole < _CHECKABLE or len(one.bag) < 2:
        return Fate("unclear", "thin")
    if mentioned.cover[number].max(initial=0) >= _MENTIONED:
        return Fate("unclear", "mentioned")
    return Fate("dropped", "words")


def _heads(lacking: Sequence[Statement]) -> list[Statement]:
    """The shortcomings with no more than their first sentence: its details change from year to year."""
    bags = bags_of([_HEAD.split(one.quote)[0] for one in lacking])
    return [replace(one, bag=bag) for one, bag in zip(lacking, bags, strict=True)]


@cache
def _begun() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("followup")["unfinished"]["words"])))
