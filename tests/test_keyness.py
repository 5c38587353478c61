"""Keyness: log-odds with an informative prior, against figures computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas
import pytest

from analyzer.compare.keyness import keyness, scores


def reports(**texts: str) -> pandas.DataFrame:
    rows = [(place, f"{place}镇", text) for place, text in texts.items()]
    return pandas.DataFrame(rows, columns=["path", "place", "text"]).astype("string")


def test_scores_computed_by_hand() -> None:
    """Two terms, 6 and 4 times against 2 and 8 times, a prior of 1 each: odds 7/5 against 3/9 (eq. 16, 19, 22)."""
    z, log_odds = scores(np.array([6.0, 4.0]), np.array([2.0, 8.0]), np.array([1.0, 1.0]))
    difference = math.log(7 / 5) - math.log(3 / 9)
    assert log_odds == pytest.approx([difference, -difference])
    assert z == pytest.approx([difference / math.sqrt(1 / 7 + 1 / 3), -difference / math.sqrt(1 / 5 + 1 / 9)])
    assert z[0] == pytest.approx(2.0796, abs=1e-4)


def test_a_report_against_the_others_computed_by_hand() -> None:
    frame = keyness(reports(青禾="水库水库水库果树", 白石="果树果树果树水库"), "青禾")
    assert frame.term.tolist() == ["水库", "果树"]
    assert frame["count"].tolist() == [3, 1]
    assert frame.other_count.tolist() == [1, 3]
    # the prior: both terms 4 times in 2 reports, so 2 each; odds (3+2)/(1+2) against (1+2)/(3+2)
    assert frame.log_odds[0] == pytest.approx(2 * math.log(5 / 3))
    assert frame.z[0] == pytest.approx(2 * math.log(5 / 3) / math.sqrt(1 / 5 + 1 / 3))


def test_a_place_has_all_its_reports_and_not_its_name() -> None:
    frame = reports(甲="水库水库", 乙="水库果树", 丙="果树果树")
    frame["place"] = ["水库镇", "青禾镇", "青禾镇"]
    assert keyness(frame, "青禾镇").set_index("term")["count"].to_dict() == {"果树": 3, "水库": 1}
    assert keyness(frame, "水库镇").term.tolist() == ["果树"]


def test_names_and_stop_words_are_no_terms() -> None:
    frame = keyness(reports(青禾="青岛政府报告水库", 白石="果树，推进"), "青禾")
    assert frame.term.tolist() == ["水库", "果树"]


def test_nothing_to_compare() -> None:
    assert keyness(reports(青禾="水库"), "青禾").empty
    assert keyness(reports(青禾="水库", 白石="水库"), "青禾").empty
    assert keyness(reports(青禾="水库果树", 白石="。"), "青禾").empty
    assert keyness(reports(青禾="。", 白石="水库果树"), "青禾").empty
    with pytest.raises(KeyError, match="无此镇"):
        keyness(reports(青禾="水库"), "无此镇")


def test_a_report_without_a_place() -> None:
    frame = reports(青禾="水库", 白石="果树")
    frame.loc[0, "place"] = pandas.NA
    assert keyness(frame, "青禾").term.tolist() == ["水库", "果树"]
