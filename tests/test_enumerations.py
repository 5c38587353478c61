"""Lists of all kinds, and the counts announced for them. All texts are made up."""

from __future__ import annotations

import time

import pytest

from analyzer.enumerations import find_enumerations
from analyzer.lists import marked_lists
from analyzer.markers import find_marks, mark_for, misnumbered, missing_marks
from analyzer.outline import find_outline
from analyzer.readers import report_of_text


def lists(text: str) -> list[tuple[str, list[int], int | None]]:
    report = report_of_text(text)
    return [
        (each.style, [item.number for item in each.items], each.declared and each.declared.value)
        for each in find_enumerations(report, find_outline(report))
    ]


def items(text: str) -> list[str]:
    report = report_of_text(text)
    [enumeration] = find_enumerations(report, find_outline(report))
    return [item.quote for item in enumeration.items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一是抓学习。二是抓普法。三是抓执法。", [("一是", [1, 2, 3], None)]),
        ("一要学深。二要悟透。", [("一要", [1, 2], None)]),
        ("第一，学深。第二，悟透。", [("第一", [1, 2], None)]),
        ("其一，学深；其二，悟透。", [("其一", [1, 2], None)]),
        ("首先，学深。其次，悟透。最后，做实。", [("首先", [1, 2, 3], None)]),
        ("重点是：①甲村；②乙村；③丙村。", [("①", [1, 2, 3], None)]),
        ("建设内容：①甲路扩建②乙路亮化③丙桥加固。", [("①", [1, 2, 3], None)]),
        ("包括：（1）甲；（2）乙。", [("（1）", [1, 2], None)]),
        ("任务有：1.甲事项；2.乙事项；3.丙事项。", [("1.", [1, 2, 3], None)]),
        ("一是学深，二是悟透，三是做实。", [("一是", [1, 2, 3], None)]),
        ("抓好以下工作：一\n是学深。二是悟透。", [("一是", [1, 2], None)]),
    ],
)
def test_marks(text: str, found: list) -> None:
    assert lists(text) == found


def test_a_list_over_paragraphs_with_an_interruption() -> None:
    text = "要抓好三件事：\n一是建队伍。配齐人员。\n各位代表！\n二是建阵地。\n三是建机制。"
    assert lists(text) == [("一是", [1, 2, 3], 3)]


def test_a_nested_list_and_the_list_around_it() -> None:
    text = "一是抓排查。具体做法：一是查底数，二是查隐患。二是抓调处。三是抓回访。"
    assert lists(text) == [("一是", [1, 2, 3], None), ("一是", [1, 2], None)]


def test_more_than_ten_items() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    text = "今年办好12件实事：" + "".join(f"{number}是办好第{number}件事。" for number in numbers)
    assert lists(text) == [("一是", list(range(1, 13)), 12)]


def test_lists_end_with_their_section() -> None:
    text = "一、甲\n一是学深。二是悟透。\n二、乙\n一是做实。二是见效。"
    assert lists(text) == [("一、", [1, 2], None), ("一是", [1, 2], None), ("一是", [1, 2], None)]


def test_headings_are_lists_and_may_be_announced() -> None:
    text = "下一步做好以下两项工作。\n（一）抓产业。扩大种植。\n（二）抓治理。化解矛盾。"
    assert lists(text) == [("（一）", [1, 2], 2)]


@pytest.mark.parametrize(
    "text",
    [
        "第一季度和第三季度各开展一次。第一批资金到位。",
        "“千吨万人”①水源地和“双随机”②监管。",
        "增长1.5倍，投资3.2亿元。",
        "位列第一、第二。",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert lists(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("主要表现在两个方面：一是甲。二是乙。三是丙。", 2),
        ("做好以下三点：一是甲。二是乙。三是丙。", 3),
        ("从三个方面发力，推动工作上台阶。一是甲。二是乙。三是丙。", 3),
        ("做到“三个坚持”：一是坚持甲。二是坚持乙。三是坚持丙。", 3),
        ("谋划好“十四五”：一是甲。二是乙。三是丙。", None),
        ("投入资金3亿元。一是甲。二是乙。三是丙。", None),
        ("历时三个月：一是甲。二是乙。三是丙。", None),
        ("新增民生实事3件，分别是：一是甲。二是乙。三是丙。", 3),
    ],
)
def test_announced_counts(text: str, value: int | None) -> None:
    assert lists(text) == [("一是", [1, 2, 3], value)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("坚持学习机制、监督机制和考核评议“三到位”。", ["学习机制", "监督机制", "考核评议"]),
        ("实施“车间进村、光伏上墙、旅游入户”三大富民工程。", ["车间进村", "光伏上墙", "旅游入户"]),
        ("针对用水和用电两大难题，逐一破解。", ["用水", "用电"]),
        ("紧盯“老弱病残”4类人群。", ["老", "弱", "病", "残"]),
        ("推行文件统一登记、统一编号、统一印发“三统一”。", ["统一登记", "统一编号", "统一印发"]),
        ("落实“三统一”要求，对文件统一登记、统一编号、统一印发，规范管理。", ["统一登记", "统一编号", "统一印发"]),
        ("目标概括为两个方面：产业更兴旺；治理更有效。", ["产业更兴旺", "治理更有效"]),
        ("粮油城年销售额达到2亿元，果品大集年销售额达到3亿元，两大市场年销售额增长一成。", ["粮油城", "果品大集"]),
        ("开展“三个一”活动，每月开展一次走访，每季举办一场讲座，每年解决一批难题。", None),
    ],
)
def test_lists_without_marks(text: str, found: list[str] | None) -> None:
    shown = items(text)
    assert len(shown) == 3 if found is None else [each.split("年")[0] for each in shown] == found


@pytest.mark.parametrize(
    "text",
    [
        "坚定“四个自信”、做到“两个维护”。",
        "购置路灯20盏、垃圾箱2个。",
        "甲村、乙村等3个村试点。",
        "做好春节、“两会”期间值守。",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert lists(text) == []


def test_items_of_one_sentence_end_there() -> None:
    assert items("一是抓学习。二是抓普法。今后将继续努力。")[-1] == "二是抓普法。"
    assert items("一是抓学习。开展轮训。二是抓普法。开展宣讲。")[-1] == "二是抓普法。开展宣讲。"


@pytest.mark.parametrize(
    ("like", "number", "shown"),
    [("（二）", 3, "（三）"), ("一是", 12, "十二是"), ("1.", 20, "20."), ("①", 3, "③"), ("第二，", 21, "第二十一，")],
)
def test_mark_for_writes_a_number_like_another(like: str, number: int, shown: str) -> None:
    assert mark_for(number, like) == shown
    assert find_marks(shown + "甲")[0].number == number


def test_missing_marks_are_named_from_first_to_last() -> None:
    assert missing_marks(2, 3, "三是") == "“二是”"
    assert missing_marks(2, 5, "五、") == "“二、”至“四、”"


@pytest.mark.parametrize(
    ("marker", "number", "due", "before", "said"),
    [
        ("四是", 4, 3, 2, "“四是”之前缺“三是”"),
        ("三、", 3, 1, None, "“三、”之前缺“一、”至“二、”"),
        ("（二）", 2, 3, 2, "“（二）”重复，这里应是“（三）”"),
        ("第一，", 1, 3, 2, "“第一，”颠倒，这里应是“第三，”"),
    ],
)
def test_a_wrong_number_is_missing_something_repeated_or_out_of_order(
    marker: str, number: int, due: int, before: int | None, said: str
) -> None:
    assert misnumbered(marker, number, due, before)[0] == said


def test_thousands_of_lists_take_time_and_room_that_grow_with_their_number() -> None:
    def work(count: int) -> tuple[float, int]:
        report = report_of_text("第一，抓；第二，" * count)
        marks = find_marks(report.text)
        outline = find_outline(report, marks)
        start = time.process_time()
        found = marked_lists(report, outline, marks)
        assert len(found) == count
        return time.process_time() - start, sum(len(item.quote) for _, items in found for item in items)

    (time_before, room_before), (time_after, room_after) = work(2000), work(10_000)
    assert time_after < 12 * time_before  # five times as many; with its square it would be 25 times
    assert room_after < 12 * room_before
