"""The command line: parse, call, write. A file a command; what several share is in options, running and outputs.

Nothing heavy is imported before a command needs it: `analyzer --help` imports all of this folder.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from analyzer import __version__
from analyzer.cli import audit, compare, corpus, evaluate, extract, rules, serve, verdict

_EPILOG = """
[bold]例 · Examples[/]

analyzer audit 报告.docx — 审查一份报告 · audit one report

analyzer audit 文件夹 --output 结果.txt — 审查整个文件夹 · audit a folder

analyzer audit 文件夹 --select ENU,STR004 — 只用几条规则 · some rules only

analyzer audit 文件夹 --baseline 基线.json — 只看新的发现 · new findings only

analyzer verdict 报告.docx 3fa4c1d wrong — 判定一处发现 · judge a finding

analyzer rules ENU001 — 这条规则查什么 · what a rule does

analyzer serve --open — 在浏览器中使用 · in the browser

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


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"analyzer {__version__}")
        raise typer.Exit


@app.callback()
def _analyzer(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, help="显示版本 · show the version")
    ] = False,
) -> None:
    """政府工作报告自查：说的、列的、算的，前后对得上吗 · Does a Chinese government work report agree with itself?"""


for _command in (  # in the order of --help
    audit.audit,
    extract.extract,
    corpus.corpus,
    compare.compare,
    evaluate.evaluate,
    rules.rules,
    serve.serve,
    verdict.verdict,
):
    app.command()(_command)


def main() -> None:
    """Entry point of the `analyzer` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without a character shows ? instead of an error
    app()
