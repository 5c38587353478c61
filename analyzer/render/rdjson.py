"""Reviewdog Diagnostic Format (rdjson), which reviewdog and other review tools read.

Source: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto; its columns count bytes of UTF-8
from 1, and the end of a range is the first place behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from analyzer.records import Audit, Failure, Finding, Report, Severity
from analyzer.render.json import line_of, write_safely
from analyzer.render.places import has_lines, labelled, region_of
from analyzer.render.words import WORDS

_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes one document: the findings that count, and the files that could not be read, without a place."""
    lines = [line_of(_diagnostic(audit, finding, lang)) for audit in audits for finding in audit.findings]
    lines += [
        line_of({"message": failure.error, "location": {"path": _file(failure.path)}, "severity": "ERROR"})
        for failure in failures
    ]
    joined = ",\n".join(lines)
    write_safely(f'{{"source": {{"name": "analyzer"}}, "diagnostics": [\n{joined}\n]}}\n', stream)


def _diagnostic(audit: Audit, finding: Finding, lang: str) -> dict[str, Any]:
    report, message = audit.analysis.report, finding.message(lang)
    if not has_lines(report):
        message = WORDS[lang]["in line"].format(finding.line, finding.quote) + message
    diagnostic: dict[str, Any] = {
        "message": message,
        "location": _location(report, finding.start, finding.end),
        "severity": _LEVELS[finding.severity],
        "code": {"value": finding.rule},
    }
    if not has_lines(report):
        return diagnostic
    here = [(related, label) for related, label in labelled(finding.related, lang) if not related.path]
    if here:
        diagnostic["related_locations"] = [
            {"message": label, "location": _location(report, related.start, related.end)} for related, label in here
        ]
    if finding.edits:
        diagnostic["suggestions"] = [
            {"range": _range(report, edit.start, edit.end), "text": edit.new} for edit in finding.edits
        ]
    return diagnostic


def _location(report: Report, start: int, end: int) -> dict[str, Any]:
    place: dict[str, Any] = {"path": _file(report.path)}
    return {**place, "range": _range(report, start, end)} if has_lines(report) else place


def _range(report: Report, start: int, end: int) -> dict[str, Any]:
    region = region_of(report, start, end)
    return {
        "start": {"line": region.line, "column": _bytes_before(report, start, region.column)},
        "end": {"line": region.end_line, "column": _bytes_before(report, end, region.end_column)},
    }


def _bytes_before(report: Report, at: int, column: int) -> int:
    """The column of offset `at` in bytes."""
    return len(report.text[at - column + 1 : at].encode("utf-8", "surrogatepass")) + 1


def _file(path: str) -> str:
    return path.replace("\\", "/")
