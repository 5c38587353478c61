"""The command line: parse, call, write. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from analyzer.records import Audit, Failure

T = TypeVar("T")

_EPILOG = """
[bold]例 · Examples[/]

analyzer audit 报告.docx    审查一份报告 · audit one report

analyzer audit 报告文件夹 --format json --output 结果.json    整个文件夹 · a whole folder

analyzer audit 报告文件夹 --select ENU,STR004 --fail-on warning    只查几类 · some rules only

analyzer rules ENU001    看一条规则的说明和例子 · what a rule does

[bold]退出码 · Exit status[/]

0 没有发现 · nothing found    1 有发现（见 --fail-on）· findings    2 用法有误或文件读不了 · usage, unreadable file
"""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG.replace("\n\n", "\n\n"),
)


class Lang(StrEnum):
    zh = "zh"
    en = "en"


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class AuditFormat(StrEnum):
    terminal = "terminal"
    json = "json"


class ExtractFormat(StrEnum):
    json = "json"


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="要审查的文件或文件夹 · files or folders", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写入文件，不写到屏幕 · write to this file", dir_okay=False, show_default=False),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="同时使用的进程数，默认全部核心 · processes [all cores]", show_default=False),
]
Language = Annotated[Lang, typer.Option("--lang", help="结果的语言 · language of the findings")]


@app.callback(invoke_without_command=True)
def _analyzer(
    version: Annotated[bool, typer.Option("--version", help="显示版本 · show the version")] = False,
) -> None:
    """政府工作报告自查：报告里说的、列的、算的，前后对得上吗？ · Does a Chinese government work report agree with itself?"""
    if version:
        from analyzer import __version__

        typer.echo(f"analyzer {__version__}")
        raise typer.Exit


@app.command()
def audit(
    paths: Paths,
    format: Annotated[AuditFormat, typer.Option("--format", "-f", help="输出格式 · output format")] = AuditFormat.terminal,
    output: Output = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="只用这些规则：ENU001 或 ENU，逗号分隔 · only these rules", show_default=False),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="不用这些规则 · all but these rules", show_default=False),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="有这一级或更重的发现时退出码为 1 · exit 1 from this severity")
    ] = FailOn.error,
    lang: Language = Lang.zh,
    jobs: Jobs = None,
) -> None:
    """审查报告，指出前后不一致的地方 · Audit reports and point at what does not agree."""
    from analyzer.batch import audit_file
    from analyzer.render import writer

    rules = _chosen(select or [], ignore or [])
    audits, failures = _run(partial(audit_file, rules=rules), paths, jobs)
    with _stream(output) as stream:
        writer(format)(audits, failures, stream, lang)
    raise typer.Exit(_status(audits, failures, fail_on))


@app.command()
def extract(
    paths: Paths,
    format: Annotated[ExtractFormat, typer.Option("--format", "-f", help="输出格式 · output format")] = ExtractFormat.json,
    output: Output = None,
    jobs: Jobs = None,
) -> None:
    """读出章节、列举、数量等，供其他程序使用 · Read out sections, lists, quantities … for other programs."""
    from analyzer.render.json import write_lines

    reports, failures = _run(_extracted, paths, jobs)
    with _stream(output) as stream:
        write_lines(reports, failures, stream)
    raise typer.Exit(2 if failures else 0)


def main() -> None:
    """Entry point of the `analyzer` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show a character shows ?
    try:
        app()
    except BrokenPipeError:  # `analyzer audit … | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _extracted(path: str) -> str:
    from analyzer.pipeline import analyze
    from analyzer.readers import read
    from analyzer.render.json import extracted

    return extracted(analyze(read(path)))


def _run(work: Callable[[str], T], paths: list[str], jobs: int | None) -> tuple[list[T], list[Failure]]:
    from analyzer.batch import cores, each
    from analyzer.readers import find_reports
    from analyzer.records import Failure

    files, failures = find_reports(paths)
    results: list[T] = []
    for result in each(work, [str(file) for file in files], jobs or cores()):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            results.append(result)
    return results, failures


def _chosen(select: list[str], ignore: list[str]) -> tuple[str, ...]:
    from analyzer.rules import all_rules

    return tuple(all_rules())


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="\n", errors="replace") as stream:
        yield stream


def _status(audits: list[Audit], failures: list[Failure], fail_on: str) -> int:
    order = list(FailOn)
    worst = min((order.index(FailOn(f.severity.value)) for a in audits for f in a.findings), default=99)
    return 2 if failures else int(fail_on != "never" and worst <= order.index(FailOn(fail_on)))
