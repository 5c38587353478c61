"""What worker processes do with a file of a session. They alone open what users sent, and may be killed at any time.

Every function takes paths in the session's own folder and plain values. An audit is kept there as a pickle, which only
these functions write and read: no upload has a name of its own there.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from analyzer.config import Config

T = TypeVar("T")

_SAMPLE = "云水乡2023年工作总结\n一、工作成效\n开展两个方面的工作：一是建章立制3项。二是抓落实。三是重宣传。\n"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list shows of an audited report."""

    title: str
    place: str
    year: int | None
    characters: int
    severities: dict[str, int]  # error warning info → findings


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file was not audited."""

    error: str


def within(folder: Path, work: Callable[..., T], *arguments: Any) -> T:
    """`work(*arguments)`, with `folder` for all temporary files, those of programs that it starts too."""
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)))
    tempfile.tempdir = None  # found anew
    return work(*arguments)


def warm_audits() -> None:
    """Loads what the first audit would have to wait for."""
    from analyzer.pipeline import audit

    audit(_SAMPLE)


def warm_results() -> None:
    """Loads what the first page and the first download would have to wait for."""
    from analyzer.pipeline import audit
    from analyzer.render.html import report_page
    from analyzer.render.word import commented

    found = audit(_SAMPLE)
    report_page(found)
    commented(found)


def reports_in(archive: Path) -> tuple[list[Path], list[tuple[str, str]]]:
    """The reports in an archive as archive/name, and the names of those that cannot be opened, with the reason.

    The name “.” stands for the archive itself.
    """
    from analyzer.readers import find_reports

    found, failures = find_reports([archive])
    return found, [(os.path.relpath(failure.path, archive), failure.error) for failure in failures]


def audit_file(source: Path, name: str, kept: Path, config: Config) -> Summary | Unread:
    """Audits the file at `source`, called `name`, and keeps the audit in `kept`."""
    from analyzer.batch import guarded
    from analyzer.records import Failure

    result = guarded(partial(_audited, source=source, kept=kept, config=config), name)
    return Unread(result.error) if isinstance(result, Failure) else result


def audit_across(kept: Sequence[Path], compared: Sequence[Path], config: Config) -> list[Summary]:
    """Compares the audits in `kept` with each other, and keeps them with what that finds in `compared`."""
    from analyzer.pipeline import audit_across as across
    from analyzer.rules import all_rules

    loaded = [load(file) for file in kept]
    audits = across([audit for _, audit in loaded], [all_rules()[code] for code in config.rules()])
    for (source, _), audit, file in zip(loaded, audits, compared, strict=True):
        _keep(file, source, audit)
    return [_summary(audit) for audit in audits]


def result(what: str, out: Path, *arguments: Any) -> Any:
    """What the function `what` of results.py returns. The server itself imports nothing that reads or renders."""
    return getattr(import_module("analyzer.serve.results"), what)(out, *arguments)


def _audited(name: str, source: Path, kept: Path, config: Config) -> Summary:
    """Raises UnreadableReport and OSError."""
    from analyzer.pipeline import analyze, audit
    from analyzer.readers import content, read_bytes
    from analyzer.rules import all_rules

    report = read_bytes(content(source), name)
    result = audit(analyze(report, config.profile), [all_rules()[code] for code in config.rules()])
    _keep(kept, source, result)
    return _summary(result)


def _summary(audit: Any) -> Summary:
    outline, counts = audit.analysis.outline, Counter(finding.severity.value for finding in audit.findings)
    return Summary(
        title=" ".join(outline.title.quote.split()) if outline.title else "",
        place=outline.place.name if outline.place else "",
        year=outline.year,
        characters=len(audit.analysis.text),
        severities={severity: counts[severity] for severity in ("error", "warning", "info")},
    )


def _keep(file: Path, source: Path, audit: Any) -> None:
    part = file.with_suffix(".part")
    part.write_bytes(pickle.dumps((source, audit), pickle.HIGHEST_PROTOCOL))
    part.replace(file)  # whole or not at all: another worker may read it


def load(file: Path) -> tuple[Path, Any]:
    """Where the report was read from, and its audit."""
    source, audit = pickle.loads(file.read_bytes())
    return source, audit
