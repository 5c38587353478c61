"""How well phrases are grouped into indicators: precision, recall and F1 over pairs of the labelled phrases.

python tests/bench_indicators.py [--errors]

A pair is right where the labels put both phrases into one group and the tool gives both one indicator and one family of
units. What the tool takes for too general to be compared forms no pair. Each file is grouped by itself.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from analyzer.compare.indicators import names_of

FILES = (
    "gold_indicators",
    "gold_indicators_held_out",
    "gold_indicators_nearest",
    "gold_indicators_unseen",
    "gold_indicators_last",
    "gold_indicators_drawn",
    "gold_indicators_blind",
)


class Score(NamedTuple):
    phrases: int
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def pairs(name: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Each pair of phrases of a file with whether its labels and whether the tool put both into one group."""
    with open(Path(__file__).with_name(f"{name}.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = names_of([(row["phrase"], row["unit"]) for row in rows])
    for (row, (given, family, _)), (other, (its, of, _)) in combinations(zip(rows, found, strict=True), 2):
        together = given != "" and (given, family) == (its, of)
        yield row["phrase"], other["phrase"], row["group"] == other["group"], together


def score(name: str) -> Score:
    found = list(pairs(name))
    right = sum(same and together for _, _, same, together in found)
    wrong = sum(together and not same for _, _, same, together in found)
    missed = sum(same and not together for _, _, same, together in found)
    return Score(len({phrase for pair in found for phrase in pair[:2]}), right, wrong, missed)


if __name__ == "__main__":
    for name in FILES:
        each = score(name)
        print(f"{name}: {each.phrases} phrases, {each.right} pairs right, {each.wrong} wrong, {each.missed} missed:")
        print(f"  precision {each.precision:.3f}  recall {each.recall:.3f}  F1 {each.f1:.3f}")
        if "--errors" in sys.argv:
            for phrase, other, same, together in pairs(name):
                if same != together:
                    print("  ", "wrong" if together else "missed", phrase, other)
