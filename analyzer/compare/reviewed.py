"""Which numbers of a report state the level of an indicator for the year that the report reviews.

Not: what is planned or lacking, what is of another period, and in texts that sum up several years (五年来) what is not
said to be of the year itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from analyzer.compare.readings import plain
from analyzer.compare.renamed import latest_places
from analyzer.extract.dates import report_years, years_in
from analyzer.records import Outline, Quote

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_SEVERAL_YEARS = re.compile(  # a paragraph that sums up more than one year
    r"(?:过去|近|这|前|最近|过去的|前面)?(?:五|三|四|两|5|3)年[来间内里]|[过这]去?的?五年|五年[，是]|[“\"]?十[一二三四]?五[”\"]?(?:时期|期间|以来|末|五年)|本届政府"
)
_NEAR = 400  # characters before a number in which its paragraph is looked at
_YEARLY = re.compile(r"\s?[，,（(、]?\s?(?:同比|按?可比|比上年|较上年|比去年|较去年|增长同比)")
_AHEAD = frozenset(["plan", "target", "shortcoming", "cause"])  # roles of clauses that state nothing achieved

Key = tuple[str, int, str, str]  # place, year, indicator, family of units


class Statement(NamedTuple):
    """One number that a report gives for an indicator; `value`, `low` and `high` in `unit`."""

    rank: tuple[bool, bool, str, int]  # the best first: whole, more than an end, then in the order of files and texts
    value: float
    low: float | None
    high: float | None
    unit: str
    hedge: str
    quote: str
    phrase: str
    how: str
    path: str
    start: int
    end: int
    called: str  # the place, by the name that its report gives it


def statements_of(
    named: DataFrame, quantities: DataFrame, reports: DataFrame, clauses: DataFrame
) -> dict[Key, list[Statement]]:
    """What reports state, in text order, by place (its latest name), year, indicator and family of units.

    `named` comes from `canonical`, the others are tables of `analyzer.to_frame`.
    """
    years = _years(reports)
    texts = dict(zip(plain(reports["path"]), plain(reports["text"]), strict=True))
    ahead = _ahead(clauses)
    levels = named[(named["sense"] == "level").fillna(False)]
    rows = levels.drop(columns=["quote"]).merge(quantities, on=["path", "index"], how="left", sort=False)
    names = ("path", "canonical", "unit_family", "phrase", "how", "whole", "carried", "period", "upper")
    numbers = ("value", "low", "high", "unit", "hedge", "quote", "start", "end")
    found: defaultdict[Key, list[Statement]] = defaultdict(list)
    for cell in zip(*(plain(rows[name]) for name in (*names, *numbers)), strict=True):
        path, indicator, family, phrase, how, whole, carried, period, upper, *number = cell
        if path not in years or upper is not None:
            continue
        place, year, five, called = years[path]
        value, low, high, unit, hedge, quote, start, end = number
        text = texts[path]
        paragraph = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
        several = (five or _SEVERAL_YEARS.search(text, paragraph, start)) and not _YEARLY.match(text, end)
        if _is_ahead(ahead[path], start) or not (carried or _holds(period, whole, year, bool(several))):
            continue
        rank = (not (whole or period), hedge in (">=", "<="), path, start)
        statement = Statement(rank, value, low, high, unit, hedge, quote, phrase, how, path, start, end, called)
        found[place, year, indicator, family].append(statement)
    return found


def _years(reports: DataFrame) -> dict[str, tuple[str, int, bool, str]]:
    """For each report its place, the year it reviews, whether it reviews five years, and the place's name in it."""
    found = {}
    names = ("path", "place", "year", "kind", "title", "date", "text")
    columns = (plain(column) for column in (latest_places(reports), *(reports[name] for name in names)))
    for place, path, called, year, kind, title, date, text in zip(*columns, strict=True):
        outline = Outline(_quote(title), None, None, year, _quote(date), kind, ())
        years = report_years(text, outline)
        reviewed = years.reviewed
        if reviewed is None and not years_in(title or ""):
            reviewed = year  # read off the opening or a heading: of the year under review
        if place and reviewed:
            found[path] = place, reviewed, years.five, called
    return found


def _quote(words: str | None) -> Quote | None:
    return None if words is None else Quote(0, len(words), words)


def _holds(period: str, whole: bool, year: int, several: bool) -> bool:
    """Whether a number of this period is one of the year reviewed, in a text that reviews one year or `several`."""
    if period == "本年" or period == f"{year}年":
        return True
    return (period == "" or (period == "累计" and whole)) and not several


def _ahead(clauses: DataFrame) -> defaultdict[str, tuple[list[int], list[bool]]]:
    """For each report where its clauses begin, and whether each states a plan or a shortcoming."""
    found: defaultdict[str, tuple[list[int], list[bool]]] = defaultdict(lambda: ([], []))
    for path, start, role in zip(*(plain(clauses[name]) for name in ("path", "start", "role")), strict=True):
        starts, ahead = found[path]
        starts.append(start)
        ahead.append(role in _AHEAD)
    return found


def _is_ahead(clauses: tuple[list[int], list[bool]], at: int) -> bool:
    starts, ahead = clauses
    number = bisect_right(starts, at) - 1
    return number >= 0 and ahead[number]
