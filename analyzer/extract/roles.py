"""The role of each clause: heading measure plan target result shortcoming cause background other.

A linear model in two steps, trained by `python -m analyzer.extract.role_training` from the labelled texts of this
project and stored as plain arrays (extract/role_model/). The first step weighs the named features of a clause and its
two neighbours on each side, and the characters it is written with; the second looks at what the first made of the
clauses around. Applied with numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from analyzer.extract.role_features import Features, Floats, find_features, names
from analyzer.extract.role_grams import Ints
from analyzer.extract.zones import find_zones
from analyzer.markers import Mark
from analyzer.records import Clause, Outline, Quantity, Words

ROLES = ("heading", "measure", "plan", "target", "result", "shortcoming", "cause", "background", "other")
NEIGHBOURS = (-2, -1, 1, 2)  # clauses whose named features the first step sees
AROUND = (-3, -2, -1, 0, 1, 2, 3)  # clauses whose first result the second step sees
FOLDER = "role_model"


@dataclass(frozen=True)
class RoleModel:
    """The arrays of the trained model; R roles, F named features."""

    names: tuple[str, ...]  # of the named features, in their order
    own: Floats  # (F, R)
    neighbours: Floats  # (len(NEIGHBOURS), F, R)
    keys: tuple[Ints, ...]  # the n-grams known of each kind, sorted
    grams: tuple[Floats, ...]  # their weights (len(keys), R)
    bias: Floats  # (R,)
    around: Floats  # (len(AROUND) * R, R)
    bias_around: Floats  # (R,)

    def first(self, features: Features) -> Floats:
        """The scores of the first step, (clauses, R)."""
        scores = features.named @ self.own + self.bias
        for shift, weights in zip(NEIGHBOURS, self.neighbours, strict=True):
            scores += shifted(features.named @ weights, shift)
        for (clause, key), keys, weights in zip(features.grams, self.keys, self.grams, strict=True):
            at = np.searchsorted(keys, key)
            at[at == len(keys)] = 0
            known = keys[at] == key
            clause, at = clause[known], at[known]
            for role in range(len(ROLES)):
                scores[:, role] += np.bincount(clause, weights[at, role], len(scores))
        return scores

    def roles(self, features: Features) -> Ints:
        """The number of each clause's role in ROLES."""
        scores = around(chances_of(self.first(features))) @ self.around + self.bias_around
        best: Ints = np.argmax(scores, axis=1)
        return best


def find_roles(
    text: str,
    clauses: Sequence[Clause],
    outline: Outline,
    marks: Sequence[Mark],
    quantities: Sequence[Quantity],
    words: Words,
) -> tuple[Clause, ...]:
    """`clauses` with their roles."""
    if not clauses:
        return ()
    zones = find_zones(text, outline, clauses)
    features = find_features(text, clauses, zones, outline, marks, quantities, words)
    roles = model().roles(features).tolist()
    return tuple(Clause(clause.start, clause.end, ROLES[role]) for clause, role in zip(clauses, roles, strict=True))


@cache
def model() -> RoleModel:
    """The model that ships with the package. ValueError where it was trained for other features."""
    with (resources.files(__package__) / FOLDER / "weights.npz").open("rb") as file, np.load(file) as stored:
        arrays = {name: stored[name] for name in stored.files}
    trained = tuple(arrays["names"].tolist())
    if trained != names():
        raise ValueError("the role model was trained for other features: python -m analyzer.extract.role_training")
    kinds = sum(name.startswith("keys") for name in arrays)
    weights = {name: array.astype(np.float32) for name, array in arrays.items() if array.dtype == np.float16}
    return RoleModel(
        names=trained,
        keys=tuple(arrays[f"keys{kind}"] for kind in range(kinds)),
        grams=tuple(weights[f"grams{kind}"] for kind in range(kinds)),
        **{name: weights[name] for name in ("own", "neighbours", "bias", "around", "bias_around")},
    )


def shifted(rows: Floats, by: int) -> Floats:
    """Row n of the result is row n + by of `rows`, 0 outside."""
    found = np.zeros_like(rows)
    if by < 0:
        found[-by:] = rows[:by]
    elif by > 0:
        found[:-by] = rows[by:]
    else:
        found[:] = rows
    return found


def chances_of(scores: Floats) -> Floats:
    """Softmax over the roles."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


def around(chances: Floats) -> Floats:
    """The chances of the clauses around each, side by side: (clauses, len(AROUND) * R)."""
    return np.hstack([shifted(chances, by) for by in AROUND])
