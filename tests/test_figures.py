"""Outliers, ranks and changes, with intervals taken at their word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.compare.figures import changes, outliers, ranks

pandas = pytest.importorskip("pandas")


def table(values: list[tuple[float, float, float]], year: int = 2023, tier: str = "乡级"):
    """Cells of one indicator, one a place: value, low, high."""
    rows = [
        {
            "place": f"{number}镇",
            "called": f"{number}镇",
            "year": year,
            "tier": tier,
            "indicator": "调解矛盾纠纷",
            "unit_family": "个",
        }
        | {"unit": "件", "value": value, "low": low, "high": high, "shown": f"{value:g}", "conflict": False}
        | {"path": f"{number}-{year}", "start": 3, "end": 6}
        for number, (value, low, high) in enumerate(values)
    ]
    return pandas.DataFrame(rows).astype({"low": "float64", "high": "float64"})


def exact(*values: float) -> list[tuple[float, float, float]]:
    return [(value, value, value) for value in values]


def test_robust_z_of_a_known_example() -> None:
    found = outliers(table(exact(10, 11, 12, 13, 14, 100)))
    assert list(found["value"]) == [100]
    assert found["z"].item() == pytest.approx(0.6745 * (100 - 12.5) / 1.5)
    assert (found["median"].item(), found["mad"].item(), found["places"].item()) == (12.5, 1.5, 6)


def test_an_interval_that_reaches_into_the_normal_range_is_no_outlier() -> None:
    others = exact(10, 11, 12, 13, 14)
    assert len(outliers(table([*others, (100, 100, 100)]))) == 1
    assert outliers(table([*others, (100, 15, 200)])).empty
    assert outliers(table([*others, (100, np.nan, np.nan)])).empty
    assert len(outliers(table([*others, (100, 90, np.nan)]))) == 1


def test_too_few_places_or_no_spread_say_nothing() -> None:
    assert outliers(table(exact(10, 11, 12, 100))).empty
    assert outliers(table(exact(10, 10, 10, 10, 10, 100))).empty


def test_places_of_another_tier_are_no_peers() -> None:
    both = pandas.concat([table(exact(10, 11, 12, 13, 14)), table(exact(1000), tier="县级")], ignore_index=True)
    assert outliers(both).empty


def test_ranks_share_and_leave_open_what_intervals_do() -> None:
    found = ranks(table([(400, 390, 400), (395, 395, 395), (500, 500, 500), (395, 395, 395)]))
    assert list(zip(found["rank"], found["rank_at_most"], strict=True)) == [(2, 4), (2, 3), (1, 1), (2, 3)]
    assert set(found["places"]) == {4}


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12))
def test_ranks_are_what_counting_says(values: list[tuple[int, int, int]]) -> None:
    ends = [(value - below, value + above) for value, below, above in values]
    found = ranks(table([(value, low, high) for (value, _, _), (low, high) in zip(values, ends, strict=True)]))
    for number, (low, high) in enumerate(ends):
        others = [each for place, each in enumerate(ends) if place != number]
        surely = sum(each[0] > high for each in others)
        perhaps = sum(each[1] > low for each in others)
        assert found["rank"].iloc[number] == surely + 1
        assert found["rank_at_most"].iloc[number] == max(surely, perhaps) + 1


def test_change_on_last_year_is_exact_and_hedged() -> None:
    both = pandas.concat([table([(57, 57, 57), (8600, 8600, 8700)]), table([(63, 63, 63), (8650, 8600, 8700)], 2024)])
    found = changes(both.reset_index(drop=True))
    assert list(found["change"]) == [6, 50]
    assert list(zip(found["change_low"], found["change_high"], strict=True)) == [(6, 6), (-100, 100)]
    assert list(found["direction"]) == [1, 0]
    assert found["percent"].iloc[0] == pytest.approx(100 * 6 / 57)
    assert list(found["path_before"]) == ["0-2023", "1-2023"]


def test_change_from_zero_has_no_percentage_and_gaps_no_change() -> None:
    zero = pandas.concat([table(exact(0)), table(exact(4), 2024)], ignore_index=True)
    assert np.isnan(changes(zero)["percent"].item())
    gap = pandas.concat([table(exact(3)), table(exact(4), 2025)], ignore_index=True)
    assert changes(gap).empty
