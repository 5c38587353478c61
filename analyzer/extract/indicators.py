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

_LONGEST = 24  # characters of an indicator
_MOST = 8  # amounts that one 分别 deals out
_LIST_MARKS = ("、", "和", "与", "及")
_SENTENCE_ENDS = "。！？\n\\"
_OUTCOMES = frozenset(["percent", "points", "ratio", "rank"])  # said of an indicator, never of the noun behind


def _words(key: str) -> str:
    return "|".join(map(re.escape, sorted(load("indicator_words")[key], key=len, reverse=True)))


_YEAR = r"(?:\d{4}\s?年(?:末|底|度|的|以来)?|上年(?:末|底|同期)?|去年(?:同期)?|上届|五年前|年初|前五年|上个五年)"
_SPELL = (
    r"(?:过去|近|这|今后|未来)?(?:\d{1,2}|[一二三四五六七八九十两]+)年[来间内]?|\d{1,2}\s?[—\-－~至]\s?\d{1,2}\s?月份?"
)
# a bracket of a word or two belongs to the clause: 安装（更换）路灯
_BREAK = re.compile(
    r"（[^（）\d\n]{1,4}）(?=[\u4e00-\u9fff])|&nbsp;|(?P<mark>[。！？；，：;:!?\n（）()]|\\r\\n|\\n|——)"
)
_BETWEEN = re.compile(
    rf"(?:{_words('between')}|[比较与是从由]{_YEAR}|{_YEAR}|按.{{2,6}}口径(?:计算)?|(?:高于|低于|高出|快于|好于|超|比)(?:全国|全省|全市|全县|全区|国家|自治区|省|市|平均|水平|目标|计划|预期|年初|[、和及]){{1,8}}|\s|&nbsp;)\Z"
)
_OPENING = re.compile(
    rf"(?:{_words('opening')}|{_YEAR}(?:[，,])?|{_SPELL}|\d{{1,2}}[.、]|[、和及与\s）)”]|&nbsp;|[一二三四五六七八九十]+是)"
)
_CUT = re.compile(rf"(?:{_words('cut')}|(?<![公总])共(?![享同和建产青治性用识赢振富]))(?=...)")
_VERBS = re.compile(rf"(?:(?:着力|加快|全力|大力|积极)?(?:{_words('verbs')})了?){{1,5}}")
_PREDICATE = re.compile(_words("predicates"))
_GAP = re.compile(r"(?:[\s的]|&nbsp;){0,4}")
_NOUN_END = re.compile(rf"{_words('stops')}|[、的等“《]|\d")


def find_indicators(text: str, amounts: Sequence[Amount]) -> list[Quote | None]:
    """For each amount (in text order) the words that say what it measures; None where the sentence does not say."""
    found: list[Quote | None] = []
    breaks = [match.span() for match in _BREAK.finditer(text) if match["mark"]]
    at = sentence = clause = 0  # `at` walks along the breaks; where the sentence and the clause of the amount begin
    for index, amount in enumerate(amounts):
        while at < len(breaks) and breaks[at][1] <= amount.start:
            clause = breaks[at][1]
            if text[breaks[at][0]] in _SENTENCE_ENDS:
                sentence = clause
            at += 1
        stop = breaks[at][0] if at < len(breaks) else len(text)
        last = amounts[index - 1] if index and amounts[index - 1].end > sentence else None
        right = min(stop, amounts[index + 1].start) if index + 1 < len(amounts) else stop
        own = _own(text, clause, last, amount, max(right, amount.end))
        if own is None and last is not None:
            own = _shared(text, found, amounts, index, sentence)
        elif own is None and sentence < clause:
            own = _earlier(text, sentence, clause)
        found.append(own)
    _lend(amounts, found)
    return found


def _own(text: str, clause: int, last: Amount | None, amount: Amount, right: int) -> Quote | None:
    """The indicator inside the amount's own clause, which begins at `clause` and, for it, ends at `right`."""
    left = max(clause, last.end) if last else clause
    start, end = _core(text, left, amount.start)
    behind = text[amount.end : right]
    if _is_attribute(text, amount) and behind:
        return _behind(text, amount.end, right, whole=False)
    if amount.kind == "rank" and last and start < end and text[end - 1] == "中":
        # “传播影响力在全国500个县中排名第53位”
        start, end = _core(text, clause, max(clause, text.find("在", clause, last.start)))
    if amount.kind not in _OUTCOMES and behind and behind[0] not in "的、和及”与/":
        verb_only = start < end and _VERBS.fullmatch(text, start, end) is not None
        if not _PREDICATE.match(behind) and (start == end or text[amount.start - 1] == "等"):
            return _behind(text, amount.end, right, whole=text[amount.start - 1] != "在")
        if not _PREDICATE.match(behind) and (verb_only or amount.kind == "count" or not amount.unit):
            return _behind(text, amount.end, right, whole=False)
    if start < end:
        if last and last.end == start and (last.hedge == ">=" or text[last.end - 1] == "级"):
            start = _core(text, clause, amount.start)[0]  # 实施千万元以上项目146个
        return Quote.cut(text, start, end)
    return _behind(text, amount.end + 1, right, whole=False) if behind.startswith("的") else None


def _is_attribute(text: str, amount: Amount) -> bool:
    """Says of the thing behind what sort it is: 百亿级产业集群, 220千伏变电站, 全国第一家…平台, 戴了36年的…帽子."""
    if amount.kind == "rank":
        return amount.unit not in ("", "位", "名")
    if amount.kind == "duration":
        return text.startswith("的", amount.end)
    return text[amount.end - 1] == "级" or (amount.kind == "other" and amount.unit.endswith(("伏", "安")))


def _core(text: str, left: int, right: int) -> tuple[int, int]:
    """text[left:right] without what opens the clause and without what is only said of the number."""
    start, end = max(left, right - 60), right
    if text[end - 1 : end] in _LIST_MARKS and text[end - 2 : end] not in ("惠及", "涉及"):
        return end, end
    for cut in _CUT.finditer(text, start, end):
        if not _says_nothing(text, cut.end(), end):
            start = cut.end()
    end = _without_between(text, start, end)
    inside = text.startswith("在", start)
    while start < end and (match := _OPENING.match(text, start, end)) and match.end() < end:
        start = match.end()
    marks = "等" + "、" * inside  # 在甲路、乙路安装路灯; 甲、乙等规范性文件
    start = max(start, *(mark + 1 for mark in (text.rfind(mark, start, end - 3) for mark in marks)))
    if end - start > _LONGEST:
        start = max(end - _LONGEST, *(text.rfind(mark, start, end - 3) + 1 for mark in "、的“”》"))
    if end - start < 2 or _OPENING.fullmatch(text, start, end):
        return end, end
    return start, end


def _without_between(text: str, start: int, end: int) -> int:
    while start < end and (match := _BETWEEN.search(text, max(start, end - 12), end)):
        end = match.start()
    return end


def _says_nothing(text: str, start: int, end: int) -> bool:
    return _without_between(text, start, end) <= start


def _behind(text: str, start: int, right: int, whole: bool) -> Quote | None:
    """The noun behind the number; with `whole` the short clause that it begins (28个“项目列入省市重点”)."""
    start = _GAP.match(text, start, right).end()  # type: ignore[union-attr]
    end = min(right, start + _LONGEST)
    if text.startswith("“", start) and (close := text.find("”", start, end)) > 0:
        return Quote.cut(text, start, close + 1)
    if not (whole and right - start <= 15) and not text.startswith("以", start):
        match = _NOUN_END.search(text, start + 1, end)
        end = match.start() if match else end
    if end == right and text[end : end + 1].isdigit():
        joint = text.rfind("和", start, end)  # 220千伏变电站和路庄子110千伏变电站
        end = joint if joint > start else end
    while end > start and text[end - 1] in " 、“（和及":
        end -= 1
    return Quote.cut(text, start, end) if end > start else None


def _shared(text: str, found: list[Quote | None], amounts: Sequence[Amount], index: int, sentence: int) -> Quote | None:
    """The indicator that an earlier amount of the sentence has; “分别” deals out the last ones in turn."""
    first, stop = index, index + 1
    while first > max(0, index - _MOST) and text[amounts[first - 1].end : amounts[first].start] in _LIST_MARKS:
        first -= 1
    while stop < min(len(amounts), index + _MOST) and text[amounts[stop - 1].end : amounts[stop].start] in _LIST_MARKS:
        stop += 1
    size = stop - first
    if 1 < size <= first and amounts[first - size].end > sentence:
        dealt = found[first - size : first]
        apart = len({quote.quote for quote in dealt if quote}) == size
        if apart and "分别" in text[amounts[first - 1].end : amounts[first].start]:
            return dealt[index - first]
    return found[index - 1]


def _earlier(text: str, sentence: int, clause: int) -> Quote | None:
    """The end of the clause before, where the amount's own says nothing (…开展岗前培训，共计约600人参加)."""
    start = max(text.rfind("，", sentence, clause - 1) + 1, sentence, clause - 1 - _LONGEST)
    start, end = _core(text, start, clause - 1)
    return Quote.cut(text, start, end) if start < end else None


def _lend(amounts: Sequence[Amount], found: list[Quote | None]) -> None:
    """Of two amounts that stand side by side (20615户45563名贫困人口) the first takes the noun of the second."""
    for index in range(len(amounts) - 2, -1, -1):
        own, lent = found[index], found[index + 1]
        if amounts[index].end == amounts[index + 1].start and (
            own is None or (lent and lent.start >= amounts[index + 1].end and _VERBS.fullmatch(own.quote))
        ):
            found[index] = lent
