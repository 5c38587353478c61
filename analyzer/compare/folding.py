"""Brings normal forms together that say one thing in other words or another order: 失业登记率 and 登记失业率.

What a careful reader does not tell apart is data (lexicon/indicator_folding.toml): short and other forms of a word,
what is implied by the words behind it, that something came about. Sums (超亿元, 投资亿元以上), shares (A中B占比) and
lists (省、市) have one shape each. The rest must agree to the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from analyzer.compare.families import family_of
from analyzer.compare.phrases import Normal, normal
from analyzer.errors import LexiconError
from analyzer.lexicon import load

Slot = tuple[str, frozenset[str], str]  # family of units, acts, characters of the thing without their order

_PASSES = 3  # a word put for another may be part of a third
_PIECES = re.compile(r"[0-9A-Za-z.]+|.", re.DOTALL)
_JOINT = re.compile(r"以及|(?<=[^普涉以参])[和及与](?![美谐睦平顺解时格])(?=.)")
_LEVELS = re.compile(r"(?<=[省市县区乡镇村州旗])、(?=[省市县区乡镇村州旗])")
_SUM = re.compile(
    r"(?:(?:计划)?总?投资额?)?(?P<over>超过?|过)?(?P<sum>[0-9.]*[十百千]*[万亿])(?P<yuan>元?)(?P<above>及?以上)?(?!级)"
)
_SHARE_OF = re.compile(r"\A(?P<whole>[^占]{2,12})中(?P<part>[^占]{2,12})(?:占比|的?比重|的?比例)\Z")


class Implied(NamedTuple):
    """Words that say nothing where `pattern` finds them; `acts`: only with one of these, empty for any."""

    pattern: re.Pattern[str]
    acts: frozenset[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for entry in load("indicator_folding")["same"]:
        for word in (entry["name"], *entry["words"]):
            if names.setdefault(word, entry["name"]) != entry["name"]:
                raise LexiconError(f"indicator_folding.toml：“{word}”既是“{names[word]}”，又是“{entry['name']}”")
    return re.compile(_any(names)), names


@cache
def _dropped() -> re.Pattern[str]:
    data = load("indicator_folding")["dropped"]
    guards = {word: f"(?!{_any(after.split())})" for word, after in data["not_before"].items()}
    words = sorted(data["words"], key=len, reverse=True)
    return re.compile("|".join(re.escape(word) + guards.get(word, "") for word in words))


@cache
def _implied() -> tuple[Implied, ...]:
    return tuple(
        Implied(
            re.compile(f"(?:{_any(entry['words'])})(?={_any(entry['before'])})"),
            frozenset(entry.get("after_act", ())),
        )
        for entry in load("indicator_folding")["implied"]
    )


@cache
def _implied_acts() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """Acts that go without saying, each with the ends of the things of which they do."""
    entries = load("indicator_folding")["implied_act"]
    return tuple((frozenset(entry["acts"]), tuple(entry["things"])) for entry in entries)


@cache
def _ends() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    data = load("indicator_folding")
    measured = {unit: words for unit, words in data["measured"].items() if unit != "source"}
    return (
        re.compile(f"(?:{_any(data['rate']['ends'])})\\Z"),
        {unit: re.compile(f"(?<=..)(?:{_any(words)})\\Z") for unit, words in measured.items()},
    )


@lru_cache(maxsize=1 << 18)
def folded(form: Normal, family: str) -> Normal:
    """`form`, counted in units of `family`, without what changes nothing; equal for forms that say the same.

    The words keep their order here; `key` takes that away.
    """
    thing = _LEVELS.sub("", _JOINT.sub("、", form.thing))
    thing = _SUM.sub(_sum, thing)
    if family == "%":
        thing = _SHARE_OF.sub(r"\g<part>占\g<whole>比重", thing)
    pattern, names = _same()
    for _ in range(_PASSES):
        before, thing = thing, pattern.sub(lambda match: names[match.group()], _dropped().sub("", thing))
        for implied in _implied():
            if not implied.acts or implied.acts & form.acts:
                thing = implied.pattern.sub("", thing)
        if thing == before:
            break
    rate, measured = _ends()
    if family == "%" and "占" not in thing[:-2]:
        thing = rate.sub("占比", thing)
    elif family in measured:
        thing = measured[family].sub("", thing)
    acts = form.acts - frozenset(load("indicator_folding")["rate"]["acts"]) if family == "%" else form.acts
    for unsaid, things in _implied_acts():
        if thing.endswith(things):
            acts -= unsaid
    return Normal(acts, thing) if thing else form


def key(form: Normal) -> tuple[frozenset[str], str]:
    """What folded forms share that say the same in another order, with 、 or without.

    What stands on each side of 占 stays there.
    """
    sides = ("".join(sorted(_PIECES.findall(side.replace("、", "")))) for side in form.thing.split("占"))
    return form.acts, "占".join(sides)


def _sum(match: re.Match[str]) -> str:
    over, above, yuan = match["over"], match["above"], match["yuan"]
    of_firms = match.string.startswith(("企业", "项目"), match.end())
    least = over or above or of_firms if yuan else above and of_firms
    return f"{match['sum']}元以上" if least else match.group()


# --- indicators with a name of their own -----------------------------------------------------------------------------


def slot_of(form: Normal, family: str) -> Slot:
    """What phrases share that certainly are one indicator."""
    return family, *key(folded(form, family))


@cache
def _named() -> dict[Slot, str]:
    found: dict[Slot, str] = {}
    for entry in load("indicators")["indicator"]:
        for phrase in (entry["name"], *entry["phrases"]):
            family = family_of(entry["unit"], phrase)
            slot = slot_of(normal(phrase, family), family)
            if found.setdefault(slot, entry["name"]) != entry["name"]:
                raise LexiconError(f"indicators.toml：“{phrase}”既是“{found[slot]}”，又是“{entry['name']}”")
    return found


def name_in_lexicon(slot: Slot) -> str | None:
    """The name that the lexicon gives to what these forms share, None where it lists none."""
    return _named().get(slot)
