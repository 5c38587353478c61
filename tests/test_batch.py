"""Many files: order, failures in their place, and work that crashes its process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyzer import batch
from analyzer.errors import UnreadableReport
from analyzer.records import Failure

NAMES = [f"{number:03}" for number in range(80)]


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """80 files, work enough for several processes."""
    monkeypatch.setattr(batch, "_WORTH", 10)
    for name in NAMES:
        (tmp_path / name).write_text("云水乡", encoding="utf-8")
    return [str(tmp_path / name) for name in NAMES]


def work(path: str) -> str:
    name = Path(path).name
    if name == "007":
        raise UnreadableReport("请另存。")
    if name == "008":
        raise PermissionError(13, "Permission denied")
    if name == "009":
        raise ZeroDivisionError("oops")
    return name


def crash(path: str) -> str:
    name = Path(path).name
    if name in ("040", "041"):
        os._exit(1)
    return name


def process(path: str) -> int:
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_and_failures(paths: list[str], jobs: int) -> None:
    results = list(batch.each(work, paths, jobs))
    failed = {Path(result.path).name: result.error for result in results if isinstance(result, Failure)}
    assert list(failed) == ["007", "008", "009"]
    assert failed["007"] == "请另存。"
    assert "Permission denied" in failed["008"]
    assert "ZeroDivisionError: oops" in failed["009"]
    assert [result for result in results if isinstance(result, str)] == [name for name in NAMES if name not in failed]


def marked(path: str) -> str:
    Path(f"{path}.done").touch()
    return path


def test_processes_begin_before_results_are_asked_for(paths: list[str]) -> None:
    results = batch.each(marked, paths, 2)
    stop = time.monotonic() + 30
    while not Path(f"{paths[0]}.done").exists():
        assert time.monotonic() < stop
        time.sleep(0.02)
    assert list(results) == paths


def unhurried(path: str) -> str:
    time.sleep(0.2)
    Path(f"{path}.done").touch()
    return path


def test_who_stops_does_not_wait_for_the_rest(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_CHUNK", 1)
    results = batch.each(unhurried, paths, 2)
    next(results)
    results.close()
    assert sum(Path(f"{path}.done").exists() for path in paths) < 20


def test_a_crash_costs_the_file_that_caused_it(paths: list[str]) -> None:
    results = list(batch.each(crash, paths, 2))
    assert [Path(result.path).name for result in results if isinstance(result, Failure)] == ["040", "041"]
    assert [result for result in results if isinstance(result, str)] == NAMES[:40] + NAMES[42:]


def test_little_work_stays_in_this_process(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert os.getpid() not in batch.each(process, paths, 2)
    assert set(batch.each(process, paths, 1)) == {os.getpid()}
    monkeypatch.setattr(batch, "_WORTH", 1_000_000)
    assert set(batch.each(process, paths, 2)) == {os.getpid()}


def test_an_audit_from_a_batch_is_the_audit(tmp_path: Path) -> None:
    from analyzer import audit
    from analyzer.rules import all_rules

    path = tmp_path / "云水乡.txt"
    path.write_text("云水乡2023年工作总结\n抓好两项工作：一是学习；二是宣传；三是服务。\n", encoding="utf-8")
    lean, whole = batch.audit_file(str(path), tuple(all_rules())), audit(path)
    assert lean.findings == whole.findings
    assert lean.findings
    assert lean.checks == whole.checks


def test_a_script_without_a_main_guard_gets_its_results_and_a_word(paths: list[str], tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    lines = ("from analyzer import batch", "batch._WORTH = 10", f"print(*batch.each(str, {paths[:8]!r}, 2))")
    script.write_text("\n".join(lines), encoding="utf-8")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == paths[:8]
    assert "no other process could be started" in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="ends the processes of a failed test by their group")
def test_workers_leave_with_a_killed_parent(paths: list[str], tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    lines = (
        "import sys; sys.path.insert(0, sys.argv[1])",
        "import test_batch",
        "from analyzer import batch",
        "if __name__ == '__main__':",
        "    batch._WORTH = 10",
        f"    print(*batch.each(test_batch.slow, {paths!r}, 2))",
    )
    script.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, script, str(Path(__file__).parent)]
    parent = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert parent.stderr
        parent.stderr.readline()  # a worker is at work
        parent.kill()
        parent.communicate(timeout=20)  # standard error ends when the last worker has closed it
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGKILL)


def slow(path: str) -> str:
    print("at work", file=sys.stderr, flush=True)
    time.sleep(60)
    return path


def test_an_audit_keeps_of_its_analysis_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "云水乡.txt"
    path.write_text("云水乡2023年工作总结\n一、主要工作\n全年开展法治宣传32场。\n", encoding="utf-8")
    bare = batch.audit_file(str(path), ("ENU001",)).analysis
    assert bare.outline.sections
    assert not bare.quantities
    assert not bare.clauses
    kept = batch.audit_file(str(path), ("ENU001",), needs=("quantities",)).analysis
    assert [quantity.quote for quantity in kept.quantities] == ["32场"]
    assert not kept.clauses
