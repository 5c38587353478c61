"""Words as data: reads the files of this folder. A broken entry is a LexiconError that names file and entry.

A user's own entries stand in a folder of their own, in files of the same names and made alike (see `own`). The folder
is named in an environment variable, for the processes that share the work inherit that.
"""

from __future__ import annotations

import csv
import os
import time
import tomllib
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from analyzer.errors import LexiconError
from analyzer.lexicon.own import merged

LOADED_SINCE = time.time()  # no word was read before; a file changed later may have been read before or after

_OWN = "ANALYZER_LEXICON"


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file `name`.toml as a dict, with the user's own entries.

    Raises LexiconError where it is missing, not TOML, or where an own entry does not fit.
    """
    file = resources.files(__name__) / f"{name}.toml"
    try:
        shipped = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}.toml：{error}") from error
    folder = own_folder()
    own = folder / f"{name}.toml" if folder else None
    return _with_own(shipped, own) if own and own.exists() else shipped


def own_folder() -> Path | None:
    """The folder with the user's own entries."""
    return Path(os.environ[_OWN]) if os.environ.get(_OWN) else None


def use(folder: Path) -> None:
    """Puts the entries of `folder` over the shipped ones, in this process and those that it starts.

    To be called before the first report is read: the words are compiled once. Raises LexiconError where it is too late,
    where there is no such folder, or where a file of it does not fit.
    """
    if os.environ.get(_OWN) == str(folder.absolute()):
        return
    if load.cache_info().currsize:
        raise LexiconError(
            f"词表已经读入，不能再换成 {folder}。请在分析第一份报告之前设定 · set it before the first report"
        )
    if not folder.is_dir():
        raise LexiconError(f"没有这个词表文件夹 · no such folder: {folder}")
    shipped = {file.name for file in resources.files(__name__).iterdir() if file.name.endswith((".toml", ".csv"))}
    for file in sorted(file for file in folder.iterdir() if file.suffix in (".toml", ".csv")):
        if file.name not in shipped:
            near = get_close_matches(file.name, shipped)
            hint = f"，相近的有：{'、'.join(near)}" if near else f"，可用的有：{'、'.join(sorted(shipped))}"
            raise LexiconError(f"{file}：没有这个词表{hint} · no such lexicon")
        if file.suffix == ".csv":
            raise LexiconError(f"{file}：这个词表不能补充，只有 .toml 可以 · only .toml files can be extended")
        _with_own(tomllib.loads((resources.files(__name__) / file.name).read_text(encoding="utf-8")), file)
    os.environ[_OWN] = str(folder.absolute())


def _with_own(shipped: dict[str, Any], file: Path) -> dict[str, Any]:
    try:
        own = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{file}：{error}") from error
    both: dict[str, Any] = merged(shipped, own, f"{file}：")
    return both


def load_rows(name: str) -> list[dict[str, str]]:
    """The rows of lexicon file `name`.csv, each by the columns of its first line.

    Raises LexiconError where the file is missing or a row has more or fewer cells than the first line.
    """
    file = resources.files(__name__) / f"{name}.csv"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}.csv：{error}") from error
    rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise LexiconError(f"{name}.csv：第{number}行的列数与首行不同")
    return rows
