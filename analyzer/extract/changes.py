"""Changes: “由120件增加到150件，增长25%”, “完成150件，比上年增加30件，增长25%”, “150件（上年120件），增长25%”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.extract.intervals import dimension
from analyzer.extract.sentences import Sentence, scope_of, sentences
from analyzer.lexicon import load
from analyzer.records import Change, Quantity

_WORDS = load("change_words")
_UP, _DOWN, _NEUTRAL = ("|".join(sorted(_WORDS[key], key=len, reverse=True)) for key in ("up", "down", "neutral"))
_YEAR = (
    r"(?:(?:19|20)\d\d年|上年|去年|前年|上届|[一二三四五六七八九十]+年前|五年前|年初|“?十?[一二三四五]五”?)"
    r"(?:同期|末|底|期末)*"
)
_FROM = re.compile(r"(?:由|从)(?P<words>(?:(?!由|从)[^，。；（）：:∶/])*)\Z")
_SINCE = re.compile(_YEAR)
_LISTED = re.compile(r"\s?(?:[、和及与]|以及)\s?\Z")
_TO = re.compile(
    rf"(?:[^，。；（）\d]{{0,6}}?，?)??(?:(?:(?P<up>{_UP})|(?P<down>{_DOWN})|{_NEUTRAL})(?:了|到|至|为|成)|到|至)"
    rf"(?:{_YEAR}的?|[^，。；（）\d]{{0,4}})?\Z"
)
_BASE = (
    r"(?P<base>(?:同比|环比|年均|平均每年|年平均|五年|累计|分别|共|净|总体|整体|"
    rf"(?:比|较|同)(?:{_YEAR}|同期|上一年|前年|年初|以前|之前|原来|过去|[^，。；（）\d]{{0,6}}?)(?:相比)?|，)*)"
)
_RISES, _FALLS = f"(?P<up>{_UP}|增幅|涨幅)", f"(?P<down>{_DOWN}|降幅|减幅)"
_AMOUNTS_TO = "(?:了|达到|达|为|约|幅度?达?为?|率为?)*"
_BY = re.compile(
    rf"(?:以上|左右|的水平|，?位居[^，。；]{{1,8}})?\s?[，,、；（(]?\s?{_BASE}(?:{_RISES}|{_FALLS}|幅度?){_AMOUNTS_TO}\Z"
)
_THEN = re.compile(rf"\s?(?:[，,、（(]|和)?\s?(?:同比|分别)?(?:{_RISES}|{_FALLS}){_AMOUNTS_TO}\Z")
_EARLIER = re.compile(
    r"\s?[，,（(]\s?(?:而)?(?P<since>上年同期|去年同期|上年|去年|上一年|同期)(?:为|是|仅|只有|完成)?\Z"
)
_CLOSE = re.compile(r"[）)]?")
_DOUBLED = re.compile(r"[，,、]?[^，。；\d]{0,8}翻(?:了|了近|近)?(?P<times>[一两二三1-3])?番")
_STANDS_ALONE = re.compile(r"\s?(?:[，。；、）,;)\n]|\\r|\Z)")
_TIMES = {"一": 1, "二": 2, "两": 2, "三": 3, "1": 1, "2": 2, "3": 3}
_LEVELS = frozenset(["count", "money", "area", "length", "weight", "energy", "duration", "other", "percent"])


def find_changes(text: str, quantities: Sequence[Quantity]) -> tuple[Change, ...]:
    """The changes of a report: an earlier and a later figure, or a figure with two measures of its change."""
    found: list[Change] = []
    for sentence in sentences(text, quantities):
        if len(sentence.quantities) > 1:
            found += _changes_of(sentence)
    return tuple(found)


def _changes_of(sentence: Sentence) -> Iterator[Change]:
    index = 0
    while index < len(sentence.quantities) - 1:
        step = 1
        if cue := _FROM.search(sentence.before(index)[-40:]):
            found = list(_from_to(sentence, index, cue))
            yield from found
            step = 2 * len(found) or 1
        elif change := _with_difference(sentence, index) or _with_earlier(sentence, index):
            yield change
        index += step


def _run(sentence: Sentence, first: int) -> int:
    """The index of the last quantity of a list (“16846元、6748元”) that begins at `first`."""
    last = first
    while last + 1 < len(sentence.quantities) and _LISTED.match(sentence.after(last)):
        last += 1
    return last


def _from_to(sentence: Sentence, first: int, cue: re.Match[str]) -> Iterator[Change]:
    text, quantities = sentence.text, sentence.quantities
    last = _run(sentence, first)
    verb = _TO.match(sentence.after(last)) if last + 1 < len(quantities) else None
    if verb is None:
        return
    count = last - first + 1
    end = _run(sentence, last + 1)
    if end - last != count:
        return
    start = quantities[first].start - (len(cue.group()))
    direction = 1 if verb["up"] else -1 if verb["down"] else 0
    by, compared, last_by = _differences(sentence, end, count, direction)
    since = _SINCE.search(cue["words"])
    for number in range(count):
        before, after = quantities[first + number], quantities[last + 1 + number]
        if dimension(before) != dimension(after) or (before.kind not in _LEVELS and before.kind != "ratio"):
            continue
        if ":" in text[before.start - 1 : before.end + 1] or "∶" in text[before.start - 1 : before.end + 1]:
            continue  # a proportion: 由1:3.2缩小到1:2.6
        doubled = _DOUBLED.match(text, after.end, sentence.stop) if count == 1 else None
        yield Change.cut(
            text,
            start,
            max(quantities[last_by].end, doubled.end() if doubled else 0),
            before=before,
            after=after,
            by=tuple(each[number] for each in by),
            direction=direction,
            compared=compared,
            since=since.group() if since else "",
            doublings=(_TIMES[doubled["times"]] if doubled["times"] else 1) if doubled else 0,
            indicator=after.indicator or before.indicator,
            scope=scope_of(text[sentence.start : start]),
            period=after.period,
        )


def _differences(
    sentence: Sentence, index: int, count: int, direction: int
) -> tuple[list[tuple[Quantity, ...]], str, int]:
    """The measures of change behind quantity `index`, as lists of `count`; how they compare; the last one's index."""
    found: list[tuple[Quantity, ...]] = []
    compared, last = "", index
    while last + count < len(sentence.quantities) and len(found) < 2:
        cue = (_THEN if found else _BY).match(sentence.after(last))
        end = _run(sentence, last + 1) if cue else last
        if cue is None or end - last != count:
            break
        if not found:
            compared = cue["base"].strip("，")
        if not _whole(sentence, end):
            break  # 由36家发展到126家，新增27家省级中心: another thing counted
        if direction * (1 if cue["up"] else -1 if cue["down"] else 0) < 0:
            break  # 由10件增加到15件，比全国低3件: another comparison
        found.append(sentence.quantities[last + 1 : end + 1])
        last = end
    return found, compared, last


def _whole(sentence: Sentence, index: int) -> bool:
    """Whether a difference stands by itself: nothing is counted behind it."""
    by = sentence.quantities[index]
    return by.kind in ("percent", "points") or _STANDS_ALONE.match(sentence.text, by.end) is not None


def _with_difference(sentence: Sentence, index: int) -> Change | None:
    """“完成150件，比上年增加30件，增长25%”: the difference and the rate of growth of one figure."""
    quantities = sentence.quantities
    if index + 2 >= len(quantities):
        return None
    after, by, rate = quantities[index : index + 3]
    if after.kind not in _LEVELS or after.kind == "percent" or rate.kind != "percent":
        return None
    if dimension(by) != dimension(after) or by.kind != after.kind:
        return None
    if not _whole(sentence, index + 1):
        return None
    first, second = _BY.match(sentence.after(index)), _THEN.match(sentence.after(index + 1))
    if not first or not second or bool(first["up"]) != bool(second["up"]):
        return None
    return Change.cut(
        sentence.text,
        after.start,
        rate.end,
        before=None,
        after=after,
        by=(by, rate),
        direction=1 if first["up"] else -1 if first["down"] else 0,
        compared=first["base"].strip("，"),
        since="",
        doublings=0,
        indicator=after.indicator,
        scope=scope_of(sentence.text[sentence.start : after.start]),
        period=after.period,
    )


def _with_earlier(sentence: Sentence, index: int) -> Change | None:
    """“受理150件（上年120件），增长25%”: the earlier figure beside the later one."""
    after, before = sentence.quantities[index], sentence.quantities[index + 1]
    earlier = _EARLIER.match(sentence.after(index))
    if not earlier or dimension(after) != dimension(before) or index + 2 >= len(sentence.quantities):
        return None
    cue = _BY.match(_CLOSE.sub("", sentence.after(index + 1), count=1))
    if not cue or not (cue["up"] or cue["down"]):
        return None
    by = sentence.quantities[index + 2]
    return Change.cut(
        sentence.text,
        after.start,
        by.end,
        before=before,
        after=after,
        by=(by,),
        direction=1 if cue["up"] else -1,
        compared=cue["base"].strip("，"),
        since=earlier["since"],
        doublings=0,
        indicator=after.indicator,
        scope=scope_of(sentence.text[sentence.start : after.start]),
        period=after.period,
    )
