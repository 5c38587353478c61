"""How a report is made: how much of it is substance, how dense with measures and figures, how concrete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

ROLES = ("measure", "plan", "target", "result", "shortcoming", "cause", "background", "heading", "other")
SUBSTANCE = ROLES[:6]  # what was done, will be done, is reached and is lacking
FRAMING = ROLES[6:]  # what stands around it


def profile(
    reports: DataFrame, clauses: DataFrame, measures: DataFrame, quantities: DataFrame, shortcomings: DataFrame
) -> DataFrame:
    """One row a report, in the order of `reports`. Takes the tables of `dataframes.to_frame`. Columns:

    path, place, year, kind      as in `reports`
    characters                   of the text
    measure … other              share of each role, by characters of clauses, 0–1; NaN for a report without clauses
    substance                    measure, plan, target, result, shortcoming and cause together
    framing                      background, heading and other together: substance and framing sum to 1
    measures_per_1000            measures a 1,000 characters of the text; likewise done_per_1000, quantities_per_1000
    clause_length                mean characters of a clause
    quantified                   share of the measures that hold a number, 0–1; NaN without measures
    with_actor                   share of the measures whose sentence says who acts
    shortcomings                 how many are stated
    with_cause, answered         share of them that give a cause, that a planned measure answers; NaN without any
    """
    pandas = library("pandas")
    index = pandas.Index(reports.path, name="path")
    length = clauses.characters.astype(float)
    by_role = length.groupby([clauses.path, clauses.role.astype(str)]).sum().unstack(fill_value=0)
    by_role = by_role.reindex(index=index, columns=list(ROLES)).fillna(0)
    shares = by_role.div(by_role.sum(axis=1).where(lambda total: total > 0), axis=0)
    thousands = reports.set_index("path").characters.astype(float) / 1000

    def count(frame: DataFrame) -> DataFrame:
        return frame.groupby("path").size().reindex(index, fill_value=0)

    def share(frame: DataFrame, holds: DataFrame) -> DataFrame:
        return holds.astype(float).groupby(frame.path).mean().reindex(index)

    frame = reports.set_index("path")[["place", "year", "kind", "characters"]].join(shares)
    frame["substance"] = shares[list(SUBSTANCE)].sum(axis=1, min_count=1)
    frame["framing"] = shares[list(FRAMING)].sum(axis=1, min_count=1)
    frame["measures_per_1000"] = count(measures) / thousands
    frame["done_per_1000"] = count(measures[measures.status == "done"]) / thousands
    frame["quantities_per_1000"] = count(quantities) / thousands
    frame["clause_length"] = length.groupby(clauses.path).mean().reindex(index)
    frame["quantified"] = share(measures, measures.quantities.fillna("") != "")
    frame["with_actor"] = share(measures, measures.actor.notna())
    frame["shortcomings"] = count(shortcomings)
    frame["with_cause"] = share(shortcomings, shortcomings.causes.fillna("") != "")
    frame["answered"] = share(shortcomings, shortcomings.plans.fillna("") != "")
    return frame.reset_index()
