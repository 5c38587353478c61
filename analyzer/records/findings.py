"""What rules give: checks, and of those that failed the findings of an audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analyzer.records.analysis import Analysis
from analyzer.records.notebook import html_of
from analyzer.records.spans import Quote


class Outcome(StrEnum):
    """How a check ended. Silence is not a pass: an audit counts all four."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    DOUBTFUL = "doubtful"
    NOT_ASSESSABLE = "not_assessable"


class Severity(StrEnum):
    """error: provable contradiction; warning: very likely wrong; info: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Related(Quote):
    """Another place that a finding speaks of, and what it is there for (declared, item, total, …)."""

    role: str
    path: str = ""  # the report it stands in, where that is another one


@dataclass(frozen=True, slots=True)
class Edit(Quote):
    """A correction that cannot change the meaning: `new` in place of the words."""

    new: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a rule looked at. Only an inconsistent one carries quote and messages, and becomes a finding."""

    outcome: Outcome
    quote: Quote | None = None
    zh: str = ""
    en: str = ""
    related: tuple[Related, ...] = ()
    computed: dict[str, Any] = field(default_factory=dict)
    severity: Severity | None = None  # where it differs from the rule's own
    edits: tuple[Edit, ...] = ()  # only where nothing is left to judge


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided on a finding."""

    verdict: str  # right wrong accepted
    note: str


@dataclass(frozen=True, slots=True)
class Finding(Quote):
    """An inconsistency, with all that a reader needs to judge it."""

    rule: str
    name: str
    severity: Severity
    zh: str
    en: str
    line: int  # 1-based
    column: int  # 1-based, in characters
    related: tuple[Related, ...]
    computed: dict[str, Any]
    fingerprint: str  # of rule and words: the same wherever the lines move; unique in its report
    edits: tuple[Edit, ...] = ()
    verdict: Verdict | None = None

    def message(self, lang: str = "zh") -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that no longer counts, and why."""

    finding: Finding
    by: str  # suppress verdict baseline
    reason: str  # a person's words; "" for a finding of the baseline


@dataclass(frozen=True)
class Audit:
    """An analysis with the findings of the rules, and how many checks each rule made with what outcome."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    checks: dict[str, Counter[Outcome]]
    set_aside: tuple[SetAside, ...] = ()  # known and settled: not among `findings`
    baselined: bool = False  # whether a baseline was laid over: what it does not know is new

    def __repr__(self) -> str:
        return f"Audit({self.analysis.report.path!r}, {len(self.findings)} findings)"

    def _repr_html_(self) -> str:
        return html_of(self)
