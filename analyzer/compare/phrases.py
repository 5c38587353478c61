"""The words that say what is counted, brought to a normal form: 调处各类矛盾纠纷 and 化解矛盾纠纷 are 调解 + 矛盾纠纷.

All words come from lexicon/indicators.toml. What a phrase says besides act and thing (how it was done, for the whole
place, that it took place at all) is dropped; nothing else is, so that phrases with another qualifier stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from analyzer.compare.families import counts
from analyzer.errors import LexiconError
from analyzer.lexicon import load

_NOTES = re.compile(r"\s|\[[^\]]*\]|[①-⑳“”\"‘’]")  # notes and quotation marks change nothing
_HEAD = re.compile(
    r"[.,，、；;：:和及与并·-]+|\d{1,2}(?:[.、]|(?=[一-鿿])(?![万亿千百十年月日个项大类级条家户所吨]))|[至到]?\d{4}年[底末]?|(?:严格)?(?:按照|依据|根据|依照|围绕|结合)?《[^》]*》(?:等|的|规定|要求)*"
)
_CUT_OFF = re.compile(r"\A(?:效(?![益率能果应])|序(?![时列号])|[类级](?!别))")  # 有效, 有序, 各级 without their 有, 各
_JOINT = "和及与并、"
_COMPLETED, _NEWLY = "完成", "新建"
_LEAST = 2  # characters that must be left of a thing


class Normal(NamedTuple):
    """A phrase without what changes nothing."""

    acts: frozenset[str]  # names of acts, or verbs as printed
    thing: str

    @property
    def name(self) -> str:
        return "".join(sorted(self.acts, key=_order)) + self.thing


@cache
def _places() -> dict[str, int]:
    names = [name for act in load("indicators")["act"] for name in act["name"].split("+")]
    return {name: names.index(name) for name in names}


def _order(name: str) -> tuple[int, str]:
    """For sorting acts: as the lexicon lists them, verbs as printed behind."""
    return _places().get(name, len(_places())), name


@cache
def _acts() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """For each verb of an act: the act's names, and the ends of things with which it stays as printed."""
    found: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
    for act in load("indicators")["act"]:
        for word in act["words"]:
            if word in found:
                raise LexiconError(f"indicators.toml：动词“{word}”出现两次")
            found[word] = (frozenset(act["name"].split("+")), tuple(act["not_of"]))
    return found


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _guarded(words: Iterable[str]) -> str:
    """Any of the words, none where it is only the beginning of another word (增加值)."""
    guards: dict[str, str] = load("indicators")["not_before"]
    return "|".join(
        re.escape(word) + (f"(?!{_any(guards[word].split())})" if word in guards else "")
        for word in sorted(words, key=len, reverse=True)
    )


@cache
def _verbs() -> frozenset[str]:
    """Verbs that may stand before a number, of acts and others; single characters (由, 为, 等) are none."""
    others = (*load("indicators")["light"]["verbs"], *load("indicator_words")["verbs"])
    return frozenset([*_acts(), *(verb for verb in others if len(verb) > 1)])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    light, works, whom = load("indicators")["light"], load("indicator_folding")["works"], load("indicators")["whom"]
    return {
        "light": re.compile(_guarded([*light["scope"], *light["manner"], *light["verbs"]])),
        "act": re.compile(_guarded(_acts())),
        "act_behind": re.compile(rf"(?:{_any(_acts())})\Z"),
        "stock": re.compile(rf"(?:{_any(light['stock'])})\Z"),
        "noun_behind": re.compile(
            rf"(?:{_any(word for noun in load('indicators')['noun'] for word in noun['words'])})\Z"
        ),
        "inner": re.compile(rf"(?<=.)(?:{_any(light['inner'])})(?={_any(light['sums'])})"),
        "share": re.compile(rf"(?:{_any(light['share'])})?\Z"),
        "whom": re.compile(rf"(?:{_any([*light['scope'], *light['totals']])})+"),
        "tail": re.compile(rf"(?:{_any(light['tail'])}|(?<=...)(?:{_any(light['tail_of_longer'])}))\Z"),
        "measured": re.compile(rf"(?P<act>{_any(_acts())})?(?P<cut>{_any(light['measured'])})\Z"),
        "works": re.compile(rf"(?:{_any(works['after'])})(?P<cut>{_any(works['words'])})\Z"),
        "done_over": re.compile(rf"(?:{_any(works['done_over'])})(?P<cut>{_any(works['done_over_words'])})\Z"),
        "for_whom": re.compile(
            rf"(?:{_any(whom['people'])}|(?P<other>{_any(whom['others'])}))(?P<verb>{_any(whom['verbs'])})(?=.{{{_LEAST}}})"
        ),
        "completed": re.compile(rf"(?:{_any(light['completed_things'])})\Z"),
        "verb": re.compile(rf"(?P<verb>(?:{_any(_verbs())}){{1,2}})(?:了|共|共计)?\Z"),
        "lead": re.compile(rf"(?:{_any([*light['scope'], *light['manner']])})*(?P<verb>{_guarded(_acts())})"),
    }


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {word: noun["name"] for noun in load("indicators")["noun"] for word in noun["words"]}
    return re.compile(_any(names)), names


@lru_cache(maxsize=1 << 18)
def normal(phrase: str, family: str) -> Normal:
    """The normal form of a phrase (without white space or not) counted in units of `family`.

    Its thing is "" where the phrase says only for whom or that something was done (全镇共).
    """
    words = _patterns()
    rest = _NOTES.sub("", unicodedata.normalize("NFKC", phrase).replace("(", "（").replace(")", "）"))
    rest, verbs, completed = _without_head(_CUT_OFF.sub("", rest))
    measures = not counts(family)
    pattern, names = _nouns()
    while rest and not words["noun_behind"].search(rest):
        match = words["stock"].search(rest)
        if match and match.start() >= _LEAST:
            verbs.clear()
        match = match or words["tail"].search(rest) or (_measured(rest, verbs) if measures else None)
        match = match or words["works" if measures else "done_over"].search(rest)
        match = match or words["act_behind"].search(rest)
        start = match.start("cut" if "cut" in match.re.groupindex else 0) if match else 0
        if match is None or start < _LEAST:
            break
        if match.re is words["act_behind"]:
            verbs.append(match.group())
        rest = rest[:start].rstrip(_JOINT)
    rest = words["inner"].sub("", rest)
    if "占" in rest and not rest.endswith("占比") and (match := words["share"].search(rest)):
        rest = f"{rest[: match.start()]}比重"
    thing = pattern.sub(lambda match: names[match.group()], rest)
    if completed and not verbs and words["completed"].search(thing):
        verbs.append(_NEWLY)
    return Normal(frozenset(name for verb in verbs for name in _names(verb, thing)), thing)


def _without_head(rest: str) -> tuple[str, list[str], bool]:
    """What a phrase says behind its leading words, the verbs of acts among those, and whether it was completed."""
    words, verbs, completed = _patterns(), list[str](), False
    while rest:
        if match := _HEAD.match(rest):
            rest = rest[match.end() :]
            continue
        if match := words["for_whom"].match(rest):
            verbs.append(match["verb"])
            rest = (match["other"] or "") + rest[match.end() :]
            continue
        act, light = words["act"].match(rest), words["light"].match(rest)
        match = act if act and (light is None or act.end() >= light.end()) else light
        left = len(rest) - match.end() if match else 0
        if match is None or (left < _LEAST and (match is act or left)):
            break
        if match is act:
            verbs.append(match.group())
        completed = completed or match.group() == _COMPLETED
        rest = rest[match.end() :]
    return rest, verbs, completed


def _measured(rest: str, verbs: list[str]) -> re.Match[str] | None:
    """The word behind that the unit says as well, where a verb says what was done: 拆除违建面积, 节能改造面积."""
    match = _patterns()["measured"].search(rest)
    return match if match and (verbs or match["act"]) else None


def _names(verb: str, thing: str) -> frozenset[str]:
    names, not_of = _acts()[verb]
    if not_of and thing.endswith(not_of):
        return frozenset([load("indicators")["otherwise"].get(verb, verb)])
    return names


@cache
def _general() -> frozenset[str]:
    return frozenset(load("indicators")["light"]["general"])


@cache
def _telling_acts() -> frozenset[str]:
    return frozenset(load("indicators")["light"]["telling_acts"])


def is_general(form: Normal) -> bool:
    """Whether the words are too general to be compared with those of another report: 实施项目, 办结, 采纳."""
    if form.acts & _telling_acts() and form.thing.endswith("项目"):
        return False
    bare = not form.acts and len(form.thing) <= _LEAST
    return bare or form.thing in _general() or form.thing in _verbs()


def says_only_for_whom(phrase: str) -> bool:
    """Whether a phrase names the whole place and nothing that is counted: 全镇共."""
    return _patterns()["whom"].fullmatch(_NOTES.sub("", phrase)) is not None


def verb_before(words: str) -> str:
    """The verb that `words` end with, as printed: “…共建成” → 建成; "" where they end with none."""
    match = _patterns()["verb"].search(words)
    return match["verb"] if match else ""


def leading_verb(phrase: str) -> str:
    """The verb of an act that a phrase begins with, "" for none."""
    match = _patterns()["lead"].match(phrase)
    return match["verb"] if match else ""
