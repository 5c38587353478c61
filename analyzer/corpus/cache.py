"""What was read out of reports before, kept in a file: nothing is analysed twice.

One SQLite file holds batches of reports as compressed Arrow tables. A report is found by its key, which is made of its
content and of all else that results depend on; where it lies does not matter. Each batch is written in a transaction of
its own: a process that is killed loses none that it has finished, and several processes may share the file. What was
not asked for in 90 days is dropped. A broken file is set aside, and one that cannot be used is done without, each with
a warning: results are the same without a cache.
"""

from __future__ import annotations

import os
import sqlite3
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Self, TypeVar

from analyzer.corpus.assembly import Batch
from analyzer.corpus.kept import KINDS
from analyzer.corpus.packed import Packed, packed
from analyzer.libraries import library

T = TypeVar("T")
State = tuple[int, int, int]  # size, mtime_ns, ctime_ns

_FILE = "reports-1.sqlite"  # another number for another arrangement
_WAIT = 60  # seconds for another process to finish its transaction
_KEPT = timedelta(days=90)

_TABLES = """
CREATE TABLE IF NOT EXISTS batches (id INTEGER PRIMARY KEY, used TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tables (batch INTEGER, kind TEXT, size INTEGER, checksum INTEGER, data BLOB,
    PRIMARY KEY (batch, kind));
CREATE TABLE IF NOT EXISTS reports (key TEXT PRIMARY KEY, batch INTEGER, number INTEGER);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, digest TEXT,
    used TEXT);
CREATE INDEX IF NOT EXISTS reports_of_batch ON reports (batch);
CREATE TEMP TABLE wanted (name TEXT PRIMARY KEY);
"""


def user_folder() -> Path:
    """Where the cache of this user is. Raises MissingLibrary without platformdirs."""
    return Path(library("platformdirs").user_cache_dir("analyzer", appauthor=False))


class Cache:
    """An open cache. No method raises for a broken or busy file: what cannot be found is not there."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._connection: sqlite3.Connection | None = None
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def digests(self, paths: Iterable[str]) -> dict[str, tuple[State, str]]:
        """The state in which each known file was when its content had that digest."""

        def work(connection: sqlite3.Connection) -> dict[str, tuple[State, str]]:
            _want(connection, paths)
            rows = connection.execute("SELECT path, size, mtime, ctime, digest FROM files JOIN wanted ON path = name")
            return {path: ((size, mtime, ctime), digest) for path, size, mtime, ctime, digest in rows}

        return self._tried(work, {})

    def remember(self, digests: Mapping[str, tuple[State, str]]) -> None:
        """Keeps for `digests` what files contain while they are in that state."""
        rows = [(path, *state, digest, _today()) for path, (state, digest) in digests.items()]

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

        self._tried(work, None)

    def places(self, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
        """The batch in which each report is that is there, and its number in it."""

        def work(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
            _want(connection, keys)
            rows = connection.execute("SELECT key, batch, number FROM reports JOIN wanted ON key = name")
            return {key: (batch, number) for key, batch, number in rows}

        return self._tried(work, {})

    def batches(self, wanted: Iterable[int]) -> dict[int, Batch]:
        """These batches, packed, but those gone by now; none of them where one is damaged."""

        def work(connection: sqlite3.Connection) -> dict[int, Batch]:
            found = {batch: tables for batch in wanted if (tables := _tables(connection, batch))}
            _renew(connection, found)
            return found

        return self._tried(work, {})

    def add(self, keys: Sequence[str], batch: Batch) -> None:
        """Keeps a batch whose reports have these keys, in their order."""
        parts = {kind: packed(table) for kind, table in batch.items()}

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            number = connection.execute("INSERT INTO batches (used) VALUES (?)", (_today(),)).lastrowid
            tables = [(number, kind, each.size, zlib.crc32(each.data), each.data) for kind, each in parts.items()]
            connection.executemany("INSERT INTO tables VALUES (?, ?, ?, ?, ?)", tables)
            rows = [(key, number, place) for place, key in enumerate(keys)]
            connection.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")

        self._tried(work, None)

    def _tried(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `work` gives, or `otherwise` where the file does not serve."""
        if not self._connection:
            return otherwise
        try:
            return work(self._connection)
        except sqlite3.OperationalError as error:  # locked, full, read-only
            self._close()
            warnings.warn(f"缓存用不了，这次不用缓存 · cache not used: {self._file}: {error}", stacklevel=2)
        except sqlite3.DatabaseError as error:
            self._close()
            self._set_aside(error)
        return otherwise

    def _open(self) -> None:
        try:
            self._file.parent.mkdir(0o700, parents=True, exist_ok=True)  # reports may not be for everybody
            self._connection = sqlite3.connect(self._file, timeout=_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            warnings.warn(f"缓存用不了，这次不用缓存 · cache not used: {self._file}: {error}", stacklevel=2)
            return
        self._tried(lambda connection: connection.executescript(_TABLES), None)

    def _set_aside(self, error: Exception) -> None:
        aside = self._file.with_suffix(".broken")
        warnings.warn(f"缓存文件已损坏，移到 {aside}，重新分析 · broken cache set aside: {error}", stacklevel=3)
        try:
            os.replace(self._file, aside)
            Path(f"{self._file}-journal").unlink(missing_ok=True)  # or it would be applied to the new file
        except OSError as error:
            warnings.warn(f"缓存用不了，这次不用缓存 · cache not used: {self._file}: {error}", stacklevel=3)
            return
        self._open()


def _tables(connection: sqlite3.Connection, batch: int) -> Batch:
    """The tables of a batch; none of one that is gone. Raises DatabaseError for a damaged one."""
    rows = connection.execute("SELECT kind, size, checksum, data FROM tables WHERE batch = ?", (batch,)).fetchall()
    found: Batch = {kind: Packed(size, data) for kind, size, checksum, data in rows if zlib.crc32(data) == checksum}
    if rows and set(found) != {"heads", *KINDS}:
        raise sqlite3.DatabaseError(f"batch {batch} is damaged")
    return found


def _want(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    connection.execute("BEGIN")
    connection.execute("DELETE FROM wanted")
    connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((name,) for name in names))
    connection.execute("COMMIT")


def _renew(connection: sqlite3.Connection, batches: Iterable[int]) -> None:
    """Notes that these batches are in use, and drops what is not any more."""
    connection.execute("BEGIN IMMEDIATE")
    rows = [(_today(), batch) for batch in batches]
    connection.executemany("UPDATE batches SET used = ? WHERE id = ?", rows)
    old = (str(date.today() - _KEPT),)
    for table, name in (("tables", "batch"), ("reports", "batch"), ("batches", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {name} IN (SELECT id FROM batches WHERE used < ?)", old)
    connection.execute("DELETE FROM files WHERE used < ?", old)
    connection.execute("COMMIT")


def _today() -> str:
    return str(date.today())
