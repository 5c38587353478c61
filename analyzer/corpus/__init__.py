"""Many reports as tables: read, audited and compared with each other, cached, and saved as Parquet.

Needs pandas and pyarrow (pip install "analyzer[research]"). The columns of each table, with types and units, are in the
docstring of its module: analyzer/tabular/KIND.py.
"""

from __future__ import annotations

import os
import warnings
from collections import ChainMap
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analyzer.arrow import arrow_of, frame_of_arrow
from analyzer.cores import cores
from analyzer.corpus import united
from analyzer.corpus.across import compared
from analyzer.corpus.assembly import Tables
from analyzer.corpus.cache import Cache, user_folder
from analyzer.corpus.cluster import spread
from analyzer.corpus.edition import edition_of
from analyzer.corpus.gather import gathered
from analyzer.corpus.saved import FAILURES, load, save
from analyzer.corpus.store import Source
from analyzer.libraries import library
from analyzer.readers import find_reports
from analyzer.records import Failure
from analyzer.rules import choose
from analyzer.tabular import table

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Reports as tables. Made by `Corpus.read` or `Corpus.load`; data frames are made when they are first asked for."""

    tables: Mapping[str, Any]  # kind → Arrow table; what the properties show as data frames
    failed: tuple[Failure, ...]

    @classmethod
    def read(
        cls,
        paths: Source | Iterable[Source],
        jobs: int | None = None,
        cache: bool | Source = True,
        progress: bool = True,
        rules: Iterable[str] | None = None,
        profile: str = "auto",
        engine: Literal["local", "dask"] = "local",
        scheduler: str | None = None,
        output: Source | None = None,
    ) -> Corpus:
        """Reads, analyses and audits files, and folders with all below them, and compares them with each other.

        `jobs` is how many cores to use, all by default; little work stays in this process. `cache` is a folder for
        what was read out, True for the user's own, False for none: only new and changed files are analysed, and what a
        killed run had done is not done again. `rules` are codes or how they begin, all by default; `profile` as in
        `analyzer.analyze`. A file that cannot be read is listed in `failures`. Raises UnknownRule, MissingLibrary.

        `engine="dask"` leaves the work to the Dask cluster at the address `scheduler` (without one, to `jobs` workers
        on this machine), which writes all tables into the folder or URL `output`, in parts; what is there, and not the
        cache, is not done again. `analyzer.corpus.cluster.spread` does that alone, for more than fits into memory.
        """
        _ready()
        if engine == "dask":
            if output is None:
                raise ValueError("a cluster writes into a folder that all its workers reach: give output")
            spread(_listed(paths), output, scheduler, jobs, rules, profile, progress)
            return cls.load(output)
        codes = tuple(rule.code for rule in choose(rules or ()))
        files, failures = find_reports(_listed(paths))
        state = edition_of(codes, profile) if cache else None
        if cache and not state:
            warnings.warn(
                "词表或程序在启动后改过，这次不用缓存 · files changed since the start: no cache", stacklevel=2
            )
        folder = user_folder() if cache is True else Path(cache or ".")
        with Cache(folder) if state else nullcontext() as store:
            batches, placed, failed = gathered(
                [str(file) for file in files], codes, profile, jobs or cores(), store, state or "", progress
            )
        tables = Tables(batches, placed)
        changed = compared(tables, tables.for_comparing, codes)
        return cls(ChainMap(changed, tables), (*failures, *failed))  # type: ignore[arg-type]  # nothing is written

    @classmethod
    def load(cls, folder: Source) -> Corpus:
        """The corpus saved in `folder`, or written there in parts by a cluster (then also a URL).

        Reports in parts are compared with each other now. Raises CorpusError for any other folder, and MissingLibrary.
        """
        _ready()
        tables, failures = united.load(folder) if united.is_in_parts(folder) else load(Path(folder))
        return cls(tables, tuple(failures))

    def save(self, folder: Source) -> None:
        """Writes one Parquet file a table into `folder`, in place of a corpus saved there before.

        Raises CorpusError where `folder` holds anything else.
        """
        save(self.tables, self.failed, Path(folder))

    @cached_property
    def reports(self) -> DataFrame:
        return self._frame("reports")

    @cached_property
    def sections(self) -> DataFrame:
        return self._frame("sections")

    @cached_property
    def clauses(self) -> DataFrame:
        return self._frame("clauses")

    @cached_property
    def enumerations(self) -> DataFrame:
        return self._frame("enumerations")

    @cached_property
    def quantities(self) -> DataFrame:
        return self._frame("quantities")

    @cached_property
    def measures(self) -> DataFrame:
        return self._frame("measures")

    @cached_property
    def shortcomings(self) -> DataFrame:
        return self._frame("shortcomings")

    @cached_property
    def citations(self) -> DataFrame:
        return self._frame("citations")

    @cached_property
    def findings(self) -> DataFrame:
        return self._frame("findings")

    @cached_property
    def checks(self) -> DataFrame:
        return self._frame("checks")

    @cached_property
    def failures(self) -> DataFrame:
        """Files that could not be read: path, error."""
        return frame_of_arrow(FAILURES, arrow_of(FAILURES, [(each.path, each.error) for each in self.failed]))

    def _frame(self, kind: str) -> DataFrame:
        return frame_of_arrow(table(kind).columns, self.tables[kind])

    def __len__(self) -> int:
        return len(self.tables["reports"])

    def __repr__(self) -> str:
        return f"Corpus({len(self)} reports, {len(self.failed)} failures)"

    def _repr_html_(self) -> str:
        return str(import_module("analyzer.notebook").html_of_corpus(self))


def _listed(paths: Source | Iterable[Source]) -> Iterable[Source]:
    return [paths] if isinstance(paths, str | os.PathLike) else paths


def _ready() -> None:
    """Raises MissingLibrary now, not after the work is done."""
    for name in ("pandas", "pyarrow"):
        library(name)
