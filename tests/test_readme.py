"""The README says what is true: its captured output, its commands, its options."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.config import check_codes, find_config
from analyzer.render import FORMATS
from analyzer.rules import all_rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = typer.main.get_command(app)


CAPTURED = re.compile(r"(?<=```console\n)\$ analyzer (.+)\n([^`]*)(?=```)")


def printed(arguments: str) -> str:
    lines = CliRunner().invoke(app, shlex.split(arguments), env={"COLUMNS": "80"}).stdout.splitlines()
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def test_captured_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """To renew it: python tests/test_readme.py"""
    found = CAPTURED.search(README)
    assert found
    monkeypatch.chdir(ROOT)
    assert found[2] == printed(found[1])


def test_python_example(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```python\n([^`]*)```", README)
    assert found
    monkeypatch.chdir(ROOT)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(found[1], {})
    assert "5 ENU001 " in output.getvalue()


def test_data_frame_example(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"As data frames[^`]*```python\n([^`]*)```\n\n```text\n([^`]*)```", README)
    assert found
    monkeypatch.chdir(ROOT)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(found[1], {})
    assert output.getvalue() == found[2]


@pytest.mark.parametrize("heading", ["Many reports", "Follow-up"])
def test_corpus_example(heading: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = re.search(r"```python\n([^`]*)```\n\n```text\n([^`]*)```", README.split(f"## {heading}\n")[1])
    assert found
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("analyzer.corpus.user_folder", lambda: tmp_path)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(found[1], {})
    assert output.getvalue() == found[2]


def test_reuse_example(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"## Who copied[^`]*(?:`[^`]+`[^`]*)*```python\n([^`]*)```\n\n```text\n([^`]*)```", README)
    assert found
    monkeypatch.chdir(ROOT)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(found[1], {})
    assert output.getvalue() == found[2]


def test_table_example(monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r"```text\n(文件,[^`]*)```", README)
    assert found
    monkeypatch.chdir(ROOT)
    shown = printed("extract corpus/reports/云磴乡_2024_工作总结.txt --what quantities --format csv").splitlines()
    heading, row = found[1].splitlines()
    assert heading == shown[0].lstrip("\ufeff")
    assert f"corpus/reports{row[1:]}" in shown


def test_settings_example(tmp_path: Path) -> None:
    found = re.search(r"```toml\n([^`]*)```", README)
    assert found
    (tmp_path / "analyzer.toml").write_text(found[1], encoding="utf-8")
    config = find_config([str(tmp_path)])
    check_codes(config)
    settings = [each.name for each in dataclasses.fields(config) if each.name not in ("folder", "file")]
    assert all(getattr(config, name) for name in settings), "all of them are shown"


def parameters() -> list:
    return [
        pytest.param(parameter, id=f"{command.name}-{parameter.name}")
        for command in [COMMAND, *COMMAND.commands.values()]
        for parameter in command.params
    ]


@pytest.mark.parametrize("command", COMMAND.commands.values(), ids=str)
def test_every_command_is_documented(command: typer.main.Command) -> None:
    assert command.help
    assert f"`analyzer {command.name}" in README


@pytest.mark.parametrize("parameter", parameters())
def test_every_option_is_documented(parameter: typer.main.Parameter) -> None:
    assert parameter.help
    assert "·" in parameter.help, "in both languages"
    for name in parameter.opts if parameter.param_type_name == "option" else []:
        assert f"`{name}`" in README


def test_every_family_and_format_is_named() -> None:
    for code in all_rules():
        assert re.search(rf"\b{code[:3]}\b", README.split("## Rules")[1])
    for name in FORMATS:
        assert f"`{name}`" in README


def test_ci_runs_the_test_command() -> None:
    listed = subprocess.run([ROOT / ".ci" / "run", "--show"], capture_output=True, text=True, check=True).stdout.strip()
    assert listed in README
    assert listed.endswith("/pytest")


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


if __name__ == "__main__":
    renewed = CAPTURED.sub(lambda found: f"$ analyzer {found[1]}\n{printed(found[1])}", README)
    (ROOT / "README.md").write_text(renewed, encoding="utf-8")
