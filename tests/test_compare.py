"""Comparing on the command line, as a page, as a workbook and as charts: the sample's gold, escaping, links, limits."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import matplotlib
import openpyxl
import pandas
import pytest
from lxml import html
from test_page import TAGS, Page
from typer.testing import CliRunner, Result

from analyzer import Corpus, plots
from analyzer.cli import app
from analyzer.compare.cells import shown
from analyzer.compare.comparison import Comparison, compare, dated, main_cells, unplaced
from analyzer.compare.followup import OUTCOMES
from analyzer.extract.quantities import find_amounts
from analyzer.render.compare_book import compare_book
from analyzer.render.compare_page import compare_page
from analyzer.render.compare_words import compare_words

CORPUS = Path(__file__).parents[1] / "corpus"
OWN = {
    "svg",
    "g",
    "path",
    "defs",
    "use",
    "text",
    "tspan",
    "clippath",
    "rect",
    "figure",
    "figcaption",
    "small",
    "nav",
    "strong",
}
HOSTILE = """<script>window.hit = 1</script>坪镇2023年工作总结
一、<img src=x onerror="window.hit = 1">工作成效
全年"><svg onload="window.hit = 1">调解矛盾纠纷86件，$开展$普法宣传32场，</mark></td></table>发放宣传资料300余份。
二、存在的不足
</script><style>*{display:none}</style>一是{{ 7 * 7 }}宣传形式不够多样；二是执法力量较为薄弱。
"""


@pytest.fixture(scope="module")
def sample() -> Comparison:
    return compare(Corpus.read(CORPUS / "reports", cache=False, progress=False))


@pytest.fixture(scope="module")
def page(sample: Comparison) -> Any:
    return html.fromstring(compare_page(sample))


@pytest.fixture(scope="module")
def book(sample: Comparison) -> Any:
    return openpyxl.load_workbook(io.BytesIO(compare_book(sample)))


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("analyzer.corpus.user_folder", lambda: tmp_path / "cache")


def of(*texts: str, folder: Path, names: str = "{}.txt") -> Comparison:
    for number, text in enumerate(texts):
        (folder / names.format(number)).write_text(text, encoding="utf-8")
    return compare(Corpus.read(folder, cache=False, progress=False))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["compare", *map(str, arguments)], env={"COLUMNS": "100"})


def rows(page: Any, table: str) -> Iterator[list[Any]]:
    for row in page.xpath(f'//table[@id="{table}"]/tbody/tr'):
        yield row.xpath("./th | ./td")


def words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def gold(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "gold" / name).read_text(encoding="utf-8").splitlines()]


# --- page ------------------------------------------------------------------------------------------------------------


def test_the_matrix_of_the_page_is_the_gold(page: Any) -> None:
    headings = [words(span) for span in page.xpath('//table[@id="matrix"]/thead//th/span[1]')]
    cells = {}
    for place, year, *figures in rows(page, "matrix"):
        for heading, figure in zip(headings, figures, strict=True):
            cells[words(place), words(year), heading] = figure
    with open(CORPUS / "gold" / "indicators.csv", encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) > 90
    for row in expected:
        cell = cells[row["township"], row["year"], row["indicator"]]
        (link,) = cell.xpath("./a")
        assert words(link) == shown(float(row["value"]), row["hedge"])
        (quote,) = page.xpath(f'//article[@id="{link.get("href")[1:]}"]//mark')
        assert (
            float(next(iter(find_amounts(words(quote)))).value) == float(row["value"]) == float(cell.get("data-sort"))
        )


def test_a_missing_figure_is_told_from_zero(tmp_path: Path) -> None:
    compared = of(
        "甲坪镇2023年工作总结\n全年调解矛盾纠纷0件，办理行政执法案件2件。\n",
        "乙坪镇2023年工作总结\n全年办理行政执法案件3件。\n",
        folder=tmp_path,
    )
    page = html.fromstring(compare_page(compared))
    found = {words(row[0]): [(words(cell), cell.get("data-sort")) for cell in row[2:]] for row in rows(page, "matrix")}
    assert found == {"甲坪镇": [("2", "2.0"), ("0", "0.0")], "乙坪镇": [("3", "3.0"), ("—", "")]}


def test_the_copies_of_the_page_are_the_gold(page: Any) -> None:
    expected = [(fault["file"], fault["source"]) for fault in gold("faults.jsonl") if fault["rule"] == "DUP001"]
    assert [(words(row[0]), words(row[1])) for row in rows(page, "pairs")] == expected
    (side,) = page.xpath('//details[@class="pair"]//div[@class="side"]')
    earlier, later = (each.xpath('.//p[@class="words"]')[0] for each in side.xpath("./div"))
    assert [words(mark) for mark in earlier.xpath("./mark")] == ["126", "124", "49", "31", "27", "19", "41"]
    assert [words(mark) for mark in later.xpath("./mark")] == ["61", "60", "22", "14", "18", "7", "15"]
    assert "镇级兜底" in words(earlier)


def test_the_follow_up_of_the_page_is_the_gold(page: Any) -> None:
    said = compare_words("zh")
    found = [[words(cell) for cell in row] for row in rows(page, "promises")]
    for each in gold("followup.jsonl"):
        same = [
            row
            for row in found
            if row[0] == each["township"]
            and row[2] == said[each["kind"]]
            and (row[4] in each["quote_2023"] or each["quote_2023"] in row[4])
        ]
        assert any(row[3].startswith(said["outcomes"][each["outcome"]]) for row in same), each
        if each["outcome"] == "dropped":
            assert all(row[5] == "—" for row in same)
    counted = sum(int(words(cell) or 0) for row in rows(page, "outcomes") for cell in row[3:])
    assert counted == len(found) > 100


def test_outliers_and_changes_say_their_arithmetic(page: Any) -> None:
    odd = [[words(cell) for cell in row] for row in rows(page, "outliers")]
    assert ["映溪街道", "2024", "办理行政执法案件", "158件", "20.5件", "+11.6", "6"] in odd
    assert len(page.xpath('//table[@id="matrix"]//td[contains(@class, "odd")]')) == len(odd)
    changed = [[words(cell) for cell in row] for row in rows(page, "change-rows")]
    assert ["雁回坪镇", "2024", "调解矛盾纠纷", "126件", "138件", "138 − 126 = +12件", "+9.5"] in changed
    (hedged,) = [row for row in changed if row[0] == "雁回坪镇" and row[2] == "发放宣传资料"]
    assert re.fullmatch(r"9200 − 8600 = \+600份（.+ ～ .+）", hedged[5])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_links_have_targets_and_nothing_is_fetched(sample: Comparison, lang: str) -> None:
    source = compare_page(sample, lang)
    page = Page(source)
    identifiers = page.all("id")
    assert len(identifiers) == len(set(identifiers))
    assert {target[1:] for target in page.all("href") if target.startswith("#")} <= set(identifiers)
    assert all(target.startswith(("#", "data:,")) for target in [*page.all("href"), *page.all("src")])
    assert not page.all("style"), "the policy forbids them"
    assert {tag for tag, _ in page.tags} <= TAGS | OWN
    assert len(page.all("aria-label")) > 4
    assert len(source.encode()) < 600_000


def test_every_word_has_its_translation() -> None:
    one, other = compare_words("zh"), compare_words("en")
    assert one.keys() == other.keys()
    for key, value in one.items():
        if isinstance(value, dict):
            assert value.keys() == other[key].keys()
        else:
            assert re.findall(r"\{\w*\}", value) == re.findall(r"\{\w*\}", other[key]) or key.startswith("summary"), key


def test_hostile_names_and_texts_stay_text(tmp_path: Path) -> None:
    names = "<b>&\"'{}.txt"
    compared = of(HOSTILE, HOSTILE.replace("2023", "2024").replace("86", "$95$"), folder=tmp_path, names=names)
    source = compare_page(compared)
    page = Page(source)
    assert {tag for tag, _ in page.tags} <= TAGS | OWN
    assert not page.all("onload") + page.all("onerror")
    assert source.count("<script>") == source.count("<style>") == 1
    assert "<b>&\"'0.txt" in words(html.fromstring(source))
    assert "49" not in [words(cell) for row in rows(html.fromstring(source), "promises") for cell in row]


def test_a_report_without_a_place_is_listed(tmp_path: Path) -> None:
    compared = of("甲坪镇2023年工作总结\n全年调解纠纷3件。\n", "工作总结\n调解纠纷4件。\n", folder=tmp_path)
    assert [Path(path).name for path in unplaced(compared.reports).path] == ["1.txt"]
    page = html.fromstring(compare_page(compared))
    assert "1.txt" in words(page.xpath('//p[@class="notice"]')[0])
    assert [words(row[0]) for row in rows(page, "reports")] == ["0.txt", "1.txt"]


def test_of_many_indicators_the_most_widely_stated_are_kept() -> None:
    table = pandas.DataFrame(
        [(place, 2023, indicator, "件") for indicator in "abc" for place in "甲乙丙"[: "cba".index(indicator) + 1]],
        columns=["place", "year", "indicator", "unit_family"],
    )
    assert set(main_cells(table, 2).indicator) == {"a", "b"}
    assert len(main_cells(table, 9)) == len(table)


# --- years -----------------------------------------------------------------------------------------------------------


def test_a_folder_of_last_year_dates_what_says_no_year() -> None:
    reports = pandas.DataFrame({"path": list("abcd"), "year": pandas.array([2024, None, None, 2022], "Int64")})
    assert dated(reports, ["c", "d"]).year.tolist() == [2024, 2024, 2023, 2022]
    assert dated(reports, []).year.isna().sum() == 2
    unknown = reports.assign(year=pandas.array([None] * 4, "Int64"))
    assert dated(unknown, ["c"]).year.isna().all()


# --- workbook --------------------------------------------------------------------------------------------------------


def sheet(book: Any, name: str) -> list[tuple[Any, ...]]:
    return list(book[name].iter_rows(min_row=2, values_only=True))


def test_the_workbook_holds_the_frames(book: Any, sample: Comparison) -> None:
    names = ["总览", "指标", "指标明细", "异常值", "同比", "抄用", "跟踪", "画像", "主题词", "发现"]
    assert book.sheetnames == names, "a sheet of failures only where there are some"
    sizes = ["reports", None, "cells", "outliers", "changes", "passages", "followup", "profile", None, "findings"]
    for name, frame in zip(names, sizes, strict=True):
        assert book[name].freeze_panes == ("C2" if name == "指标" else "A2")
        assert book[name].auto_filter.ref
        if frame:
            assert len(sheet(book, name)) == len(getattr(sample, frame)) > 0
    for printed, row in zip(sheet(book, "指标明细"), sample.cells.itertuples(), strict=True):
        assert printed[:6] == (row.place, row.year, row.indicator, row.value, row.unit, row.shown)
        assert printed[7:10] == (*(None if end != end else end for end in (row.low, row.high)), row.quote)
        assert printed[13] == Path(row.path).name
    for printed, row in zip(sheet(book, "跟踪"), sample.followup.itertuples(), strict=True):
        assert printed[3] == OUTCOMES[row.outcome]
        assert printed[5] == row.quote


def test_a_hedged_number_of_the_matrix_is_a_number(book: Any) -> None:
    heading = [cell.value for cell in book["指标"][1]]
    column = heading.index("发放宣传资料（份）")
    found = {(row[0].value, row[1].value): row[column] for row in book["指标"].iter_rows(min_row=2)}
    assert found["雁回坪镇", 2023].value == 8600
    assert found["雁回坪镇", 2023].number_format == 'General"余"'
    assert found["枫垭苗族乡", 2023].number_format == "General"


def test_the_line_of_a_figure_holds_its_quote(book: Any) -> None:
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in (CORPUS / "reports").glob("云磴乡*.txt")}
    found = [(row[9], row[13], row[14]) for row in sheet(book, "指标明细") if row[13] in texts]
    assert len(found) > 50
    for quote, file, line in found:
        assert quote in texts[file].splitlines()[line - 1]


def test_the_workbook_in_english(sample: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(compare_book(sample, "en")))
    assert book.sheetnames[:3] == ["Overview", "Indicators", "Figures"]
    assert {row[3] for row in sheet(book, "Follow-up")} == {"taken up", "repeated", "not found", "unclear"}


# --- charts ----------------------------------------------------------------------------------------------------------


def charts(compared: Comparison) -> list[Any]:
    return [
        plots.role_shares(compared.profile),
        plots.indicator_dots(compared.cells),
        plots.year_changes(compared.changes),
        plots.shared_text(compared.shares),
    ]


def test_charts_have_their_letters_and_leave_no_setting(sample: Comparison) -> None:
    before = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # “Glyph … missing from font”
        for figure in charts(sample):
            figure.savefig(io.BytesIO(), format="png")
    assert dict(matplotlib.rcParams) == before
    said = {text.get_text() for figure in charts(sample) for text in figure.findobj(matplotlib.text.Text)}
    assert {"举措", "雁回坪镇"} <= said


def test_bars_of_roles_fill_the_whole(sample: Comparison) -> None:
    figure = plots.role_shares(sample.profile)
    assert figure
    ends = [bar.get_x() + bar.get_width() for bar in figure.axes[0].patches[-len(sample.reports) :]]
    assert ends == pytest.approx([100] * len(sample.reports))


def test_without_anything_to_draw_there_is_no_chart(sample: Comparison) -> None:
    empty = Comparison(**{field.name: getattr(sample, field.name).iloc[:0] for field in fields(Comparison)})
    assert charts(empty) == [None] * 4


# --- command ---------------------------------------------------------------------------------------------------------


def test_the_command_shows_the_main_points() -> None:
    found = run(CORPUS / "reports")
    assert found.exit_code == 0
    assert "19份报告，6个单位，2023—2024" in found.stdout
    assert re.search(r"映溪街道 +2024 +▲158 ", found.stdout)
    assert "枫垭苗族乡_2024_法治政府.txt ⇄ 雁回坪镇_2023_法治政府.txt  10%" in found.stdout
    assert "不足21条：有下文 16，再次提出 5" in found.stdout
    assert "19 reports, 6 places, 2023—2024" in run(CORPUS / "reports", "--lang", "en").stdout


def test_the_command_writes_page_and_workbook(tmp_path: Path) -> None:
    this, last = tmp_path / "this", tmp_path / "last"
    for folder, number in ((this, 5), (last, 4)):
        folder.mkdir()
        (folder / "a.txt").write_text(f"甲坪镇法治政府建设工作总结\n全年调解矛盾纠纷{number}件。\n", encoding="utf-8")
    (this / "b.txt").write_text("乙坪镇2024年工作总结\n全年调解矛盾纠纷7件。\n", encoding="utf-8")
    (this / "bad.pdf").write_bytes(b"no pdf")
    for name in ("out.html", "out.xlsx"):
        found = run(this, "--previous", last, "--output", tmp_path / name)
        assert found.exit_code == 2, "a file was not read"
        assert "bad.pdf" in found.stderr
        assert not found.stdout
    page = html.fromstring((tmp_path / "out.html").read_text(encoding="utf-8"))
    changed = [[words(cell) for cell in row] for row in rows(page, "change-rows")]
    assert changed == [["甲坪镇", "2024", "调解矛盾纠纷", "4件", "5件", "5 − 4 = +1件", "+25.0"]]
    assert "bad.pdf" in words(page.xpath('//section[contains(@class, "failures")]')[0])
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[-1] == "没有读成"
    assert (tmp_path / "out.xlsx").stat().st_size > 5000


def test_the_command_refuses_what_cannot_be_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲坪镇2024年工作总结\n全年调解纠纷5件。\n", encoding="utf-8")
    few = run(tmp_path)
    assert few.exit_code == 2
    assert "至少要两份报告，这里有1份" in few.stderr
    ending = run(CORPUS / "reports", "--output", tmp_path / "out.docx")
    assert ending.exit_code == 2
    assert ".html" in ending.stderr
