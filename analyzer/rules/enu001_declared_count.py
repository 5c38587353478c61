"""ENU001: an announced count and the items that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.announcements import count_pattern, read_count
from analyzer.records import Analysis, Check, Enumeration, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_SHOWN = 24  # characters of an item that a message shows
_STRONG = re.compile(r"以下|如下|下列")


@rule("ENU001", "declared-count", "error")
def declared_count(analysis: Analysis) -> Iterator[Check]:
    """宣布的项数与实际列出的项数不一致 / The announced number of items differs from the items listed.

    查什么：报告宣布“两个方面”“以下三点”“十项重点工作”，随后用一是/二是、第一/第二、①②、同级标题、分号或顿号列出各项，两者数目应当相同。
    为什么：数目不符说明增删内容后没有改前面的数，或漏写、多写了一项，读者无法判断哪一个是对的。
    依据：《党政机关公文处理工作条例》（2012）第十九条：内容简洁、结构严谨、表述准确；宣布的数与所列项相符是准确的起码要求。
    不报：序号本身有缺漏而末项序号等于宣布数的（见 ENU002）；宣布之后找不到列举的（计入“无法判断”）；带“等”字的举例。

    Checks: the report announces 两个方面, 以下三点, 十项重点工作 and lists items by markers (一是, 第一, ①), sibling
    headings, semicolons or 、; the two numbers must agree.
    Why: a difference shows that items were added or dropped without changing the number, or that one was left out.
    Source: 党政机关公文处理工作条例 (2012), art. 19: official texts are exact and well ordered.
    Not flagged: lists whose own numbering is broken but ends at the announced number (see ENU002); announcements
    without a list (counted as not assessable); examples that end in 等.
    """
    bound = set()
    for enumeration in analysis.enumerations:
        if enumeration.declared:
            bound.add(enumeration.declared.start)
            if not is_slogan(analysis.text, enumeration):
                yield check_count(enumeration)
    for strong in _STRONG.finditer(analysis.text):
        match = count_pattern().search(analysis.text, strong.end(), strong.end() + 8)
        declared = read_count(analysis.text, match) if match else None
        if declared and declared.start not in bound:
            yield NOT_ASSESSABLE


def is_slogan(text: str, enumeration: Enumeration) -> bool:
    """Whether the count is a quoted slogan beside its unmarked items (“三到位”): those are for ENU004."""
    declared = enumeration.declared
    return bool(declared and enumeration.style == "other" and text[declared.start - 1 : declared.start] in ("“", '"'))


def check_count(enumeration: Enumeration) -> Check:
    """Compares an announced count with the number of items listed."""
    declared, items = enumeration.declared, enumeration.items
    if declared is None:
        return NOT_ASSESSABLE
    if len(items) == declared.value:
        return CONSISTENT
    if items[-1].number == declared.value and enumeration.style != "other":
        return DOUBTFUL
    shown = "、".join(item.marker.rstrip("，、,：:") or _short(item.quote) for item in items)
    more = len(items) > declared.value
    return inconsistent(
        declared,
        zh=f"宣布“{declared.quote}”（{declared.value}项），后面列出{len(items)}项：{shown}。"
        f"请核对：应改宣布的数，或{'删并' if more else '补足'}所列内容。",
        en=f"Announces {declared.quote} ({declared.value}) but lists {len(items)}: {shown}. "
        f"Change the number, or {'merge' if more else 'add'} items.",
        related=[Related.of(item, role="item") for item in items],
        declared=declared.value,
        listed=len(items),
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"
