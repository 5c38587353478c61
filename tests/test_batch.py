"""Many files: order, failures in their place, and work that crashes its process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzer import batch
from analyzer.errors import UnreadableReport
from analyzer.records import Failure

PATHS = [f"{number:03}" for number in range(80)]


def work(path: str) -> str:
    if path == "007":
        raise UnreadableReport("请另存。")
    if path == "008":
        raise PermissionError(13, "Permission denied")
    if path == "009":
        raise ZeroDivisionError("oops")
    return path * 2


def crash(path: str) -> str:
    if path == "040":
        os._exit(1)
    return path * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_and_failures(jobs: int) -> None:
    results = list(batch.each(work, PATHS, jobs))
    failed = {result.path: result.error for result in results if isinstance(result, Failure)}
    assert list(failed) == ["007", "008", "009"]
    assert failed["007"] == "请另存。"
    assert "Permission denied" in failed["008"]
    assert "ZeroDivisionError: oops" in failed["009"]
    assert [result for result in results if isinstance(result, str)] == [
        path * 2 for path in PATHS if path not in failed
    ]


def test_a_crash_costs_one_file() -> None:
    results = list(batch.each(crash, PATHS, 2))
    assert len(results) == len(PATHS)
    assert [result.path for result in results if isinstance(result, Failure)] == ["040"]
    assert results[39] == "039039"
    assert results[79] == "079079"


def test_few_files_stay_in_this_process() -> None:
    here: list[str] = []
    assert list(batch.each(lambda path: here.append(path) or path, PATHS[:40], 8)) == PATHS[:40]
    assert here == PATHS[:40]


def test_an_audit_from_a_batch_is_the_audit(tmp_path: Path) -> None:
    from analyzer import audit
    from analyzer.rules import all_rules

    path = tmp_path / "云水乡.txt"
    path.write_text("云水乡2023年工作总结\n抓好两项工作：一是学习；二是宣传；三是服务。\n", encoding="utf-8")
    lean, whole = batch.audit_file(str(path), tuple(all_rules())), audit(path)
    assert lean.findings == whole.findings
    assert lean.findings
    assert lean.checks == whole.checks
