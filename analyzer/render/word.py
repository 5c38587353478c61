"""Word: the report with each finding as a comment on its words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from analyzer.records import Audit, Failure
from analyzer.render.folder import files_of
from analyzer.render.word_new import new_document
from analyzer.render.words import WORDS

ENDING = ".审查.docx"


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the first of `audits` to `stream.buffer`."""
    for audit in audits:
        stream.buffer.write(commented(audit, lang))
        return


def write_folder(audits: Iterable[Audit], failures: Iterable[Failure], folder: Path, lang: str = "zh") -> str:
    """One .docx a report in `folder`, which is made; the line that says how many. Raises OSError."""
    audits = list(audits)
    files = files_of([audit.analysis.report.path for audit in audits], folder, ENDING)
    for audit, file in zip(audits, files, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(commented(audit, lang))
    return WORDS[lang]["written"].format(len(files), folder)


def commented(audit: Audit, lang: str = "zh") -> bytes:
    """The .docx with the comments."""
    return new_document(audit.analysis.report)
