"""The findings of a report as the notes of a web page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from analyzer.records import Audit, Finding, Outcome, Related
from analyzer.render.known import SHORT, verdict_line
from analyzer.render.pages import words
from analyzer.render.places import labelled, page_of, rule_name

_LONGEST = 60  # characters of a quote in a note: the whole stands in the text

Link = Callable[[Related], str]  # where a place of another report is to be found; "" for nowhere


@dataclass(frozen=True, slots=True)
class Place:
    """Another place of a finding."""

    label: str
    quote: str
    file: str  # the other report that it stands in; "" for this one
    href: str  # "" for nowhere


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside the words of a finding."""

    number: int
    rule: str
    name: str
    severity: str
    message: str
    place: str  # “第5行第18字”
    id: str  # what `analyzer verdict` takes
    quote: str
    computed: tuple[tuple[str, str], ...]  # label and value
    related: tuple[Place, ...]
    edits: tuple[tuple[str, str], ...]  # words and what to write instead
    verdict: str


def notes(audit: Audit, lang: str, link: Link) -> list[Note]:
    """The notes of an audit, numbered from 1."""
    return [_note(audit, number, finding, lang, link) for number, finding in enumerate(audit.findings, 1)]


def settled(audit: Audit, lang: str) -> list[tuple[Finding, str]]:
    """The findings that no longer count, each with who decided that and why."""
    said = words(lang)
    found = []
    for aside in audit.set_aside:
        verdict = aside.finding.verdict
        why = verdict_line(verdict, lang) if aside.by == "verdict" and verdict else aside.reason
        found.append((aside.finding, said[f"by_{aside.by}"] + (said["noted"].format(why) if why else "")))
    return found


def checked(audits: Iterable[Audit], lang: str) -> list[dict[str, Any]]:
    """One row a rule: code, name, how many of its checks ended how, and how many findings count."""
    rows: dict[str, dict[str, Any]] = {}
    for audit in audits:
        for code, counts in audit.checks.items():
            row = rows.setdefault(
                code, {"rule": code, "name": rule_name(code, lang), "found": 0, **dict.fromkeys(Outcome, 0)}
            )
            for outcome in Outcome:
                row[outcome] += counts[outcome]
        for finding in audit.findings:
            if finding.rule in rows:
                rows[finding.rule]["found"] += 1
    return list(rows.values())


def _note(audit: Audit, number: int, finding: Finding, lang: str, link: Link) -> Note:
    said = words(lang)
    page = page_of(audit.analysis.report, finding.start)
    place = said["place"].format(finding.line, finding.column)
    return Note(
        number,
        finding.rule,
        rule_name(finding.rule, lang) or finding.name,
        finding.severity.value,
        finding.message(lang),
        f"{said['page'].format(page)} {place}" if page else place,
        finding.fingerprint[:SHORT],
        _cut(finding.quote),
        tuple(_computed(finding.computed, said["computed_keys"])),
        tuple(_places(number, finding, lang, link)),
        tuple((edit.quote, edit.new) for edit in finding.edits),
        verdict_line(finding.verdict, lang) if finding.verdict else "",
    )


def _places(number: int, finding: Finding, lang: str, link: Link) -> Iterable[Place]:
    for place, (related, label) in enumerate(labelled(finding.related, lang), 1):
        href = link(related) if related.path else f"#f{number}-{place}"
        yield Place(label, _cut(related.quote), Path(related.path).name, href)


def _computed(computed: Mapping[str, Any], labels: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for key, value in computed.items():
        if value not in (None, "", [], ()):
            yield labels.get(key, key), _printed(value)


def _printed(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value.numerator if value.denominator == 1 else Decimal(value.numerator) / value.denominator)
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(_printed(each) for each in value)
    return str(value)


def _cut(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
