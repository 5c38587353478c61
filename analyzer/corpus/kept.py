"""What a corpus keeps of one report: the work on each file, to be called wherever the files are.

`keep_file` is the whole of it for a file on this machine; `keep` for bytes that came from elsewhere (an object store, a
worker of a cluster). What they give is small and picklable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analyzer.corpus.lean import packed
from analyzer.pipeline import analyze, audit
from analyzer.readers import content, read_bytes
from analyzer.rules import all_rules
from analyzer.tabular import HEAD, TABLES, Column, Row, rows, table

KINDS = (*TABLES, "checks")  # findings are not among them: comparing reports adds to those

_HEAD = len(HEAD) - 1  # path, report and year, the same in all rows of a report, are kept once


@dataclass(frozen=True, slots=True)
class Kept:
    """One report: its rows of every kind of KINDS without the columns path, report and year."""

    digest: str  # SHA-256 of the file's bytes, hexadecimal
    title: str | None
    year: int | None
    rows: dict[str, list[Row]]
    lean: str  # the audit without extraction (analyzer.corpus.lean)


def columns(kind: str) -> tuple[Column, ...]:
    """The columns of the rows that are kept."""
    return table(kind).columns[_HEAD:]


def keep_file(path: str, rules: Sequence[str], profile: str = "auto") -> Kept:
    """Reads, analyses and audits the file at `path` by the rules with these codes. Raises UnreadableReport."""
    return keep(content(path), path, rules, profile)


def keep(data: bytes, path: str, rules: Sequence[str], profile: str = "auto") -> Kept:
    """The same of a file's content; of `path`, only what its name ends in counts. Raises UnreadableReport."""
    audited = audit(analyze(read_bytes(data, path), profile), [all_rules()[code] for code in rules])
    outline = audited.analysis.outline
    return Kept(
        digest=hashlib.sha256(data).hexdigest(),
        title=outline.title.quote if outline.title else None,
        year=outline.year,
        rows={
            **{kind: _lean(rows(table(kind), audited.analysis)) for kind in TABLES},
            "checks": _lean(rows(table("checks"), audited)),
        },
        lean=packed(audited),
    )


def _lean(rows: list[Row]) -> list[Row]:
    """The rows without the columns kept once, fractions as the floats of the table: exact ones are slow to send."""
    return [tuple(float(cell) if isinstance(cell, Fraction) else cell for cell in row[_HEAD:]) for row in rows]
