"""Measures: who does what to what, with which counts; shortcomings with causes and answers."""

from __future__ import annotations

import pytest

from analyzer.extract.measures import find_measures
from analyzer.extract.shortcomings import find_shortcomings
from analyzer.markers import find_marks
from analyzer.pipeline import analyze
from analyzer.records import Analysis, Clause, Measure
from tests.test_roles import REPORT


def measures(text: str, role: str = "measure") -> list[Measure]:
    """The measures of `text`, each of its clauses having `role`."""
    analysis = analyze(text)
    clauses = [Clause(clause.start, clause.end, role) for clause in analysis.clauses]
    marks = find_marks(text)
    return list(find_measures(text, clauses, analysis.words, analysis.outline, marks, analysis.quantities))


@pytest.mark.parametrize(
    ("clause", "action", "aim", "actor"),
    [
        ("举办法治专题讲座4次，", "举办", "法治专题讲座", None),
        ("深入开展扫黑除恶宣传活动。", "开展", "扫黑除恶宣传活动", None),
        ("一是全面落实学法制度；", "落实", "学法制度", None),
        ("镇综治中心调解矛盾纠纷39件，", "调解", "矛盾纠纷", "镇综治中心"),
        ("由司法所进行合法性审查，", "进行", "合法性审查", "司法所"),
        ("把普法工作列入议事日程，", "列入", "普法工作", None),
        ("在5个行政村新建法治宣传栏，", "新建", "法治宣传栏", None),
        ("通过政府购买服务聘请法律顾问2名。", "聘请", "法律顾问", None),
        ("古塔公园改造项目全面启动，", "启动", "古塔公园改造项目", None),
        ("海绵城市建设、清洁取暖试点任务圆满完成，", "完成", "海绵城市建设、清洁取暖试点任务", None),
        ("组织了村干部培训3期，", "组织", "村干部培训", None),
        ("举办2期培训班，", "举办", "培训班", None),
        ("认真及时处理群众来信来访，", "处理", "群众来信来访", None),
        ("严格落实“一岗双责”，", "落实", "“一岗双责”", None),
    ],
)
def test_parts_of_a_clause(clause: str, action: str, aim: str, actor: str | None) -> None:
    [measure] = measures(clause)
    assert measure.action
    assert measure.object
    assert (measure.action.quote, measure.object.quote) == (action, aim)
    assert (measure.actor and measure.actor.quote) == actor


def test_a_count_without_a_verb_takes_the_verb_before() -> None:
    first, second = measures("开展禁毒宣传4次，安全生产专项整治行动24次。")
    assert first.action == second.action
    assert second.quote == "安全生产专项整治行动24次"
    assert len(second.quantities) == 1


def test_a_list_broken_by_commas_is_one_measure() -> None:
    [measure] = measures("整合派出所、司法所，综治中心等单位力量。")
    assert measure.quote.endswith("等单位力量")
    assert measure.object
    assert measure.object.quote == "派出所、司法所，综治中心等单位力量"


def test_the_actor_holds_for_its_sentence() -> None:
    first, second, third = measures("县司法局制定工作方案，举办培训3期。组织考试1次。")
    assert first.actor == second.actor
    assert first.actor
    assert first.actor.quote == "县司法局"
    assert third.actor is None


def test_status() -> None:
    assert [measure.status for measure in measures("举办讲座4次。", "plan")] == ["planned"]
    assert measures("举办讲座4次。", "background") == []


def test_counts_and_sections_of_a_report() -> None:
    analysis = analyze(REPORT)
    counts = {measure.quote: counted(analysis, measure) for measure in analysis.measures}
    assert counts["举办法治讲座8场"] == ["8场"]
    assert counts["发放宣传资料5200份"] == ["5200份"]
    headings = {measure.quote: measure.section for measure in analysis.measures}
    assert analysis.outline.sections[headings["举办法治讲座8场"] or 0].title == "强化普法宣传"


def test_measures_belong_to_their_numbered_item_or_heading() -> None:
    found = measures(
        "清水铺镇2023年工作总结\n一、主要做法\n召开专题会议6次。一是抓学习。举办法治讲座8场，发放资料5200份。二是抓调解。"
        "调解矛盾纠纷93件。\n二、下步打算\n聘请法律顾问1名。\n"
    )
    points = {measure.quote: measure.point and measure.point.quote for measure in found}
    assert points["召开专题会议6次"] == "一、主要做法"
    assert points["发放资料5200份"] == "一是抓学习"
    assert points["调解矛盾纠纷93件"] == "二是抓调解"
    assert points["聘请法律顾问1名"] == "二、下步打算"


def counted(analysis: Analysis, measure: Measure) -> list[str]:
    return [analysis.quantities[index].quote for index in measure.quantities]


def test_shortcomings_with_causes_and_answers() -> None:
    first, second = analyze(REPORT).shortcomings
    assert first.quote == "一是执法力量薄弱，主要原因是编制紧缺、人员流动频繁"
    assert [cause.quote for cause in first.causes] == ["主要原因是编制紧缺、人员流动频繁"]
    assert first.plans[0].quote == "新增持证执法人员3名"
    assert second.causes == ()


def items(text: str) -> list[str]:
    """The shortcomings of a text whose clauses are all shortcomings but for those that end with a colon."""
    analysis = analyze(text)
    clauses = [
        Clause(clause.start, clause.end, "other" if text[clause.end - 1] == "：" else "shortcoming")
        for clause in analysis.clauses
    ]
    return [each.quote for each in find_shortcomings(text, clauses, find_marks(text), analysis.words, [])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一是总量不大，质量不高。后劲不足。二是人才缺乏。", ["一是总量不大，质量不高。后劲不足", "二是人才缺乏"]),
        ("总量不大，质量不高；人才缺乏；作风不实。", ["总量不大，质量不高", "人才缺乏", "作风不实"]),
        ("总量不大。人才缺乏。", ["总量不大", "人才缺乏"]),
        ("但还有一定差距，主要表现在：一是总量不大。二是人才缺乏。", ["一是总量不大", "二是人才缺乏"]),
        ("工作中还存在一些困难和问题。总量不大；人才缺乏。", ["总量不大", "人才缺乏"]),
    ],
)
def test_how_shortcomings_are_counted(text: str, wanted: list[str]) -> None:
    assert items(text) == wanted


def test_no_plan_is_named_where_none_answers() -> None:
    text = REPORT.replace("一是执法力量薄弱", "一是停车位不足")
    assert not any(plan.quote.endswith("培训4期") for plan in analyze(text).shortcomings[0].plans)
