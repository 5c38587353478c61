"""What a report says will be done, was done and is lacking, as bags of words that can be held against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from analyzer.compare.content import words_and_names
from analyzer.extract.quantities import find_amounts
from analyzer.lexicon import load

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

PLANNED, DONE, LACKING = "planned", "done", "lacking"

_EDGES = "。！？；，：,:;!? 　\t\n"
_SENTENCE = re.compile(r"[^。！？；\n]+")
_NAME = re.compile(r"“[^“”，。；\n]{2,12}”")
_TAGS = "nvajlibs"
_STATUS_OF_ROLE = {"plan": PLANNED, "target": PLANNED, "measure": DONE, "result": DONE}

Bag = frozenset[str]
_Row = tuple[str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure, a clause, a shortcoming or a sentence of a report, with what it speaks of."""

    path: str
    start: int
    end: int
    quote: str
    headings: str  # that it stands under
    bag: Bag
    units: Bag  # of its numbers; of a sentence none


def statements_of(
    measures: DataFrame, shortcomings: DataFrame, clauses: DataFrame | None, places: Mapping[str, str]
) -> dict[tuple[str, str], list[Statement]]:
    """The statements of each report, by its path and by what they are: PLANNED, DONE or LACKING.

    Clauses add the targets and results that are no measures: without them a promised number has no answer. `places`
    has the place of each path: its own name tells nothing and is left out.
    """
    rows = [(_row(row), str(row.status)) for row in measures.itertuples()]
    rows += [(_row(row), LACKING) for row in shortcomings.itertuples()]
    rows += [] if clauses is None else _uncovered(clauses, measures)
    found = defaultdict(list)
    for (row, status), bag in zip(rows, bags_of([row[3] for row, _ in rows]), strict=True):
        place = places.get(row[0], "")
        bag = frozenset(word for word in bag if word not in place)
        found[row[0], status].append(Statement(*row, bag, units_of(row[3])))
    return dict(found)


def sentences_of(path: str, text: str) -> list[Statement]:
    """All sentences of a report, whatever they say."""
    spans = [(sentence.start(), sentence.end(), sentence[0]) for sentence in _SENTENCE.finditer(text)]
    bags = bags_of([quote for _, _, quote in spans])
    return [Statement(path, *span, "", bag, frozenset()) for span, bag in zip(spans, bags, strict=True)]


def bags_of(quotes: Sequence[str]) -> Iterator[Bag]:
    """What each quote speaks of: its content words, without those that every report is full of (lexicon/answers.toml)
    and those that only say that something is done (lexicon/followup.toml). A name in quotation marks is there as a
    whole, “夜间普法课堂”, and by its words: it tells more than another word.
    """
    plain = (quote.replace("“", "").replace("”", "") for quote in quotes)
    for quote, words in zip(quotes, words_and_names(plain, _TAGS), strict=True):
        yield frozenset(words).union(_NAME.findall(quote)) - _empty()


def units_of(quote: str) -> Bag:
    """The units of the numbers in a quote: 场次."""
    return frozenset(amount.unit for amount in find_amounts(quote) if amount.unit)


@cache
def _empty() -> Bag:
    return frozenset(load("answers")["common"]["words"]).union(load("followup")["process"]["words"])


def _row(row: Any) -> _Row:
    headings = row.section_path if isinstance(row.section_path, str) else ""
    return row.path, int(row.start), int(row.end), row.quote, headings


def _uncovered(clauses: DataFrame, measures: DataFrame) -> Iterable[tuple[_Row, str]]:
    """The clauses that promise or report and that no measure stands in."""
    covered: defaultdict[str, set[int]] = defaultdict(set)
    for path, start, end in zip(measures.path, measures.start, measures.end, strict=True):
        covered[path].update(range(start, end))
    for row in clauses[clauses.role.isin(list(_STATUS_OF_ROLE))].itertuples():
        if covered[row.path].isdisjoint(range(row.start, row.end)):
            path, start, _, quote, headings = _row(row)
            start += len(quote) - len(quote.lstrip(_EDGES))
            quote = quote.strip(_EDGES)
            yield (path, start, start + len(quote), quote, headings), _STATUS_OF_ROLE[row.role]
