"""What every command does around its work: settings, many files with progress, output, errors that say what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.config import Config
    from analyzer.records import Failure

T = TypeVar("T")


@contextmanager
def refused(hint: str) -> Iterator[None]:
    """A usage error for what the user must mend: a code, a setting, an entry, a file."""
    try:
        yield
    except AnalyzerError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from None
    except OSError as error:
        what = f"写不了这个文件 · {error.strerror}: {error.filename}"
        raise typer.BadParameter(what, param_hint=hint) from None


def configured(paths: Sequence[str]) -> Config:
    """The settings for `paths`, in force. To be called before anything that reads the words: they are compiled once."""
    from analyzer import lexicon
    from analyzer.config import FILE, check_codes, find_config

    with refused(FILE):
        config = find_config(paths)
        if config.lexicon:
            lexicon.use(config.lexicon)
        check_codes(config)
    return config


def run(work: Callable[[str], T], paths: Sequence[str], jobs: int | None) -> tuple[list[T], list[Failure]]:
    """What `work` gives for every report among `paths`, and what could not be read."""
    from analyzer.batch import each
    from analyzer.cores import cores
    from analyzer.progress import watched
    from analyzer.readers import find_reports
    from analyzer.records import Failure

    files, failures = find_reports(paths)
    results: list[T] = []
    for result in watched(each(work, [str(file) for file in files], jobs or cores()), len(files)):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            results.append(result)
    return results, failures


def folder_of(format: str, output: Path | None, paths: Sequence[str]) -> Path | None:
    """The folder to fill with a file a report; None where all goes into one file or to the screen.

    Refuses what would lose work, before there is any: to write onto a report, or several reports into one file.
    """
    from analyzer.readers.archives import is_archive
    from analyzer.render import FOLDERS

    def refuse(what: str) -> typer.BadParameter:
        return typer.BadParameter(what, param_hint="--output")

    if output and output.is_file() and any(Path(path).is_file() and output.samefile(path) for path in paths):
        raise refuse(f"这是要审查的报告本身，不能覆盖，请换一个文件名 · would overwrite the report: {output}")
    if format not in FOLDERS:
        if output and output.is_dir():
            raise refuse(f"这是文件夹，请给出文件名 · a folder, give a file: {output}")
        return None
    several = len(paths) > 1 or any(Path(path).is_dir() or is_archive(Path(path)) for path in paths)
    if output is None and (several or sys.stdout.isatty()):
        what = (
            "文件夹，如 --output 审查结果 · give a folder"
            if several
            else f"文件，如 --output 审查稿.{format} · give a file"
        )
        raise refuse(f"{format} 要写入{what}")
    if output and several and (output.is_file() or output.suffix.lower() == f".{format}"):
        raise refuse(f"几份报告不能写入一个 {format} 文件，请给出文件夹 · several reports need a folder: {output}")
    return output if output and (several or output.is_dir()) else None


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        stream = output.open("w", encoding="utf-8", newline="\n", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"写不了这个文件 · {error.strerror}: {output}", param_hint="--output") from None
    with stream:
        yield stream
