"""Which kind of report STR001 checks against, and what STR003 compares."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.pipeline import analyze, audit
from analyzer.records import Outcome
from analyzer.rules import all_rules

CASES = Path(__file__).parent / "cases"
MISSING = tomllib.loads((CASES / "STR001.toml").read_text(encoding="utf-8"))["fires"][0]["text"]  # 第一责任人
UNANSWERED = tomllib.loads((CASES / "STR003.toml").read_text(encoding="utf-8"))["fires"][0]["text"]
OTHER = MISSING.replace("法治政府建设情况报告", "工作情况报告").replace("法治政府建设", "各项工作")


def missing(text: str, profile: str) -> int | None:
    """How many parts STR001 misses; None where it checked nothing."""
    counts = audit(analyze(text, profile), [all_rules()["STR001"]]).checks["STR001"]
    return counts[Outcome.INCONSISTENT] if sum(counts.values()) else None


@pytest.mark.parametrize(
    ("text", "profile", "wanted"),
    [(MISSING, "auto", 1), (MISSING, "none", None), (OTHER, "auto", None), (OTHER, "法治政府", 1)],
)
def test_the_profile_decides_what_is_checked(text: str, profile: str, wanted: int | None) -> None:
    assert missing(text, profile) == wanted


def test_the_command_line_gives_the_profile(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(MISSING, encoding="utf-8")
    arguments = ["audit", str(tmp_path / "报告.txt"), "--select", "STR001", "--fail-on", "warning"]
    assert CliRunner().invoke(app, arguments).exit_code == 1
    assert CliRunner().invoke(app, [*arguments, "--profile", "none"]).exit_code == 0
    assert CliRunner().invoke(app, [*arguments, "--profile", "法制政府"]).exit_code == 2


def test_a_plan_that_speaks_of_everything_proves_nothing() -> None:
    """The same shortcoming, the same plans, with dozens of further ones about other things."""
    rule = all_rules()["STR003"]
    assert audit(analyze(UNANSWERED), [rule]).findings
    more = "".join(f"种植苹果{number}亩。" for number in range(10, 80))
    counts = audit(analyze(UNANSWERED.rstrip("\n") + more + "\n"), [rule]).checks["STR003"]
    assert counts[Outcome.INCONSISTENT] == 0
    assert counts[Outcome.NOT_ASSESSABLE] > 0
