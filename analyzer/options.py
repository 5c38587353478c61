"""Options that several commands have, and what they refuse at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from analyzer import __version__
from analyzer.render import BINARY, FORMATS


def known_format(name: str | None) -> str | None:
    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"没有格式 {name}，可用的有：{'、'.join(FORMATS)} · no such format")
    return name


def format_by_ending(output: Path | None, formats: Iterable[str], default: str) -> str:
    """The format that the ending of the file to write names, `default` where it names none."""
    ending = output.suffix[1:].lower() if output else ""
    return ending if ending in formats else default


def for_terminal(name: str, output: Path | None) -> None:
    """Refuses a format of bytes where it would be shown on a terminal."""
    if name in BINARY and output is None and sys.stdout.isatty():
        raise typer.BadParameter(f"要写入文件，如 --output 报告.{name} · give a file", param_hint="--output")


def compared_as(output: Path | None) -> str:
    """The format of a comparison that the ending of the file names; "" for the terminal. Refuses other endings."""
    if output is None:
        return ""
    name = format_by_ending(output, ("html", "xlsx"), "")
    if not name:
        what = f"文件名以 .html 或 .xlsx 结尾，如 比较.html · must end in .html or .xlsx: {output}"
        raise typer.BadParameter(what, param_hint="--output")
    return name


def known_folder(output: Path | None) -> Path | None:
    if output and not output.absolute().parent.is_dir():  # said now, not after the work is done
        raise typer.BadParameter(f"没有这个文件夹 · no such folder: {output.parent}")
    return output


def show_version(wanted: bool) -> None:
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
        callback=known_folder,
        help="写入这个文件 · write to this file",
        show_default=False,
    ),
]
AuditOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        callback=known_folder,
        help="写入这个文件；docx、html 有几份报告时写入文件夹"
        " · write to this file; docx and html of several reports: to a folder",
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
Kind = Literal["sections", "clauses", "enumerations", "quantities", "measures", "shortcomings", "citations"]
