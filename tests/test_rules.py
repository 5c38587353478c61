"""Every rule against its own cases: tests/cases/<CODE>.toml, [[fires]] with the words pointed at, [[silent]].

A case has a `text`, and `beside` it the texts of other reports where the rule compares reports with each other.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.pipeline import audit, audit_across
from analyzer.readers import report_of_text
from analyzer.rules import LABELS, all_rules

CASES = Path(__file__).parent / "cases"


def cases(kind: str) -> list:
    return [
        pytest.param(file.stem, case, id=f"{file.stem}-{number}")
        for file in sorted(CASES.glob("*.toml"))
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8")).get(kind, []), 1)
    ]


def found(code: str, case: dict) -> list[str]:
    rule, text = [all_rules()[code]], case["text"]
    texts = {"": text, **{f"{number}.txt": other for number, other in enumerate(case.get("beside", ()), 1)}}
    audits = [audit(replace(report_of_text(each), path=path), rule) for path, each in texts.items()]
    findings = audit_across(audits, rule)[0].findings
    for finding in findings:
        assert text[finding.start : finding.end] == finding.quote
        for quote in finding.related:
            assert texts[quote.path][quote.start : quote.end] == quote.quote
        assert finding.zh
        assert finding.en
        assert finding.quote in text.split("\n")[finding.line - 1][finding.column - 1 :] or "\n" in finding.quote
    return [finding.quote for finding in findings]


@pytest.mark.parametrize(("code", "case"), cases("fires"))
def test_fires_at_the_words(code: str, case: dict) -> None:
    assert found(code, case) == case["at"]


@pytest.mark.parametrize(("code", "case"), cases("silent"))
def test_stays_silent(code: str, case: dict) -> None:
    assert found(code, case) == []


@pytest.mark.parametrize("code", all_rules())
def test_every_rule_is_documented_and_has_cases(code: str) -> None:
    rule = all_rules()[code]
    for lang, labels in LABELS.items():
        assert rule.summary(lang)
        assert [label for label, _ in rule.explanation(lang)] == [label.strip().rstrip("：:") for label in labels]
        assert all(text for _, text in rule.explanation(lang))
    file = tomllib.loads((CASES / f"{code}.toml").read_text(encoding="utf-8"))
    assert len(file["fires"]) >= 3
    assert len(file["silent"]) >= 3
