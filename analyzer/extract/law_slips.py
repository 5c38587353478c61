"""Titles that are one character away from the name of a law: slips such as 《人民调节法》."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from analyzer.extract.laws import NATION, bare_title, law_names, law_of
from analyzer.lexicon import load
from analyzer.records import Law

_SHORT = 4  # characters a name must have behind 中华人民共和国 to be told from its neighbours
_LONG = 6  # the same without 中华人民共和国: 社会保障法 need not mean 社会保险法, 残疾人保护法 means 残疾人保障法
_PARTICLES = frozenset("和与及的")  # left out of a regulation's name freely
_LONGER = 8  # the same for regulations, whose names provinces vary


@dataclass(frozen=True, slots=True)
class Slip:
    """How a title differs from a name: `written` stands where `right` belongs, "" for a character too few or many."""

    law: Law
    name: str  # the right name, with 中华人民共和国 where the title has it
    written: str
    right: str
    sure: bool  # whether no other document is likely to bear the title


def slip_of(title: str) -> Slip | None:
    """The slip in a title: the sure one where several names are near; None where none is, or the title names a law.

    Sure are: characters that are taken for one another (lexicon/misnamed_law.toml, homophones.toml), two exchanged,
    one typed twice, a fault inside 中华人民共和国, any one character inside a long name that ends in 法, one too many
    or too few inside a long name of a regulation.
    """
    bare = bare_title(title)
    if law_of(title) or bare in _others():
        return None
    slips = [*_slips_in_nation(title), *_slips_in_name(bare, title.startswith(NATION))]
    slips = [slip for slip in slips if slip.sure or len(bare) >= _SHORT]
    return max(slips, key=lambda slip: slip.sure, default=None)


def _slips_in_nation(title: str) -> list[Slip]:
    found = []
    for length in (len(NATION) - 1, len(NATION), len(NATION) + 1):
        head, name = title[:length], title[length:]
        law = law_names().get(name)
        difference = law and _difference(head, NATION)
        if law and difference:
            found.append(Slip(law, NATION + name, difference[0], difference[1], True))
    return found


def _slips_in_name(bare: str, nation: bool) -> list[Slip]:
    found = []
    shorter = {bare[:at] + bare[at + 1 :] for at in range(len(bare))}
    near = {name for words in (bare, *shorter) for name in _shortened().get(words, ())}
    for name in sorted(near | (shorter & law_names().keys())):
        difference = _difference(bare, name)
        if difference:
            law = law_names()[name]
            sure = _mistaken(bare, *difference) or _unmistakable(bare, name, law, nation)
            found.append(Slip(law, NATION + name if nation else name, *difference, sure))
    return found


def _mistaken(bare: str, written: str, right: str) -> bool:
    """Whether characters were taken for one another, exchanged, or one was typed twice."""
    if (written, right) in _confusable():
        return True
    twice = not right and written * 2 in bare
    alike = written in _syllables() and _syllables()[written] == _syllables().get(right)
    return len(bare) >= _SHORT and (twice or alike or len(written) == 2)


def _unmistakable(bare: str, name: str, law: Law, nation: bool) -> bool:
    """Whether no other document is likely to bear a title so near to the name."""
    if bare[-1] != name[-1] or bare.endswith(name) or name.endswith(bare):  # 《劳动合同》 《市物业管理条例》
        return False
    if law.kind == "law":
        return name.endswith("法") and len(name) >= (_SHORT if nation else _LONG)
    dropped = set(bare) ^ set(name)
    return len(name) >= _LONGER and len(bare) != len(name) and not dropped & _PARTICLES


@cache
def _shortened() -> dict[str, list[str]]:
    """Every name under each of its forms with one character left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in law_names():
        for at in range(len(name)):
            found[name[:at] + name[at + 1 :]].append(name)
    return dict(found)


def _difference(title: str, name: str) -> tuple[str, str] | None:
    """What the title writes and what the name has there: one character each, one and none, or two exchanged."""
    short = min(len(title), len(name))
    front = next((at for at in range(short) if title[at] != name[at]), short)
    back = next((at for at in range(short - front) if title[-1 - at] != name[-1 - at]), short - front)
    written, right = title[front : len(title) - back], name[front : len(name) - back]
    if (len(written) <= 1 and len(right) <= 1) or (len(written) == 2 and written == right[::-1]):
        return written, right
    return None


@cache
def _confusable() -> frozenset[tuple[str, str]]:
    groups = load("misnamed_law")["confusable"]["groups"]
    return frozenset((one, other) for group in groups for one in group for other in group if one != other)


@cache
def _syllables() -> dict[str, str]:
    return {sign: syllable for syllable, signs in load("homophones")["syllables"].items() for sign in signs}


@cache
def _others() -> frozenset[str]:
    return frozenset(load("misnamed_law")["others"]["titles"])
