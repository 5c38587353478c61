"""Trains the role model: python -m analyzer.extract.role_training [GOLD_DIR] [--check]

Reads labelled reports (GOLD_DIR, by default corpus/gold: text/NAME.txt with NAME.clauses.tsv), fits the two steps with
scikit-learn, compares them in cross-validation by report with the rules alone, and writes role_model/weights.npz with
its provenance.json. With --check nothing is written: it prints the table.

Needs scikit-learn (pip install "analyzer[train]"), which applying the model does not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]
import sklearn  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from analyzer.clauses import find_clauses
from analyzer.extract.dates import find_dates
from analyzer.extract.quantities import find_quantities
from analyzer.extract.role_features import Features, Floats, find_features, names
from analyzer.extract.role_grams import GRAM_KINDS, Ints
from analyzer.extract.role_rules import roles_by_rules
from analyzer.extract.roles import AROUND, FOLDER, NEIGHBOURS, ROLES, RoleModel, around, chances_of, shifted
from analyzer.extract.zones import find_zones
from analyzer.gold import digest, read_gold, role_of
from analyzer.markers import find_marks
from analyzer.outline import find_outline
from analyzer.segment import protected_spans, segment

_FOLDS = 5
_PENALTY = {"first": 0.1, "second": 0.02}  # C of the logistic regressions (inverse of the L2 penalty)
_CAUSE_WEIGHT = 4  # of a cause in the second step: one clause in a hundred, which its neighbours would outvote
_RARE = 3  # n-grams in fewer clauses than this are left out


@dataclass(frozen=True)
class _Example:
    """One labelled report: its features, and the number of each clause's role in ROLES."""

    name: str
    features: Features
    roles: Ints


def examples(folder: Path) -> list[_Example]:
    """The labelled reports of `folder` as features and roles."""
    found = []
    for gold in read_gold(folder):
        if gold.clauses is None:
            continue
        report = gold.report
        marks = find_marks(report.text)
        outline = find_outline(report, marks)
        quantities = find_quantities(report, outline)
        words = segment(report.text, protected_spans(quantities, find_dates(report.text), marks))
        clauses = find_clauses(report)
        zones = find_zones(report.text, outline, clauses)
        roles, first = [], 0
        for clause in clauses:
            role, first = role_of(clause, gold.clauses, first)
            roles.append(ROLES.index(role or "other"))
        features = find_features(report.text, clauses, zones, outline, marks, quantities, words)
        found.append(_Example(gold.name, features, np.array(roles)))
    return found


def fit(training: Sequence[_Example]) -> RoleModel:
    """The model of both steps. The second learns from what the first says of reports it was not trained on."""
    whole = _first_step(training)
    seen = [np.empty(0, np.float32)] * len(training)
    for fold in range(_FOLDS):
        others = _first_step([each for number, each in enumerate(training) if number % _FOLDS != fold])
        for number in range(fold, len(training), _FOLDS):
            seen[number] = around(chances_of(others.first(training[number].features)))
    weights, bias = _logistic(
        np.vstack(seen), np.concatenate([each.roles for each in training]), _PENALTY["second"], _CAUSE_WEIGHT
    )
    return replace(whole, around=weights, bias_around=bias)


def _first_step(training: Sequence[_Example]) -> RoleModel:
    keys = tuple(_frequent([each.features.grams[kind] for each in training]) for kind in range(len(GRAM_KINDS)))
    rows = sparse.vstack([_rows(each.features, keys) for each in training]).tocsr()
    weights, bias = _logistic(rows, np.concatenate([each.roles for each in training]), _PENALTY["first"])
    size = len(names())
    cuts = np.cumsum([size] * (1 + len(NEIGHBOURS)) + [len(each) for each in keys])
    own, *neighbours = np.split(weights, cuts)[: 1 + len(NEIGHBOURS)]
    grams = np.split(weights, cuts)[1 + len(NEIGHBOURS) : -1]
    none = np.zeros((len(AROUND) * len(ROLES), len(ROLES)), np.float32)  # until the second step is fitted
    return RoleModel(names(), own, np.stack(neighbours), keys, tuple(grams), bias, none, bias)


def _frequent(grams: Sequence[tuple[Ints, Ints]]) -> Ints:
    keys, counts = np.unique(np.concatenate([key for _, key in grams]), return_counts=True)
    return keys[counts >= _RARE]


def _rows(features: Features, keys: Sequence[Ints]) -> sparse.csr_matrix:
    """The features of the first step as a sparse matrix, in the order of the weights."""
    blocks = [sparse.csr_matrix(features.named)]
    blocks += [sparse.csr_matrix(shifted(features.named, by)) for by in NEIGHBOURS]
    for (clause, key), known in zip(features.grams, keys, strict=True):
        at = np.searchsorted(known, key)
        at[at == len(known)] = 0
        hit = known[at] == key
        shape = (len(features.named), len(known))
        blocks.append(sparse.coo_matrix((np.ones(hit.sum()), (clause[hit], at[hit])), shape=shape).tocsr())
    return sparse.hstack(blocks).tocsr()


def _logistic(rows: Any, roles: Ints, penalty: float, cause: float = 1) -> tuple[Floats, Floats]:
    """Weights (features, R) and bias (R,); a role that the training lacks gets a bias that never wins."""
    weight = np.where(roles == ROLES.index("cause"), cause, 1.0)
    fitted = LogisticRegression(C=penalty, max_iter=150, tol=1e-3).fit(rows, roles, sample_weight=weight)
    weights = np.zeros((rows.shape[1], len(ROLES)), np.float32)
    bias = np.full(len(ROLES), -30, np.float32)
    weights[:, fitted.classes_] = fitted.coef_.T
    bias[fitted.classes_] = fitted.intercept_
    return weights, bias


def scores(gold: Ints, found: Ints) -> dict[str, Any]:
    """Accuracy, macro-F1 over the roles of the gold, and F1 by role."""
    by_role = {}
    for number, role in enumerate(ROLES):
        hits = int(np.sum((gold == number) & (found == number)))
        both = int(np.sum(gold == number) + np.sum(found == number))
        if np.any(gold == number):
            by_role[role] = round(2 * hits / both, 3)
    return {
        "accuracy": round(float(np.mean(gold == found)), 3),
        "macro_f1": round(sum(by_role.values()) / len(by_role), 3),
        "f1": by_role,
    }


def compare(training: Sequence[_Example]) -> dict[str, Any]:
    """Rules, first step and both steps on reports that the model was not trained on (five folds by report)."""
    found: dict[str, list[Ints]] = {"rules": [], "first step": [], "both steps": []}
    gold = []
    for fold in range(_FOLDS):
        fitted = fit([each for number, each in enumerate(training) if number % _FOLDS != fold])
        for each in training[fold::_FOLDS]:
            gold.append(each.roles)
            found["rules"].append(np.array([ROLES.index(role) for role in roles_by_rules(each.features)]))
            found["first step"].append(np.argmax(fitted.first(each.features), axis=1))
            found["both steps"].append(fitted.roles(each.features))
    return {name: scores(np.concatenate(gold), np.concatenate(roles)) for name, roles in found.items()}


def write(model: RoleModel, training: Sequence[_Example], table: dict[str, Any], folder: Path, source: Path) -> None:
    """Stores the arrays and, beside them, where they come from."""
    folder.mkdir(exist_ok=True)
    arrays: dict[str, Any] = {f"keys{kind}": keys for kind, keys in enumerate(model.keys)}
    arrays |= {f"grams{kind}": weights.astype(np.float16) for kind, weights in enumerate(model.grams)}
    for name in ("own", "neighbours", "bias", "around", "bias_around"):
        arrays[name] = getattr(model, name).astype(np.float16)
    np.savez_compressed(folder / "weights.npz", names=np.array(model.names), **arrays)
    provenance = {
        "trained_from": f"{source.name}: {len(training)} reports, {sum(len(each.roles) for each in training)} clauses",
        "sha256": digest(source),
        "scikit_learn": sklearn.__version__,
        "method": "two multinomial logistic regressions (L2), see analyzer/extract/roles.py",
        "penalty_C": _PENALTY,
        "cause_weight": _CAUSE_WEIGHT,
        "cross_validation": {"folds": _FOLDS, "by": "report", **table},
    }
    (folder / "provenance.json").write_text(json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Trains, prints the table and stores the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--check", action="store_true", help="print the table, write nothing")
    options = parser.parse_args()
    training = examples(options.gold)
    print(f"{len(training)} reports, {sum(len(each.roles) for each in training)} clauses")
    table = compare(training)
    for name, row in table.items():
        by_role = " ".join(f"{role} {value:.2f}" for role, value in row["f1"].items())
        print(f"{name:10}  accuracy {row['accuracy']:.3f}  macro-F1 {row['macro_f1']:.3f}  {by_role}")
    if not options.check:
        write(fit(training), training, table, Path(__file__).with_name(FOLDER), options.gold)


if __name__ == "__main__":
    main()
