"""Findings for programs that read lines: JSON Lines, workflow commands, rdjson."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest
from syrupy.assertion import SnapshotAssertion

from analyzer.config import Config, Suppression
from analyzer.ledger import Ledger
from analyzer.pipeline import audit
from analyzer.readers import report_of_text
from analyzer.records import Analysis, Audit, Check, Failure, Quote, Report
from analyzer.render import writer
from analyzer.rules import all_rules, inconsistent, rule
from analyzer.standing import Known, settle

TEXT = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。
一、存在的不足
𠅤当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""
RULES = ("ENU001", "TXT003")
FAILURE = Failure("报告/坏,的:100%.docx", "文件已损坏。\n请重新下载。")


def audited(text: str = TEXT, path: str = "报告/云水乡.txt", form: str = "txt") -> Audit:
    report = report_of_text(text, path)
    report = Report(path, text, report.paragraphs, form)
    return audit(report, [all_rules()[code] for code in RULES])


def with_one_ignored(found: Audit, tmp_path: Path) -> Audit:
    config = Config(tmp_path, suppress=(Suppression("ENU001", "第三项是另加的", "两个方面"),))
    return settle(found, Known(config, Ledger(tmp_path / "verdicts.json", ())))


def written(name: str, *audits: Audit, failures: tuple[Failure, ...] = (FAILURE,), lang: str = "zh") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="replace", newline="\n")
    writer(name)(audits, failures, stream, lang)
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")


def at(text: str, line: int, column: int) -> int:
    """The offset of a line and column, counted from 1."""
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


@pytest.mark.parametrize("name", ["jsonl", "github", "rdjson"])
def test_looks(snapshot: SnapshotAssertion, name: str) -> None:
    assert written(name, audited()) == snapshot


@pytest.mark.parametrize("name", ["github", "rdjson"])
def test_what_no_longer_counts_is_left_out(tmp_path: Path, name: str) -> None:
    assert "ENU001" in written(name, audited())
    assert "ENU001" not in written(name, with_one_ignored(audited(), tmp_path))


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def test_jsonl_is_a_finding_a_line_and_last_the_failures(tmp_path: Path) -> None:
    ignored = with_one_ignored(audited(), tmp_path)
    lines = [json.loads(line) for line in written("jsonl", audited(), ignored).splitlines()]
    assert [line.get("rule") for line in lines] == ["TXT003", "ENU001", "TXT003", "ENU001", None]
    assert lines[3]["suppressed"]["reason"] == "第三项是另加的"
    assert lines[4] == {"path": FAILURE.path, "error": FAILURE.error}
    for line in lines[:4]:
        assert (line["path"], line["title"], line["year"]) == ("报告/云水乡.txt", TEXT.split("\n")[0], 2023)
        assert TEXT[line["start"] : line["end"]] == line["quote"]
        assert at(TEXT, line["line"], line["column"]) == line["start"]


def test_pandas_reads_jsonl() -> None:
    frame = pandas.read_json(io.StringIO(written("jsonl", audited(), failures=())), lines=True)
    assert list(frame["rule"]) == ["TXT003", "ENU001"]
    assert list(frame["quote"]) == ["落实县委决策部署,扎实推进法治政府", "两个方面"]


def test_jsonl_survives_names_that_are_no_text() -> None:
    [line] = written("jsonl", failures=(Failure("坏\udc80\n.txt", "打不开"),)).splitlines()
    assert json.loads(line)["path"] == "坏\udc80\n.txt"


# --- workflow commands -----------------------------------------------------------------------------------------------


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """As the runner parses them: https://github.com/actions/runner, ActionCommand.TryParseV2."""
    found = []
    for line in output.splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        values = dict(part.split("=", 1) for part in match[2].split(","))
        escapes = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
        for code, character in escapes:
            values = {name: value.replace(code, character) for name, value in values.items()}
        message = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        found.append((match[1], values, message))
    return found


def test_commands_point_at_the_words() -> None:
    found = audited()
    (comma, counted, failed) = commands(written("github", found))
    assert [each[0] for each in (comma, counted, failed)] == ["warning", "error", "error"]
    for (_, values, message), finding in zip((comma, counted), found.findings, strict=True):
        assert values["file"] == "报告/云水乡.txt"
        assert at(TEXT, int(values["line"]), int(values["col"])) == finding.start
        assert at(TEXT, int(values["endLine"]), int(values["endColumn"])) == finding.end
        assert message == finding.zh
    assert (failed[1]["file"], failed[2]) == (FAILURE.path, FAILURE.error)


def test_no_text_ends_a_command_or_begins_another() -> None:
    text = TEXT.replace("宣传形式", "100%::error file=a,line=1::宣传")
    path = "报告/a::b,c%0A=\r\n::error::.txt"
    found = audited(text, path)
    parsed = commands(written("github", found))
    assert {values["file"] for _, values, _ in parsed[:-1]} == {path}
    assert [message for _, _, message in parsed[:-1]] == [finding.zh for finding in found.findings]


@rule("TXT901", "two-lines", "info")
def two_lines(analysis: Analysis) -> Iterator[Check]:
    """自己写的规则 / A rule of one's own"""
    yield inconsistent(Quote.cut(analysis.text, 5, 30), "换行", "Lines")


def test_words_over_several_lines_have_no_columns() -> None:
    [(level, values, _)] = commands(written("github", audit(report_of_text(TEXT, "a.txt"), [two_lines]), failures=()))
    assert level == "notice"
    assert (values["line"], values["endLine"]) == ("1", "2")
    assert "col" not in values
    assert "endColumn" not in values


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_lines_of_a_text_that_is_not_the_file_are_said_in_words(form: str) -> None:
    _, (_, values, message), _ = commands(written("github", audited(form=form)))
    assert values == {"file": "报告/云水乡.txt", "title": "ENU001 declared-count"}
    assert message.startswith("正文第4行“两个方面”：")
    diagnostic = json.loads(written("rdjson", audited(form=form)))["diagnostics"][1]
    assert diagnostic["location"] == {"path": "报告/云水乡.txt"}
    assert diagnostic["message"].startswith("正文第4行“两个方面”：")
    assert "suggestions" not in json.loads(written("rdjson", audited(form=form)))["diagnostics"][0]


# --- rdjson ----------------------------------------------------------------------------------------------------------


def cut(region: dict[str, dict[str, int]]) -> str:
    """The words of a range, whose columns count bytes."""
    lines = [line.encode() for line in TEXT.split("\n")]
    start, end = region["start"], region["end"]
    assert start["line"] == end["line"]
    return lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode()


def test_rdjson_counts_bytes() -> None:
    found = audited()
    comma, counted, failed = json.loads(written("rdjson", found))["diagnostics"]
    assert cut(comma["location"]["range"]) == found.findings[0].quote
    assert cut(counted["location"]["range"]) == "两个方面"
    items = [cut(related["location"]["range"]) for related in counted["related_locations"]]
    assert items == [related.quote for related in found.findings[1].related]
    assert [related["message"] for related in counted["related_locations"]] == ["列项1", "列项2", "列项3"]
    assert (counted["severity"], counted["code"]) == ("ERROR", {"value": "ENU001"})
    [suggestion] = comma["suggestions"]
    assert (cut(suggestion["range"]), suggestion["text"]) == (",", "，")
    assert (failed["location"], failed["message"]) == ({"path": FAILURE.path}, FAILURE.error)


def test_rdjson_of_nothing_is_a_document() -> None:
    assert json.loads(written("rdjson", failures=()))["diagnostics"] == []


def test_english() -> None:
    assert "Line 4 of the text" in written("rdjson", audited(form="pdf"), lang="en")
    assert "not audited" in written("github", lang="en")
