"""SARIF 2.1.0, which code scanning services and editors read.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01, OASIS Standard, 28 August 2023,
https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html (§ below).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any, TextIO

from analyzer.records import Audit, Failure, Finding, SetAside, Severity
from analyzer.render.json import line_of, write_safely
from analyzer.render.places import has_lines, labelled, page_of
from analyzer.render.rule_reference import explained
from analyzer.render.sarif_artifacts import BASE, Places, artifacts_of, location_of_file, physical_location, region
from analyzer.render.words import WORDS
from analyzer.rules import Rule, all_rules
from analyzer.tabular import section_at, section_cells

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_FINGERPRINT = "ruleAndWords/v1"


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes one log with one run: all rules, a result a line, the set aside ones too, and what could not be read."""
    audits = list(audits)
    artifacts, places = artifacts_of(audits, lang)
    results = [line_of(result) for audit in audits for result in _results(audit, places, lang)]
    run = {
        "tool": {"driver": _driver(audits, lang)},
        "language": _language(lang),
        "automationDetails": {"id": "analyzer/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {BASE: {"description": {"text": WORDS[lang]["working folder"]}}},
        "invocations": [_invocation(audits, list(failures), lang)],
        "artifacts": artifacts,
    }
    head, joined = line_of({"$schema": _SCHEMA, "version": "2.1.0"})[:-1], ",\n".join(results)
    write_safely(f'{head}, "runs": [{line_of(run)[:-1]}, "results": [\n{joined}\n]}}]}}\n', stream)


def _driver(audits: Sequence[Audit], lang: str) -> dict[str, Any]:
    return {
        "name": "analyzer",
        "version": version("analyzer"),
        "language": _language(lang),
        "rules": [*(_rule(rule, lang) for rule in all_rules().values()), *_own_rules(audits)],
    }


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    about = [label + WORDS[lang]["noted"].format(text) for label, text in rule.explanation(lang)]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary(lang)},
        "fullDescription": {"text": "\n".join(about[:2])},  # what is checked, and why
        "help": {"text": "\n".join(about), "markdown": "\n".join(explained(rule, lang))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.code[:3]]},
    }


def _own_rules(audits: Sequence[Audit]) -> Iterator[dict[str, Any]]:
    """What is known of rules from outside this package, which only their findings name."""
    own = {
        finding.rule: finding
        for audit in audits
        for finding in (*audit.findings, *(aside.finding for aside in audit.set_aside))
        if finding.rule not in all_rules()
    }
    for code, finding in sorted(own.items()):
        yield {"id": code, "name": finding.name}


def _invocation(audits: Sequence[Audit], failures: Sequence[Failure], lang: str) -> dict[str, Any]:
    """How the run went: rules that were not run are disabled (§3.20.5), files not read are notifications."""
    ran = {code for audit in audits for code in audit.checks}
    return {
        "executionSuccessful": not failures,
        "ruleConfigurationOverrides": [
            {"descriptor": {"id": code, "index": index}, "configuration": {"enabled": False}}
            for index, code in enumerate(all_rules())
            if audits and code not in ran
        ],
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": _message(failure.error),
                "locations": [{"physicalLocation": {"artifactLocation": location_of_file(failure.path)}}],
            }
            for failure in failures
        ],
    }


def _results(audit: Audit, places: Places, lang: str) -> Iterator[dict[str, Any]]:
    """The results of one report. Where a baseline was laid over, each says whether it knew it (§3.27.24)."""
    for finding in audit.findings:
        state = {"baselineState": "new"} if audit.baselined else {}
        yield {**_result(audit, finding, places, lang), **state, "suppressions": []}
    for aside in audit.set_aside:
        known = "unchanged" if aside.by == "baseline" else "new"
        state = {"baselineState": known} if audit.baselined else {}
        yield {**_result(audit, aside.finding, places, lang), **state, "suppressions": _suppressions(aside)}


def _result(audit: Audit, finding: Finding, places: Places, lang: str) -> dict[str, Any]:
    report, verdict = audit.analysis.report, finding.verdict
    codes = list(all_rules())
    index = {"ruleIndex": codes.index(finding.rule)} if finding.rule in codes else {}
    fixes = {"fixes": [_fix(audit, finding, lang)]} if finding.edits and has_lines(report) else {}
    page = page_of(report, finding.start)
    return {
        "ruleId": finding.rule,
        **index,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message(lang)),
        "locations": [
            {
                "physicalLocation": physical_location(places, report.path, finding),
                "logicalLocations": _headings(audit, finding),
                **({"properties": {"page": page}} if page else {}),
            }
        ],
        "relatedLocations": [
            {
                "id": number,
                "physicalLocation": physical_location(places, related.path or report.path, related),
                "message": _message(label),
            }
            for number, (related, label) in enumerate(labelled(finding.related, lang), 1)
        ],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        **fixes,
        "properties": {
            "computed": finding.computed,
            "verdict": verdict and {"verdict": verdict.verdict, "note": verdict.note},
        },
    }


def _headings(audit: Audit, finding: Finding) -> list[dict[str, Any]]:
    """The heading that the words stand under, as a logical location; none before the first."""
    section = section_at(audit.analysis, finding.start)
    if section is None:
        return []
    heading = audit.analysis.outline.sections[section]
    path = section_cells(audit.analysis, section)[1]
    return [{"name": heading.marker + heading.title, "fullyQualifiedName": path, "kind": "section"}]


def _fix(audit: Audit, finding: Finding, lang: str) -> dict[str, Any]:
    report = audit.analysis.report
    return {
        "description": _message(WORDS[lang]["mend"].format("”“".join(edit.new for edit in finding.edits))),
        "artifactChanges": [
            {
                "artifactLocation": location_of_file(report.path),
                "replacements": [
                    {"deletedRegion": region(report, edit), "insertedContent": {"text": edit.new}}
                    for edit in finding.edits
                ],
            }
        ],
    }


def _suppressions(aside: SetAside) -> list[dict[str, Any]]:
    """Why a finding no longer counts; a baseline suppresses nothing."""
    if aside.by == "baseline":
        return []
    return [{"kind": "external", "status": "accepted", "justification": aside.reason, "properties": {"by": aside.by}}]


def _message(text: str) -> dict[str, str]:
    """A message of these very words: braces would be placeholders (§3.11.5), brackets before “(” a link (§3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}


def _language(lang: str) -> str:
    return "en" if lang == "en" else "zh-CN"
