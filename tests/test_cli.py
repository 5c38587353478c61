"""The command line as its users call it: exit status, files and folders, formats, options."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

import analyzer
from analyzer.cli import app
from analyzer.render import FORMATS
from analyzer.rules import all_rules

# Two items announced, three listed (ENU001, an error); a half-width colon (TXT003, a warning).
FAULTY = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。现将工作情况总结如下。
一、工作成效
全年调解纠纷86件，开展宣传32场。
二、存在的不足
当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""
CLEAN = FAULTY.replace("部署,", "部署，").replace("两个方面", "三个方面")
ONE_ERROR = FAULTY.replace("部署,", "部署，")
ONE_WARNING = CLEAN.replace("部署，", "部署,")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def report(tmp_path: Path):
    def write(text: str, name: str = "云水乡_2023.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with one bad file of each kind, and one report that can be read."""
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "空.txt").touch()
    (folder / "二进制.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "断了.docx").write_bytes(b"PK\x03\x04" + b"\x14\x00\x06\x00" * 40)
    (folder / "加密.docx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le") * 9)
    (folder / "旧版.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2048))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (folder / "云水乡.txt").write_text(CLEAN, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (CLEAN, [], 0),
        (ONE_ERROR, [], 1),
        (ONE_WARNING, [], 0),
        (ONE_WARNING, ["--fail-on", "warning"], 1),
        (ONE_WARNING, ["--fail-on", "info"], 1),
        (ONE_ERROR, ["--fail-on", "never"], 0),
        (ONE_ERROR, ["--ignore", "ENU001"], 0),
        (ONE_ERROR, ["--select", "TXT"], 0),
        (ONE_ERROR, ["--select", "txt,enu001"], 1),
        (ONE_ERROR, ["--select", "TXT", "--select", "ENU"], 1),
        (ONE_ERROR, ["--select", "ENU", "--ignore", "ENU001,ENU002"], 0),
    ],
)
def test_exit_status(report, text: str, options: list[str], status: int) -> None:
    assert run("audit", report(text), *options).exit_code == status


def test_select_and_ignore_choose_the_rules_that_run(report) -> None:
    def checked(*options: str) -> list[str]:
        return list(
            json.loads(run("audit", report(FAULTY), "--format", "json", *options).stdout)["reports"][0]["checks"]
        )

    assert checked() == list(all_rules())
    assert checked("--select", "ENU") == [code for code in all_rules() if code.startswith("ENU")]
    assert checked("--ignore", "ENU,TXT003") == [
        code for code in all_rules() if not code.startswith("ENU") and code != "TXT003"
    ]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_a_usage_error_that_names_near_ones(report, option: str) -> None:
    result = run("audit", report(CLEAN), option, "ENU01")
    assert result.exit_code == 2
    assert "ENU001" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "nosuch"],
        ["--fail-on", "sometimes"],
        ["--lang", "fr"],
        ["--jobs", "0"],
        ["--output", "no/such/file"],
    ],
)
def test_usage_errors(report, arguments: list[str]) -> None:
    result = run("audit", report(CLEAN), *arguments)
    assert result.exit_code == 2
    assert not result.stdout


def test_one_bad_file_of_each_kind_stops_nothing(broken: Path) -> None:
    result = run("audit", broken, "--format", "json")
    output = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [Path(each["path"]).name for each in output["reports"]] == ["云水乡.txt"]
    failures = {Path(each["path"]).name: each["error"] for each in output["failures"]}
    assert set(failures) == {"空.txt", "二进制.txt", "断了.docx", "加密.docx", "旧版.doc", "坏.pdf"}
    assert all("请" in error for error in failures.values()), "each says what to do"


def test_failures_are_shown_at_the_end_and_win_over_findings(broken: Path) -> None:
    (broken / "云水乡.txt").write_text(FAULTY, encoding="utf-8")
    result = run("audit", broken)
    assert result.exit_code == 2
    shown = result.stdout
    assert shown.index("ENU001") < shown.index("6个文件没有审查") < shown.index("空.txt")


@pytest.mark.parametrize("what", ["没有.txt", "空文件夹", "照片.xyz"])
def test_nothing_to_audit_is_said_in_chinese(tmp_path: Path, what: str) -> None:
    (tmp_path / "空文件夹").mkdir()
    (tmp_path / "照片.xyz").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("audit", tmp_path / what)
    assert result.exit_code == 2
    assert what in result.stdout
    assert "个文件没有审查" in result.stdout


def test_output_goes_to_the_file(report, tmp_path: Path) -> None:
    file = tmp_path / "结果.json"
    result = run("audit", report(FAULTY), "--format", "json", "--output", file)
    assert result.exit_code == 1
    assert not result.stdout
    assert json.loads(file.read_text(encoding="utf-8"))["reports"][0]["findings"]


def test_language(report) -> None:
    assert "宣布" in run("audit", report(ONE_ERROR)).stdout
    english = run("audit", report(ONE_ERROR), "--lang", "en").stdout
    assert "error ENU001" in english
    assert "Reports: 1. Findings: 1 (error 1, warning 0, info 0)." in english


@pytest.mark.parametrize("command", ["audit", "extract"])
def test_many_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr("analyzer.batch._WORTH", 100)
    for number in range(70):
        text = FAULTY.replace("86件", f"{number}件") if number % 3 else "" if number % 2 else CLEAN
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    one = run(command, tmp_path, "--format", "json", "--jobs", 1)
    two = run(command, tmp_path, "--format", "json", "--jobs", 2)
    assert one.exit_code == two.exit_code == 2
    assert one.stdout == two.stdout
    assert len(json.loads(one.stdout)["failures"]) == 12


def program(*arguments: object, encoding: str = "utf-8", **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *map(str, arguments)],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "COLUMNS": "80", "PATH": "", "SYSTEMROOT": "C:\\Windows"},
        **options,
    )


def test_a_pipe_gets_no_colours(report) -> None:
    result = program("audit", report(FAULTY))
    assert result.returncode == 1
    assert b"\x1b" not in result.stdout + result.stderr


def test_a_reader_that_stops_reading_is_no_error(report) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", "extract", str(report(FAULTY * 2000))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert b"Error" not in process.stderr.read()
    process.wait()


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_that_cannot_show_everything_is_no_error(report, encoding: str) -> None:
    path = report(FAULTY.replace("云水乡", "㳇水乡𠅤"))
    result = program("audit", path, encoding=encoding)
    assert (result.returncode, result.stderr) == (1, b"")
    assert b"ENU001" in result.stdout
    result = program("audit", path, "--format", "json", encoding=encoding)
    assert json.loads(result.stdout.decode(encoding))["reports"][0]["title"] == "㳇水乡𠅤2023年法治政府建设工作总结"


def test_rules_lists_every_rule() -> None:
    for lang in ("zh", "en"):
        shown = run("rules", "--lang", lang).stdout
        for code, rule in all_rules().items():
            assert code in shown
            assert rule.name in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", all_rules())
def test_rules_explains_each_with_its_examples(code: str, lang: str) -> None:
    rule = all_rules()[code]
    shown = "".join(run("rules", code, "--lang", lang).stdout.split())
    for part in [rule.summary(lang), *(text for pair in rule.explanation(lang) for text in pair)]:
        assert "".join(part.split()) in shown
    for case in rule.examples("fires")[:2]:
        assert "".join(case["text"].split()) in shown


def test_rules_refuses_an_unknown_code() -> None:
    result = run("rules", "ENU01")
    assert result.exit_code == 2
    assert "ENU001" in result.stderr


def test_version() -> None:
    assert run("--version").stdout == f"analyzer {analyzer.__version__}\n"


def test_help_names_the_formats() -> None:
    shown = run("audit", "--help").stdout
    assert all(re.search(rf" {name}(,| )", shown) for name in FORMATS)


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("结果.json", '{"version": 1'),
        ("结果.SARIF", '{"$schema"'),
        ("结果.csv", "\ufeff文件,"),
        ("结果.txt", "/"),
        ("结果", "/"),
    ],
)
def test_the_ending_of_the_output_names_the_format(report, tmp_path: Path, file: str, begins: str) -> None:
    path = report(FAULTY)
    run("audit", path, "--output", tmp_path / file)
    assert (tmp_path / file).read_text(encoding="utf-8").startswith(begins)
    run("audit", path, "--output", tmp_path / file, "--format", "rdjson")
    assert (tmp_path / file).read_text(encoding="utf-8").startswith('{"source"'), "--format wins"


@pytest.mark.parametrize("command", ["audit", "extract"])
def test_a_workbook_is_not_shown_on_a_terminal(
    report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    path = report(FAULTY)
    monkeypatch.setattr("analyzer.cli.outputs.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    result = run(command, path, "--format", "xlsx")
    assert result.exit_code == 2
    assert "--output 报告.xlsx" in result.stderr
    assert run(command, path, "--output", tmp_path / "表.xlsx").exit_code < 2
