"""`analyzer rules`: what the rules check, with their examples."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from analyzer.cli.options import Lang
from analyzer.cli.running import configured, refused


def rules(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE…]", help="规则编号，如 ENU001 · codes", show_default=False)
    ] = None,
    format: Annotated[
        Literal["terminal", "md"], typer.Option("--format", "-f", help="输出格式 · output format")
    ] = "terminal",
    lang: Lang = "zh",
) -> None:
    """列出全部规则，或说明其中几条 · List the rules, or explain some of them"""
    config = configured([])
    from analyzer.render.rule_reference import write_reference
    from analyzer.render.rulebook import write_pages, write_table
    from analyzer.rules import choose
    from analyzer.standing import known_of, precision

    with refused("CODE"):
        chosen = choose(codes or ())
        judged = precision(known_of(config).verdicts)
    if format == "md":
        write_reference(chosen, sys.stdout, lang)
    else:
        (write_pages if codes else write_table)(chosen, sys.stdout, lang, judged)
