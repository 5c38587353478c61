"""How many of other projects' cases of quantities are read right: value with unit, kind by kind.

    python tests/bench_peers.py CASES.jsonl

A case is {"text", "spans": [{"start", "end", "text", "kind", "value", "unit"}]}; the value of a range is {"lo", "hi"}.
What formal reports do not write is left out whether read or not, by the patterns of NOT_FORMAL, and counted with its
reason; all cases are counted below.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from analyzer.extract.quantities import find_quantities
from analyzer.numerals import parse_number
from analyzer.outline import find_outline
from analyzer.readers import report_of_text
from analyzer.records import Quantity

SKIPPED = {"date", "year", "period", "ordinal", "age", "duration"}  # no kinds of the quantities compared here
NOT_FORMAL = {
    "元角分, 块, 毛 and cheque capitals": r"[角毛块]|[0-9元圆][0-9]*分(?!之)|[壹贰叁肆伍陆柒捌玖拾佰仟萬圆億]",
    "money by symbol or rare currency": r"[￥¥$€£]|[A-Z]{3}|泰铢|日币|披索|卢|克朗|第纳尔|里亚尔|兹罗提|比索|法郎|令吉",
    "mixed, negative or ten-thousandth fractions": r"又|负[^0-9]*分之|-\d+/|万分之|半成",
    "ranges without a unit": r"^[^，。]{0,6}[\d一二三四五六七八九十百千零]+[-~～—到至][\d一二三四五六七八九十百千零]+$",
    "spoken ranges": r"三五[百千]|[两三]百来",
    "ounces and li, 兆 as a numeral": r"[一二三四五六七八九十两\d]两|里(?!程|面)|兆[一二三四五六七八九]",
}
SAME = {
    **{
        "g": "克",
        "mg": "毫克",
        "m": "米",
        "mm": "毫米",
        "km": "公里",
        "Km": "千米",
        "L": "升",
        "ml": "毫升",
        "公升": "升",
    },
    **{
        "kg": "千克",
        "m²": "平方米",
        "m2": "平方米",
        "㎡": "平方米",
        "平米": "平方米",
        "平方": "平方米",
        "km²": "平方公里",
    },
    **{
        "cm²": "平方厘米",
        "个百分点": "百分点",
        "人民币": "元",
        "元人民币": "元",
        "块钱": "元",
        "台币": "新台币",
        "km2": "平方公里",
    },
}


def near(a: Any, b: Any) -> bool:
    return a is not None and b is not None and abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(b)))


def agrees(quantity: Quantity, span: dict[str, Any]) -> bool:
    value, unit, factor = span["value"], SAME.get(span["unit"] or "", span["unit"] or ""), 1.0
    own = SAME.get(quantity.unit, quantity.unit)
    if unit == "%" and own in ("‰", "成"):
        own, factor = "%", 0.1 if own == "‰" else 10
    if not (unit == own or (not unit and span["kind"] in ("fraction", "range", "multiple"))):
        return False
    if not isinstance(value, dict):
        return near(float(quantity.value) * factor, value)
    low, high = value.get("lo"), value.get("hi")
    if quantity.upper is not None:
        return near(quantity.value, low) and near(quantity.upper, high)
    if low is None or high is None:
        return quantity.hedge == ("<=" if low is None else ">=") and near(quantity.value, high if low is None else low)
    return near(quantity.low, low) and near(quantity.high, high)


def right(text: str, span: dict[str, Any]) -> bool:
    report = report_of_text(text)
    if span["kind"] in ("number", "chinese_number"):
        number = parse_number(span["text"])
        if number and near(number.value, span["value"]):
            return True
    found = find_quantities(report, find_outline(report))
    return any(agrees(each, span) for each in found if each.start < span["end"] and each.end > span["start"])


def main(path: str) -> None:
    good: Counter[str] = Counter()
    every: Counter[str] = Counter()
    left: Counter[str] = Counter()
    everything = [0, 0]
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for span in case["spans"]:
            if span["kind"] in SKIPPED:
                continue
            ok = right(case["text"], span)
            everything[0] += ok
            everything[1] += 1
            reason = next((why for why, pattern in NOT_FORMAL.items() if re.search(pattern, span["text"])), None)
            if reason:
                left[reason] += 1
                continue
            every[span["kind"]] += 1
            good[span["kind"]] += ok
            if not ok:
                print(f"  not read: {span['text']} = {span['value']} {span['unit'] or ''}   in {case['text'][:50]}")
    for kind, count in sorted(every.items()):
        print(f"{kind:<16}{good[kind]:>5} of {count:<5}{good[kind] / count:.1%}")
    print(f"formal writing  {good.total():>5} of {every.total():<5}{good.total() / every.total():.1%}")
    print(f"all cases       {everything[0]:>5} of {everything[1]:<5}{everything[0] / everything[1]:.1%}")
    for reason, count in left.most_common():
        print(f"left out {count:>4}: {reason}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
