"""Citations: what is cited, under which number, of which kind, and which law it is."""

from __future__ import annotations

import time

import pytest

from analyzer.errors import LexiconError
from analyzer.extract import laws as module
from analyzer.extract.citations import find_citations
from analyzer.extract.law_slips import slip_of
from analyzer.extract.laws import NATION, law_of, laws
from analyzer.lexicon import load, load_rows


@pytest.mark.parametrize(
    ("text", "title", "number", "year"),
    [
        (
            "按照《关于加强基层治理的意见》（云政发〔2023〕15号）部署",
            "关于加强基层治理的意见",
            "云政发〔2023〕15号",
            2023,
        ),
        ("《关于做好年度考核的通知》云政办[2020]12号", "关于做好年度考核的通知", "云政办[2020]12号", 2020),
        ("根据云政发〔2021〕7号文件《关于规范执法的通知》", "关于规范执法的通知", "云政发〔2021〕7号", 2021),
        ("《物业管理条例》（国务院令第379号）", "物业管理条例", "国务院令第379号", None),
        ("《云岭县法治政府建设规划（2021—2025年）》", "云岭县法治政府建设规划（2021—2025年）", "", 2021),
        ("《行政处罚法》（2021年修订）", "行政处罚法", "", 2021),
        (
            "《云岭县第十四个五年规划和二〇三五年远景目标纲要》",
            "云岭县第十四个五年规划和二〇三五年远景目标纲要",
            "",
            None,
        ),
        ("《中华人民共和国\n行政处罚法》", "中华人民共和国行政处罚法", "", None),
        ("《民法典》宣讲12场", "民法典", "", None),
        ("《关于实施《民法典》的通知》", "关于实施《民法典》的通知", "", None),
    ],
)
def test_title_number_and_year(text: str, title: str, number: str, year: int | None) -> None:
    (citation,) = find_citations(text)
    assert (citation.title, citation.number, citation.year) == (title, number, year)
    assert text[citation.start : citation.end] == citation.quote
    assert citation.quote.startswith("《")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国海洋牧场法", "law"),
        ("行政许可法", "law"),
        ("信访工作条例", "party_rule"),
        ("中国共产党青石乡委员会工作规则", "party_rule"),
        ("云岭县物业管理办法（试行）", "regulation"),
        ("云岭县防汛应急预案", "plan"),
        ("白水镇2023年普法工作要点", "plan"),
        ("关于开展秋季护林的通知", "notice"),
        ("政府工作报告", "meeting_document"),
        ("乡村笔法", "other"),
        ("青石山歌", "other"),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert [citation.kind for citation in find_citations(f"学习《{title}》。")] == [kind]


def test_full_titles_of_laws_count_without_marks() -> None:
    text = "根据中华人民共和国民法典和《中华人民共和国刑法》，迎接中华人民共和国宪法日，热爱中华人民共和国。"
    assert [citation.quote for citation in find_citations(text)] == ["中华人民共和国民法典", "《中华人民共和国刑法》"]


def test_a_regulation_behind_a_province_is_the_provinces_own() -> None:
    text = "贯彻国家和省《信访条例》、省《行政处罚法》培训方案，全市《信访条例》宣传"
    laws_cited = [citation.law and citation.law.title for citation in find_citations(text)]
    assert laws_cited == [None, "行政处罚法", "信访条例"]


def test_a_mark_without_its_pair_cites_nothing() -> None:
    text = "学习《森林法、《森林防火条例》。\n印发宣传册》\n《"
    assert [citation.title for citation in find_citations(text)] == ["森林防火条例"]


@pytest.mark.parametrize(
    ("title", "law"),
    [
        ("行政处罚法", "行政处罚法"),
        ("中华人民共和国行政处罚法", "行政处罚法"),
        ("行政处罚法（2021年修订）", "行政处罚法"),
        ("新安全生产法", "安全生产法"),
        ("监督法", "各级人民代表大会常务委员会监督法"),
        ("刑法修正案（十一）", "刑法修正案（十一）"),
        ("信访条例", "信访条例"),
        ("云山省信访条例", None),
        ("行政处罚法实施办法", None),
        ("民法典（草案）", None),
        ("安全生产法（修订草案）", None),
    ],
)
def test_titles_resolve(title: str, law: str | None) -> None:
    found = law_of(title)
    assert (found and found.title) == law


def test_the_table_is_sane() -> None:
    assert len(laws()) > 700
    assert laws()["信访条例"].repealed == "2022-05-01"
    for law in laws().values():
        assert not law.repealed or not law.successor or laws()[law.successor].repealed != law.repealed
        assert law_of(law.title) == law_of(NATION + law.title) == law
    assert list(laws()) == sorted(laws())
    assert not [title for title in load("misnamed_law")["others"]["titles"] if law_of(title)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "中华人民共和国刑法"}, "不带"),
        ({"kind": "decree"}, "decree"),
        ({"source": ""}, "来源"),
        ({"in_force": "2022"}, "施行日期"),
        ({"repealed": "2022-13-01"}, "2022-13-01"),
        ({"in_force": "2023-01-01"}, "之后"),
        ({"repealed": ""}, "没有废止日期"),
        ({"successor": "无此条例"}, "无此条例"),
    ],
)
def test_a_broken_row_is_named(change: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**row, **change} if row["title"] == "信访条例" else row for row in load_rows("laws")]
    monkeypatch.setattr(module, "load_rows", lambda _: rows)
    laws.cache_clear()
    try:
        with pytest.raises(LexiconError, match=rf"laws\.csv：.*{words}"):
            laws()
    finally:
        laws.cache_clear()


def test_a_table_that_is_missing_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no_such_table\.csv"):
        load_rows("no_such_table")


@pytest.mark.parametrize(
    ("title", "name", "written", "right", "sure"),
    [
        ("人民调节法", "人民调解法", "节", "解", True),
        ("环境保户法", "环境保护法", "户", "护", True),
        ("行政罚处法", "行政处罚法", "罚处", "处罚", True),
        ("中华人民共合国刑法", "中华人民共和国刑法", "合", "和", True),
        ("残疾人保护法", "残疾人保障法", "护", "障", True),
        ("优化营商的环境条例", "优化营商环境条例", "的", "", False),
        ("优化营营商环境条例", "优化营商环境条例", "营", "", True),
        ("城乡绿化条例", "城市绿化条例", "乡", "市", False),
        ("市城市供水条例", "城市供水条例", "市", "", False),
        ("民事诉讼", "民事诉讼法", "", "法", False),
        ("人民调解解法", "人民调解法", "解", "", True),
        ("农村土地承包", "农村土地承包法", "", "法", False),
        ("市城镇排水与污水处理条例", "城镇排水与污水处理条例", "市", "", False),
        ("湿地维护法", "湿地保护法", "维", "保", False),
    ],
)
def test_slips(title: str, name: str, written: str, right: str, sure: bool) -> None:
    slip = slip_of(title)
    assert slip is not None
    assert (slip.name, slip.written, slip.right, slip.sure) == (name, written, right, sure)


@pytest.mark.parametrize("title", ["社会保障法", "劳动合同", "水秀", "乡村振兴若干规定", "人民公园管理法则"])
def test_no_slips(title: str) -> None:
    assert slip_of(title) is None


def test_characters_that_sound_alike_stand_under_one_syllable() -> None:
    syllables = load("homophones")["syllables"]
    assert {"解", "节"} <= set(syllables["jie"])
    signs = "".join(syllables.values())
    assert len(signs) == len(set(signs)) > 3_500


def test_cost_is_linear() -> None:
    for pattern in (
        "《" * 20_000,
        "《" + "一" * 20_000,
        "《一" * 20_000,
        "《〔" * 20_000,
        f"{NATION}法" * 5_000,
        "（2020）" * 5_000,
    ):
        started = time.perf_counter()
        find_citations(pattern + "》")
        assert time.perf_counter() - started < 1, pattern[:9]
