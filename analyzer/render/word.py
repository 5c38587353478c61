"""Word: the report with each finding as a comment on just its words, in a copy of its .docx, else in a new one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TextIO

from analyzer.errors import UnreadableReport
from analyzer.readers import content
from analyzer.readers.docx import open_document
from analyzer.readers.docx_places import Atom, places
from analyzer.records import Audit, Failure, Quote
from analyzer.render.folder import files_of
from analyzer.render.word_anchors import anchor_of
from analyzer.render.word_comments import Comment, comment_xml, comments_of, quoted
from analyzer.render.word_new import new_document
from analyzer.render.word_package import with_comments
from analyzer.render.words import WORDS

_ENDING = ".审查.docx"


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the one report of `audits` to `stream.buffer`. Raises OSError."""
    for audit in audits:
        stream.buffer.write(commented(audit, lang=lang))


def write_folder(audits: Iterable[Audit], failures: Iterable[Failure], folder: Path, lang: str = "zh") -> str:
    """One .docx a report in `folder`, which is made; the line that says how many. Raises OSError."""
    audits = list(audits)
    files = files_of([audit.analysis.report.path for audit in audits], folder, _ENDING)
    for audit, file in zip(audits, files, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(commented(audit, lang=lang))
    return WORDS[lang]["written"].format(len(files), folder)


def commented(audit: Audit, original: bytes | None = None, lang: str = "zh") -> bytes:
    """The .docx with the comments: a copy of the report's own, else one made from its text.

    `original` is the file's content, by default what stands at the report's path.
    """
    report = audit.analysis.report
    if report.format == "docx" and (original := original or _content(report.path)):
        document = open_document(original)
        text, atoms = places(document)
        if text == report.text:  # else the file has changed since it was read
            return _with(audit, original, document, atoms, "comment copy", lang)
    document, atoms = new_document(report, audit.analysis.outline)
    stream = BytesIO()
    document.save(stream)
    return _with(audit, stream.getvalue(), document, atoms, "comment new", lang)


def _content(path: str) -> bytes | None:
    """The bytes of the report's file, wherever it is; None where it is gone."""
    try:
        return content(path)
    except UnreadableReport:
        return None


def _with(audit: Audit, data: bytes, document: Any, atoms: list[Atom], origin: str, lang: str) -> bytes:
    text, now = audit.analysis.text, datetime.now()
    anchors, comments = [], []
    for comment in comments_of(audit, origin, lang):
        if anchor := anchor_of(document, text, atoms, comment.span):
            anchors.append(anchor)
            comments.append(comment_xml(_explained(comment, text, anchor.why, lang), now, lang))
    return with_comments(data, document, anchors, comments)


def _explained(comment: Comment, text: str, why: str, lang: str) -> Comment:
    """The comment, with the words it is about where it cannot stand at just these."""
    if not why:
        return comment
    words = quoted(Quote.cut(text, comment.span.start, comment.span.end).quote)
    head, *rest = comment.lines
    return Comment(comment.span, (head, WORDS[lang][f"comment at {why}"].format(words), *rest))
