"""Which units count alike: 件 and 起 are one family, 元 and 万元 one base unit, 人 and 人次 are two.

The families come from lexicon/indicators.toml.
"""

from __future__ import annotations

from functools import cache

from analyzer.extract.units import unit_of
from analyzer.lexicon import load


@cache
def _families() -> dict[str, str]:
    return {unit: family["name"] for family in load("indicators")["family"] for unit in family["units"]}


@cache
def _counting() -> frozenset[str]:
    return frozenset(_families().values())


def family_of(unit: str, phrase: str) -> str:
    """What values must share to be compared: a family of measure words, the base unit, or the measure word itself."""
    firms = load("indicators")["firms"]
    if unit in firms["units"] and any(noun in phrase for noun in firms["nouns"]):
        return str(firms["family"])
    known = unit_of(unit)
    return _families().get(unit) or (known.base if known and known.base else unit)


def counts(family: str) -> bool:
    """Whether a family is one of measure words (个, 人), which count and do not measure."""
    return family in _counting()
