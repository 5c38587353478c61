"""One table as CSV that Excel opens: UTF-8 with byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from analyzer.records import Analysis, Failure
from analyzer.tabular import PrintedRow, printed, table

DEFAULT_KINDS = ("quantities",)


def extracted(analysis: Analysis, kinds: Sequence[str]) -> list[PrintedRow]:
    """The rows of one report. CSV holds one table: `kinds` must name one kind."""
    (kind,) = kinds
    return printed(table(kind), analysis)


def write_extracted(
    reports: Iterable[list[PrintedRow]], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str]
) -> None:
    """Writes the rows of `extracted`, report after report, under one line of headings. Failures have no place here."""
    (kind,) = kinds
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.heading for column in table(kind).headings])
    for rows in reports:
        writer.writerows(rows)
