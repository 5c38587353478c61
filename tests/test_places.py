"""Which names of places are read, and what a report itself says of its own place."""

from __future__ import annotations

from time import perf_counter

import pytest

from analyzer.extract.places import find_places, places_above, same_place, spoken_of
from analyzer.pipeline import analyze, audit
from analyzer.rules import choose


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("石滩镇坚持绿色发展。", ["石滩镇"]),
        ("宁泽市岚川县枫溪苗族乡积极探索。", ["枫溪苗族乡"]),
        ("2023年岚川县枫溪乡全面完成任务。", ["枫溪乡"]),
        ("在岚川县委、县政府的坚强领导下，全乡平稳。", ["岚川县"]),
        ("中共枫溪乡委员会\n2023年12月9日", ["枫溪乡"]),
        ("（枫溪乡人民政府）", ["枫溪乡"]),
        ("整合乡综治中心力量，落实镇党委要求。", []),
        ("组织街道认真开展自查，各乡镇积极响应，全镇坚持。", []),
        ("在市委市政府和区委的坚强领导下，按照县委统一领导，坚持在县委领导下工作。", []),
        ("特色小镇持续提升，集镇全面改造，库区深入推进。", []),
    ],
)
def test_names_of_places_that_act_lead_or_sign(text: str, names: list[str]) -> None:
    found = find_places(text)
    assert [place.quote for place in found] == names
    assert all(text[place.start : place.end] == place.quote for place in found)


def test_places_above_are_what_the_report_writes_before_its_own_name() -> None:
    assert places_above("宁泽市岚川县枫溪乡召开会议，枫溪乡部署。", "枫溪乡") == {"county": "岚川县", "city": "宁泽市"}
    assert places_above("岚川县枫溪乡与柳坪县枫溪乡。柳坪县枫溪乡。", "枫溪乡") == {}
    assert places_above("宁泽市枫溪乡", "枫溪乡") == {}  # 宁泽市 may be a county-level city


@pytest.mark.parametrize(
    ("text", "on_purpose"),
    [
        ("邀请石滩镇参加座谈。", True),
        ("邻近的石滩镇也在推进。", True),
        ("推广“石滩镇做法”。", True),
        ("石滩镇、松岭乡分别完成。", True),
        ("石滩镇坚持开门办公。对口帮扶另有安排。", False),
    ],
)
def test_places_spoken_of_on_purpose(text: str, on_purpose: bool) -> None:
    assert spoken_of(text, "石滩镇") is on_purpose


def test_one_place_under_a_short_or_a_new_name() -> None:
    assert same_place("枫溪乡", "枫溪苗族乡")
    assert same_place("岚川县", "岚川区")
    assert not same_place("枫溪乡", "石滩乡")


@pytest.mark.parametrize(
    "body",
    [
        "石滩镇坚持" * 20_000,
        "县" * 100_000 + "委领导",
        "“我镇" * 30_000,
        "矛盾纠纷调处化解中心" * 10_000,
        "".join(f"《关于印发方案{number}甲的通知》" for number in range(5_000)),
        "".join(f"坚持把群众的呼声作为第一信号{chr(0x4E00 + number)}。" for number in range(5_000)) * 2,
    ],
    ids=lambda body: body[:6],
)
def test_rules_of_names_and_repetition_cost_linear_time(body: str) -> None:
    analysis = analyze(f"枫溪乡2023年工作总结\n\n枫溪乡召开会议。\n{body}")
    started = perf_counter()
    audit(analysis, choose(["NAM", "TXT002"]))
    spoken_of(body, "石滩镇")
    assert perf_counter() - started < 3
