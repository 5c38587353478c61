"""Findings of the rules, one row each, in text order. Columns, besides those that every table begins with:

rule         string                      ENU001 …
name         string                      declared-count …
severity     category                    error warning info
message      string                      what does not agree and what would make it right, in Chinese
message_en   string                      the same in English
quote        string                      the words that the finding points at: text[start:end]
start, end   Int64                       in characters of the report's text
line         Int64                       of the report's text, from 1
column       Int64                       in characters, from 1
related      list of (path, start, end)  the other places that it speaks of; path is "" in the same report
computed     string                      what was recomputed, as JSON
fingerprint  string                      of rule and words: the same wherever the lines move; unique in its report

The table is of Audits, where the others are of Analyses.
"""

from __future__ import annotations

import json
from fractions import Fraction

from analyzer.records import Analysis, Finding
from analyzer.tabular import RELATED, Column, Row, Table

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


def plain(value: object) -> object:
    """What JSON has no word for, for the `default` of json.dumps. Raises TypeError for what no rule computes."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, tuple | set | frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {value!r}")


def _cells(analysis: Analysis, finding: Finding) -> Row:
    return (
        finding.rule,
        finding.name,
        finding.severity.value,
        finding.zh,
        finding.en,
        finding.quote,
        finding.start,
        finding.end,
        finding.line,
        finding.column,
        [(related.path, related.start, related.end) for related in finding.related],
        json.dumps(finding.computed, ensure_ascii=False, default=plain),
        finding.fingerprint,
    )


TABLE = Table(
    "findings",
    "发现",
    lambda audit: audit.findings,
    _cells,
    (
        Column("rule", "string", "规则", 9),
        Column("name", "string"),
        Column("severity", "category", "级别", 7, SEVERITIES),
        Column("message", "string", "说明", 60),
        Column("message_en", "string"),
        Column("quote", "string", "原文", 44),
        Column("start", "Int64"),
        Column("end", "Int64"),
        Column("line", "Int64", "行", 6),
        Column("column", "Int64", "列", 6),
        Column("related", RELATED),
        Column("computed", "string"),
        Column("fingerprint", "string"),
    ),
)
