"""Many reports on one page: which rule found how much in which."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analyzer.records import Audit, Outcome, Severity
from analyzer.render.places import rule_name

_SEVERITIES = tuple(Severity)  # worst first


def matrix(audits: Sequence[Audit], links: Mapping[str, str], lang: str) -> dict[str, Any]:
    """The variables of the template: `codes`, the rules that found something, with their names, `quiet`, those that
    did not, and `rows`, with `totals` below them.

    A row is a report with the link to its page, its counts by severity, and a cell for each of `codes`: how many
    findings, the worst severity of them, and without any how the checks ended.
    """
    ran = sorted({code for audit in audits for code in audit.checks})
    found = {finding.rule for audit in audits for finding in audit.findings}
    codes = [code for code in ran if code in found]
    top = _top([audit.analysis.report.path for audit in audits])
    return {
        "codes": [(code, rule_name(code, lang)) for code in codes],
        "quiet": [code for code in ran if code not in found],
        "rows": [
            {
                "file": _below(top, audit.analysis.report.path),
                "href": links[audit.analysis.report.path],
                "outline": audit.analysis.outline,
                "found": len(audit.findings),
                "severities": Counter(finding.severity.value for finding in audit.findings),
                "cells": [_cell(audit, code) for code in codes],
            }
            for audit in audits
        ],
        "totals": [sum(finding.rule == code for audit in audits for finding in audit.findings) for code in codes],
    }


def _cell(audit: Audit, code: str) -> dict[str, Any]:
    found = [finding.severity for finding in audit.findings if finding.rule == code]
    counts = audit.checks.get(code, Counter())
    worst = min(found, key=_SEVERITIES.index).value if found else ""
    sign = "·" if counts[Outcome.CONSISTENT] else "?" if counts[Outcome.DOUBTFUL] else ""
    return {"code": code, "found": len(found), "worst": worst, "sign": "" if found else sign}


def _top(paths: Sequence[str]) -> str:
    """The folder that holds all reports; "" where they have none in common."""
    try:
        return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths]) if paths else ""
    except ValueError:  # two drives
        return ""


def _below(top: str, path: str) -> str:
    return os.path.relpath(path, top).replace(os.sep, "/") if top else path
