"""Dates and the years that a report speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.dates import find_dates, plan_parts, report_years, years_in
from analyzer.pipeline import analyze

SESSION = "（{date}在云岭县第十六届人民代表大会第三次会议上）\n\n各位代表：\n现在，我代表县人民政府向大会报告工作。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年12月9日", [(2023, 12, 9)]),
        ("二〇二三年十二月九日", [(2023, 12, 9)]),
        ("2023-02-30", [(2023, 2, 30)]),
        ("1—11月", [(None, 1, None), (None, 11, None)]),
        ("12月1日至7日", [(None, 12, 1), (None, 12, 7)]),
        ("2023年9月30日—10月7日", [(2023, 9, 30), (None, 10, 7)]),
        ("历时三月建成，共3个月，107时尚商务带，9:30开始", []),
    ],
)
def test_dates_as_printed(text: str, expected: list[tuple[int | None, int, int | None]]) -> None:
    dates = find_dates(f"会议于{text}。")
    assert [(date.year, date.month, date.day) for date in dates] == expected


@given(st.dates(), st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0.year}-{0.month:02}-{0.day:02}"]))
def test_every_date_of_two_centuries_is_read(date, form) -> None:
    if not 1900 <= date.year < 2100:
        date = date.replace(year=1900 + date.year % 100 * 2 // 2, day=min(date.day, 28))
    (found,) = find_dates(form.format(date))
    assert (found.year, found.month, found.day) == (date.year, date.month, date.day)
    assert found.quote == form.format(date)


def test_years_of_a_title() -> None:
    assert years_in("2017—2021年工作回顾") == [2017, 2021]
    assert years_in("2035年远景目标和2021年工作安排") == [2035, 2021]


@pytest.mark.parametrize(
    ("text", "reviewed"),
    [
        ("云岭县2024年政府工作报告\n\n" + SESSION.format(date="2024年1月20日"), 2023),
        ("云岭县政府工作报告\n\n" + SESSION.format(date="2022年12月26日"), 2022),
        ("青石乡2023年法治政府建设工作总结\n\n一、主要举措\n召开会议5次。", 2023),
        ("青石乡2023年工作总结和2024年工作计划\n\n一、主要举措\n召开会议5次。", 2023),
        ("青石乡2024年普法工作计划\n\n一、主要任务\n开展普法活动。", None),
    ],
)
def test_the_year_reviewed(text: str, reviewed: int | None) -> None:
    analysis = analyze(text)
    assert report_years(analysis.text, analysis.outline).reviewed == reviewed


def test_plan_parts_are_the_sections_of_the_coming_year() -> None:
    analysis = analyze("青石乡2023年工作总结\n\n一、工作情况\n召开会议5次。\n二、2024年工作打算\n召开会议6次。\n")
    ((start, end),) = plan_parts(analysis.outline, report_years(analysis.text, analysis.outline))
    assert analysis.text[start:end] == "二、2024年工作打算\n召开会议6次。\n"
