"""Annotated reports: a folder with text/NAME.txt and beside it NAME.clauses.tsv, NAME.quantities.jsonl, ….

The format is described in corpus/README.md. A layer whose files are missing is simply not there.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import GoldError
from analyzer.readers import read
from analyzer.records import Clause, Report, Span

LABELS = {
    "H": "heading",
    "M": "measure",
    "P": "plan",
    "T": "target",
    "R": "result",
    "S": "shortcoming",
    "C": "cause",
    "B": "background",
    "O": "other",
}


@dataclass(frozen=True)
class Gold:
    """One annotated report; None for a layer that is not annotated."""

    name: str
    report: Report
    clauses: tuple[Clause, ...] | None
    quantities: tuple[dict[str, Any], ...] | None
    enumerations: tuple[dict[str, Any], ...] | None
    shortcomings: tuple[dict[str, Any], ...] | None


def read_gold(folder: str | os.PathLike[str]) -> Iterator[Gold]:
    """The annotated reports of a folder, by name. Raises GoldError, naming file and line, for a broken annotation."""
    folder = Path(folder)
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise GoldError(f"{folder} 里没有标注：应有 text/名称.txt 和 名称.clauses.tsv 等文件 · no annotated texts")
    for path in texts:
        report = read(path)
        yield Gold(
            path.stem,
            report,
            _clauses(folder / f"{path.stem}.clauses.tsv", report.text),
            _lines(folder / f"{path.stem}.quantities.jsonl"),
            _lines(folder / f"{path.stem}.enumerations.jsonl"),
            _lines(folder / f"{path.stem}.shortcomings.jsonl"),
        )


def role_of(span: Span, annotated: Sequence[Clause], first: int = 0) -> tuple[str, int]:
    """The role given to most characters of `span` ("" for none), and the first annotated clause that reaches it.

    `first` is where to begin looking: pass what the call for the span before gave.
    """
    while first < len(annotated) and annotated[first].end <= span.start:
        first += 1
    shares: Counter[str] = Counter()
    for clause in annotated[first:]:
        if clause.start >= span.end:
            break
        shares[clause.role] += min(clause.end, span.end) - max(clause.start, span.start)
    return (shares.most_common(1)[0][0] if shares else ""), first


def _clauses(path: Path, text: str) -> tuple[Clause, ...] | None:
    if not path.is_file():
        return None
    found = []
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                clause = Clause(int(row["start"]), int(row["end"]), LABELS[row["label"]])
            except (KeyError, TypeError, ValueError):
                what = f"应有 n start end label，label 是 {' '.join(LABELS)} 之一"
                raise GoldError(f"{path} 第{number}行：{what}") from None
            if not 0 <= clause.start < clause.end <= len(text):
                raise GoldError(f"{path} 第{number}行：{clause.start}–{clause.end} 不在正文里（共{len(text)}字）")
            found.append(clause)
    return tuple(found)


def _lines(path: Path) -> tuple[dict[str, Any], ...] | None:
    if not path.is_file():
        return None
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.strip():
                found.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise GoldError(f"{path} 第{number}行：不是 JSON（{error.msg}）") from None
    return tuple(found)
