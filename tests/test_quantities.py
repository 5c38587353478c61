"""Quantities: value, unit, hedge, interval, what they count and for when; and what is none."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from re import Pattern
from re import _parser as parser  # the structure of a pattern, to see that none repeats without bound
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract import amounts, indicators, measured, periods, quantities
from analyzer.extract.quantities import find_quantities
from analyzer.outline import find_outline
from analyzer.pipeline import analyze
from analyzer.readers import report_of_text
from analyzer.records import Outline, Quantity, Section


def quantities_of(text: str) -> tuple[Quantity, ...]:
    report = report_of_text(text)
    return find_quantities(report, find_outline(report))


VALUES = [
    # text, quote, value, upper, unit, hedge, kind
    ("发放宣传册600余份。", "600余份", 600, None, "份", "余", "count"),
    ("接待来访近300人次。", "近300人次", 300, None, "人次", "近", "count"),
    ("修路200多公里。", "200多公里", 200, None, "公里", "余", "length"),
    ("工期3至5年。", "3至5年", 3, 5, "年", "", "duration"),
    ("工期3—5天。", "3—5天", 3, 5, "天", "", "duration"),
    ("覆盖率80%—90%。", "80%—90%", 80, 90, "%", "", "percent"),
    ("每户补助5至10万元。", "5至10万元", 50_000, 100_000, "元", "", "money"),
    ("每户补助500至1万元。", "500至1万元", 500, 10_000, "元", "", "money"),
    ("收入完成1.2亿元。", "1.2亿元", 120_000_000, None, "元", "", "money"),
    ("收入完成1,100万元。", "1,100万元", 11_000_000, None, "元", "", "money"),
    ("收入完成40.8 2 亿元。", "40.8 2 亿元", 4_082_000_000, None, "元", "", "money"),
    ("投入7亿多元。", "7亿多元", 700_000_000, None, "元", "余", "money"),
    ("增长5.2%。", "5.2%", Fraction("5.2"), None, "%", "", "percent"),
    ("增长５．２％。", "５．２％", Fraction("5.2"), None, "%", "", "percent"),
    ("增长-2.6%。", "-2.6%", Fraction("-2.6"), None, "%", "", "percent"),
    ("增长百分之三点五。", "百分之三点五", Fraction("3.5"), None, "%", "", "percent"),
    ("提高1.5个百分点。", "1.5个百分点", Fraction("1.5"), None, "个百分点", "", "points"),
    ("压缩三分之二以上。", "三分之二以上", Fraction(2, 3), None, "", ">=", "ratio"),
    ("占全县1/3。", "1/3", Fraction(1, 3), None, "", "", "ratio"),
    ("增长1.8倍。", "1.8倍", Fraction("1.8"), None, "倍", "", "ratio"),
    ("财政投入占近八成。", "近八成", 8, None, "成", "近", "ratio"),
    ("收入翻了近一番。", "近一番", 1, None, "番", "近", "ratio"),
    ("新增企业30家以上。", "30家以上", 30, None, "家", ">=", "count"),
    ("产值突破了10亿元大关。", "突破了10亿元", 1_000_000_000, None, "元", ">=", "money"),
    ("占比不低于15%。", "不低于15%", 15, None, "%", ">=", "percent"),
    ("失业率控制在4%以内。", "4%以内", 4, None, "%", "<=", "percent"),
    ("时限压缩至3个工作日内。", "3个工作日内", 3, None, "个工作日", "<=", "duration"),
    ("培训约600人。", "约600人", 600, None, "人", "约", "count"),
    ("增长7%左右。", "7%左右", 7, None, "%", "约", "percent"),
    ("历时5个多月。", "5个多月", 5, None, "个月", "余", "duration"),
    ("提前1个半月。", "1个半月", Fraction("1.5"), None, "个月", "", "duration"),
    ("走访十余次。", "十余次", 10, None, "次", "余", "count"),
    ("惠及两万余人。", "两万余人", 20_000, None, "人", "余", "count"),
    ("联系三个行政村。", "三个", 3, None, "个", "", "count"),
    ("建成一座水厂。", "一座", 1, None, "座", "", "count"),
    ("每月召开一次例会。", "一次", 1, None, "次", "", "count"),
    ("实施千万元以上项目6个。", "千万元以上", 10_000_000, None, "元", ">=", "money"),
    ("打造百亿级产业集群。", "百亿级", 10_000_000_000, None, "", "", "money"),
    ("建成10万吨级码头。", "10万吨级", 100_000, None, "吨", "", "weight"),
    ("带动4万多群众增收。", "4万多", 40_000, None, "", "余", "other"),
    ("新增用地3.45公顷。", "3.45公顷", Fraction("3.45"), None, "公顷", "", "area"),
    ("节能1.5万吨标准煤。", "1.5万吨标准煤", 15_000, None, "吨标准煤", "", "energy"),
    ("装机207兆瓦。", "207兆瓦", 207, None, "兆瓦", "", "energy"),
    ("装机20万千瓦。", "20万千瓦", 200_000, None, "千瓦", "", "energy"),
    ("租金每年800元/亩。", "800元/亩", 800, None, "元/亩", "", "money"),
    ("浓度33微克/立方米以下。", "33微克/立方米以下", 33, None, "微克/立方米", "<=", "weight"),
    ("排名全省第3位。", "第3位", 3, None, "位", "", "rank"),
    ("增速居全省第二。", "第二", 2, None, "", "", "rank"),
    ("化解积案21件次。", "21件次", 21, None, "件次", "", "count"),
    ("惠及12.1万60周岁以上老人。", "60周岁以上", 60, None, "周岁", ">=", "duration"),
    ("结束\\r\\n5个村完成改厕。", "5个", 5, None, "个", "", "count"),
]


@pytest.mark.parametrize(("text", "quote", "value", "upper", "unit", "hedge", "kind"), VALUES)
def test_values(
    text: str, quote: str, value: Fraction, upper: Fraction | None, unit: str, hedge: str, kind: str
) -> None:
    found = {quantity.quote: quantity for quantity in quantities_of(text)}
    assert quote in found
    it = found[quote]
    assert (it.value, it.upper, it.unit, it.hedge, it.kind) == (value, upper, unit, hedge, kind)


NOTHING = [
    "2023年12月9日，",
    "1—11月，",
    "二〇二三年十二月",
    "2 016 年，全县",
    "2022-2026年规划",
    "（一）加强领导，",
    "一是加强领导，",
    "主要有两个方面：",
    "抓好以下8个方面工作。",
    "严格执行三项制度。",
    "学习“三抓三促”和“1+5”体系，落实“两不愁三保障”，",
    "推进一站式、一村一品、三重一大工作。",
    "增强四个意识，坚定四个自信。",
    "12345热线，",
    "依据〔2021〕15号文件和第三十条，",
    "第七届、第十四届三次、四次全会，二十大，",
    "统一部署一系列一体化任务，取得一定成效。",
    "形成一个良好氛围。",
    "建设G318国道、5A级景区、4K影院、5G网络、LNG站，PM2.5达标。",
    "构建15分钟生活圈、1小时交通圈、2小时鲜活农产品物流圈，24小时自助服务。",
    "五年来，过去五年，近3年，三年行动，九年一贯制。",
    "万元GDP能耗下降，千家万户受益。",
    "第一季度，第三方，第一书记，第一产业，",
    "建党100周年，世界500强企业，",
    "电话0934-1234567，",
    "完成1、2号线建设。",
    "达到 74 76 元",
    "取缔非法三轮车，慰问五保户。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_not_a_quantity(text: str) -> None:
    assert [quantity.quote for quantity in quantities_of(text)] == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("收入6.9亿元", 685_000_000, 695_000_000),
        ("办理39件", 39, 39),
        ("惠及4.4万户", 43_500, 44_500),
        ("修路12公里", Fraction("11.5"), Fraction("12.5")),
        ("发放800余份", 800, 900),
        ("走访近300人", 240, 300),
        ("培训约600人", 540, 660),
        ("新增30家以上", 30, None),
        ("失业率4%以内", None, 4),
        ("工期3—5天", Fraction("2.5"), Fraction("5.5")),
        ("新增数十家", 20, 100),
        ("分别办结162、587项", 162, 162),
    ],
)
def test_intervals(text: str, low: Fraction | None, high: Fraction | None) -> None:
    it = quantities_of(text)[0]
    assert (it.low, it.high) == (low, high)


INDICATORS = [
    ("今年以来，我乡共发放宣传册600余份。", ["发放宣传册"]),
    ("开展巡山护林活动4次，防汛隐患排查行动24次。", ["开展巡山护林活动", "防汛隐患排查行动"]),
    ("在5个行政村分类设立宣传栏。", ["行政村"]),
    ("地区生产总值完成32.5亿元，增长4.7%。", ["地区生产总值"] * 2),
    ("城乡居民人均可支配收入分别达到3万元和1.2万元。", ["城乡居民人均可支配收入"] * 2),
    ("存款余额50亿元，贷款余额20亿元，分别增长5%和3%。", ["存款余额", "贷款余额"] * 2),
    ("建设12个村级文化广场，", ["村级文化广场"]),
    ("全年新引进亿元以上企业2家。", ["企业", "新引进亿元以上企业"]),
    ("打造百亿级食用菌产业集群，", ["食用菌产业集群"]),
    ("收到申请30宗，受理28宗（其中转送10宗）。", ["收到申请", "受理", "转送"]),
    ("慰问12户25名困难群众。", ["困难群众", "困难群众"]),
    ("安装（更换）路灯80盏。", ["安装（更换）路灯"]),
    ("5个。", [None]),
]


@pytest.mark.parametrize(("text", "expected"), INDICATORS)
def test_indicators(text: str, expected: list[str | None]) -> None:
    found = quantities_of(text)
    assert [it.indicator.quote if it.indicator else None for it in found] == expected
    assert all(text[it.indicator.start : it.indicator.end] == it.indicator.quote for it in found if it.indicator)


def test_behind_the_end_of_a_section_the_one_above_holds() -> None:
    text = "办结来信5件。新建水厂3座。改厕2户。"
    frame = {"marker": "", "style": "", "number": None, "title": "", "run_in": False}
    whole = Section(0, 1, "办", level=1, parent=None, stop=16, **frame)
    part = Section(0, 2, "办结", level=2, parent=0, stop=8, **frame)
    outline = Outline(None, None, None, None, None, "other", (whole, part))
    assert [it.section for it in find_quantities(report_of_text(text), outline)] == [1, 0, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年收到来信5件。去年8件。", ["本年", "上年"]),
        ("2022年收到来信5件，办结4件。", ["2022年", "2022年"]),
        ("1—11月收到来信5件。", ["1—11月"]),
        ("累计收到来信5件。", ["累计"]),
        ("五年来新建水厂5座。", ["五年来"]),
        ("“十三五”期间新建水厂5座。", ["“十三五”期间"]),
        ("今年收入从2019年的5亿元增加到8亿元，", ["2019年", "本年"]),
        ("今年收入8亿元，比2019年增加3亿元。", ["本年", "本年"]),
        ("明年新建水厂5座。", ["计划"]),
        ("办结5件。", [""]),
        ("二、下一年工作安排\n新建水厂5座。\n", ["计划"]),
    ],
)
def test_periods(text: str, expected: list[str]) -> None:
    assert [it.period for it in quantities_of(text)] == expected


def test_sections_are_the_innermost_headings() -> None:
    text = "某乡工作总结\n一、主要工作\n（一）依法行政。办结来信5件。\n二、打算\n新建水厂5座。\n"
    analysis = analyze(text)
    titles = [analysis.outline.sections[it.section].title for it in analysis.quantities if it.section is not None]
    assert titles == ["依法行政", "打算"]


ALPHABET = (
    "0123456789一二三五十百千万亿两几数半第近约超余多至以上下内不余个件次户人元年月日天%％.,，。、；：（）“”—-～/ "
    "\n分之点成倍番级增长达到其中分别共为新建企业村\\r&nbsp;"
)


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_any_text_is_read_and_quotes_are_slices(text: str) -> None:
    last = 0
    for it in quantities_of(text):
        assert text[it.start : it.end] == it.quote
        assert last <= it.start < it.end  # in order, none inside another
        last = it.end
        assert it.upper is None or it.upper > it.value
        assert it.low is None or it.high is None or it.low <= it.high


@given(st.integers(0, 10**8), st.sampled_from(["", "余", "多"]), st.sampled_from(["", "近", "约", "超过", "不足"]))
def test_intervals_contain_the_value(number: int, more: str, before: str) -> None:
    (it,) = quantities_of(f"发放{before}{number}{more}份，")
    assert it.value == number
    assert it.low is None or it.low <= number
    assert it.high is None or it.high >= number


def test_reading_is_linear_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty times the text means twenty times the numerals tried, not more."""
    text = (
        "一、主要工作\n全乡共办结来信39件，增长5.2%，分别比上年、全县高3.1和2个百分点。主要有两个方面：1、2、3、4、\n"
    )
    tried: list[int] = []
    read = quantities.read_amount
    monkeypatch.setattr(quantities, "read_amount", lambda *given: tried.append(1) or read(*given))
    quantities_of(text)
    once = len(tried)
    tried.clear()
    quantities_of(text * 20)
    assert once > 5
    assert len(tried) <= once * 20


def repeats_without_end(pattern: parser.SubPattern) -> Iterator[parser.SubPattern]:
    """The groups of more than one character that `pattern` repeats without bound."""
    for operator, argument in pattern.data:
        if operator in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            _, most, inner = argument
            if most == parser.MAXREPEAT and inner.getwidth()[1] > 1:
                yield inner
        for part in argument if isinstance(argument, (list, tuple)) else [argument]:
            for piece in part if isinstance(part, (list, tuple)) else [part]:
                if isinstance(piece, parser.SubPattern):
                    yield from repeats_without_end(piece)


@pytest.mark.parametrize("module", [amounts, indicators, measured, periods, quantities])
def test_no_pattern_repeats_a_group_without_bound(module: ModuleType) -> None:
    """“1、2、3、…” over a whole page must not be tried anew from every item: a list costs what its characters cost."""
    patterns = [value for value in vars(module).values() if isinstance(value, Pattern)]
    if module is amounts:
        patterns += amounts._grammar()
    assert patterns or module is periods
    for pattern in patterns:
        assert not list(repeats_without_end(parser.parse(pattern.pattern))), pattern.pattern[:80]


def test_no_floats_anywhere() -> None:
    for it in quantities_of("收入6.9亿元，增长5.2%，占1/3，结构为9.2:63.7:27.1，新增30家以上"):
        assert {type(value) for value in (it.value, it.low, it.high)} <= {Fraction, type(None)}
