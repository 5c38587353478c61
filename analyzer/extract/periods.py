"""For which time a quantity holds: 本年, 上年, 累计, 计划, or as named (2022年, 1—11月, “十三五”期间)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analyzer.extract.amounts import Amount
from analyzer.lexicon import load
from analyzer.records import Outline

_HAN = "[一二三四五六七八九十两]"
_NAMED = (
    r"(?:1[89]|20)\d\d\s?年(?:\s?\d{1,2}\s?[—–\-－~～至到]\s?\d{1,2}\s?月份?|上半年|下半年|前三季度|\s?\d{1,2}月)?"
    r"|(?<!\d)\d{1,2}\s?[—–\-－~～至到]\s?\d{1,2}\s?月份?|上半年|下半年|前三季度|[一二三四]季度"
    rf"|[“\"]?(?:[一十]?{_HAN}五|九五)[”\"]?(?:规划)?(?:时期|期间|以来|末期?)"
    rf"|(?:过去|近|最近|前)?的?(?:\d{{1,2}}|{_HAN}{{1,2}})年(?:来|间|累计)|过去的?{_HAN}年|近{_HAN}年|这{_HAN}年|本届政府"
)
_AHEAD = re.compile("计划|安排|打算|下一?步|今后|未来|目标|明年|思路|重点任务|工作任务|工作重点|努力方向|新的一年")
_BACK = re.compile("回顾|情况|总结|成效|成绩|取得|完成|不足|问题|举措")
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
    planned = [(section.start, section.level, section.title) for section in outline.sections]
    found = []
    words = pattern.finditer(text)
    breaks = _BREAK.finditer(text)
    word, stop = next(words, None), next(breaks, None)
    period, last, sentence, section, ahead, ahead_level = "", 0, 0, 0, False, 0
    for amount in amounts:
        while section < len(planned) and planned[section][0] <= amount.start:
            _, level, title = planned[section]
            if not ahead or level <= ahead_level:
                ahead = _AHEAD.search(title) is not None and _BACK.search(title) is None
                ahead_level = level
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
