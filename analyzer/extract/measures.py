"""Measures (举措): what was done or is planned, clause by clause: who acts, what is done, to what, with which counts.

A measure is a clause that the role model calls measure or plan. A clause that only goes on with the object of the one
before (a list broken by commas) belongs to its measure; one that counts without a verb (“安全生产专项整治行动24次”)
takes the verb before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analyzer.lexicon import load
from analyzer.markers import Mark
from analyzer.records import Clause, Measure, Outline, Quantity, Quote, Words

STATUS = {"measure": "done", "plan": "planned"}
_NAMES_ACTORS = ("background", "result")  # clauses that may name who acts in the next

_CLOSING = "。！？；，：,:;!? 　\t\n"
_OPENING = re.compile(r"[\s　]*(?:并且|此外|另外|以及|并(?!购|网|轨|联))?")
_SENTENCE_END = "。！？!?\n"
_ADVERBS = ("d", "ad", "t", "c", "f", "y", "z")
_LONGEST_ACTOR = 24


class _Parts(NamedTuple):
    """The words of one clause: offsets, words and tags."""

    starts: Sequence[int]
    words: Sequence[str]
    tags: Sequence[str]
    stop: int


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("measure_words").items()}


@cache
def _organ() -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, load("measure_words")["organ_endings"]), key=len, reverse=True))
    return re.compile(rf"(?:{endings})\Z")


def find_measures(
    text: str,
    clauses: Sequence[Clause],
    words: Words,
    outline: Outline,
    marks: Sequence[Mark],
    quantities: Sequence[Quantity],
) -> tuple[Measure, ...]:
    """The measures of a report in text order."""
    behind = {mark.start: mark.end for mark in marks}
    sections = [section.start for section in outline.sections]
    counted = [quantity.start for quantity in quantities]
    found: list[Measure] = []
    actor: Quote | None = None  # of the sentence
    point: Quote | None = None  # the numbered item, else the heading
    section = -1
    for number, clause in enumerate(clauses):
        while section + 1 < len(sections) and sections[section + 1] <= clause.start:
            section += 1
            heading = outline.sections[section]
            point = Quote.cut(text, heading.start, heading.end)
        if clause.start in behind and (section < 0 or clause.start >= outline.sections[section].end):
            point = Quote.cut(text, clause.start, clause.start + len(text[clause.start : clause.end].rstrip(_CLOSING)))
        before = clauses[number - 1] if number else None
        if before is None or text[before.end - 1] in _SENTENCE_END or "\n" in text[before.end : clause.start]:
            actor = None
        status = STATUS.get(clause.role)
        if status is None and clause.role not in _NAMES_ACTORS:
            continue
        start = _OPENING.match(text, behind.get(clause.start, clause.start)).end()  # type: ignore[union-attr]
        stop = start + len(text[start : clause.end].rstrip(_CLOSING))
        parts = _parts(words, start, stop)
        own, parts = _actor(text, parts)
        actor = own or actor
        if status is None or start >= stop:
            continue
        action, aim = _action(text, parts)
        last = found[-1] if found and before and before.role == clause.role and found[-1].end >= before.start else None
        goes_on = last is not None and text[last.end : start].strip(" 　") in ("，", "、")
        bound = tuple(range(bisect_left(counted, start), bisect_left(counted, stop)))
        if action is None and goes_on and last is not None:
            if not bound:
                found[-1] = _longer(text, last, stop)
                continue
            action = last.action
        if action is None and aim is None:
            aim = Quote.cut(text, start, stop)
        found.append(
            Measure.cut(
                text,
                start,
                stop,
                status=status,
                action=action,
                object=_trimmed(text, aim, [quantities[index] for index in bound]),
                actor=own or actor,
                section=section if section >= 0 else None,
                point=point,
                quantities=bound,
            )
        )
    return tuple(found)


def _parts(words: Words, start: int, stop: int) -> _Parts:
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, stop)
    return _Parts(words.starts[first:last], words.words[first:last], words.tags[first:last], stop)


def _rest(parts: _Parts, number: int) -> _Parts:
    return _Parts(parts.starts[number:], parts.words[number:], parts.tags[number:], parts.stop)


def _actor(text: str, parts: _Parts) -> tuple[Quote | None, _Parts]:
    """Who acts, where the clause says so before its verb, and the words behind."""
    lists = _lists()
    if not parts.words:
        return None, parts
    first = 1 if parts.words[0] in lists["acting"] else 0
    for number in range(first, len(parts.words)):
        word, tag = parts.words[number], parts.tags[number]
        if word in "，、。；：" and first == 0:
            break
        name = "".join(parts.words[first : number + 1])
        if len(name) > _LONGEST_ACTOR or word in lists["manner"] or word in lists["fronting"]:
            break
        if name in lists["self"] or _organ().search(name):
            following = parts.tags[number + 1] if number + 1 < len(parts.words) else "v"
            next_word = parts.words[number + 1] if number + 1 < len(parts.words) else ""
            acts = (following[0] in "vdatp" and following != "vn") or following == "ad"
            if (acts or next_word in lists["manner"] or next_word in lists["fronting"]) and next_word:
                end = parts.starts[number] + len(word)
                return Quote.cut(text, parts.starts[first], end), _rest(parts, number + 1)
        if (tag[0] in "dp" or _verb_at(parts, number) or word in lists["adverbs"]) and number + 1 < len(parts.words):
            break
    return None, parts


def _action(text: str, parts: _Parts) -> tuple[Quote | None, Quote | None]:
    """The verb and what it acts on; None for what the clause does not have."""
    lists = _lists()
    number, fronted = 0, None
    while number < len(parts.words):
        word = parts.words[number]
        if word in lists["fronting"] or word in lists["manner"]:
            verb = _next_verb(parts, number + 1)
            if verb is None:
                return None, None
            if word in lists["fronting"]:
                fronted = _noun(text, parts, number + 1, verb)
            number = verb
            break
        if _verb_at(parts, number) or not _is_adverb(parts, number):
            break
        number += 1
    if number >= len(parts.words):
        return None, None
    first = number
    if not _verb_at(parts, number):  # 古塔公园改造项目全面启动: the object stands first
        if _verb_at(parts, len(parts.words) - 1) in lists["passives"] or parts.words[-1] in lists["passives"]:
            return _quoted(text, parts, len(parts.words) - 1), _noun(text, parts, number, len(parts.words) - 1)
        verb = _next_verb(parts, number)
        if verb is None:
            return None, None
        number = verb
    action = _quoted(text, parts, number)
    last = number + 1
    if last < len(parts.words) - 1 and parts.words[last] in lists["verbs"] and parts.tags[last] == "v":
        action = Quote.cut(text, action.start, parts.starts[last] + len(parts.words[last]))  # 研究制定, 组织开展
    end = action.end + text.startswith("了", action.end, parts.stop)
    aim = Quote.cut(text, end, parts.stop) if end < parts.stop else _noun(text, parts, first, number)
    return action, fronted or aim


def _is_adverb(parts: _Parts, number: int) -> bool:
    lists, word = _lists(), parts.words[number]
    return parts.tags[number] in _ADVERBS or word in lists["adverbs"] or word in lists["not_verbs"]


def _verb_at(parts: _Parts, number: int) -> str:
    """The verb in a word, "" for none: the word itself, or its second half where the dictionary has 深入开展 as one."""
    lists, word = _lists(), parts.words[number]
    if len(word) == 4 and word[2:] in lists["verbs"] and word[:2] in lists["adverbs"]:
        return word[2:]
    if word in lists["verbs"]:
        return "" if word in lists["adverbs"] and _verb_follows(parts, number) else word
    if word in lists["not_verbs"] or word in lists["adverbs"]:
        return ""
    return word if parts.tags[number] == "v" and len(word) > 1 else ""  # a lone character is mostly half a word


def _verb_follows(parts: _Parts, number: int) -> bool:
    return number + 1 < len(parts.words) and parts.words[number + 1] in _lists()["verbs"]


def _quoted(text: str, parts: _Parts, number: int) -> Quote:
    end = parts.starts[number] + len(parts.words[number])
    return Quote.cut(text, end - len(_verb_at(parts, number) or parts.words[number]), end)


def _next_verb(parts: _Parts, number: int) -> int | None:
    """The verb that the words from `number` on lead to, not one before 的: better a sure one than the first."""
    lists = _lists()
    led_to = [at for at in range(number, len(parts.words)) if parts.words[at] in lists["led_to"]]
    if number and led_to:
        return led_to[0]
    verbs = [
        at
        for at in range(number, len(parts.words))
        if _verb_at(parts, at) and not (at + 1 < len(parts.words) and parts.words[at + 1] in ("的", "、", "和"))
    ]
    sure = [
        at
        for at in verbs
        if (at and _is_adverb(parts, at - 1)) or (parts.tags[at] == "v" and _verb_at(parts, at) in lists["verbs"])
    ]
    return next(iter(sure or verbs), None)


def _noun(text: str, parts: _Parts, first: int, verb: int) -> Quote | None:
    """The noun that stands between `first` and the verb with its adverbs."""
    at = verb
    while at - 1 >= first and _is_adverb(parts, at - 1):
        at -= 1
    return Quote.cut(text, parts.starts[first], parts.starts[at]) if at > first else None


def _longer(text: str, measure: Measure, stop: int) -> Measure:
    """The measure with its object running on to `stop`."""
    aim = measure.object and Quote.cut(text, measure.object.start, stop)
    return Measure.cut(
        text,
        measure.start,
        stop,
        status=measure.status,
        action=measure.action,
        object=aim,
        actor=measure.actor,
        section=measure.section,
        point=measure.point,
        quantities=measure.quantities,
    )


def _trimmed(text: str, aim: Quote | None, counts: Sequence[Quantity]) -> Quote | None:
    """The object without the count that stands before or behind it."""
    if aim is None:
        return None
    start, end = aim.start, aim.end
    for count in counts:
        if count.end == end:
            end = count.start
        if count.start == start:
            start = count.end
    words = text[start:end]
    start += len(words) - len(words.lstrip("的共计、 　"))
    end -= len(words) - len(words.rstrip("共计达、，（( 　"))
    return Quote.cut(text, start, end) if start < end else None
