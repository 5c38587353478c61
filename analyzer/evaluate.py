"""How well the analyzer reads reports that people annotated (see analyzer/gold.py): precision, recall, F1 by layer.

A clause's role is the one found for most of its characters. A quantity is found where its span is exactly the
annotated one, a list where its first item begins within three characters of the annotated beginning, a shortcoming
where span and annotated span share at least half of the characters that they cover together.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from analyzer.gold import LABELS, Gold, GoldList, GoldQuantity, digest, read_gold, role_of
from analyzer.pipeline import analyze
from analyzer.records import Analysis, Clause, Enumeration, Quantity, Shortcoming, Span

ROLES = tuple(LABELS.values())
LAYERS = (
    "measures",  # clauses
    "shortcoming_clauses",
    "shortcomings",  # items
    "quantity_spans",
    "quantity_values",  # span, value and unit
    "quantities",  # the hedge too
    "indicators",  # of the quantities whose span is right and whose indicator is annotated
    "enumerations",
    "item_counts",  # of the enumerations found
    "declared_counts",
)

_ALIKE = 0.7  # F1 of characters from which two indicators say the same
_NEAR = 3  # characters between two beginnings of one list
_SHARED = 0.5  # of the characters of two spans together, from which they are one shortcoming


@dataclass(frozen=True, slots=True)
class Score:
    """How many of `gold` annotated things were hit by how many found ones; None for a share of nothing."""

    hits: int
    found: int
    gold: int

    @property
    def precision(self) -> float | None:
        return self.hits / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else None

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.found + other.found, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores over all reports of a folder. What is not annotated has no key in `scores` and no `confusion`."""

    reports: int
    confusion: Counter[tuple[str, str]]  # (annotated role, found role), "" where nothing was found
    scores: dict[str, Score]  # those of LAYERS but the first two
    trained: dict[str, Any] | None  # provenance of the role model, where it was trained on this very folder

    @property
    def accuracy(self) -> float | None:
        """The share of annotated clauses whose role was found."""
        right = sum(self.confusion[role, role] for role in ROLES)
        return right / self.confusion.total() if self.confusion else None

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 of the roles that are annotated."""
        scores = [score.f1 or 0.0 for role in ROLES if (score := self.role(role)).gold]
        return sum(scores) / len(scores) if scores else None

    @property
    def layers(self) -> dict[str, Score]:
        """All scores but those of single roles: measures and shortcomings by clause too, where clauses have labels."""
        found = dict(self.scores)
        if self.confusion:
            found["measures"] = self.role("measure", "plan")
            found["shortcoming_clauses"] = self.role("shortcoming", "cause")
        return {name: found[name] for name in LAYERS if name in found}

    def role(self, *roles: str) -> Score:
        """The score of one role, or of several taken as one."""
        return Score(
            sum(count for (gold, found), count in self.confusion.items() if gold in roles and found in roles),
            sum(count for (_, found), count in self.confusion.items() if found in roles),
            sum(count for (gold, _), count in self.confusion.items() if gold in roles),
        )


def evaluate(folder: str | os.PathLike[str]) -> Evaluation:
    """Analyzes the texts of an annotated folder and compares. Raises GoldError and UnreadableReport."""
    reports = 0
    confusion = Counter[tuple[str, str]]()
    scores: dict[str, Score] = {}
    for gold in read_gold(folder):
        analysis = analyze(gold.report)
        reports += 1
        confusion.update(_roles(gold.clauses or (), analysis.clauses))
        for layer, score in _scores(gold, analysis).items():
            scores[layer] = scores.get(layer, Score(0, 0, 0)) + score
    return Evaluation(reports, confusion, scores, _trained_on(Path(folder)))


def _trained_on(folder: Path) -> dict[str, Any] | None:
    """The provenance of the role model, where it was trained on the texts and labels of `folder`."""
    file = resources.files("analyzer.extract") / "role_model" / "provenance.json"
    provenance: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return provenance if provenance["sha256"] == digest(folder) else None


def _roles(gold: Sequence[Clause], found: Sequence[Clause]) -> Iterable[tuple[str, str]]:
    first = 0
    for clause in gold:
        role, first = role_of(clause, found, first)
        yield clause.role, role


def _scores(gold: Gold, analysis: Analysis) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    if gold.quantities is not None:
        scores |= _quantities(gold.quantities, analysis.quantities)
    if gold.enumerations is not None:
        scores |= _enumerations(gold.enumerations, analysis.enumerations)
    if gold.shortcomings is not None:
        scores["shortcomings"] = _shortcomings(gold.shortcomings, analysis.shortcomings)
    return scores


def _quantities(gold: Sequence[GoldQuantity], found: Sequence[Quantity]) -> dict[str, Score]:
    at = {(quantity.start, quantity.end): quantity for quantity in found}
    pairs = [(each, at[each.start, each.end]) for each in gold if (each.start, each.end) in at]
    same = [pair for pair in pairs if _same_value(*pair)]
    full = [pair for pair in same if pair[0].hedge == pair[1].hedge]
    named = [(each, quantity) for each, quantity in pairs if each.indicator]
    right = [pair for pair in named if _same_indicator(*pair)]
    return {
        "quantity_spans": Score(len(pairs), len(found), len(gold)),
        "quantity_values": Score(len(same), len(found), len(gold)),
        "quantities": Score(len(full), len(found), len(gold)),
        "indicators": Score(len(right), len(named), len(named)),
    }


def _same_value(gold: GoldQuantity, found: Quantity) -> bool:
    if (gold.upper is None) != (found.upper is None):
        return False
    return float(gold.value) == float(found.value) and gold.unit == found.unit


def _same_indicator(gold: GoldQuantity, found: Quantity) -> bool:
    words = found.indicator.quote if found.indicator else ""
    shared = (Counter(gold.indicator) & Counter(words)).total()
    return 2 * shared / (len(gold.indicator) + len(words)) >= _ALIKE


def _enumerations(gold: Sequence[GoldList], found: Sequence[Enumeration]) -> dict[str, Score]:
    pairs = []
    for each in gold:
        near = (one for one in found if abs(one.items[0].start - each.start) <= _NEAR)
        if (match := next(near, None)) is not None:
            pairs.append((each, match))
    counted = [pair for pair in pairs if pair[0].items == len(pair[1].items)]
    declared = [(each, one) for each, one in pairs if each.declared == (one.declared and one.declared.value)]
    return {
        "enumerations": Score(len(pairs), len(found), len(gold)),
        "item_counts": Score(len(counted), len(pairs), len(pairs)),
        "declared_counts": Score(len(declared), len(pairs), len(pairs)),
    }


def _shortcomings(gold: Sequence[Span], found: Sequence[Shortcoming]) -> Score:
    left, hits = list(found), 0
    for span in gold:
        for one in left:
            shared = min(span.end, one.end) - max(span.start, one.start)
            if shared > 0 and shared / (max(span.end, one.end) - min(span.start, one.start)) >= _SHARED:
                left.remove(one)
                hits += 1
                break
    return Score(hits, len(found), len(gold))
