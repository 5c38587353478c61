"""Which findings count: the settings, the suppressions, the verdicts and the baseline laid over an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.config import Config, Suppression, covers
from analyzer.errors import ConfigError
from analyzer.ledger import VERDICTS, Entry, Ledger, entry_of, read_ledger, relative
from analyzer.records import Audit, Finding, SetAside, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """All that was decided before an audit."""

    config: Config
    verdicts: Ledger
    baseline: Ledger | None = None


def known_of(config: Config, baseline: Path | None = None, new: bool = False) -> Known:
    """What stands written: the verdicts beside the settings, and the file `baseline`.

    Raises ConfigError for a broken file, and for a baseline that is missing though none is to be written (`new`).
    """
    if new and not baseline:
        raise ConfigError("请给出基线文件 · --update-baseline needs --baseline FILE")
    if baseline and not baseline.exists() and not new:
        raise ConfigError(f"没有这个文件，第一次请加 --update-baseline · no such file yet: {baseline}")
    ledger = read_ledger(baseline.absolute()) if baseline else None
    return Known(config, read_ledger(config.folder / VERDICTS), ledger)


def settle(audit: Audit, known: Known) -> Audit:
    """The audit with the findings that count, each with its verdict and severity, and the others set aside.

    What `per_path_ignores` takes from this file is left out whole, as if its rules had not been run.
    """
    path = audit.analysis.report.path
    checks = {code: counts for code, counts in audit.checks.items() if not known.config.is_ignored(code, path)}
    findings: list[Finding] = []
    set_aside: list[SetAside] = []
    for finding in (_judged(finding, path, known) for finding in audit.findings if finding.rule in checks):
        if aside := _aside(finding, audit, known):
            set_aside.append(aside)
        else:
            findings.append(finding)
    return replace(
        audit,
        findings=tuple(findings),
        checks=checks,
        set_aside=tuple(set_aside),
        baselined=known.baseline is not None,
    )


def _judged(finding: Finding, path: str, known: Known) -> Finding:
    severity = known.config.severity(finding.rule)
    entry = known.verdicts.entry(path, finding.fingerprint)
    return replace(
        finding,
        severity=Severity(severity) if severity not in (None, "off") else finding.severity,
        verdict=Verdict(entry.verdict, entry.note) if entry else None,
    )


def _aside(finding: Finding, audit: Audit, known: Known) -> SetAside | None:
    if suppression := _suppression(finding, audit, known.config):
        return SetAside(finding, "suppress", suppression.reason)
    if finding.verdict and finding.verdict.verdict in ("wrong", "accepted"):
        return SetAside(finding, "verdict", finding.verdict.note)
    if known.baseline and known.baseline.entry(audit.analysis.report.path, finding.fingerprint):
        return SetAside(finding, "baseline", "")
    return None


def _suppression(finding: Finding, audit: Audit, config: Config) -> Suppression | None:
    """The first suppression that fits the finding; its words need only overlap those of the finding."""
    for each in config.suppress:
        reach = max(0, len(each.quote) - 1)
        words = audit.analysis.text[max(0, finding.start - reach) : finding.end + reach]
        if (
            covers(each.rule, finding.rule)
            and each.quote in words
            and (not each.path or config.fits(each.path, audit.analysis.report.path))
        ):
            return each
    return None


def unneeded_suppressions(audits: Iterable[Audit], config: Config, whole: bool) -> list[Suppression]:
    """The suppressions that settled audits did not need, though their rules ran on files that they are about.

    One without a path is about any file, and is judged only where a `whole` folder was audited.
    """
    about: set[Suppression] = set()
    used: set[Suppression | None] = set()
    for audit in audits:
        for each in config.suppress:
            ran = any(covers(each.rule, code) for code in audit.checks)
            if ran and (config.fits(each.path, audit.analysis.report.path) if each.path else whole):
                about.add(each)
        used |= {_suppression(aside.finding, audit, config) for aside in audit.set_aside if aside.by == "suppress"}
    return [each for each in config.suppress if each in about - used]


def unneeded_entries(audits: Iterable[Audit], baseline: Ledger) -> list[Entry]:
    """The entries of the baseline that no longer occur, among the reports audited and those that are gone."""
    audits = list(audits)
    met = {baseline.entry(path, finding.fingerprint) for path, finding in _found(audits)}
    known = met | _unseen(baseline, audits)
    return [entry for entry in baseline.entries if entry not in known]


def updated(known: Known, baseline: Ledger, audits: Iterable[Audit]) -> Ledger:
    """The baseline with all findings of `audits` that count without it, and what it says of reports not audited."""
    file = baseline.file
    settled = [settle(audit, replace(known, baseline=None)) for audit in audits]
    new = {entry_of(finding, audit.analysis.report.path, file) for audit in settled for finding in audit.findings}
    return Ledger(file, tuple(sorted(new | _unseen(baseline, settled))))


def fails(audits: Iterable[Audit], level: str) -> bool:
    """Whether settled audits have a finding of the severity `level` or a worse one; of `never` they have none."""
    counts = () if level == "never" else tuple(Severity)[: tuple(Severity).index(Severity(level)) + 1]  # worst first
    return any(finding.severity in counts for audit in audits for finding in audit.findings)


def finding_of(audit: Audit, fingerprint: str) -> Finding:
    """The finding whose fingerprint begins so. Raises ConfigError where none or several do."""
    found = [finding for finding in audit.findings if finding.fingerprint.startswith(fingerprint.lower())]
    if len(found) == 1:
        return found[0]
    what = "代号不止指一处，请多写几位 · several findings begin so" if found else "没有这个代号的发现 · no such finding"
    raise ConfigError(f"{audit.analysis.report.path}：{what}: {fingerprint}")


def precision(verdicts: Ledger) -> dict[str, tuple[int, int]]:
    """Of each rule that people judged: how many findings they found right (accepted ones are), and how many in all."""
    judged = Counter(entry.rule for entry in verdicts.entries)
    wrong = Counter(entry.rule for entry in verdicts.entries if entry.verdict == "wrong")
    return {rule: (judged[rule] - wrong[rule], judged[rule]) for rule in sorted(judged)}


def _found(audits: Iterable[Audit]) -> Iterator[tuple[str, Finding]]:
    for audit in audits:
        for finding in (*audit.findings, *(aside.finding for aside in audit.set_aside)):
            yield audit.analysis.report.path, finding


def _unseen(baseline: Ledger, audits: Iterable[Audit]) -> set[Entry]:
    """The entries of which the audits say nothing: the report was not audited but is there, or the rule did not run."""
    folder = baseline.file.parent
    ran = {relative(audit.analysis.report.path, folder): audit.checks for audit in audits}
    return {
        entry
        for entry in baseline.entries
        if (entry.rule not in ran[entry.path] if entry.path in ran else (folder / entry.path).exists())
    }
