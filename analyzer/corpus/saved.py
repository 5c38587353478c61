"""A corpus in a folder: one Parquet file a table, which pandas, Polars, R and DuckDB read, and corpus.json.

A half-written folder never takes the place of a good one: all is written beside it first.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.arrow import arrow_of, for_pandas, typed
from analyzer.corpus.edition import version
from analyzer.errors import CorpusError
from analyzer.libraries import library
from analyzer.records import Failure
from analyzer.tabular import AUDITED, TABLES, Column, table

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]

VERSION = 1
FAILURES = (Column("path", "string"), Column("error", "string"))

ABOUT = "corpus.json"
COLUMNS: dict[str, tuple[Column, ...]] = {
    **{kind: table(kind).columns for kind in (*TABLES, *AUDITED)},
    "failures": FAILURES,
}
_SHARED = ["path", "report", "section_path"]  # columns of few values


def save(tables: Mapping[str, Table], failures: Sequence[Failure], folder: Path) -> None:
    """Writes the tables of a corpus, in place of another one that was saved in `folder`.

    Raises CorpusError where `folder` holds anything else: nothing of somebody's own is ever removed.
    """
    folder = folder.absolute()
    if folder.exists() and not (folder.is_dir() and _is_ours(folder)):
        raise CorpusError(f"{folder}：不是空文件夹，也不是保存的语料库，请换一个 · neither empty nor a saved corpus")
    folder.parent.mkdir(parents=True, exist_ok=True)
    whole = {**tables, "failures": arrow_of(FAILURES, [(each.path, each.error) for each in failures])}
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        for kind, columns in COLUMNS.items():
            library("pyarrow.parquet").write_table(for_pandas(columns, whole[kind]), new / f"{kind}.parquet")
        about = {**described(), "rows": {kind: len(whole[kind]) for kind in COLUMNS}}
        (new / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
        if folder.exists():
            os.rename(folder, old)
        try:
            os.rename(new, folder)
        except OSError:
            if old.exists():
                os.rename(old, folder)
            raise


def load(folder: Path) -> tuple[dict[str, Table], list[Failure]]:
    """The tables and failures saved in `folder`. Raises CorpusError for any other folder, and a damaged one."""
    about = _about(folder)
    found = {}
    for kind, columns in COLUMNS.items():
        file = folder / f"{kind}.parquet"
        found[kind] = read_kind(columns, file, str(file))
        if len(found[kind]) != about["rows"][kind]:
            raise CorpusError(f"{file}：行数不对，请重新保存 · wrong number of rows, save it again")
    failures = [Failure(each["path"], each["error"]) for each in found.pop("failures").to_pylist()]
    return found, failures


def read_kind(columns: Sequence[Column], source: Any, name: str) -> Table:
    """The table with these columns in a Parquet file, given by its path or open. Raises CorpusError with its name."""
    shared = [column.name for column in columns if column.name in _SHARED]
    try:
        return typed(columns, library("pyarrow.parquet").read_table(source, read_dictionary=shared))
    except (OSError, KeyError, ValueError) as error:  # pyarrow's own errors are among these
        raise CorpusError(f"{name}：读不了，请重新保存 · broken, save it again: {error}") from error


def described() -> dict[str, Any]:
    """What corpus.json says of every corpus, besides its rows."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return {"corpus": VERSION, "analyzer": version("analyzer") or "", "made": made}


def about_of(data: bytes, file: str) -> dict[str, Any]:
    """What corpus.json says. Raises CorpusError with its name where it says something else."""
    try:
        about = json.loads(data)
    except ValueError as error:
        raise CorpusError(f"{file}：读不了 · broken: {error}") from None
    if not isinstance(about, dict) or about.get("corpus") != VERSION:
        raise CorpusError(f"{file}：不是这个版本保存的语料库 · not a corpus of this version")
    return about


def _is_ours(folder: Path) -> bool:
    names = {each.name for each in folder.iterdir()}
    return not names or (ABOUT in names and names <= {ABOUT, *(f"{kind}.parquet" for kind in COLUMNS)})


def _about(folder: Path) -> dict[str, Any]:
    file = folder / ABOUT
    try:
        about = about_of(file.read_bytes(), str(file))
    except FileNotFoundError:
        raise CorpusError(f"{folder}：这里没有保存的语料库（没有 {ABOUT}）· no saved corpus here") from None
    except OSError as error:
        raise CorpusError(f"{file}：读不了 · broken: {error}") from None
    if not isinstance(about.get("rows"), dict):
        raise CorpusError(f"{file}：不是这个版本保存的语料库 · not a corpus of this version")
    return about
