"""The profile of a report, with figures computed by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pandas
import pytest

from analyzer.compare.profile import FRAMING, ROLES, SUBSTANCE, profile
from analyzer.dataframes import to_frame
from analyzer.pipeline import analyze
from analyzer.readers import find_reports
from analyzer.tabular.clauses import ROLES as ROLES_OF_CLAUSES

KINDS = ("reports", "clauses", "measures", "quantities", "shortcomings")
REPORTS = Path(__file__).parents[1] / "corpus" / "reports"


def by_hand() -> list[pandas.DataFrame]:
    """One report of 500 characters, and one of which nothing was read."""
    reports = pandas.DataFrame(
        [("a", "青禾镇", 2023, "工作总结", 500), ("b", "白石乡", 2023, "other", 0)],
        columns=["path", "place", "year", "kind", "characters"],
    )
    clauses = pandas.DataFrame(
        [("a", "measure", 40), ("a", "measure", 20), ("a", "plan", 20), ("a", "background", 15), ("a", "heading", 5)],
        columns=["path", "role", "characters"],
    )
    measures = pandas.DataFrame(
        [
            ("a", "done", "4次", "司法所"), ("a", "done", "", None), ("a", "done", "3人 | 2次", None),
            ("a", "planned", "", None),
        ],
        columns=["path", "status", "quantities", "actor"],
    )  # fmt: skip
    quantities = pandas.DataFrame({"path": ["a"] * 3})
    shortcomings = pandas.DataFrame([("a", "编制紧", ""), ("a", "", "")], columns=["path", "causes", "plans"])
    return [reports, clauses, measures, quantities, shortcomings]


def test_figures_computed_by_hand() -> None:
    row = profile(*by_hand()).iloc[0]
    assert row.measure == pytest.approx(0.6)
    assert row.plan == pytest.approx(0.2)
    assert row.substance == pytest.approx(0.8)
    assert row.framing == pytest.approx(0.2)
    assert (row.measures_per_1000, row.done_per_1000, row.quantities_per_1000) == (8, 6, 6)
    assert row.clause_length == 20
    assert (row.quantified, row.with_actor) == (0.5, 0.25)
    assert (row.shortcomings, row.with_cause, row.answered) == (2, 0.5, 0)


def test_nothing_read_is_not_nothing_there() -> None:
    row = profile(*by_hand()).iloc[1]
    assert row.shortcomings == 0
    for column in (*ROLES, "substance", "framing", "measures_per_1000", "quantified", "clause_length", "with_cause"):
        assert math.isnan(row[column]), column


def test_every_role_is_substance_or_framing() -> None:
    assert set(SUBSTANCE) | set(FRAMING) == set(ROLES_OF_CLAUSES)
    assert not set(SUBSTANCE) & set(FRAMING)


def test_sample_reports() -> None:
    analyses = [analyze(path) for path in find_reports([REPORTS])[0]]
    frames = [to_frame(analyses, kind) for kind in KINDS]
    rows = profile(*frames)
    assert rows.path.tolist() == frames[0].path.tolist()
    assert (rows.substance + rows.framing).tolist() == pytest.approx([1] * len(rows))
    assert rows.measures_per_1000.tolist() == pytest.approx((frames[0].measures * 1000 / frames[0].characters).tolist())


def test_no_reports() -> None:
    rows = profile(*(to_frame([], kind) for kind in KINDS))
    assert rows.empty
    assert rows.columns.tolist() == profile(*by_hand()).columns.tolist()
