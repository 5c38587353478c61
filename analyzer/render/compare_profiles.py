"""How reports are made and what they speak of, for the comparing page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from analyzer.compare.comparison import Comparison
from analyzer.compare.profile import ROLES

_WEIGHED = 3  # topics of a report that are named
_PLACES = 60  # whose terms are shown


def profile_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """A row a report: substance and shares of roles in whole percent, densities, its main topics."""
    labels = list(comparison.topic_weights.columns)
    found = []
    for number, row in enumerate(comparison.profile.to_dict("records")):
        weights = comparison.topic_weights.iloc[number].tolist() if labels else []
        best = sorted(zip(weights, labels, strict=True), reverse=True)[:_WEIGHED]
        found.append(
            {
                "report": number,
                "numbers": [
                    _percent(row["substance"]),
                    *(_percent(row[role]) for role in ROLES),
                    _rounded(row["measures_per_1000"]),
                    _rounded(row["quantities_per_1000"]),
                    _percent(row["quantified"]),
                    _percent(row["answered"]),
                ],
                "topics": [(label, round(100 * weight)) for weight, label in best if weight >= 0.1],
            }
        )
    return found


def terms_of_places(comparison: Comparison) -> tuple[list[tuple[str, list[Any]]], int]:
    """For each place the terms by which it stands out, and how many places have any."""
    places = [(place, list(rows)) for place, rows in groupby(comparison.keyness.itertuples(), lambda row: row.place)]
    return places[:_PLACES], len(places)


def topic_rows(comparison: Comparison) -> list[tuple[str, str]]:
    """The number of each topic and its terms, heaviest first."""
    grouped = groupby(comparison.topics.itertuples(), lambda row: row.topic)
    return [(str(topic), "、".join(row.term for row in rows)) for topic, rows in grouped]


def cluster_rows(comparison: Comparison) -> list[tuple[int, list[str], str]]:
    """Number, places and terms of each cluster; none where all places are one."""
    grouped = groupby(comparison.clusters.itertuples(), lambda row: (row.cluster, row.terms))
    found = [(cluster, [row.place for row in rows], terms) for (cluster, terms), rows in grouped]
    return found if len(found) > 1 else []


def _percent(share: float) -> int | None:
    return None if share != share else round(100 * share)


def _rounded(value: float) -> float | None:
    return None if value != value else round(value, 1)
