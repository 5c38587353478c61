"""DAT002: a year left over from last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.dates import Years, report_years, years_in
from analyzer.records import Analysis, Check, Quote, Related, Section
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_NOW = re.compile(r"现将[^。；\n]{2,60}?(?:汇报|报告|总结|公布|通报|如下|[。；\n])")
_OPENING = re.compile(r"(?m)^[\s　]*((?:19|20)\d\d)年(?:度|以来|是|，|,)")
_BACK = re.compile(r"回顾|完成情况|开展情况|进展情况|工作情况|落实情况|总结|成效|成就|取得")
_AHEAD = re.compile(r"安排|计划|打算|思路|部署|要点|目标任务|工作任务|重点任务|主要任务|建议")
_LONG = re.compile(r"五年|时期|以来|届|“十|[-—－–~～至]\s?(?:19|20)\d\d|和|及|暨|规划|远景")
_HEAD = 600  # characters in which a report says what it is about
_LATE = 11  # sessions of November and December belong to the coming year


@rule("DAT002", "stale-year", "warning")
def stale_year(analysis: Analysis) -> Iterator[Check]:
    """报告的年份前后不一 / The reported year differs between title, opening and headings

    查什么：标题、落款（或会议）日期、开头“现将××年……”、回顾部分和下一年安排部分的标题，
        所说的年份是否互相一致。
    为什么：照上一年的报告改写时最容易漏改年份，读者无法判断写的是哪一年的工作。
    依据：《法治政府建设与责任落实督察工作规定》第二十四条至第二十七条（年度报告）；
        《党政机关公文处理工作条例》第十九条（内容准确）。
    不报：在人民代表大会会议上报告上一年工作、标题写会议年份的政府工作报告；五年、一届、一个五年规划时期的回顾；
        写总结又写计划、本来就有两个年份的标题；“十四五”、2035年等远期目标。

    Checks: whether title, date line, opening (现将2023年…), review and plan headings speak of years that agree.
    Why: a year left over from last year's report makes it uncertain which year the figures are of.
    Source: the 2019 rules on annual reports on law-based government, art. 24-27; the 2012 rules on official
        documents, art. 19 (contents must be accurate).
    Not flagged: reports to a people's congress titled with the year of the session; reviews of five years, of a term
        or of a plan period; titles that name both a review and a plan; long-term goals such as 2035.
    """
    years = report_years(analysis.text, analysis.outline)
    if years.reviewed is None:
        yield NOT_ASSESSABLE
        return
    against_date = list(_title_and_date(analysis, years))
    yield from against_date
    if any(check.quote for check in against_date):
        yield NOT_ASSESSABLE  # with two candidates for the year, nothing else can be held against it
        return
    yield from _opening(analysis, years)
    for section in analysis.outline.sections:
        yield from _heading(analysis, section, years)


def _title_and_date(analysis: Analysis, years: Years) -> Iterator[Check]:
    title, date = analysis.outline.title, analysis.outline.date
    titled = years_in(title.quote) if title else []
    if not title or not titled or not date or not years.signed:
        yield NOT_ASSESSABLE
        return
    signed, month, _ = years.signed
    first = titled[-1] if years.session else years.reviewed or titled[-1]
    gap = first - signed
    if gap in ((0, -1, 1) if years.session and month >= _LATE else (0, -1)):
        yield CONSISTENT
    elif gap < -1 or len(titled) > 1:
        yield DOUBTFUL  # published late, or a title of several years
    else:
        yield inconsistent(
            Quote.cut(analysis.text, date.start, date.end),
            f"标题写的是{first}年，而日期是{date.quote}，早于报告的年度。请核对标题和日期的年份。",
            f"The title says {first}, but the date line is of {signed}. Check both years.",
            [Related.of(title, role="title")],
            title=first,
            date=signed,
        )


def _opening(analysis: Analysis, years: Years) -> Iterator[Check]:
    text, title = analysis.text, analysis.outline.title
    begin = title.end if title else 0
    now = _NOW.search(text, begin, begin + 2 * _HEAD)
    named = years_in(now.group()) if now else []
    allowed = {years.reviewed, years.planned} if years.session else {years.reviewed}
    if now and named:
        if allowed & set(named) or years.five or len(named) > 1:
            yield CONSISTENT
        else:
            yield _stale(analysis, Quote.cut(text, now.start(), now.end()), named[0], years)
    first = _OPENING.search(text, begin, begin + _HEAD)
    if first and not years.session:
        year = int(first[1])
        quote = Quote.cut(text, first.start(1), first.start(1) + 5)
        if year == years.reviewed or years.five:
            yield CONSISTENT
        elif year < (years.reviewed or 0) - 1:
            yield NOT_ASSESSABLE  # the beginning of a longer story
        elif now and year in named:
            yield DOUBTFUL  # said above
        else:
            # “2022年以来” may look back on purpose
            severity = "info" if "以来" in first.group() and year < (years.reviewed or 0) else None
            yield _stale(analysis, quote, year, years, severity)


def _heading(analysis: Analysis, section: Section, years: Years) -> Iterator[Check]:
    named = years_in(section.title)
    if section.level > 2 or len(named) != 1 or _LONG.search(section.title) or years.reviewed is None:
        return
    year = named[0]
    back, ahead = bool(_BACK.search(section.title)), bool(_AHEAD.search(section.title))
    if back and year != years.reviewed:
        yield DOUBTFUL if years.five or ahead else _stale(analysis, section, year, years)
    elif ahead and not back and year <= years.reviewed:
        yield inconsistent(
            Quote.cut(analysis.text, section.start, section.end),
            f"本报告写的是{years.reviewed}年的工作，这个标题却安排{year}年，应当是{years.reviewed + 1}年？请核对。",
            f"The report is on {years.reviewed}, but this heading plans {year}; {years.reviewed + 1} is expected.",
            _grounds(analysis),
            expected=years.reviewed + 1,
        )
    elif ahead and not back and year > years.reviewed + 1:
        yield DOUBTFUL
    elif back or ahead:
        yield CONSISTENT


def _stale(analysis: Analysis, quote: Quote, year: int, years: Years, severity: str | None = None) -> Check:
    return inconsistent(
        Quote.cut(analysis.text, quote.start, quote.end),
        f"这里写的是{year}年，而从标题、日期看本报告写的是{years.reviewed}年的工作。请核对是否漏改年份。",
        f"This says {year}, but by its title and date the report is on {years.reviewed}.",
        _grounds(analysis),
        severity,
        expected=years.reviewed,
    )


def _grounds(analysis: Analysis) -> list[Related]:
    title, date = analysis.outline.title, analysis.outline.date
    return [Related.of(quote, role=role) for quote, role in ((title, "title"), (date, "date")) if quote]
