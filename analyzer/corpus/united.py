"""A corpus in parts as one: the folder that `analyzer.corpus.spread` fills, begun, finished and read back.

FOLDER/corpus.json says what it is; there are no "rows" in it before all parts are done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.corpus.across import compared
from analyzer.corpus.part import Part, Plan, Rows, kinds, mark, place
from analyzer.corpus.saved import ABOUT, about_of, described, read_kind
from analyzer.corpus.store import Source, is_url, system_of, whole
from analyzer.errors import CorpusError
from analyzer.libraries import library
from analyzer.records import Failure

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]

_NUMBER = re.compile(r"part-(\d+)")


def is_in_parts(folder: Source) -> bool:
    """Whether this is the folder of a corpus in parts; what is at a URL can be nothing else."""
    try:
        return is_url(folder) or b'"parts"' in Path(folder, ABOUT).read_bytes()
    except OSError:
        return False


def begin(plan: Plan) -> None:
    """Makes the folder of the plan ready. Raises CorpusError where it holds anything but a corpus in parts."""
    if not _is_free(plan.folder):
        what = "不是空文件夹，也不是分部分的语料库，请换一个 · neither empty nor a corpus in parts"
        raise CorpusError(f"{plan.folder}：{what}")
    _describe(plan.folder, {"parts": None})


def done(folder: str, parts: Iterable[Part]) -> dict[int, Rows]:
    """The rows of each of these parts that is done, and whose files are as they were."""
    system, _ = system_of(folder)
    rows = {}
    for part in parts:
        try:
            written = json.loads(system.cat_file(system_of(mark(folder, part.number))[1]))
            if written["key"] == part.key:
                rows[part.number] = written["rows"]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # not done, or cut off
    return rows


def finish(plan: Plan, rows: Sequence[Rows], unsearched: Sequence[Failure]) -> None:
    """Says that all parts are done, with the rows of each; removes parts beyond them, of files that are gone."""
    system, root = system_of(plan.folder)
    for file in system.glob(f"{root}/*/part-*"):
        if int(_NUMBER.findall(file)[-1]) >= len(rows):
            system.rm(file)
    _describe(
        plan.folder,
        {
            "parts": len(rows),
            "rules": plan.rules,
            "rows": {kind: sum(each[kind] for each in rows) for kind in kinds()},
            "unsearched": [(each.path, each.error) for each in unsearched],
        },
    )


def failures_in(folder: str, rows: Mapping[int, Rows]) -> list[Failure]:
    """The files of these parts that could not be read."""
    parts = (number for number in sorted(rows) if rows[number]["failures"])
    tables = [_read(folder, "failures", number) for number in parts]
    return [Failure(each["path"], each["error"]) for table in tables for each in table.to_pylist()]


def load(folder: Source) -> tuple[dict[str, Table], list[Failure]]:
    """The tables of all parts and the files that could not be read, compared with each other here and now.

    Raises CorpusError for any other folder, one with parts undone, and a damaged one.
    """
    folder = whole(folder)
    about = _about(folder)
    if not isinstance(about.get("parts"), int):
        raise CorpusError(f"{folder}：还没有做完，请用同样的命令接着做 · not finished: run the same command again")
    tables = {}
    for kind in kinds():
        each = [_read(folder, kind, number) for number in range(about["parts"])]
        tables[kind] = library("pyarrow").concat_tables(each)
        if len(tables[kind]) != about["rows"][kind]:
            raise CorpusError(f"{folder}/{kind}：行数不对，请用同样的命令再做 · wrong number of rows, run it again")
    heads = tables.pop("audits")
    failed = [*about["unsearched"], *((each["path"], each["error"]) for each in tables.pop("failures").to_pylist())]
    tables |= compared(tables, heads, about["rules"])
    return tables, [Failure(path, error) for path, error in failed]


def _is_free(folder: str) -> bool:
    system, root = system_of(folder)
    if not system.exists(root):
        return True
    if not system.isdir(root):
        return False
    return not system.ls(root) or (system.exists(f"{root}/{ABOUT}") and "parts" in _about(folder))


def _read(folder: str, kind: str, number: int) -> Table:
    system, file = system_of(place(folder, kind, number))
    try:
        with system.open(file, "rb") as stream:
            return read_kind(kinds()[kind], stream, place(folder, kind, number))
    except OSError as error:
        raise CorpusError(
            f"{file}：读不了，请用同样的命令再做 · broken, run the same command again: {error}"
        ) from error


def _about(folder: str) -> dict[str, Any]:
    system, file = system_of(f"{folder}/{ABOUT}")
    try:
        return about_of(system.cat_file(file), file)
    except FileNotFoundError:
        raise CorpusError(f"{folder}：这里没有保存的语料库（没有 {ABOUT}）· no saved corpus here") from None


def _describe(folder: str, content: Mapping[str, Any]) -> None:
    with library("fsspec", "cluster").open(f"{folder}/{ABOUT}", "wb") as file:
        file.write(json.dumps({**described(), **content}, indent=1).encode())
