"""NUM002: a part that is more than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.intervals import add, below, interval_of
from analyzer.records import Analysis, Breakdown, Check, Quantity, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

# The part may be of another sort than the total: a stock beside a flow, seats beside buildings.
_OTHER_SORT = re.compile(
    r"余额|累计|总额|总量|总数|存量|保有|达到?|覆盖|涉及|惠及|投资|带动|提供|服务|受益|共|可|能|新增|增加|拉动|产值|收入|每|人均|平均"
)
_GAP = re.compile(r"[^，。；\d]{0,16}[，（(；：:、]?\s?\Z")
_GROWTH = re.compile(
    r"[，、]?(?:同比|比[^，。；]{0,8}|较[^，。；]{0,8})?(?:增长|下降|增加|减少|提高)[\d.]+(?:%|％|倍|个百分点)[，、]?"
)


@rule("NUM002", "parts-exceed", "error")
def parts_exceed(analysis: Analysis) -> Iterator[Check]:
    """“其中”的数大于总数 / A part introduced by 其中 exceeds its total

    查什么：“其中”“包括”或括号里的分项，单位与前面的总数相同，是否比总数还大；互不重叠的几个分项之和是否大于总数。
    为什么：部分不能大于整体，两个数里必有一个写错。
    依据：整体不小于部分；按印出的位数四舍五入或截断都不能成立时才报。
    不报：单位不同的；可能互相重叠的几项之和；分项是累计数、余额、总量而总数是当年数的；
        前面另有一个更大的数可以作总数的；增长率的分项（其中高技术产业增长21%）。

    Checks: whether a part behind 其中, 包括 or inside a bracket, in the unit of the total, is more than the total; and
        whether parts that cannot overlap are together more than it.
    Why: a part cannot exceed its whole; one of the two numbers is misprinted.
    Source: arithmetic of the printed digits, rounded or cut off.
    Not flagged: other units; sums of parts that may overlap; stocks and running totals beside a year's figure; totals
        for which an earlier, larger number of the sentence may stand; growth rates.
    """
    for each in analysis.breakdowns:
        if each.cue not in ("共计", "对举"):
            yield _check(analysis, each)


def _check(analysis: Analysis, breakdown: Breakdown) -> Check:
    total = interval_of(breakdown.total)
    first = breakdown.parts[0]
    if below(total, interval_of(first)):
        return _finding(analysis, breakdown, first) if _same_sort(analysis, breakdown) else DOUBTFUL
    if any(below(total, interval_of(part)) for part in breakdown.parts):
        listed = breakdown.cue == "括号" or breakdown.split
        worst = max(breakdown.parts, key=lambda part: part.value)
        return _finding(analysis, breakdown, worst) if listed and _same_sort(analysis, breakdown) else DOUBTFUL
    if not below(total, add(interval_of(part) for part in breakdown.parts)):
        return CONSISTENT
    if breakdown.split == "exclusive" and _same_sort(analysis, breakdown):
        return _finding(analysis, breakdown, None)
    return CONSISTENT if breakdown.split == "exhaustive" else DOUBTFUL  # NUM001 speaks of the former


def _same_sort(analysis: Analysis, breakdown: Breakdown) -> bool:
    """Whether total and part surely count one thing at one time."""
    text, first = analysis.text, breakdown.parts[0]
    gap = _GROWTH.sub(
        "", text[breakdown.total.end : first.start].split(breakdown.cue)[0] if breakdown.cue != "括号" else ""
    )
    if not _GAP.match(gap) or _OTHER_SORT.search("".join(breakdown.labels)):
        return False
    if any(rival.value >= first.value for rival in breakdown.rivals):
        return False
    return not first.period or not breakdown.total.period or first.period == breakdown.total.period


def _finding(analysis: Analysis, breakdown: Breakdown, part: Quantity | None) -> Check:
    total = breakdown.total
    if part is None:
        zh = f"互不重叠的各分项之和大于总数“{total.quote}”，请核对。"
        en = f"Parts that cannot overlap are together more than the total {total.quote}."
    else:
        zh = f"“{breakdown.cue}”的{part.quote}大于总数{total.quote}，部分不能大于整体，请核对。"
        en = f"The part {part.quote} is more than its total {total.quote}."
    return inconsistent(
        Quote.cut(analysis.text, breakdown.start, breakdown.end),
        zh,
        en,
        [
            Related.of(total, role="total"),
            *(Related.of(each, role="part") for each in breakdown.parts),
        ],
    )
