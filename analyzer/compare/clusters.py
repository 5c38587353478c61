"""Places whose reports speak of the same things: k-means over latent semantic coordinates of their terms.

Deerwester et al. 1990; the number of clusters is the one with the best silhouette (Rousseeuw 1987). Nothing is drawn at
random that a second run would draw otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from analyzer.compare.renamed import latest_places
from analyzer.compare.terms import count_terms
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_FEWEST = 4  # places that can be parted
_MOST = 8  # clusters
_PARTED = 0.05  # mean silhouette from which the places are parted at all
_DIMENSIONS = 50
_SAMPLE = 2000  # places that the silhouette is taken of
_TERMS = 8  # that hold a cluster together
_COLUMNS = ["place", "reports", "cluster", "terms", "silhouette", "x", "y"]


def clusters(reports: DataFrame) -> DataFrame:
    """One row a place, with all its reports; a report without a place stands for itself under its path.

    reports  the table of `dataframes.to_frame`: path, place, year and text are used

    Columns: place (its latest name); reports (how many); cluster (from 1, the largest first); terms (what its members
    have more than the others, heaviest first, 、 between them); silhouette (−1 to 1: how well the place fits in; a mean
    below 0.25 tells of no strong structure; 0 in a single cluster); x, y (where to draw it: near ones speak of the
    same). Fewer than four places, and places that nothing parts, are one cluster.
    Raises MissingLibrary without scikit-learn.
    """
    pandas = library("pandas")
    owners = latest_places(reports).fillna(reports.path)
    texts = reports.text.groupby(owners, sort=True).agg("\n".join)
    if texts.empty:
        return pandas.DataFrame(columns=_COLUMNS)
    counts, terms = count_terms(list(texts), in_texts=min(2, len(texts)))
    if not terms:
        counts, terms = count_terms(list(texts))
    model = library("sklearn.feature_extraction.text").TfidfTransformer(sublinear_tf=True)
    tfidf = model.fit_transform(counts) if terms else counts
    points = _points(tfidf)
    labels, silhouette = _parted(points)
    order = [label for label, _ in sorted(_sizes(labels).items(), key=lambda pair: (-pair[1], pair[0]))]
    named = {label: _held_by(tfidf, labels == label, terms) for label in order}
    frame = pandas.DataFrame(
        {
            "place": texts.index,
            "reports": owners.value_counts().reindex(texts.index).to_numpy(),
            "cluster": [order.index(label) + 1 for label in labels],
            "terms": [named[label] for label in labels],
            "silhouette": silhouette,
            "x": points[:, 0],
            "y": points[:, 1],
        }
    )
    return frame.sort_values(["cluster", "silhouette", "place"], ascending=[True, False, True], ignore_index=True)


def _points(tfidf: Any) -> Any:
    """Coordinates of the places (rows), the direction in which they differ most first; two columns at least."""
    dimensions = min(_DIMENSIONS, min(tfidf.shape) - 1)
    if dimensions < 2:
        return np.zeros((tfidf.shape[0], 2))
    model = library("sklearn.decomposition").TruncatedSVD(dimensions, random_state=0)
    with np.errstate(all="ignore"):  # it divides by the variance, which places all alike have none of
        latent = model.fit_transform(tfidf)
    latent /= np.maximum(np.linalg.norm(latent, axis=1, keepdims=True), 1e-12)
    centred = latent - latent.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]  # else the sign is left to chance
    return centred @ axes.T


def _parted(points: Any) -> tuple[Any, Any]:
    """The cluster of each place and its silhouette, for the number of clusters with the best mean silhouette."""
    metrics = library("sklearn.metrics")
    distinct = len(np.unique(points.round(9), axis=0))
    best: tuple[float, Any] = (_PARTED, np.zeros(len(points), dtype=int))
    for number in range(2, 1 + (min(_MOST, distinct, len(points) - 1) if len(points) >= _FEWEST else 1)):
        labels = library("sklearn.cluster").KMeans(number, n_init=10, random_state=0).fit_predict(points)
        sample = min(_SAMPLE, len(points))
        score = metrics.silhouette_score(points, labels, sample_size=sample, random_state=0)
        if score > best[0]:
            best = score, labels
    labels = best[1]
    if not labels.any():
        return labels, np.zeros(len(points))
    return labels, metrics.silhouette_samples(points, labels)


def _sizes(labels: Any) -> dict[int, int]:
    values, sizes = np.unique(labels, return_counts=True)
    return dict(zip(values.tolist(), sizes.tolist(), strict=True))


def _held_by(tfidf: Any, members: Any, terms: Any) -> str:
    """The terms that weigh more among the members than among all places, heaviest difference first."""
    if not terms:
        return ""
    ours = np.asarray(tfidf[members].mean(axis=0)).ravel()
    more = ours if members.all() else ours - np.asarray(tfidf[~members].mean(axis=0)).ravel()
    best = np.argsort(-more, kind="stable")[:_TERMS]
    return "、".join(terms[at] for at in best if more[at] > 0)
