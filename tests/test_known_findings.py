"""Suppressions, baseline and verdicts: what is known stays known, is never dropped in silence, and goes when it can."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.ledger import VERDICTS

# Two items announced, three listed (ENU001, an error); a half-width comma (TXT003, a warning).
FAULT = "当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。\n"
TEXT = f"""云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。现将工作情况总结如下。
一、存在的不足
{FAULT}"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "报告").mkdir()
    monkeypatch.chdir(tmp_path)
    path = Path("报告/云水乡.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path


def findings(*arguments: object) -> list[dict]:
    document = json.loads(run("audit", *arguments, "--format", "json").stdout)
    return [finding for each in document["reports"] for finding in each["findings"]]


def open_rules(*arguments: object) -> list[str]:
    return [finding["rule"] for finding in findings(*arguments) if "suppressed" not in finding]


def configure(text: str) -> None:
    Path("analyzer.toml").write_text(text, encoding="utf-8")


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_change_rules_severities_and_exit_status(report: Path) -> None:
    assert run("audit", report).exit_code == 1
    configure('severities = { ENU001 = "info", TXT = "off" }')
    [finding] = findings(report)
    assert (finding["rule"], finding["severity"]) == ("ENU001", "info")
    result = run("audit", report)
    assert result.exit_code == 0
    assert "analyzer.toml" in result.stderr, "it is said where the settings came from"
    configure('severities = { ENU001 = "info", TXT = "off" }\nfail_on = "info"')
    assert run("audit", report).exit_code == 1
    assert run("audit", report, "--fail-on", "never").exit_code == 0, "the command line wins"


def test_per_path_ignores_leave_the_rules_out_of_the_count(report: Path) -> None:
    configure('[per_path_ignores]\n"报告/*" = ["ENU"]')
    assert open_rules(report) == ["TXT003"]
    checks = json.loads(run("audit", report, "--format", "json").stdout)["reports"][0]["checks"]
    assert not [code for code in checks if code.startswith("ENU")]
    configure('[per_path_ignores]\n"旧稿/*" = ["ENU"]')
    assert open_rules(report) == ["TXT003", "ENU001"]


def test_wrong_settings_are_a_usage_error(report: Path) -> None:
    configure("ingore = ['TXT']")
    for command in (["audit", report], ["extract", report], ["rules"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "ingore" in result.stderr


# --- suppressions ----------------------------------------------------------------------------------------------------

SUPPRESS = '[[suppress]]\nrule = "ENU001"\n{}\nreason = "第三项是另加的"\n'


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ('quote = "两个方面"', 1),
        ('quote = "存在两个方面的不足"', 1),
        ('quote = "个方"', 1),
        ('quote = "当前还存在"', 0),
        ('quote = "三个方面"', 0),
        ('path = "报告/*"', 1),
        ('path = "云水乡*"', 1),
        ('path = "青禾镇*"', 0),
        ('quote = "两个方面"\npath = "青禾镇*"', 0),
    ],
)
def test_a_suppression_fits_by_words_and_file(report: Path, where: str, count: int) -> None:
    configure(SUPPRESS.format(where))
    suppressed = [finding["suppressed"] for finding in findings(report) if "suppressed" in finding]
    assert suppressed == [{"by": "suppress", "reason": "第三项是另加的"}] * count
    assert open_rules(report) == ["TXT003", "ENU001"][: 2 - count]


def test_a_suppressed_finding_is_listed_and_does_not_fail(report: Path) -> None:
    configure(SUPPRESS.format('quote = "两个方面"'))
    result = run("audit", report)
    assert result.exit_code == 0
    assert "已按说明忽略1处：" in result.stdout
    assert "云水乡.txt 4:6 ENU001 “两个方面” — 第三项是另加的" in result.stdout
    assert "1份报告，1处发现" in result.stdout
    assert "没有用上" not in result.stderr


@pytest.mark.parametrize(
    ("where", "audited", "said"),
    [
        ('quote = "三个方面"', "报告", True),
        ('quote = "三个方面"', "报告/云水乡.txt", False),  # it may be about another report
        ('path = "云水乡*"\nquote = "三个方面"', "报告/云水乡.txt", True),
        ('path = "青禾镇*"', "报告", False),
    ],
)
def test_a_suppression_without_use_is_named(report: Path, where: str, audited: str, said: bool) -> None:
    configure(SUPPRESS.format(where))
    assert ("没有用上" in run("audit", audited).stderr) is said
    assert "没有用上" not in run("audit", audited, "--select", "TXT").stderr, "its rule did not run"


# --- fingerprints ----------------------------------------------------------------------------------------------------


def test_the_same_finding_twice_has_two_fingerprints(report: Path) -> None:
    report.write_text(TEXT + "二、又一次\n" + FAULT, encoding="utf-8")
    first, second = (finding["fingerprint"] for finding in findings(report, "--select", "ENU001"))
    assert first != second
    report.write_text("各位代表：\n" + TEXT + "各位代表：\n" + FAULT, encoding="utf-8")
    assert [finding["fingerprint"] for finding in findings(report, "--select", "ENU001")] == [first, second]


# --- baseline --------------------------------------------------------------------------------------------------------


def baseline() -> list[dict]:
    return json.loads(Path("基线.json").read_text(encoding="utf-8"))["findings"]


def known(*arguments: object) -> Result:
    return run("audit", *arguments, "--baseline", "基线.json")


def test_only_new_findings_count(report: Path) -> None:
    assert known(report, "--update-baseline").exit_code == 0
    result = known(report)
    assert result.exit_code == 0
    assert "0处发现" in result.stdout
    assert "基线中已有2处" in result.stdout
    report.write_text("各位代表：\n" + TEXT + "二、又一次\n" + FAULT, encoding="utf-8")
    result = known(report)
    assert result.exit_code == 1
    assert "2处发现：错误 1" in result.stdout, "the second of the same, and that its sentence is repeated"
    assert "已经没有了" not in result.stderr


def test_the_file_is_sorted_readable_and_stable(report: Path) -> None:
    Path("报告/一.txt").write_text(TEXT, encoding="utf-8")
    known("报告", "--update-baseline")
    first = Path("基线.json").read_bytes()
    report.write_text("各位代表：\n" + TEXT, encoding="utf-8")
    known(report, "报告/一.txt", "--update-baseline", "--jobs", 1)
    assert Path("基线.json").read_bytes() == first
    assert [(entry["path"], entry["rule"]) for entry in baseline()] == [
        ("报告/一.txt", "ENU001"),
        ("报告/一.txt", "TXT003"),
        ("报告/云水乡.txt", "ENU001"),
        ("报告/云水乡.txt", "TXT003"),
    ]
    assert baseline()[0]["quote"] == "两个方面"
    lines = first.decode().splitlines()
    assert len(lines) == 4 + 2
    assert b"\r" not in first


def test_paths_are_relative_to_the_file(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(report.absolute(), "--update-baseline")
    assert {entry["path"] for entry in baseline()} == {"报告/云水乡.txt"}
    monkeypatch.chdir("报告")
    assert run("audit", "云水乡.txt", "--baseline", "../基线.json").exit_code == 0


def test_entries_that_no_longer_occur_are_named_and_go(report: Path) -> None:
    Path("报告/一.txt").write_text(TEXT, encoding="utf-8")
    known("报告", "--update-baseline")
    report.write_text(TEXT.replace("两个方面", "三个方面"), encoding="utf-8")
    result = known(report)
    assert result.stderr.count("已经没有了") == 1
    assert "报告/云水乡.txt ENU001 “两个方面”" in result.stderr
    assert "已经没有了" not in known(report, "--select", "TXT").stderr, "its rule did not run"
    known(report, "--update-baseline")
    assert [entry["rule"] for entry in baseline()] == ["ENU001", "TXT003", "TXT003"], "the other report's stay"
    report.unlink()
    assert known("报告").stderr.count("已经没有了") == 1, "a report that is gone"


def test_a_renamed_report_stays_known(report: Path) -> None:
    known(report, "--update-baseline")
    report.rename("报告/云水乡终稿.txt")
    result = known("报告")
    assert "0处发现" in result.stdout
    assert "已经没有了" not in result.stderr
    Path("报告/云水乡.txt").write_text("另一份。\n", encoding="utf-8")
    assert "2处发现" in known("报告").stdout, "while the first is there, a copy is new"


@pytest.mark.parametrize(
    "arguments",
    [["--baseline", "没有.json"], ["--update-baseline"], ["--baseline", "坏.json"], ["--baseline", "新.json"]],
)
def test_baselines_that_cannot_serve_are_usage_errors(report: Path, arguments: list[str]) -> None:
    Path("坏.json").write_text('{"version": 1, "findings": [{"path": 3}]}', encoding="utf-8")
    Path("新.json").write_text('{"version": 2, "findings": []}', encoding="utf-8")
    result = run("audit", report, *arguments)
    assert result.exit_code == 2
    assert not result.stdout


# --- verdicts --------------------------------------------------------------------------------------------------------


def judge(report: Path, rule: str, verdict: str, note: str = "") -> Result:
    fingerprint = next(each["fingerprint"] for each in findings(report) if each["rule"] == rule)
    return run("verdict", report, fingerprint[:7], verdict, "--note", note)


def test_audit_shows_the_id_that_verdict_takes(report: Path) -> None:
    fingerprint = findings(report, "--select", "ENU001")[0]["fingerprint"]
    assert f"4:6  {fingerprint[:7]}" in run("audit", report).stdout


@pytest.mark.parametrize(("verdict", "said"), [("wrong", "误报：附件另列"), ("accepted", "属实，不改：附件另列")])
def test_a_finding_judged_wrong_or_accepted_no_longer_fails(report: Path, verdict: str, said: str) -> None:
    result = judge(report, "ENU001", verdict, "附件另列")
    assert result.exit_code == 0
    assert said in result.stdout
    result = run("audit", report)
    assert result.exit_code == 0
    assert f"4:6 ENU001 “两个方面” — {said}" in result.stdout
    [finding] = [each for each in findings(report) if "suppressed" in each]
    assert finding["suppressed"] == {"by": "verdict", "reason": "附件另列"}
    assert finding["verdict"] == {"verdict": verdict, "note": "附件另列"}


def test_a_finding_judged_right_is_shown_as_such_and_counts(report: Path) -> None:
    judge(report, "ENU001", "right", "已退回修改")
    result = run("audit", report)
    assert result.exit_code == 1
    assert "  已核对，属实：已退回修改\n" in result.stdout


def test_a_verdict_outlives_edits_and_a_later_one_replaces_it(report: Path) -> None:
    judge(report, "ENU001", "wrong")
    report.write_text("各位代表：\n" + TEXT, encoding="utf-8")
    assert open_rules(report) == ["TXT003"]
    assert run("verdict", report, findings(report, "--select", "ENU001")[0]["fingerprint"], "right").exit_code == 0
    assert open_rules(report) == ["TXT003", "ENU001"]
    assert len(json.loads(Path(VERDICTS).read_text(encoding="utf-8"))["findings"]) == 1


def test_verdicts_stand_beside_the_settings(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure("")
    monkeypatch.chdir("报告")
    judge(Path("云水乡.txt"), "ENU001", "wrong")
    assert (Path("..") / VERDICTS).is_file()
    assert open_rules("云水乡.txt") == ["TXT003"]


@pytest.mark.parametrize(("fingerprint", "verdict"), [("ffffffff", "wrong"), ("", "wrong"), ("0", "maybe")])
def test_a_verdict_on_nothing_is_a_usage_error(report: Path, fingerprint: str, verdict: str) -> None:
    assert run("verdict", report, fingerprint, verdict).exit_code == 2
    assert not Path(VERDICTS).exists()


def test_rules_show_how_often_people_found_them_right(report: Path) -> None:
    assert "属实/已判" not in run("rules").stdout
    judge(report, "ENU001", "wrong")
    report.write_text(TEXT + "二、又一次\n" + FAULT, encoding="utf-8")
    run("verdict", report, findings(report, "--select", "ENU001")[0]["fingerprint"], "accepted")
    line = next(line for line in run("rules").stdout.splitlines() if line.startswith("ENU001"))
    assert line.endswith("1/2")
    assert "本地已判2处，属实1处。" in run("rules", "ENU001").stdout
