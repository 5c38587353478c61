"""JSON Lines: one finding a line, then one line a file that could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from analyzer.records import Audit, Failure
from analyzer.render.json import found, line_of, write_safely


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes each finding as in the JSON contract, behind `path`, `title` and `year` of its report.

    A line of a file that could not be read has `path` and `error` only. A report without findings has no line.
    """
    for audit in audits:
        outline = audit.analysis.outline
        report = {"path": audit.analysis.report.path, "title": outline.title and outline.title.quote}
        for finding in found(audit, lang):
            write_safely(line_of({**report, "year": outline.year, **finding}) + "\n", stream)
    for failure in failures:
        write_safely(line_of({"path": failure.path, "error": failure.error}) + "\n", stream)
