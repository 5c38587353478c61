"""Annotated reports: a folder with text/NAME.txt and beside it NAME.clauses.tsv, NAME.quantities.jsonl, ….

The format is described in corpus/README.md. A layer whose file is missing is simply not there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from analyzer.errors import GoldError
from analyzer.readers import read
from analyzer.records import Clause, Quote, Report, Span

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class GoldQuantity(Quote):
    """A number as a person read it; the fields are those of records.Quantity."""

    value: Fraction
    upper: Fraction | None
    unit: str
    hedge: str
    indicator: str  # "" where the text states none


@dataclass(frozen=True, slots=True)
class GoldList(Quote):
    """A list: the quote is how it begins."""

    items: int
    declared: int | None


@dataclass(frozen=True)
class Gold:
    """One annotated report; None for a layer that is not annotated."""

    name: str
    report: Report
    clauses: tuple[Clause, ...] | None
    quantities: tuple[GoldQuantity, ...] | None
    enumerations: tuple[GoldList, ...] | None
    shortcomings: tuple[Span, ...] | None


def read_gold(folder: str | os.PathLike[str]) -> Iterator[Gold]:
    """The annotated reports of a folder, by name.

    Raises GoldError, naming file and line, for a broken annotation, and UnreadableReport.
    """
    folder = Path(folder)
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise GoldError(f"{folder} 里没有标注：应有 text/名称.txt 和 名称.clauses.tsv 等文件 · no annotated texts")
    for path in texts:
        report = read(path)
        clauses = _clauses(folder / f"{path.stem}.clauses.tsv", report.text)
        yield Gold(
            path.stem,
            report,
            clauses,
            _lines(folder / f"{path.stem}.quantities.jsonl", partial(_quantity, report.text)),
            _lines(folder / f"{path.stem}.enumerations.jsonl", partial(_list, report.text)),
            _lines(folder / f"{path.stem}.shortcomings.jsonl", partial(_shortcoming, clauses)),
        )


def digest(folder: Path) -> str:
    """SHA-256 of the texts and clause labels of a folder: tells whether a model was trained on them."""
    files = sorted((folder / "text").glob("*.txt")) + sorted(folder.glob("*.clauses.tsv"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


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
    found: list[Clause] = []
    rows = csv.DictReader(_rows(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, 2):
        try:
            clause = Clause(int(row["start"]), int(row["end"]), LABELS[row["label"]])
        except (KeyError, TypeError, ValueError):
            what = f"应有 n start end label，label 是 {' '.join(LABELS)} 之一"
            raise GoldError(f"{path} 第{number}行：{what}") from None
        if not 0 <= clause.start < clause.end <= len(text):
            raise GoldError(f"{path} 第{number}行：{clause.start}–{clause.end} 不在正文里（共{len(text)}字）")
        if found and clause.start < found[-1].end:
            raise GoldError(f"{path} 第{number}行：{clause.start}–{clause.end} 没有接在上一行之后")
        found.append(clause)
    return tuple(found)


def _rows(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}：读不了，应是 UTF-8 文本（{error}）") from None


def _lines(path: Path, record: Callable[[dict[str, Any]], T]) -> tuple[T, ...] | None:
    """What `record` makes of each line; what it raises becomes a GoldError that names the line."""
    if not path.is_file():
        return None
    found = []
    for number, line in enumerate(_rows(path), 1):
        if not line.strip():
            continue
        try:
            found.append(record(json.loads(line)))
        except json.JSONDecodeError as error:
            raise GoldError(f"{path} 第{number}行：不是 JSON（{error.msg}）") from None
        except KeyError as error:
            raise GoldError(f"{path} 第{number}行：缺少 {error.args[0]}") from None
        except (GoldError, TypeError, ValueError, AttributeError) as error:
            raise GoldError(f"{path} 第{number}行：{error}") from None
    return tuple(found)


def _quantity(text: str, line: dict[str, Any]) -> GoldQuantity:
    start = -1
    for _ in range(line["nth"] + 1):
        start = text.find(line["quote"], start + 1)
        if start < 0:
            raise GoldError(f"正文里没有第{line['nth'] + 1}处“{line['quote']}”（nth 从 0 数起）")
    return GoldQuantity.cut(
        text,
        start,
        start + len(line["quote"]),
        value=Fraction(str(line["value"])),
        upper=None if line["upper"] is None else Fraction(str(line["upper"])),
        unit=line["unit"],
        hedge=line["hedge"],
        indicator=line["indicator"],
    )


def _list(text: str, line: dict[str, Any]) -> GoldList:
    start = text.find(line["first_quote"])
    if start < 0:
        raise GoldError(f"正文里没有“{line['first_quote']}”")
    stop = start + len(line["first_quote"])
    return GoldList.cut(text, start, stop, items=len(line["markers"]), declared=line["declared"])


def _shortcoming(clauses: Sequence[Clause] | None, line: dict[str, Any]) -> Span:
    first, last = line["first_clause"], line["last_clause"]
    if clauses is None or not 0 <= first <= last < len(clauses):
        raise GoldError(f"没有子句 {first}–{last}（clauses.tsv，从 0 数起）")
    return Span(clauses[first].start, clauses[last].end)
