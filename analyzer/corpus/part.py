"""A part of a large corpus: some hundred files, analysed where the work is done and written from there as Parquet.

FOLDER/KIND/part-00001.parquet for every table, also "failures", and "audits": the lean audits that comparing reports
begins with. The last that is written of a part is FOLDER/parts/part-00001.json: without it, the part is not done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from analyzer.arrow import arrow_of, for_pandas
from analyzer.batch import guarded
from analyzer.corpus.apart import apart
from analyzer.corpus.assembly import Placed, Tables, batch_of, compared_of, for_comparing
from analyzer.corpus.edition import edition_of
from analyzer.corpus.kept import Kept, keep
from analyzer.corpus.saved import COLUMNS
from analyzer.corpus.store import fetched
from analyzer.errors import CorpusError
from analyzer.libraries import library
from analyzer.records import Failure
from analyzer.tabular import Column

Rows = dict[str, int]  # kind → how many


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of a corpus have in common."""

    folder: str  # where they are written: absolute, or a URL
    rules: tuple[str, ...]  # codes
    profile: str
    edition: str  # the code and words that must be at work


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one part, in order."""

    number: int
    paths: tuple[str, ...]
    key: str  # what names its result: the files as they are now, and the edition


@cache
def kinds() -> dict[str, tuple[Column, ...]]:
    """The columns of every table of a part."""
    return {**COLUMNS, "audits": (Column("path", "string"), *for_comparing())}


def place(folder: str, kind: str, number: int) -> str:
    """Where the table of a part is."""
    return f"{folder}/{kind}/part-{number:05}.parquet"


def mark(folder: str, number: int) -> str:
    """Where it stands that a part is done."""
    return f"{folder}/parts/part-{number:05}.json"


def write_part(part: Part, plan: Plan, careful: bool = False) -> Rows:
    """Analyses the files of a part and writes its tables. `careful` survives files that crash the process.

    Raises CorpusError where this machine would give other results than the one that made the plan.
    """
    if edition_of(plan.rules, plan.profile) != plan.edition:
        raise CorpusError(
            "工作机上的版本或词表与本机不同，请装成一样，并重启工作机上的程序"
            " · this worker has other versions, code or words (ANALYZER_LEXICON): make them equal and start it again"
        )
    work = partial(_keep, rules=plan.rules, profile=plan.profile)
    results = apart(work, part.paths) if careful else [guarded(work, path) for path in part.paths]
    tables = _tables([*zip(part.paths, results, strict=True)])
    for kind, columns in kinds().items():
        with _written(place(plan.folder, kind, part.number)) as file:
            library("pyarrow.parquet").write_table(for_pandas(columns, tables[kind]), file)
    rows = {kind: len(tables[kind]) for kind in kinds()}
    with _written(mark(plan.folder, part.number)) as file:
        file.write(json.dumps({"key": part.key, "rows": rows}).encode())
    return rows


def _keep(path: str, rules: tuple[str, ...], profile: str) -> Kept:
    return keep(fetched(path), path, rules, profile)


def _tables(results: list[tuple[str, Kept | Failure]]) -> dict[str, Any]:
    """The tables of one part; its findings are those of each report by itself."""
    kept = [(path, each) for path, each in results if isinstance(each, Kept)]
    placed = [Placed(path, 0, number) for number, (path, _) in enumerate(kept)]
    tables = Tables([batch_of([each for _, each in kept])], placed)
    failed = [(each.path, each.error) for _, each in results if isinstance(each, Failure)]
    return {
        **tables,
        "failures": arrow_of(COLUMNS["failures"], failed),
        "audits": arrow_of(kinds()["audits"], [(path, *compared_of(each)) for path, each in kept]),
    }


def _written(url: str) -> Any:
    return library("fsspec", "cluster").open(url, "wb")  # makes the folders too
