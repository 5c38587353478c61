"""Where the output of a command goes: the screen, one file, or a folder with a file a report."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from analyzer.render import BINARY, FOLDERS


def format_by_ending(output: Path | None, formats: Iterable[str], default: str) -> str:
    """The format that the ending of the file to write names, `default` where it names none."""
    ending = output.suffix[1:].lower() if output else ""
    return ending if ending in formats else default


def for_terminal(name: str, output: Path | None) -> None:
    """Refuses a format of bytes where it would be shown on a terminal."""
    if name in BINARY and output is None and sys.stdout.isatty():
        raise _refusal(f"要写入文件，如 --output 报告.{name} · give a file")


def folder_of(format: str, output: Path | None, paths: Sequence[str]) -> Path | None:
    """The folder to fill with a file a report; None where all goes into one file or to the screen.

    Refuses what would lose work, before there is any: to write onto a report, or several reports into one file.
    """
    from analyzer.readers.archives import is_archive

    if output and output.is_file() and any(Path(path).is_file() and output.samefile(path) for path in paths):
        raise _refusal(f"这是要审查的报告本身，不能覆盖，请换一个文件名 · would overwrite the report: {output}")
    if format not in FOLDERS:
        if output and output.is_dir():
            raise _refusal(f"这是文件夹，请给出文件名 · a folder, give a file: {output}")
        return None
    several = len(paths) > 1 or any(Path(path).is_dir() or is_archive(Path(path)) for path in paths)
    if output is None and (several or sys.stdout.isatty()):
        what = (
            "文件夹，如 --output 审查结果 · give a folder"
            if several
            else f"文件，如 --output 审查稿.{format} · give a file"
        )
        raise _refusal(f"{format} 要写入{what}")
    if output and several and (output.is_file() or output.suffix.lower() == f".{format}"):
        raise _refusal(f"几份报告不能写入一个 {format} 文件，请给出文件夹 · several reports need a folder: {output}")
    return output if output and (several or output.is_dir()) else None


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """The file to write, or the screen."""
    if output is None:
        yield sys.stdout
        return
    try:
        stream = output.open("w", encoding="utf-8", newline="\n", errors="replace")
    except OSError as error:
        raise _refusal(f"写不了这个文件 · {error.strerror}: {output}") from None
    with stream:
        yield stream


def _refusal(what: str) -> typer.BadParameter:
    return typer.BadParameter(what, param_hint="--output")
