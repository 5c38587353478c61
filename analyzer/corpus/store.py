"""Where reports are: on this machine, or in an object store or elsewhere by a URL that fsspec knows (s3://, file:// …).

For a million of them on many machines: `found` is called once, `fetched` by whoever works on the file. URLs need fsspec
(pip install "analyzer[cluster]"), and for each kind of store the library that fsspec names, such as s3fs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.corpus.gather import state_of
from analyzer.errors import CorpusError, UnreadableReport
from analyzer.libraries import library
from analyzer.readers import SIZE_LIMIT, content, find_reports, is_report, limited
from analyzer.records import Failure

Source = str | os.PathLike[str]

_STATE = ("size", "ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file, and what shows that it has changed."""

    path: str  # absolute, or a URL
    state: str


def is_url(path: Source) -> bool:
    return "://" in str(path)


def whole(path: Source) -> str:
    """The path as any process on this machine understands it; a URL as it is."""
    return str(path).rstrip("/") if is_url(path) else os.path.abspath(path)


def system_of(url: str) -> tuple[Any, str]:
    """The file system of a URL or path, and the name of the place there. Raises CorpusError for a store not known."""
    try:
        system, place = library("fsspec.core", "cluster").url_to_fs(url)
    except (ValueError, ImportError) as error:  # names the library to install
        raise CorpusError(f"{url}：打不开这个地址 · {error}") from error
    return system, str(place)


def found(paths: Iterable[Source]) -> tuple[list[Stored], list[Failure]]:
    """Files, and those below folders, as `find_reports` chooses them: first of this machine, then by URL.

    Archives are looked into on this machine only. Raises CorpusError for a store that cannot be asked.
    """
    paths = [*paths]
    here, failures = find_reports([whole(path) for path in paths if not is_url(path)])
    files = {str(path): Stored(str(path), _state_here(path)) for path in here}
    for url in (whole(path) for path in paths if is_url(path)):
        infos = _below(url)
        if not infos:
            failures.append(Failure(url, "这个地址下没有可读的报告。请检查地址和访问权限。"))
        for path, info in infos.items():
            if path.lower().endswith(".zip"):
                failures.append(Failure(path, "网上存储中的压缩包没有打开。请先解压，再审查。"))
            else:
                files[path] = Stored(path, repr([str(info[key]) for key in _STATE if key in info]))
    return list(files.values()), failures


def fetched(path: str) -> bytes:
    """The bytes of a file, wherever it is. Raises UnreadableReport as `readers.content` does, and OSError."""
    if not is_url(path):
        return content(path)
    system, place = system_of(path)
    try:
        with system.open(place, "rb") as file:
            return limited(file.read(SIZE_LIMIT + 1))
    except FileNotFoundError:
        raise UnreadableReport("找不到这个文件。请检查路径和文件名。") from None


def _below(url: str) -> dict[str, dict[str, Any]]:
    """What the store says of the file at `url`, or of the reports below it, in sorted order."""
    system, root = system_of(url)
    try:
        infos = system.find(root, detail=True)
    except OSError as error:
        raise CorpusError(f"{url}：打不开这个地址 · {error}") from error
    single = list(infos) == [root]  # named itself, whatever its name
    return {
        str(system.unstrip_protocol(name)): info
        for name, info in sorted(infos.items())
        if single or _is_taken(name.removeprefix(root).strip("/"))
    }


def _is_taken(name: str) -> bool:
    *folders, last = name.split("/")
    return is_report(last) and not any(folder.startswith(".") for folder in folders)


def _state_here(path: Path) -> str:
    try:
        return repr(state_of(str(path)))
    except OSError:  # whoever reads it says what is wrong
        return ""
