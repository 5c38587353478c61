"""What rules find by comparing the reports of a corpus with each other, in its tables of findings and checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analyzer.arrow import arrow_of, schema_of
from analyzer.corpus.kept import comparing
from analyzer.corpus.lean import Lean
from analyzer.libraries import library
from analyzer.pipeline import checks_across, with_checks
from analyzer.records import Audit, Outcome
from analyzer.rules import all_rules
from analyzer.tabular import rows, table

if TYPE_CHECKING:
    from pyarrow import Table  # type: ignore[import-untyped]

Counts = Counter[tuple[int, str, Outcome]]  # of checks, by number of the report, code of the rule, and outcome


def compared(tables: Mapping[str, Table], heads: Table, rules: Sequence[str]) -> dict[str, Table]:
    """The tables of findings and checks, of each report alone in `tables`, with what reports show beside each other.

    `heads` has the columns of `analyzer.corpus.assembly.for_comparing`, `rules` are the codes of the rules run on each.
    """
    reports = tables["reports"]
    lean = Lean(heads["lean"], reports["path"], reports["text"])
    changed: dict[int, Audit] = {}
    counts: Counts = Counter()
    for code in [code for code in rules if code in comparing()]:
        rule = all_rules()[code]
        for number, checks in checks_across(rule, heads[code].to_pylist(), lean).items():
            counts.update((number, code, check.outcome) for check in checks)
            if any(check.outcome is Outcome.INCONSISTENT for check in checks):
                changed[number] = with_checks(changed.get(number) or lean.audit(number), rule, checks)
    findings = _replaced(tables["findings"], reports, changed)
    return {"checks": _counted(tables["checks"], counts, rules), "findings": findings}


def _counted(checks: Table, more: Counts, rules: Sequence[str]) -> Table:
    """The table of checks, a row a report and rule, with more counts added."""
    for outcome in Outcome:
        counts: Any = checks[outcome.value].to_numpy().copy()
        for (number, code, each), count in more.items():
            if each is outcome:
                counts[number * len(rules) + rules.index(code)] += count
        checks = checks.set_column(checks.schema.get_field_index(outcome.value), outcome.value, [counts])
    return checks


def _replaced(findings: Table, reports: Table, changed: Mapping[int, Audit]) -> Table:
    """The table of findings, with those of these audits in place of the ones that their reports, by number, had."""
    arrow, compute = library("pyarrow"), library("pyarrow.compute")
    columns = table("findings").columns
    new = [(number, row) for number, audit in changed.items() for row in rows(table("findings"), audit)]
    findings = findings.cast(schema_of(columns))
    paths = reports["path"].cast(arrow.large_string()).combine_chunks()
    number = compute.index_in(findings["path"], value_set=paths)
    others = compute.invert(compute.is_in(number, value_set=arrow.array(list(changed), arrow.int32())))
    both = arrow.concat_tables([findings.filter(others), arrow_of(columns, [row for _, row in new])])
    numbers = [*number.filter(others).to_pylist(), *(number for number, _ in new)]
    return both.take(arrow.array(sorted(range(len(numbers)), key=numbers.__getitem__), arrow.int64()))
