"""The pages say what is true: their examples are run, their links lead somewhere, all commands and options are named.

A page is run from its top in a folder of its own, in which the sample corpus lies:

    ```console      the lines with $ are run: commands of analyzer, scripts of tests/; the others are what they print
    ```python       is run, with the names of the blocks before it; a ```text block right behind it is what it prints
    ```toml NAME    is written to the file NAME, likewise any block whose fence names a file
    ```sh           (powershell, bat) is not run, for it needs another program or a server; its commands of analyzer
                    must exist, with their options

A line … alone stands for any lines left out, […] for any words.

To renew what is printed: python tests/test_docs.py [PAGE…]
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import typer.main
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.config import check_codes, find_config
from analyzer.render import FORMATS
from analyzer.rules import all_rules

ROOT = Path(__file__).parents[1]
GENERATED = ROOT / "docs" / "rules.md"
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
WRITTEN = [page for page in PAGES if page != GENERATED]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
WORDS = "\n".join(TEXTS[page.relative_to(ROOT).as_posix()] for page in WRITTEN)
COMMAND = typer.main.get_command(app)
HOME = "/home/me"  # what pages show for the folder in which they are run

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = re.compile(r"^…$|\[…\]", re.MULTILINE)
CALL = re.compile(r"^(?:\S*[/\\])?analyzer (.+?)(?: +#.*| \|.*)?$", re.MULTILINE)
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


# --- running a page ---------------------------------------------------------------------------------------------------


def run_page(text: str, folder: Path) -> str:
    """The page as it should be: with what its examples print now, run in `folder`."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    names: dict[str, object] = {"__name__": "__main__"}
    parts, at, printed = [], 0, None
    with contextlib.chdir(folder), mock.patch("analyzer.corpus.user_folder", return_value=folder / ".cache"):
        for block in BLOCK.finditer(text):
            language, file, body = block.groups()
            shown = body
            if language == "text" and printed is not None and text[at : block.start()].strip() == "```":
                shown = kept_short(body, printed)
            printed = None
            if file:
                Path(file).write_text(body, encoding="utf-8")
            if language == "console":
                shown = "".join(console(body))
            elif language == "python":
                printed = python(body, names).replace(str(folder), HOME)
            parts += [text[at : block.start(3)], shown]
            at = block.end(3)
    return "".join([*parts, text[at:]])


def console(body: str) -> Iterator[str]:
    """The lines of a console with what its commands print now."""
    assert body.startswith("$ "), f"begin with a command: {body[:40]}"
    for step in re.split(r"^(?=\$ )", body, flags=re.MULTILINE)[1:]:
        command, _, shown = step.partition("\n")
        lines = printed_by(shlex.split(command[2:])).replace(str(Path.cwd()), HOME).strip("\n\ufeff").splitlines()
        printed = "".join(f"{line.rstrip()}\n" for line in lines)
        tail = re.search(r"\n*\Z", shown)
        empty = "\n" if tail and len(tail[0]) > 1 else ""  # a line that parts it from the next command
        yield f"{command}\n{kept_short(shown.removesuffix(empty), printed)}{empty}"


def printed_by(command: list[str]) -> str:
    program, *arguments = command
    if program == "python":  # a script of this project
        script = [sys.executable, ROOT / arguments[0], *arguments[1:]]
        return subprocess.run(script, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert program == "analyzer", f"neither analyzer nor a script of this project: {command}"
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "80"}, prog_name="analyzer")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def python(body: str, names: dict[str, object]) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(body, "the page", "exec"), names)
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())


def kept_short(shown: str, printed: str) -> str:
    """`shown` where it is `printed` with lines left out, else `printed`."""
    pattern = ".*".join(map(re.escape, ELLIPSIS.split(shown)))
    return shown if re.fullmatch(pattern, printed, re.DOTALL) else printed


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert run_page(text, tmp_path) == text, f"renew it: python tests/test_docs.py {page.relative_to(ROOT)}"


def calls() -> list:
    return [
        pytest.param(call[1], id=f"{name}: {call[0]}")
        for name, text in TEXTS.items()
        for language, _, body in BLOCK.findall(text)
        if language in ("sh", "powershell", "bat")
        for call in CALL.finditer(body)
    ]


@pytest.mark.parametrize("arguments", calls())
def test_calls_that_are_not_run_have_options_that_exist(arguments: str) -> None:
    words = shlex.split(arguments.replace("\\", "/"))
    command = COMMAND if words[0].startswith("-") else COMMAND.commands.get(words[0])
    assert command, f"there is no command {words[0]}"
    options = {name: parameter for parameter in command.params for name in parameter.opts}
    for word, value in zip(words, [*words[1:], ""], strict=True):
        if word.startswith("-"):
            assert word in options or word == "--help", f"{words[0]} has no option {word}"
        if word == "--format" and command.name == "audit":
            assert value in FORMATS


def test_a_page_is_compared_with_what_is_printed(tmp_path: Path) -> None:
    """What the other tests rest on: an output that is wrong, and one that is left out, are seen."""
    page = "```python\nprint(1)\nprint(2)\nprint(3)\n```\n\n```text\n{}\n```\n"
    assert run_page(page.format("1\n…\n3"), tmp_path / "a") == page.format("1\n…\n3")
    assert run_page(page.format("1\n…\n4"), tmp_path / "b") == page.format("1\n2\n3")
    version = "```console\n$ analyzer --version\n{}\n```\n"
    assert run_page(version.format("analyzer 0"), tmp_path / "c") != version.format("analyzer 0")


# --- what the pages must have -----------------------------------------------------------------------------------------


def parameters() -> list:
    return [
        pytest.param(command, parameter, id=f"{command.name}-{parameter.name}")
        for command in [COMMAND, *COMMAND.commands.values()]
        for parameter in command.params
    ]


@pytest.mark.parametrize("command", COMMAND.commands.values(), ids=str)
def test_every_command_is_documented(command: typer.main.Command) -> None:
    assert command.help
    assert "·" in command.help, "in both languages"
    for page in ("README.md", "docs/commands.md"):
        assert re.search(rf"^\| `analyzer {command.name}\b", TEXTS[page], re.MULTILINE)


@pytest.mark.parametrize(("command", "parameter"), parameters())
def test_every_option_is_documented(command: typer.main.Command, parameter: typer.main.Parameter) -> None:
    assert parameter.help
    assert "·" in parameter.help, "in both languages"
    for name in parameter.opts if parameter.param_type_name == "option" else []:
        row = re.search(rf"^\| [^|]*`{name}`[^|]* \| ([^|]*)\|", TEXTS["docs/commands.md"], re.MULTILINE)
        assert row, f"{name} has no row"
        assert command is COMMAND or command.name in re.split(r"\W+", row[1])


def test_every_family_and_format_is_named() -> None:
    for code in all_rules():
        assert re.search(rf"\b{code[:3]}\b", TEXTS["README.md"])
        assert re.search(rf"\b{code[:3]}\b", TEXTS["README.zh-CN.md"])
    for name in FORMATS:
        assert f"`{name}`" in TEXTS["README.md"]


def test_all_settings_are_shown_as_they_work(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(select = [^`]*)```", TEXTS["docs/audit-a-folder.md"])
    assert found
    (tmp_path / "analyzer.toml").write_text(found[1], encoding="utf-8")
    config = find_config([str(tmp_path)])
    check_codes(config)
    settings = [each.name for each in dataclasses.fields(config) if each.name not in ("folder", "file")]
    assert all(getattr(config, name) for name in settings), "all of them are shown"


def test_the_buttons_that_clerks_are_told_to_press_exist() -> None:
    steps = TEXTS["docs/web-page.md"].split("## 审查\n")[1].split("\n## ")[0]
    buttons = re.findall(r"\*\*(.+?)\*\*", steps)
    words = tomllib.loads((ROOT / "analyzer" / "serve" / "page" / "words.toml").read_text(encoding="utf-8"))["zh"]
    assert len(buttons) > 5
    assert set(buttons) <= set(map(str, words.values()))


def test_ci_runs_the_test_command() -> None:
    listed = subprocess.run([ROOT / ".ci" / "run", "--show"], capture_output=True, text=True, check=True).stdout.strip()
    assert listed in TEXTS["README.md"]
    assert listed.endswith("/pytest")


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {target.partition("#")[0] for target in LINK.findall(TEXTS["README.md"])}
    assert {name for name in TEXTS if name != "README.md"} <= linked


# --- links ------------------------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    found: set[str] = set()
    for heading in HEADING.findall(BLOCK.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading)
        anchor = re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")
        number = 0
        while (numbered := f"{anchor}-{number}" if number else anchor) in found:
            number += 1
        found.add(numbered)
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in LINK.findall(BLOCK.sub("", TEXTS[name])):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{target} leads nowhere"


def main(names: list[str]) -> None:
    for page in [Path(name).resolve() for name in names] or WRITTEN:
        with tempfile.TemporaryDirectory() as folder:
            renewed = run_page(page.read_text(encoding="utf-8"), Path(folder).resolve())
        page.write_text(renewed, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
