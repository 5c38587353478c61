"""Phrases are brought to indicators as a careful reader would, and a user's own table decides over that."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from bench_indicators import score

import analyzer
from analyzer.compare import alike, phrases
from analyzer.compare.indicators import canonical, groups, names_of, read_corrections
from analyzer.errors import AnalyzerError
from analyzer.lexicon import load
from analyzer.lexicon.own import merged

pandas = pytest.importorskip("pandas")
pytest.importorskip("sklearn")


def tables(*texts: str):
    analyses = [analyzer.analyze(text) for text in texts]
    return tuple(analyzer.to_frame(analyses, kind) for kind in ("quantities", "reports"))


def named(text: str, **options):
    return canonical(*tables(text), **options)


def senses(text: str) -> list[tuple[str, str, str]]:
    found = named(text)
    return list(zip(found["canonical"], found["quote"], found["sense"], strict=True))


@pytest.mark.parametrize(
    ("file", "precision", "f1"),
    [
        ("gold_indicators", 0.95, 0.85),
        ("gold_indicators_held_out", 0.95, 0.85),
        ("gold_indicators_nearest", 0.95, 0.85),
        ("gold_indicators_unseen", 0.95, 0.85),
        ("gold_indicators_last", 0.95, 0.85),
        ("gold_indicators_drawn", 0.95, 0.85),
        ("gold_indicators_blind", 0.9, 0.8),  # three phrases of 民生投入 that its labels hold apart from 民生支出
    ],
)
def test_grouping_of_labelled_phrases(file: str, precision: float, f1: float) -> None:
    found = score(file)
    assert found.precision >= precision
    assert found.f1 >= f1


@pytest.mark.parametrize(
    ("unit", "group"),
    [
        ("件", ["调解矛盾纠纷", "化解矛盾纠纷", "调处各类矛盾纠纷", "全镇共调解民间纠纷"]),
        ("公里", ["农村公路建设", "新建农村公路", "全县建成农村公路"]),
        ("套", ["棚户区改造开工", "新开工棚户区改造", "开工改造棚户区"]),
        ("人次", ["空港旅客吞吐量", "空港完成旅客吞吐量"]),
        ("次", ["组织党委理论学习中心组学法", "党工委理论学习中心组集中学法"]),
        ("件", ["严格按照《信访工作条例》办理群众来信来访", "受理信访事项"]),
    ],
)
def test_same_indicator(unit: str, group: list[str]) -> None:
    assert len({name for name, _, _ in names_of([(phrase, unit) for phrase in group])}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新增停车位", "停车位"),
        ("建成5G基站总数", "建成5G基站"),
        ("受理信访事项", "办结信访事项"),
        ("排查安全隐患", "整治安全隐患"),
        ("新增公办学位", "新增学位"),
        ("建成冷库项目", "新建冷库项目"),
        ("国家级重点示范服务平台", "省级重点示范服务平台"),
        ("提供就业创业综合服务A站", "提供就业创业综合服务B站"),
        ("全社会固定资产投资", "固定资产投资"),
    ],
)
def test_near_misses_stay_apart(one: str, other: str) -> None:
    first, second = names_of([(one, "个"), (other, "个")])
    assert first[0] != second[0]


def test_units_of_one_family_count_alike() -> None:
    phrase = "调解矛盾纠纷"
    assert len({names_of([(phrase, unit)])[0][:2] for unit in ("件", "起", "宗")}) == 1
    assert names_of([("参加培训", "人")])[0][1] != names_of([("参加培训", "人次")])[0][1]
    assert names_of([("新增市场主体", "户")])[0][1] == names_of([("新增市场主体", "家")])[0][1]
    assert names_of([("改造农村危房", "户")])[0][1] != names_of([("改造农村危房", "间")])[0][1]


@pytest.mark.parametrize("phrase", ["实施项目", "办结", "全镇", "投入资金", "采纳"])
def test_too_general_to_be_compared(phrase: str) -> None:
    assert names_of([(phrase, "个")])[0][0] == ""


def test_likeness_joins_what_the_lexicon_does_not_know() -> None:
    long, longer = "集镇农贸市场智慧化提质项目点位", "集镇农贸市场智慧提质项目点位"
    (first, _, how), (second, _, _), (third, _, apart) = names_of(
        [(long, "个"), (longer, "个"), ("田间观测点位", "个")]
    )
    assert first == second != third
    assert (how, apart) == ("similar", "own")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "集镇农贸市场公共照明设施日常巡护监督智慧化评价点位",
            "集镇农贸市场公共照明设施日常巡护监督智慧化保洁评价点位",
        ),
        ("集镇农贸市场智慧化提质点位", "集镇农贸市场智慧化保洁点位"),
        ("甲等农贸支出占日常运行维护支出比重", "乙等农贸支出占日常运行维护支出比重"),
    ],
)
def test_likeness_joins_no_more_than_one_character(one: str, other: str) -> None:
    common = [(f"产业智慧化保洁{sign * 8}点位", "个") for sign in "甲乙丙丁戊己庚辛"]
    first, second, *_ = names_of([(one, "个"), (other, "个"), *common])
    assert first[0] != second[0]


def test_groups_of_alike_phrases_are_no_chains() -> None:
    middle = "集镇街巷公共照明设施日常巡护提质增效监督评价点位"
    things = [middle.replace("日常", "日常化"), middle, middle.replace("巡护", "巡查")]
    forms = [("个", phrases.Normal(frozenset(), thing)) for thing in things]
    assert alike.alike(forms) == [0, 0, 2]


@pytest.mark.parametrize(
    ("unit", "group"),
    [
        ("%", ["登记失业率", "失业登记率", "城镇登记失业率"]),
        ("个", ["亿元以上技改项目", "投资超亿元技术改造项目", "过亿元技改项目"]),
        ("%", ["一般公共预算收入中税收收入占比", "税收占一般公共预算收入的比重"]),
        ("个", ["实施省、市攻坚项目", "项目列入省市攻坚"]),
        ("公里", ["新建供热管线", "建成供暖管网", "铺设供热管网"]),
        ("亩", ["流转土地面积", "土地流转"]),
        ("公里", ["农村公路改造工程", "改造农村公路"]),
        ("%", ["推动公办幼儿园在园幼儿占比", "公办幼儿园在园幼儿比例"]),
        ("人", ["贫困人口全部实现脱贫", "建档立卡贫困人口如期脱贫"]),
        ("件", ["解决诉求", "帮助群众解决诉求", "群众协调解决诉求问题"]),
        ("件", ["企业解决诉求", "解决企业诉求"]),
        ("件", ["办复代表建议", "高水平办理人大代表建议", "人大代表建议"]),
        ("件", ["办好民生实事", "谋划实施惠民实事", "民生实事项目"]),
        ("个", ["新建口袋公园", "完成口袋公园", "建成口袋公园"]),
        ("个", ["老旧小区改造项目", "改造老旧小区", "完成老旧小区改造工程"]),
        ("平方米", ["办公楼节能改造面积", "完成办公楼节能改造"]),
        ("个", ["成立志愿服务队", "组建志愿服务队", "建立志愿服务队"]),
        ("家", ["新设立外资企业", "新登记外资企业", "新设外商投资企业"]),
        ("个", ["新增省级工程研究中心", "新建省工程研究中心"]),
        ("个", ["新增国家、省级创新平台", "新增国家省级创新平台"]),
        ("家", ["纳税千万元以上企业", "纳税千万以上企业"]),
        ("元", ["减免税费", "企业减免税费"]),
        ("名", ["发展党员", "新发展党员", "发展新党员"]),
        ("株", ["植树", "栽植树木", "完成植树"]),
        ("户", ["享受低保", "低保户", "低保家庭"]),
        ("平方米", ["新建立体绿化", "建设立体绿化", "新增立体绿化"]),
        ("场", ["文体活动", "举办各类文体活动"]),
        ("%", ["农村生活污水治理率", "农村污水治理率"]),
    ],
)
def test_said_in_other_words_or_another_order(unit: str, group: list[str]) -> None:
    assert len({name for name, _, _ in names_of([(phrase, unit) for phrase in group])}) == 1


@pytest.mark.parametrize(
    ("unit", "one", "other"),
    [
        ("%", "旅游业占物流业比重", "物流业占旅游业比重"),
        ("个", "亿元以上技改项目", "十亿元以上技改项目"),
        ("公里", "新建供热管网", "改造供热管网"),
        ("公里", "新建老旧供水管网", "新建供水管网"),
        ("公里", "新改建农村公路", "新改建及维修改造农村公路"),
        ("%", "财政收入", "全部财政收入"),
        ("%", "投资率", "投资完成率"),
        ("个", "签约亿元以上项目", "签约落地亿元以上项目"),
        ("件", "办理人大代表建议", "办理各级人大建议"),
        ("件", "办理代表建议", "办结代表建议"),
        ("家", "新增外资企业", "新登记外资企业"),
        ("家", "新增公司", "成立公司"),
        ("个", "实施技术改造项目", "实施技术改造"),
        ("公里", "开工道路", "新建道路"),
        ("元", "发放稳岗补贴", "新增发放稳岗补贴"),
        ("件", "群众解决诉求", "企业解决诉求"),
    ],
)
def test_folding_keeps_apart_what_differs(unit: str, one: str, other: str) -> None:
    first, second = names_of([(one, unit), (other, unit)])
    assert first[0] != second[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年调解矛盾纠纷由上年的57件增加到63件。", ["earlier", "level"]),
        ("调解矛盾纠纷72件，成功71件。", ["level"]),
        ("调解矛盾纠纷72件，比上年增加6件。", ["level", "difference"]),
        ("每村培育“法律明白人”3名，全乡共27名。", ["per", "level"]),
        ("办理行政执法案件37件，其中简易程序案件12件。", ["level", "part"]),
        ("城乡居民人均可支配收入达到2.4万元和0.9万元。", []),
        ("固定资产投资亿元以上项目12个。", ["level"]),
    ],
)
def test_what_a_number_is_of_its_indicator(text: str, expected: list[str]) -> None:
    assert [sense for _, _, sense in senses(f"{text}\n") if sense] == expected


def test_the_verb_before_the_number_belongs_to_the_phrase() -> None:
    found = {
        name: quote
        for name, quote, _ in senses("新建19个村级调解室、3个法律服务站。改造20个老旧小区，开工改造5个老旧小区。\n")
    }
    assert found == {
        "新增村级调解室": "19个",
        "新增法律服务站": "3个",
        "改造老旧小区": "20个",
        "开工改造老旧小区": "5个",
    }


def test_the_name_of_the_place_itself_says_no_more_than_the_whole_place() -> None:
    quantities, reports = tables("榆坡镇2023年工作总结\n2023年，榆坡镇调解矛盾纠纷35件。榆坡镇山林防火队3支。\n")
    assert list(canonical(quantities, reports)["phrase"]) == ["调解矛盾纠纷", "山林防火队"]


def test_quantities_keep_their_place_and_groups_show_them() -> None:
    quantities, reports = tables("全年化解矛盾纠纷35件。\n", "全年调处各类矛盾纠纷112起。\n")
    paths = ["甲镇", "乙镇"]
    quantities = quantities.assign(path=pandas.array(paths, dtype="string"))
    reports = reports.assign(path=pandas.array(paths, dtype="string"))
    found = canonical(quantities, reports)
    assert list(found["path"]) == paths
    assert set(found["canonical"]) == {"调解矛盾纠纷"}
    shown = groups(found).iloc[0]
    assert (shown["quantities"], shown["reports"], shown["how"]) == (2, 2, ["lexicon"])
    assert sorted(shown["phrases"]) == ["化解矛盾纠纷", "调处各类矛盾纠纷"]


def test_corrections_of_a_user_decide(tmp_path: Path) -> None:
    file = tmp_path / "指标.csv"
    file.write_text("phrase,unit,canonical\n办理行政执法案件,件,执法办案\n调解矛盾纠纷,起,\n", encoding="utf-8-sig")
    found = named("办理行政执法案件37件。调解矛盾纠纷8件。\n", corrections=read_corrections(file))
    assert list(zip(found["canonical"], found["how"], strict=True)) == [("执法办案", "user")]


def test_broken_corrections_are_named(tmp_path: Path) -> None:
    file = tmp_path / "指标.csv"
    file.write_text("phrase,canonical\na,b\n", encoding="utf-8")
    with pytest.raises(AnalyzerError, match="unit"):
        read_corrections(file)
    with pytest.raises(AnalyzerError, match="没有"):
        read_corrections(tmp_path / "没有.csv")


def test_own_indicators_join_the_shipped_ones() -> None:
    own = tomllib.loads(
        '[[indicator]]\nname = "巡河"\nunit = "次"\nphrases = ["开展巡河", "巡查河道"]\nsource = "本镇"\n'
    )
    both = merged(load("indicators"), own, "indicators.toml")
    assert both["indicator"][-1]["name"] == "巡河"
    assert len(both["indicator"]) == len(load("indicators")["indicator"]) + 1


def test_every_entry_of_the_lexicon_has_a_source_and_says_one_thing() -> None:
    data = load("indicators")
    folding = load("indicator_folding")
    entries = [*data["act"], *data["noun"], *data["indicator"], *data["family"], *folding["same"], *folding["implied"]]
    assert all(entry["source"] for entry in entries)
    names_of([("调解矛盾纠纷", "件")])  # raises where a phrase has two names or a verb two acts
