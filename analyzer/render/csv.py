"""One table as CSV that Excel opens: UTF-8 with byte order mark."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from analyzer.records import Analysis, Audit, Failure
from analyzer.render.findings import FINDINGS, finding_rows, headings
from analyzer.render.words import WORDS
from analyzer.tabular import PrintedCell, PrintedRow, printed, table

DEFAULT_KINDS = ("quantities",)

# What Excel would compute where the words of a report begin so; a number with its sign stays one.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+%?$)")


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the findings, then a row a file that could not be read: its path, and what is the matter."""
    writer = _begun(stream, list(headings(FINDINGS, lang)))
    for audit in audits:
        writer.writerows(map(_safe, finding_rows(audit, lang)))
    names = [heading.en for heading in FINDINGS]
    for failure in failures:
        cells = {"file": failure.path, "severity": WORDS[lang]["not audited"], "message": failure.error}
        writer.writerow(_safe([cells.get(name, "") for name in names]))


def extracted(analysis: Analysis, kinds: Sequence[str]) -> list[PrintedRow]:
    """The rows of one report. CSV holds one table: `kinds` must name one kind."""
    (kind,) = kinds
    return printed(table(kind), analysis)


def write_extracted(
    reports: Iterable[list[PrintedRow]], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str]
) -> None:
    """Writes the rows of `extracted`, report after report, under one line of headings. Failures have no place here."""
    (kind,) = kinds
    writer = _begun(stream, [column.heading for column in table(kind).headings])
    for rows in reports:
        writer.writerows(map(_safe, rows))


def _begun(stream: TextIO, headings: Sequence[str]) -> Any:
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(headings)
    return writer


def _safe(row: Sequence[PrintedCell]) -> list[PrintedCell]:
    """The row with an apostrophe before what Excel would take for a formula."""
    return [f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row]
