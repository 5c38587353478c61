"""DAT003: what is reported as done although it lies after the date line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.extract.dates import Years, plan_parts, report_years
from analyzer.records import Analysis, Check, Date, Quote, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_SENTENCE = re.compile(r"[。；！？\n]")
_DONE = re.compile(
    r"召开|举办|举行|开展|组织|印发|出台|制定|完成|建成|通过|竣工|投用|投入|启动|签订|荣获|获评|成立|开工|查处|审议|接受"
)
_NOT_YET = re.compile(
    r"将|拟|计划|预计|力争|争取|确保|目标|有效期|到期|期限|截止|截至|施行|生效|之前|[日月底]前|届满|为止|规划|下一?步|明年|次年|任期"
)
_OTHER_YEAR = re.compile(r"去年|上年|前年|同年|当年|往年|明年|来年|(?:19|20)\d\d年")
_SO_FAR = re.compile(
    r"上半年|季度|前[一三二]季|[1１一]\s?[-—－–~～至到]\s?\d{1,2}\s?月|截[至止](?:目前|\d|20)|预计全年"
)
_CLOSE = (12, 20)  # from here on the year is as good as over


@rule("DAT003", "after-signature", "warning")
def after_signature(analysis: Analysis) -> Iterator[Check]:
    """落款日期之后的事写成已经发生 / An event after the date line is reported as done

    查什么：写成“召开了”“完成了”的事，日期是否晚于落款（或会议）日期；年度报告落款时，报告的年度是否已经结束（提示）。
    为什么：不是落款日期、就是事情的日期写错了；年度未完就写全年数据，数据不会完整。
    依据：《党政机关公文处理工作条例》第九条（成文日期署会议通过或者负责人签发的日期）。
    不报：计划部分和带“将、拟、力争、截止、有效期、施行”等字样的句子；不写年份、而年份无法推定的日期；
        说明了统计截止时间（1—11月、截至……）的年度报告。

    Checks: whether anything reported as done is dated after the date line; whether the reported year was over when an
        annual report was signed (info).
    Why: either the date line or the event's date is wrong; figures of a year that is not over cannot be complete.
    Source: the 2012 rules on official documents, art. 9 (a document bears the date of adoption or signing).
    Not flagged: sentences of the plan part, or with words of intention, deadline or validity; dates whose year is
        unknown; annual reports that say up to when they count.
    """
    years = report_years(analysis.text, analysis.outline)
    line = analysis.outline.date
    if not years.signed or not line:
        yield NOT_ASSESSABLE
        return
    ahead = plan_parts(analysis.outline, years)
    late: list[Quote] = []
    for date in analysis.dates:
        if date.start < line.end and line.start < date.end:
            continue
        check = _compare(analysis, date, years, years.signed, ahead)
        if check is not None:
            yield check
        else:
            late.append(date)
    if late:
        yield _accuse(analysis, late, line)
    if not years.session:
        yield _year_over(analysis, years, years.signed, line)


def _compare(
    analysis: Analysis, date: Date, years: Years, signed: tuple[int, int, int], ahead: list[tuple[int, int]]
) -> Check | None:
    """None where the date's event is reported as done after the signature."""
    text = analysis.text
    start, stop = _sentence(text, date)
    year = date.year
    if year is None:
        paragraph = text[text.rfind("\n", 0, date.start) + 1 : stop]
        if years.session or signed[0] != years.reviewed or _OTHER_YEAR.search(paragraph):
            return NOT_ASSESSABLE
        year = signed[0]
    when = (year, date.month, date.day or 0)
    if when[:2] < signed[:2] or (when[:2] == signed[:2] and (when[2] <= signed[2] or not signed[2])):
        return CONSISTENT
    if any(begin <= date.start < end for begin, end in ahead) or _NOT_YET.search(text, start, stop):
        return CONSISTENT
    in_title = text.rfind("《", start, date.start) > text.rfind("》", start, date.start)
    if in_title or not _DONE.search(text, date.end, min(stop, date.end + 40)):
        return DOUBTFUL
    return None


def _sentence(text: str, date: Date) -> tuple[int, int]:
    begin = max((match.end() for match in _SENTENCE.finditer(text, max(0, date.start - 200), date.start)), default=0)
    end = _SENTENCE.search(text, date.end, date.end + 200)
    return max(begin, date.start - 200), end.start() if end else min(len(text), date.end + 200)


def _accuse(analysis: Analysis, late: list[Quote], line: Quote) -> Check:
    first, *others = late
    also = f"（这样的地方共{len(late)}处）" if others else ""
    return inconsistent(
        Quote.cut(analysis.text, first.start, first.end),
        f"报告的日期是{line.quote}，这里却把{first.quote}的事写成已经发生{also}。请核对两个日期。",
        f"The report is dated {line.quote}, yet what happened on {first.quote} is reported as done.",
        [
            Related.of(line, role="date"),
            *(Related.cut(analysis.text, each.start, each.end, role="also") for each in others[:20]),
        ],
        places=len(late),
    )


def _year_over(analysis: Analysis, years: Years, signed: tuple[int, int, int], line: Quote) -> Check:
    if years.reviewed is None:
        return NOT_ASSESSABLE
    if signed[0] > years.reviewed or signed[1:] >= _CLOSE or (signed[1] == 12 and not signed[2]):
        return CONSISTENT
    if signed[0] < years.reviewed or _SO_FAR.search(analysis.text):
        return CONSISTENT if signed[0] == years.reviewed else DOUBTFUL
    return inconsistent(
        Quote.cut(analysis.text, line.start, line.end),
        f"报告的是{years.reviewed}年全年的工作，落款时（{line.quote}）这一年还没有结束，文中也没有说明数据截至什么时候。",
        f"{years.reviewed} was not over on {line.quote}, and the report does not say up to when it counts.",
        severity="info",
        reviewed=years.reviewed,
    )
