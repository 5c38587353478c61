"""ENU004: a quoted slogan with a number, and the items written out beside it."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.records import Analysis, Check
from analyzer.rules import rule
from analyzer.rules.enu001_declared_count import check_count, is_slogan


@rule("ENU004", "slogan-count", "warning")
def slogan_count(analysis: Analysis) -> Iterator[Check]:
    """“三到位”“四个一”等概括与旁边写出的项数不一致 / A slogan's number differs from the items written out beside it.

    查什么：“三到位”“四统一”“三个一”等带数字的概括，如果旁边写出了各项（思想到位、措施到位、责任到位），数目应当相同。
    为什么：概括的数和写出的项对不上，多是增删一项后没有改概括，或抄来的概括与本地内容不合。
    依据：《党政机关公文处理工作条例》（2012）第十九条：表述准确。
    不报：旁边没有写出各项的；只举其中几项（有“等”字）的；九沟十八寨、一主两副之类的名称；不是每项都含概括用词、数目又相差较大的。

    Checks: where the items of a slogan with a number (三到位, 四统一, 三个一) are written out beside it, the numbers
    agree.
    Why: a difference comes from an item added or cut, or from a slogan copied from elsewhere.
    Source: 党政机关公文处理工作条例 (2012), art. 19.
    Not flagged: slogans without their items; examples ending in 等; names such as 九沟十八寨 or 一主两副; items that
    do not show the slogan's word and differ by more than one.
    """
    for enumeration in analysis.enumerations:
        if enumeration.declared and is_slogan(analysis.text, enumeration):
            yield check_count(enumeration)
