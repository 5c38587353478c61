"""What printed numbers may stand for: arithmetic on closed intervals of exact fractions, open ends included."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from analyzer.extract.units import in_base
from analyzer.records import Quantity


class Interval(NamedTuple):
    """All numbers from low to high; None is no end."""

    low: Fraction | None
    high: Fraction | None


def interval_of(quantity: Quantity) -> Interval:
    """All that a quantity may stand for, rounded or cut off after its last digit, in the base unit of its dimension.

    A number without a hedge reaches from half a unit of its last digit below to a whole unit above it, for 33.3% may
    be 33.2500… rounded or 33.3999… cut off.
    """
    low, high = quantity.low, quantity.high
    if not quantity.hedge and low is not None and high is not None and quantity.upper is None:
        high += (high - low) / 2
    factor = (in_base(Fraction(1), quantity.unit) or (Fraction(1), ""))[0]
    return Interval(None if low is None else low * factor, None if high is None else high * factor)


def dimension(quantity: Quantity) -> str:
    """What two quantities must share to be compared: the base unit, or the measure word itself."""
    base = in_base(Fraction(1), quantity.unit)
    return base[1] if base else quantity.unit


def meets(a: Interval, b: Interval) -> bool:
    """Whether some number lies in both."""
    return not below(a, b) and not below(b, a)


def below(a: Interval, b: Interval) -> bool:
    """Whether all of `a` lies below all of `b`."""
    return a.high is not None and b.low is not None and a.high < b.low


def add(intervals: Iterable[Interval]) -> Interval:
    low, high = Fraction(0), Fraction(0)
    open_low = open_high = False
    for each in intervals:
        open_low, open_high = open_low or each.low is None, open_high or each.high is None
        low, high = low + (each.low or 0), high + (each.high or 0)
    return Interval(None if open_low else low, None if open_high else high)


def minus(a: Interval, b: Interval) -> Interval:
    return Interval(
        None if a.low is None or b.high is None else a.low - b.high,
        None if a.high is None or b.low is None else a.high - b.low,
    )


def divide(a: Interval, b: Interval) -> Interval:
    """The quotients of two intervals that hold no negative number; without an upper end where `b` reaches zero."""
    low = Fraction(0) if a.low is None or b.high is None or a.low <= 0 or b.high <= 0 else a.low / b.high
    return Interval(low, None if a.high is None or b.low is None or b.low <= 0 else a.high / b.low)


def scale(a: Interval, factor: int) -> Interval:
    """`a` times a positive whole number."""
    return Interval(None if a.low is None else a.low * factor, None if a.high is None else a.high * factor)
