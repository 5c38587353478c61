"""For which time a quantity holds: 本年, 上年, 累计, 计划, or as named (2022年, 1—11月, “十三五”期间)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analyzer.extract.amounts import Amount
from analyzer.extract.zones import Zone, zones_of_sections
from analyzer.lexicon import load
from analyzer.records import Outline

_HAN = "[一二三四五六七八九十两]"
_NAMED = (
    r"(?:1[89]|20)\d\d\s?年(?:\s?\d{1,2}\s?[—–\-－~～至到]\s?\d{1,2}\s?月份?|上半年|下半年|前三季度|\s?\d{1,2}月)?"
    r"|(?<!\d)\d{1,2}\s?[—–\-－~～至到]\s?\d{1,2}\s?月份?|上半年|下半年|前三季度|[一二三四]季度"
    rf"|[“\"]?(?:[一十]?{_HAN}五|九五)[”\"]?(?:规划)?(?:时期|期间|以来|末期?)"
    rf"|(?:过去|近|最近|前)?的?(?:\d{{1,2}}|{_HAN}{{1,2}})年(?:来|间|累计)|过去的?{_HAN}年|近{_HAN}年|这{_HAN}年|本届政府"
)
_BREAK = re.compile(r"[。！？\n]|\\r\\n")
_OF = re.compile(r"(?:末|底|初|度)?的?\Z")
_COMPARED = re.compile(r"[比较与同是超及]\Z")


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    meaning = {word: period for period, words in load("period_words").items() for word in words}
    listed = "|".join(sorted(map(re.escape, meaning), key=len, reverse=True))
    return re.compile(rf"{_NAMED}|{listed}"), meaning


def find_periods(text: str, amounts: Sequence[Amount], outline: Outline) -> list[str]:
    """For each amount (in text order) the period named last before it in its sentence; "计划" in a plan's section."""
    pattern, meaning = _words()
    zones = zones_of_sections(outline)
    planned = [(section.start, zone) for section, zone in zip(outline.sections, zones, strict=True) if zone is not None]
    found = []
    words = pattern.finditer(text)
    breaks = _BREAK.finditer(text)
    word, stop = next(words, None), next(breaks, None)
    period, last, sentence, section, ahead = "", 0, 0, 0, False
    for amount in amounts:
        while section < len(planned) and planned[section][0] <= amount.start:
            ahead = planned[section][1] is Zone.PLAN
            section += 1
        while stop is not None and stop.end() <= amount.start:
            sentence, stop = stop.end(), next(breaks, None)
        only = ""
        while word is not None and word.end() <= amount.start:
            if word.start() >= sentence:
                name = meaning.get(word.group(), re.sub(r"\s", "", word.group()))
                gap = text[word.end() : amount.start]
                if word.group()[0].isdigit() and len(gap) < 3 and "的" in gap and _OF.fullmatch(gap):
                    only = name
                elif not _COMPARED.search(text, max(0, word.start() - 1), word.start()):
                    period, last = name, word.start()
            word = next(words, None)
        if period and last < sentence:
            period = ""
        found.append(only or period or ("计划" if ahead else ""))
    return found
