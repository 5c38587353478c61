"""Places that were renamed: a county that became a district, a 乡 that became a 镇, are one place, by its latest name.

Two names are of one place where nothing but the kind differs, within one level (乡 镇 街道; 县 区 旗 新区), and where
no year has reports under both: 云磴乡 and 云磴镇 that report in one year are two places; so are 云磴县 and its 云磴镇.
The years may alternate, for whoever publishes an old report again may write the new name over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from analyzer.extract.places import stem_and_level

if TYPE_CHECKING:
    from pandas import DataFrame, Series  # type: ignore[import-untyped]


def latest_names(reported: Iterable[tuple[str, int | None]]) -> dict[str, str]:
    """For each name of a place the latest name of that place, from the names and years of reports (None: not known).

    A name whose reports say no year stays as it is.
    """
    years: defaultdict[str, set[int]] = defaultdict(set)
    for name, year in reported:
        years[name].update([] if year is None else [year])
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(years):
        stem, level = stem_and_level(name)
        if years[name] and level:
            alike[stem, level].append(name)
    latest = {name: name for name in years}
    for names in alike.values():
        if not any(years[one] & years[other] for one, other in combinations(names, 2)):
            latest |= dict.fromkeys(names, max(names, key=lambda name: max(years[name])))
    return latest


def latest_places(reports: DataFrame) -> Series:
    """The column `place` of a table of `analyzer.to_frame` with the latest name of each place; <NA> stays."""
    placed = reports[["place", "year"]].dropna(subset="place")
    years = (
        None if year is None else int(year) for year in placed.year.astype(object).where(placed.year.notna(), None)
    )
    names = latest_names(zip(placed.place, years, strict=True))
    return reports.place.map(names, na_action="ignore").astype("string")
