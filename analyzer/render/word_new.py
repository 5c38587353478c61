"""A .docx of a report that is none."""

from __future__ import annotations

import io

import docx

from analyzer.records import Report


def new_document(report: Report) -> bytes:
    """The report's paragraphs as a .docx."""
    document = docx.Document()
    for paragraph in report.paragraphs:
        document.add_paragraph(report.text[paragraph.start : paragraph.end])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
