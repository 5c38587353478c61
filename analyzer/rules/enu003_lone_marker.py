"""ENU003: a first marker without a second."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.records import Analysis, Check, Quote
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

# 首先 and 第一 also open plain speech (“首先，感谢各位代表”); 一是 and 其一 only open lists.
_LISTS = frozenset({"一是", "其一"})


@rule("ENU003", "lone-marker", "warning")
def lone_marker(analysis: Analysis) -> Iterator[Check]:
    """只有“一是”，没有“二是” / A list has a first marker and no second.

    查什么：出现“一是”（或“其一”）之后，同一部分中应有“二是”（“其二”）。
    为什么：只列一项不必编号；多半是后面的内容删去了，或者“二是”写漏了、写成了别的样式。
    依据：《党政机关公文处理工作条例》（2012）第十九条（结构严谨、表述准确）。
    不报：“首先”“第一”“一要”单独出现（口头语中常见，只计为“存疑”）；第一季度、第一批等不是序号的。

    Checks: after 一是 (其一) the same section goes on with 二是 (其二).
    Why: one item needs no mark; usually the rest was cut, or 二是 was left out or written in another style.
    Source: 党政机关公文处理工作条例 (2012), art. 19.
    Not flagged: 首先, 第一, 一要 alone (common in speech, counted as doubtful); 第一季度, 第一批 and the like.
    """
    for enumeration in analysis.enumerations:
        if enumeration.style == "other" or enumeration.sections:
            continue
        first = enumeration.items[0]
        if len(enumeration.items) > 1:
            yield CONSISTENT
        elif first.number != 1:
            continue  # a list that begins at 二是 is for ENU002 where it goes on, and too little to judge where not
        elif enumeration.style in _LISTS:
            second = first.marker.replace("一", "二", 1)
            yield inconsistent(
                Quote.cut(analysis.text, first.start, first.start + len(first.marker)),
                zh=f"只有“{first.marker}”，后面没有“{second}”。请补上其余各项，或去掉“{first.marker}”。",
                en=f"{first.marker} is not followed by {second}. Add the other items, or drop the marker.",
                listed=1,
            )
        else:
            yield DOUBTFUL
