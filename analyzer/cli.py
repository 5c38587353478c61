"""The command line: parse, call, write. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TextIO, TypeVar

import typer

from analyzer import __version__
from analyzer.errors import UnknownRule
from analyzer.render import EXTRACTS, FORMATS, extractor, writer

if TYPE_CHECKING:
    from analyzer.records import Failure

T = TypeVar("T")

_EPILOG = """
[bold]例 · Examples[/]

analyzer audit 报告.docx — 审查一份报告 · audit one report

analyzer audit 文件夹 --output 结果.txt — 审查整个文件夹 · audit a folder

analyzer audit 文件夹 --select ENU,STR004 — 只用几条规则 · some rules only

analyzer rules ENU001 — 这条规则查什么 · what a rule does

[bold]退出码 · Exit status[/]

0 没有发现 · nothing found

1 有“错误”级的发现（级别见 --fail-on）· findings of that severity

2 用法有误，或有文件没有审查 · usage, or a file that could not be read
"""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)


def _known_format(name: str) -> str:
    if name not in FORMATS:
        raise typer.BadParameter(f"没有格式 {name}，可用的有：{'、'.join(FORMATS)} · no such format")
    return name


def _known_folder(output: Path | None) -> Path | None:
    if output and not output.absolute().parent.is_dir():  # said now, not after the work is done
        raise typer.BadParameter(f"没有这个文件夹 · no such folder: {output.parent}")
    return output


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"analyzer {__version__}")
        raise typer.Exit


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="要审查的文件或文件夹 · files or folders", show_default=False)
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        dir_okay=False,
        callback=_known_folder,
        help="写入这个文件 · write to this file",
        show_default=False,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="用几个核心，默认全部 · cores to use, default all", show_default=False
    ),
]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="结果用中文或英文 · language of the output")]
Codes = list[str] | None


@app.callback()
def _analyzer(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, help="显示版本 · show the version")
    ] = False,
) -> None:
    """政府工作报告自查：说的、列的、算的，前后对得上吗 · Does a Chinese government work report agree with itself?"""


@app.command()
def audit(
    paths: Paths,
    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="|".join(FORMATS), callback=_known_format, help="输出格式 · output format"
        ),
    ] = "terminal",
    output: Output = None,
    select: Annotated[
        Codes, typer.Option(metavar="CODES", help="只用这些规则 · only these rules: ENU,STR004", show_default=False)
    ] = None,
    ignore: Annotated[
        Codes, typer.Option(metavar="CODES", help="不用这些规则 · without these rules", show_default=False)
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"],
        typer.Option(help="这一级起退出码为 1 · exit 1 from this severity on"),
    ] = "error",
    lang: Lang = "zh",
    jobs: Jobs = None,
) -> None:
    """审查报告，指出前后不一致的地方 · Audit reports: what does not agree, and where"""
    from analyzer.batch import audit_file
    from analyzer.pipeline import audit_across
    from analyzer.records import Severity
    from analyzer.rules import choose

    try:
        rules = choose(select or (), ignore or ())
    except UnknownRule as error:
        raise typer.BadParameter(str(error), param_hint="--select/--ignore") from None
    audits, failures = _run(partial(audit_file, rules=tuple(rule.code for rule in rules)), paths, jobs)
    audits = audit_across(audits, rules)
    with _opened(output) as stream:
        writer(format)(audits, failures, stream, lang)
    severities = [] if fail_on == "never" else list(Severity)[: list(Severity).index(Severity(fail_on)) + 1]
    found = any(finding.severity in severities for audit in audits for finding in audit.findings)
    raise typer.Exit(2 if failures else int(found))


@app.command()
def extract(
    paths: Paths,
    format: Annotated[
        Literal["json", "csv", "xlsx"] | None,
        typer.Option(
            "--format",
            "-f",
            help="json 全部内容，csv 和 xlsx 数量表，默认看 --output 的后缀 · json: everything; csv, xlsx: quantities;"
            " by default as the ending of --output says",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    jobs: Jobs = None,
) -> None:
    """读出章节、列举、数量等，供表格和其他程序使用 · Read out sections, lists, quantities … for tables and programs"""
    ending = output.suffix[1:].lower() if output else ""
    name = format or (ending if ending in EXTRACTS else "json")
    if name == "xlsx" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("Excel 表要写入文件，如 --output 数量.xlsx · give a file", param_hint="--output")
    reports, failures = _run(partial(_extracted, format=name), paths, jobs)
    with _opened(output) as stream:
        extractor(name)[1](reports, failures, stream)
    for failure in failures if name != "json" else ():
        typer.echo(f"没有读成 · not read: {failure.path}：{failure.error}", err=True)
    raise typer.Exit(2 if failures else 0)


@app.command()
def rules(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE…]", help="规则编号，如 ENU001 · codes", show_default=False)
    ] = None,
    lang: Lang = "zh",
) -> None:
    """列出全部规则，或说明其中几条 · List the rules, or explain some of them"""
    from analyzer.render.rulebook import write_pages, write_table
    from analyzer.rules import choose

    try:
        (write_pages if codes else write_table)(choose(codes or ()), sys.stdout, lang)
    except UnknownRule as error:
        raise typer.BadParameter(str(error), param_hint="CODE") from None


def main() -> None:
    """Entry point of the `analyzer` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without a character shows ? instead of an error
    app()


def _extracted(path: str, format: str) -> Any:
    from analyzer.pipeline import analyze
    from analyzer.readers import read

    return extractor(format)[0](analyze(read(path)))


def _run(work: Callable[[str], T], paths: Sequence[str], jobs: int | None) -> tuple[list[T], list[Failure]]:
    """What `work` gives for every report among `paths`, and what could not be read."""
    from analyzer.batch import cores, each
    from analyzer.readers import find_reports
    from analyzer.records import Failure

    files, failures = find_reports(paths)
    results: list[T] = []
    for result in _watched(each(work, [str(file) for file in files], jobs or cores()), len(files)):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            results.append(result)
    return results, failures


def _watched(results: Iterator[T], count: int) -> Iterator[T]:
    """The same results, with a progress bar where a person waits for many."""
    if count < 20 or not sys.stderr.isatty():
        return results
    from rich.console import Console
    from rich.progress import track

    return iter(track(results, "审查", count, console=Console(stderr=True), transient=True))


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        stream = output.open("w", encoding="utf-8", newline="\n", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"写不了这个文件 · {error.strerror}: {output}", param_hint="--output") from None
    with stream:
        yield stream
