"""Many files: the same work on each, on all cores, results in the order of the files.

One bad file never stops the others: a file that cannot be read, that a rule trips over, or that crashes the process at
work on it comes back as a `Failure` in its place.
"""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, TypeVar

from analyzer.errors import UnreadableReport
from analyzer.pipeline import analyze, audit
from analyzer.readers import archives, read
from analyzer.records import Analysis, Audit, Failure
from analyzer.rules import all_rules

T = TypeVar("T")

_CHUNK = 16  # files a task at most: sending each alone costs time too
_WORTH = 600_000  # bytes a process: less is done before a new process has started

CRASHED = "处理这个文件时程序崩溃。请用原来的软件打开它，另存为 .docx 或 .txt 再试。"

_NO_PROCESSES = (
    "启动不了别的进程，只用一个核心。若在脚本里，请把调用写在 if __name__ == '__main__': 下面"
    " · no other process could be started: in a script, put the call under if __name__ == '__main__':"
)


def each(work: Callable[[str], T], paths: Sequence[str], jobs: int = 1) -> Iterator[T | Failure]:
    """Results of `work` on every path, in order, from at most `jobs` processes; little work stays in this one.

    Other processes begin at once, before the first result is asked for. `work` must be picklable where `jobs` > 1 (a
    module's function, or a `partial` of one).
    """
    processes = min(jobs, len(paths), sum(map(_size, paths)) // _WORTH) if jobs > 1 else 1
    if processes < 2:
        return (guarded(work, path) for path in paths)
    results = _from_processes(work, paths, processes)
    next(results)
    return results


def _from_processes(work: Callable[[str], T], paths: Sequence[str], processes: int) -> Iterator[Any]:
    """None as soon as the processes are at work, then the results."""
    chunk = max(1, min(_CHUNK, len(paths) // (8 * processes)))
    done, begun = 0, False
    while done < len(paths):
        try:
            with _pool(processes, work) as pool:
                results = pool.map(_task, paths[done:], chunksize=chunk)
                if not begun:
                    begun = True
                    yield None
                for result in results:
                    yield result
                    done += 1
        except BrokenProcessPool:
            if not begun:
                begun = True
                yield None
            if not done and not _can_start():
                warnings.warn(_NO_PROCESSES, stacklevel=2)
                yield from (guarded(work, path) for path in paths)
                return
            for path in paths[done : done + chunk]:  # the culprit is among the next: one process each
                yield _alone(work, path)
                done += 1


def audit_file(path: str, rules: tuple[str, ...], profile: str = "auto", needs: tuple[str, ...] = ()) -> Audit:
    """The audit of one file by the rules named; of its analysis only report, outline and the fields that `needs` names.

    The rest would be sent between processes and held for every file, read by no one. Raises UnreadableReport.
    """
    found = audit(analyze(read(path), profile), [all_rules()[code] for code in rules])
    whole = found.analysis
    kept: dict[str, Any] = {"enumerations": (), "clauses": ()} | {name: getattr(whole, name) for name in needs}
    return replace(found, analysis=Analysis(whole.report, whole.outline, **kept))


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return archives.size(Path(path))  # 0 where there is nothing: whoever reads it will say so


def guarded(work: Callable[[str], T], path: str) -> T | Failure:
    """What `work` gives for one path, or why it gives nothing."""
    try:
        return work(path)
    except UnreadableReport as error:
        return Failure(path, str(error))
    except OSError as error:
        return Failure(path, f"打不开这个文件（{error.strerror or error}）。请检查文件是否被占用、是否有读取权限。")
    except Exception as error:  # a fault of ours must not cost the user the other reports
        what = f"{type(error).__name__}: {error}"
        return Failure(path, f"程序在处理这个文件时出错（{what}）。请把这一行和文件一起报告给开发者。")


@contextmanager
def _pool(processes: int, work: Callable[[str], Any]) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(min(processes, 61), get_context("spawn"), _start, (work,))  # 61 is Windows' limit
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)  # who is interrupted does not wait for the rest


_work: Callable[[str], Any]


def _start(work: Callable[[str], Any]) -> None:
    """Sets a new process up: the work is sent once, and Ctrl-C is left to the process that asked for it."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Ends this process when the one that asked for the work was killed, and could not end it."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _can_start() -> bool:
    """Whether new processes live: they run the main script anew, and fail where that starts the work once more."""
    try:
        with _pool(1, str) as pool:
            return bool(pool.submit(_task, "yes").result())
    except BrokenProcessPool:
        return False


def _task(path: str) -> Any:
    return guarded(_work, path)


def _alone(work: Callable[[str], T], path: str) -> T | Failure:
    try:
        with _pool(1, work) as pool:
            result: T | Failure = pool.submit(_task, path).result()
            return result
    except BrokenProcessPool:
        return Failure(path, CRASHED)
