"""Files that may crash the process at work on them, in a process of their own: python -m analyzer.corpus.apart

The worker of a cluster must not die of a file, and may not start processes by multiprocessing (Dask's are daemons).
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from analyzer.batch import CRASHED, guarded
from analyzer.errors import CorpusError
from analyzer.records import Failure

T = TypeVar("T")

_READY = "ready"


def apart(work: Callable[[str], T], paths: Sequence[str]) -> list[T | Failure]:
    """Results of `work`, which must be picklable, on every path: a file that crashes its process is a Failure.

    Another process is started after each crash. Raises CorpusError where none can be started.
    """
    results: list[T | Failure] = []
    while len(results) < len(paths):
        results += _until_crash(work, paths[len(results) :])
        if len(results) < len(paths):
            results.append(Failure(paths[len(results)], CRASHED))
    return results


def _until_crash(work: Callable[[str], T], paths: Sequence[str]) -> list[T | Failure]:
    """The results up to the file that crashes the process, all of them where none does."""
    received: list[Any] = []
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump((work, tuple(paths)), process.stdin)
            process.stdin.close()
            while len(received) <= len(paths):
                received.append(pickle.load(process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            pass  # it has died
    if not received:
        raise CorpusError(f"启动不了别的进程 · no other process could be started: {' '.join(command)}")
    return received[1:]


def _serve() -> None:
    """Does the work that standard input names, and writes the results."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be among the results
    work, paths = pickle.load(sys.stdin.buffer)
    for result in (_READY, *paths):
        pickle.dump(result if result is _READY else guarded(work, result), results)
        results.flush()


if __name__ == "__main__":
    _serve()
