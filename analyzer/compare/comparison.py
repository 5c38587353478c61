"""All that is to say of many reports side by side, in one record: what pages, workbooks and notebooks show.

One function, `compare`, calls every comparison of this folder on the tables of a corpus.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from analyzer.compare.cells import cells
from analyzer.compare.clusters import clusters
from analyzer.compare.figures import changes, outliers
from analyzer.compare.followup import follow_up
from analyzer.compare.indicators import canonical
from analyzer.compare.keyness import keyness_of_places
from analyzer.compare.profile import profile
from analyzer.compare.reuse_tables import copied_share, reuse
from analyzer.compare.topics import topics
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]


class Tables(Protocol):
    """What is compared: an analyzer.Corpus, or anything else with its tables."""

    @property
    def reports(self) -> DataFrame: ...
    @property
    def clauses(self) -> DataFrame: ...
    @property
    def quantities(self) -> DataFrame: ...
    @property
    def measures(self) -> DataFrame: ...
    @property
    def shortcomings(self) -> DataFrame: ...
    @property
    def findings(self) -> DataFrame: ...
    @property
    def failures(self) -> DataFrame: ...


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Data frames; the columns of each are in the docstring of the function that makes it."""

    reports: DataFrame  # as in the corpus, with years filled in where a folder tells them
    findings: DataFrame
    failures: DataFrame
    cells: DataFrame  # compare.cells.cells: the long form of the matrix
    outliers: DataFrame  # compare.figures
    changes: DataFrame
    passages: DataFrame  # compare.reuse_tables.reuse
    shares: DataFrame  # compare.reuse_tables.copied_share
    followup: DataFrame  # compare.followup.follow_up
    profile: DataFrame  # compare.profile
    keyness: DataFrame  # compare.keyness.keyness_of_places
    topics: DataFrame  # compare.topics: the terms, and
    topic_weights: DataFrame  # how much of each report speaks of each
    clusters: DataFrame  # compare.clusters


def compare(corpus: Tables, previous: Collection[str] = ()) -> Comparison:
    """Every comparison of the reports of `corpus`.

    `previous` are the paths of last year's reports: those that say no year themselves are then of the year before the
    others. Raises MissingLibrary without pandas or scikit-learn.
    """
    reports = dated(corpus.reports, previous)
    clauses, quantities, measures = corpus.clauses, corpus.quantities, corpus.measures
    values = cells(canonical(quantities, reports), quantities, reports, clauses)
    passages = reuse(reports)
    terms, weights = topics(reports)
    return Comparison(
        reports=reports,
        findings=corpus.findings,
        failures=corpus.failures,
        cells=values,
        outliers=outliers(values),
        changes=changes(values),
        passages=passages,
        shares=copied_share(reports, passages),
        followup=follow_up(reports, measures, corpus.shortcomings, clauses),
        profile=profile(reports, clauses, measures, quantities, corpus.shortcomings),
        keyness=keyness_of_places(reports),
        topics=terms,
        topic_weights=weights,
        clusters=clusters(reports),
    )


def dated(reports: DataFrame, previous: Collection[str]) -> DataFrame:
    """The table with a year for reports that say none, where the folder of the year before is known.

    This year is the one that most of the other reports say; without any, nothing is filled in.
    """
    earlier = reports.path.isin(list(previous))
    stated = reports.year[~earlier].dropna()
    if not earlier.any() or stated.empty:
        return reports
    this_year = int(stated.mode().iloc[-1])
    years = reports.year.mask(reports.year.isna() & earlier, this_year - 1)
    return reports.assign(year=years.mask(years.isna() & ~earlier, this_year))


def unplaced(reports: DataFrame) -> DataFrame:
    """The reports without a place or a year, which no figure of another can be held against."""
    return reports[reports.place.isna() | reports.year.isna()]


def main_cells(values: DataFrame, most: int) -> DataFrame:
    """The rows of `cells` of the indicators that the most places state, `most` of them at the most.

    Where several are stated by equally many places and there is no room for all, the table's first ones are kept.
    """
    keys = ["indicator", "unit_family"]
    order = values.groupby(keys, sort=False).agg(places=("place", "nunique"), rows=("place", "size"))
    order = order.sort_values(["places", "rows"], ascending=False, kind="stable").head(most)
    chosen = library("pandas").MultiIndex.from_frame(values[keys]).isin(order.index)
    return values[chosen]
