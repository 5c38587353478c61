"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer


def known_folder(output: Path | None) -> Path | None:
    if output and not output.absolute().parent.is_dir():  # said now, not after the work is done
        raise typer.BadParameter(f"没有这个文件夹 · no such folder: {output.parent}")
    return output


def output_option(help: str, metavar: str | None = None, dir_okay: bool = False) -> Any:
    """--output, for a file in a folder that is there."""
    return typer.Option(
        "--output", "-o", metavar=metavar, dir_okay=dir_okay, callback=known_folder, help=help, show_default=False
    )


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="要审查的文件或文件夹 · files or folders", show_default=False)
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="用几个核心，默认全部 · cores to use, default all", show_default=False
    ),
]
Lang = Annotated[Literal["zh", "en"], typer.Option(help="结果用中文或英文 · language of the output")]
