"""DAT004: a plan applied as in force outside its years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer import lexicon
from analyzer.extract.dates import Years, plan_parts, report_years, years_in
from analyzer.records import Analysis, Check, Quote
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_Y = r"(?:19|20)\d\d"
_TO = r"\s?[-—－–~～至]{1,2}\s?"
_TITLE = re.compile(
    rf"《[^《》\n]{{2,40}}?[（(]\s?(?P<first>{_Y})年?{_TO}(?P<last>{_Y})年?\s?[)）][^《》\n]{{0,8}}》"
    rf"|《[^《》\n]{{2,40}}》[（(]\s?(?P<first2>{_Y})年?{_TO}(?P<last2>{_Y})年?\s?[)）]"
)
_OF_A_TITLE = re.compile(r"《[^》\n]*》(?:[（(][^）)\n]*[）)])?")
_CLAUSE = re.compile(r"[。；！？，：:;\n]")
_REACH = 12  # characters between the verb and the plan


@rule("DAT004", "expired-plan", "warning")
def expired_plan(analysis: Analysis) -> Iterator[Check]:
    """把已到期的规划当作现行规划 / A plan is applied as in force outside its years

    查什么：写成“按照”“落实”“深入推进”的五年规划、五年普法规划，以及标题里印着起止年份的纲要、规划，
        报告年度是否在它的期限之内。
    为什么：“七五”普法2020年底结束，之后的报告还写“深入推进‘七五’普法”，多半是抄了旧稿。
    依据：各五年规划（计划）纲要和各五年普法规划的起止年份，见 lexicon/plan_periods.toml；其余规划看标题所印的年份。
    不报：回顾（时期、以来、收官、验收、评估、先进）和谋划（编制、列入、衔接、展望）；五年回顾里的旧规划；
        “八五”后面没有“普法”“规划”、两种规划分不清的；到期第一年里的总结验收。

    Checks: whether plans that the report follows (按照, 落实, 推进) cover the reported year: five-year plans, five-year
        programmes of legal education, and plans whose title prints its years.
    Why: “深入推进‘七五’普法” after 2020 was most likely copied from an old text.
    Source: the years of the five-year plans and legal education programmes (lexicon/plan_periods.toml); otherwise the
        years in the plan's own title.
    Not flagged: looking back (时期, 以来, 收官, 验收, 评估) or ahead (编制, 列入, 衔接); old plans in a five-year
        review; a name that may belong to either family; winding up in the first year after the plan.
    """
    years = report_years(analysis.text, analysis.outline)
    if years.reviewed is None:
        yield NOT_ASSESSABLE
        return
    ahead = plan_parts(analysis.outline, years)
    for match in _named().finditer(analysis.text):
        periods = _periods(match["name"], match["noun"])
        yield _check(analysis, match.start(), match.end(), periods, years, ahead)
    for match in _TITLE.finditer(analysis.text):
        first, last = int(match["first"] or match["first2"]), int(match["last"] or match["last2"])
        yield _check(analysis, match.start(), match.end(), [(first, last)], years, ahead)


@cache
def _named() -> re.Pattern[str]:
    families = lexicon.load("plan_periods")["family"]
    names = {plan["name"] for family in families for plan in family["plans"]}
    nouns = {noun for family in families for noun in family["nouns"]}
    name = "|".join(sorted(names, key=len, reverse=True))
    noun = "|".join(sorted(nouns, key=len, reverse=True))
    return re.compile(
        rf"(?<![一二三四五六七八九十])[“\"]?(?P<name>{name})[”\"]?(?P<noun>(?:发展)?(?:{noun})(?:规划)?)(?!生育)"
    )


def _periods(name: str, noun: str) -> list[tuple[int, int]]:
    """The years of every plan that `name` and `noun` may mean."""
    return [
        (plan["first"], plan["last"])
        for family in lexicon.load("plan_periods")["family"]
        if any(word in noun for word in family["nouns"])
        for plan in family["plans"]
        if plan["name"] == name
    ]


@cache
def _words(key: str) -> re.Pattern[str]:
    data = lexicon.load("plan_periods")
    before, after = (f"(?:{'|'.join(data['in_force'][side])})" for side in ("before", "after"))
    if key == "before":
        return re.compile(rf"{before}[^，。；：\n]{{0,{_REACH}}}\Z")
    if key == "after":
        return re.compile(
            rf"(?:工作|任务|宣传|教育|规划|活动|要求){{0,2}}(?:深入|扎实|全面|有序|持续|稳步|顺利){{0,2}}{after}"
        )
    return re.compile("|".join(data["looking_away"]["words"]))


def _check(
    analysis: Analysis,
    start: int,
    end: int,
    periods: list[tuple[int, int]],
    years: Years,
    ahead: list[tuple[int, int]],
) -> Check:
    text = analysis.text
    planned = any(begin <= start < stop for begin, stop in ahead)
    year = (years.planned if planned else years.reviewed) or 0
    allowed = {year - back for back in range(6)} if years.five else {year}
    allowed |= {years.planned or year} if years.session else set()
    # A sentence that names another year may be speaking of that year.
    line = _OF_A_TITLE.sub("", text[max(text.rfind("\n", 0, start) + 1, start - 300) : start])
    beside = [each for each in years_in(line) if any(first <= each <= last for first, last in periods)]
    if any(first <= each <= last for first, last in periods for each in allowed):
        return CONSISTENT
    return DOUBTFUL if beside else _judge(analysis, start, end, periods, year)


def _judge(analysis: Analysis, start: int, end: int, periods: list[tuple[int, int]], year: int) -> Check:
    text = analysis.text
    begin = max(
        (match.end() for match in _CLAUSE.finditer(text, max(0, start - 40), start)), default=max(0, start - 40)
    )
    stop = _CLAUSE.search(text, end, end + 40)
    clause_end = stop.start() if stop else min(len(text), end + 40)
    if _words("away").search(text[begin:start] + text[end:clause_end]):
        return CONSISTENT
    in_force = _words("before").search(text, begin, start) or _words("after").match(text, end, clause_end)
    nearest = min(periods, key=lambda period: min(abs(year - period[0]), abs(year - period[1])))
    if not in_force or year < nearest[0]:
        return DOUBTFUL
    quote = Quote.cut(text, start, end)
    span = f"{nearest[0]}—{nearest[1]}年"
    return inconsistent(
        quote,
        f"{quote.quote}的期限是{span}，本报告说的是{year}年的工作，这里却写成正在执行。请核对是否应为新一期规划。",
        f"{quote.quote} ran {nearest[0]}-{nearest[1]}; this report is on {year} and follows it as if in force.",
        severity="info" if year == nearest[1] + 1 else None,
        first=nearest[0],
        last=nearest[1],
        year=year,
    )
