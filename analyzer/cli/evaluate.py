"""`analyzer evaluate`: how well reports are read, measured on reports that people annotated."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from analyzer.cli.options import Lang
from analyzer.cli.running import configured, refused


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR",
            help="有 text/*.txt 和标注的文件夹 · folder with text/*.txt and annotations",
            show_default=False,
        ),
    ],
    format: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="输出格式 · output format")
    ] = "terminal",
    lang: Lang = "zh",
) -> None:
    """用标注过的报告评测读得准不准 · Precision, recall and F1 on reports that people annotated"""
    configured([str(folder)])
    from analyzer.evaluate import evaluate as evaluated
    from analyzer.render.evaluation import write, write_json

    with refused("GOLD_DIR"):
        evaluation = evaluated(folder)
    if format == "json":
        write_json(evaluation, sys.stdout)
    else:
        write(evaluation, sys.stdout, lang)
