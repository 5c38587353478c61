"""Files → Report. One file a format; this one chooses among them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from analyzer.records import Paragraph, Report

_LINE_END = re.compile(r"\n|\\r\\n|\\n|\Z")  # the last three: a literal \r\n, residue of web exports


def read(path: str | os.PathLike[str]) -> Report:
    """STUB until the readers land: UTF-8 text only."""
    return report_of_text(Path(path).read_text(encoding="utf-8-sig"), str(path))


def report_of_text(text: str, path: str = "") -> Report:
    """A report made of plain text, a paragraph a line. A literal \\r\\n (residue of web exports) ends a line too."""
    paragraphs, start = [], 0
    for match in _LINE_END.finditer(text):
        line = text[start : match.start()]
        words = line.strip()
        if words:
            begin = start + line.index(words)
            paragraphs.append(Paragraph(begin, begin + len(words)))
        start = match.end()
    return Report(path, text, tuple(paragraphs), "txt")
