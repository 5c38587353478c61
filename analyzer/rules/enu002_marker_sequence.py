"""ENU002: serial marks inside one list."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.markers import misnumbered
from analyzer.records import Analysis, Check, Enumeration, Item, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

# Numbers of 1. and （1） often come from notes, tables and quoted documents: out of order there proves little.
_WEAK = frozenset({"1.", "（1）", "1）"})


@rule("ENU002", "marker-sequence", "error")
def marker_sequence(analysis: Analysis) -> Iterator[Check]:
    """列举的序号缺漏、重复或颠倒 / The marks of a list skip, repeat or run out of order.

    查什么：同一列举中的一是、二是、三是（第一、第二；①②③等）应当从一开始，逐一递增。
    为什么：跳号多是漏了一项，重号多是增补时没有改序号，会使引用“第三项”时各说各话。
    依据：《党政机关公文处理工作条例》（2012）第十九条；GB/T 9704-2012 第7.3.3条（层次序数依次标注）。
    不报：嵌套列举各自编号；中间隔着“各位代表”或另起一段的同一列举；超过十项的列举；阿拉伯数字编号（只计为“存疑”）。

    Checks: the marks of one list (一是, 二是, 三是; 第一, 第二; ①②③) start at one and go up by one.
    Why: a gap usually means a lost item, a repeat an inserted one.
    Source: 党政机关公文处理工作条例 (2012), art. 19; GB/T 9704-2012, 7.3.3.
    Not flagged: nested lists, each counted by itself; lists that 各位代表 or a new paragraph interrupts; more than ten
    items; Arabic numbers (counted as doubtful only).
    """
    for enumeration in analysis.enumerations:
        if enumeration.style == "other" or enumeration.sections or len(enumeration.items) < 2:
            continue
        yield _check(analysis, enumeration)


def marker_of(text: str, item: Item) -> Quote:
    """The marker of an item as a place in the text."""
    return Quote.cut(text, item.start, item.start + len(item.marker))


def _check(analysis: Analysis, enumeration: Enumeration) -> Check:
    items = enumeration.items
    wrong = next((place for place, item in enumerate(items) if item.number != place + 1), None)
    if wrong is None:
        return CONSISTENT
    if enumeration.style in _WEAK or enumeration.style == "首先":
        return DOUBTFUL
    item = items[wrong]
    marks = "、".join(each.marker.rstrip("，、,：:") for each in items)
    zh, en = misnumbered(item.marker, item.number, wrong + 1, items[wrong - 1].number if wrong else None)
    return inconsistent(
        marker_of(analysis.text, item),
        zh=f"{zh}。本列举的序号依次是：{marks}。请核对是否漏了一项或编错了号。",
        en=f"{en}. The marks of this list are {marks}. Check for a lost item or a wrong number.",
        related=[Related.of(each, role="item") for each in items if each is not item],
        marks=[each.number for each in items],
        expected=wrong + 1,
    )
