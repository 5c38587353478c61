"""What a cluster costs and gives: python tests/bench_cluster.py FOLDER [--reports N] [--workers N] [--characters N]

Makes N reports (600) out of the texts below FOLDER, as bench_corpus does. Reads and saves them with a pool of local
processes, then with as many workers of a Dask cluster on this machine. Prints seconds, also those that all cores
together worked (which tell more on a busy machine), their ratio, what one task costs, the Parquet written for a report,
and what follows from these figures for a million reports.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import distributed
import pyarrow.parquet
from bench_corpus import make, texts

from analyzer import Corpus
from analyzer.corpus.cluster import spread
from analyzer.corpus.part import kinds
from analyzer.tabular import AUDITED, TABLES

TASKS = 2000
MILLION = 1_000_000
CORES = (2, 16, 64)


def timed(what: str, work: Callable[[], Any], client: Any = None) -> tuple[float, float]:
    """Seconds that passed, and that cores worked: in this process, those it ended, and the workers of `client`."""

    def worked() -> float:
        return sum(os.times()[:4]) + sum(client.run(process_time).values() if client else ())

    before, started = worked(), perf_counter()
    work()
    seconds, cores = perf_counter() - started, worked() - before
    print(f"{seconds:8.2f} s {cores:8.2f} s of cores  {what}", flush=True)
    return seconds, cores


def nothing(number: int) -> int:
    return number


def peak() -> float:
    """MB of memory that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def large(parts: Path) -> int:
    """Bytes that the tables take in one large part."""
    total = 0
    for kind in kinds():
        sink = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(pyarrow.parquet.read_table(parts / kind), sink)
        total += sink.getvalue().size
    return total


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--reports", type=int, default=600)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--characters", type=int, default=3_000)
    options = arguments.parse_args()
    workers = options.workers
    with tempfile.TemporaryDirectory() as temporary:
        folder, parts, saved = (Path(temporary, name) for name in ("reports", "parts", "saved"))
        folder.mkdir()
        characters = make(texts(options.folder), folder, options.reports, options.characters)
        print(f"{options.reports:,} reports, {characters:,} characters; load of this machine {os.getloadavg()[0]:.1f}")

        def local() -> None:
            Corpus.read(folder, jobs=workers, cache=False).save(saved)

        pool, pool_cores = timed(f"{workers} local processes, with comparing and saving", local)
        cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        address = cluster.scheduler_address

        def empty() -> None:
            client.gather(client.map(nothing, range(TASKS), pure=False))

        with cluster, distributed.Client(cluster) as client:
            task, _ = timed(f"{TASKS:,} empty tasks", empty, client)
            spreading, cores = timed(f"{workers} workers, into parts", lambda: spread([folder], parts, address), client)
            print(f"a worker takes up to {max(client.run(peak).values()):.0f} MB")
            timed("again: nothing to do", lambda: spread([folder], parts, address), client)
        loading, load_cores = timed("load, with comparing", lambda: Corpus.load(parts))
        one, other = Corpus.load(saved), Corpus.load(parts)
        assert all(getattr(one, kind).equals(getattr(other, kind)) for kind in (*TABLES, *AUDITED))
        each, length = large(parts) / options.reports, characters / options.reports
        speed = characters / cores
        print(f"cluster against pool: {(spreading + loading) / pool:.2f} of its time,", end=" ")
        print(f"{(cores + load_cores) / pool_cores:.2f} of its work; {task / TASKS * 1000:.1f} ms a task")
        print(f"{speed:,.0f} characters/s of a core; {each / 1000:.1f} KB of Parquet for a report of {length:,.0f}")
        hours, total = MILLION * length / speed / 3600, MILLION * length / 1e9
        print(f"a million: {total:.1f}e9 characters, {each * MILLION / 1e9:.0f} GB, {hours:.1f} h of a core", end="")
        print(*(f", {hours / number:.1f} h of {number}" for number in CORES), sep="")


if __name__ == "__main__":
    main()
