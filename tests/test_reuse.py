"""Passages that reports share: found whole, with what was exchanged in them, and nothing that all may say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.compare.compared import Text
from analyzer.compare.fingerprints import SIGNS, WINDOW, fingerprinted
from analyzer.compare.reuse import Passage, covered, shared_passages
from analyzer.compare.segments import side_by_side
from analyzer.compare.wording import wording
from analyzer.pipeline import audit, audit_across
from analyzer.readers import report_of_text
from analyzer.records import Audit, Outcome, Severity
from analyzer.rules import all_rules

OWN = "本乡今年新修了三座晒坝和两条入户路，村民晒谷不再占用公路。"
BODY = (
    "柳湾镇在老渡口设立法律服务船，沿河七个村每逢农历初三靠岸，由司法所、法庭和工会轮流派员上船值班。"
    "全年接待群众412人次，代写文书36份，按照《柳湾镇便民服务清单》全部免费办理。"
    "对行动不便的老人由船工上门接送，办完再送回家中，渔民称它是漂在水上的明白人。"
)
COPY = BODY.replace("柳湾镇", "榆坡乡").replace("412", "87").replace("36", "9").replace("便民服务清单", "便民事项清单")
LONGER = (
    "沿河七个村每逢农历初三迎来法律服务船，由司法所、法庭和工会轮流派员上船值班，办事群众络绎不绝，当天能办的当天办完。"
    "对行动不便的老人由船工上门接送，办完再送回家中，渔民称它是漂在水上的明白人。"
    "船上备有投影和音箱，晚间放映防溺水、防诈骗短片，孩子们围在船头看，家长顺便问一问土地和婚姻上的事。"
    "船员都经过培训，能说当地土话，遇到争执先劝开再讲理。"
)


def report(body: str, place: str, year: int | None, kind: str = "法治政府") -> Text:
    return Text(f"{place}法治政府建设年度报告\n{body}\n", place, year, kind)


def pairs(texts: list[Text]) -> list[tuple[int, int]]:
    return [(passage.a, passage.b) for passage in shared_passages(texts)]


def only(texts: list[Text]) -> Passage:
    (passage,) = shared_passages(texts)
    return passage


# --- what is compared ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年办结126件，成功率98.4%。", "全年办结1,310件，成功率100%。"),
        ("按照《渡口管理办法》检查船只。", "按照《渔船检验规定》检查船只。"),
        ("柳湾镇开展巡查。", "榆坡乡开展巡查。"),
        ("我镇推行网格管理。", "我乡推行网格管理。"),
        ("“一船一策”，逐船整改。", "一船一策 逐船整改。"),
        ("坚持习近平新时代中国特色社会主义思想，抓好落实。", "坚持推动高质量发展，抓好落实。"),
        ("落实渡工责任。\n二、主要举措\n开展巡查。", "落实渡工责任。\n三、工作打算\n开展巡查。"),
        ("落实渡工责任。\n二、主要举措\n（一）巡查\n开展巡查。", "落实渡工责任。\n三、打算\n开展巡查。"),
        ("开展巡查。\n※名词解释※\n渡工指撑船的人。\n船检员查船。", "开展巡查。\n附：名词、术语注释\n渔政员管船。"),
        ("开展巡查。\n[3]“一船一策”：按船定办法。\n检修渡船。", "开展巡查。\n渡工：是指撑船的人。\n检修渡船。"),
        ("落实渡工责任。在此表示衷心感谢！开展巡查。", "落实渡工责任。向各位代表致以崇高敬意！开展巡查。"),
    ],
)
def test_numbers_names_titles_and_set_phrases_agree(one: str, other: str) -> None:
    assert wording(one, "柳湾镇").signs.tolist() == wording(other, "榆坡乡").signs.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳湾镇开展巡查。", "柳湾镇开展巡检。"),
        ("开展巡查。\n在县司法局的指导下，检修渡船。", "开展巡查。\n在县水利局的指导下，检修渡船。"),
        ("开展巡查。\n注释法律二十条，讲给群众听。", "开展巡查。\n解释法律二十条，讲给群众听。"),
    ],
)
def test_other_words_do_not_agree(one: str, other: str) -> None:
    assert wording(one, "柳湾镇").signs.tolist() != wording(other, "柳湾镇").signs.tolist()


def test_signs_stand_where_they_say() -> None:
    text = "2024年，柳湾镇按照《渡口管理办法》检查船只1,200艘。"
    read = wording(text, "柳湾镇")
    words = [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)]
    assert words == ["2024", "年", "柳湾镇", "按", "照", "《渡口管理办法》", *"检查船只", "1,200", "艘"]
    begins = [word for word, begin in zip(words, read.begins[:-1], strict=True) if begin]
    assert begins == ["2024", "柳湾镇"]


@pytest.mark.parametrize("text", ["", "\n", "。", "12.5", "\ud800。", "《", "𠀀𠀀。"])
def test_odd_texts_are_read(text: str) -> None:
    assert len(wording(text, "柳湾镇").signs) <= 1
    assert shared_passages([Text(text, "柳湾镇", 2023), Text(text, "榆坡乡", 2024)]) == []


# --- fingerprints ----------------------------------------------------------------------------------------------------


def test_texts_that_agree_in_19_signs_share_a_fingerprint() -> None:
    random = np.random.default_rng(3)
    length = SIGNS + WINDOW - 1
    for _ in range(200):
        one, other = random.integers(0x4E00, 0x9FFF, (2, 300)).astype(np.uint16)
        at, there = random.integers(0, 300 - length, 2)
        other[there : there + length] = one[at : at + length]
        prints, others = fingerprinted(one), fingerprinted(other)
        assert set(prints.hashes.tolist()) & set(others.hashes.tolist())
        assert np.diff(prints.at).max() <= WINDOW
        assert len(prints.at) < 300 / 3
        assert len(others.at) == len(others.hashes)


# --- passages --------------------------------------------------------------------------------------------------------


def test_a_copy_with_other_numbers_and_names_is_found_whole() -> None:
    texts = [report(f"{OWN}{COPY}", "榆坡乡", 2024), report(f"{BODY}村里人爱看船。", "柳湾镇", 2023)]
    passage = only(texts)
    assert (passage.a, passage.b) == (1, 0), "the earlier one first"
    assert (passage.in_a.quote, passage.in_b.quote) == (BODY, COPY)
    counting = re.sub("《.+?》|柳湾镇|[^\u4e00-\u9fff]", "", BODY)
    assert passage.characters == len(counting)
    changed = [
        (each.kind, texts[1].text[each.in_a.start : each.in_a.end], texts[0].text[each.in_b.start : each.in_b.end])
        for each in passage.exchanged
    ]
    assert changed == [
        ("name", "柳湾镇", "榆坡乡"),
        ("number", "412", "87"),
        ("number", "36", "9"),
        ("title", "《柳湾镇便民服务清单》", "《榆坡乡便民事项清单》"),
    ]


def test_the_kind_of_place_is_a_name() -> None:
    texts = [report(BODY + "此举受到我镇好评。", "柳湾镇", 2023), report(COPY + "此举受到我乡好评。", "榆坡乡", 2024)]
    last = only(texts).exchanged[-1]
    assert (last.kind, texts[1].text[last.in_b.start : last.in_b.end]) == ("name", "乡")


def test_a_passage_that_stands_twice_is_found_once() -> None:
    assert pairs([report(BODY + OWN * 2 + BODY, "柳湾镇", 2023), report(COPY, "榆坡乡", 2024)]) == [(0, 1)]


def test_other_words_inside_a_copy_are_pointed_out() -> None:
    texts = [report(BODY, "柳湾镇", 2023), report(BODY.replace("对行动不便", "对腿脚不灵便"), "榆坡乡", 2024)]
    (piece,) = (each for each in only(texts).segments if each.kind == "words")
    assert texts[0].text[piece.in_a.start : piece.in_a.end] == "行动不"
    assert texts[1].text[piece.in_b.start : piece.in_b.end] == "腿脚不灵"


def test_what_agrees_between_two_differences_is_not_pointed_out() -> None:
    texts = [
        report(BODY, "柳湾镇", 2023),
        report(BODY.replace("行动不便的老人由船工", "腿脚不好的老人由邻居"), "榆坡乡", 2024),
    ]
    pieces = [each for each in only(texts).segments if each.kind == "words"]
    assert [texts[1].text[each.in_b.start : each.in_b.end] for each in pieces] == ["腿脚不好", "邻居"]


def test_much_of_ones_own_parts_two_passages() -> None:
    half = BODY.index("对行动")
    texts = [report(BODY, "柳湾镇", 2023), report(BODY[:half] + OWN * 2 + BODY[half:], "榆坡乡", 2024)]
    assert len(shared_passages(texts, 30)) == 2
    texts[1] = report(BODY[:half] + OWN[:20] + "。" + BODY[half:], "榆坡乡", 2024)
    assert len(shared_passages(texts, 30)) == 1


def test_passages_hold_together_however_clauses_repeat() -> None:
    random, clauses = Random(8), re.findall("[^，。]+[，。]", BODY)[:6]
    count = 0
    for _ in range(60):
        one, other = ("".join(random.choices(clauses, k=20)) + "。" for _ in range(2))
        texts = [report(one, "柳湾镇", 2023), report(other, "榆坡乡", 2024)]
        for passage in shared_passages(texts, 20):
            count += 1
            for text, quote, sides in (
                (texts[0].text, passage.in_a, [each.in_a for each in passage.segments]),
                (texts[1].text, passage.in_b, [each.in_b for each in passage.segments]),
            ):
                assert "".join(text[side.start : side.end] for side in sides) == quote.quote
            for each in passage.segments:
                same = texts[0].text[each.in_a.start : each.in_a.end], texts[1].text[each.in_b.start : each.in_b.end]
                assert each.kind != "same" or re.sub(r"\W", "", same[0]) == re.sub(r"\W", "", same[1])
    assert count > 60


def test_too_little_is_no_passage() -> None:
    short = BODY[: BODY.index("全年")]
    texts = [report(short, "柳湾镇", 2023), report(short, "榆坡乡", 2024)]
    assert shared_passages(texts) == []
    assert len(shared_passages(texts, 40)) == 1


@pytest.mark.parametrize(("places", "found"), [("柳榆梨", 3), ("柳榆梨杏", 0)])
def test_what_many_places_say_is_nobodys(places: str, found: int) -> None:
    texts = [report(BODY, f"{place}坡乡", 2024) for place in places]
    assert len(shared_passages(texts)) == found


def test_what_many_places_say_does_not_count_in_a_longer_passage() -> None:
    sentence, shared = BODY[: BODY.index("全年")], OWN * 2
    texts = [report(shared + sentence, "柳湾镇", 2023), report(shared + sentence, "榆坡乡", 2024)]
    assert len(shared_passages(texts)) == 1
    assert shared_passages([*texts, *(report(shared, f"{place}坪乡", 2024) for place in "杏梨")]) == []


@pytest.mark.parametrize(
    ("texts", "compared"),
    [
        ([report(BODY, "榆坡乡", 2023), report(BODY, "榆坡乡", 2024)], [(0, 1)]),
        ([report(BODY, "榆坡乡", 2024), report(BODY, "榆坡镇", 2022)], [(1, 0)]),  # it has become a town since
        ([report(BODY, "榆坡乡", year) for year in (2024, 2023, 2022)], [(1, 0), (2, 1)]),
        ([report(BODY, "榆坡乡", 2024), report(BODY, "榆坡乡", 2024)], []),
        ([report(BODY, "榆坡乡", 2023), report(BODY, "榆坡乡", None)], []),
        ([report(BODY, "榆坡乡", 2023, "工作总结"), report(BODY, "榆坡乡", 2024)], []),
        ([report(BODY, "", 2023), report(BODY, "榆坡乡", 2024)], []),
        ([report(BODY, "榆坡苗族乡", 2023), report(BODY, "榆坡乡", 2024)], []),  # perhaps the same
        ([report(BODY, "柳湾镇", 2024), report(BODY, "榆坡乡", None)], [(0, 1)]),
    ],
)
def test_who_is_compared_with_whom(texts: list[Text], compared: list[tuple[int, int]]) -> None:
    assert sorted(pairs(texts)) == sorted(compared)


def test_very_many_reports_with_the_same_words_are_left_alone() -> None:
    texts = [report(BODY, "柳湾镇", 1900 + number) for number in range(70)]
    assert shared_passages(texts) == []


def test_headings_in_a_copy_do_not_break_it() -> None:
    first, second = BODY[: BODY.index("对行动")], BODY[BODY.index("对行动") :]
    texts = [
        report(f"{first}\n（二）上门接送\n{second}", "柳湾镇", 2023),
        report(f"{first}\n（三）温暖服务\n{second}", "榆坡乡", 2024),
    ]
    assert [each.kind for each in only(texts).segments] == ["same", "words", "same"]


# --- side by side ----------------------------------------------------------------------------------------------------


def test_all_of_both_texts_is_shown_side_by_side() -> None:
    texts = [report(f"{BODY}{OWN}", "柳湾镇", 2023), report(f"{OWN[:20]}。{COPY}年底收船。", "榆坡乡", 2024)]
    found = side_by_side(texts[0].text, texts[1].text, shared_passages(texts))
    for text, sides in zip(texts, ([each.in_a for each in found], [each.in_b for each in found]), strict=True):
        assert "".join(text.text[side.start : side.end] for side in sides) == text.text
    assert [each.kind for each in found if each.kind not in ("same", "only")] == ["name", "number", "number", "title"]
    assert [each.kind for each in found[:2]] == ["only", "only"]
    nothing = side_by_side("柳湾", "榆坡镇", [])
    assert [(each.in_a.end - each.in_a.start, each.in_b.end - each.in_b.start) for each in nothing] == [(2, 0), (0, 3)]


def test_passages_in_another_order_are_not_both_shown() -> None:
    half = BODY.index("对行动")
    texts = [
        report(f"{BODY}{OWN * 3}{COPY[: COPY.index('全年')]}", "柳湾镇", 2023),
        report(f"{OWN * 3}{BODY[:half]}其他事项照旧。", "榆坡乡", 2024),
    ]
    passages = shared_passages(texts, 25)
    assert len(passages) > 1
    found = side_by_side(texts[0].text, texts[1].text, passages)
    assert "".join(texts[1].text[each.in_b.start : each.in_b.end] for each in found) == texts[1].text
    starts = [each.in_a.start for each in found]
    assert starts == sorted(starts)


# --- DUP001 ----------------------------------------------------------------------------------------------------------

DUP001 = [all_rules()["DUP001"]]


def audited(body: str, place: str, year: int) -> Audit:
    text = f"{place}{year}年法治政府建设年度报告\n一、主要举措\n{body}\n"
    return audit(replace(report_of_text(text), path=f"{place}_{year}.txt"), DUP001)


def test_the_later_report_is_told_of_the_earlier_one() -> None:
    later, earlier = audit_across([audited(COPY, "榆坡乡", 2024), audited(BODY, "柳湾镇", 2023)], DUP001)
    assert not earlier.findings
    assert earlier.checks["DUP001"][Outcome.CONSISTENT] == 1
    (finding,) = later.findings
    assert finding.severity is Severity.INFO
    assert "与柳湾镇2023年报告第3行的一段相同" in finding.zh
    assert "柳湾镇→榆坡乡、412人→87人、36份→9份等4处" in finding.zh
    assert "line 3 of the report of 柳湾镇 on 2023" in finding.en
    (source,) = finding.related
    assert (source.path, source.quote) == ("柳湾镇_2023.txt", BODY)
    assert [each["now"] for each in finding.computed["exchanged"]] == [
        "榆坡乡",
        "87人",
        "9份",
        "《榆坡乡便民事项清单》",
    ]
    assert [later.analysis.text[each["start"] : each["end"]] for each in finding.computed["exchanged"]][1] == "87"
    assert json.dumps(finding.computed)


def test_a_name_left_in_tells_where_to_look() -> None:
    named = COPY.replace("榆坡乡在老渡口", "柳湾镇在老渡口")
    one, other = audit_across([audited(named, "榆坡乡", 2023), audited(BODY, "柳湾镇", 2024)], DUP001)
    assert not other.findings
    (finding,) = one.findings
    assert finding.severity is Severity.WARNING
    assert "文中留有“柳湾镇”" in finding.zh


def test_a_neighbour_spoken_of_is_no_name_left_in() -> None:
    bodies = [
        each.replace("全部免费", f"与相邻的{neighbour}商定免费")
        for each, neighbour in ((BODY, "榆坡乡"), (COPY, "柳湾镇"))
    ]
    _, later = audit_across([audited(bodies[0], "柳湾镇", 2023), audited(bodies[1], "榆坡乡", 2024)], DUP001)
    (finding,) = later.findings
    assert "与相邻的柳湾镇商定" in finding.quote
    assert finding.severity is Severity.INFO


def test_a_name_left_in_weighs_more_than_length() -> None:
    short = BODY[: BODY.index("对行动")].replace("《柳湾镇", "《")
    assert 60 <= only([report(short, "柳湾镇", 2023), report(short, "榆坡乡", 2024)]).characters < 80
    earlier = audited(short, "柳湾镇", 2023)
    other = short.replace("柳湾镇在", "榆坡乡在")
    found = [audit_across([earlier, audited(each, "榆坡乡", 2024)], DUP001)[1].findings for each in (short, other)]
    assert [len(each) for each in found] == [1, 0]


def test_a_very_long_passage_is_a_warning() -> None:
    _, later = audit_across([audited(LONGER, "柳湾镇", 2023), audited(LONGER, "榆坡乡", 2024)], DUP001)
    (finding,) = later.findings
    assert "文中留有" not in finding.zh
    assert finding.severity is Severity.WARNING


def test_both_are_told_where_nothing_tells_which_is_later() -> None:
    audits = audit_across([audited(COPY, "榆坡乡", 2024), audited(BODY, "柳湾镇", 2024)], DUP001)
    assert [[related.path for related in each.findings[0].related] for each in audits] == [
        ["柳湾镇_2024.txt"],
        ["榆坡乡_2024.txt"],
    ]


def test_a_passage_of_several_reports_is_one_finding() -> None:
    texts = [audited(BODY, "柳湾镇", 2022), audited(f"{OWN}{BODY}", "柳湾镇", 2023), audited(COPY, "榆坡乡", 2024)]
    (finding,) = audit_across(texts, DUP001)[2].findings
    assert "柳湾镇2023年报告" in finding.zh


def test_ones_own_text_is_named_where_it_is_long_and_not_brought_up_to_date() -> None:
    assert not audit_across([audited(BODY, "柳湾镇", 2023), audited(BODY, "柳湾镇", 2024)], DUP001)[1].findings
    (finding,) = audit_across([audited(LONGER, "柳湾镇", 2023), audited(LONGER, "柳湾镇", 2024)], DUP001)[1].findings
    assert finding.severity is Severity.INFO
    assert "与本单位2023年报告" in finding.zh
    dated = LONGER + "巡航48天，检修6次，更换救生衣21件，行程900公里。"
    renewed = LONGER + "巡航51天，检修8次，更换救生衣30件，行程970公里。"
    assert not audit_across([audited(dated, "柳湾镇", 2023), audited(renewed, "柳湾镇", 2024)], DUP001)[1].findings


@pytest.mark.parametrize("place", ["榆坡乡", ""])
def test_one_report_alone_cannot_be_assessed(place: str) -> None:
    (alone,) = audit_across([audited(BODY, place, 2024)], DUP001)
    assert alone.checks["DUP001"] == {Outcome.NOT_ASSESSABLE: 1} | dict.fromkeys(set(Outcome) - {"not_assessable"}, 0)


def test_a_folder_shows_the_source(tmp_path: Path) -> None:
    for each in (audited(COPY, "榆坡乡", 2024), audited(BODY, "柳湾镇", 2023)):
        (tmp_path / each.analysis.report.path).write_text(each.analysis.text, encoding="utf-8")
    arguments = ["audit", str(tmp_path), "--select", "DUP"]
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).stdout
    assert "相同段落  柳湾镇_2023.txt  柳湾镇在老渡口设立法律服务船" in shown
    assert "（另一份报告）" in CliRunner().invoke(app, ["rules", "DUP001"]).stdout


def test_characters_of_overlapping_passages_count_once() -> None:
    assert covered([(20, 21), (5, 12), (0, 10), (6, 8)]) == 13


# --- data frames -----------------------------------------------------------------------------------------------------


def test_data_frames() -> None:
    pandas = pytest.importorskip("pandas")
    from analyzer.compare.reuse_tables import copied_share, reuse

    texts = [report(BODY, "柳湾镇", 2023), report(COPY + OWN, "榆坡乡", 2024), report(BODY, "梨坪镇", 2023)]
    texts.append(report(OWN, "杏花乡", None))
    reports = pandas.DataFrame(
        {
            "path": pandas.Series([f"{text.place}.txt" for text in texts], dtype="string"),
            "year": pandas.Series([text.year for text in texts], dtype="Int64"),
            "place": pandas.Series([text.place or None for text in texts], dtype="string"),
            "kind": "法治政府",
            "text": pandas.Series([text.text for text in texts], dtype="string"),
        }
    )
    found = reuse(reports)
    assert list(zip(found["path_a"], found["path_b"], strict=True)) == [
        ("柳湾镇.txt", "榆坡乡.txt"),
        ("梨坪镇.txt", "榆坡乡.txt"),
        ("柳湾镇.txt", "梨坪镇.txt"),
    ]
    text_of = dict(zip(reports["path"], reports["text"], strict=True))
    for row in found.itertuples():
        assert text_of[row.path_a][row.start_a : row.end_a] == row.quote_a == BODY
        assert text_of[row.path_b][row.start_b : row.end_b] == row.quote_b
    start_a, end_a, start_b, end_b = found["changed"][0][1]
    assert (text_of["柳湾镇.txt"][start_a:end_a], text_of["榆坡乡.txt"][start_b:end_b]) == ("412", "87")
    assert reuse(reports.head(0)).dtypes.equals(found.dtypes)

    shares = copied_share(reports, found)
    assert set(zip(shares["path"], shares["source"], strict=True)) == {
        ("榆坡乡.txt", "柳湾镇.txt"),
        ("榆坡乡.txt", "梨坪镇.txt"),
        ("梨坪镇.txt", "柳湾镇.txt"),
        ("柳湾镇.txt", "梨坪镇.txt"),
    }, "both directions in the same year, else what the later one has of the earlier"
    copied = shares[shares["path"] == "榆坡乡.txt"].iloc[0]
    assert copied["characters"] == len(COPY)
    assert copied["share"] == pytest.approx(len(COPY) / len(texts[1].text))
    assert list(shares["share"]) == sorted(shares["share"], reverse=True)
    assert copied_share(reports, found.head(0)).dtypes.equals(shares.dtypes)


def test_copies_among_many_reports_are_found() -> None:
    """What bench_reuse.py measures at full size."""
    from tests.bench_reuse import made, overlap

    corpus = sorted((Path(__file__).parents[1] / "corpus" / "gold" / "text").glob("*.txt"))
    real = [Text(file.read_text(encoding="utf-8")) for file in corpus]
    texts, planted = made(120, real, Random(5))
    found = shared_passages(texts)
    assert len(planted) == 6
    for a, b, span in planted:
        met = sum(overlap(span, each.in_b) for each in found if (each.a, each.b) == (a, b))
        met += sum(overlap(span, each.in_a) for each in found if (each.b, each.a) == (a, b))
        assert met > 0.7 * (span.end - span.start)
    assert {frozenset((each.a, each.b)) for each in found} == {frozenset((a, b)) for a, b, _ in planted}
