"""Units and measure words, from lexicon/units.toml: which there are, what they measure, exact factors between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from analyzer.errors import LexiconError
from analyzer.lexicon import load

_KEYS = {"source", "kind", "base", "units", "other", "concrete", "loose"}
_GUARDS = "not_before"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, as 亩: area, 2000/3 平方米; or a measure word (份, 件次), whose base and factor are None."""

    word: str
    kind: str  # as in Quantity.kind
    base: str | None
    factor: Fraction | None
    concrete: bool = False  # counts things even behind a Chinese numeral: 五家


@cache
def units() -> dict[str, Unit]:
    """Every word of the lexicon. Raises LexiconError for an unknown key, a broken factor, a word in two tables."""
    found: dict[str, Unit] = {}
    tables = load("units")
    for name, table in tables.items():
        if name == _GUARDS:
            continue
        if unknown := table.keys() - _KEYS:
            raise LexiconError(f"units.toml：[{name}] 中有不认识的键 {'、'.join(sorted(unknown))}")
        if "source" not in table:
            raise LexiconError(f"units.toml：[{name}] 没有写明来源（source）")
        kind = table.get("kind", name if name != "volume" else "other")
        rows = [(word, table.get("base"), factor) for word, factor in table.get("units", {}).items()]
        rows += [(word, None, None) for key in ("other", "concrete", "loose") for word in table.get(key, ())]
        for word, base, factor in rows:
            if word in found:
                raise LexiconError(f"units.toml：“{word}”出现两次（[{name}]）")
            try:
                value = None if factor is None else Fraction(factor)
            except (ValueError, ZeroDivisionError, TypeError) as error:
                raise LexiconError(f"units.toml：[{name}] “{word}”的换算系数“{factor}”不是数") from error
            found[word] = Unit(word, kind, base, value, word in table.get("concrete", ()))
    return found


@lru_cache(maxsize=1024)
def unit_of(word: str) -> Unit | None:
    """The unit that `word` names, compounds too (元/亩, whose base is 元/平方米); None where it is unknown or ""."""
    if (unit := units().get(word)) is not None:
        return unit
    above, stroke, below = word.replace("／", "/").partition("/")
    top, bottom = units().get(above), units().get(below)
    if top is None or not stroke:
        return None
    if top.factor is None or bottom is None or not bottom.factor:
        return Unit(word, top.kind, None, None)
    return Unit(word, top.kind, f"{top.base}/{bottom.base}", top.factor / bottom.factor)


def in_base(value: Fraction, word: str) -> tuple[Fraction, str] | None:
    """`value` of unit `word` in the base of its dimension: (1, 公顷) → (10000, 平方米); None for measure words."""
    unit = unit_of(word)
    return None if unit is None or unit.factor is None or unit.base is None else (value * unit.factor, unit.base)


@cache
def unit_pattern() -> str:
    """A regular expression for any unit; longer words first, none where it is only the beginning of another word."""
    guards = {word: continuations.split() for word, continuations in load("units")[_GUARDS].items()}
    if strange := guards.keys() - units().keys():
        raise LexiconError(f"units.toml：[{_GUARDS}] 中的“{'、'.join(sorted(strange))}”不是单位")
    words = []
    for word in sorted(units(), key=len, reverse=True):
        after = "|".join(map(re.escape, guards.get(word, ())))
        if word[-1].isascii() and word[-1].isalnum():
            after += "|" * bool(after) + "[A-Za-z0-9]"
        words.append(re.escape(word) + (f"(?!{after})" if after else ""))
    one = "|".join(words)
    return rf"(?:{one})(?:[/／](?:人·月|{one}|千人|万人|月|日))?"
