"""How fast an audit is on one core: python tests/bench_audit.py PATH… [--rounds N]

Reads, analyses and checks every report below PATH in this process, N times. Prints the best round: characters a second
from file to findings, and what share of the time each stage and each rule took.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from analyzer import pipeline
from analyzer.errors import UnreadableReport
from analyzer.readers import find_reports, read
from analyzer.rules import all_rules

seconds: Counter[str] = Counter()


def timed(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, with the time it takes added to its stage."""

    def measured(*arguments: Any) -> Any:
        started = perf_counter()
        try:
            return work(*arguments)
        finally:
            seconds[stage] += perf_counter() - started

    return measured


def one_round(files: list[Path]) -> tuple[int, float]:
    """The characters of all `files`, and the seconds from the files to the findings."""
    seconds.clear()
    characters, started = 0, perf_counter()
    for file in files:
        try:
            report = timed("read", read)(file)
        except UnreadableReport:
            continue
        characters += len(report.text)
        analysis = pipeline.analyze(report)
        for code, rule in all_rules().items():
            timed(code, pipeline.audit)(analysis, [rule])
    return characters, perf_counter() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("path", nargs="+")
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    for name in [name for name in vars(pipeline) if name.startswith("find_")]:
        setattr(pipeline, name, timed(name, getattr(pipeline, name)))
    files, _ = find_reports(options.path)
    best, shares, characters = float("inf"), seconds.copy(), 0
    for _ in range(options.rounds):
        characters, took = one_round(files)
        if took < best:
            best, shares = took, seconds.copy()
    print(f"{len(files)} files, {characters:,} characters, best of {options.rounds}: {best:.2f} s")
    print(f"{characters / best:,.0f} characters/s on one core, from file to findings")
    for stage, spent in shares.most_common():
        print(f"{spent / best:6.1%}  {stage}")


if __name__ == "__main__":
    main()
