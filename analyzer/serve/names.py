"""Names of uploaded files: what is left of them is a label, and never a place on this machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

UNNAMED = "报告"

_LONGEST = 60  # characters of a part: with the endings of downloads at most the 255 bytes that a system takes
_DEEPEST = 6
_SEPARATORS = re.compile(r"[/\\]+")
_RESERVED = re.compile(r'[<>:"|?*]')  # on Windows, where downloads may go


def label(name: str) -> str:
    """`name` as a relative path with / that leads nowhere else, without characters that any system refuses or hides."""
    parts = [_part(part) for part in _SEPARATORS.split(name)]
    return "/".join([part for part in parts if part][-_DEEPEST:]) or UNNAMED


def untaken(name: str, taken: Container[str]) -> str:
    """`name`, with a number where another file has it."""
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
    return name


def _part(part: str) -> str:
    """One part of a path. Controls, marks that turn the direction of writing, and surrogates become _."""
    clean = "".join("_" if unicodedata.category(each)[0] == "C" else each for each in part)
    clean = _RESERVED.sub("_", clean).strip(". ")
    path = PurePosixPath(clean)
    return path.stem[: _LONGEST - len(path.suffix)] + path.suffix if 0 < len(path.suffix) < 8 else clean[:_LONGEST]
