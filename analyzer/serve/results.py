"""What is made of the audits of a session when it is asked for: pages and downloads. Runs in worker processes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from analyzer.dataframes import to_frame
from analyzer.libraries import library
from analyzer.readers import content
from analyzer.records import Audit, Failure
from analyzer.render import excel, html, word
from analyzer.render.folder import files_of
from analyzer.serve.work import load

FORMATS = {"docx": ".审查.docx", "html": ".审查.html", "xlsx": ".审查.xlsx"}
_COMPARED = ("reports", "clauses", "quantities", "measures", "shortcomings", "findings")
_ALL = {"zh": "审查结果", "en": "audit"}


def report_page(out: Path, kept: Path, lang: str, links: Mapping[str, str], index: str) -> None:
    """Writes the page of one report. `links` are those of the other reports by their names."""
    _, audit = load(kept)
    _write(out, html.report_page(audit, lang, links, index))


def findings_page(
    out: Path, kept: Sequence[Path], unread: Sequence[tuple[str, str]], lang: str, links: Mapping[str, str]
) -> None:
    """Writes the table of reports and rules: which rule found how much in which report."""
    audits = [audit for _, audit in map(load, kept)]
    _write(out, html.index_page(audits, _failures(unread), lang, links))


def comparison_page(out: Path, kept: Sequence[Path], unread: Sequence[tuple[str, str]], lang: str) -> None:
    """Writes the page that compares what the reports say, as `analyzer compare` does."""
    from analyzer.compare.comparison import compare  # with what it needs: pandas, matplotlib
    from analyzer.render.compare_page import compare_page

    audits = [audit for _, audit in map(load, kept)]
    tables = {kind: to_frame(audits, kind) for kind in _COMPARED}
    failures = library("pandas").DataFrame(unread, columns=["path", "error"], dtype="string")
    _write(out, compare_page(compare(SimpleNamespace(**tables, failures=failures)), lang))


def download(out: Path, kept: Sequence[Path], unread: Sequence[tuple[str, str]], format: str, lang: str) -> str:
    """Writes a format of FORMATS, of several reports a workbook or an archive; the name of the file for the user."""
    loaded = [load(file) for file in kept]
    audits = [audit for _, audit in loaded]
    alone = len(audits) == 1
    if format == "xlsx":
        with out.open("wb") as stream, TextIOWrapper(stream, "utf-8") as text:
            excel.write(audits, _failures(unread), text, lang)
    elif alone and format == "html":
        _write(out, html.report_page(audits[0], lang))
    elif alone:
        out.write_bytes(_commented(*loaded[0], lang))
    elif format == "html":
        with TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            html.write_folder(audits, _failures(unread), Path(folder), lang)
            for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
                archive.write(file, file.relative_to(folder))
    else:
        top = Path("/")
        files = files_of([audit.analysis.report.path for audit in audits], top, FORMATS[format])
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for (source, audit), file in zip(loaded, files, strict=True):
                archive.writestr(file.relative_to(file.anchor).as_posix(), _commented(source, audit, lang))
    if alone:
        return Path(audits[0].analysis.report.path).stem + FORMATS[format]
    return _ALL[lang] + (".xlsx" if format == "xlsx" else ".zip")


def _commented(source: Path, audit: Audit, lang: str) -> bytes:
    # The content is given: the report's path is only its name, and no file is looked for there.
    return word.commented(audit, content(source), lang)


def _failures(unread: Sequence[tuple[str, str]]) -> list[Failure]:
    return [Failure(name, error) for name, error in unread]


def _write(out: Path, page: str) -> None:
    out.write_text(page, encoding="utf-8", errors="replace", newline="\n")
