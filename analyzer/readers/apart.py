"""Reading in a process of its own, which may take too long or crash without harm to this one."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable

from analyzer.errors import UnreadableReport
from analyzer.records import Report

_SECONDS = 30
_PROGRAM = """
import pickle, sys
from analyzer.errors import UnreadableReport
work, *rest = pickle.load(sys.stdin.buffer)
try:
    result = work(*rest)
except UnreadableReport as error:
    result = str(error)
sys.stdout.buffer.write(pickle.dumps(result))
"""


def apart(work: Callable[[bytes, str], Report], data: bytes, path: str) -> Report:
    """What `work`, a module's function, gives for a file. Raises UnreadableReport, also where it finds no end."""
    task = pickle.dumps((work, data, path))
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        run = subprocess.run(
            [sys.executable, "-c", _PROGRAM], input=task, capture_output=True, timeout=_SECONDS, env=places, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise UnreadableReport("文件的结构反常，读不到头。请确认文件来源，用原来的软件打开后重新导出。") from None
    result = pickle.loads(run.stdout)
    if isinstance(result, Report):
        return result
    raise UnreadableReport(result)
