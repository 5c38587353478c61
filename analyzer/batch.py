"""Many files: the same work on each, on all cores, results in the order of the files.

One bad file never stops the others: a file that cannot be read, that a rule trips over, or that crashes the process at
work on it comes back as a `Failure` in its place.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from typing import Any, TypeVar

from analyzer.errors import UnreadableReport
from analyzer.pipeline import analyze, audit
from analyzer.readers import read
from analyzer.records import Analysis, Audit, Failure
from analyzer.rules import all_rules

T = TypeVar("T")

_CHUNK = 16  # files a task at most: sending each alone costs time too
_WORTH = 1_000_000  # bytes a process: less is done before a new process has started

_CRASHED = "处理这个文件时程序崩溃。请用原来的软件打开它，另存为 .docx 或 .txt 再试。"


def each(work: Callable[[str], T], paths: Sequence[str], jobs: int = 1) -> Iterator[T | Failure]:
    """Results of `work` on every path, in order, from at most `jobs` processes; little work stays in this one.

    `work` must be picklable where `jobs` > 1 (a module's function, or a `partial` of one).
    """
    processes = min(jobs, len(paths), sum(map(_size, paths)) // _WORTH) if jobs > 1 else 1
    if processes < 2:
        for path in paths:
            yield _guarded(work, path)
        return
    chunk = max(1, min(_CHUNK, len(paths) // (4 * processes)))
    done = 0
    while done < len(paths):
        try:
            with _pool(processes, work) as pool:
                for result in pool.map(_task, paths[done:], chunksize=chunk):
                    yield result
                    done += 1
        except BrokenProcessPool:
            for path in paths[done : done + chunk]:  # the culprit is among the next: one process each
                yield _alone(work, path)
                done += 1


def audit_file(path: str, rules: tuple[str, ...], profile: str = "auto") -> Audit:
    """The audit of one file by the rules named, without the extraction that only web pages show: these make it anew.

    Raises UnreadableReport.
    """
    found = audit(analyze(read(path), profile), [all_rules()[code] for code in rules])
    whole = found.analysis
    return replace(found, analysis=Analysis(whole.report, whole.outline, enumerations=(), clauses=()))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0  # whoever reads it will say so


def _guarded(work: Callable[[str], T], path: str) -> T | Failure:
    try:
        return work(path)
    except UnreadableReport as error:
        return Failure(path, str(error))
    except OSError as error:
        return Failure(path, f"打不开这个文件（{error.strerror or error}）。请检查文件是否被占用、是否有读取权限。")
    except Exception as error:  # a fault of ours must not cost the user the other reports
        what = f"{type(error).__name__}: {error}"
        return Failure(path, f"程序在处理这个文件时出错（{what}）。请把这一行和文件一起报告给开发者。")


def _pool(processes: int, work: Callable[[str], Any]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(min(processes, 61), get_context("spawn"), _start, (work,))  # 61 is Windows' limit


_work: Callable[[str], Any]


def _start(work: Callable[[str], Any]) -> None:
    """Sets a new process up: the work is sent once, and Ctrl-C is left to the process that asked for it."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _task(path: str) -> Any:
    return _guarded(_work, path)


def _alone(work: Callable[[str], T], path: str) -> T | Failure:
    try:
        with _pool(1, work) as pool:
            result: T | Failure = pool.submit(_task, path).result()
            return result
    except BrokenProcessPool:
        return Failure(path, _CRASHED)
