"""Web pages that are whole in one file and fetch nothing: one a report, and for several an index of them.

A page shows more of a report than an audit of many files keeps (batch.audit_file), so each report is analysed once more
when its page is made: that takes a fraction of reading the file, and no more than one whole analysis is in memory.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from analyzer.pipeline import analyze
from analyzer.records import Audit, Clause, Failure, Related, Severity
from analyzer.render.folder import files_of
from analyzer.render.page_findings import checked, notes, settled
from analyzer.render.page_index import matrix
from analyzer.render.page_tables import tables
from analyzer.render.page_text import blocks, paragraph_at
from analyzer.render.pages import page, words
from analyzer.render.roles import ROLES

ENDING = ".审查.html"
INDEX = "index.html"


def write(audits: Iterable[Audit], failures: Iterable[Failure], stream: TextIO, lang: str = "zh") -> None:
    """Writes the page of the first of `audits` to `stream.buffer`, in UTF-8."""
    for audit in audits:
        stream.buffer.write(report_page(audit, lang).encode("utf-8", "replace"))
        return


def write_folder(audits: Iterable[Audit], failures: Iterable[Failure], folder: Path, lang: str = "zh") -> str:
    """A page a report in `folder`, which is made, and an index.html; the line that says so. Raises OSError."""
    audits = list(audits)
    paths = [audit.analysis.report.path for audit in audits]
    files = files_of(paths, folder, ENDING)
    index = Path(os.path.abspath(folder)) / INDEX
    if index in (Path(os.path.abspath(path)) for path in paths):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(index))  # a report must not be lost
    index.parent.mkdir(parents=True, exist_ok=True)
    pages = dict(zip(paths, files, strict=True))
    for audit, file in zip(audits, files, strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        near = {path: _href(pages[path], file.parent) for path in _others(audit) if path in pages}
        _save(file, report_page(audit, lang, near, _href(index, file.parent)))
    links = {path: _href(file, index.parent) for path, file in pages.items()}
    _save(index, index_page(audits, failures, lang, links))
    return str(words(lang)["written"].format(len(files), index))


def report_page(audit: Audit, lang: str = "zh", links: Mapping[str, str] | None = None, index: str = "") -> str:
    """The page of one report. `links` are those of other reports by their paths, `index` that of the index."""
    analysis = audit.analysis
    if not analysis.clauses:
        analysis = analyze(analysis.report)
        audit = replace(audit, analysis=analysis)
    links = links or {}

    def link(related: Related) -> str:
        return f"{links[related.path]}#at-{related.start}-{related.end}" if related.path in links else ""

    paragraphs = analysis.report.paragraphs
    outline = [
        (section.level, " ".join((section.marker + section.title).split()), paragraph_at(paragraphs, section.start))
        for section in analysis.outline.sections
    ]
    values = {
        "file": Path(analysis.report.path).name,  # not its folder: a page may be passed on
        "outline": analysis.outline,
        "characters": len(analysis.text),
        "index": index,
        "contents": outline,
        "shares": _shares(analysis.clauses),
        "blocks": blocks(analysis, audit.findings),
        "notes": notes(audit, lang, link),
        "rules": sorted({finding.rule for finding in audit.findings}),
        "severities": _severities([audit]),
        "checked": checked([audit], lang),
        "settled": settled(audit, lang),
        "tables": tables(analysis, lang),
    }
    return page("report.html", lang, ["report.css"], ["tables.js", "report.js"], values)


def index_page(audits: Iterable[Audit], failures: Iterable[Failure], lang: str, links: Mapping[str, str]) -> str:
    """The page that leads to those of `audits`, which `links` names by the paths of the reports."""
    audits = list(audits)
    values = {
        **matrix(audits, links, lang),
        "severities": _severities(audits),
        "checked": checked(audits, lang),
        "failures": list(failures),
    }
    return page("index.html", lang, ["index.css"], ["tables.js"], values)


def _others(audit: Audit) -> set[str]:
    """The paths of other reports that the findings speak of."""
    return {related.path for finding in audit.findings for related in finding.related if related.path}


def _severities(audits: Iterable[Audit]) -> dict[str, int]:
    counted = Counter(finding.severity for audit in audits for finding in audit.findings)
    return {severity.value: counted[severity] for severity in Severity}


def _shares(clauses: Iterable[Clause]) -> dict[str, int]:
    """The share of the characters that each role has, in whole percent."""
    sizes = Counter[str]()
    for clause in clauses:
        sizes[clause.role] += clause.end - clause.start
    return {role: round(100 * sizes[role] / max(1, sizes.total())) for role in ROLES}


def _href(file: Path, folder: Path) -> str:
    return quote(os.path.relpath(file, folder).replace(os.sep, "/"))


def _save(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="replace", newline="\n")
