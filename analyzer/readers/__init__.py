"""Files → Report. One file a format; this one chooses among them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from analyzer.errors import UnreadableReport
from analyzer.readers import archives
from analyzer.readers.formats import READABLE, SUFFIXES, format_of
from analyzer.readers.txt import report_of_text
from analyzer.records import Failure, Report

__all__ = [
    "SUFFIXES",
    "content",
    "find_reports",
    "is_path",
    "is_report",
    "limited",
    "read",
    "read_bytes",
    "report_of_text",
]

SIZE_LIMIT = 100 * 1024 * 1024  # bytes of a file
_LONGEST = 1_000_000  # characters; the longest reports have a twentieth
_OUR_PAGE = b'<meta name="generator" content="analyzer">'  # near the beginning (render/page/frame.html)


def read(path: str | os.PathLike[str]) -> Report:
    """Report of the file at `path`, in one of the formats READABLE whatever its name says; also one inside a .zip.

    Raises UnreadableReport, with a Chinese sentence that says what to do, for a file that cannot be read whole.
    """
    return read_bytes(content(path), str(path))


def read_bytes(data: bytes, path: str) -> Report:
    """Report of a file's content, wherever it came from; of `path`, only what its name ends in counts.

    Raises UnreadableReport.
    """
    form = format_of(data, Path(path).suffix.lower())
    try:
        # Imported where needed: reading a text loads neither python-docx nor pdfium.
        report: Report = import_module(f"analyzer.readers.{form}").read(data, path)
    except UnreadableReport:
        raise
    except Exception as error:
        # Damaged files make the libraries raise whatever they happen to stumble over.
        raise UnreadableReport(
            "文件已损坏或不标准，读不全。请用原来的软件打开（必要时修复），另存为新文件后再试。"
        ) from error
    if not report.paragraphs:
        raise UnreadableReport("文件里没有文字（可能只有图片）。请使用有文字的原始电子版，或先做文字识别（OCR）。")
    if len(report.text) > _LONGEST:
        raise UnreadableReport("文件超过 100 万字，不像一份报告，没有审查。请拆成一份一份的报告后再试。")
    return report


def find_reports(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Path], list[Failure]]:
    """The files among `paths` and below its folders, each once and in sorted order, and what could not be searched.

    In place of an archive stand the reports in it, as archive.zip/name.

    Of a folder only files with one of SUFFIXES are taken, hidden ones, Word's lock files (~$…) and what --fix and
    --format docx or html wrote (….fixed.txt, ….审查.docx, pages: the same report once more) left out; a file named
    itself is always taken.
    """
    files: dict[Path, None] = {}
    failures: list[Failure] = []

    def fail(error: OSError) -> None:
        failures.append(Failure(str(error.filename), "文件夹打不开。请检查访问权限。"))

    for path in map(Path, paths):
        if not path.is_dir():
            files[path] = None
            continue
        found, failed = [], len(failures)
        for folder, folders, names in os.walk(path, onerror=fail):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(folder, name) for name in names if is_report(name) and not _is_page(Path(folder, name))]
        files.update(dict.fromkeys(sorted(found)))
        if not found and len(failures) == failed:
            failures.append(Failure(str(path), f"文件夹里没有可读的报告（{'、'.join(sorted(READABLE))}）。"))
    found_files, unopened = archives.expanded(files, is_report)
    return found_files, failures + unopened


def is_path(text: str) -> bool:
    """Whether `text` names a file or a folder, or a place in an archive, and is not a report itself."""
    try:
        return Path(text).exists() or archives.parted(Path(text)) is not None
    except (OSError, ValueError):  # too long for a path, or with a null character
        return False


def is_report(name: str) -> bool:
    """Whether a file of this name in a folder is taken for a report."""
    file = Path(name)
    hidden = name.startswith((".", "~$")) or file.stem.endswith((".fixed", ".审查"))
    return not hidden and file.suffix.lower() in SUFFIXES


def _is_page(file: Path) -> bool:
    """Whether the file is a web page that --format html wrote, under whatever name."""
    if file.suffix.lower() not in (".html", ".htm") or not file.is_file():
        return False  # to open a pipe would wait for who writes into it
    try:
        with file.open("rb") as stream:
            return _OUR_PAGE in stream.read(300)
    except OSError:
        return False  # whoever reads it will say so


def content(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file. Raises UnreadableReport where there are none, or too many for a report."""
    path = Path(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UnreadableReport("这不是普通文件（是管道或设备），没有打开。请先存成文件。")
        if inside := archives.parted(path):
            data = archives.unpacked(*inside, SIZE_LIMIT + 1)
        else:
            with path.open("rb") as file:
                data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise UnreadableReport("找不到这个文件。请检查路径和文件名。") from None
    except IsADirectoryError:
        raise UnreadableReport("这是文件夹，不是文件。请给出其中的文件。") from None
    except PermissionError:
        what = (
            "这是文件夹，不是文件。请给出其中的文件。"
            if path.is_dir()
            else "没有权限打开这个文件。请检查访问权限，或关闭正在占用它的程序。"
        )
        raise UnreadableReport(what) from None
    except (OSError, ValueError) as error:
        raise UnreadableReport(f"文件打不开（{error}）。请检查路径，或把文件复制到本机后再试。") from None
    return limited(data)


def limited(data: bytes) -> bytes:
    """The bytes of a file, of which at most SIZE_LIMIT + 1 were read. Raises UnreadableReport as `content` does."""
    if not data:
        raise UnreadableReport("文件是空的（0 字节）。请重新下载或复制这个文件。")
    if len(data) > SIZE_LIMIT:
        raise UnreadableReport("文件超过 100 MB，没有打开。请确认这是一份报告，或去掉图片后另存。")
    return data
