"""All that was read out of one report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from analyzer.records.citations import Citation
from analyzer.records.clauses import Clause, Measure, Shortcoming
from analyzer.records.enumerations import Enumeration
from analyzer.records.notebook import html_of
from analyzer.records.outline import Outline
from analyzer.records.quantities import Breakdown, Change, Date, FormCell, Quantity, Rate
from analyzer.records.report import Report


@dataclass(frozen=True)
class Words:
    """The words of a text in order, without gaps: ''.join(words) is the text."""

    words: tuple[str, ...]
    tags: tuple[str, ...]  # as jieba's dictionary and terms.csv have them: n v a d m …; x for what they do not list

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each word in the text."""
        return tuple(accumulate(map(len, self.words), initial=0))[:-1]


@dataclass(frozen=True)
class Analysis:
    """All that was read out of one report: the only thing that rules see."""

    report: Report
    outline: Outline
    enumerations: tuple[Enumeration, ...]
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()
    disclosure: tuple[FormCell, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    changes: tuple[Change, ...] = ()
    rates: tuple[Rate, ...] = ()
    words: Words = Words((), ())
    measures: tuple[Measure, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    citations: tuple[Citation, ...] = ()
    profile: str = "auto"  # the kind of report to check against (lexicon/profiles.toml); auto: as the title says

    @property
    def text(self) -> str:
        return self.report.text

    def __repr__(self) -> str:
        return f"Analysis({self.report.path!r}, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        return html_of(self)
