"""--fix: a new file that differs at the safe spots only, in the original's own bytes everywhere else."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.corrections import apply
from analyzer.pipeline import audit
from analyzer.readers import find_reports, report_of_text
from analyzer.records import Edit
from analyzer.rules import all_rules

TEXT = """云水乡2023年工作总结
2023年，云水乡落实县委部署,扎实推进各项工作。。现将情况总结如下:
一、工作成效
全年调解纠纷86件;开展宣传32场，群众满意！干部有劲头!比例为1:3，网址http://a.cn/b,c;d。
推行河长制(林长制)工作，办结率达95%，。群众满意，是否满意?
"""
MENDED = TEXT.replace("部署,", "部署，").replace("。。", "。").replace("如下:", "如下：")
MENDED = MENDED.replace("86件;", "86件；").replace("劲头!", "劲头！")
MARKS = st.text(st.sampled_from("云水乡一二,;:!?()，。；：！、“”（）《》 　1%\n"), max_size=40)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def edits(text: str) -> list[Edit]:
    findings = audit(report_of_text(text), [all_rules()["TXT003"]]).findings
    return sorted({edit for finding in findings for edit in finding.edits}, key=lambda edit: edit.start)


def test_what_is_mended_and_what_is_left_to_people(tmp_path: Path) -> None:
    path = tmp_path / "云水乡.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = run("audit", path, "--fix")
    assert path.read_text(encoding="utf-8") == TEXT
    assert (tmp_path / "云水乡.fixed.txt").read_text(encoding="utf-8") == MENDED
    assert "已改正5处" in result.stderr
    assert "  第2行 “落实县委部署,扎实推进各项” → “落实县委部署，扎实推进各项”\n" in result.stderr
    assert "--fix" not in run("audit", path).stderr


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_stay(tmp_path: Path, mark: bytes, encoding: str, end: str) -> None:
    path = tmp_path / "云水乡.txt"
    path.write_bytes(mark + TEXT.replace("\n", end).encode(encoding))
    run("audit", path, "--fix")
    assert (tmp_path / "云水乡.fixed.txt").read_bytes() == mark + MENDED.replace("\n", end).encode(encoding)


@given(MARKS)
def test_a_mended_text_has_nothing_to_mend_and_no_new_fault(text: str) -> None:
    def faults(text: str) -> int:
        return sum("连用" in finding.zh or "紧挨" in finding.zh for finding in audit(report_of_text(text)).findings)

    mended = apply(text, edits(text))
    assert edits(mended) == []
    assert faults(mended) <= faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "群众满意，。是否继续。。。再看。",
        "比例为1:3，会议10:30召开，资金1,100元。",
        "推行“网格吹哨、”模式（含流动站，）。落实部署,，抓好工作:。",
        "举办&#8220;宣传周&#8221;活动。是否满意?群众满意。",
        "推行河长制(林长制)工作。",
    ],
)
def test_what_someone_must_judge_is_not_mended(text: str) -> None:
    assert edits(text) == []


def test_findings_that_are_set_aside_are_not_mended(tmp_path: Path) -> None:
    (tmp_path / "analyzer.toml").write_text(
        "[[suppress]]\nrule='TXT003'\nquote='部署,'\nreason='引文'", encoding="utf-8"
    )
    path = tmp_path / "云水乡.txt"
    path.write_text(TEXT, encoding="utf-8")
    run("audit", path, "--fix")
    assert "部署,扎实" in (tmp_path / "云水乡.fixed.txt").read_text(encoding="utf-8")


def test_another_file_of_that_name_is_not_overwritten(tmp_path: Path) -> None:
    path, other = tmp_path / "云水乡.txt", tmp_path / "云水乡.fixed.txt"
    path.write_text(TEXT, encoding="utf-8")
    other.write_text("有人改过的稿子", encoding="utf-8")
    assert "没有覆盖" in run("audit", path, "--fix").stderr
    assert other.read_text(encoding="utf-8") == "有人改过的稿子"
    other.unlink()
    run("audit", path, "--fix")
    assert "已改正5处" in run("audit", path, "--fix").stderr, "its own is no other"


def test_word_files_are_left_to_word(tmp_path: Path) -> None:
    path = tmp_path / "云水乡.docx"
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    result = run("audit", path, "--fix")
    assert "只改 .txt 和 .md 文件" in result.stderr
    assert "  第2行 “落实县委部署,扎实推进各项” → “落实县委部署，扎实推进各项”\n" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["云水乡.docx"]


def test_nothing_to_mend_is_said_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "云水乡.txt"
    path.write_text(MENDED, encoding="utf-8")
    assert "没有可以直接改正的标点" in run("audit", path, "--fix").stderr
    assert [file.name for file in tmp_path.iterdir()] == ["云水乡.txt"]


def test_a_folder_is_audited_without_its_corrected_files(tmp_path: Path) -> None:
    for name in ("云水乡.txt", "云水乡.fixed.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert find_reports([tmp_path])[0] == [tmp_path / "云水乡.txt"]
    assert find_reports([tmp_path / "云水乡.fixed.txt"])[0] == [tmp_path / "云水乡.fixed.txt"]
