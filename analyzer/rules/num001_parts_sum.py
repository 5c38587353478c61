"""NUM001: parts that leave nothing out, and yet do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from analyzer.extract.intervals import Interval, add, below, interval_of, meets
from analyzer.records import Analysis, Breakdown, Check, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_SHARE = r"(\d{1,2}(?:\.\d+)?)"
_TRIPLE = rf"{_SHARE}\s?[:：∶]\s?{_SHARE}\s?[:：∶]\s?{_SHARE}(?![\d.:：∶])"
_INDUSTRIES = re.compile(
    rf"(?:三次产业|一二三产业?|一、二、三产业)[^。；\n]{{0,40}}?(?<![\d.:：∶]){_TRIPLE}"
    rf"(?:[^。；，\n\d]{{0,8}}(?:(?:19|20)\d\d年的?)?{_TRIPLE})?"
)
_STANDS_ALONE = re.compile(r"\s?(?:[，。；、）,;)]|\Z)")


@rule("NUM001", "parts-sum", "error")
def parts_sum(analysis: Analysis) -> Iterator[Check]:
    """分项之和不等于总数 / Exhaustive parts do not add up to the total

    查什么：互相对立、合起来没有遗漏的分项（男、女，专职、兼职，受理、不予受理……）加起来是否等于总数；
        “……，共计N”之前的各项之和；三次产业结构之和是否为100。
    为什么：总数和分项里必有一个写错。
    依据：总数等于各部分之和；GB/T 15835—2011；按印出的位数四舍五入或截断都凑不成总数时才报。
        对立分项的名单见 lexicon/partitions.toml。
    不报：“其中”只举了几项、没有证据表明列全了的；带“等”的；各项可能重叠的；带余、近、约而区间够得着的；
        万元和亿元换算后相等的。

    Checks: whether parts that are opposites and leave nothing out (专职/兼职, 受理/不予受理) add up to the total;
        the items before 共计; and the shares of the three sectors of the economy, which make 100.
    Why: either the total or a part is misprinted.
    Source: a whole is the sum of its parts; GB/T 15835-2011. A finding needs that neither rounding nor cutting off the
        printed digits can close the gap. The opposites are listed in lexicon/partitions.toml.
    Not flagged: 其中 that names only some parts; lists that end in 等; parts that may overlap; hedged numbers whose
        ranges reach each other.
    """
    for each in analysis.breakdowns:
        if len(each.parts) > 1:
            yield _check(analysis, each)
    for match in _INDUSTRIES.finditer(analysis.text):
        yield from _shares(analysis, match)


def _check(analysis: Analysis, breakdown: Breakdown) -> Check:
    total, parts = interval_of(breakdown.total), [interval_of(part) for part in breakdown.parts]
    whole = add(parts)
    proven = breakdown.split == "exhaustive"
    if None in (*total, *whole):
        apart = below(total, whole) or below(whole, total)
        return _finding(analysis, breakdown) if apart and proven else NOT_ASSESSABLE
    if meets(total, whole):
        return CONSISTENT
    if any(meets(interval_of(rival), whole) for rival in breakdown.rivals):
        return DOUBTFUL
    if proven:
        return _finding(analysis, breakdown)
    if breakdown.cue == "共计":
        alone = _STANDS_ALONE.match(analysis.text, breakdown.total.end)
        return _finding(analysis, breakdown) if alone and all(breakdown.labels) else DOUBTFUL
    return DOUBTFUL if breakdown.cue == "括号" else NOT_ASSESSABLE


def _finding(analysis: Analysis, breakdown: Breakdown) -> Check:
    total, parts = breakdown.total, breakdown.parts
    terms = "+".join(part.quote for part in parts)
    value = sum((part.value for part in parts), Fraction(0))
    shown = _plain(value)
    return inconsistent(
        Quote.cut(analysis.text, breakdown.start, breakdown.end),
        f"各分项相加（{terms}）等于{shown}，与总数“{total.quote}”不符，请核对。",
        f"The parts ({terms}) add up to {shown}, not to {total.quote}.",
        [
            Related.of(total, role="total"),
            *(Related.of(part, role="part") for part in parts),
        ],
        sum=shown,
    )


def _plain(value: Fraction) -> str:
    for worth, unit in ((10**8, "亿"), (10**4, "万")):
        if value >= worth and value % (worth // 100) == 0:
            return f"{float(value / worth):g}{unit}"
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _shares(analysis: Analysis, match: re.Match[str]) -> Iterator[Check]:
    """Each a:b:c of the three sectors; printed shares may miss 100 by their rounding only."""
    for first in (1, 4):
        triple = match.groups()[first - 1 : first + 2]
        if None in triple:
            continue
        shares = [Fraction(term) for term in triple]
        units = [Fraction(1, 10 ** len(term.partition(".")[2])) for term in triple]
        reach = Interval(sum(shares, Fraction(0)) - sum(units, Fraction(0)) / 2, sum(shares, Fraction(0)) + sum(units))
        if not sum(shares) > 80:
            yield NOT_ASSESSABLE  # 1:3:5, no shares of a hundred
        elif meets(reach, Interval(Fraction(100), Fraction(100))):
            yield CONSISTENT
        else:
            shown = _plain(sum(shares, Fraction(0)))
            yield inconsistent(
                Quote.cut(analysis.text, match.start(first), match.end(first + 2)),
                f"三次产业的比重相加等于{shown}，应当等于100，请核对。",
                f"The shares of the three sectors add up to {shown} instead of 100.",
                severity="warning",
                sum=shown,
            )
