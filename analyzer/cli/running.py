"""What every command does around its work: settings, many files with progress, errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

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


def tell_failures(failures: Iterable[Failure], what: str = "没有读成 · not read") -> None:
    """Lists the files that gave nothing, and why, beside the output."""
    for failure in failures:
        typer.echo(f"{what}: {failure.path}：{failure.error}", err=True)
