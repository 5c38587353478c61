"""One file a report in a folder: what they are called."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path


def files_of(paths: Sequence[str], folder: Path, ending: str) -> list[Path]:
    """For each report at `paths` a file of its own in `folder`: its name with `ending` for its suffix.

    Below `folder` they stand as the reports do below the folder that holds them all. Where two would get one name
    (云水乡.docx, 云水乡.pdf), or that of a report, the suffix stays in it. No file or folder is made.
    """
    folder = Path(os.path.abspath(folder))
    files = [Path(os.path.abspath(path)) for path in paths]
    parents = [str(file.parent) for file in files]
    same_drive = len({file.drive for file in files}) == 1
    top = os.path.commonpath(parents) if same_drive else ""
    places = [folder / os.path.relpath(parent, top) if same_drive else folder for parent in parents]
    names = [place / (file.stem + ending) for place, file in zip(places, files, strict=True)]
    often = Counter(str(name).casefold() for name in (*names, *files))  # Windows and macOS ignore case
    return [
        name if often[str(name).casefold()] == 1 else place / (file.name + ending)
        for name, place, file in zip(names, places, files, strict=True)
    ]
