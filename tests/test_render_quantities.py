"""Quantities as tables: what a clerk's Excel and a researcher's pandas would open."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.render.quantity_table import COLUMNS

TEXT = """青禾镇2023年工作总结
一、主要工作
（一）强化普法宣传。全年发放宣传资料800余份，开展讲座12场次，满意度达98.5%。
（二）强化整治。整治耕地1.2万亩，用时3至5天。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "青禾镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> int:
    return CliRunner().invoke(app, ["extract", *map(str, arguments)]).exit_code


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


def test_xlsx_has_the_same_cells_and_typed_numbers(report: Path, tmp_path: Path) -> None:
    assert run(report, "-f", "csv", "-o", tmp_path / "a.csv") == 0
    assert run(report, "-o", tmp_path / "a.xlsx") == 0  # the format by the ending
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["数量"]
    head, *cells = sheet.iter_rows(values_only=True)
    assert head == COLUMNS
    assert [["" if cell is None else str(cell) for cell in row] for row in cells] == [
        list(row.values()) for row in rows_of(tmp_path / "a.csv")
    ]
    assert [row[5] for row in cells] == [800, 12, 98.5, 12000, 3]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L6"


def test_words_stay_words_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "=1+1 工作总结.txt"
    path.write_text("=1+1镇2023年工作总结\n=SUM(A1)开展检查4次。\n", encoding="utf-8")
    assert run(path, "-o", tmp_path / "a.xlsx") == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["数量"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_unreadable_files_are_listed(report: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    result = CliRunner().invoke(app, ["extract", str(tmp_path), "-f", "csv", "-o", str(tmp_path / "a.out")])
    assert result.exit_code == 2
    assert "空.txt" in result.stderr
    assert len(rows_of(tmp_path / "a.out")) == 5
    assert run(tmp_path, "-o", tmp_path / "a.xlsx") == 2
    assert "没有读成" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
