"""Follow-up: what became of plans and shortcomings, on the sample reports and on made-up tables."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pandas
import pytest

from analyzer.compare.followup import OUTCOMES, follow_up
from analyzer.dataframes import to_frame
from analyzer.pipeline import analyze
from analyzer.readers import find_reports

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = [json.loads(line) for line in (CORPUS / "gold" / "followup.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def sample() -> pandas.DataFrame:
    analyses = [analyze(path) for path in find_reports([CORPUS / "reports"])[0]]
    return follow_up(*(to_frame(analyses, kind) for kind in ("reports", "measures", "shortcomings", "clauses")))


def said(one: str, other: str) -> bool:
    return one in other or other in one


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["quote_2023"])
def test_sample_reports(gold: dict[str, Any], sample: pandas.DataFrame) -> None:
    """A quote of the gold may hold two plans, of which one may be too thin to tell."""
    rows = sample[(sample.kind == gold["kind"]) & sample.path.str.endswith(gold["file_2023"])]
    rows = rows[[said(quote, gold["quote_2023"]) for quote in rows.quote]]
    outcomes = set(rows.outcome)
    assert outcomes - ({"unclear"} if len(outcomes) > 1 else set()) == {gold["outcome"]}
    if gold["outcome"] == "dropped":
        assert rows.next_quote.isna().all()
    elif gold["kind"] == "plan" or gold["outcome"] == "repeated":
        assert any(said(quote, gold["quote_2024"]) for quote in rows.next_quote.dropna())


def test_quotes_stand_where_they_are_said_to(sample: pandas.DataFrame) -> None:
    texts = {str(path): analyze(str(path)).text for path in {*sample.path, *sample.next_path.dropna()}}
    for row in sample.itertuples():
        assert texts[row.path][row.start : row.end] == row.quote
        if row.next_path is not pandas.NA:
            assert texts[row.next_path][row.next_start : row.next_end] == row.next_quote


def test_numbers_of_one_unit_stand_side_by_side(sample: pandas.DataFrame) -> None:
    row = sample[sample.quote == "举办执法业务培训不少于4期"].iloc[0]
    assert (row.number, row.next_number) == ("不少于4期", "4期")
    assert "业务培训" in row.why
    row = sample[sample.quote == "启动石磬大桥危桥改造"].iloc[0]
    assert row.number is pandas.NA
    done = {"done": ["举办羊肚菌推介会3场，接待200人"]}
    row = follow_up(*tables({"plan": ["举办羊肚菌推介会2场，每场5家"]}, done)).iloc[0]
    assert (row.number, row.next_number) == ("2场", "3场")


# --- made-up tables: what was planned, done and lacking in years on end ----------------------------------------------

# what all reports are full of, so that the words of the cases are rare
FILL = [
    f"{act}{what}" for act, what in product(["检查", "宣传", "整治"], ["农田", "水渠", "道路", "林木", "垃圾", "校舍"])
]


def tables(*years: dict[str, Any], first: int = 2021, places: tuple[str, ...] = ("青禾镇",)) -> list[pandas.DataFrame]:
    """reports, measures, shortcomings of one place a year: each text is what is planned, done and lacking."""
    reports, measures, shortcomings = [], [], []
    for number, year in enumerate(years):
        path, text = f"{number}.txt", ""
        place = places[number % len(places)]
        for status, quotes in (("planned", year.get("plan", [])), ("done", [*year.get("done", []), *FILL])):
            for quote in quotes:
                span = (len(text), len(text) + len(quote))
                measures.append((path, quote, status, year.get("headings", ""), *span))
                text += quote + "。"
        for quote, plans in year.get("lack", {}).items():
            spans = [(text.index(plan), text.index(plan) + len(plan)) for plan in plans]
            shortcomings.append((path, quote, spans, "", len(text), len(text) + len(quote)))
            text += quote + "。"
        reports.append((path, first + number, place, year.get("kind", "工作总结"), text + year.get("said", "")))
    head = ["section_path", "start", "end"]
    return [
        pandas.DataFrame(reports, columns=["path", "year", "place", "kind", "text"]),
        pandas.DataFrame(measures, columns=["path", "quote", "status", *head]),
        pandas.DataFrame(shortcomings, columns=["path", "quote", "plan_spans", *head]),
    ]


def fate(*years: dict[str, Any], **fields: Any) -> tuple[str, str]:
    row = follow_up(*tables(*years, **fields)).iloc[0]
    return row.outcome, row.basis


PLAN = {"plan": ["新建羊肚菌烘干房3座"]}


def test_done_planned_again_and_not_found() -> None:
    assert fate(PLAN, {"done": ["建成羊肚菌烘干房2座"]}) == ("taken_up", "words")
    assert fate(PLAN, {"plan": ["新建羊肚菌烘干房3座"]}) == ("repeated", "words")
    assert fate(PLAN, {"done": ["建成农家书屋3座"]}) == ("dropped", "words")


def test_begun_and_planned_again_is_planned_again() -> None:
    begun = {"done": ["羊肚菌烘干房完成选址"]}
    assert fate(PLAN, begun)[0] == "taken_up"
    assert fate(PLAN, {**begun, "plan": ["建成羊肚菌烘干房"]})[0] == "repeated"


def test_not_found_is_not_said_lightly() -> None:
    assert fate({"plan": ["提高羊肚菌烘干水平"]}, {}) == ("unclear", "thin")  # nothing to count
    assert fate({"plan": ["加强各项工作3次"]}, {}) == ("unclear", "thin")  # words of every report
    assert fate(PLAN, {"said": "羊肚菌烘干房因资金未到位未能动工。"}) == ("unclear", "mentioned")
    assert fate({"plan": ["整治古桥石阶滑坡3处"]}, {"said": "古桥石阶破损。"}) == ("unclear", "mentioned")  # maybe
    assert fate({"plan": ["整治滑坡3处"]}, {"said": "滑坡加剧。"}) == ("unclear", "mentioned")
    assert fate({**PLAN, "headings": "今后五年的目标"}, {}) == ("unclear", "longer")
    assert fate({"plan": ["已新建羊肚菌烘干房3座"]}, {}) == ("unclear", "thin")  # a thing done


def test_nothing_is_said_of_a_report_of_which_nothing_was_read() -> None:
    reports, measures, shortcomings = tables({**PLAN, "lack": {LACK: []}}, {})
    rows = follow_up(reports, measures[measures.path == "0.txt"], shortcomings)
    assert rows.basis.tolist() == ["unread", "unread"]
    assert set(rows.outcome) == {"unclear"}


def test_another_report_of_the_place_may_mention_a_plan() -> None:
    frames = tables(PLAN, {}, {"said": "羊肚菌烘干房因资金未到位未能动工。", "kind": "法治政府"})
    frames[0].loc[2, "year"] = 2022
    assert follow_up(*frames).iloc[0].outcome == "unclear"


def test_the_same_number_tells_which_of_two_is_meant() -> None:
    done = {"done": ["羊肚菌烘干房超负荷", "建成羊肚菌烘干房，占地广阔，计2座"]}
    assert follow_up(*tables(PLAN, done)).iloc[0].next_quote == "建成羊肚菌烘干房，占地广阔，计2座"


def test_a_plan_within_a_long_list_is_not_the_same_plan() -> None:
    plan = "改良土壤、引种药材、维修校舍、购置农机、组织体检、修剪果树、清淤河塘、推介羊肚菌烘干房"
    assert fate(PLAN, {"plan": [plan]})[0] != "repeated"


def test_the_name_of_the_place_tells_nothing() -> None:
    row = follow_up(*tables({"plan": ["新建青禾羊肚菌烘干房3座"]}, {"done": ["建成青禾羊肚菌烘干房3座"]})).iloc[0]
    assert "羊肚" in row.why
    assert "青禾" not in row.why


def test_what_a_plan_shares_with_another_thing_done_is_not_enough() -> None:
    assert fate(PLAN, {"done": ["举办羊肚菌采摘节"]})[0] != "taken_up"
    assert fate({"plan": ["整治古桥石阶滑坡3处"]}, {"done": ["检查古桥石阶"]})[0] != "taken_up"  # not the landslides
    assert fate({"plan": ["整治农田"]}, {"done": ["整治农田"]}) == ("unclear", "thin")  # what everybody always does


def test_only_the_year_after_the_place_and_the_kind_are_compared() -> None:
    answer = {"done": ["建成羊肚菌烘干房3座"]}
    assert len(follow_up(*tables(PLAN, answer))) == 1
    assert follow_up(*tables(PLAN, answer, places=("青禾镇", "白石乡"))).empty
    assert follow_up(*tables(PLAN, {**answer, "kind": "法治政府"})).empty
    later = tables(PLAN, answer)
    later[0].loc[1, "year"] = 2023
    assert follow_up(*later).empty


def test_targets_and_results_stand_where_they_are_said_to() -> None:
    frames = tables({"said": "　　羊肚菌烘干房达到3座。"}, {"said": "羊肚菌烘干房达到4座，"})
    clauses = [
        (row.path, text, role, "", row.text.index(text), row.text.index(text) + len(text))
        for row, text, role in zip(
            frames[0].itertuples(),
            ("　　羊肚菌烘干房达到3座。", "羊肚菌烘干房达到4座，"),
            ("target", "result"),
            strict=True,
        )
    ]
    columns = ["path", "quote", "role", "section_path", "start", "end"]
    row = follow_up(*frames, pandas.DataFrame(clauses, columns=columns)).iloc[0]
    assert (row.quote, row.next_quote, row.outcome) == ("羊肚菌烘干房达到3座", "羊肚菌烘干房达到4座", "taken_up")
    assert frames[0].text[0][row.start : row.end] == row.quote
    assert follow_up(*frames).empty


LACK = "羊肚菌销路不宽。客商少"


def test_shortcomings() -> None:
    lack = {"lack": {LACK: ["举办羊肚菌推介会2场"]}, "plan": ["举办羊肚菌推介会2场"]}
    rows = follow_up(*tables(lack, {"done": ["举办羊肚菌推介会2场"]}))
    row = rows[rows.kind == "shortcoming"].iloc[0]
    assert (row.outcome, row.basis, row.next_quote, row.why) == (
        "taken_up", "plan", "举办羊肚菌推介会2场", "举办羊肚菌推介会2场",
    )  # fmt: skip
    rows = follow_up(*tables({"lack": {LACK: []}}, {"done": ["引进羊肚菌客商3家"]}))
    assert (rows.outcome[0], rows.basis[0]) == ("taken_up", "words")
    rows = follow_up(*tables({"lack": {LACK: []}}, {"lack": {"羊肚菌销路仍然不宽。价格偏低": []}}))
    assert (rows.outcome[0], rows.next_quote[0]) == ("repeated", "羊肚菌销路仍然不宽。价格偏低")


MANY = "油坊设备陈旧，羊肚菌销路不宽，巡河频次偏低，校舍老化，村医不足，路灯稀少"
OTHERS = "冷链运力不够，茶园机耕道狭窄，羊肚菌销路依然不宽，库区渡船超龄，电商主播流失"


def test_a_point_of_many_is_stated_again() -> None:
    row = follow_up(*tables({"lack": {MANY: []}}, {"lack": {OTHERS: []}})).iloc[0]
    assert (row.outcome, row.next_quote, row.score) == ("repeated", OTHERS, pytest.approx(1))
    assert fate({"lack": {MANY: []}}, {"lack": {OTHERS.replace("羊肚菌销路", "辣椒品相"): []}})[0] != "repeated"
    topic = [each.replace("羊肚菌销路", law) for each, law in ((MANY, "普法"), (OTHERS, "法治宣传"))]  # no word alike
    assert fate({"lack": {topic[0]: []}}, {"lack": {topic[1]: []}})[0] != "repeated"
    well = MANY.replace("羊肚菌销路不宽，", "羊肚菌销路变宽，但")  # what went well is no point
    assert fate({"lack": {well: []}}, {"lack": {OTHERS: []}})[0] != "repeated"


def test_no_longer_mentioned() -> None:
    lack = {"lack": {"普法宣传形式单一，集市宣讲稀少，外出青年难以参加": []}}
    assert fate(lack, {"lack": {"羊肚菌销路不宽": []}}) == ("dropped", "words")
    assert fate(lack, {"lack": {"法治宣传覆盖面窄": []}}) == ("unclear", "mentioned")  # the same topic
    assert fate(lack, {"said": "集市宣讲稀少、外出青年难以参加的局面有所改变。"}) == ("unclear", "mentioned")
    assert fate({"lack": {"普法宣传形式单一": []}}, {}) == ("unclear", "thin")
    assert fate({"lack": {"油茶品相参差，油坊设备陈旧，客商稀少": []}}, {}) == ("unclear", "thin")  # of no known topic


def test_years_on_end() -> None:
    rows = follow_up(*tables(*({"lack": {LACK: []}} for _ in range(3)), {}))
    assert rows.years.tolist() == [2, 3, 3]
    assert rows.outcome.tolist()[:2] == ["repeated", "repeated"]
    assert rows.outcome[2] != "repeated"


def test_order_of_the_tables_does_not_matter() -> None:
    frames = tables(*({**PLAN, "done": ["建成羊肚菌烘干房2座"], "lack": {LACK: []}} for _ in range(3)))
    turned = [frame.iloc[::-1].reset_index(drop=True) for frame in frames]
    columns = ["path", "start"]
    pandas.testing.assert_frame_equal(
        follow_up(*frames).sort_values(columns, ignore_index=True),
        follow_up(*turned).sort_values(columns, ignore_index=True),
    )


def test_no_reports_no_pairs_no_place() -> None:
    empty = [frame.iloc[:0] for frame in tables(PLAN)]
    for frames in (empty, tables(PLAN), tables(PLAN, PLAN, places=(None,))):  # type: ignore[arg-type]
        rows = follow_up(*frames)
        assert rows.empty
        assert rows.dtypes.equals(follow_up(*tables(PLAN, PLAN)).dtypes)


def test_every_outcome_has_a_word_for_users(sample: pandas.DataFrame) -> None:
    assert set(sample.outcome) <= set(OUTCOMES)
    assert OUTCOMES["dropped"] == "未见"
