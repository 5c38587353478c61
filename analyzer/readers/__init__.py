"""Files → Report. One file a format; this one chooses among them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from analyzer.records import Paragraph, Report

_LINE = re.compile(r"(?:(?!\\r\\n|\\n)[^\n])+")


def read(path: str | os.PathLike[str]) -> Report:
    """STUB until the readers land: UTF-8 text only."""
    return report_of_text(Path(path).read_text(encoding="utf-8-sig"), str(path))


def report_of_text(text: str, path: str = "") -> Report:
    """A report made of plain text, a paragraph a line. A literal \\r\\n (residue of web exports) ends a line too."""
    paragraphs = []
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if words:
            start = match.start() + match.group().index(words)
            paragraphs.append(Paragraph(start, start + len(words)))
    return Report(path, text, tuple(paragraphs), "txt")
