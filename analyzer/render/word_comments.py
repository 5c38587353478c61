"""Word: what the comments say. One a finding, a short one at places far from it, and one at the top that sums up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

import jinja2

from analyzer.records import Audit, Finding, Outcome, Severity, Span
from analyzer.render.known import verdict_line
from analyzer.render.places import labelled, rule_name
from analyzer.render.words import ROLES, WORDS

_QUOTED = 60  # characters of another place's words that are quoted: enough to search for
_FEW = 4  # other places that get a comment of their own; more would bury the text

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, production 2


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said of a span of the report, line by line; the first line is in bold."""

    span: Span
    lines: tuple[str, ...]


def comments_of(audit: Audit, origin: str, lang: str) -> list[Comment]:
    """All comments on a report, in the order of the text, the one that sums up first.

    `origin` is the word of WORDS for what they stand in: a copy, or a new document.
    """
    found = [Comment(finding, tuple(_finding(number, finding, lang))) for number, finding in _numbered(audit)]
    found += _far(audit, lang)
    found.sort(key=lambda comment: comment.span.start)
    top = audit.analysis.outline.title or next(iter(audit.analysis.report.paragraphs), None)
    return [Comment(top, tuple(_summary(audit, origin, lang))), *found] if top else found


def comment_xml(comment: Comment, now: datetime, lang: str) -> str:
    """The w:comment, without an id. `now` is local time, as Word shows it."""
    words = WORDS[lang]
    return _template().render(
        lines=[xml_text(line) for line in comment.lines],
        author=words["comment author"],
        initials=words["comment initials"],
        date=now.isoformat(timespec="seconds"),
    )


def quoted(words: str) -> str:
    """The words as a comment quotes them: on one line, long ones cut."""
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


def xml_text(text: str) -> str:
    """The text with a mark in place of each character that no XML file can hold: offsets stay."""
    return _NOT_XML.sub("\ufffd", text)


def _numbered(audit: Audit) -> Iterator[tuple[int, Finding]]:
    return enumerate(audit.findings, 1)


def _finding(number: int, finding: Finding, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    name = rule_name(finding.rule, lang) or finding.name
    yield words["comment head"].format(number, words[finding.severity.value], finding.rule, name)
    yield finding.message(lang)
    for edit in finding.edits:
        yield words["comment edit"].format(edit.quote, edit.new)
    if finding.verdict:
        yield verdict_line(finding.verdict, lang)
    for related, label in labelled(finding.related, lang):
        file = f"（{Path(related.path).name}）" if related.path else ""
        yield words["comment related"].format(label + file, quoted(related.quote))


def _far(audit: Audit, lang: str) -> Iterator[Comment]:
    """A short comment at each place that a finding in another paragraph speaks of, unless it speaks of many."""
    words = WORDS[lang]
    paragraphs = audit.analysis.report.paragraphs
    starts = [paragraph.start for paragraph in paragraphs]
    own = {(finding.start, finding.end) for finding in audit.findings}
    said: dict[tuple[int, int], list[str]] = {}
    for number, finding in _numbered(audit):
        home = bisect_right(starts, finding.start)
        far = [
            (related, label)
            for related, label in labelled(finding.related, lang)
            if not related.path and bisect_right(starts, related.start) != home
        ]
        for related, label in far if len(far) <= _FEW else ():
            line = words["comment far"].format(number, finding.rule, rule_name(finding.rule, lang) or finding.name)
            line += words["noted"].format(label) if related.role in ROLES[lang] else ""
            said.setdefault((related.start, related.end), []).append(line)
    for (start, end), lines in said.items():
        if (start, end) not in own:
            yield Comment(Span(start, end), tuple(dict.fromkeys(lines)))


def _summary(audit: Audit, origin: str, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    severities = Counter(finding.severity for finding in audit.findings)
    parts = words["comma"].join(f"{words[each.value]} {severities[each]}" for each in Severity)
    yield words["comment total"].format(severities.total(), parts)
    if audit.findings:
        yield words["comment how"]
    total = Counter[Outcome]()
    for counts in audit.checks.values():
        total.update(counts)
    outcomes = words["comma"].join(f"{words[each.value]} {total[each]}" for each in Outcome)
    yield words["comment checked"].format(len(audit.checks), total.total(), outcomes)
    for outcome in (Outcome.DOUBTFUL, Outcome.NOT_ASSESSABLE):
        for code, counts in audit.checks.items():
            if counts[outcome]:
                rule = f"{code} {rule_name(code, lang)}".rstrip()
                yield words["comment outcome"].format(words[outcome.value], counts[outcome], rule)
    if unmet := sum(not counts.total() for counts in audit.checks.values()):
        yield words["comment unmet"].format(unmet)
    if audit.set_aside:
        yield words["comment aside"].format(len(audit.set_aside))
    yield words[origin]


@cache
def _template() -> jinja2.Template:
    source = (resources.files("analyzer.render") / "word_comment.xml").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
