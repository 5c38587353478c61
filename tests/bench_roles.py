"""How fast words are cut and roles and measures found, on one core: python tests/bench_roles.py PATH… [--rounds N]

Prints the best of N rounds in characters a second: segmentation with its protected spans, roles with measures,
shortcomings; and how long the role model takes to load.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import perf_counter

from analyzer.clauses import find_clauses
from analyzer.errors import UnreadableReport
from analyzer.extract.dates import find_dates
from analyzer.extract.measures import find_measures
from analyzer.extract.quantities import find_quantities
from analyzer.extract.roles import find_roles, model
from analyzer.extract.shortcomings import find_shortcomings
from analyzer.markers import find_marks
from analyzer.outline import find_outline
from analyzer.readers import find_reports, read
from analyzer.segment import protected_spans, segment


def timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("path", nargs="+")
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    print(f"role model loads in {timed(model):.3f} s, dictionary in {timed(lambda: segment('报告')):.2f} s")
    prepared = []
    for file in find_reports(options.path)[0]:
        try:
            report = read(file)
        except UnreadableReport:
            continue
        marks = find_marks(report.text)
        outline = find_outline(report, marks)
        quantities = find_quantities(report, outline)
        spans = protected_spans(quantities, find_dates(report.text), marks)
        words = segment(report.text, spans)
        prepared.append((report.text, find_clauses(report), outline, marks, quantities, spans, words))
    characters = sum(len(text) for text, *_ in prepared)
    print(f"{len(prepared)} reports, {characters:,} characters, best of {options.rounds}")

    def cut() -> None:
        for text, *_, spans, _words in prepared:
            segment(text, spans)

    def roles_and_measures() -> None:
        found.clear()
        for text, clauses, outline, marks, quantities, _, words in prepared:
            roles = find_roles(text, clauses, outline, marks, quantities, words)
            found.append((roles, find_measures(text, roles, words, outline, marks, quantities)))

    def shortcomings() -> None:
        for (text, _, _, marks, _, _, words), (roles, measures) in zip(prepared, found, strict=True):
            find_shortcomings(text, roles, marks, words, measures)

    found: list[tuple] = []
    for name, work in (
        ("segmentation", cut),
        ("roles and measures", roles_and_measures),
        ("shortcomings", shortcomings),
    ):
        best = min(timed(work) for _ in range(options.rounds))
        print(f"{name:20}{characters / best:>14,.0f} characters/s")


if __name__ == "__main__":
    main()
