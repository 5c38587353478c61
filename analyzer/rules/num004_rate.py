"""NUM004: a rate that its own part and whole do not give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from analyzer.extract.intervals import Interval, below, divide, interval_of, meets
from analyzer.records import Analysis, Check, Quantity, Quote, Rate, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule


@rule("NUM004", "rate", "warning")
def rate(analysis: Analysis) -> Iterator[Check]:
    """比率与旁边的两个数不符 / A rate differs from the part and whole beside it

    查什么：“受理50件，办结48件，办结率96%”一类句子里，部分除以整体是否等于比率；
        “其中民事120件，占60%”占总数的比重是否算对。
    为什么：三个数里必有一个写错，读者无法判断信哪一个。
    依据：国家统计局《主要统计指标解释》结构相对数；按印出的位数四舍五入或截断都不能成立时才报；
        部分和整体用哪些词表示，见 lexicon/rates.toml。
    不报：旁边没有写出部分或整体的比率；占全省、占生产总值一类整体不在句中的比重；
        句中有几个数可作整体、分不清的；提高了几个百分点。

    Checks: whether part over whole gives the rate in sentences such as 受理50件，办结48件，办结率96%, and the share in
        其中民事120件，占60%.
    Why: one of the three numbers is misprinted, and the reader cannot tell which.
    Source: the National Bureau of Statistics on structural relatives; the words for part and whole are in
        lexicon/rates.toml. A finding needs that neither rounding nor cutting off can make the rate true.
    Not flagged: rates without part or whole beside them; shares of what the sentence does not give (占全省的53%);
        sentences with several candidates for the whole; changes in percentage points.
    """
    for each in analysis.rates:
        yield _check(analysis, each)


def _check(analysis: Analysis, rate: Rate) -> Check:
    if rate.part is None or rate.whole is None:
        return NOT_ASSESSABLE
    share = divide(interval_of(rate.part), interval_of(rate.whole))
    expected = Interval(*(None if end is None else end * 100 for end in share))
    if meets(expected, interval_of(rate.rate)):
        return CONSISTENT if None not in expected else NOT_ASSESSABLE
    # A part above its whole was more likely bound to the wrong whole: 信访41件，热线工单233件按期办结率100%.
    apart = below(interval_of(rate.whole), interval_of(rate.part))
    if apart or not rate.sure or rate.part.period != rate.whole.period:
        return DOUBTFUL
    return _finding(analysis, rate, rate.part, rate.whole)


def _finding(analysis: Analysis, rate: Rate, part: Quantity, whole: Quantity) -> Check:
    factor = Fraction(1)
    value = part.value / whole.value * 100 if whole.value else Fraction(0)
    if part.unit != whole.unit:
        one, all_ = interval_of(part), interval_of(whole)
        factor = (one.low or Fraction(0)) / (all_.low or Fraction(1)) / (part.value / whole.value)
    shown = f"{float(value * factor):.2f}".rstrip("0").rstrip(".")
    return inconsistent(
        Quote.cut(analysis.text, rate.start, rate.end),
        f"{part.quote}占{whole.quote}的{shown}%，与{rate.noun}“{rate.rate.quote}”不符，请核对。",
        f"{part.quote} of {whole.quote} is {shown}%, not {rate.rate.quote}.",
        [
            Related.of(part, role="part"),
            Related.of(whole, role="whole"),
            Related.of(rate.rate, role="rate"),
        ],
        expected=shown,
    )
