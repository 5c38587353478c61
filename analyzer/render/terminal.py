"""What a person reads: each finding with its line and the spot marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from analyzer.records import Audit, Failure


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the audits to `stream`."""
    for audit in audits:
        print(audit.analysis.report.path, file=stream)
        for finding in audit.findings:
            print(f"  {finding.line}:{finding.column} {finding.rule} {finding.message(lang)}", file=stream)
    for failure in failures:
        print(f"{failure.path}: {failure.error}", file=stream)
