"""Rates with their part and whole: “受理50件，办结48件，办结率96%”, “民事120件，占总数的60%”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analyzer.extract.intervals import dimension
from analyzer.extract.sentences import Sentence, scope_of, sentences
from analyzer.lexicon import load
from analyzer.records import Breakdown, Quantity, Rate

_LEVEL = r"(?:均|都|已|分别|可|也)*(?:为|是|达到|达|高达|约)*(?:了)?\Z"
_SHARE = re.compile(
    r"[，,、（(]\s?(?:分别)?(?:占(?P<of>[^，。；、（）\d]{0,20}?)(?:的)?(?:比重|比例)?|占比|比重|比例)(?:分别)?(?:为|达到|达|约|约占)?\Z"
)
_LISTED = re.compile(r"\s?(?:[、和及与]|以及)\s?\Z")
_OF_TOTAL = re.compile(r"(?:全部|总)?(?:总数|总量|总额|总|比)?\Z")
_CLAUSE = re.compile(r"[，；。、,;（(）)：:]")
_BACK = 6  # quantities looked back over
_KINDS = frozenset(["count", "money", "area", "length", "weight", "energy", "other"])


@dataclass(frozen=True, slots=True)
class _Kind:
    """One rate of the lexicon: patterns of the words that name its part and its whole."""

    part: re.Pattern[str]
    whole: re.Pattern[str]


def find_rates(text: str, quantities: Sequence[Quantity], breakdowns: Sequence[Breakdown]) -> tuple[Rate, ...]:
    """The percentages of a report that stand beside their part, in text order.

    `sure` says that the words name both part and whole (受理, 办结; 其中); else the numbers merely stand where part and
    whole would stand.
    """
    totals = {part.start: each for each in breakdowns for part in each.parts}
    found: list[Rate] = []
    for sentence in sentences(text, quantities):
        for index, quantity in enumerate(sentence.quantities):
            if index and quantity.kind == "percent":
                found += _named(sentence, index) or _shares(sentence, index, totals)
    return tuple(found)


def _named(sentence: Sentence, index: int) -> list[Rate]:
    """办结率 and the like: the part and the whole before it, by their words."""
    before = sentence.before(index)
    noun = _nouns().search(before)
    if not noun:
        return []
    kind = _kinds()[noun["noun"]]
    first = max(0, index - _BACK)
    words = {number: _words_of(sentence, number) for number in range(first, index)}
    parts = [number for number in words if _names(kind.part, words[number]) and _is_thing(sentence, number)]
    if not parts:
        return []
    part = parts[-1]
    alike = [number for number in range(first, part) if _comparable(sentence, number, part)]
    wholes = [number for number in alike if kind.whole.search(words[number])]
    candidates = wholes or alike
    # Nothing else may stand between whole and part, nor between part and rate.
    sure = len(wholes) == 1 and len(parts) == 1 and not [n for n in range(part + 1, index) if _is_thing(sentence, n)]
    return [_rate(sentence, noun["noun"], index, part, candidates[-1] if candidates else None, sure)]


def _shares(sentence: Sentence, index: int, totals: dict[int, Breakdown]) -> list[Rate]:
    """占总数的60%, 占比60%: of the total that the part belongs to, or of what the words name."""
    cue = _SHARE.search(sentence.before(index))
    if not cue or not _is_thing(sentence, index - 1):
        return []
    last = index
    while last + 1 < len(sentence.quantities) and _LISTED.match(sentence.after(last)):
        last += 1
    count = last - index + 1
    if index < count or any(sentence.quantities[n].kind != "percent" for n in range(index, last + 1)):
        return []
    return [_share(sentence, index + n, index - count + n, cue["of"] or "", totals) for n in range(count)]


def _share(sentence: Sentence, rate: int, part: int, of: str, totals: dict[int, Breakdown]) -> Rate:
    quantity = sentence.quantities[part]
    breakdown = totals.get(quantity.start)
    whole: int | None = None
    sure = False
    alike = [n for n in range(part) if _comparable(sentence, n, part)]
    if len(of) >= 3 and not _OF_TOTAL.match(of):
        named = [n for n in alike if of in _indicator(sentence, n)]
        whole, sure = (named[-1], len(named) == 1) if named else (None, False)
    elif breakdown is not None and _OF_TOTAL.match(of):
        whole = next((n for n in alike if sentence.quantities[n] == breakdown.total), None)
        sure = whole is not None and not breakdown.rivals
    elif _OF_TOTAL.match(of) and alike:
        whole = alike[0]
    return _rate(sentence, "占比", rate, part, whole, sure)


def _rate(sentence: Sentence, noun: str, rate: int, part: int, whole: int | None, sure: bool) -> Rate:
    quantities = sentence.quantities
    first = min(part, part if whole is None else whole)
    return Rate.cut(
        sentence.text,
        quantities[first].start,
        quantities[rate].end,
        noun=noun,
        rate=quantities[rate],
        part=quantities[part],
        whole=None if whole is None else quantities[whole],
        sure=sure and whole is not None,
        scope=scope_of(sentence.text[sentence.start : quantities[first].start]),
        period=quantities[part].period,
    )


def _is_thing(sentence: Sentence, number: int) -> bool:
    return sentence.quantities[number].kind in _KINDS


def _comparable(sentence: Sentence, a: int, b: int) -> bool:
    one, other = sentence.quantities[a], sentence.quantities[b]
    return one.kind == other.kind and dimension(one) == dimension(other) and one.kind in _KINDS


def _words_of(sentence: Sentence, number: int) -> str:
    """The words of a number's own clause on both sides of it."""
    before, after = sentence.before(number), sentence.after(number)
    stop = _CLAUSE.search(after)
    pieces = [piece for piece in _CLAUSE.split(before) if piece.strip()]
    own = pieces[-1] if pieces and not _CLAUSE.match(before[-1:]) else ""
    return own + (after[: stop.start()] if stop else after)


def _indicator(sentence: Sentence, number: int) -> str:
    indicator = sentence.quantities[number].indicator
    return (indicator.quote if indicator else "") + _words_of(sentence, number)


def _names(pattern: re.Pattern[str], words: str) -> bool:
    match = pattern.search(words)
    return match is not None and not _negation().search(words[: match.start()])


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(load('rates')['negations']['words'])})\\Z")


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        noun: _Kind(re.compile("|".join(rate["part"])), re.compile("|".join(rate["whole"])))
        for rate in load("rates")["rate"]
        for noun in rate["nouns"]
    }


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"(?P<noun>{'|'.join(sorted(_kinds(), key=len, reverse=True))}){_LEVEL}")
