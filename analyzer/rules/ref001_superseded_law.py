"""REF001: a repealed law applied as in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.extract.dates import plan_parts, report_years, years_in
from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Citation, Law, Related
from analyzer.rules import CONSISTENT, DOUBTFUL, NOT_ASSESSABLE, inconsistent, rule

_SENTENCE = re.compile(r"[。；！？;\n]")
_CLAUSE = re.compile(r"[。；！？，：,:;\n]")
_TITLES = re.compile(r"(?:《[^《》\n]{1,80}》(?:[（(][^（）()\n]{1,30}[）)])?[、和及与]?)+")
_REACH = 80  # characters looked at on either side
_BESIDE = 8  # characters between a title and the verb that governs it alone


@rule("REF001", "superseded-law", "warning")
def superseded_law(analysis: Analysis) -> Iterator[Check]:
    """把已废止的法律法规当作现行依据 / A repealed law is applied as if in force

    查什么：写成“依据”“按照”“贯彻”“学习宣传”的法律、行政法规，在报告年度开始之前是否已经废止。
    为什么：《信访条例》2022年5月1日废止，由《信访工作条例》取代，之后的报告还写“严格按《信访条例》处理”，多半是抄了旧稿。
    依据：各法律法规的废止日期和取代它的法律法规，见 lexicon/laws.csv，每条写明来源。
    不报：说明已经废止、修订、清理的；回顾历史和该法有效时的工作；报告年度之内才废止的；只是修订、没有废止的；
        省、市自己的条例（《××省信访条例》）；报告年度不明的。

    Checks: whether laws and regulations that the report applies (依据, 按照, 贯彻, 学习宣传) had been repealed before
        the year reported on.
    Why: “严格按《信访条例》处理” after its repeal in May 2022 was most likely copied from an old text.
    Source: dates of repeal and successors in lexicon/laws.csv, each with its source.
    Not flagged: texts that speak of the repeal, of revision, or of years when the law held; laws repealed within the
        reported year; revised laws; laws of a province or city; reports whose year is unknown.
    """
    years = report_years(analysis.text, analysis.outline)
    ahead = plan_parts(analysis.outline, years)
    for citation in analysis.citations:
        if citation.law is None:
            continue
        if not citation.law.repealed:
            yield CONSISTENT
        elif years.reviewed is None or years.planned is None:
            yield NOT_ASSESSABLE
        else:
            planned = any(start <= citation.start < stop for start, stop in ahead)
            year = years.planned if planned else years.reviewed
            yield _check(analysis, citation, citation.law, year, year - 4 if years.five and not planned else year)


def _check(analysis: Analysis, citation: Citation, law: Law, year: int, first: int) -> Check:
    """The check of a law that has been repealed; the report speaks of the years `first` to `year`."""
    if int(law.repealed[:4]) > year:
        return CONSISTENT
    if int(law.repealed[:4]) >= first and law.repealed != f"{first}-01-01":
        return DOUBTFUL
    if _looks_away(analysis.text, citation):
        return CONSISTENT
    begin, end = _around(_SENTENCE, analysis.text, citation)
    words = _TITLES.sub("", analysis.text[begin:end])
    if any(named <= int(law.repealed[:4]) for named in years_in(words)) or not _applied(analysis.text, citation):
        return DOUBTFUL
    zh_day, en_day = _day(law.repealed)
    successor = [each for each in analysis.citations if each.law and each.law.title == law.successor][:1]
    replaced = f"，由《{law.successor}》取代" if law.successor else ""
    return inconsistent(
        citation,
        f"{citation.quote}已自{zh_day}起废止{replaced}；本报告说的是{year}年的工作，这里仍作现行依据。"
        + (f"请核对是否应为《{law.successor}》。" if law.successor else "请核对后删去或改引现行规定。"),
        f"{citation.quote} was repealed as of {en_day}"
        + (f" and replaced by 《{law.successor}》" if law.successor else "")
        + f"; this report is on {year} and applies it as if in force.",
        [Related.of(each, role="successor") for each in successor],
        repealed=law.repealed,
        successor=law.successor,
        year=year,
    )


def _around(stop: re.Pattern[str], text: str, citation: Citation) -> tuple[int, int]:
    """Where the sentence or clause around a title begins and ends."""
    begin = max(0, citation.start - _REACH)
    begin = max((match.end() for match in stop.finditer(text, begin, citation.start)), default=begin)
    match = stop.search(text, citation.end, citation.end + _REACH)
    return begin, match.start() if match else min(len(text), citation.end + _REACH)


@cache
def _words(group: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("superseded_law")[group][key])))


def _looks_away(text: str, citation: Citation) -> bool:
    begin, end = _around(_SENTENCE, text, citation)
    if _words("looking_away", "sentence").search(_TITLES.sub("", text[begin:end])):
        return True
    begin, end = _around(_CLAUSE, text, citation)
    before, behind = _TITLES.sub("《", text[begin : citation.end]), _TITLES.sub("》", text[citation.start : end])
    return bool(
        _words("looking_away", "clause").search(before + behind)
        or re.search(rf"(?:{_words('looking_away', 'before').pattern})[^《]{{0,2}}《\Z", before)
        or re.match(rf"》[^，]{{0,{_BESIDE}}}?(?:{_words('looking_away', 'after').pattern})", behind)
    )


def _applied(text: str, citation: Citation) -> bool:
    begin, end = _around(_CLAUSE, text, citation)
    before, behind = _TITLES.sub("《", text[begin : citation.end]), _TITLES.sub("", text[citation.start : end])
    return bool(_words("applied", "before").search(before) or _words("applied", "after").search(behind))


def _day(repealed: str) -> tuple[str, str]:
    """A date of repeal in Chinese and English: 2022年5月1日, or the year alone."""
    year, *rest = repealed.split("-")
    return f"{year}年" + (f"{int(rest[0])}月{int(rest[1])}日" if rest else ""), repealed
