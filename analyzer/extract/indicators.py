"""What a quantity counts or measures: 发放宣传资料 ← 800余份, 地区生产总值 ← 70亿元，增长 ← 4.7%, 5个 → 行政村.

The words stand before the number (its clause, shared verbs included), behind it where only a verb stands before, or in
the clauses before where the number's own clause says only what became of it (增长4.7%).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.extract.amounts import Amount
from analyzer.lexicon import load
from analyzer.records import Quote

_BREAK = re.compile(r"[。！？；，：;:!?\n（）()]|\\r\\n|\\n|——")
_STOP = "。！？\n"
_LONGEST = 24
_MOST = 8  # amounts that one 分别 deals out
_LIST_MARKS = ("、", "和", "与", "及")


def _words(key: str) -> str:
    return "|".join(map(re.escape, sorted(load("indicator_words")[key], key=len, reverse=True)))


_YEAR = r"(?:\d{4}\s?年(?:末|底|度|的|以来)?|上年(?:末|底|同期)?|去年(?:同期)?|上届|五年前|年初|前五年|上个五年)"
_BETWEEN = re.compile(rf"(?:{_words('between')}|[比较与是从由]{_YEAR}|{_YEAR}|\s|&nbsp;)\Z")
_OPENING = re.compile(
    rf"(?:{_words('opening')}|{_YEAR}(?:[，,])?|\d{{1,2}}[.、]|[、和及与\s）)”]|&nbsp;|[一二三四五六七八九十]+是|第[一二三四五六七八九十],?)"
)
_CUT = re.compile(rf"(?:{_words('cut')}|(?<![公总])共(?![享同和建产青治性用识赢振富青]))")
_VERBS = re.compile(rf"(?:(?:{_words('verbs')})了?)+")
_PREDICATE = re.compile(_words("predicates"))
_NOUN_END = re.compile(rf"(?<=..)(?:{_words('predicates')})|[、的等“]|\d")
_NO_NOUN = frozenset(["percent", "points", "ratio", "rank"])


def find_indicators(text: str, amounts: Sequence[Amount]) -> list[Quote | None]:
    """For each amount (in text order) the words that say what it measures; None where the sentence does not say."""
    found: list[Quote | None] = []
    breaks = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    at = sentence = clause = 0  # `at` walks along the breaks; where the sentence and the clause of the amount begin
    for index, amount in enumerate(amounts):
        while at < len(breaks) and breaks[at][1] <= amount.start:
            clause = breaks[at][1]
            if text[breaks[at][0]] in _STOP + "\\":
                sentence = clause
            at += 1
        stop = breaks[at][0] if at < len(breaks) else len(text)
        last = amounts[index - 1] if index and amounts[index - 1].end > sentence else None
        left = max(clause, last.end) if last else clause
        right = min(stop, amounts[index + 1].start) if index + 1 < len(amounts) else stop
        own = _own(text, left, amount, max(right, amount.end))
        if own is None and last is not None:
            own = _shared(text, found, amounts, index, left, sentence)
        elif own is None and last is None and sentence < clause:
            own = _earlier(text, sentence, clause)
        found.append(own)
    _lend(text, amounts, found)
    return found


def _own(text: str, left: int, amount: Amount, right: int) -> Quote | None:
    """The indicator inside the amount's own clause, text[left:right]."""
    start, end = _core(text, left, amount.start)
    behind = text[amount.end : right]
    verb_only = start < end and _VERBS.fullmatch(text, start, end) is not None
    if amount.kind not in _NO_NOUN and behind and not behind.startswith(("的", "、", "和", "及", "”", "与", "/")):
        listed = text[max(left, amount.start - 1) : amount.start] == "等"
        if (start == end or listed) and not _PREDICATE.match(behind):
            return _behind(text, amount.end, right, whole=True)
        if (verb_only or amount.kind == "count") and not _PREDICATE.match(behind) and start < end:
            return _behind(text, amount.end, right, whole=False)
    if start < end:
        return Quote.cut(text, start, end)
    if amount.kind in _NO_NOUN and behind.startswith("的") and len(behind) > 2:
        return _behind(text, amount.end + 1, right, whole=False)
    return None


def _core(text: str, left: int, right: int) -> tuple[int, int]:
    """text[left:right] without what opens the clause and without what is only said of the number."""
    start, end = max(left, right - 60), right
    for cut in _CUT.finditer(text, start, end):
        if cut.end() < end - 1 and not _only_between(text, cut.end(), end):
            start = cut.end()
    while start < end and (match := _BETWEEN.search(text, max(start, end - 12), end)):
        end = match.start()
    while start < end and (match := _OPENING.match(text, start, end)) and match.end() < end:
        start = match.end()
    if end - start > _LONGEST:
        start = max(text.rfind(mark, start, end) + 1 for mark in "、的“”") or end - _LONGEST
        start = max(start, end - _LONGEST)
    if end - start < 2 or _OPENING.fullmatch(text, start, end):
        return end, end
    return start, end


def _only_between(text: str, start: int, end: int) -> bool:
    while start < end and (match := _BETWEEN.search(text, max(start, end - 12), end)):
        end = match.start()
    return start >= end


def _behind(text: str, start: int, right: int, whole: bool) -> Quote | None:
    """The noun behind the number; with `whole` the short clause that it begins (28个“项目列入省市重点”)."""
    while start < right and text[start] in " \u3000\xa0":
        start += 1
    end = min(right, start + _LONGEST)
    if not whole or right - start > 15:
        match = _NOUN_END.search(text, start, end)
        end = match.start() if match else end
    while end > start and text[end - 1] in " 、“（":
        end -= 1
    return Quote.cut(text, start, end) if end - start > 0 else None


def _shared(
    text: str, found: list[Quote | None], amounts: Sequence[Amount], index: int, left: int, sentence: int
) -> Quote | None:
    """The indicator that an earlier amount of the sentence has; “分别” deals out the last ones in turn."""
    first = index
    while first > max(0, index - _MOST) and text[amounts[first - 1].end : amounts[first].start] in _LIST_MARKS:
        first -= 1
    following = index + 1
    while following < min(len(amounts), index + _MOST) and (
        text[amounts[following - 1].end : amounts[following].start] in _LIST_MARKS
    ):
        following += 1
    count = following - index
    size = index - first + count
    dealt = found[first - size : first] if first >= size else []
    apart = len({quote.quote for quote in dealt if quote}) == size and amounts[first - size].end > sentence
    if size > 1 and apart and "分别" in text[amounts[first - 1].end : amounts[first].start]:
        return dealt[index - first]
    return found[index - 1]


def _earlier(text: str, sentence: int, clause: int) -> Quote | None:
    """The end of the clause before, where the amount's own says nothing (…开展岗前培训，共计约600人参加)."""
    start = max(text.rfind("，", sentence, clause - 1) + 1, sentence, clause - 1 - _LONGEST)
    start, end = _core(text, start, clause - 1)
    return Quote.cut(text, start, end) if start < end else None


def _lend(text: str, amounts: Sequence[Amount], found: list[Quote | None]) -> None:
    """Of two amounts that stand side by side (20615户45563名贫困人口) the first takes the noun of the second."""
    for index in range(len(amounts) - 2, -1, -1):
        if found[index] is None and amounts[index].end == amounts[index + 1].start:
            found[index] = found[index + 1]
