"""What a corpus keeps of one report: the work on each file, to be called wherever the files are.

`keep_file` is the whole of it for a file on this machine; `keep` for bytes that came from elsewhere (an object store, a
worker of a cluster). What they give is small and picklable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from analyzer.corpus.lean import packed
from analyzer.pipeline import analyze, audit
from analyzer.readers import content, read_bytes
from analyzer.rules import Across, all_rules
from analyzer.tabular import AUDITED, HEAD, TABLES, Column, Row, rows, table

KINDS = (*TABLES, *AUDITED)

_HEAD = len(HEAD) - 1  # path, report and year, the same in all rows of a report, are kept once


@dataclass(frozen=True, slots=True)
class Kept:
    """One report: its rows of every kind of KINDS without the columns path, report and year."""

    digest: str  # SHA-256 of the file's bytes, hexadecimal
    title: str | None
    year: int | None
    rows: dict[str, list[Row]]
    lean: str  # the audit without extraction (analyzer.corpus.lean)
    compared: dict[str, bytes]  # what each rule that compares reports kept of it, by code


def columns(kind: str) -> tuple[Column, ...]:
    """The columns of the rows that are kept."""
    return table(kind).columns[_HEAD:]


@cache
def comparing() -> dict[str, Across]:
    """The rules that compare reports with each other, by their codes."""
    return {code: rule.across for code, rule in all_rules().items() if rule.across}


def keep_file(path: str, rules: Sequence[str], profile: str = "auto") -> Kept:
    """Reads, analyses and audits the file at `path` by the rules with these codes. Raises UnreadableReport."""
    return keep(content(path), path, rules, profile)


def keep(data: bytes, path: str, rules: Sequence[str], profile: str = "auto") -> Kept:
    """The same of a file's content; of `path`, only what its name ends in counts. Raises UnreadableReport."""
    audited = audit(analyze(read_bytes(data, path), profile), [all_rules()[code] for code in rules])
    analysis = audited.analysis
    title = analysis.outline.title
    return Kept(
        digest=hashlib.sha256(data).hexdigest(),
        title=title.quote if title else None,
        year=analysis.outline.year,
        rows={kind: _lean(kind, rows(table(kind), audited)) for kind in KINDS},
        lean=packed(audited),
        compared={code: each.kept(analysis) for code, each in comparing().items() if code in rules},
    )


def _lean(kind: str, rows: list[Row]) -> list[Row]:
    """The rows without the columns kept once, fractions as the floats of the table: exact ones are slow to send."""
    exact = [number for number, column in enumerate(columns(kind)) if column.dtype == "float64"]
    found = [row[_HEAD:] for row in rows]
    return [_with_floats(row, exact) for row in found] if exact else found


def _with_floats(row: Row, exact: Sequence[int]) -> Row:
    cells = list(row)
    for number in exact:
        if isinstance(value := cells[number], Fraction):
            cells[number] = float(value)
    return tuple(cells)
