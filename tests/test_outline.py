"""Title, place, year, kind and headings of made-up reports."""

from __future__ import annotations

from time import perf_counter

import pytest

from analyzer.outline import find_outline
from analyzer.readers import report_of_text
from analyzer.records import Outline, Place


def outline(text: str) -> Outline:
    return find_outline(report_of_text(text))


def tree(text: str) -> list[tuple[int, str, str, int | None]]:
    return [(section.level, section.marker, section.title, section.parent) for section in outline(text).sections]


HEAD = """云岭县青禾镇人民政府
关于2023年度法治政府建设情况的报告
（2024年1月12日）

县委依法治县办：
现将有关情况报告如下。
"""


def test_a_title_over_two_lines() -> None:
    found = outline(HEAD)
    assert found.title is not None
    assert found.title.quote == "云岭县青禾镇人民政府\n关于2023年度法治政府建设情况的报告"
    assert found.place == Place("青禾镇", "镇")
    assert found.year == 2023
    assert found.date is not None
    assert found.date.quote == "2024年1月12日"
    assert found.kind == "法治政府"


@pytest.mark.parametrize(
    ("text", "place", "level"),
    [
        ("石桥回族乡2023年工作总结\n\n正文。", "石桥回族乡", "乡"),
        ("2022年东原市政府工作报告\n\n各位代表：\n正文。", "东原市", "市"),
        ("政府工作报告\n——2024年1月5日在云岭县第九届人民代表大会第三次会议上\n各位代表：\n正文。", "云岭县", "县"),
        ("临河街道办事处2024年工作总结\n正文。", "临河街道", "街道"),
        ("东原市南山区2021年政府工作报告\n正文。", "南山区", "区"),
        ("高岭新区2019年管委会工作报告\n正文。", "高岭新区", "区"),
        ("工作总结\n正文。", None, None),
    ],
)
def test_place(text: str, place: str | None, level: str | None) -> None:
    assert outline(text).place == (Place(place, level) if place and level else None)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("青禾镇2023年工作总结\n正文。", 2023),
        ("青禾镇二〇二四年工作总结\n正文。", 2024),
        ("云岭县政府工作报告（2021）\n正文。", 2021),
        ("青禾镇工作总结\n（2024年1月8日）\n正文。", 2023),
        ("青禾镇工作总结\n（2023年12月20日）\n正文。", 2023),
        ("云岭县政府工作报告（2024年1月9日 李某）\n正文。", 2024),
        ("青禾镇工作总结\n现将2022年工作情况汇报如下。", 2022),
        ("青禾镇工作总结\n正文。", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    assert outline(text).year == year


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青禾镇2023年法治政府建设年度报告", "法治政府"),
        ("青禾镇2023年政府信息公开工作年度报告", "信息公开"),
        ("云岭县2024年政府工作报告", "工作报告"),
        ("青禾镇2023年工作总结", "工作总结"),
        ("致全镇村民的一封信", "other"),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert outline(f"{title}\n\n正文如下，内容从略，全镇上下团结一心。").kind == kind


def test_run_in_headings_end_at_their_first_stop() -> None:
    assert tree(
        "一、主要工作\n（一）强化领导，夯实基础。成立小组。\n（二）强化执法。一是抓培训。二是抓考核。\n二、下步打算\n继续努力。"
    ) == [
        (1, "一、", "主要工作", None),
        (2, "（一）", "强化领导，夯实基础", 0),
        (2, "（二）", "强化执法", 0),
        (1, "二、", "下步打算", None),
    ]


@pytest.mark.parametrize("residue", ["\\r\\n", "&nbsp;&nbsp;", "。"])
def test_texts_without_line_breaks_keep_their_sections(residue: str) -> None:
    filler = "全镇上下团结一心，扎实工作。" * 50
    headings = ["一、工作回顾。", "（一）兴产业。", "二、工作安排。"]
    text = f"各位代表：{filler}" + "".join(f"{residue}{heading}{filler}" for heading in headings)
    assert [marker for _, marker, *_ in tree(text)] == ["一、", "（一）", "二、"]


def test_styles_nest_in_the_order_of_the_standard() -> None:
    text = (
        "第一部分 总体情况\n一、工作回顾\n(一)产业\n1.种植业。扩大面积。\n2.养殖业。新建圈舍。\n"
        "（1）肉牛。扩群。\n（2）肉羊。扩群。\n第二部分 工作打算\n"
    )
    assert [(level, marker) for level, marker, *_ in tree(text)] == [
        (1, "第一部分"),
        (2, "一、"),
        (3, "(一)"),
        (4, "1."),
        (4, "2."),
        (5, "（1）"),
        (5, "（2）"),
        (1, "第二部分"),
    ]


def test_bold_lines_and_marks_of_markdown() -> None:
    assert tree("**一、工作回顾**\n正文。\n**夯实基层基础**\n正文。\n## 二、工作打算\n正文。") == [
        (1, "一、", "工作回顾", None),
        (2, "", "夯实基层基础", 0),
        (1, "二、", "工作打算", None),
    ]


def test_what_is_no_heading() -> None:
    assert tree("整治三（四）轮车和小（一）型水库。\n一、二、三产业协调发展。\n3.5亿元投入使用。") == []
    assert tree("名词解释\n1.网格化：指把辖区划分为网格。\n2.双随机：指随机抽取对象和人员。") == []


def test_a_heading_broken_by_a_line_end() -> None:
    text = "一、站在新的起点，意气风发、\n豪情满怀\n正文开始了，这一段写得很长。"
    [section] = outline(text).sections
    assert section.title == "站在新的起点，意气风发、\n豪情满怀"


def test_sections_reach_to_the_next_of_their_level() -> None:
    text = "一、甲\n（一）乙。正文。\n（二）丙。正文。\n二、丁\n正文。"
    first, second, _, last = outline(text).sections
    assert text[first.start : first.stop] == text[: text.index("二、丁")]
    assert text[second.start : second.stop] == "（一）乙。正文。\n"
    assert last.stop == len(text)


def test_a_place_is_looked_for_in_bounded_time() -> None:
    started = perf_counter()
    assert outline("青禾镇工作总结\n" + "我镇坚持" * 200).place == Place("青禾镇", "镇")
    assert outline("工作总结\n" + "我镇坚持" * 200).place is None
    assert perf_counter() - started < 1
