"""Calendar dates, and the years that a report speaks of: the one reviewed and the one planned."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from analyzer.numerals import parse_count
from analyzer.records import Date, Outline, Section

_HAN = "[一二三四五六七八九十]"
_YEAR = r"(?<!\d)(?:19|20)\d\d|[一二][〇○零九ОO][〇○零ОO一二三四五六七八九]{2}"
_DATE = re.compile(
    r"(?=[\d一二三四五六七八九十])(?:"  # the rest is tried only where a numeral stands
    rf"(?:(?P<year>{_YEAR})\s?年\s?)?"
    r"(?:(?P<from>(?<![\d.])\d{1,2})\s?[-—－–~～至到]\s?)?"
    rf"(?P<month>(?<![\d.])\d{{1,2}}|{_HAN}{{1,2}})\s?月(?:份)?"
    rf"(?:\s?(?P<day>\d{{1,2}}|{_HAN}{{1,3}})\s?[日号](?!线|楼|院|机|文|公路))?"
    r"(?:\s?[-—－–~～至到]+\s?(?P<until>\d{1,2})\s?日)?"
    r"|(?P<year2>(?<![\d.])(?:19|20)\d\d)(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?![\d.])"
    r")"
)
_HAN_DIGITS = {sign: digit for digit, signs in enumerate(["〇○零ОO", *"一二三四五六七八九"]) for sign in signs}

_SESSION = re.compile(r"各位代表|政府工作报告|人民代表大会|人大.{1,6}次会议")
_FIVE_YEARS = re.compile(r"五年来|过去(?:的)?五年|本届政府|这五年|“十.五”时期[^。\n]{0,12}回顾")
_ANY_YEAR = re.compile(rf"({_YEAR})\s?(?:年|(?=[)）]))")
_AHEAD = re.compile(
    r"安排|计划|打算|思路|下一?步|今后|未来|目标|任务|展望|建议|明年|来年|工作重点|努力方向|部署|谋划|新的一年"
)
_PLAN_TITLE = re.compile(r"计划|打算|安排|要点|思路|方案")
_BACK = re.compile(r"回顾|情况|总结|成效|成就|取得|完成|做法|不足|问题|举措")


def find_dates(text: str) -> tuple[Date, ...]:
    """Every date with a month, in text order, whether the calendar has it or not.

    2023年12月9日, 12月9日, 2023年12月, 二〇二三年十二月九日, 2023-12-09; 1—11月 is two dates, 3月1日至5日 as
    well. Months in Chinese numerals count only beside a year or a day, for 三月 may be a duration.
    """
    return tuple(date for match in _DATE.finditer(text) for date in _dates_of(text, match))


def _dates_of(text: str, match: re.Match[str]) -> list[Date]:
    if match["year2"]:
        numbers = {name: int(match[f"{name}2"]) for name in ("year", "month", "day")}
        return [Date.cut(text, *match.span(), **numbers)]
    digits = match["month"].isdigit()
    if not digits and not match["year"] and not match["day"]:
        return []
    year = year_number(match["year"]) if match["year"] else None
    month = parse_count(match["month"]) or 0
    day = parse_count(match["day"]) if match["day"] else None
    stop = match.end("until") + 1 if match["until"] else match.end()
    found = []
    if match["from"] and digits:
        found.append(
            Date.cut(text, match.start("from"), match.end("from"), year=year, month=int(match["from"]), day=None)
        )
    end = match.start("until") if match["until"] else stop
    while text[end - 1] in "-—－–~～至到 ":
        end -= 1
    found.append(Date.cut(text, match.start(), end, year=year, month=month, day=day))
    if match["until"] and day is not None:
        found.append(Date.cut(text, match.start("until"), match.end(), year=year, month=month, day=int(match["until"])))
    return found


def year_number(words: str) -> int:
    """The year that four digits, Arabic or Chinese, write: 二〇二三 → 2023."""
    return int(words) if words.isascii() and words.isdigit() else int("".join(str(_HAN_DIGITS[sign]) for sign in words))


def years_in(words: str) -> list[int]:
    """The years that `words` name, in their order: “2017—2021年” → [2017, 2021]."""
    years = []
    for match in re.finditer(rf"({_YEAR})(?=\s?年|\s?[-—－–~～至]+\s?(?:19|20)\d\d|\s?[)）])", words):
        years.append(year_number(match[1]))
    return years


def days_of(month: int, year: int | None) -> int:
    """Days of a month; of February in an unknown year 29."""
    return monthrange(year or 2000, month)[1]


@dataclass(frozen=True, slots=True)
class Years:
    """The years a report speaks of; None where it does not say."""

    session: bool  # read to a people's congress: it reviews the year before the session
    reviewed: int | None
    planned: int | None
    five: bool  # reviews five years
    signed: tuple[int, int, int] | None  # year, month, day of the date line; 0 for what it leaves out


def report_years(text: str, outline: Outline) -> Years:
    """Reads the years off title, date line and headings.

    A report to a people's congress in January 2024 reviews 2023 and plans 2024, whatever its title's year; one read
    in November or December reviews the year that is ending. Any other report reviews the year of its title.
    """
    title = outline.title.quote if outline.title else ""
    session = outline.kind == "工作报告" and bool(_SESSION.search(title + text[:1500]))
    signed = signature(outline)
    reviewed = _reviewed_in(title) if years_in(title) else outline.year
    if session:
        titled = years_in(title)
        headings = [year for section in outline.sections if "回顾" in section.title for year in years_in(section.title)]
        if signed:
            reviewed = signed[0] if signed[1] >= 11 else signed[0] - 1
        elif headings:
            reviewed = max(headings)
        else:
            reviewed = titled[-1] - 1 if titled else None
    five = bool(_FIVE_YEARS.search(text, 0, 3000))
    return Years(session, reviewed, None if reviewed is None else reviewed + 1, five, signed)


def _reviewed_in(title: str) -> int | None:
    """The last year of a title that is not the year of a plan: 2023年工作总结和2024年工作计划 → 2023."""
    starts = [match.start() for match in _ANY_YEAR.finditer(title)]
    pieces = [title[start:stop] for start, stop in zip(starts, [*starts[1:], len(title)], strict=True)]
    reviewed = [years_in(piece) for piece in pieces if not _PLAN_TITLE.search(piece) or _BACK.search(piece)]
    return max((year for years in reviewed for year in years), default=None)


def signature(outline: Outline) -> tuple[int, int, int] | None:
    """Year, month and day of the date line (0 for what it leaves out)."""
    if not outline.date:
        return None
    year = _ANY_YEAR.match(re.sub(r"\s", "", outline.date.quote))
    found = find_dates(outline.date.quote)
    if not year or not found or not 1 <= found[0].month <= 12:
        return None
    return year_number(year[1]), found[0].month, found[0].day or 0


def looks_ahead(section: Section, years: Years) -> bool:
    """Whether a section's heading announces plans: it names a year after the one reviewed, or says so."""
    named = years_in(section.title)
    if named and years.reviewed is not None:
        return max(named) > years.reviewed
    return bool(_AHEAD.search(section.title)) and not _BACK.search(section.title)


def plan_parts(outline: Outline, years: Years) -> list[tuple[int, int]]:
    """The stretches of text under headings that announce plans, as (start, end)."""
    return [(section.start, section.stop) for section in outline.sections if looks_ahead(section, years)]
