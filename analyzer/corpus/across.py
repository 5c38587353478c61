"""What rules find by comparing the reports of a corpus with each other, and its table of findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analyzer.arrow import arrow_of
from analyzer.corpus.lean import unpacked
from analyzer.pipeline import audit_across
from analyzer.records import Audit, Outcome
from analyzer.rules import all_rules
from analyzer.tabular import rows, table

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]


def compared(tables: dict[str, Table], lean: Sequence[str], rules: Sequence[str]) -> dict[str, Table]:
    """The tables of a corpus with that of findings, and with the checks that compared reports among the others.

    `lean` are the audits of the reports, in order (analyzer.corpus.lean), `rules` the codes of the rules run on each.
    """
    reports = tables["reports"]
    sources = zip(lean, reports["path"].to_pylist(), reports["text"].to_pylist(), strict=True)
    audits = [unpacked(*source) for source in sources]
    audits = audit_across(audits, [rule for code in rules if (rule := all_rules()[code]).across])
    found = table("findings")
    findings = arrow_of(found.columns, [row for audit in audits for row in rows(found, audit)])
    return {**tables, "checks": _counted(tables["checks"], audits, rules), "findings": findings}


def _counted(checks: Table, audits: Sequence[Audit], rules: Sequence[str]) -> Table:
    """The table of checks, a row a report and rule, with the counts of `audits` added."""
    for outcome in Outcome:
        counts: Any = checks[outcome.value].to_numpy().copy()
        for number, audit in enumerate(audits):
            for code, more in audit.checks.items():
                counts[number * len(rules) + rules.index(code)] += more[outcome]
        checks = checks.set_column(checks.schema.get_field_index(outcome.value), outcome.value, [counts])
    return checks
