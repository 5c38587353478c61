"""Archives (.zip) of reports: each is read out of its archive as “archive.zip/name inside”; nothing is written."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from analyzer.errors import UnreadableReport
from analyzer.records import Failure

SUFFIX = ".zip"
_NESTED = (SUFFIX, ".rar", ".7z")
_MOST = 1000  # reports of one archive
_TOTAL_LIMIT = 1 << 30  # bytes, unpacked
_UTF8 = 0x800  # flag of an entry whose name says its encoding; the others are in that of the system that packed them
_ENCRYPTED = 0x1
# What makes a file of that form a document and not an archive of them.
_DOCUMENT = {"[Content_Types].xml", "OFD.xml", "mimetype", "Index/Document.iwa"}
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, ValueError)


def expanded(files: Iterable[Path], is_report: Callable[[str], bool]) -> tuple[list[Path], list[Failure]]:
    """`files` with the reports inside in place of each archive, and what of the archives cannot be read.

    `is_report` chooses by the last part of the name. A report inside has the path of its archive and its own one.
    """
    found: dict[Path, None] = {}
    failures: list[Failure] = []
    for file in files:
        if not is_archive(file):
            found[file] = None
            continue
        try:
            names = _reports(file, is_report, failures)
        except UnreadableReport as error:
            failures.append(Failure(str(file), str(error)))
            continue
        found.update(dict.fromkeys(_path(file, name) for name in names))
    return list(found), failures


def _path(archive: Path, name: str) -> Path:
    return Path(f"{archive}/{name}")  # and not with /, which on Windows lets C: begin anew


def is_archive(file: Path) -> bool:
    """Whether this is an archive of files, by its name and by what is in it; a .docx by the name of .zip is none."""
    if file.suffix.lower() != SUFFIX:
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return _DOCUMENT.isdisjoint(archive.namelist())
    except (OSError, *_DAMAGED):
        return False  # whoever reads it will say so


def parted(path: Path) -> tuple[Path, str] | None:
    """The archive and the name inside that `path` consists of; None for the path of a file that stands by itself."""
    for parent in path.parents:
        if parent.suffix.lower() == SUFFIX and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def unpacked(archive: Path, name: str, limit: int) -> bytes:
    """At most `limit` bytes of a file inside `archive`. Raises UnreadableReport and OSError."""
    try:
        with archive.open("rb") as stream, zipfile.ZipFile(stream) as opened:
            entry = _entries(opened).get(name)
            if entry is None:
                raise UnreadableReport("压缩包里没有这个文件。请检查路径和文件名。")
            if entry.flag_bits & _ENCRYPTED:
                raise UnreadableReport("压缩包有密码。请先用密码解压，再审查解压出来的文件。")
            with opened.open(entry) as inside:
                return inside.read(limit)
    except _DAMAGED:
        raise UnreadableReport(
            "压缩包已损坏，或用了不支持的压缩方式。请先用压缩软件解压，再审查解压出来的文件。"
        ) from None


def size(path: Path) -> int:
    """Bytes of a file inside an archive, unpacked; 0 where there is none."""
    try:
        inside = parted(path)
        return _sizes(inside[0], inside[0].stat().st_mtime_ns).get(inside[1], 0) if inside else 0
    except (OSError, *_DAMAGED):
        return 0


@lru_cache(maxsize=4)
def _sizes(archive: Path, changed: int) -> dict[str, int]:
    with zipfile.ZipFile(archive) as opened:
        return {name: entry.file_size for name, entry in _entries(opened).items()}


def _reports(file: Path, is_report: Callable[[str], bool], failures: list[Failure]) -> list[str]:
    """The names of the reports in an archive. Raises UnreadableReport for one beyond all measure, or without any."""
    with zipfile.ZipFile(file) as archive:
        entries = _entries(archive)
        doubled = len(archive.infolist()) - len(entries) - sum(entry.is_dir() for entry in archive.infolist())
    chosen = [name for name in sorted(entries) if _is_shown(name) and is_report(Path(name).name)]
    nested = [name for name in chosen if name.lower().endswith(_NESTED)]
    failures += [Failure(str(_path(file, name)), "压缩包里的压缩包没有打开。请先解压，再审查。") for name in nested]
    names = [name for name in chosen if not name.lower().endswith(_NESTED)]
    if len(names) > _MOST or sum(entries[name].file_size for name in names) > _TOTAL_LIMIT:
        raise UnreadableReport(
            f"压缩包里的文件过多或过大（最多 {_MOST} 份、共 1 GB），没有打开。请确认来源，解压后再审查。"
        )
    if doubled:
        raise UnreadableReport("压缩包里有同名的文件，分不清是哪一份。请先解压，改名后再审查。")
    if not names and not nested:
        raise UnreadableReport("压缩包里没有可读的报告。请确认压缩包是否完整。")
    return names


def _is_shown(name: str) -> bool:
    """Whether no part of the name is hidden, or what macOS adds to its archives."""
    return not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their names, as relative paths that lead nowhere else."""
    return {_name(entry): entry for entry in reversed(archive.infolist()) if not entry.is_dir()}


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: Chinese systems write GBK where the archive does not say how its names are encoded."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "replace")
    return "/".join(part for part in re.split(r"[/\\]+", name) if part not in ("", ".", ".."))
