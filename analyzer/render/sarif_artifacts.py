"""The files of a SARIF log: each report, and the text read out of it where its file is not that text.

Regions of a binary file must not be given in lines (SARIF 2.1.0, 3.30.1). So the text of Word, PDF and HTML files is an
artifact inside that of the file (3.24.3), with its contents: whoever opens the log sees the words where they stand.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analyzer.records import Audit, Quote, Report
from analyzer.render.places import has_lines, region_of
from analyzer.render.words import WORDS

Places = dict[str, tuple[Report, dict[str, Any]]]

BASE = "SRCROOT"  # relative paths start from the working folder

_MIME_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def location_of_file(path: str) -> dict[str, Any]:
    """The artifactLocation of a file: relative to the working folder if it lies below, else absolute; {} without path.

    Every byte of a name that a URI cannot hold is percent-encoded, the UTF-8 of Chinese characters too.
    """
    if not path:
        return {}
    absolute = Path(os.path.abspath(path))
    try:
        inside = absolute.relative_to(Path.cwd())
    except ValueError:
        return {"uri": absolute.as_uri()}
    return {"uri": quote(os.fsencode(inside.as_posix())), "uriBaseId": BASE}


def artifacts_of(audits: Iterable[Audit], lang: str) -> tuple[list[dict[str, Any]], Places]:
    """The artifacts of a run, and by path of report the place of its words: the report and their artifactLocation."""
    artifacts: list[dict[str, Any]] = []
    places: Places = {}
    for audit in audits:
        report = audit.analysis.report
        location = location_of_file(report.path)
        artifacts.append(
            {
                "location": location,
                "roles": ["analysisTarget"],
                "mimeType": _MIME_TYPES.get(report.format, "application/octet-stream"),
                "properties": _about(audit),
            }
        )
        if not has_lines(report):
            location = {**location, "uri": location.get("uri", "") + "#text"}
            inside = {"location": location, "parentIndex": len(artifacts) - 1, "mimeType": "text/plain"}
            description = {"text": WORDS[lang]["text of file"]}
            artifacts.append({**inside, "description": description, "contents": {"text": report.text}})
        places[report.path] = (report, {**location, "index": len(artifacts) - 1})
    return artifacts, places


def physical_location(places: Places, path: str, words: Quote) -> dict[str, Any]:
    """The physicalLocation of words in the report of that path; only the file's where it was not audited."""
    if path not in places:
        return {"artifactLocation": location_of_file(path)}
    report, location = places[path]
    return {"artifactLocation": location, "region": region(report, words)}


def _about(audit: Audit) -> dict[str, Any]:
    outline = audit.analysis.outline
    return {
        "title": outline.title and outline.title.quote,
        "year": outline.year,
        "kind": outline.kind,
        "checks": {
            code: {outcome.value: count for outcome, count in counts.items()} for code, counts in audit.checks.items()
        },
    }


def region(report: Report, words: Quote) -> dict[str, Any]:
    """The region object of words, with the words.

    Offsets are given for text in the log only: they would count the line ends of a file, which the report does not
    keep as they were.
    """
    place = region_of(report, words.start, words.end)
    lines = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    offsets = {} if has_lines(report) else {"charOffset": words.start, "charLength": words.end - words.start}
    return {**lines, **offsets, "snippet": {"text": words.quote}}
