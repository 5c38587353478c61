"""The private folder of a server, and what servers that were killed have left."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
from pathlib import Path

HOST = "127.0.0.1"
_PREFIX = "analyzer-serve-"
_NAME = re.compile(rf"{_PREFIX}(\d+)-")


def private_folder(port: int) -> Path:
    """A new folder that only this user can read, for the server that listens on `port`; first, leftovers are removed.

    A folder's name has the port of its server, which listens as long as it lives: one on whose port nobody does, or on
    ours, is of a server that was killed. To be called when `port` is ours.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        found = _NAME.match(folder.name)
        if found and _is_ours(folder) and (int(found[1]) == port or not _listens(int(found[1]))):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{port}-"))


def _is_ours(folder: Path) -> bool:
    """Whether this is a folder that this user has made. (Of a link, rmtree removes nothing.)"""
    if not folder.is_dir():
        return False
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    except (OSError, OverflowError):
        return True  # who knows: it stays
    return True
