"""Which part of a report a clause stands in: the review of what was done, the stated shortcomings, or the plan.

Headings decide where there are any; inside running text the sentences that lead into a part do (“我们也清醒地看到…还
存在不少问题：”, “对此，我们将…”, “今年政府工作的总体要求是：”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache

from analyzer.lexicon import load
from analyzer.records import Clause, Outline


class Zone(IntEnum):
    """A part of a report. Small integers, so that arrays can hold them."""

    REVIEW = 0
    SHORTCOMING = 1
    PLAN = 2


_YEAR = re.compile(r"(?:19|20)\d\d\s?年")
_AT_END = re.compile(r"[（(：:。\s]|\Z")
_WORTH = 400  # characters in which words of tense are worth counting
_ANSWER = 4  # sentences that an answer inside a list of shortcomings may take
_NEXT_ITEM = re.compile(r"[（(]?[二三四五六七八九2-9](?:是|[、.)）])|第[二三四五六]|其[二三四]|[②-⑨]|其次|再次")
_WE_WILL = re.compile(r"(?:[，,]|\A)(?:我们|县政府|区政府|市政府|州政府|政府)?(?:一定|将|决不|绝不|必将)")
_SENTENCE_END = "。！？!?\n"
_MARKED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}(?:是|[、.)）])|第[一二三四五六]|其[一二三四]|[①-⑩]|——|首先|其次|主要|从|在"
)


def _any(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _heading_words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(_any(words)) for name, words in load("zones")["heading"].items()}


@cache
def _text_words() -> dict[str, re.Pattern[str]]:
    words = load("zones")["text"]
    trouble = rf"(?:{_any(words['aware'])})[^。\n]{{0,60}}?(?:{_any(words['trouble'])})"
    found = {name: re.compile(_any(each)) for name, each in words.items()}
    return found | {
        "trouble": re.compile(trouble),
        "answer": re.compile(rf"[\s　]*(?:同志们，|各位代表[，！])?(?:{_any(words['answer'])})"),
    }


def zone_of_heading(title: str, coming: int | None = None) -> Zone | None:
    """The part that a heading opens, None where its words do not say.

    `coming` is the year that the report plans: a heading of work in an earlier year is a review's.
    """
    words = _heading_words()
    if words["shortcoming"].search(title) and not words["answered"].search(title):
        return Zone.SHORTCOMING
    if words["review"].search(title):
        return Zone.REVIEW
    if words["plan"].search(title):
        return Zone.PLAN
    year = _YEAR.search(title, 0, 12)
    if year and coming and "工作" in title:
        return Zone.PLAN if int(year.group()[:4]) >= coming else Zone.REVIEW
    at_end = words["plan_at_end"].search(title)
    if at_end and (year or _AT_END.match(title, at_end.end())):
        return Zone.PLAN
    return None


def zones_of_sections(outline: Outline) -> list[Zone | None]:
    """For each section the part that its heading opens; None where it goes on with the part before it.

    Inside a plan only the shortcomings, inside a review only they and a plan that says so (下一步打算) open a new part.
    """
    found: list[Zone | None] = []
    within: list[Zone | None] = []  # the part of each section, its parents' where it has none of its own
    for section in outline.sections:
        own = zone_of_heading(section.title, _coming(outline))
        above = within[section.parent] if section.parent is not None else None
        if (above is Zone.PLAN and own is Zone.REVIEW) or (
            above is Zone.REVIEW and own is Zone.PLAN and not _heading_words()["plan"].search(section.title)
        ):
            own = None
        found.append(own)
        within.append(above if own is None else own)
    return found


def _coming(outline: Outline) -> int | None:
    """The year that the report plans: a 政府工作报告 is of the session that plans its own year."""
    return outline.year and outline.year + (outline.kind != "工作报告")


def find_zones(text: str, outline: Outline, clauses: Sequence[Clause]) -> list[Zone]:
    """The part of each clause, in text order."""
    openings = zones_of_sections(outline)
    sections = outline.sections
    coming = _coming(outline)
    zone = Zone.REVIEW
    level = 0  # of the heading that opened the part, 0 where the text did
    answered = 0  # sentences in which a plan may still be only the answer to one shortcoming of a list
    led_in = False  # a colon leads in to the line
    found: list[Zone] = []
    section = at = 0
    while at < len(clauses):
        stop = at + 1  # the sentence is clauses[at:stop]
        while stop < len(clauses) and not _ends_sentence(text, clauses[stop - 1], clauses[stop]):
            stop += 1
        start, end = clauses[at].start, clauses[stop - 1].end
        first_section = section
        headed = False
        while section < len(sections) and sections[section].start < end:
            opened = openings[section]
            if opened is None and zone is Zone.SHORTCOMING and sections[section].level <= level:
                opened = Zone.PLAN
            if opened is not None:
                zone, level = opened, sections[section].level
            headed = headed or not sections[section].run_in
            section += 1
        if not headed:
            sentence = text[start:end]
            new_line = at > 0 and "\n" in text[clauses[at - 1].end : start]
            turned = _turn(sentence, zone, coming, new_line and not level and not led_in)
            answered = max(answered - 1, 0) if section == first_section else 0
            if turned is None and answered and _NEXT_ITEM.match(sentence):
                turned = Zone.SHORTCOMING  # “二是…” behind an answer to the first
            if turned is not None:
                answered = _ANSWER if turned is Zone.PLAN and zone is Zone.SHORTCOMING else 0
                zone, level = turned, 0
        else:
            answered = 0
        led_in = text[end - 1] in "：:"
        found += [zone] * (stop - at)
        at = stop
    return _corrected(text, outline, clauses, found)


def _corrected(text: str, outline: Outline, clauses: Sequence[Clause], zones: list[Zone]) -> list[Zone]:
    """An excerpt may begin inside a plan: where no heading says so, the words of tense decide up to the first turn."""
    turn = next((number for number, zone in enumerate(zones) if zone is not Zone.REVIEW), len(zones))
    stop = clauses[turn - 1].end if turn else 0
    if stop < _WORTH or any(
        section.start < stop and zone_of_heading(section.title) is not None for section in outline.sections
    ):
        return zones
    words = load("zones")["tense"]
    ahead = sum(text.count(word, 0, stop) for word in words["ahead"])
    done = sum(text.count(word, 0, stop) for word in words["done"])
    return [Zone.PLAN] * turn + zones[turn:] if ahead > words["surely"] * max(done, 1) else zones


def _ends_sentence(text: str, clause: Clause, following: Clause) -> bool:
    return text[clause.end - 1] in _SENTENCE_END or "\n" in text[clause.end : following.start]


def _turn(sentence: str, zone: Zone, coming: int | None, fresh: bool) -> Zone | None:
    """The part that a sentence opens, None where it goes on with `zone`. `fresh`: it begins a line under no heading."""
    words = _text_words()
    troubled = bool(
        words["owning"].search(sentence)
        or (
            words["trouble"].search(sentence)
            and words["leading"].search(sentence)
            and not words["dealing"].search(sentence)
        )
    )
    if zone is Zone.PLAN:
        return Zone.SHORTCOMING if troubled and words["admits"].search(sentence) else None
    if words["plan"].search(sentence) or _names_coming_year(sentence, coming):
        return Zone.PLAN
    if zone is Zone.REVIEW:
        return Zone.SHORTCOMING if troubled else None
    if troubled:
        return None
    if words["answer"].match(sentence) or _WE_WILL.search(sentence):
        return Zone.PLAN
    return Zone.PLAN if fresh and not _MARKED.match(sentence) and not words["lacking"].search(sentence) else None


def _names_coming_year(sentence: str, coming: int | None) -> bool:
    if not coming or not _text_words()["plan_of_year"].search(sentence):
        return False
    year = _YEAR.match(sentence)
    return year is not None and int(year.group()[:4]) >= coming
