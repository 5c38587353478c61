"""From audits to what people and programs read. One file a format; each has the same `write`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:  # `analyzer --help` names the formats, and needs no records
    from analyzer.records import Analysis, Audit, Failure

    Write = Callable[[Iterable[Audit], Iterable[Failure], TextIO, str], None]
    WriteFolder = Callable[[Iterable[Audit], Iterable[Failure], Path, str], str]

# Format → the module of this folder whose `write` makes it. What it reads of an Analysis besides report and outline,
# the module names in NEEDS.
FORMATS = {
    "terminal": "terminal",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "xlsx": "excel",
    "docx": "word",
    "html": "html",
    "sarif": "sarif",
    "github": "github",
    "rdjson": "rdjson",
}

# Formats that hold one report a file. Of several reports they make a folder: their module's `write_folder` fills it
# and returns a line that says what it wrote (render.folder.files_of names the files).
FOLDERS = {"docx", "html"}

# The same for `analyzer extract`: modules with what an Extractor is made of.
EXTRACTS = {"json": "json", "csv": "csv", "xlsx": "excel", "parquet": "parquet"}

BINARY = {"docx", "xlsx", "parquet"}  # formats of bytes: they write to `stream.buffer`, and to no terminal


class Extractor(NamedTuple):
    """A format of `analyzer extract`: `extracted` makes one report (in a worker), `write_extracted` all of them.

    Both are given the kinds of analyzer.tabular.KINDS that are wanted; `default_kinds` is for those who name none.
    """

    extracted: Callable[[Analysis, Sequence[str]], Any]
    write_extracted: Callable[[Iterable[Any], Iterable[Failure], TextIO, Sequence[str]], None]
    default_kinds: tuple[str, ...]


def extractor(name: str) -> Extractor:
    """A format of EXTRACTS, imported only now. Raises MissingLibrary where it needs one that is not installed."""
    module = importlib.import_module(f"{__name__}.{EXTRACTS[name]}")
    return Extractor(module.extracted, module.write_extracted, module.DEFAULT_KINDS)


def writer(name: str) -> Write:
    """The `write` of a format, imported only now. Raises KeyError for a name outside FORMATS."""
    write: Write = importlib.import_module(f"{__name__}.{FORMATS[name]}").write
    return write


def needs(name: str) -> tuple[str, ...]:
    """The fields of Analysis that a format of FORMATS reads besides report and outline; for most there are none."""
    return getattr(importlib.import_module(f"{__name__}.{FORMATS[name]}"), "NEEDS", ())


def folder_writer(name: str) -> WriteFolder:
    """The `write_folder` of a format of FOLDERS, imported only now."""
    write_folder: WriteFolder = importlib.import_module(f"{__name__}.{FORMATS[name]}").write_folder
    return write_folder
