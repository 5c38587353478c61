"""`analyzer extract`: what was read out of reports, for tables and other programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from analyzer.cli.options import Jobs, Paths, output_option
from analyzer.cli.outputs import for_terminal, format_by_ending, opened
from analyzer.cli.running import configured, refused, run, tell_failures
from analyzer.render import EXTRACTS, extractor


def extract(
    paths: Paths,
    what: Annotated[
        Literal["sections", "clauses", "enumerations", "quantities", "measures", "shortcomings", "citations"] | None,
        typer.Option(
            help="要哪一类，默认 json 全部、xlsx 每类一张表、csv 和 parquet 数量"
            " · which kind; by default json: all, xlsx: a sheet a kind, csv and parquet: quantities",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Literal["json", "csv", "xlsx", "parquet"] | None,
        typer.Option(
            "--format",
            "-f",
            help="输出格式，默认看 --output 的后缀，否则 json"
            " · output format, by default as the ending of --output says, else json",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, output_option("写入这个文件 · write to this file")] = None,
    jobs: Jobs = None,
) -> None:
    """读出举措、数量、不足、章节等，供表格和其他程序使用 · Read out measures, quantities … for tables and programs"""
    configured(paths)
    name = format or format_by_ending(output, EXTRACTS, "json")
    for_terminal(name, output)
    with refused("--format"):
        chosen = extractor(name)
    kinds = (what,) if what else chosen.default_kinds
    reports, failures = run(partial(_extracted, format=name, kinds=kinds), paths, jobs)
    with opened(output) as stream:
        chosen.write_extracted(reports, failures, stream, kinds)
    if name != "json":  # which lists them itself
        tell_failures(failures)
    raise typer.Exit(2 if failures else 0)


def _extracted(path: str, format: str, kinds: tuple[str, ...]) -> Any:
    from analyzer.pipeline import analyze
    from analyzer.readers import read

    return extractor(format).extracted(analyze(read(path)), kinds)
