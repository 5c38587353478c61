"""A place that was renamed is one place, in figures, changes, follow-up, page; neighbours of one name are two."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

import analyzer
from analyzer.compare.cells import cells, matrix
from analyzer.compare.clusters import clusters
from analyzer.compare.comparison import Comparison, compare
from analyzer.compare.figures import changes, ranks
from analyzer.compare.followup import follow_up
from analyzer.compare.indicators import canonical
from analyzer.compare.keyness import keyness_of_places
from analyzer.compare.renamed import latest_names
from analyzer.render.compare_book import compare_book
from analyzer.render.compare_page import compare_page

pandas = pytest.importorskip("pandas")
pytest.importorskip("sklearn")


@pytest.mark.parametrize(
    ("reported", "latest"),
    [
        ([("榆坡县", 2014), ("榆坡区", 2016)], {"榆坡县": "榆坡区", "榆坡区": "榆坡区"}),
        ([("榆坡新区", 2016), ("榆坡区", 2018)], {"榆坡新区": "榆坡区", "榆坡区": "榆坡区"}),
        (
            [("榆坡街道", 2024), ("榆坡乡", 2015), ("榆坡镇", 2019)],
            dict.fromkeys(["榆坡乡", "榆坡镇", "榆坡街道"], "榆坡街道"),
        ),
        ([("榆坡乡", 2022), ("榆坡镇", 2022)], {"榆坡乡": "榆坡乡", "榆坡镇": "榆坡镇"}),  # side by side
        ([("榆坡区", 2021), ("榆坡县", 2022), ("榆坡区", 2023)], {"榆坡县": "榆坡区", "榆坡区": "榆坡区"}),  # retitled
        (
            [("榆坡乡", 2020), ("榆坡镇", 2021), ("榆坡街道", 2021)],
            {name: name for name in ("榆坡乡", "榆坡镇", "榆坡街道")},
        ),
        ([("榆坡县", 2021), ("榆坡镇", 2022)], {"榆坡县": "榆坡县", "榆坡镇": "榆坡镇"}),  # its seat
        ([("榆坡县", 2021), ("榆坡市", 2022)], {"榆坡县": "榆坡县", "榆坡市": "榆坡市"}),  # may lie above it
        ([("榆坡乡", None), ("榆坡镇", 2022)], {"榆坡乡": "榆坡乡", "榆坡镇": "榆坡镇"}),
        ([("榆坡乡", 2021), ("上榆坡镇", 2022)], {"榆坡乡": "榆坡乡", "上榆坡镇": "上榆坡镇"}),
    ],
)
def test_the_latest_name(reported: list[tuple[str, int | None]], latest: dict[str, str]) -> None:
    assert latest_names(reported) == latest
    assert latest_names(reversed(reported)) == latest


def report(place: str, year: int, disputes: int, more: str) -> str:
    return (
        f"{place}{year}年法治政府建设年度报告\n\n"
        f"一、主要工作\n{year}年，{place}调解矛盾纠纷{disputes}件。{more}\n\n"
        f"二、存在的问题\n夜间执法力量不足。\n\n"
        f"三、下一年工作安排\n新建柿林路法治长廊1处。\n"
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> analyzer.Corpus:
    folder: Path = tmp_path_factory.mktemp("renamed")
    reports = [
        ("榆坡乡", 2022, 41, "开展葡萄种植培训3场次。"),
        ("榆坡镇", 2023, 52, "建成柿林路法治长廊1处。"),
        ("柳湾乡", 2022, 17, ""),
        ("柳湾镇", 2022, 18, ""),
        ("柳湾镇", 2023, 19, ""),
    ]
    for place, year, disputes, more in reports:
        (folder / f"{place}{year}.txt").write_text(report(place, year, disputes, more), encoding="utf-8")
    return analyzer.Corpus.read(folder, jobs=1, cache=False)


@pytest.fixture(scope="module")
def figures(corpus: analyzer.Corpus) -> Any:
    return cells(canonical(corpus.quantities, corpus.reports), corpus.quantities, corpus.reports, corpus.clauses)


def test_figures_stand_under_the_latest_name_and_keep_the_one_of_their_report(figures: Any) -> None:
    disputes = figures[figures.indicator == "调解矛盾纠纷"]
    assert set(zip(disputes.place, disputes.called, disputes.year, disputes.value, strict=True)) == {
        ("榆坡镇", "榆坡乡", 2022, 41),
        ("榆坡镇", "榆坡镇", 2023, 52),
        ("柳湾乡", "柳湾乡", 2022, 17),
        ("柳湾镇", "柳湾镇", 2022, 18),
        ("柳湾镇", "柳湾镇", 2023, 19),
    }
    assert ("榆坡镇", 2022) in matrix(figures).index
    assert set(ranks(figures).called) == set(figures.called)


def test_changes_span_the_renaming(figures: Any) -> None:
    found = changes(figures)
    assert set(zip(found.place, found.called_before, found.called, found.before, found.after, strict=True)) == {
        ("榆坡镇", "榆坡乡", "榆坡镇", 41, 52),
        ("柳湾镇", "柳湾镇", "柳湾镇", 18, 19),
    }


def test_follow_up_spans_the_renaming(corpus: analyzer.Corpus) -> None:
    found = follow_up(corpus.reports, corpus.measures, corpus.shortcomings, corpus.clauses)
    assert set(zip(found.place, found.called, found.year, strict=True)) == {
        ("榆坡镇", "榆坡乡", 2022),
        ("柳湾镇", "柳湾镇", 2022),
    }
    plans = found[(found.place == "榆坡镇") & (found.kind == "plan")]
    assert list(plans.outcome) == ["taken_up"]


def test_a_renamed_place_is_not_told_apart_from_itself() -> None:
    texts = [
        "辣椒种植、辣椒采摘。" * 9,
        "辣椒种植、辣椒加工。" * 9,
        "水库加固、河道清淤。" * 9,
        "水库加固、河道护坡。" * 9,
    ]
    rows = zip("abcd", ["榆坡乡", "榆坡镇", "柳湾乡", "柳湾镇"], [2022, 2023, 2022, 2022], texts, strict=True)
    reports = pandas.DataFrame(rows, columns=["path", "place", "year", "text"])
    assert set(keyness_of_places(reports).place) == {"榆坡镇", "柳湾乡", "柳湾镇"}
    assert list(clusters(reports).set_index("place").reports[["榆坡镇", "柳湾乡", "柳湾镇"]]) == [2, 1, 1]


@pytest.fixture(scope="module")
def compared(corpus: analyzer.Corpus) -> Comparison:
    return compare(corpus)


def test_the_page_says_what_the_place_was_called(compared: Comparison) -> None:
    page = compare_page(compared, "zh")
    assert '榆坡镇 <span class="hint">时称榆坡乡</span>' in page
    assert '榆坡镇 <span class="hint">上年称榆坡乡</span>' in page
    assert "3个单位" in page
    assert "then 榆坡乡" in compare_page(compared, "en")


def test_the_workbook_says_what_the_place_was_called(compared: Comparison) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(compare_book(compared, "zh")))
    for name, heading in (("指标明细", "时称"), ("同比", "上年称"), ("跟踪", "时称")):
        headings, *rows = book[name].iter_rows(values_only=True)
        column = headings.index(heading)
        assert {row[column] for row in rows} == {None, "榆坡乡"}
        assert {row[0] for row in rows if row[column]} == {"榆坡镇"}
    assert ("榆坡镇", 2022) in {row[:2] for row in book["指标"].iter_rows(values_only=True)}
