"""Which part of a report a clause stands in."""

from __future__ import annotations

import pytest

from analyzer.extract.zones import Zone, find_zones, zone_of_heading
from analyzer.gold import read_gold
from analyzer.pipeline import analyze
from tests.test_segment import CORPUS

REVIEW, SHORTCOMING, PLAN = Zone.REVIEW, Zone.SHORTCOMING, Zone.PLAN


@pytest.mark.parametrize(
    ("title", "zone"),
    [
        ("2023年工作回顾", REVIEW),
        ("主要举措及成效", REVIEW),
        ("存在的不足和原因", SHORTCOMING),
        ("面临的困难与挑战", SHORTCOMING),
        ("下一步工作打算", PLAN),
        ("2024年工作安排", PLAN),
        ("补齐基础设施短板", None),
        ("解决民生突出问题", None),
        ("强化组织领导", None),
        ("狠抓工作任务落实", None),
    ],
)
def test_headings(title: str, zone: Zone | None) -> None:
    assert zone_of_heading(title) is zone


def test_a_year_decides_what_a_heading_of_work_is() -> None:
    assert zone_of_heading("2023年重点工作", coming=2024) is REVIEW
    assert zone_of_heading("2024年重点工作", coming=2024) is PLAN


def zones(text: str) -> dict[str, Zone]:
    analysis = analyze(text)
    found = find_zones(text, analysis.outline, analysis.clauses)
    return {text[each.start : each.end].strip(): zone for each, zone in zip(analysis.clauses, found, strict=True)}


def test_sentences_open_the_parts_of_running_text() -> None:
    found = zones(
        "各位代表！\n一年来，新建学校2所。\n我们也清醒地看到，工作中还存在不少问题：一是产业层次不高；二是人才不足。"
        "对此，我们将采取有力措施加以解决。\n大力发展加工业，引进人才30名。\n"
    )
    assert found["新建学校2所。"] is REVIEW
    assert found["一是产业层次不高；"] is SHORTCOMING
    assert found["二是人才不足。"] is SHORTCOMING
    assert found["引进人才30名。"] is PLAN


def test_an_answer_inside_a_list_does_not_end_the_list() -> None:
    found = zones(
        "清水镇2023年工作总结\n一、工作情况\n新建学校2所。\n二、存在的问题\n一是人才不足。对此，我们将引进人才30名。\n"
        "二是产业层次不高。\n三、下步打算\n发展加工业。\n"
    )
    assert found["我们将引进人才30名。"] is PLAN
    assert found["二是产业层次不高。"] is SHORTCOMING
    assert found["发展加工业。"] is PLAN


def test_what_was_done_about_troubles_opens_nothing() -> None:
    found = zones("清水镇2023年工作总结\n面对资金不足等困难，新建学校2所，解决了上学难问题。\n修路3公里。\n")
    assert set(found.values()) == {REVIEW}


def test_an_excerpt_may_begin_inside_a_plan() -> None:
    lines = [
        "加快推进产业园建设，力争年内投产。",
        "继续实施路网工程，确保早日通车。",
        "今年将新建学校2所，力争秋季开学。",
    ] * 12
    assert set(zones("\n".join(lines) + "\n").values()) == {PLAN}


def test_the_labelled_texts_agree() -> None:
    """Measures and results stand in the review, plans in the plan, shortcomings in theirs: in 97 of 100."""
    where = {"measure": REVIEW, "result": REVIEW, "plan": PLAN, "target": PLAN, "shortcoming": SHORTCOMING}
    right = total = 0
    for gold in list(read_gold(CORPUS / "gold"))[::6]:
        outline = analyze(gold.report).outline
        assert gold.clauses
        for clause, zone in zip(gold.clauses, find_zones(gold.report.text, outline, gold.clauses), strict=True):
            if clause.role in where and clause.role != "result":
                total += 1
                right += zone is where[clause.role]
    assert total > 1500
    assert right / total > 0.97
