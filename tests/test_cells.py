"""The matrix of the sample corpus is what its gold says; what is not this year's level stays out."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import analyzer
from analyzer.compare.cells import cells, matrix, shown
from analyzer.compare.indicators import canonical
from analyzer.readers import report_of_text

pytest.importorskip("pandas")
pytest.importorskip("sklearn")

CORPUS = Path(__file__).parents[1] / "corpus"
KINDS = ("quantities", "reports", "clauses")


def compared(*sources: str | Path):
    reports = [
        analyzer.read(source) if isinstance(source, Path) else replace(report_of_text(source), path=f"{number}.txt")
        for number, source in enumerate(sources)
    ]
    analyses = [analyzer.analyze(report) for report in reports]
    quantities, texts, clauses = (analyzer.to_frame(analyses, kind) for kind in KINDS)
    return cells(canonical(quantities, texts), quantities, texts, clauses), texts


@cache
def sample():
    return compared(*sorted((CORPUS / "reports").iterdir()))


def gold() -> dict[tuple[str, int, str], tuple[float, str, str]]:
    with open(CORPUS / "gold" / "indicators.csv", encoding="utf-8", newline="") as file:
        return {
            (row["township"], int(row["year"]), row["indicator"]): (float(row["value"]), row["unit"], row["hedge"])
            for row in csv.DictReader(file)
        }


def test_the_matrix_of_the_sample_is_its_gold() -> None:
    expected = gold()
    names = {indicator for _, _, indicator in expected}
    found = {
        (row.place, row.year, row.indicator): (row.value, row.unit, row.hedge)
        for row in sample()[0].itertuples()
        if row.indicator in names
    }
    assert found == expected


def test_every_cell_leads_to_its_quote() -> None:
    table, reports = sample()
    texts = dict(zip(reports["path"], reports["text"], strict=True))
    assert len(table) > 500
    assert all(texts[row.path][row.start : row.end] == row.quote for row in table.itertuples())


def test_only_the_planted_contradiction_is_marked() -> None:
    table, _ = sample()
    marked = table[table["conflict"]]
    assert list(zip(marked["place"], marked["year"], marked["indicator"], strict=True)) == [
        ("麦川镇", 2023, "调解矛盾纠纷")
    ]


def test_missing_is_told_from_zero() -> None:
    table, _ = compared(
        "甲坪镇2023年工作总结\n全年调解矛盾纠纷0件。\n", "乙坪镇2023年工作总结\n全年办理行政执法案件3件。\n"
    )
    wide = matrix(table)
    assert wide.loc[("甲坪镇", 2023), ("调解矛盾纠纷", "件")] == "0"
    assert wide["调解矛盾纠纷"].isna().sum().item() == 1


def test_matrix_shows_hedges_and_what_most_state_first() -> None:
    wide = matrix(sample()[0])
    assert wide.loc[("雁回坪镇", 2023), ("发放宣传资料", "份")] == "8600余"
    assert wide.loc[("麦川镇", 2024), ("接受法律咨询", "人次")] == "近400"
    counts = wide.notna().sum().to_list()
    assert counts == sorted(counts, reverse=True)


HEAD = "丙坪镇2023年工作总结\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年，调解矛盾纠纷50件。", {}),
        ("五年来，调解矛盾纠纷500件。", {}),
        ("五年来，法治建设不断加强。调解矛盾纠纷60件，同比下降3%。", {"调解矛盾纠纷": "60"}),
        ("“十三五”期间，法治建设不断加强。调解矛盾纠纷500件。", {}),
        ("全年调解矛盾纠纷由上年的57件增加到63件。", {"调解矛盾纠纷": "63"}),
        ("新增蓝莓园300亩。又新增蓝莓园2公顷。", {"新增蓝莓园": "300"}),
        ("调解矛盾纠纷20件。全年调解矛盾纠纷60件。", {"调解矛盾纠纷": "60"}),
        ("调解矛盾纠纷60件以上。调解矛盾纠纷63件。", {"调解矛盾纠纷": "63"}),
        ("调解矛盾纠纷60—70件。", {}),
        ("二、2024年工作计划\n力争调解矛盾纠纷90件。", {}),
    ],
)
def test_which_statement_counts(text: str, expected: dict[str, str]) -> None:
    table, _ = compared(f"{HEAD}{text}\n")
    assert dict(zip(table["indicator"], table["shown"], strict=True)) == expected


def test_a_report_to_a_congress_speaks_of_the_year_before() -> None:
    table, _ = compared(
        "丁坪镇人民政府工作报告\n——2024年1月18日在丁坪镇第二十届人民代表大会第三次会议上\n各位代表：\n全年调解矛盾纠纷41件。\n"
    )
    assert list(table["year"]) == [2023]


def test_units_are_converted_into_the_one_printed_most() -> None:
    table, _ = compared(
        "甲坪镇2023年工作总结\n新增蓝莓园300亩。\n",
        "乙坪镇2023年工作总结\n新增蓝莓园2公顷。\n",
        "丙坪镇2023年工作总结\n新增蓝莓园150亩。\n",
    )
    assert dict(zip(table["place"], table["value"], strict=True)) == {"甲坪镇": 300, "乙坪镇": 30, "丙坪镇": 150}
    assert set(table["unit"]) == {"亩"}


@pytest.mark.parametrize(
    ("value", "hedge", "expected"),
    [
        (8600, "余", "8600余"),
        (400, "近", "近400"),
        (12000, "", "1.2万"),
        (8_160_000_000, "", "81.6亿"),
        (12345678, "", "1234.5678万"),
        (1234.5, "", "1234.5"),
        (3.5, "约", "约3.5"),
        (500, ">=", "500以上"),
        (0, "", "0"),
    ],
)
def test_shown(value: float, hedge: str, expected: str) -> None:
    assert shown(value, hedge) == expected
