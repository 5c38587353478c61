"""The JSON contract, version 1: one report a line, small and easy to compare."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from analyzer.records import (
    Analysis,
    Audit,
    Citation,
    Clause,
    Enumeration,
    Failure,
    Finding,
    Measure,
    Quantity,
    Quote,
    Section,
    SetAside,
    Shortcoming,
)
from analyzer.tabular import KINDS, table
from analyzer.tabular.findings import plain

VERSION = 1
DEFAULT_KINDS = KINDS

_SURROGATE = re.compile(r"[\ud800-\udfff]")  # in file names that are not text: no encoding can write them
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes what `analyzer audit --format json` promises to `stream`."""
    write_extracted((audited(audit, lang) for audit in audits), failures, stream)


def write_extracted(
    reports: Iterable[str], failures: Iterable[Failure], stream: TextIO, kinds: Sequence[str] = DEFAULT_KINDS
) -> None:
    """Writes one document of `reports`, each of them a line of `audited` or `extracted`, whatever the kinds."""
    failed = [line_of({"path": failure.path, "error": failure.error}) for failure in failures]
    write_safely(
        f'{{"version": {VERSION}, "reports": [{_lines(reports)}],\n "failures": [{_lines(failed)}]}}\n', stream
    )


def write_safely(text: str, stream: TextIO) -> None:
    """Writes JSON to `stream`, escaping the characters that its encoding does not have."""
    unsafe = _SURROGATE if (stream.encoding or "utf-8").lower().startswith("utf") else _NOT_ASCII
    stream.write(unsafe.sub(lambda match: json.dumps(match.group())[1:-1], text))


def line_of(value: object) -> str:
    """`value` as one line of JSON: exact numbers as numbers, sets sorted."""
    return json.dumps(value, ensure_ascii=False, default=plain)


def found(audit: Audit, lang: str = "zh") -> list[dict[str, Any]]:
    """The findings of an audit as the contract has them; those that no longer count last, with `suppressed`."""
    return [
        *(_finding(finding, lang) for finding in audit.findings),
        *(_set_aside(aside, lang) for aside in audit.set_aside),
    ]


def audited(audit: Audit, lang: str = "zh") -> str:
    """One report of the audit, as a line of JSON."""
    return line_of(
        {
            **_head(audit.analysis),
            "findings": found(audit, lang),
            "checks": {
                code: {outcome.value: count for outcome, count in counts.items()}
                for code, counts in audit.checks.items()
            },
        }
    )


def extracted(analysis: Analysis, kinds: Sequence[str] = DEFAULT_KINDS) -> str:
    """One report of what was read out, as a line of JSON: its head, and of KINDS those that are wanted."""
    outline = analysis.outline
    return line_of(
        {
            **_head(analysis),
            "issuer": outline.issuer and outline.issuer.quote,
            "place": outline.place and outline.place.name,
            "level": outline.place and outline.place.level,
            "date": outline.date and outline.date.quote,
            **{kind: [_RECORDS[kind](item) for item in table(kind).items(analysis)] for kind in kinds},
        }
    )


def _head(analysis: Analysis) -> dict[str, Any]:
    outline = analysis.outline
    return {
        "path": analysis.report.path,
        "title": outline.title and outline.title.quote,
        "year": outline.year,
        "kind": outline.kind,
        "characters": len(analysis.text),
    }


def _span(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.quote}


def _section(section: Section) -> dict[str, Any]:
    return {
        **_span(section),
        "level": section.level,
        "marker": section.marker,
        "number": section.number,
        "title": section.title,
        "parent": section.parent,
        "stop": section.stop,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {"start": clause.start, "end": clause.end, "role": clause.role}


def _enumeration(enumeration: Enumeration) -> dict[str, Any]:
    declared = enumeration.declared
    return {
        **_span(enumeration),
        "style": enumeration.style,
        "items": [
            {"start": item.start, "end": item.end, "marker": item.marker, "number": item.number, "quote": item.quote}
            for item in enumeration.items
        ],
        "declared": declared and {**_span(declared), "value": declared.value},
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        **_span(quantity),
        "value": quantity.value,
        "upper": quantity.upper,
        "unit": quantity.unit,
        "hedge": quantity.hedge,
        "kind": quantity.kind,
        "low": quantity.low,
        "high": quantity.high,
        "indicator": quantity.indicator and _span(quantity.indicator),
        "period": quantity.period,
        "section": quantity.section,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        **_span(measure),
        "status": measure.status,
        "action": measure.action and measure.action.quote,
        "object": measure.object and measure.object.quote,
        "actor": measure.actor and measure.actor.quote,
        "section": measure.section,
        "point": measure.point and _span(measure.point),
        "quantities": list(measure.quantities),
    }


def _shortcoming(shortcoming: Shortcoming) -> dict[str, Any]:
    return {
        **_span(shortcoming),
        "causes": [_span(cause) for cause in shortcoming.causes],
        "plans": [_span(plan) for plan in shortcoming.plans],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        **_span(citation),
        "title": citation.title,
        "number": citation.number,
        "kind": citation.kind,
        "year": citation.year,
        "law": citation.law and citation.law.title,
    }


_RECORDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "sections": _section,
    "clauses": _clause,
    "enumerations": _enumeration,
    "quantities": _quantity,
    "measures": _measure,
    "shortcomings": _shortcoming,
    "citations": _citation,
}


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message(lang),
        **_span(finding),
        "line": finding.line,
        "column": finding.column,
        "span": {"start": finding.start, "end": finding.end},
        "related": [
            {**_span(related), "role": related.role, **({"path": related.path} if related.path else {})}
            for related in finding.related
        ],
        "computed": finding.computed,
        "fingerprint": finding.fingerprint,
        "edits": [{**_span(edit), "new": edit.new} for edit in finding.edits],
        "verdict": finding.verdict and {"verdict": finding.verdict.verdict, "note": finding.verdict.note},
    }


def _set_aside(aside: SetAside, lang: str) -> dict[str, Any]:
    """A finding that no longer counts, with the reason: who wants the open ones skips what has `suppressed`."""
    return {**_finding(aside.finding, lang), "suppressed": {"by": aside.by, "reason": aside.reason}}


def _lines(lines: Iterable[str]) -> str:
    joined = ",\n".join(lines)
    return f"\n{joined}" if joined else ""
