"""What became of last year's plans and stated shortcomings: each held against the same place's report a year later.

A plan is taken up where something done speaks of it, repeated where it is planned again, dropped (未见: not found)
where it has a number and no sentence of next year's reports speaks of it, and unclear wherever its words are too few or
too common to tell.
A shortcoming is repeated where it, or a point of it, is stated again, taken up where a plan that answered it was taken
up or something done speaks of it, dropped where next year's reports no longer speak of it. Likeness is the share of the
words of the one that stand in the other, each weighed by how rare it is (Salton & Buckley 1988): what all reports say
weighs little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analyzer.compare.fates import Fate, fates_of_plans, fates_of_shortcomings
from analyzer.compare.likeness import Weights, weights_of
from analyzer.compare.points import by_topic, point_weights
from analyzer.compare.renamed import latest_places
from analyzer.compare.statements import DONE, LACKING, PLANNED, Statement, sentences_of, statements_of
from analyzer.extract.quantities import find_amounts
from analyzer.libraries import library

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

OUTCOMES = {"taken_up": "有下文", "repeated": "再次提出", "dropped": "未见", "unclear": "不明"}
_COLUMNS = {
    "place": "string",
    "called": "string",
    "year": "Int64",
    "kind": "string",
    "path": "string",
    "quote": "string",
    "start": "Int64",
    "end": "Int64",
    "outcome": "string",
    "basis": "string",
    "next_path": "string",
    "next_quote": "string",
    "next_start": "Int64",
    "next_end": "Int64",
    "score": "float64",
    "why": "string",
    "number": "string",
    "next_number": "string",
    "years": "Int64",
}
_Cells = tuple[Any, ...]
_Statements = Mapping[tuple[str, str], list[Statement]]


def follow_up(
    reports: DataFrame, measures: DataFrame, shortcomings: DataFrame, clauses: DataFrame | None = None
) -> DataFrame:
    """One row for each plan and shortcoming of a report whose place has a report of the same kind a year later.

    Takes the tables of `dataframes.to_frame`; with `clauses` also targets and results are compared. Columns:

    place, called, year  whose plan or shortcoming (by its latest name, and as its report calls it), and the year of
                         its report
    kind                 plan shortcoming
    path                 of its report; quote, start, end: where it stands there
    outcome              taken_up repeated dropped unclear
    basis                words: they tell it; plan: a plan that answered it was taken up; mentioned: its words are
                         there, in what sense is not sure; thin: too few words, or no number to
                         look for; longer: planned for years; unread: no measure was read of next year's report
    next_path            the report that answers; next_quote, next_start, next_end: the words there; <NA> without any
    score                share of the weight of its words that stand there, 0–1; NaN without any
    why                  the words that both share, the rarest first, 、 between them; for basis plan, that plan
    number, next_number  numbers of the same units in both, as printed: 不少于4期 and 4期; <NA> without
    years                of a shortcoming: in how many years on end it was stated, next year's included where repeated

    Rows follow the years, then the text. Raises MissingLibrary without pandas.
    """
    pandas = library("pandas")
    places = dict(zip(reports.path, reports.place.fillna(""), strict=True))
    texts = dict(zip(reports.path, reports.text, strict=True))
    statements = statements_of(measures, shortcomings, clauses, places)
    weights = weights_of([one.bag for each in statements.values() for one in each])
    all_lacking = [one for (_, status), each in statements.items() if status == LACKING for one in each]
    topic_weights = weights_of([one.bag for one in by_topic(all_lacking)])
    weights_of_points = point_weights(all_lacking)
    spans = {(row.path, row.start): row.plan_spans for row in shortcomings.itertuples()}
    stated: dict[tuple[str, int], int] = {}  # for how many years on end, by where next year states it again
    rows: list[_Cells] = []
    for place, year, path, same_kind, any_kind in _pairs(reports.assign(place=latest_places(reports))):
        owner = (place, places[path], year)
        plans, lacking = (statements.get((path, status), []) for status in (PLANNED, LACKING))
        following = {status: _all(statements, same_kind, status) for status in (DONE, PLANNED, LACKING)}
        said = [sentence for other in any_kind for sentence in sentences_of(other, texts[other])]
        fates = fates_of_plans(plans, following, said, weights)
        for one, fate in zip(plans, fates, strict=True):
            rows.append((*owner, "plan", *_cells(one, fate, weights), None))
        answers = [_answer(spans[path, one.start], plans, fates) for one in lacking]
        fates = fates_of_shortcomings(lacking, answers, following, said, weights, topic_weights, weights_of_points)
        for one, fate in zip(lacking, fates, strict=True):
            years = stated.get((path, one.start), 1)
            if fate.outcome == "repeated" and fate.found:
                years += 1
                stated[fate.found.path, fate.found.start] = years
            rows.append((*owner, "shortcoming", *_cells(one, fate, weights), years))
    return pandas.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _pairs(reports: DataFrame) -> Iterator[tuple[str, int, str, list[str], list[str]]]:
    """Place, year and path of each report that has a next one, with next year's of the same kind and of any kind."""
    by_kind, by_place = defaultdict(list), defaultdict(list)
    known = reports[reports.place.notna() & reports.year.notna()].sort_values(["year", "place", "path"])
    for row in known.itertuples():
        by_kind[row.place, row.kind, row.year].append(row.path)
        by_place[row.place, row.year].append(row.path)
    for row in known.itertuples():
        if same := by_kind.get((row.place, row.kind, row.year + 1)):
            yield row.place, row.year, row.path, same, by_place[row.place, row.year + 1]


def _all(statements: _Statements, paths: Sequence[str], status: str) -> list[Statement]:
    return [one for path in paths for one in statements.get((path, status), [])]


def _answer(spans: Sequence[Sequence[int]], plans: Sequence[Statement], fates: Sequence[Fate]) -> Fate | None:
    """The fate of the first plan that answered a shortcoming (`spans`, best first) and was taken up."""
    for start, end in spans:
        for plan, fate in zip(plans, fates, strict=True):
            if plan.start < end and start < plan.end and fate.outcome == "taken_up":
                return fate._replace(basis="plan", plan=plan)
    return None


def _cells(one: Statement, fate: Fate, weights: Weights) -> _Cells:
    cells = (one.path, one.quote, one.start, one.end, fate.outcome, fate.basis)
    found = fate.found
    if found is None:
        return (*cells, None, None, None, None, fate.score, "", None, None)
    words = sorted(one.bag & found.bag, key=lambda word: (-weights.get(word, 1), word))
    why = fate.plan.quote if fate.plan else "、".join(words)
    units = one.units & found.units
    numbers = (_numbers(quote, units) for quote in (one.quote, found.quote))
    return (*cells, found.path, found.quote, found.start, found.end, fate.score, why, *numbers)


def _numbers(quote: str, units: frozenset[str]) -> str | None:
    """The numbers of a quote in any of `units`, as printed."""
    return "、".join(quote[each.start : each.end] for each in find_amounts(quote) if each.unit in units) or None
