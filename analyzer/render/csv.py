"""Quantities as CSV that Excel opens: UTF-8 with byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from analyzer.records import Failure
from analyzer.render.quantity_table import COLUMNS, Row, extracted

__all__ = ["extracted", "write_extracted"]


def write_extracted(reports: Iterable[list[Row]], failures: Iterable[Failure], stream: TextIO) -> None:
    """Writes the rows of `extracted`, report after report, under one line of headings. Failures have no place here."""
    stream.write("\ufeff")
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for rows in reports:
        table.writerows(rows)
