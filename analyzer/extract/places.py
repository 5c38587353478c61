"""The places that a report names as acting or leading: 云水乡坚持…, 中共云水乡委员会, 在岚溪县委的领导下."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analyzer import lexicon
from analyzer.records import Quote

_HAN = "[\u4e00-\u9fff]"
_RUN = re.compile(rf"{_HAN}+\Z")
_REACH = 24  # characters looked back for the names before a place: 宁川市岚溪县枫垭苗族乡
_ABOVE = rf"{_HAN}{{2,6}}?(?:自治[区州县旗]|省|市|州|盟|县|区|旗)"
_CHAIN = re.compile(rf"年?((?:{_ABOVE})*)({_HAN}+)")
_SHORTEST, _LONGEST = 2, 3  # characters of a name without its kind; with 族 in it, up to
_LONGEST_OF_PEOPLES = 8
_CLAUSE = "。；！？，：\n\u3000 0123456789"  # 2024年岚溪县云水乡坚持…; "" at the beginning of a text too
_LINE = "\n\u3000 （）"
_SENTENCE = re.compile(r"[。；！？\n]")
_FAR = 200  # characters of a sentence that are looked at
_NEW = "新区"  # a district that is not yet one
_QUOTED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,80}》")


@dataclass(frozen=True, slots=True)
class Named(Quote):
    """The name of a place where it acts, leads or signs."""

    level: str  # township county city


def find_places(text: str) -> list[Named]:
    """The places named as acting, leading or signing, in text order.

    Only where no verb can be taken for a part of the name (整合乡综治中心, 落实县委部署): a township that begins a
    clause and acts, a place above in 在…的领导下, and either behind 中共 or filling a line with its organ.
    """
    found = [*_acting(text), *_leading(text), *_signing(text)]
    return sorted(found, key=lambda named: named.start)


def _acting(text: str) -> Iterator[Named]:
    for match in _pattern("acts").finditer(text):
        start = _run(text, match.end())
        if text[start - 1 : start] in _CLAUSE:
            yield from _named(text, start, match.end())


def _leading(text: str) -> Iterator[Named]:
    for match in _pattern("leads").finditer(text):
        start = _run(text, match.end())
        if text[start - 1 : start] in _CLAUSE and text[start] == "在":
            yield from _named(text, start + 1, match.end())


def _signing(text: str) -> Iterator[Named]:
    for match in _pattern("organs").finditer(text):
        start = _run(text, match.end())
        line = text[start - 1 : start] in _LINE and text[match.end("organ") : match.end("organ") + 1] in _LINE
        if line or text.startswith("中共", start):
            yield from _named(text, start + 2 * text.startswith("中共", start), match.end())


def _named(text: str, start: int, end: int) -> Iterator[Named]:
    if names := _names_in(text[start:end]):
        level = next(level for level, kinds in _kinds().items() if names[-1].endswith(tuple(kinds)))
        yield Named.cut(text, end - len(names[-1]), end, level=level)


def places_above(text: str, name: str) -> dict[str, str]:
    """The county and the city that the report itself writes before `name`: 宁川市岚溪县云水乡.

    A level is left out where the report is not clear about it. A city counts only with a county under it, for a
    county-level city leads townships as well.
    """
    found: dict[str, Counter[str]] = {"county": Counter(), "city": Counter()}
    for match in re.finditer(re.escape(name), text):
        names = _names_in(text[_run(text, match.end()) : match.end()])
        levels = {level_of(each[-1]): each for each in names[:-1]}
        if "county" in levels:
            for level in found.keys() & levels.keys():
                found[level][levels[level]] += 1
    return {level: next(iter(names)) for level, names in found.items() if len(names) == 1}


def level_of(kind: str) -> str:
    """township, county or city for 乡, 县, 市; "" for what is none of them."""
    return next((level for level, kinds in _kinds().items() if kind in kinds), "")


def spoken_of(text: str, name: str) -> bool:
    """Whether the report speaks of `name` on purpose: as a neighbour or partner, in a title or a quotation."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quoted]
    for match in re.finditer(re.escape(name), text):
        at = bisect_right(starts, match.start()) - 1
        if (
            (at >= 0 and match.start() < quoted[at][1])
            or _words("before").search(text, max(0, match.start() - 3), match.start())
            or _words("behind").match(text, match.end())
            or _words("anywhere").search(text, *_sentence(text, match.start(), match.end()))
        ):
            return True
    return False


def same_place(one: str, other: str) -> bool:
    """Whether two names may be of one place: 五顷塬乡 and 五顷塬回族乡, 清苑县 and 清苑区."""
    shorter, longer = sorted((_stem(one), _stem(other)), key=len)
    return longer.startswith(shorter) or longer.endswith(shorter)


def stem_and_level(name: str) -> tuple[str, str]:
    """A name without its kind, and its level: 云磴新区 → (云磴, county); the level is "" where it does not say."""
    level = next((level for level, kinds in _kinds().items() if name.endswith(tuple(kinds))), "")
    return _stem(name.removesuffix(_NEW) + _NEW[-1] if name.endswith(_NEW) else name), level


def _stem(name: str) -> str:
    kind = next((kind for kinds in _kinds().values() for kind in kinds if name.endswith(kind)), "")
    return name.removesuffix(kind).removesuffix("自治")


def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = lexicon.load("places")["kinds"]
    return kinds


def _run(text: str, end: int) -> int:
    """Where the unbroken run of Chinese characters begins that ends at `end`."""
    match = _RUN.search(text, max(0, end - _REACH), end)
    return match.start() if match else end


def _names_in(run: str) -> list[str]:
    """A run that is nothing but names of places, the highest first: “岚溪县云水乡” → [岚溪县, 云水乡]; else []."""
    chain = _CHAIN.fullmatch(run)
    names = [*re.findall(_ABOVE, chain[1]), chain[2]] if chain else []
    return names if all(map(_is_name, names)) else []


def _is_name(name: str) -> bool:
    common = lexicon.load("places")["common"]
    stem = _stem(name)
    longest = _LONGEST_OF_PEOPLES if "族" in stem else _LONGEST
    return (
        _SHORTEST <= len(stem) <= longest
        and not set(stem) & set(common["signs"])
        and not name.endswith(tuple(common["endings"]))
        and not stem.endswith(tuple(common["verbs"]))
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around text[start:end]."""
    far = max(0, start - _FAR)
    begins = [mark.end() for mark in _SENTENCE.finditer(text, far, start)]
    stop = _SENTENCE.search(text, end, end + _FAR)
    return begins[-1] if begins else far, stop.start() if stop else min(len(text), end + _FAR)


@cache
def _pattern(which: str) -> re.Pattern[str]:
    """The last character of a place's name before the words that show what it does there."""
    township, higher = "|".join(_kinds()["township"]), "|".join(_kinds()["county"] + _kinds()["city"])
    words = "|".join(lexicon.load("places")["behind"][which])
    if which == "leads":
        return re.compile(rf"(?:{higher})(?=(?:委|人民政府|政府)[^，。；！？\n]{{0,16}}(?:{words}))")
    if which == "organs":
        return re.compile(rf"(?:{township}|{higher})(?=(?P<organ>{words}))")
    return re.compile(rf"(?:{township})(?={words})")


@cache
def _words(where: str) -> re.Pattern[str]:
    """The words that relate a place to the reporting one: anywhere in the sentence, right before or behind the name."""
    relation = lexicon.load("places")["relation"]
    union = "|".join(relation["anywhere" if where == "anywhere" else "beside"])
    return re.compile(rf"(?:{union})\Z" if where == "before" else union)
