"""Findings for clerks: a table that Excel opens, and a workbook with what was checked and read out beside it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pandas
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.pipeline import analyze
from analyzer.records import Outcome
from analyzer.render.findings import CHECKS, FINDINGS, headings
from analyzer.rules import all_rules
from analyzer.tabular import printed, table

TEXT = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。
一、工作成效
全年调解纠纷86件，开展宣传32场。
二、存在的不足
当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""


@pytest.fixture(autouse=True)
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "云水乡.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def audit(*arguments: str) -> int:
    return CliRunner().invoke(app, ["audit", *arguments]).exit_code


def rows(path: str = "表.csv") -> list[dict[str, str]]:
    text = Path(path).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")  # Excel would take it for GBK without
    return list(csv.DictReader(io.StringIO(text[1:])))


def cells(sheet: Worksheet) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_csv_looks(snapshot: SnapshotAssertion) -> None:
    Path("空.txt").touch()
    assert audit("云水乡.txt", "空.txt", "--select", "ENU001,TXT003", "-o", "表.csv") == 2
    assert Path("表.csv").read_text(encoding="utf-8") == snapshot


def test_pandas_reads_what_was_found() -> None:
    audit("云水乡.txt", "--select", "ENU001,TXT003", "-o", "表.csv")
    frame = pandas.read_csv("表.csv")
    assert list(frame["规则"]) == ["TXT003", "ENU001"]
    found = frame.iloc[1]
    assert (found["级别"], found["章节"], found["行"], found["列"]) == ("错误", "二、存在的不足", 6, 6)
    assert found["原文"] == "两个方面"
    assert found["相关的地方"].startswith("列项1（第6行）：一是宣传形式不够多样；")
    assert frame.iloc[0]["改为"] == ", → ，"


def test_unread_files_have_a_row() -> None:
    Path("空.txt").touch()
    assert audit("云水乡.txt", "空.txt", "--select", "ENU001", "-o", "表.csv") == 2
    last = rows()[-1]
    assert (last["文件"], last["级别"], last["规则"]) == ("空.txt", "没有审查", "")
    assert "请重新下载" in last["问题"]
    audit("云水乡.txt", "空.txt", "-o", "表.xlsx")
    sheet = openpyxl.load_workbook("表.xlsx")["没有审查"]
    assert cells(sheet)[:2] == [["文件", "原因"], ["空.txt", last["问题"]]]
    audit("云水乡.txt", "空.txt", "-o", "表.xlsx", "--lang", "en")
    assert cells(openpyxl.load_workbook("表.xlsx")["not audited"])[0] == ["file", "reason"]


def test_what_no_longer_counts_says_why() -> None:
    Path("analyzer.toml").write_text(
        '[[suppress]]\nrule = "ENU001"\nquote = "两个方面"\nreason = "第三项\\n是另加的"\n', encoding="utf-8"
    )
    audit("云水乡.txt", "--select", "ENU001,TXT003", "-o", "表.csv")
    assert [row["处理"] for row in rows()] == ["", "已忽略：第三项 是另加的"]
    audit("云水乡.txt", "--select", "ENU001,TXT003", "--baseline", "基线.json", "--update-baseline", "-o", "表.csv")
    assert [row["处理"] for row in rows()] == ["基线中已有", "已忽略：第三项 是另加的"]
    Path("analyzer.toml").unlink()
    for rule, verdict in (("TXT003", "wrong"), ("ENU001", "right")):
        identity = next(row["代号"] for row in rows() if row["规则"] == rule)
        CliRunner().invoke(app, ["verdict", "云水乡.txt", identity, verdict, "--note", "附件另列"])
    audit("云水乡.txt", "--select", "ENU001,TXT003", "-o", "表.csv")
    assert [row["处理"] for row in rows()] == ["误报：附件另列", "已核对，属实：附件另列"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=1+1", "'=1+1.txt"),
        ("@SUM(A1)", "'@SUM(A1).txt"),
        ("+cmd", "'+cmd.txt"),
        ("=1,2", "'=1,2.txt"),
        ('"a"\n=2', '"a" =2.txt'),
        ("a=1", "a=1.txt"),
    ],
)
def test_no_word_becomes_a_formula(report: Path, name: str, shown: str) -> None:
    title = TEXT.split("\n")[0]
    report.write_text(TEXT.replace(title, f"{name.split(chr(10))[0]}{title}"), encoding="utf-8")
    report.rename(Path(f"{name}.txt"))
    audit("--select", "ENU001", "-o", "表.csv", "--", f"{name}.txt")
    [row] = rows()
    assert " ".join(row["文件"].split()) == shown
    audit("--select", "ENU001", "-o", "表.xlsx", "--", f"{name}.txt")
    book = openpyxl.load_workbook("表.xlsx")
    assert book["发现"]["A2"].value.replace("\n", " ") == shown.lstrip("'")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_numbers_with_a_sign_stay_numbers() -> None:
    from analyzer.render.csv import _safe

    assert _safe(["-3.5%", "+1,200", -4, "-3.5%以下", "-1+1"]) == ["-3.5%", "+1,200", -4, "'-3.5%以下", "'-1+1"]


def test_names_that_are_no_text_are_written(report: Path) -> None:
    report.rename("坏\udc80.txt")
    audit("坏\udc80.txt", "--select", "ENU001", "-o", "表.xlsx")
    audit("坏\udc80.txt", "--select", "ENU001", "-o", "表.csv")
    assert openpyxl.load_workbook("表.xlsx")["发现"]["A2"].value == "坏?.txt"
    assert rows()[0]["文件"] == "坏?.txt"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_csv_and_workbook_have_the_same_findings(lang: str) -> None:
    for file in ("表.csv", "表.xlsx"):
        audit("云水乡.txt", "-o", file, "--lang", lang)
    sheet = openpyxl.load_workbook("表.xlsx").worksheets[0]
    assert sheet.title == ("发现" if lang == "zh" else "findings")
    assert cells(sheet) == [list(headings(FINDINGS, lang)), *(list(row.values()) for row in rows())]


def test_the_workbook_says_what_was_checked_and_read_out() -> None:
    audit("云水乡.txt", "-o", "表.xlsx")
    book = openpyxl.load_workbook("表.xlsx")
    assert book.sheetnames == ["发现", "检查", "举措", "数量", "不足"]
    head, *checks = cells(book["检查"])
    assert head == list(headings(CHECKS, "zh"))
    assert [row[3] for row in checks] == list(all_rules())
    counted = dict(zip(head, next(row for row in checks if row[3] == "ENU001"), strict=True))
    assert (counted["不符"], counted["无法判断"]) == ("1", "0")
    assert head[-len(Outcome) :] == ["相符", "不符", "存疑", "无法判断"]
    analysis = analyze(Path("云水乡.txt"))
    for kind, name in (("measures", "举措"), ("quantities", "数量"), ("shortcomings", "不足")):
        expected = [["" if cell is None else str(cell) for cell in row] for row in printed(table(kind), analysis)]
        assert cells(book[name])[1:] == expected
    assert len(cells(book["数量"])) == 3


def test_sheets_stay_readable() -> None:
    audit("云水乡.txt", "-o", "表.xlsx")
    book = openpyxl.load_workbook("表.xlsx")
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A2"].alignment.wrap_text
    found = book["发现"]
    [rules] = [each for each in found.conditional_formatting if str(each.sqref) == f"D2:D{found.max_row}"]
    assert [rule.formula for rule in rules.rules] == [['"错误"'], ['"警告"'], ['"提示"']]
    heights = [found.row_dimensions[number].height for number in range(2, found.max_row + 1)]
    assert max(heights) > 30, "words that are wrapped are seen"
    assert max(heights) <= 120
