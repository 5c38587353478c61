"""Phrases that only differ in words which matter little, found by how rare the words are in which they differ.

Each phrase is a vector of its characters and pairs of characters, weighed by TF-IDF; complete linkage joins groups
while even their least alike members are alike (scikit-learn's AgglomerativeClustering). Phrases are only compared
where family of units, acts, telling words and last characters (in Chinese the head of a noun phrase) agree, and alike
only where one character is added or put for another: a frequent word of two (产业, 教育) is what tells most apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from analyzer.compare.phrases import Normal
from analyzer.lexicon import load
from analyzer.libraries import library

_APART = 0.15  # cosine distance up to which two are alike; of 0.10, 0.15, 0.20 the last with mostly right groups
_HEAD = 2  # characters at the end that must agree
_MOST = 1500  # phrases compared with each other at once: memory and time grow with the square
_LEAST = 6  # characters: of shorter phrases every one matters
_SHARE = "占"  # of what something is a share is told apart by every word

Form = tuple[str, Normal]  # family of units, normal form


def alike(forms: Sequence[Form]) -> list[int]:
    """For each of the distinct `forms` the number of the one that stands for its group: its own where none is like it.

    The first of a group stands for it. Raises MissingLibrary without scikit-learn.
    """
    found = list(range(len(forms)))
    long = [number for number in found if len(forms[number][1].thing) >= _LEAST and _SHARE not in forms[number][1].thing]
    if len(long) < 2:
        return found
    text = library("sklearn.feature_extraction.text")
    things = [forms[number][1].thing for number in long]
    weights = text.TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(things)
    counts = text.CountVectorizer(analyzer="char").fit_transform(things)
    for block in _blocks([forms[number] for number in long]):
        distances = 1 - (weights[block] @ weights[block].T).toarray()
        distances[_differ(counts[block])] = 1
        for group in _groups(distances):
            for number in group:
                found[long[block[number]]] = long[block[group[0]]]
    return found


def _differ(counts: Any) -> Any:
    """For each two rows of counts of characters whether they differ in more than one, added or put for another."""
    inner = (counts @ counts.T).toarray()
    squares, lengths = inner.diagonal(), counts.sum(axis=1).A1
    apart = squares[:, None] + squares[None, :] - 2 * inner
    return (apart > 2) | (abs(lengths[:, None] - lengths[None, :]) > 1)


def _blocks(forms: Sequence[Form]) -> Iterator[list[int]]:
    """The numbers of forms that may be alike; larger blocks than can be compared are split by more of their ends."""
    blocks: defaultdict[Any, list[int]] = defaultdict(list)
    for number, (family, form) in enumerate(forms):
        blocks[family, form.acts, _telling(form.thing), form.thing[-_HEAD:]].append(number)
    waiting = [(block, _HEAD) for block in blocks.values()]
    while waiting:
        block, length = waiting.pop()
        if len(block) > _MOST and any(len(forms[number][1].thing) > length for number in block):
            split: defaultdict[str, list[int]] = defaultdict(list)
            for number in block:
                split[forms[number][1].thing[-length - 1 :]].append(number)
            waiting += [(part, length + 1) for part in split.values()]
        elif len(block) > 1:
            yield block


@cache
def _telling_words() -> tuple[str, ...]:
    return tuple(load("indicators")["light"]["apart"])


def _telling(thing: str) -> tuple[str, ...]:
    """The words of a phrase that tell indicators apart, with its digits and Latin letters."""
    return (
        *(word for word in _telling_words() if word in thing),
        *(sign for sign in thing if sign.isascii() and sign.isalnum()),
    )


def _groups(distances: Any) -> Iterator[list[int]]:
    clustering = library("sklearn.cluster").AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="complete", distance_threshold=_APART
    )
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(clustering.fit_predict(distances.clip(0))):
        groups[label].append(number)
    yield from groups.values()
