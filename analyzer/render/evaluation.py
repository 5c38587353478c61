"""An evaluation as tables for people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from analyzer.evaluate import ROLES, Evaluation, Score
from analyzer.gold import LABELS
from analyzer.render.excerpt import fold
from analyzer.render.terminal import console_on
from analyzer.tabular.clauses import ROLES as ROLES_ZH

_WORDS = {
    "zh": {
        "reports": "{}份标注过的报告",
        "trained": "注意：角色模型正是用这些文本和标注训练的（{}），举措、不足和角色的分数偏高。对没有用来训练的报告，"
        "按报告五折交叉验证：准确率 {:.3f}，宏平均F1 {:.3f}。",
        "layer": "层次",
        "precision": "查准率",
        "recall": "查全率",
        "f1": "F1",
        "hits": "对",
        "found": "读出",
        "gold": "标注",
        "share": "比例",
        "of": "共",
        "roles": "子句角色：准确率 {:.3f}，宏平均F1 {:.3f}，共{:,}句",
        "role": "角色",
        "confusion": "混淆表（行是标注的角色，列是读出的角色）",
        "": "没有",
        "measures": "举措（子句，含计划）",
        "shortcoming_clauses": "不足（子句，含原因）",
        "shortcomings": "不足（条）",
        "quantity_spans": "数量：位置",
        "quantity_values": "数量：数值、单位也对",
        "quantities": "数量：约数也对",
        "indicators": "位置对的数量中，指标对的",
        "enumerations": "列举：起点",
        "item_counts": "起点对的列举中，项数对的",
        "declared_counts": "起点对的列举中，宣布的数对的",
        **ROLES_ZH,
    },
    "en": {
        "reports": "Annotated reports: {}",
        "trained": "Note: the role model was trained on these very texts and labels ({}), so the scores of measures,"
        " shortcomings and roles are too high. On reports that it was not trained on (five folds by report):"
        " accuracy {:.3f}, macro-F1 {:.3f}.",
        "layer": "layer",
        "precision": "precision",
        "recall": "recall",
        "f1": "F1",
        "hits": "hits",
        "found": "found",
        "gold": "gold",
        "share": "share",
        "of": "of",
        "roles": "Roles of clauses: accuracy {:.3f}, macro-F1 {:.3f}, {:,} clauses",
        "role": "role",
        "confusion": "Confusion (rows: annotated, columns: found)",
        "": "none",
        "measures": "measures (clauses)",
        "shortcoming_clauses": "shortcomings (clauses)",
        "shortcomings": "shortcomings (items)",
        "quantity_spans": "quantities: place",
        "quantity_values": "quantities: value and unit too",
        "quantities": "quantities: hedge too",
        "indicators": "right indicators of right places",
        "enumerations": "lists: beginning",
        "item_counts": "right numbers of items of right lists",
        "declared_counts": "right announced counts of right lists",
        **{role: role for role in ROLES},
    },
}

_LETTERS = {role: letter for letter, role in LABELS.items()}  # as the annotations have them
_SHARES = ("indicators", "item_counts", "declared_counts")  # of what another layer found: one figure says it


def write(evaluation: Evaluation, stream: TextIO, lang: str) -> None:
    """Writes the scores by layer, those of the roles, and which roles are taken for which."""
    words, console = _WORDS[lang], console_on(stream)
    console.print(words["reports"].format(evaluation.reports), style="bold")
    if evaluation.trained:
        known = evaluation.trained["cross_validation"]["both steps"]
        note = words["trained"].format(evaluation.trained["trained_from"], known["accuracy"], known["macro_f1"])
        for line in fold(note, console.width):
            console.print(line, style="yellow", soft_wrap=True)
    console.print()
    layers = evaluation.layers
    scored = {name: score for name, score in layers.items() if name not in _SHARES}
    _print(console, [_head(words, "layer"), *(_row(words[name], score) for name, score in scored.items())])
    shares = [
        [words[name], _figure(score.recall), f"{score.hits:,}", f"{score.gold:,}"]
        for name, score in layers.items()
        if name in _SHARES
    ]
    if shares:
        console.print()
        _print(console, [["", words["share"], words["hits"], words["of"]], *shares])
    if evaluation.confusion:
        _roles(console, evaluation, words)


def write_json(evaluation: Evaluation, stream: TextIO) -> None:
    """Writes the same as one JSON object: the layers, `roles`, and `trained_on_these` (whether the model was)."""
    document: dict[str, Any] = {"version": 1, "reports": evaluation.reports}
    document["trained_on_these"] = evaluation.trained is not None
    document["layers"] = {name: _score(score) for name, score in evaluation.layers.items()}
    if evaluation.confusion:
        document["roles"] = {
            "accuracy": evaluation.accuracy,
            "macro_f1": evaluation.macro_f1,
            "by_role": {role: _score(evaluation.role(role)) for role in ROLES},
            "confusion": {
                gold: {found: evaluation.confusion[gold, found] for found in _found(evaluation)} for gold in ROLES
            },
        }
    json.dump(document, stream, ensure_ascii=stream.encoding.lower() not in ("utf-8", "utf8"), indent=1)
    stream.write("\n")


def _roles(console: Console, evaluation: Evaluation, words: dict[str, str]) -> None:
    console.print()
    facts = (evaluation.accuracy, evaluation.macro_f1, evaluation.confusion.total())
    console.print(words["roles"].format(*facts), style="bold")
    _print(console, [_head(words, "role"), *(_row(words[role], evaluation.role(role)) for role in ROLES)])
    console.print()
    console.print(words["confusion"], style="bold")
    found = _found(evaluation)
    rows = [["", *(_LETTERS.get(role, words[""]) for role in found)]]
    for gold in ROLES:
        rows.append([f"{_LETTERS[gold]} {words[gold]}", *(_count(evaluation.confusion[gold, role]) for role in found)])
    _print(console, rows)


def _found(evaluation: Evaluation) -> Sequence[str]:
    """The roles of the columns: "" for none too, where there was a clause without."""
    return (*ROLES, "") if any(found == "" for _, found in evaluation.confusion) else ROLES


def _head(words: dict[str, str], first: str) -> list[str]:
    return [words[name] for name in (first, "precision", "recall", "f1", "hits", "found", "gold")]


def _row(name: str, score: Score) -> list[str]:
    figures = (_figure(share) for share in (score.precision, score.recall, score.f1))
    return [name, *figures, *map(_count, (score.hits, score.found, score.gold))]


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _count(count: int) -> str:
    return f"{count:,}" if count else "–"


def _score(score: Score) -> dict[str, float | None]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "hits": score.hits,
        "found": score.found,
        "gold": score.gold,
    }


def _print(console: Console, rows: Iterable[Sequence[str]]) -> None:
    """A table without lines, its first column of words, the others of numbers."""
    rows = list(rows)
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, column in enumerate(zip(*rows, strict=True)):
        table.add_column(width=max(map(cell_len, column)), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console.print(table)
