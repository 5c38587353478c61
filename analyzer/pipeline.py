"""The main path on one screen: file → Report → Analysis → Audit. A newcomer starts here."""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analyzer.clauses import find_clauses
from analyzer.enumerations import find_enumerations
from analyzer.extract.breakdowns import find_breakdowns
from analyzer.extract.changes import find_changes
from analyzer.extract.citations import find_citations
from analyzer.extract.dates import find_dates
from analyzer.extract.disclosure import find_disclosure
from analyzer.extract.measures import find_measures
from analyzer.extract.quantities import find_quantities
from analyzer.extract.rates import find_rates
from analyzer.extract.roles import find_roles
from analyzer.extract.shortcomings import find_shortcomings
from analyzer.markers import find_marks
from analyzer.outline import find_outline
from analyzer.readers import is_path, read, report_of_text
from analyzer.records import Analysis, Audit, Check, Finding, Outcome, Report
from analyzer.rules import Rule, all_rules
from analyzer.segment import protected_spans, segment


def analyze(source: Report | str | os.PathLike[str], profile: str = "auto") -> Analysis:
    """Reads everything out of one report.

    `source` is a Report, a path, or the text itself (a str with a line break, or one that names no file). `profile` is
    the kind of report that its content is checked against: auto, none, or a name of lexicon/profiles.toml.
    Raises UnreadableReport where a file cannot be read whole.
    """
    report = source if isinstance(source, Report) else _open(source)
    marks = find_marks(report.text)
    outline = find_outline(report, marks)
    quantities = find_quantities(report, outline)
    dates = find_dates(report.text)
    breakdowns = find_breakdowns(report.text, quantities)
    words = segment(report.text, protected_spans(quantities, dates, marks))
    clauses = find_roles(report.text, find_clauses(report), outline, marks, quantities, words)
    measures = find_measures(report.text, clauses, words, outline, marks, quantities)
    return Analysis(
        report=report,
        outline=outline,
        enumerations=find_enumerations(report, outline, marks),
        clauses=clauses,
        quantities=quantities,
        dates=dates,
        disclosure=find_disclosure(report),
        breakdowns=breakdowns,
        changes=find_changes(report.text, quantities),
        rates=find_rates(report.text, quantities, breakdowns),
        words=words,
        measures=measures,
        shortcomings=find_shortcomings(report.text, clauses, marks, words, measures),
        citations=find_citations(report.text),
        profile=profile,
    )


def audit(source: Analysis | Report | str | os.PathLike[str], rules: Iterable[Rule] | None = None) -> Audit:
    """Runs `rules` (all of them where None) over one report. Takes and raises what `analyze` does."""
    analysis = source if isinstance(source, Analysis) else analyze(source)
    result = Audit(analysis, (), {})
    for rule in all_rules().values() if rules is None else rules:
        result = with_checks(result, rule, rule.check(analysis))
    return result


def audit_across(audits: Sequence[Audit], rules: Iterable[Rule] | None = None) -> list[Audit]:
    """The same audits, with what `rules` (all of them where None) find by comparing their reports with each other."""
    results = list(audits)
    analyses = [audit.analysis for audit in audits]
    for rule in all_rules().values() if rules is None else rules:
        kept = [rule.across.kept(analysis) for analysis in analyses] if rule.across else []
        for number, checks in checks_across(rule, kept, analyses).items():
            results[number] = with_checks(results[number], rule, checks)
    return results


def checks_across(rule: Rule, kept: Sequence[bytes], analyses: Sequence[Analysis]) -> dict[int, list[Check]]:
    """What a rule finds by comparing reports with each other, by their numbers; `kept` is what it kept of each."""
    checks: defaultdict[int, list[Check]] = defaultdict(list)
    for number, check in rule.across.checks(kept, analyses) if rule.across else ():
        checks[number].append(check)
    return checks


def with_checks(audit: Audit, rule: Rule, checks: Iterable[Check]) -> Audit:
    """`audit` with the checks of one rule more."""
    counts, found = Counter(dict.fromkeys(Outcome, 0)), list(audit.findings)
    counts.update(audit.checks.get(rule.code, {}))
    for check in checks:
        counts[check.outcome] += 1
        if check.outcome is Outcome.INCONSISTENT:
            found.append(_finding(audit.analysis, rule, check))
    found.sort(key=lambda finding: (finding.start, finding.rule))
    return Audit(audit.analysis, tuple(_apart(found)), {**audit.checks, rule.code: counts})


def _open(source: str | os.PathLike[str]) -> Report:
    if isinstance(source, str) and ("\n" in source or len(source) > 1000 or not is_path(source)):
        return report_of_text(source)
    return read(source)


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those of the same rule and words told apart by their number among themselves."""
    last: dict[str, int] = {}
    taken: set[str] = set()
    for finding in findings:
        fingerprint, number = finding.fingerprint, last.get(finding.fingerprint, 1)
        while fingerprint in taken:
            number += 1
            fingerprint = _digest(f"{finding.fingerprint} {number}")
        last[finding.fingerprint] = number
        taken.add(fingerprint)
        yield replace(finding, fingerprint=fingerprint)


def _digest(evidence: str) -> str:
    return hashlib.sha256(evidence.encode()).hexdigest()[:16]


def _finding(analysis: Analysis, rule: Rule, check: Check) -> Finding:
    quote = check.quote
    if quote is None:
        raise TypeError(f"{rule.code} yields an inconsistent check without a quote")
    starts = analysis.report.line_starts
    line = bisect_right(starts, quote.start)
    evidence = "\n".join([rule.code, quote.quote, *(related.quote for related in check.related)])
    return Finding(
        start=quote.start,
        end=quote.end,
        quote=quote.quote,
        rule=rule.code,
        name=rule.name,
        severity=check.severity or rule.severity,
        zh=check.zh,
        en=check.en,
        line=line,
        column=quote.start - starts[line - 1] + 1,
        related=check.related,
        computed=check.computed,
        fingerprint=_digest(re.sub(r"\s+", "", evidence)),
        edits=check.edits,
    )
