"""What became of a plan or a stated shortcoming, as far as next year's words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.likeness import Floats, Likeness, Weights, likeness, total
from analyzer.compare.points import by_topic, stated_again, topics
from analyzer.compare.statements import DONE, LACKING, PLANNED, Statement, bags_of
from analyzer.lexicon import load

# Chosen on the sample reports and by reading matches of real places, so that a wrong one is rarer than a missing one.
_COVERED = 0.68  # of the weight of a plan's words, from which what was done with its rarest word speaks of it
_WHOLLY = 0.75  # likewise, where the rarest word is not shared, and for plans that are planned again
_SAME = 0.3  # of the weight of the other plan's words, from which it is the same plan again
_TOLD = 1.0  # the least weight of the words shared, or
_TELLING = 0.6  # of the rarest of them: one word that few statements have is enough
_CHECKABLE = 1.2  # the least weight of a plan that can be said not to be found
_HINTED = 0.4  # of the words of a plan, from which a sentence with two of them may mean it
_ALIKE = 0.33  # cosine of two shortcomings, from which they are the same, and
_STATED = 1.0  # the least weight of the words that they share
_MANY = 4  # words of a shortcoming that can be said to be no longer mentioned
_GONE = 0.25  # of its words in one sentence, from which it may be meant there
_NAMED = 0.36  # cover both ways, multiplied, of their first sentences alone: cosine 0.6
_TOUCHED = 1.2  # weight of the words that something done shares with a shortcoming that it answers

_HEAD = re.compile(r"[。；：\n]")


class Fate(NamedTuple):
    outcome: str  # taken_up repeated dropped unclear
    basis: str  # words plan mentioned thin longer unread
    found: Statement | None = None
    score: float = float("nan")
    plan: Statement | None = None  # that answered a shortcoming and was taken up


def fates_of_plans(
    plans: Sequence[Statement],
    following: Mapping[str, Sequence[Statement]],
    said: Sequence[Statement],
    weights: Weights,
) -> list[Fate]:
    """The fate of each plan by next year's statements (by their status) and by all its sentences (`said`)."""
    if not following[DONE]:
        return [Fate("unclear", "unread")] * len(plans)
    whole = total([plan.bag for plan in plans], weights)
    done, again = (likeness(plans, following[status], weights) for status in (DONE, PLANNED))
    again = again._replace(cover=np.where(again.back >= _SAME, again.cover, 0))
    mentioned = likeness(plans, said, weights).cover
    fates = []
    for number, plan in enumerate(plans):
        was_done = _best(done, number, following[DONE])
        is_planned = _best(again, number, following[PLANNED], _WHOLLY)
        begun = was_done is not None and _begun().search(was_done.found.quote) is not None
        if was_done and not (is_planned and begun):
            fates.append(Fate("taken_up", "words", *was_done))
        elif is_planned:
            fates.append(Fate("repeated", "words", *is_planned))
        elif any(word in plan.headings for word in load("followup")["horizon"]["words"]):
            fates.append(Fate("unclear", "longer"))
        else:
            fates.append(_absent(plan, whole[number], mentioned[number], said))
    return fates


def fates_of_shortcomings(
    lacking: Sequence[Statement],
    answers: Sequence[Fate | None],
    following: Mapping[str, Sequence[Statement]],
    said: Sequence[Statement],
    weights: Weights,
    topic_weights: Weights,
    point_weights: Weights,
) -> list[Fate]:
    """The fate of each shortcoming; `answers` is for each the fate of a plan that answered it and was taken up.

    Shortcomings are compared with each other by topics (普法 and 法治宣传 are one), weighed by `topic_weights`; where
    nothing else is found, point by point, weighed by `point_weights`.
    """
    if not following[DONE]:
        return [Fate("unclear", "unread")] * len(lacking)
    again = likeness(by_topic(lacking), by_topic(following[LACKING]), topic_weights)
    named = likeness(by_topic(_heads(lacking)), by_topic(_heads(following[LACKING])), topic_weights)
    same = np.where(again.weight >= _STATED, np.sqrt(again.cover * again.back), 0)
    same = np.maximum(same, np.where((named.cover * named.back >= _NAMED) & (named.weight >= _STATED), 1, 0))
    touched = likeness(lacking, following[DONE], weights)
    mentioned = likeness(lacking, said, weights).cover
    points = stated_again(lacking, following[LACKING], point_weights)
    fates = []
    for number, (answer, point) in enumerate(zip(answers, points, strict=True)):
        if same[number].max(initial=0) >= _ALIKE:
            at = int(np.argmax(same[number]))
            fates.append(Fate("repeated", "words", following[LACKING][at], float(same[number, at])))
        elif answer:
            fates.append(answer)
        elif touched.weight[number].max(initial=0) >= _TOUCHED:
            at = int(np.argmax(touched.weight[number] + touched.rank[number]))
            fates.append(Fate("taken_up", "words", following[DONE][at], float(touched.cover[number, at])))
        elif point:
            fates.append(Fate("repeated", "words", following[LACKING][point[0]], point[1]))
        elif len(lacking[number].bag) < _MANY or lacking[number].bag.isdisjoint(topics()):
            fates.append(Fate("unclear", "thin"))
        elif mentioned[number].max(initial=0) >= _GONE or again.weight[number].any():
            fates.append(Fate("unclear", "mentioned"))
        else:
            fates.append(Fate("dropped", "words"))
    return fates


class _Match(NamedTuple):
    found: Statement
    score: float


def _best(alike: Likeness, number: int, others: Sequence[Statement], enough: float = _COVERED) -> _Match | None:
    """The one of `others` that surely speaks of statement `number`, or None."""
    covered = np.where(alike.rarest[number], enough, _WHOLLY)
    telling = (alike.weight[number] >= _TOLD) | (alike.rarest[number] >= _TELLING)
    sure = telling & (alike.cover[number] >= covered)
    if not sure.any():
        return None
    at = int(np.argmax(np.where(sure, alike.rank[number], -1)))
    return _Match(others[at], float(alike.cover[number, at]))


def _absent(plan: Statement, whole: float, covers: Floats, said: Sequence[Statement]) -> Fate:
    """Dropped, where a plan can be looked for and no sentence (`covers` of its words by each) has its words.

    Only a plan with a number can be looked for: of others nobody can say what would be seen.
    """
    reads_as_done = any(word in plan.quote for word in load("followup")["past"]["words"])
    if not plan.units or reads_as_done or whole < _CHECKABLE or len(plan.bag) < 2:
        return Fate("unclear", "thin")
    if covers.max(initial=0) >= _COVERED or any(len(plan.bag & said[at].bag) > 1 for at in _where(covers >= _HINTED)):
        return Fate("unclear", "mentioned")
    return Fate("dropped", "words")


def _where(mask: NDArray[np.bool_]) -> list[int]:
    found: list[int] = np.flatnonzero(mask).tolist()
    return found


def _heads(lacking: Sequence[Statement]) -> list[Statement]:
    """The shortcomings with no more than their first sentence: details change from year to year."""
    bags = bags_of([_HEAD.split(one.quote)[0] for one in lacking])
    return [replace(one, bag=bag) for one, bag in zip(lacking, bags, strict=True)]


@cache
def _begun() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("followup")["unfinished"]["words"])))
