"""Workflow commands, which GitHub Actions shows beside the lines of a change.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (annotations), and for the
escapes the toolkit's own: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from analyzer.records import Audit, Failure, Finding, Severity
from analyzer.render.places import has_lines, region_of
from analyzer.render.words import WORDS

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes one command a finding that counts, and an error for each file that could not be read."""
    for audit in audits:
        for finding in audit.findings:
            stream.write(_annotation(audit, finding, lang))
    for failure in failures:
        title = WORDS[lang]["not audited"]
        stream.write(_command("error", {"file": _file(failure.path), "title": title}, failure.error))


def _annotation(audit: Audit, finding: Finding, lang: str) -> str:
    report, message = audit.analysis.report, finding.message(lang)
    values: dict[str, str | int] = {"file": _file(report.path), "title": f"{finding.rule} {finding.name}"}
    if has_lines(report):
        region = region_of(report, finding.start, finding.end)
        values |= {"line": region.line, "endLine": region.end_line}
        if region.line == region.end_line:  # columns are for one line only
            values |= {"col": region.column, "endColumn": region.end_column}
    else:
        message = WORDS[lang]["in line"].format(finding.line, finding.quote) + message
    return _command(_LEVELS[finding.severity], values, message)


def _command(level: str, values: dict[str, str | int], message: str) -> str:
    written = ",".join(f"{name}={str(value).translate(_IN_VALUE)}" for name, value in values.items())
    return f"::{level} {written}::{message.translate(_IN_MESSAGE)}\n"


def _file(path: str) -> str:
    return path.replace("\\", "/")
