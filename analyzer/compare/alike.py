"""Phrases that differ in one character that matters little, found by how rare it is.

Each phrase is a vector of its characters and pairs of characters, weighed by TF-IDF (scikit-learn); it joins the more
frequent phrase that it is most like, where that stands for itself: so groups are stars, not chains. Compared are only
phrases whose family of units, acts, telling words and last characters (in Chinese the head of a noun phrase) agree and
that differ in one character, added or put for another: a frequent word of two (产业, 教育) is what tells most apart.
Those are met by what is left of each without one character, in linear time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from analyzer.compare.phrases import Normal
from analyzer.lexicon import load
from analyzer.libraries import library

_APART = 0.15  # cosine distance up to which two are alike; of 0.10, 0.15, 0.20 the last with mostly right groups
_HEAD = 2  # characters at the end that must agree
_MOST = 20  # phrases, the most frequent first, that another is compared with for one character left out
_LEAST = 6  # characters: of shorter phrases every one matters
_SHARE = "占"  # of what something is a share is told apart by every word

Form = tuple[str, Normal]  # family of units, normal form


def alike(forms: Sequence[Form]) -> list[int]:
    """For each of the distinct `forms`, the most frequent first, the number of the one that stands for its group.

    That is its own where none is like it. Raises MissingLibrary without scikit-learn.
    """
    found = list(range(len(forms)))
    pairs = sorted(set(_pairs(forms)))
    if not pairs:
        return found
    vectors = library("sklearn.feature_extraction.text").TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    weights = vectors.fit_transform([form.thing for _, form in forms])
    others, firsts = ([pair[side] for pair in pairs] for side in (0, 1))
    cosines = weights[others].multiply(weights[firsts]).sum(axis=1).A1.tolist()
    for other, distance, first in sorted(zip(others, (1 - cosine for cosine in cosines), firsts, strict=True)):
        if distance <= _APART and found[other] == other and found[first] == first:
            found[other] = first
    return found


def _pairs(forms: Sequence[Form]) -> Iterator[tuple[int, int]]:
    """The numbers of forms that differ in one character, the less frequent first."""
    blocks: defaultdict[Any, list[int]] = defaultdict(list)
    for number, (family, form) in enumerate(forms):
        if len(form.thing) >= _LEAST and _SHARE not in form.thing:
            blocks[family, form.acts, _telling(form.thing), form.thing[-_HEAD:]].append(number)
    for block in blocks.values():
        if len(block) > 1:
            left: defaultdict[str, list[int]] = defaultdict(list)
            for number in block:
                for rest in _without_one(forms[number][1].thing):
                    yield from ((number, first) for first in islice(left[rest], _MOST))
                    left[rest].append(number)


def _without_one(thing: str) -> set[str]:
    """The characters of a phrase in one order, all of them and without each."""
    signs = "".join(sorted(thing))
    return {signs, *(signs[:place] + signs[place + 1 :] for place in range(len(signs)))}


@cache
def _telling_words() -> tuple[str, ...]:
    return tuple(load("indicators")["light"]["apart"])


def _telling(thing: str) -> tuple[str, ...]:
    """The words of a phrase that tell indicators apart, with its digits and Latin letters."""
    return (
        *(word for word in _telling_words() if word in thing),
        *(sign for sign in thing if sign.isascii() and sign.isalnum()),
    )
