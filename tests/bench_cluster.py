"""What a cluster costs and gives: python tests/bench_cluster.py FOLDER [--reports N] [--workers N] [--characters N]

Makes N reports (600) out of the texts below FOLDER, as bench_corpus does. Reads and saves them with a pool of local
processes, then with as many workers of a Dask cluster on this machine. Prints seconds, also those that all cores together
worked (which tell more on a busy machine), their ratio, what one task costs, the Parquet written for a report, and what
follows from these figures for a million reports.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import distributed
from bench_corpus import make, texts

from analyzer import Corpus
from analyzer.corpus.cluster import spread
from analyzer.tabular import AUDITED, TABLES

TASKS = 2000
MILLION = 1_000_000
CORES = (2, 16, 64)


def timed(what: str, work: Callable[[], Any]) -> float:
    started = perf_counter()
    work()
    seconds = perf_counter() - started
    print(f"{seconds:8.2f} s  {what}", flush=True)
    return seconds


def nothing(number: int) -> int:
    return number


def size(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


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

        pool = timed(f"{workers} local processes, with comparing and saving", local)
        cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        with cluster, distributed.Client(cluster) as client:
            client.gather(client.map(nothing, range(100)))
            task = timed(f"{TASKS:,} empty tasks", lambda: client.gather(client.map(nothing, range(TASKS), pure=False)))
            timed(
                "cluster, new workers: they import the package",
                lambda: spread([folder / "000000.txt"], Path(temporary, "first"), cluster.scheduler_address),
            )
            spreading = timed(
                f"{workers} workers, into parts", lambda: spread([folder], parts, cluster.scheduler_address)
            )
            timed("again: nothing to do", lambda: spread([folder], parts, cluster.scheduler_address))
        loading = timed("load, with comparing", lambda: Corpus.load(parts))
        one, other = Corpus.load(saved), Corpus.load(parts)
        assert all(getattr(one, kind).equals(getattr(other, kind)) for kind in (*TABLES, *AUDITED))
        print(f"cluster against pool, both to tables in memory: {(spreading + loading) / pool:.2f} of its time")
        speed = characters / spreading / workers
        each = size(parts) / options.reports
        print(f"{speed:,.0f} characters/s on a worker; {task / TASKS * 1000:.2f} ms a task")
        print(
            f"{each / 1000:.1f} KB in parts and {size(saved) / options.reports / 1000:.1f} KB saved for a report of",
            end=" ",
        )
        print(f"{characters / options.reports:,.0f} characters")
        total = MILLION * characters / options.reports
        print(
            f"1,000,000 such reports: {total / 1e9:.1f} thousand million characters, {each * MILLION / 1e9:.0f} GB;",
            end=" ",
        )
        print(f"{total / speed / 3600:.1f} hours of one core:", end=" ")
        print(*(f"{total / speed / 3600 / cores:.1f} h on {cores}" for cores in CORES), sep=", ")


if __name__ == "__main__":
    main()
