"""Words of reports against words of others, for the comparing page: passages shared, and last year's promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.compare.comparison import Comparison
from analyzer.compare.followup import OUTCOMES
from analyzer.render.compare_sources import Source, numbers_of
from analyzer.render.page_text import shown_text

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

_PAIRS = 60  # of reports whose passages are shown side by side
_PASSAGES = 12  # of a pair
_CHARACTERS = 700  # of a passage
_ROWS = 800  # of the follow-up
KINDS = ("plan", "shortcoming")


@dataclass(frozen=True, slots=True)
class Bit:
    """Characters of a passage; `changed` where the other report has another number, name or title in their place."""

    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that share passages: `path` the later one, where years say so."""

    report: int
    source: int
    share: float  # of the report's characters, 0–1
    characters: int
    passages: tuple[tuple[Source, tuple[Bit, ...], Source, tuple[Bit, ...]], ...]  # earlier, later
    all_passages: int


def pairs(comparison: Comparison) -> tuple[list[Pair], int]:
    """The pairs that share most, and how many there are in all."""
    numbers = numbers_of(comparison.reports)
    shared: defaultdict[frozenset[str], list[Any]] = defaultdict(list)
    for row in comparison.passages.itertuples():
        shared[frozenset((row.path_a, row.path_b))].append(row)
    found = []
    for row in comparison.shares.head(_PAIRS).itertuples():
        passages = shared[frozenset((row.path, row.source))]
        sides = []
        for each in passages[:_PASSAGES]:
            a = Source(numbers[each.path_a], each.start_a, each.end_a)
            b = Source(numbers[each.path_b], each.start_b, each.end_b)
            in_a = _bits(each.quote_a, a.start, [(start, end) for start, end, _, _ in each.changed])
            in_b = _bits(each.quote_b, b.start, [(start, end) for _, _, start, end in each.changed])
            sides.append((a, in_a, b, in_b))
        pair = Pair(numbers[row.path], numbers[row.source], row.share, row.characters, tuple(sides), len(passages))
        found.append(pair)
    return found, len(comparison.shares)


def _bits(quote: str, start: int, changed: list[tuple[int, int]]) -> tuple[Bit, ...]:
    """The quote, which stands at `start`, cut where what was changed begins and ends; long ones are cut short."""
    bits, at = [], 0
    for first, last in sorted(changed):
        bits.append(Bit(quote[at : first - start], False))
        bits.append(Bit(quote[first - start : last - start], True))
        at = max(at, last - start)
    bits.append(Bit(quote[at:], False))
    kept, room = [], _CHARACTERS
    for bit in bits:
        if bit.words and room > 0:
            kept.append(Bit(shown_text(bit.words[:room]), bit.changed))
            room -= len(bit.words)
    return (*kept, Bit("……", False)) if room < 0 else tuple(kept)


def outcome_counts(followup: DataFrame) -> list[dict[str, Any]]:
    """How many plans and shortcomings of each place and year had which outcome: a row for each place, year, kind."""
    counted = Counter(zip(followup.place, followup.year, followup.kind, followup.outcome, strict=True))
    owners = sorted({key[:3] for key in counted})
    return [
        {"place": place, "year": year, "kind": kind, "counts": [counted[place, year, kind, one] for one in OUTCOMES]}
        for place, year, kind in owners
    ]


def followed(comparison: Comparison) -> tuple[list[dict[str, Any]], int]:
    """Last year's plans and shortcomings with what became of them, and how many there are in all.

    Where there are too many to show, shortcomings and what was not found go first, then the latest years.
    """
    rows = comparison.followup
    last = rows.outcome.map({"dropped": 0, "taken_up": 1, "repeated": 1, "unclear": 2}).where(rows.kind == "plan", 0)
    order = rows.assign(last=last, ago=-rows.year).sort_values(["last", "ago", "place", "start"], kind="stable")
    shown = order.head(_ROWS).sort_values(["place", "ago", "kind", "path", "start"], kind="stable")
    numbers = numbers_of(comparison.reports)
    found = []
    for row in shown.itertuples():
        next_one = None
        if isinstance(row.next_path, str):
            source = Source(numbers[row.next_path], int(row.next_start), int(row.next_end))
            next_one = (shown_text(row.next_quote), source)
        found.append(
            {
                "place": row.place,
                "called": row.called if row.called != row.place else "",
                "year": row.year,
                "kind": row.kind,
                "outcome": row.outcome,
                "basis": row.basis,
                "said": (shown_text(row.quote), Source(numbers[row.path], row.start, row.end)),
                "next": next_one,
                "verbatim": row.outcome == "repeated" and next_one is not None and row.next_quote == row.quote,
                "years": int(row.years) if isinstance(row.years, int) else None,
            }
        )
    return found, len(rows)
