"""How the checks of each rule ended, one row a rule that was run. Columns, besides those that every table begins with:

rule            string  ENU001 …
consistent      Int64   how many checks found that it agrees
inconsistent    Int64   how many did not: each is a finding
doubtful        Int64   how many could be either
not_assessable  Int64   how many could not be made

The table is of Audits, where the others are of Analyses.
"""

from __future__ import annotations

from collections import Counter

from analyzer.records import Analysis, Outcome
from analyzer.tabular import Column, Row, Table


def _cells(analysis: Analysis, ran: tuple[str, Counter[Outcome]]) -> Row:
    rule, counts = ran
    return (rule, *(counts[outcome] for outcome in Outcome))


TABLE = Table(
    "checks",
    "检查",
    lambda audit: tuple(audit.checks.items()),
    _cells,
    (
        Column("rule", "string", "规则", 9),
        Column("consistent", "Int64", "相符", 7),
        Column("inconsistent", "Int64", "不符", 7),
        Column("doubtful", "Int64", "存疑", 7),
        Column("not_assessable", "Int64", "无法判断", 9),
    ),
)
