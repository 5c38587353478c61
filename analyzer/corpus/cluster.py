"""A corpus beyond one machine: parts of it given to the workers of a Dask cluster, which write them where they belong.

Only the names of files and the counts of rows go through this process. A part whose worker dies is done by another one;
one that workers keep dying of is done again file by file, each in a process that may die, and the file that kills it is
listed among the failures. Parts that are done are not done again. Needs pip install "analyzer[cluster]".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.cores import cores
from analyzer.corpus import united
from analyzer.corpus.edition import edition_of
from analyzer.corpus.part import Part, Plan, Rows, write_part
from analyzer.corpus.store import Source, Stored, found, whole
from analyzer.errors import CorpusError
from analyzer.libraries import library
from analyzer.progress import watched
from analyzer.records import Failure
from analyzer.rules import choose

_PARTS = 64  # of a corpus, about; of a large one more, of at most _LARGEST files
_SMALLEST, _LARGEST = 32, 512  # files of a part: many to a task and a Parquet file, few enough to do again
_AGAIN = 2  # times that a part is tried again that fails, by a store that does not answer
_PATIENCE = "20s"  # for a scheduler to answer


@dataclass(frozen=True, slots=True)
class Spread:
    """What came of it."""

    reports: int
    parts: int
    before: int  # parts that were done already
    failures: tuple[Failure, ...]


def spread(
    paths: Iterable[Source],
    output: Source,
    scheduler: str | None = None,
    jobs: int | None = None,
    rules: Iterable[str] | None = None,
    profile: str = "auto",
    progress: bool = True,
) -> Spread:
    """Analyses and audits all files, on a cluster, into `output`: FOLDER/TABLE/part-00001.parquet and so on.

    `paths` and `output` are paths or URLs that fsspec knows, the same for this process and all workers. `scheduler` is
    the address of a Dask scheduler; without one, `jobs` workers are started on this machine. `rules` and `profile` as
    in `Corpus.read`; findings here are those of each report by itself: to compare reports with each other is left to
    `Corpus.load(output)`. Raises CorpusError, with what to do, where `output` is not fit or a part cannot be done: what
    was done remains, and the same call goes on. Raises UnknownRule, MissingLibrary.
    """
    library("distributed", "cluster")
    codes = tuple(rule.code for rule in choose(rules or ()))
    edition = edition_of(codes, profile)
    if edition is None:
        raise CorpusError("词表或程序在启动后改过，请重新启动 · files changed since the start: start again")
    plan = Plan(whole(output), codes, profile, edition)
    files, unsearched = found(paths)
    united.begin(plan)
    parts = _divided(files, edition)
    rows = before = united.done(plan.folder, parts)
    todo = [part for part in parts if part.number not in before]
    if todo:
        working = _worked(todo, plan, scheduler, jobs or cores())
        rows = {**before, **dict(watched(working, len(todo)) if progress else working)}
    united.finish(plan, [rows[part.number] for part in parts], unsearched)
    failures = (*unsearched, *united.failures_in(plan.folder, rows))
    return Spread(sum(each["reports"] for each in rows.values()), len(parts), len(before), failures)


def _divided(files: Sequence[Stored], edition: str) -> list[Part]:
    """The parts, at least one. Their size is a power of two: a few files more leave those before them as they are."""
    size = min(max(_SMALLEST, 1 << (len(files) // _PARTS).bit_length()), _LARGEST)
    several = [files[start : start + size] for start in range(0, max(len(files), 1), size)]
    return [
        Part(number, tuple(file.path for file in each), _digest([edition, *(f"{file}" for file in each)]))
        for number, each in enumerate(several)
    ]


def _digest(evidence: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(evidence).encode("utf-8", "surrogateescape")).hexdigest()


def _worked(parts: Sequence[Part], plan: Plan, scheduler: str | None, workers: int) -> Iterator[tuple[int, Rows]]:
    """The number of each part and its rows, as they come."""
    killed = library("distributed").KilledWorker
    with _client(scheduler, min(workers, len(parts))) as client:
        crashing = []
        for part, future in _finished(client, parts, plan):
            if isinstance(future.exception(), killed):
                crashing.append(part)
            else:
                yield part.number, _result(part, future)
        for part, future in _finished(client, crashing, plan, careful=True):
            yield part.number, _result(part, future)


def _client(scheduler: str | None, workers: int) -> Any:
    distributed = library("distributed")
    try:
        if scheduler:
            return distributed.Client(scheduler, timeout=_PATIENCE)
        return distributed.Client(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    except (OSError, ValueError) as error:
        raise CorpusError(f"连不上 {scheduler or '本机的工作进程'} · no connection: {error}") from error


def _finished(client: Any, parts: Sequence[Part], plan: Plan, careful: bool = False) -> Iterator[tuple[Part, Any]]:
    futures = {
        client.submit(
            write_part, part, plan, careful, key=f"part-{part.number}-{part.key}-{careful}", pure=False, retries=_AGAIN
        ): part
        for part in parts
    }
    for future in library("distributed").as_completed(list(futures)):
        yield futures[future], future


def _result(part: Part, future: Any) -> Rows:
    try:
        rows: Rows = future.result()
    except Exception as error:  # of the worker, whatever it is
        what = f"第{part.number}部分没有做成；做成的都在，可用同样的命令接着做"
        raise CorpusError(f"{what} · a part failed, the others are kept, run the same again: {error}") from error
    return rows
