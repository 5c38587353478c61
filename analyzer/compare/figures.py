"""What figures of many places say when they stand side by side: outliers, ranks, change on the year before.

All take the table `cells`, where each value is an interval: what the printed digits and the hedge allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_PEERS = 5  # places that must state an indicator before one of them can stand out
_LIMIT = (
    3.5  # modified z-score from which a value stands out: Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers
)
_TO_SIGMA = 0.6745  # the median absolute deviation of normal data in standard deviations, ibid.
_CHANGES = (
    *(
        "place",
        "called_before",
        "called",
        "year",
        "indicator",
        "unit_family",
        "unit",
        "before",
        "after",
        "shown_before",
        "shown",
    ),
    *("change", "change_low", "change_high", "percent", "direction", "conflict"),
    *("path_before", "start_before", "end_before", "path", "start", "end"),
)
_FIGURE = ["indicator", "unit_family", "year", "tier"]


def outliers(cells: DataFrame) -> DataFrame:
    """The cells whose whole interval stands out among the places of the same tier, indicator and year.

    Robust z-score: 0.6745 × (value − median) ÷ MAD, of the end of the interval that lies nearer to the median; at least
    five places, and a threshold of 3.5. Where more than half of the places state the same value MAD is 0 and nothing is
    said. The columns of `cells` with median and mad (in the unit of the cell), places (how many) and z, by |z|. That a
    figure stands out is no fault: the place may be larger, or count otherwise.
    """
    grouped = cells.groupby(_FIGURE, sort=False)["value"]
    median = grouped.transform("median")
    mad = (cells["value"] - median).abs().groupby([cells[name] for name in _FIGURE], sort=False).transform("median")
    places = grouped.transform("size")
    low, high = cells["low"].fillna(-np.inf), cells["high"].fillna(np.inf)
    nearest = median.clip(lower=low, upper=high)  # the number of the interval that is nearest to the median
    z = _TO_SIGMA * (nearest - median) / mad.where(mad > 0)
    table = cells.assign(median=median, mad=mad, places=places, z=z)
    found = table[(places >= _PEERS) & (z.abs() > _LIMIT)]
    return found.sort_values("z", key=lambda z: z.abs(), ascending=False, ignore_index=True, kind="stable")


def ranks(cells: DataFrame) -> DataFrame:
    """The place of each cell among those of its tier, indicator and year, the highest value first.

    The columns of `cells` with rank (from 1: one more than the places that are surely higher), rank_at_most (the last
    place that the intervals allow, for 近400 and 390余 may be either way round) and places (how many).
    """
    rank, last = np.ones(len(cells), dtype=np.int64), np.ones(len(cells), dtype=np.int64)
    low = cells["low"].fillna(-np.inf).to_numpy(float)
    high = cells["high"].fillna(np.inf).to_numpy(float)
    for rows in cells.groupby(_FIGURE, sort=False).indices.values():
        rank[rows], last[rows] = _ranks(low[rows], high[rows])
    places = cells.groupby(_FIGURE, sort=False)["value"].transform("size")
    return cells.assign(rank=rank, rank_at_most=last, places=places)


def _ranks(low: NDArray[np.float64], high: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last place that each interval can take among the others, equal numbers sharing the first."""
    surely = len(low) - np.searchsorted(np.sort(low), high, side="right")  # whose low lies above this high
    perhaps = len(high) - np.searchsorted(np.sort(high), low, side="right") - (high > low)  # without itself
    return surely + 1, perhaps + 1


def changes(cells: DataFrame) -> DataFrame:
    """Each place's figures of two successive years, one row where both are stated.

    Columns: place (its latest name), called_before, called (as the reports of the two years call it), year, indicator,
    unit_family, unit, before, after (values), shown_before, shown (as printed), change, change_low, change_high (in
    `unit`: what the intervals allow, NaN: no end), percent (of `before`; NaN where that is 0), direction (1 surely
    higher, -1 surely lower, 0 equal or not to tell), conflict (whether either year's reports contradict themselves),
    path_before, start_before, end_before, path, start, end.
    """
    keys = ["place", "year", "indicator", "unit_family"]
    columns = [*keys, "called", "value", "low", "high", "shown", "conflict", "path", "start", "end"]
    earlier = cells[columns].assign(year=cells["year"] + 1)
    both = cells[[*columns, "unit"]].merge(earlier, on=keys, suffixes=("", "_before"), sort=False)
    low, high = both["low"] - both["high_before"], both["high"] - both["low_before"]
    difference = both["value"] - both["value_before"]
    direction = (low > 0).astype("int64") - (high < 0).astype("int64")
    before = both["value_before"]
    told = both.assign(
        before=before,
        after=both["value"],
        change=difference,
        change_low=low,
        change_high=high,
        percent=100 * difference / before.where(before != 0),
        direction=direction,
        conflict=both["conflict"] | both["conflict_before"],
    )
    return told[list(_CHANGES)]
