"""What reports speak of: topics by non-negative matrix factorisation (Lee & Seung 1999) of TF-IDF over paragraphs.

Paragraphs, not reports, are factorised: a report speaks of many things, a paragraph of few, and there are enough of
them in a dozen reports. Nothing is drawn at random: the same reports always give the same topics.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.terms import count_terms
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_SHORTEST = 30  # characters of a paragraph; what is shorter is a heading
_MOST_PARAGRAPHS = 40_000  # beyond that every second, third … one: topics do not change, the time does
_LABEL = 3  # terms that name a topic
_TERMS = 12  # terms that are listed


def topics(reports: DataFrame, n: int | None = None) -> tuple[DataFrame, DataFrame]:
    """The topics of reports and how much of each report speaks of each.

    reports  the table of `dataframes.to_frame`: path and text are used
    n        how many topics; by default one for every 9 × n paragraphs, 2 to 20

    Gives two frames, both empty where there are fewer than 2 paragraphs or terms:
    - terms: topic (from 1), label (its three heaviest terms), rank (from 1), term, weight (share of the topic, 0–1)
    - weights: one row a report in the order given, index path, columns the labels with the number of the topic
      before them; shares 0–1 that sum to 1, or all 0 for a report that speaks of none
    Raises MissingLibrary without scikit-learn.
    """
    pandas = library("pandas")
    paragraphs = [
        (number, line)
        for number, text in enumerate(reports.text)
        for line in text.split("\n")
        if len(line.strip()) >= _SHORTEST
    ]
    step = 1 + len(paragraphs) // _MOST_PARAGRAPHS
    counts, terms = count_terms([line for _, line in paragraphs], in_texts=2 if len(paragraphs) < 200 else 5)
    most = min(counts.shape)
    wanted = min(most, n or min(20, max(2, round(math.sqrt(len(paragraphs)) / 3))))
    if most < 2:
        return (
            pandas.DataFrame(columns=["topic", "label", "rank", "term", "weight"]),
            pandas.DataFrame(index=pandas.Index(reports.path, name="path")),
        )
    tfidf = library("sklearn.feature_extraction.text").TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    model = library("sklearn.decomposition").NMF(wanted, init="nndsvd", random_state=0, max_iter=400, tol=1e-3)
    with warnings.catch_warnings():  # the last digits, which the limit of iterations leaves open, change no topic
        warnings.simplefilter("ignore", library("sklearn.exceptions").ConvergenceWarning)
        model.fit(tfidf[::step])
    shares = _shares(model.transform(tfidf), model.components_, [number for number, _ in paragraphs], len(reports))
    order = np.argsort(-shares.sum(axis=0), kind="stable")  # the topic most spoken of comes first
    parts = model.components_ / np.maximum(model.components_.sum(axis=1, keepdims=True), 1e-12)
    rows, labels = [], []
    for topic, component in enumerate(order, 1):
        best = np.argsort(-parts[component], kind="stable")[:_TERMS]
        label = "·".join(terms[at] for at in best[:_LABEL])
        labels.append(f"{topic} {label}")
        rows += [
            (topic, label, rank, terms[at], float(parts[component, at]))
            for rank, at in enumerate(best, 1)
            if parts[component, at] > 0
        ]
    frame = pandas.DataFrame(rows, columns=["topic", "label", "rank", "term", "weight"])
    return frame, pandas.DataFrame(shares[:, order], index=pandas.Index(reports.path, name="path"), columns=labels)


def _shares(paragraphs: NDArray[np.float64], components: NDArray[np.float64], owners: list[int], reports: int) -> Any:
    """The share of each topic (columns) in each report (rows), from its weights in the report's paragraphs."""
    mass = paragraphs * components.sum(axis=1)
    found = np.zeros((reports, mass.shape[1]))
    np.add.at(found, owners, mass)
    return found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
