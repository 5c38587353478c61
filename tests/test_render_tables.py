"""Tables as files: what a clerk's Excel and a researcher's pandas would open."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import openpyxl
import pandas
import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.dataframes import to_frame
from analyzer.pipeline import analyze
from analyzer.render import excel
from analyzer.tabular import AUDITED, KINDS, TABLES, Column, table

TEXT = """青禾镇2023年工作总结
一、主要工作
（一）强化普法宣传。全年发放宣传资料800余份，开展讲座12场次，满意度达98.5%。
（二）强化整治。整治耕地1.2万亩，用时3至5天。
"""
SHEETS = ("举措", "数量", "不足", "列举", "引用", "章节")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "青禾镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def extract(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["extract", *map(str, arguments)])


def run(*arguments: str | Path) -> int:
    return extract(*arguments).exit_code


def rows_of(path: Path) -> list[dict]:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")  # Excel would take it for GBK without
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_csv(report: Path, tmp_path: Path) -> None:
    table = tmp_path / "数量.csv"
    assert run(report, "--format", "csv", "--output", table) == 0
    rows = rows_of(table)
    assert [(row["数值"], row["上限"], row["单位"], row["约数"], row["原文"], row["行"]) for row in rows] == [
        ("800", "", "份", "余", "800余份", "3"),
        ("12", "", "场次", "", "12场次", "3"),
        ("98.5", "", "%", "", "98.5%", "3"),
        ("12000", "", "亩", "", "1.2万亩", "4"),
        ("3", "5", "天", "", "3至5天", "4"),
    ]
    assert rows[0]["章节"] == "一、主要工作 / （一）强化普法宣传"
    assert rows[0]["指标"] == "发放宣传资料"
    assert rows[0]["报告"] == "青禾镇2023年工作总结"


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_xlsx_have_the_same_cells_of_every_kind(report: Path, tmp_path: Path, kind: str) -> None:
    assert run(report, "--what", kind, "-o", tmp_path / "a.csv") == 0
    assert run(report, "--what", kind, "-o", tmp_path / "a.xlsx") == 0
    (sheet,) = openpyxl.load_workbook(tmp_path / "a.xlsx")
    head, *cells = sheet.iter_rows(values_only=True)
    assert sheet.title == table(kind).heading
    assert head == tuple(column.heading for column in table(kind).headings)
    assert [["" if cell is None else str(cell) for cell in row] for row in cells] == [
        list(row.values()) for row in rows_of(tmp_path / "a.csv")
    ]
    assert len(cells) == len(table(kind).items(analyze(TEXT)))


def test_a_workbook_has_a_sheet_a_kind_and_typed_numbers(report: Path, tmp_path: Path) -> None:
    assert run(report, "-o", tmp_path / "a.xlsx") == 0  # the format by the ending
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert tuple(book.sheetnames) == SHEETS
    sheet = book["数量"]
    assert [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)] == [800, 12, 98.5, 12000, 3]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L6"
    measure = next(book["举措"].iter_rows(min_row=2, values_only=True))
    assert measure[5] in ("已做", "计划")


def test_words_stay_words_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "=1+1 工作总结.txt"
    path.write_text("=1+1镇2023年工作总结\n=SUM(A1)开展检查4次。\n", encoding="utf-8")
    assert run(path, "-o", tmp_path / "a.xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "_ROWS", 2)
    assert run(report, "--what", "quantities", "-o", tmp_path / "a.xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["数量", "数量2", "数量3"]
    cells = [row[10] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == ["800余份", "12场次", "98.5%", "1.2万亩", "3至5天"]


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text("青禾镇2023年工作总结\n" + "持续推进各项工作" * 5000 + "。\n", encoding="utf-8")
    assert run(path, "--what", "clauses", "-o", tmp_path / "a.xlsx") == 0
    cells = [row[4] for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["子句"].iter_rows(values_only=True)]
    assert max(map(len, cells)) == 32_767
    assert max(cells, key=len).endswith("推进各项…")


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_reads_back_as_the_data_frame(report: Path, tmp_path: Path, kind: str) -> None:
    for path, text in ((report, TEXT), (tmp_path / "空.txt", "附件另行印发\n")):
        path.write_text(text, encoding="utf-8")
        file = tmp_path / "a.parquet"
        assert run(path, "--what", kind, "-o", file) == 0
        read, made = pandas.read_parquet(file), to_frame(analyze(path), kind)
        assert read.dtypes.astype(str).equals(made.dtypes.astype(str))
        as_lists = {column.name: _plain for column in table(kind).columns if column.dtype.startswith("list")}
        for name, plain in as_lists.items():
            read[name], made[name] = read[name].map(plain), made[name].map(plain)
        pandas.testing.assert_frame_equal(read, made, check_categorical=len(made) > 0)


def _plain(cell: object) -> object:
    """Lists as pandas wrote them, where Parquet gives arrays and tuples come back as arrays too."""
    return [_plain(each) for each in cell] if hasattr(cell, "__iter__") else int(str(cell))


def test_every_type_of_a_column_is_known_to_parquet() -> None:
    from analyzer.arrow import types
    from analyzer.tabular import BYTES  # of what a corpus keeps beside its tables

    columns: list[Column] = [column for kind in (*TABLES, *AUDITED) for column in table(kind).columns]
    assert {column.dtype for column in columns} == set(types()) - {BYTES}


@pytest.mark.parametrize("kind", KINDS)
def test_json_has_only_the_kind_that_is_wanted(report: Path, kind: str) -> None:
    whole = json.loads(extract(report).stdout)["reports"][0]
    part = json.loads(extract(report, "--what", kind).stdout)["reports"][0]
    assert set(KINDS) <= set(whole)
    assert part == {key: value for key, value in whole.items() if key not in KINDS or key == kind}


def test_unreadable_files_are_listed(report: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    result = extract(tmp_path, "-f", "csv", "-o", tmp_path / "a.out")
    assert result.exit_code == 2
    assert "空.txt" in result.stderr
    assert len(rows_of(tmp_path / "a.out")) == 5
    assert run(tmp_path, "-o", tmp_path / "a.xlsx") == 2
    assert "没有读成" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames


@pytest.mark.parametrize("missing", ["pandas", "pyarrow"])
def test_parquet_without_its_libraries_says_what_to_install(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "analyzer.render.parquet", raising=False)
    result = extract(report, "-o", tmp_path / "a.parquet")
    assert result.exit_code == 2
    assert 'pip install "analyzer[research]"' in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "a.parquet").exists()
    assert run(report, "-o", tmp_path / "a.csv") == run(report, "-o", tmp_path / "a.xlsx") == 0
