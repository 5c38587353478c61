"""What results depend on besides the report: the same edition gives the same results.

Code, words and model of this package, one's own words, the libraries below, rules and profile: all by their content, so
that one changed entry of a lexicon makes another edition.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from analyzer.lexicon import LOADED_SINCE, own_folder

_PACKAGE = Path(__file__).parents[1]


def edition_of(rules: Sequence[str], profile: str) -> str | None:
    """The digest of all of that, hexadecimal; `rules` are codes.

    None where a file was changed after this process began: nobody knows which state of it the process has read.
    """
    digest = hashlib.sha256(repr((tuple(rules), profile, platform.python_version(), *_libraries())).encode())
    for folder in filter(None, (_PACKAGE, own_folder())):
        for file in _files(folder):
            if file.stat().st_mtime > LOADED_SINCE:
                return None
            digest.update(repr(str(file.relative_to(folder))).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def version(library: str) -> str | None:
    """The version of an installed library, None where it is not."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _files(folder: Path) -> Iterable[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def _libraries() -> Iterator[str]:
    """The libraries that the package cannot do without, with their versions."""
    try:
        required = metadata.requires("analyzer") or []
    except metadata.PackageNotFoundError:  # run from its source
        return
    for name in [re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in required if "extra ==" not in each]:
        yield f"{name} {version(name)}"
