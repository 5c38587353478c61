"""`analyzer compare`: reports of several places or years side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.options import Jobs, Lang, output_option
from analyzer.cli.outputs import format_by_ending
from analyzer.cli.running import configured, refused, tell_failures


def compare(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="DIR…", help="几个单位、几年的报告：文件或文件夹 · reports: files or folders", show_default=False
        ),
    ],
    previous: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DIR",
            help="上一年报告的文件夹，报告自己写明年份的不用给"
            " · folder of the year before; not needed where reports say their year",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        output_option(
            "写成一个网页或一个工作簿，默认只在屏幕上列出要点"
            " · write a page or a workbook; by default only the main points are shown",
            metavar="FILE.html|FILE.xlsx",
        ),
    ] = None,
    lang: Lang = "zh",
    jobs: Jobs = None,
) -> None:
    """几个单位、几年的报告放在一起比：指标、抄用、去年的承诺 · Compare places and years: figures, copies, promises"""
    config = configured(paths)
    name = _format_of(output)
    from analyzer.compare.comparison import compare as compared
    from analyzer.corpus import Corpus
    from analyzer.readers import find_reports
    from analyzer.render.compare_page import compare_page
    from analyzer.render.compare_summary import write_summary

    with refused("DIR"):
        corpus = Corpus.read([*paths, *(previous or ())], jobs, rules=config.rules(), profile=config.profile)
        tell_failures(corpus.failed)
        if len(corpus) < 2:
            raise typer.BadParameter(f"至少要两份报告，这里有{len(corpus)}份 · needs two reports", param_hint="DIR")
        comparison = compared(corpus, [str(path) for path in find_reports(previous or ())[0]])
    if output is None:
        write_summary(comparison, sys.stdout, lang)
    else:
        with refused("--output"):
            if name == "xlsx":
                from analyzer.render.compare_book import compare_book

                output.write_bytes(compare_book(comparison, lang))
            else:
                output.write_bytes(compare_page(comparison, lang).encode("utf-8", "replace"))
    raise typer.Exit(2 if corpus.failed else 0)


def _format_of(output: Path | None) -> str:
    """The format that the ending of the file names; "" for the terminal. Refuses other endings."""
    if output is None:
        return ""
    name = format_by_ending(output, ("html", "xlsx"), "")
    if not name:
        what = f"文件名以 .html 或 .xlsx 结尾，如 比较.html · must end in .html or .xlsx: {output}"
        raise typer.BadParameter(what, param_hint="--output")
    return name
