"""Stated shortcomings (不足), one item a shortcoming as a reader would count them, with causes and answering plans.

The clauses that the role model calls shortcoming or cause make up the items: one an item of a marked list (一是…。),
else one a part between semicolons or full stops. A general statement that only leads in to a list (“但还有一定差距，
主要表现在两个方面：”) is no item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analyzer.extract.answers import find_answers
from analyzer.lexicon import load
from analyzer.markers import Mark
from analyzer.records import Clause, Measure, Quote, Shortcoming, Words

_CLOSING = "。！？；，：,:;!? 　\t\n"
_PARTS = "。；！？!?;"
_BETWEEN = 2  # clauses of another role inside an item
_STATED = ("shortcoming", "cause")
# “当前还存在不少困难和问题”: says that there are some, not which
_GENERAL = re.compile(
    r"(?:存在|面临|还有|仍有|尚有|有)(?:着)?(?:一些|一定|不少|许多|诸多|很多|几个|若干|以下|如下|各种|多方面)(?:的|方面的|突出|深层次)?"
    r"[^，。；]{0,4}(?:问题|困难|不足|挑战|差距|矛盾|短板|薄弱环节|隐忧)(?:[和与、及][^，。；]{2,4})?[。；：，！]?\Z"
)


class _Item(NamedTuple):
    """Clauses `first` to `last`, both included; `marked` where a serial mark opens it."""

    first: int
    last: int
    marked: bool


def find_shortcomings(
    text: str, clauses: Sequence[Clause], marks: Sequence[Mark], words: Words, measures: Sequence[Measure]
) -> tuple[Shortcoming, ...]:
    """The stated shortcomings of a report in text order."""
    found = _items(text, clauses, marks)
    items = [
        item for item in found if not _leads_in(text, clauses, item, len(found) > 1) and _lacks(text, clauses, item)
    ]
    quotes = [_quote(text, clauses[item.first].start, clauses[item.last].end) for item in items]
    plans = find_answers(quotes, [measure for measure in measures if measure.status == "planned"], words)
    return tuple(
        Shortcoming.cut(
            text,
            quote.start,
            quote.end,
            causes=tuple(
                _quote(text, clause.start, clause.end)
                for clause in clauses[item.first : item.last + 1]
                if clause.role == "cause"
            ),
            plans=answers,
        )
        for item, quote, answers in zip(items, quotes, plans, strict=True)
    )


def _items(text: str, clauses: Sequence[Clause], marks: Sequence[Mark]) -> list[_Item]:
    opening = {mark.start for mark in marks}
    found: list[_Item] = []
    item: _Item | None = None
    for number, clause in enumerate(clauses):
        if clause.role not in _STATED:
            continue
        marked = _marked(clauses, number, opening, item)
        if item is not None and not marked and _goes_on(text, clauses, item, number):
            item = item._replace(last=number)
            continue
        if item is not None:
            found.append(item)
        item = _Item(number, number, marked)
    if item is not None:
        found.append(item)
    return [item for item in found if any(c.role == "shortcoming" for c in clauses[item.first : item.last + 1])]


def _marked(clauses: Sequence[Clause], number: int, opening: set[int], item: _Item | None) -> bool:
    """Whether a serial mark opens this clause, or a clause of another role between it and the item before."""
    first = number if item is None else item.last + 1
    return any(clauses[at].start in opening for at in range(max(first, number - _BETWEEN), number + 1))


def _goes_on(text: str, clauses: Sequence[Clause], item: _Item, number: int) -> bool:
    """Whether a clause belongs to the item before it."""
    between = clauses[item.last + 1 : number]
    gap = text[clauses[item.last].end - 1 : clauses[number].start]
    if len(between) > _BETWEEN or "\n" in gap:
        return False
    if item.marked:
        return all(clause.role in ("background", "result", "other") for clause in between)
    return not any(mark in gap for mark in _PARTS) and "：" not in gap


def _lacks(text: str, clauses: Sequence[Clause], item: _Item) -> bool:
    """Whether an item says that something lacks, or stands beside others: a lone clause elsewhere is mostly none."""
    return (
        item.marked
        or item.last > item.first
        or bool(_lacking().search(text, clauses[item.first].start, clauses[item.last].end))
    )


@cache
def _lacking() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("role_cues")["lacking"]["words"])))


def _leads_in(text: str, clauses: Sequence[Clause], item: _Item, among_others: bool) -> bool:
    """Whether an item only leads in to a list: in the same sentence, or saying no more than that there are some."""
    if among_others and not item.marked and item.first == item.last:
        clause = clauses[item.first]
        if _GENERAL.search(text[clause.start : clause.end].strip()):
            return True
    at, stop = item.last, text[clauses[item.last].end - 1]
    while stop == "，" and at + 1 < len(clauses) and clauses[at + 1].role in ("other", "background"):
        at += 1
        stop = text[clauses[at].end - 1]
    return stop in "：:" and not item.marked


def _quote(text: str, start: int, end: int) -> Quote:
    words = text[start:end]
    return Quote.cut(text, start + len(words) - len(words.lstrip()), start + len(words.rstrip(_CLOSING)))
