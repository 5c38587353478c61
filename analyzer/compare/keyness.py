"""What one report or place speaks of more than the others: log-odds ratio with an informative Dirichlet prior.

Monroe, Colaresi & Quinn 2008, “Fightin' Words”, Political Analysis 16(4), equations 16, 19 and 22. The prior is how
often the reports together have each term, and weighs as much as one average report: it keeps rare terms from standing
out by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyzer.compare.renamed import latest_places
from analyzer.compare.terms import Terms, count_terms
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

Floats = NDArray[np.float64]
_SURE = 1.96  # two-sided, 5 in 100 by chance
_COLUMNS = ["term", "z", "log_odds", "count", "other_count"]


def keyness(reports: DataFrame, path_or_place: str) -> DataFrame:
    """The terms of the reports of one path or place against all others, those that stand out most first.

    reports  the table of `dataframes.to_frame`: path, place and text are used

    Columns: term; z (standard score: above 1.96 it stands out, below −1.96 it is rarer than elsewhere); log_odds (the
    ratio's logarithm, of which z is the score); count and other_count (in the reports chosen, in the others). The name
    of the place itself is left out. Empty where one side has no term, or
    where there are not two.

    Raises KeyError where neither a path nor a place is called so, MissingLibrary without scikit-learn.
    """
    chosen = ((reports.path == path_or_place) | (reports.place == path_or_place).fillna(False)).to_numpy(dtype=bool)
    if not chosen.any():
        raise KeyError(path_or_place)
    return _keyness(reports, count_terms(list(reports.text)), chosen)


def keyness_of_places(reports: DataFrame, most: int = 15) -> DataFrame:
    """The terms by which each place stands out most, `most` of each; the columns of `keyness` behind place.

    A place that was renamed is one, by its latest name.

    Only terms that stand out surely (z above 1.96). The terms are counted once for all places. Raises MissingLibrary
    without scikit-learn.
    """
    pandas = library("pandas")
    counted = count_terms(list(reports.text))
    places = latest_places(reports)
    found = [pandas.DataFrame(columns=["place", *_COLUMNS])]
    for place in sorted(places.dropna().unique()):
        table = _keyness(reports, counted, (places == place).fillna(False).to_numpy(dtype=bool))
        table = table[table.z.astype(float) > _SURE].head(most)
        if len(table):
            found.append(table.assign(place=place)[["place", *_COLUMNS]])
    return pandas.concat(found[1:] or found, ignore_index=True)


def _keyness(reports: DataFrame, counted: Terms, chosen: NDArray[np.bool_]) -> DataFrame:
    """The terms of the chosen reports against the others, from the counts of all."""
    pandas = library("pandas")
    counts, terms = counted
    ours = np.asarray(counts[chosen].sum(axis=0), dtype=float).ravel()
    theirs = np.asarray(counts[~chosen].sum(axis=0), dtype=float).ravel()
    if not ours.any() or not theirs.any() or len(terms) < 2:
        return pandas.DataFrame(columns=_COLUMNS)
    z, log_odds = scores(ours, theirs, (ours + theirs) / len(reports))
    names = " ".join(reports[chosen].place.dropna().unique())  # that it names itself tells nothing
    frame = pandas.DataFrame(
        dict(zip(_COLUMNS, (terms, z, log_odds, ours.astype(int), theirs.astype(int)), strict=True))
    )
    frame = frame[[term not in names for term in frame.term]]
    return frame.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)


def scores(ours: Floats, theirs: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """The z-scores and the log-odds ratios of terms counted on two sides; `prior` holds their pseudo-counts (> 0)."""
    odds = [(counts + prior) / (counts.sum() + prior.sum() - counts - prior) for counts in (ours, theirs)]
    log_odds = np.log(odds[0]) - np.log(odds[1])
    return log_odds / np.sqrt(1 / (ours + prior) + 1 / (theirs + prior)), log_odds
