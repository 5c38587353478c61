"""Corrections that need no judgement, written into a new text file beside the report: the original stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analyzer.readers.archives import parted
from analyzer.readers.txt import decode
from analyzer.records import Audit, Edit

_LINE_END = re.compile(r"\r\n|\r|\n")
_ENCODINGS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (b"", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was mended in one report."""

    path: str
    edits: tuple[Edit, ...]
    file: Path | None  # the new file; None where none was written
    reason: str = ""  # why not: format archive encoding exists


def correct(audit: Audit) -> Corrected | None:
    """Writes NAME.fixed.txt beside the report, with the edits of the findings that count; None where there are none.

    It has the encoding and the line ends of the original and differs at these spots only. A file of that name with
    other contents is left alone. Raises OSError.
    """
    report = audit.analysis.report
    edits = tuple(sorted({edit for finding in audit.findings for edit in finding.edits}, key=lambda edit: edit.start))
    if not edits:
        return None
    if report.format != "txt":
        return Corrected(report.path, edits, None, "format")
    source = Path(report.path)
    if parted(source):
        return Corrected(report.path, edits, None, "archive")
    data = source.read_bytes()
    mended = _mended(data, edits)
    if mended is None:
        return Corrected(report.path, edits, None, "encoding")
    file = source.with_suffix(f".fixed{source.suffix}")
    if file.exists() and file.read_bytes() != mended:
        return Corrected(report.path, edits, None, "exists")
    file.write_bytes(mended)
    return Corrected(report.path, edits, file)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits`, which do not overlap and come in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def _mended(data: bytes, edits: tuple[Edit, ...]) -> bytes | None:
    """The bytes with the edits; None where the bytes cannot be made from the text again."""
    raw = decode(data)
    encoded = next(((mark, name) for mark, name in _ENCODINGS if mark + raw.encode(name) == data), None)
    if encoded is None:
        return None
    mark, name = encoded
    ends = _LINE_END.findall(raw)
    lines = apply(_LINE_END.sub("\n", raw), edits).split(
        "\n"
    )  # no edit holds a line end: the ends stay in their places
    return mark + "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True)).encode(name)
